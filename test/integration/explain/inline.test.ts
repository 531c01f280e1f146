// A query's SQL with its values written in: it runs as it stands, and means what the query with its parameters means.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  and,
  type AnyQuery,
  between,
  bigint,
  binary,
  boolean,
  date,
  double,
  eq,
  from,
  gt,
  inList,
  insertInto,
  integer,
  limit,
  literal,
  nullable,
  numeric,
  offset,
  orderBy,
  primaryKey,
  select,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  toSql,
  toSqlInline,
  where,
} from '../../../src/index.js'
import { done, step } from '../../../src/compile/load.js'
import { noTables } from '../../../src/compile/statement.js'
import { engines } from '../../support/engines.js'
import { openWorld, type World } from '../../support/run-load.js'

const t5 = table('t5', { id: pipe(integer, primaryKey), 'what? $1': integer, note: pipe(text, nullable) })
const rows = [
  { id: 1, 'what? $1': 2, note: 'it\'s "so" \\ ? $1' },
  { id: 2, 'what? $1': 3, note: null },
  { id: 3, 'what? $1': 4, note: '🐍 é\n' },
]

const texts = [
  '',
  "'",
  "''",
  '\\',
  "\\'",
  "\\' OR 1=1 -- ",
  '"',
  '`',
  '?',
  '$1',
  '$$',
  ';--',
  '/* */',
  'é🐍\u0301',
  'a\nb\tc\r',
  '%_!',
  ':name',
  '\u2028',
]

describe.each(engines())('SQL with its values on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ t5 })
    await world.rows(insertInto(t5)(rows))
  })
  afterAll(() => world.close())

  /** The first cells of the rows that the text gives, as the driver has them. */
  const sent = async (q: AnyQuery): Promise<ReadonlyArray<string>> => {
    const inline = toSqlInline(world.db.dialect)(q)
    if (E.isLeft(inline)) throw new Error(inline.left.message)
    const sql = inline.right
    const statement = {
      sql,
      parameters: [],
      text: 'once',
      returnsRows: true,
      bigints: false,
      tables: noTables,
    } as const
    const reply = await world.load(step(statement, (r) => E.right(done(r))))
    if (E.isLeft(reply)) throw new Error(`${reply.left.message}\n${sql}`)
    return reply.right.rows.map((row) => String(row[0]))
  }
  const literalOf = (e: Parameters<typeof select>[0]): AnyQuery =>
    pipe(from(t5), where(eq(t5.id, 1)), select(e as typeof t5.id))

  it('[LIM08] a limit and an offset', async () => {
    const page = pipe(from(t5), orderBy(t5.id), limit(2), offset(1), select(t5.id))
    expect(await sent(page)).toEqual(['2', '3'])
  })

  it('[STR04] texts of all sorts are what they are, and end nothing', async () => {
    for (const value of texts) {
      expect(await sent(literalOf(literal(value, text))), JSON.stringify(value)).toEqual([value])
      expect(await sent(pipe(from(t5), where(eq(t5.note, value)), select(t5.id)))).toEqual([])
    }
    for (const row of rows)
      if (row.note !== null)
        expect(await sent(pipe(from(t5), where(eq(t5.note, row.note)), select(t5.id)))).toEqual([String(row.id)])
  })

  it('[DTM14] dates, times and instants are what they are', async () => {
    const same = async (e: AnyQuery): Promise<void> => expect(await sent(e)).toEqual(['1'])
    const one = pipe(from(t5), where(eq(t5.id, 1)), select(t5.id))
    await same(pipe(one, where(eq(literal('2012-10-15', date), '2012-10-15'))))
    await same(pipe(one, where(eq(literal('12:57:18.000396', time), '12:57:18.000396'))))
    await same(pipe(one, where(eq(literal('2012-10-15T12:57:18.000396', timestamp), '2012-10-15T12:57:18.000396'))))
    await same(pipe(one, where(eq(literal('2012-10-15T12:57:18Z', timestamptz), '2012-10-15T14:57:18.000000+02:00'))))
  })

  it('numbers keep their kind, bytes their bits, truth its value', async () => {
    const one = pipe(from(t5), where(eq(t5.id, 1)), select(t5.id))
    const criteria = [
      eq(literal(9007199254740993n, bigint), 9007199254740993n),
      gt(literal(1e21, double), 9.99e20),
      eq(literal(0.1, double), 0.1),
      eq(literal('1.10', numeric(5, 2)), '1.1'),
      eq(literal(true, boolean), true),
      eq(literal(Uint8Array.of(0, 255, 39), binary), Uint8Array.of(0, 255, 39)),
      pipe(t5['what? $1'], inList([1, 2])),
      pipe(t5.id, between(-1, 1)),
    ]
    for (const criterion of criteria) expect(await sent(pipe(one, where(criterion as never)))).toEqual(['1'])
    expect(await sent(pipe(one, where(and(...(criteria as never)))))).toEqual(['1'])
  })

  it('[C64] beside it stands the text with its parameters apart', () => {
    const apart = toSql(world.db.dialect)(pipe(from(t5), where(eq(t5.note, 'secret'))))
    expect(E.isRight(apart) && apart.right.sql).not.toContain('secret')
    expect(E.isRight(apart) && apart.right.parameters).toEqual(['secret'])
    expect(toSql(world.db.dialect)('no query' as never)._tag).toBe('Left')
    expect(toSqlInline(world.db.dialect)(pipe(from(t5), where(eq(t5.id, 1.5))))._tag).toBe('Right')
  })
})
