// In each dialect a column of each type is made by the DDL that a golden file says, takes the values that are its own and no
// others, and reads back what was sent.
//
// `RELVAR_GOLDEN=write` writes test/golden/columns.txt anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import type { Load } from '../../../src/compile/load.js'
import type { RawRow, Statement } from '../../../src/compile/statement.js'
import type { ColumnSpec } from '../../../src/expr/column.js'
import {
  compile,
  compileDdl,
  createAll,
  eq,
  from,
  insertInto,
  integer,
  literal,
  nullable,
  primaryKey,
  schema,
  table,
  where,
} from '../../../src/index.js'
import { dialects } from '../../golden/shown.js'
import { type Case, cases } from '../../integration/types/cases.js'

const file = fileURLToPath(new URL('../../golden/columns.txt', import.meta.url))

// What is asserted is the values, so one type stands for all.
const spec = (c: Case) => c.spec as ColumnSpec<string, false, false, never>
const tableOf = (c: Case) => table('things', { id: pipe(integer, primaryKey), v: spec(c), n: pipe(spec(c), nullable) })

const here = dialects.flatMap((dialect) =>
  cases.filter((c) => c.on.includes(dialect.name)).map((c) => ({ name: `${dialect.name}: ${c.name}`, dialect, c })),
)
const elsewhere = dialects.flatMap((dialect) =>
  cases.filter((c) => !c.on.includes(dialect.name)).map((c) => ({ name: `${dialect.name}: ${c.name}`, dialect, c })),
)

const first = (load: E.Either<{ readonly message: string }, Load<unknown>>): Statement => {
  if (E.isLeft(load)) throw new Error(load.left.message)
  if (load.right._tag === 'Done') throw new Error('nothing to send')
  return load.right.statement
}

/** The rows of a read whose reply has these. */
const read = (
  load: E.Either<{ readonly message: string }, Load<{ readonly rows: ReadonlyArray<unknown> }>>,
  rows: ReadonlyArray<RawRow>,
) => {
  if (E.isLeft(load) || load.right._tag === 'Done') throw new Error('no statement')
  const rest = load.right.next({ rows, affected: 0, insertId: null })
  if (E.isLeft(rest)) return rest.left._tag
  if (rest.right._tag !== 'Done') throw new Error('one statement too many')
  return rest.right.value.rows
}

const tables = here.map(({ name, dialect, c }) => {
  const { sql } = first(compileDdl(dialect)(createAll(schema({ things: tableOf(c) }))))
  const compared = c.compares
    ? first(
        compile(dialect)(pipe(from(tableOf(c)), where(eq(tableOf(c).v, literal(c.values[0]?.[0] as string, spec(c)))))),
      )
    : null
  const written = first(compile(dialect)(insertInto(tableOf(c))({ id: 1, v: c.values[0]?.[0] as string })))
  return [name, sql, ...(compared === null ? [] : [compared.sql]), written.sql].join('\n  ')
})

if (process.env['RELVAR_GOLDEN'] === 'write') writeFileSync(file, `${tables.join('\n')}\n`)

describe('columns of each type', () => {
  it('are made, compared and written by the SQL of the file', () => {
    expect(`${tables.join('\n')}\n`).toBe(readFileSync(file, 'utf8'))
  })

  it.each(here)('$name reads what it sent', ({ dialect, c }) => {
    const of = tableOf(c)
    const all = compile(dialect)(from(of))
    for (const [written, wanted] of c.values) {
      const { parameters, sets } = first(compile(dialect)(insertInto(of)({ id: 1, v: written as string, n: null })))
      // SQLite is sent values by columns.
      const sent = sets === undefined ? parameters : sets.columns.map(([value = null]) => value)
      expect(sent).toHaveLength(3)
      expect(read(all, [[1, sent[1], null]])).toStrictEqual([{ id: 1, v: wanted, n: null }])
      expect(read(all, [[1, sent[1], sent[1]]])).toStrictEqual([{ id: 1, v: wanted, n: wanted }])
    }
  })

  it.each(here)('$name has no null and no value of another kind', ({ dialect, c }) => {
    const all = compile(dialect)(from(tableOf(c)))
    expect(read(all, [[1, null, null]])).toBe('Decode')
    expect(read(all, [[1, Symbol('x'), null]])).toBe('Decode')
  })

  it.each(here)('$name refuses what it cannot hold', ({ dialect, c }) => {
    const of = tableOf(c)
    for (const value of c.refused) {
      const load = compile(dialect)(insertInto(of)({ id: 1, v: value as string }))
      expect(E.isLeft(load) ? load.left._tag : 'Right', String(value)).toBe('InvalidValue')
    }
  })

  it.each(elsewhere)('$name is Unsupported', ({ dialect, c }) => {
    const load = compileDdl(dialect)(createAll(schema({ things: tableOf(c) })))
    expect(E.isLeft(load) ? load.left._tag : 'Right').toBe('Unsupported')
  })
})
