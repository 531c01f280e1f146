/**
 * `program(schema)`: random units of work, with what the tables hold after each flush.
 */
import * as fc from 'fast-check'

import type { AnySchema } from '../expr/schema.js'
import type { AnyTable } from '../expr/table.js'
import type { Row } from '../interpret/value.js'
import type { Drawn } from './held-rows.js'
import { played } from './program-play.js'
import { showProgram } from './program-show.js'
import { drawnRow } from './rows.js'
import { showing } from './show.js'
import { inOrder } from './table-order.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A column of another row of the program, whose key the database may have to make first. */
export interface KeyOfRow {
  readonly _tag: 'KeyOfRow'
  /** The number of the row: the nth that the program inserts. */
  readonly row: number
  readonly column: string
}

/** What the tables hold: rows by table, each with its number. */
export type Held = ReadonlyMap<AnyTable, ReadonlyMap<number, Row>>

/** Of `byKey` rows are named by their key, where that is known, of others by the Ref of their insert. */
export type ProgramStep =
  | { readonly _tag: 'Insert'; readonly table: AnyTable; readonly row: number; readonly values: Row }
  | {
      readonly _tag: 'Modify'
      readonly table: AnyTable
      readonly row: number
      readonly byKey: boolean
      readonly patch: Row
    }
  | { readonly _tag: 'Remove'; readonly table: AnyTable; readonly row: number; readonly byKey: boolean }
  /** Writes what is to be written. `changed`: the tables whose rows are others than after the flush before. */
  | { readonly _tag: 'Flush'; readonly held: Held; readonly changed: ReadonlyArray<AnyTable> }
  /** Goes on with a new unit of work, into which all rows are loaded. */
  | { readonly _tag: 'Reload' }
  /** A transaction in the one around it, which ends with a commit or not. */
  | { readonly _tag: 'Nested'; readonly commits: boolean; readonly steps: ReadonlyArray<ProgramStep> }

/** Units of work over the tables of a schema, beginning with empty tables and ending with a flush. */
export interface Program {
  readonly schema: AnySchema
  readonly steps: ReadonlyArray<ProgramStep>
}

/** A step as it is drawn, before it is known which rows there are. A transaction begins, and ends, by a step of its own. */
export type DrawnStep =
  | {
      readonly kind: 'insert' | 'modify' | 'remove'
      /** The place of the first table that is tried. */
      readonly table: number
      /** Values for a row of each table. */
      readonly drawn: ReadonlyArray<Drawn>
      readonly which: number
      /** The columns that a change is about, each by its place. */
      readonly columns: ReadonlyArray<number>
      readonly byKey: boolean
    }
  | { readonly kind: 'flush' | 'reload' | 'begin' }
  | { readonly kind: 'end'; readonly commits: boolean }

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const most = 6

const change = (of: AnySchema): fc.Arbitrary<DrawnStep> => {
  const placed = inOrder(of)
  return fc.record({
    kind: fc.constantFrom('insert', 'insert', 'modify', 'modify', 'remove'),
    table: fc.nat({ max: Math.max(0, placed.length - 1) }),
    drawn: fc.tuple(...placed.map(({ info }) => drawnRow(info, {}, most))),
    which: fc.nat({ max: most - 1 }),
    columns: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }),
    byKey: fc.boolean(),
  })
}

const steps = (of: AnySchema): fc.Arbitrary<ReadonlyArray<DrawnStep>> => {
  const word = (kind: 'flush' | 'reload' | 'begin'): fc.Arbitrary<DrawnStep> => fc.constant({ kind })
  const end = fc.boolean().map((commits): DrawnStep => ({ kind: 'end', commits }))
  const one = fc.oneof(
    { withCrossShrink: true },
    { weight: 10, arbitrary: change(of) },
    { weight: 2, arbitrary: word('flush') },
    { weight: 1, arbitrary: word('reload') },
    { weight: 1, arbitrary: word('begin') },
    { weight: 1, arbitrary: end },
  )
  return fc.array(one, { maxLength: 24, size: 'max' })
}

/**
 * Random programs of units of work over the tables of a schema: rows are inserted, with Refs where a key is still to be made,
 * changed and removed, flushed, read again, and some of it in transactions inside the transaction, which commit or do not. What they
 * do keeps the tables' keys, checks and foreign keys; in a counterexample they are shown as code.
 *
 * @param of the schema
 * @example
 * import * as fc from 'fast-check'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, primaryKey, schema, table, text } from 'relvar'
 * import { program } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const last = ({ steps }: { readonly steps: ReadonlyArray<{ readonly _tag: string }> }) => steps[steps.length - 1]?._tag
 * fc.assert(fc.property(program(schema({ users })), (p) => last(p) === 'Flush'), { numRuns: 20 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const program = (of: AnySchema): fc.Arbitrary<Program> =>
  steps(of).map((drawn) => {
    const made: Program = { schema: of, steps: played(of, drawn) }
    return showing(made, () => showProgram(made))
  })
