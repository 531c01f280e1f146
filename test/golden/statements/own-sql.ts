/**
 * Statements of text, alone and among queries, and expressions of the user's own.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

import {
  cte,
  customFamily,
  customFunction,
  eq,
  exists,
  from,
  gt,
  groupBy,
  inQuery,
  integer,
  max,
  nullable,
  orderBy,
  select,
  set,
  sql,
  subquery,
  text,
  update,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { users } from '../tables.js'

const adults = sql.text(
  "SELECT id, name FROM users WHERE age > :age AND name <> :name -- :age, ':name'\n OR age = :age",
)

export const texts: ReadonlyArray<GoldenStatement> = statements('sql.text', {
  'a statement': (v) => adults.bind({ age: v.integer(), name: v.text() }).columns({ id: integer, name: text }),
  'a source by position': (v) =>
    from(
      pipe(adults.bind({ age: v.integer(), name: v.text() }).columns({ id: integer, name: text }), subquery('adults')),
    ),
  'a source by name': (v) =>
    from(pipe(adults.bind({ age: v.integer(), name: v.text() }).as({ name: text, id: integer }), subquery('adults'))),
  'a source with a name': (v) => {
    const source = pipe(sql.text('SELECT :n').bind({ n: v.integer() }).columns({ n: integer }), subquery('source'))
    return from(pipe(from(source), select({ n: source.n }), cte('some')))
  },
  'in criteria': (v) => {
    const ids = pipe(sql.text('SELECT :id').bind({ id: v.integer() }).columns({ id: integer }), subquery('ids'))
    return pipe(
      from(users),
      where(pipe(users.id, inQuery(pipe(from(ids), select(ids.id))))),
      where(exists(pipe(from(ids), where(eq(ids.id, users.id))))),
    )
  },
  'a command': (v) => sql.text('UPDATE users SET age = :age').bind({ age: v.integer() }).writes(users).command(),
  'casts and quotes': (v) =>
    sql.text(`SELECT 'a:b', "c:d", 1 AS e, :v /* :f */`).bind({ v: v.text() }).columns({
      a: text,
      c: text,
      e: integer,
      v: text,
    }),
})

/** As one engine has it in its own words. */
const clamp = customFunction({
  name: 'clamp',
  takes: [integer, integer],
  gives: integer,
  render: {
    sqlite: ({ sql: written, list, operands }) => written`min(${list(operands)})`,
    // LEAST of PostgreSQL leaves nulls out, and what is clamped is null where an operand is.
    others: ({ sql: written, operand }) =>
      written`CASE WHEN ${operand(0)} > ${operand(1)} THEN ${operand(1)} WHEN ${operand(0)} <= ${operand(1)} THEN ${operand(0)} END`,
  },
  evaluate: ([x, most]) => Math.min(x, most),
})

const scaled = customFamily({
  name: 'scaled',
  data: t.type({ by: t.number, column: t.string }),
  takes: [nullable(integer)],
  gives: nullable(integer),
  render: {
    others: ({ sql: written, operand, digits, data }) => written`${operand(0)} * ${digits(data.by)}`,
  },
  evaluate: ([x], { by }) => (x === null ? null : x * by),
})

const onPostgres = customFunction({
  name: 'on_postgres',
  takes: [text],
  gives: text,
  render: { postgres: ({ sql: written, name, operand }) => written`${operand(0)} COLLATE ${name('C')}` },
})

export const ownExpressions: ReadonlyArray<GoldenStatement> = statements('expressions of one’s own', {
  'a function': (v) => pipe(from(users), select({ n: clamp(users.id, v.integer()) })),
  'in all clauses': (v) => {
    const n = clamp(users.id, v.integer())
    return pipe(from(users), where(gt(n, v.integer())), groupBy(n), orderBy(n), select({ n, most: max(users.age) }))
  },
  'by its data': () => pipe(from(users), select({ n: scaled({ by: 3, column: 'x' })(users.age) })),
  'in a write': (v) =>
    pipe(update(users), set({ age: clamp(users.id, v.integer()) }), where(eq(users.id, v.integer()))),
  'of one engine': (v) => pipe(from(users), where(eq(onPostgres(users.name), v.text()))),
})
