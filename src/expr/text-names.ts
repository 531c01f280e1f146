/**
 * The names of the parameters of a text, as far as its type tells them before it runs.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type Lower =
  | 'a'
  | 'b'
  | 'c'
  | 'd'
  | 'e'
  | 'f'
  | 'g'
  | 'h'
  | 'i'
  | 'j'
  | 'k'
  | 'l'
  | 'm'
  | 'n'
  | 'o'
  | 'p'
  | 'q'
  | 'r'
  | 's'
  | 't'
  | 'u'
  | 'v'
  | 'w'
  | 'x'
  | 'y'
  | 'z'
type First = Lower | Uppercase<Lower> | '_'
type Rest = First | '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** Texts that engines read differently, or that need more than a look at their quotes: their names are told when they run. */
type Unclear =
  | `${string}\\${string}`
  | `${string}--${string}`
  | `${string}/*${string}`
  | `${string}#${string}`
  | `${string}$${string}`
  | `${string}[${string}`

type Quoted<Q extends string> = `${string}${Q}${string}`

/** Whether one kind of quotes stands in the text at most: of two, one could stand in the other. */
type Mixed<T extends string> =
  T extends Quoted<"'">
    ? T extends Quoted<'"'> | Quoted<'`'>
      ? true
      : false
    : T extends Quoted<'"'>
      ? T extends Quoted<'`'>
        ? true
        : false
      : false

/** The text without what stands in quotes. */
type Unquoted<
  T extends string,
  Q extends string,
  Before extends string = '',
> = T extends `${infer Head}${Q}${string}${Q}${infer Tail}` ? Unquoted<Tail, Q, `${Before}${Head} `> : `${Before}${T}`

/** The name at the beginning of a text. */
type NameAt<T extends string, Name extends string = ''> = T extends `${infer C}${infer Tail}`
  ? C extends (Name extends '' ? First : Rest)
    ? NameAt<Tail, `${Name}${C}`>
    : Name
  : Name

type Scanned<T extends string, Found extends string = never> = T extends `${infer Head}:${infer Tail}`
  ? Tail extends `:${infer Cast}`
    ? Scanned<Cast, Found>
    : Head extends `${string}${Rest}`
      ? Scanned<Tail, Found>
      : Scanned<Tail, Found | Exclude<NameAt<Tail>, ''>>
  : Found

/** The names of the parameters in a text; `string` where its type does not tell them. */
export type NamesIn<T extends string> = string extends T
  ? string
  : T extends Unclear
    ? string
    : Mixed<T> extends true
      ? string
      : Scanned<Unquoted<Unquoted<Unquoted<T, "'">, '"'>, '`'>>
