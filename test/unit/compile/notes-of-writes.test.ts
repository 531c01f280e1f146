// An explanation notes where a write is more than the one statement that it says, on the engines where it is.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, it } from 'vitest'

import {
  type AnyQuery,
  autoIncrement,
  concat,
  explain,
  from,
  ilike,
  insertFrom,
  insertInto,
  integer,
  mariadbDialect,
  mysqlDialect,
  onConflictDoUpdate,
  postgresDialect,
  primaryKey,
  returning,
  select,
  sqliteDialect,
  table,
  text,
  where,
} from '../../../src/index.js'

const posts = table('posts', { id: pipe(integer, primaryKey, autoIncrement), userId: integer, title: text })

const row = { id: 1, userId: 2, title: 'a' }
const unsaid = { userId: 2, title: 'a' }
const copied = pipe(from(posts), select({ id: posts.id, userId: posts.userId, title: posts.title }))
const newer = { target: posts.id, set: { title: 'b' } } as const

const dialects = { pg: postgresDialect(), my: mysqlDialect(), ma: mariadbDialect(), lite: sqliteDialect() }
type Name = keyof typeof dialects

const everywhere: ReadonlyArray<Name> = ['pg', 'my', 'ma', 'lite']
const family: ReadonlyArray<Name> = ['my', 'ma']
const none: ReadonlyArray<Name> = []
const again = 'the rows are read again by their keys, in one transaction'
const first = 'the rows of the query are read, then inserted, in one transaction'

const cases: ReadonlyArray<readonly [string, AnyQuery, string, ReadonlyArray<Name>]> = [
  ['an insert', insertInto(posts)(row), '', none],
  ['an insert of a key that is made', insertInto(posts)(unsaid), '', none],
  ['an insert of two such rows', insertInto(posts)([unsaid, unsaid]), again, ['my']],
  ['an insert that returns', pipe(insertInto(posts)(row), returning(posts.title)), again, ['my']],
  ['an insert of a query', insertFrom(posts)(copied), '', none],
  ['an insert of a query that returns', pipe(insertFrom(posts)(copied), returning(posts.id)), first, ['my']],
  ['an upsert', pipe(insertInto(posts)(row), onConflictDoUpdate(newer)), '', none],
  ['an upsert of a query', pipe(insertFrom(posts)(copied), onConflictDoUpdate(newer)), first, family],
  [
    'an upsert of a query that may have a row twice',
    pipe(
      insertFrom(posts)(pipe(copied, select({ id: posts.userId, userId: posts.id, title: posts.title }))),
      onConflictDoUpdate(newer),
    ),
    first,
    ['pg', 'my', 'ma'],
  ],
  [
    'an insert of a row with an expression, that returns',
    pipe(insertInto(posts)({ ...row, title: concat('a', 'b') }), returning(posts.title)),
    again,
    ['my'],
  ],
]

it.each(cases)('%s', (_, query, note, noting) => {
  const told = Object.entries(dialects).map(([name, dialect]) =>
    pipe(
      explain(dialect)(query),
      E.match(
        ({ message }) => [name, message],
        ({ statements }) => [name, ...new Set(statements.flatMap((s) => s.notes))],
      ),
    ),
  )
  const expected = everywhere.map((name) => [name, ...(noting.includes(name) ? [note] : [])])
  expect(told).toEqual(expected)
})

it('an upsert of a query notes what is noted of the query', () => {
  const folded = pipe(copied, where(pipe(posts.title, ilike('a%'))))
  const told = explain(dialects.lite)(pipe(insertFrom(posts)(folded), onConflictDoUpdate(newer)))
  expect(E.isRight(told) ? told.right.statements.map((s) => s.notes) : told).toEqual([['both sides are in lower case']])
})
