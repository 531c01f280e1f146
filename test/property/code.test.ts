// What `code` prints is a module that runs, and makes the same statement again.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import {
  type AnyQuery,
  type ColumnSpec,
  json,
  mariadbDialect,
  mysqlDialect,
  postgresDialect,
  queryEq,
  refine,
  schema,
  sqliteDialect,
  toSql,
} from 'relvar'
import { apply, interpret, rowsIn, type Tables } from 'relvar/memory'
import { type AnyClosedQuery, type AnyClosedWrite, code, contents, query, write } from 'relvar/testing'
import { expect, test } from 'vitest'
import { tableInfo } from '../../src/expr/table.js'
import { run } from '../support/printed-code.js'
import { asked, moves, notes, owners, pets, sameBag, stock, things, visits, written } from './world.js'

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')
const runs = { numRuns: 300 * times, seed }
// Long runs are asked for by the environment.
const timeout = 3_600_000

const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

// -- what only the world has ------------------------------------------------------------------------------------------

const typeOf = (of: typeof notes | typeof things, key: string): ColumnSpec<unknown>['type'] => {
  const found = tableInfo(of).columns.find((c) => c.key === key)
  if (found === undefined) throw new Error(`no column "${key}"`)
  return found.type
}

const [extra, about] = [typeOf(notes, 'extra'), typeOf(things, 'about')]

/** Codecs have a number of their own in each process: those of the code are the world's, where they are the same. */
const own = {
  Shouted: about.refinement?.codec,
  json: (codec: Parameters<typeof json>[0]) =>
    codec.name === extra.decoder.name ? { ...json(codec), type: extra } : json(codec),
  refine: (codec: Parameters<typeof refine>[0]) => (spec: ColumnSpec<unknown>) =>
    Object.is(codec, about.refinement?.codec) ? { ...spec, type: about } : refine(codec)(spec as never),
}

// -- properties -------------------------------------------------------------------------------------------------------

const isMadeAgain = (statement: AnyQuery): void => {
  const text = code(statement)
  const again = run(text, own).statement
  if (!queryEq.equals(again, statement)) throw new Error(`another statement than was printed:\n${text}`)
  for (const dialect of dialects) expect(toSql(dialect)(again), text).toStrictEqual(toSql(dialect)(statement))
}

test('the code of a random query makes an equal query, of the same SQL on each engine', { timeout }, () => {
  fc.assert(fc.property(query(asked), isMadeAgain), runs)
})

test('the code of a random write makes an equal write, of the same SQL on each engine', { timeout }, () => {
  fc.assert(fc.property(write(written), isMadeAgain), runs)
})

// Foreign keys are kept, so that all tables of the schema are written, and not those of the statement alone.
const kept = schema({ owners, pets, visits, stock, moves })

const rowsOf = (all: typeof written, of: Tables): ReadonlyArray<unknown> => all.map((t) => rowsIn(t)(of))

test('with rows, the code of a query answers what the query means', { timeout }, () => {
  const meant = (q: AnyClosedQuery, of: Tables): void => {
    const text = code(q, { tables: of })
    const made = run(text, own)
    const [before, after] = [interpret(q)(of), made.answer]
    if (E.isLeft(before)) expect(after, text).toMatchObject({ left: { _tag: before.left._tag } })
    else if (E.isLeft(after) || !Array.isArray(after.right)) throw new Error(`no rows\n${text}`)
    else expect(sameBag(after.right, before.right), text).toBe(true)
  }
  fc.assert(fc.property(query(asked), contents(asked), meant), { ...runs, numRuns: 40 * times })
})

test('with rows, the code of a write gives what the write gives', { timeout }, () => {
  const given = (w: AnyClosedWrite, of: Tables): void => {
    const text = code(w, { tables: of })
    const made = run(text, own)
    const before = apply(w)(of)
    const after = made.answer
    if (E.isLeft(before)) expect(after, text).toMatchObject({ left: { _tag: before.left._tag } })
    else if (E.isLeft(after)) throw new Error(`nothing was written\n${text}`)
    else {
      // `answer` is what `apply` gives.
      const { tables } = after.right as { readonly tables: Tables }
      expect(rowsOf(written, tables), text).toStrictEqual(rowsOf(written, before.right.tables))
    }
  }
  fc.assert(fc.property(write(written), contents(kept), given), { ...runs, numRuns: 40 * times })
})
