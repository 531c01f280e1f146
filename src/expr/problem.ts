/**
 * Compile-time problems that read as sentences: a program that cannot be right fails to check with the name at fault in the message.
 */

declare const ProblemT: unique symbol

/** No value has this type, so whatever meets it does not compile; `M` is the sentence that the compiler prints. */
export interface Problem<in out M extends string> {
  readonly [ProblemT]: M
}

/** `unknown`, which changes nothing, where no name is left over; else a sentence about the names. */
export type None<Names extends string, Before extends string, After extends string> = [Names] extends [never]
  ? unknown
  : Problem<`${Before}"${Names}"${After}`>
