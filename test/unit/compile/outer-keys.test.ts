// How the keys of the outer rows travel to a relation: one column or several, and text in the order of the database.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, it } from 'vitest'

import {
  and,
  eq,
  explain,
  from,
  include,
  integer,
  many,
  mariadbDialect,
  mysqlDialect,
  postgresDialect,
  primaryKey,
  sqliteDialect,
  table,
  varchar,
  where,
} from '../../../src/index.js'

const users = table('users', { a: pipe(integer, primaryKey), b: pipe(varchar(9), primaryKey) })
const posts = table('posts', { id: pipe(integer, primaryKey), a: integer, b: varchar(9) })

const ofNumber = pipe(from(users), include({ posts: many(pipe(from(posts), where(eq(posts.a, users.a)))) }))
const ofText = pipe(from(users), include({ posts: many(pipe(from(posts), where(eq(posts.b, users.b)))) }))
const ofBoth = pipe(
  from(users),
  include({ posts: many(pipe(from(posts), where(and(eq(posts.a, users.a), eq(posts.b, users.b))))) }),
)

const tableOf = (columns: string): string => `JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, ${columns})) AS k`
const collated = (name: string): string => `varchar(9) CHARACTER SET utf8mb4 COLLATE ${name}`
const ofFamily = (collation: string) => [
  tableOf("c0 integer PATH '$'"),
  tableOf(`c0 ${collated(collation)} PATH '$'`),
  tableOf(`c0 integer PATH '$[0]', c1 ${collated(collation)} PATH '$[1]'`),
]

const cases = [
  [
    postgresDialect(),
    [
      'unnest($1::integer[]) WITH ORDINALITY AS k (c0, i)',
      'unnest($1::text[]) WITH ORDINALITY AS k (c0, i)',
      'unnest($1::integer[], $2::text[]) WITH ORDINALITY AS k (c0, c1, i)',
    ],
    ['k.c0', 'k.c1'],
  ],
  [mysqlDialect(), ofFamily('utf8mb4_0900_bin'), ['k.c0', 'k.c1']],
  [mariadbDialect(), ofFamily('utf8mb4_nopad_bin'), ['k.c0', 'k.c1']],
  [
    sqliteDialect(),
    ['json_each(?) AS k', 'json_each(?) AS k', 'json_each(?) AS k'],
    ["json_extract(k.value, '$[0]')", "json_extract(k.value, '$[1]')"],
  ],
] as const

it.each(cases.map(([dialect, ...more]) => [dialect.name, dialect, ...more] as const))(
  '%s',
  (_, dialect, sources, both) => {
    const q = dialect.quote
    const texts = [ofNumber, ofText, ofBoth].map((query) => {
      const told = explain(dialect)(query)
      return E.isRight(told) ? (told.right.statements[1]?.sql ?? '') : told.left.message
    })
    const [number = '', text = '', pair = ''] = texts.map((sql) => sql.slice(sql.indexOf(' FROM ') + 6))
    const alone = dialect.name === 'sqlite' ? 'k.value' : 'k.c0'
    expect(number).toBe(`${sources[0]} CROSS JOIN ${q('posts')} AS t0 WHERE (t0.${q('a')} = ${alone})`)
    expect(text).toBe(`${sources[1]} CROSS JOIN ${q('posts')} AS t0 WHERE (t0.${q('b')} = ${alone})`)
    expect(pair).toBe(
      `${sources[2]} CROSS JOIN ${q('posts')} AS t0 WHERE ((t0.${q('a')} = ${both[0]}) AND (t0.${q('b')} = ${both[1]}))`,
    )
  },
)
