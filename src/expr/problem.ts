/**
 * Compile-time problems that read as sentences: a program that cannot be right fails to check with the name at fault in the message.
 */

declare const ProblemT: unique symbol

/** No value has this type, so whatever meets it does not compile; `M` is the sentence that the compiler prints. */
export interface Problem<in out M extends string> {
  // A function, so that two problems of one program stay two sentences: an intersection of two literals would become `never`.
  readonly [ProblemT]: (m: M) => M
}

/** `unknown`, which changes nothing, where no name is left over; else a sentence about the names. */
export type None<Names extends string, Before extends string, After extends string> = [Names] extends [never]
  ? unknown
  : Problem<`${Before}"${Names}"${After}`>

/** The name of a value type in a sentence; a null beside other values does not count. */
export type NameOf<A> = [A] extends [null | undefined]
  ? 'null'
  : A extends null | undefined
    ? never
    : A extends string
      ? A extends `${number}`
        ? 'decimal'
        : 'string'
      : A extends number
        ? 'number'
        : A extends bigint
          ? 'bigint'
          : A extends boolean
            ? 'boolean'
            : 'object'
