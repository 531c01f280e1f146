// Text of a derived dialect around writes stands at every statement that writes, whatever stands in front of it, and nowhere else.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  type AnyQuery,
  compile,
  cte,
  deleteFrom,
  deriveDialect,
  type Dialect,
  eq,
  explain,
  from,
  inQuery,
  insertFrom,
  insertInto,
  integer,
  mariadbDialect,
  mysqlDialect,
  onConflictDoUpdate,
  postgresDialect,
  primaryKey,
  raw,
  returning,
  select,
  set,
  sqliteDialect,
  table,
  update,
  where,
} from '../../../src/index.js'

const items = table('items', { id: pipe(integer, primaryKey), n: integer })
const others = table('others', { id: pipe(integer, primaryKey) })
const some = pipe(from(others), select({ id: others.id }), cte('some'))

const tagged = (dialect: Dialect): Dialect =>
  deriveDialect(dialect, { around: ({ kind }) => ({ after: raw(`/* ${kind} */`), end: raw('/* end */') }) })

const texts = (dialect: Dialect, query: AnyQuery): ReadonlyArray<string> => {
  const explained = explain(dialect)(query)
  return E.isRight(explained) ? explained.right.statements.map(({ sql }) => sql) : [JSON.stringify(explained.left)]
}

const dialects = {
  postgres: postgresDialect(),
  mysql: mysqlDialect(),
  mariadb: mariadbDialect(),
  sqlite: sqliteDialect(),
}

describe.each(Object.entries(dialects))('text around writes on %s', (_, dialect) => {
  const inSome = pipe(items.id, inQuery(pipe(from(some), select(some.id))))
  const writes: ReadonlyArray<readonly [string, AnyQuery]> = [
    ['INSERT', insertInto(items)({ id: 1, n: 1 })],
    ['INSERT', insertFrom(items)(pipe(from(others), select({ id: others.id, n: others.id })))],
    ['INSERT', pipe(insertInto(items)({ id: 1, n: 1 }), onConflictDoUpdate({ target: items.id, set: { n: 2 } }))],
    ['UPDATE', pipe(update(items), set({ n: 1 }), where(eq(items.id, 1)))],
    ['UPDATE', pipe(update(items), set({ n: 1 }), where(inSome))],
    ['UPDATE', pipe(update(items), set({ n: 1 }), where(inSome), returning(items.id))],
    ['DELETE', pipe(deleteFrom(items), where(inSome))],
    ['DELETE', pipe(deleteFrom(items), where(inSome), returning(items.id))],
  ]

  it.each(writes)('%s says it where it writes', (word, query) => {
    const all = texts(tagged(dialect), query)
    const plain = texts(dialect, query)
    expect(all).toHaveLength(plain.length)
    expect(all).toEqual(
      plain.map((sql) => {
        const at = sql.search(new RegExp(`(?<![A-Z] )\\b${word} (?:INTO |FROM |JSON_TABLE|["\`])`))
        return at < 0
          ? sql
          : `${sql.slice(0, at)}${word} /* ${word.toLowerCase()} */${sql.slice(at + word.length)} /* end */`
      }),
    )
    expect(all.filter((sql) => sql.endsWith(' /* end */'))).toHaveLength(1)
  })

  it('a comment that ends with its line hides nothing', () => {
    const noted = deriveDialect(dialect, { around: () => ({ after: raw('-- noted') }) })
    const load = compile(noted)(insertInto(items)({ id: 1, n: 1 }))
    expect(E.isRight(load) && load.right._tag === 'Step' ? load.right.statement.sql : load).toMatch(
      /^INSERT -- noted\nINTO /,
    )
  })
})
