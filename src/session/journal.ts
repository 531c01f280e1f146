/**
 * The journal of a unit of work: what is to happen, newest first, in a list that grows at its head without copying.
 *
 * To ask what a journal says of one row, the list is indexed once: a line of history, shared by all values along it, in
 * which each row has its own list of intents. A longer journal continues the line of the shorter one; a branch begins
 * its own.
 */
import type { TableEntry } from './catalog.js'
import type { Fields } from './identity.js'
import type { PlanError } from './plan-error.js'
import type { RefNode } from './ref.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A row: by the text of its key, or by its Ref as long as it has no key. */
export type RowId = string | RefNode

export interface InsertIntent {
  readonly _tag: 'Insert'
  readonly table: TableEntry
  readonly row: RowId
  readonly ref: RefNode
  readonly values: Fields
}

export interface ModifyIntent {
  readonly _tag: 'Modify'
  readonly table: TableEntry
  readonly row: RowId
  /** The Ref that named the row, where one did. */
  readonly by: RefNode | null
  /** The key that named the row, where one did. */
  readonly key: Fields | null
  readonly change: Fields | ((row: Fields) => unknown)
}

export interface RemoveIntent {
  readonly _tag: 'Remove'
  readonly table: TableEntry
  readonly row: RowId
  readonly by: RefNode | null
  readonly key: Fields | null
}

/** What could not be taken: a plan of this journal is that error. */
export interface RefusedIntent {
  readonly _tag: 'Refused'
  readonly error: PlanError
}

export type RowIntent = InsertIntent | ModifyIntent | RemoveIntent
export type Intent = RowIntent | RefusedIntent

/** The head of a journal and what came before. `place` counts from 1. */
export interface Entry {
  readonly before: Entry | null
  readonly place: number
  readonly intent: Intent
}

export type Journal = Entry | null

/** The intents of one row, newest first. */
export interface Touch {
  readonly before: Touch | null
  readonly place: number
  readonly intent: RowIntent
}

/**
 * An index of the journals along one line. It grows with them; what a journal sees is what stands at its place or
 * before.
 */
interface Line {
  tip: Entry
  readonly rows: Map<RowId, Touch>
  readonly refs: Map<RefNode, number>
  readonly errors: Array<{ readonly place: number; readonly error: PlanError }>
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** The journal with one more intent. */
export const append = (journal: Journal, intent: Intent): Entry =>
  Object.freeze({ before: journal, place: journal === null ? 1 : journal.place + 1, intent })

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const lines = new WeakMap<Entry, Line>()

const note = (line: Line, entry: Entry): void => {
  const { intent, place } = entry
  line.tip = entry
  if (intent._tag === 'Refused') {
    line.errors.push({ place, error: intent.error })
    return
  }
  line.rows.set(intent.row, { before: line.rows.get(intent.row) ?? null, place, intent })
  if (intent._tag === 'Insert') line.refs.set(intent.ref, place)
}

/** The line of a journal: the longest known one that it continues, or one of its own. */
const lineOf = (journal: Entry): Line => {
  const fresh: Array<Entry> = []
  let at: Journal = journal
  while (at !== null && !lines.has(at)) {
    fresh.push(at)
    at = at.before
  }
  const known = at === null ? undefined : lines.get(at)
  if (known !== undefined && (fresh.length === 0 || known.tip === at)) return extended(known, fresh)
  const line: Line = { tip: journal, rows: new Map(), refs: new Map(), errors: [] }
  const shared: Array<Entry> = []
  for (; at !== null; at = at.before) shared.push(at)
  for (const entry of shared.reverse()) note(line, entry)
  return extended(line, fresh)
}

const extended = (line: Line, newestFirst: ReadonlyArray<Entry>): Line => {
  for (const entry of [...newestFirst].reverse()) {
    note(line, entry)
    lines.set(entry, line)
  }
  return line
}

const upTo = (touch: Touch | undefined, place: number): Touch | null => {
  let at = touch ?? null
  while (at !== null && at.place > place) at = at.before
  return at
}

/** What a journal says of one row, or null. */
export const touchOf = (journal: Journal, row: RowId): Touch | null =>
  journal === null ? null : upTo(lineOf(journal).rows.get(row), journal.place)

/** All rows that a journal touches, in the order in which they were touched first. */
export const touched = (journal: Journal): ReadonlyArray<readonly [RowId, Touch]> => {
  if (journal === null) return []
  return [...lineOf(journal).rows].flatMap(([row, newest]) => {
    const touch = upTo(newest, journal.place)
    return touch === null ? [] : [[row, touch] as const]
  })
}

/** Whether a journal has the insert that gave the Ref. */
export const hasRef = (journal: Journal, ref: RefNode): boolean =>
  journal !== null && (lineOf(journal).refs.get(ref) ?? Number.POSITIVE_INFINITY) <= journal.place

/** The first thing that a journal could not take. */
export const refusal = (journal: Journal): PlanError | null => {
  if (journal === null) return null
  const first = lineOf(journal).errors[0]
  return first !== undefined && first.place <= journal.place ? first.error : null
}
