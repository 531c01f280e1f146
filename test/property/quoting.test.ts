// A name of any characters is the same name again: quoted and read back, and kept by every engine.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  cte,
  eq,
  from,
  indexOn,
  innerJoin,
  insertInto,
  integer,
  mariadbDialect,
  mysqlDialect,
  named,
  orderBy,
  postgresDialect,
  primaryKey,
  select,
  sqliteDialect,
  subquery,
  table,
  text,
  uniqueConstraint,
} from 'relvar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Dialect } from '../../src/compile/dialect.js'
import { nameProblem } from '../../src/expr/name.js'
import { columnsOf } from '../integration/ddl/catalogue.js'
import { engines } from '../support/engines.js'
import { openWorld, type World } from '../support/run-load.js'
import { compiled, freshDialects } from './compiled.js'
import { runs, seed, times } from './laws.js'
import { at, treesOf } from './postgres-tree.js'

// -- names ------------------------------------------------------------------------------------------------------------

const hostile = [
  '`',
  '"',
  "'",
  ']',
  '[',
  '\\',
  '``',
  '""',
  "''",
  '--',
  '-- x',
  '/*',
  '*/',
  '/* */',
  ';',
  '; drop table users; --',
  '$1',
  '?',
  ':name',
  '@x',
  '%s',
  '%',
  '_',
  ' a',
  'a b',
  'a\nb',
  'a\tb',
  'a.b',
  '"a"."b"',
  '`a`.`b`',
  '*',
  '()',
  '0',
  '1a',
  'é',
  'ß',
  'か',
  '‮x',
  '\u200b',
  '\ufeffx',
  'toString',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  'x'.repeat(63),
]

const reserved = [
  'select',
  'from',
  'table',
  'order',
  'group',
  'user',
  'key',
  'null',
  'true',
  'default',
  'index',
  'rowid',
  'excluded',
  'new',
  'system',
]

const inOne = (parts: ReadonlyArray<string>): string => parts.join('')

/** Names that every engine takes: what `table` and `alias` take. */
const anyName: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...hostile, ...reserved),
    fc
      .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 5 })
      .map(inOne),
  )
  .filter((name) => nameProblem(name) === null)

/** Names that two engines take for one where they differ in case or in accents alone are not drawn together. */
const letters = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

const namesOf = (length: number): fc.Arbitrary<ReadonlyArray<string>> =>
  fc.uniqueArray(anyName, { minLength: length, maxLength: length, selector: letters })

// -- quoting ----------------------------------------------------------------------------------------------------------

const marks: Readonly<Record<Dialect['name'], string>> = { postgres: '"', mysql: '`', mariadb: '`', sqlite: '"' }

/** The name that a quoted name is of; null where the quotes end before the text does. */
const unquoted = (mark: string, quoted: string): string | null => {
  if (quoted.length < 2 || !quoted.startsWith(mark) || !quoted.endsWith(mark)) return null
  const inside = quoted.slice(1, -1)
  return inside.replaceAll(mark + mark, '').includes(mark) ? null : inside.replaceAll(mark + mark, mark)
}

test('[property 6] a quoted name is read back as the name, on postgres, mysql, mariadb and sqlite', () => {
  const any = fc.oneof(anyName, fc.string({ unit: 'binary' }), fc.constantFrom(...hostile))
  fc.assert(
    fc.property(any, (name) => {
      for (const dialect of freshDialects()) expect(unquoted(marks[dialect.name], dialect.quote(name))).toBe(name)
    }),
    runs,
  )
})

test('[property 6] the parser of postgres reads a quoted name as the name', () => {
  const { quote } = postgresDialect()
  fc.assert(
    fc.property(anyName, (name) => {
      const [tree = null, ...more] = treesOf(`SELECT 1 AS ${quote(name)}`)
      expect(more).toEqual([])
      expect(at(tree, 'SelectStmt', 'targetList', 0, 'ResTarget', 'name')).toBe(name)
    }),
    runs,
  )
})

// -- in statements ----------------------------------------------------------------------------------------------------

/** To the types they are six words, whatever they are. */
type Six = readonly ['name', 'key', 'column', 'first', 'second', 'third']

