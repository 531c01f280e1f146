/**
 * SQL text under construction: trusted text and the places of parameters, in one value, so that the two cannot drift apart.
 */
import type { Wire } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A value that cannot be carried, and why. */
export interface Refused {
  readonly _tag: 'Refused'
  readonly reason: string
}

/** From a value to what a driver takes. */
export type Encode = (value: unknown) => Wire | Refused

/**
 * Where a slot's value comes from: a parameter of the tree, one element of a parameter's list, the lists of several parameters side
 * by side, or the keys of outer rows.
 */
export type SlotSource =
  | { readonly _tag: 'Param'; readonly index: number }
  | { readonly _tag: 'Element'; readonly index: number; readonly at: number }
  | { readonly _tag: 'Rows'; readonly indexes: ReadonlyArray<number> }
  | { readonly _tag: 'Keys'; readonly column: number }

/** The place of one bound parameter in a text. */
export interface Slot {
  readonly source: SlotSource
  readonly encode: Encode
  /** What the value is for, in a message. */
  readonly place: string
  readonly nullable: boolean
  /** What stands before and after the placeholder: a cast, where the engine cannot infer a type. */
  readonly before: string
  readonly after: string
  /** Whether it has no place in the text: its value is checked, and not sent. */
  readonly unsent?: true
}

/** Text and slots in order. */
export type Sql = ReadonlyArray<string | Slot>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Joins trusted text and fragments: sql`${left} = ${right}`. */
export const sql = (texts: TemplateStringsArray, ...parts: ReadonlyArray<Sql | string>): Sql => {
  const pieces: Array<string | Slot> = []
  texts.forEach((text, i) => {
    if (text !== '') pieces.push(text)
    const part = parts[i]
    if (typeof part === 'string') pieces.push(part)
    // Not `push(...part)`: a long INSERT has more pieces than a call may have arguments.
    else if (part !== undefined) for (const piece of part) pieces.push(piece)
  })
  return pieces
}

/** Fragments with a text between them. */
export const join = (fragments: ReadonlyArray<Sql>, between: string): Sql =>
  fragments.flatMap((fragment, i) => (i === 0 ? fragment : [between, ...fragment]))

export const nothing: Sql = []

export const refused = (reason: string): Refused => ({ _tag: 'Refused', reason })

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const idOf = (source: SlotSource): string => {
  switch (source._tag) {
    case 'Param':
      return `p${source.index}`
    case 'Element':
      return `e${source.index}.${source.at}`
    case 'Rows':
      return `r${source.indexes.join('.')}`
    case 'Keys':
      return `k${source.column}`
  }
}

/**
 * The text with its placeholders, and the slots in their order. Where placeholders have numbers, one value has one number however
 * often it is written: that is how PostgreSQL sees that two expressions are the same.
 */
export const print = (
  fragment: Sql,
  placeholder: (n: number) => string,
): { readonly text: string; readonly slots: ReadonlyArray<Slot> } => {
  const numbered = placeholder(1) !== placeholder(2)
  const slots: Array<Slot> = []
  const known = new Map<string, number>()
  const numberOf = (slot: Slot): number => {
    const id = numbered ? idOf(slot.source) : ''
    const before = numbered ? known.get(id) : undefined
    if (before !== undefined) return before
    known.set(id, slots.push(slot))
    return slots.length
  }
  const written = (slot: Slot): string => {
    if (slot.unsent !== true) return slot.before + placeholder(numberOf(slot)) + slot.after
    slots.push(slot)
    return ''
  }
  const text = fragment.map((piece) => (typeof piece === 'string' ? piece : written(piece))).join('')
  return { text, slots }
}
