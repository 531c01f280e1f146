// A secret column is a column like any other: of every type, under every combinator, as text and back; only what is shown differs.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'

import { noBindings } from '../../../src/compile/bind.js'
import { loadOf } from '../../../src/compile/compile.js'
import { type AnyQuery, statementOf } from '../../../src/expr/query.js'
import {
  array,
  type ColumnSpec,
  createAll,
  eq,
  exprShow,
  from,
  insertInto,
  integer,
  json,
  jsonObject,
  lower,
  nullable,
  primaryKey,
  postgresDialect,
  queryCodec,
  queryEq,
  refine,
  schema,
  secret,
  select,
  sqliteDialect,
  startsWith,
  table,
  text,
  toSqlInline,
  union,
  uuid,
  varchar,
  where,
} from '../../../src/index.js'
import { memory } from '../../../src/memory.js'

const id = '2b1a1d3c-0b1c-4c52-9a0e-6f0d7a1b2c3d'
const short = t.refinement(t.string, (s) => s.length < 40, 'short')

describe('[O03] secret columns', () => {
  const all = table('all', {
    id: pipe(integer, primaryKey),
    before: pipe(text, secret, refine(short)),
    after: pipe(text, refine(short), secret),
    maybe: pipe(integer, secret, nullable),
    twice: pipe(uuid, secret, secret),
    doc: pipe(json(t.type({ pin: t.string })), secret),
  })
  const row = { id: 1, before: 'b', after: 'a', maybe: null, twice: id, doc: { pin: '1234' } }

  it('keep their values in memory: what is written is read', async () => {
    const db = memory()
    expect(E.isRight(await db.execute(createAll(schema({ all })))())).toBe(true)
    expect(await db.execute(insertInto(all)(row))()).toMatchObject({ right: { affected: 1 } })
    expect(await db.all(pipe(from(all), where(eq(all.twice, id))))()).toEqual(E.right([row]))
  })

  it('are of the type that they would be: compared and joined with such columns, in unions, in arrays', () => {
    const open = table('open', { id: integer, name: varchar(50), key: uuid })
    const dialect = sqliteDialect()
    const compiled = (q: AnyQuery): string => loadOf(dialect, statementOf(q), noBindings)._tag
    const queries = [
      pipe(from(all), where(eq(all.twice, id))),
      pipe(from(all), select({ k: all.twice }), union(pipe(from(open), select({ k: open.key })))),
      pipe(from(all), select({ it: jsonObject({ a: all.after, m: all.maybe }) })),
    ]
    expect(queries.map(compiled)).toEqual(['Right', 'Right', 'Right'])
    const lists = table('lists', { tags: array(pipe(text, secret)) })
    const shown = toSqlInline(postgresDialect())(pipe(from(lists), where(eq(lists.tags, ['f00d']))))
    expect(shown).toMatchObject({ right: expect.stringContaining('<secret>') })
    expect(JSON.stringify(shown)).not.toContain('f00d')
  })

  it('pass it on to what is calculated of them and what stands beside it', () => {
    const shown = [eq(lower(all.after), 'f00d'), startsWith('f00d')(all.after), eq(all.maybe, 4242)].map(exprShow.show)
    expect(shown.join()).not.toMatch(/f00d|4242/)
    expect(shown.every((one) => one.includes('<secret>'))).toBe(true)
  })

  it('stay secret in a query that was stored, with its values', () => {
    const codec = queryCodec({ all })
    const query = pipe(from(all), where(eq(all.twice, id)), where(eq(all.after, 'kept')))
    const again = pipe(
      codec.encode(query),
      E.chain((stored) => codec.decode(JSON.parse(JSON.stringify(stored)))),
    )
    if (E.isLeft(again)) throw new Error('the query was not read')
    expect(queryEq.equals(again.right, query)).toBe(true)
    expect(JSON.stringify(toSqlInline(sqliteDialect())(again.right))).not.toMatch(new RegExp(`${id}|kept`))
  })

  it('have the TypeScript type of the column', () => {
    const spec: ColumnSpec<number | null, true, false, never> = pipe(integer, nullable, secret)
    const key: ColumnSpec<string, false, true, never> = pipe(text, primaryKey, secret)
    expect([spec.nullable, key.primaryKey]).toEqual([true, true])
  })
})