/** A table, its columns, its constraints and what a query calls its parts, by these names. */
const worldOf = (names: ReadonlyArray<string>) => {
  // `namesOf(6)` draws six names, no two of them alike.
  const [name, key, column, first, second, third] = names as unknown as Six
  const columns = { id: pipe(integer, primaryKey, named(key)), [column]: text, more: pipe(integer, named(first)) }
  const of = table(name, columns, (t) => [
    uniqueConstraint([t.id, t.more], { name: second }),
    indexOn([t.more], { name: third }),
  ])
  const other = pipe(of, alias(first))
  const rows = pipe(from(other), select({ [second]: other.id, [third]: other[column] }), subquery(second))
  const front = pipe(from(of), select({ [first]: of.id }), cte(third))
  const query = pipe(
    from(of),
    innerJoin(rows, eq(of.id, rows[second])),
    innerJoin(front, eq(of.id, front[first])),
    orderBy(of.id),
    select({ [key]: of.id, inner: { [column]: rows[third] }, [first]: front[first] }),
  )
  return { of, query, column, key, first }
}

test('[property 7] no name breaks a statement or gets into it unquoted, on postgres, mysql, mariadb and sqlite', () => {
  fc.assert(
    fc.property(namesOf(6), (names) => {
      const { query, column, key } = worldOf(names)
      for (const dialect of freshDialects()) {
        const all = compiled(dialect, query)
        if (E.isLeft(all)) throw new Error(all.left.message)
        const [{ sql } = { sql: '' }] = all.right.statements
        // What is left where the quoted names are taken away was written by relvar alone.
        const known = [...names, 'id', 'more'].map((name) => dialect.quote(name))
        const rest = known.sort((a, b) => b.length - a.length).reduce((left, name) => left.replaceAll(name, ''), sql)
        expect(rest).toMatch(/^[A-Za-z0-9_.,=() ]+$/)
        expect(sql).toContain(dialect.quote(column))
        expect(sql).toContain(dialect.quote(key))
      }
    }),
    runs,
  )
})

test('[property 7] what a query calls its parts is no name in the SQL: relvar makes those up', () => {
  for (const dialect of [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()])
    fc.assert(
      fc.property(anyName, (name) => {
        const of = table('users', { id: integer })
        const u = pipe(of, alias(name))
        const short = pipe(of, alias('u'))
        const textOf = (t: typeof u | typeof short, key: string): string | undefined => {
          const all = compiled(dialect, pipe(from(t), select({ [key]: t.id }), orderBy(t.id)))
          return E.isRight(all) ? all.right.statements[0]?.sql : undefined
        }
        expect(textOf(u, name)).toBe(textOf(short, 'id'))
      }),
      runs,
    )
})

test('[property 7] a name that an engine would cut or refuse is refused where it is said', () => {
  const bad = [
    '',
    'a\0',
    'x'.repeat(64),
    'é'.repeat(32),
    'か'.repeat(22),
    'a ',
    '\ud800',
    '\udfff a',
    '😀',
    1,
    null,
    {},
  ]
  for (const name of bad) {
    expect(() => table(name as string, { id: integer }), JSON.stringify(name)).toThrow(TypeError)
    expect(() => alias(name as string)(table('t', { id: integer })), JSON.stringify(name)).toThrow(TypeError)
    if (name !== null)
      expect(() => table('t', { id: pipe(integer, named(name as string)) }), JSON.stringify(name)).toThrow(TypeError)
  }
  expect(() => table('x'.repeat(63), { id: integer })).not.toThrow()
})

// -- kept by the engines ----------------------------------------------------------------------------------------------

describe.each(engines().map((engine) => [engine.label, engine] as const))('%s', (_, engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world.close())

  test(`[property 6, property 7] a table of any names is made, written, read and found`, {
    timeout: 3_600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(namesOf(6), async (names) => {
        const { of, query, column, key, first } = worldOf(names)
        await world.create({ of })
        try {
          // Its columns are those of `worldOf`.
          await world.rows(insertInto(of as never)({ id: 7, [column]: 'x', more: 3 } as never))
          expect(await world.outcome(query)).toEqual(
            E.right(expect.objectContaining({ rows: [{ [key]: 7, inner: { [column]: 'x' }, [first]: 7 }] })),
          )
          expect((await columnsOf(world, names[0] ?? '')).map((c) => c.name)).toEqual([key, column, first])
        } finally {
          await world.drop({ of })
        }
      }),
      { seed, numRuns: 20 * times },
    )
  })
})
