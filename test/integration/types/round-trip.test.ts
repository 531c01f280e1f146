// What is written into a column is what comes back, whichever way it goes; what a column cannot hold is never sent.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  asc,
  caseWhen,
  coalesce,
  deleteFrom,
  everyRow,
  eq,
  from,
  gt,
  inList,
  insertInto,
  integer,
  isNotDistinctFrom,
  isNull,
  literal,
  max,
  min,
  nullable,
  orderBy,
  primaryKey,
  returning,
  select,
  set,
  subquery,
  table,
  union,
  update,
  where,
} from '../../../src/index.js'
import type { ColumnSpec } from '../../../src/expr/column.js'
import type { Expr } from '../../../src/expr/expr.js'
import type { AnyQuery } from '../../../src/expr/query.js'
import { inMemory, places } from '../../support/places.js'
import { type Case, cases } from './cases.js'
import { openPlace, type Place } from './place.js'

/** A table of one case: the column, and one of the same type that may be null. */
const tableOf = (c: Case, i: number) =>
  table(`case_${i}`, {
    id: pipe(integer, primaryKey),
    // The types of the cases are many; what is asserted is the values.
    v: c.spec as ColumnSpec<string, false, false, never>,
    n: pipe(c.spec as ColumnSpec<string, false, false, never>, nullable),
  })
type CaseTable = ReturnType<typeof tableOf>

const paired = cases.map((c, i) => [c, tableOf(c, i)] as const)
const rowsOf = (c: Case) => c.values.map(([written], i) => ({ id: i + 1, v: written as string, n: written as string }))
const readOf = (c: Case) => c.values.map(([, read], i) => ({ id: i + 1, v: read, n: read }))

const as = (q: unknown): AnyQuery => q as AnyQuery
const inOrder = (t: CaseTable) => as(pipe(from(t), orderBy(asc(t.id))))

const named = places().map((one) => [one.name, one] as const)

describe.each(named)('%s', (name, somewhere) => {
  let place: Place
  const here = paired.filter(([c]) => c.on.includes(name))
  const comparing = here.filter(([c]) => c.compares)
  const titled = (of: typeof here) => of.map(([c, t]) => [c.name, c.ids, c, t] as const)

  beforeAll(async () => {
    place = await openPlace(somewhere)
    await place.create(Object.fromEntries(here.map(([, t], i) => [`t${i}`, t])))
  })
  afterAll(() => place.close())

  const fill = async (t: CaseTable, c: Case): Promise<void> => {
    await place.rows(as(everyRow(deleteFrom(t))))
    await place.rows(as(insertInto(t)(rowsOf(c))))
  }

  it.each(titled(here))(`${name} keeps every %s [%s]`, async (_, __, c, t) => {
    await fill(t, c)
    expect(await place.rows(inOrder(t))).toStrictEqual(readOf(c))
  })

  it.each(titled(here))(
    `${name} keeps a %s that is written alone, updated, and none at all [%s]`,
    async (_, __, c, t) => {
      await place.rows(as(everyRow(deleteFrom(t))))
      for (const row of rowsOf(c)) {
        await place.rows(as(insertInto(t)({ ...row, n: null })))
        await place.rows(as(pipe(update(t), set({ v: row.v }), where(eq(t.id, row.id)))))
      }
      expect(await place.rows(inOrder(t))).toStrictEqual(readOf(c).map((row) => ({ ...row, n: null })))
    },
  )

  it.each(titled(here))(
    `${name} gives a %s as an expression, in a derived table and in a case [%s]`,
    async (_, __, c, t) => {
      await fill(t, c)
      const inner = pipe(from(t), select({ id: t.id, v: t.v, n: t.n }), subquery('inner'))
      for (const [i, [written, read]] of c.values.entries()) {
        const value = written as string
        const q = pipe(
          from(inner),
          where(eq(inner.id, i + 1)),
          select({
            v: inner.v,
            literal: literal(value, c.spec as ColumnSpec<string>) as Expr<string>,
            chosen: caseWhen(isNull(inner.n), inner.n).otherwise(inner.v),
            given: caseWhen(gt(inner.id, 0), literal(value, c.spec as ColumnSpec<string>) as Expr<string>).end,
            first: coalesce(inner.n, inner.v),
          }),
        )
        expect(await place.rows(as(q)), `value ${i}`).toStrictEqual([
          { v: read, literal: read, chosen: read, given: read, first: read },
        ])
      }
    },
  )

  const returns = name !== 'mysql'
  it.each(titled(returns ? here : []))(
    `${name} gives a %s back from an insert of one row and of all [%s]`,
    async (_, __, c, t) => {
      await place.rows(as(everyRow(deleteFrom(t))))
      const [first, ...rest] = rowsOf(c)
      if (first === undefined) throw new Error('a case has a value')
      const [one, ...others] = readOf(c)
      expect(await place.rows(as(pipe(insertInto(t)(first), returning(t))))).toStrictEqual([one])
      if (rest.length > 0)
        expect(await place.rows(as(pipe(insertInto(t)(rest), returning({ v: t.v }))))).toStrictEqual(
          others.map(({ v }) => ({ v })),
        )
    },
  )

  it.each(titled(comparing))(
    `${name} finds a %s by equality, in a list of any length, and by an expression [%s]`,
    async (_, __, c, t) => {
      await fill(t, c)
      const isArray = c.name.startsWith('array')
      for (const [i, [written, read]] of c.values.entries()) {
        const value = written as string
        const equal = c.values.flatMap(([, other], at) => (same(other, read) ? [at + 1] : []))
        const found = async (condition: Expr<boolean | null, 'x', 'x'>) =>
          place.rows(as(pipe(from(t), where(condition as never), select(t.id), orderBy(asc(t.id)))))
        expect(await found(eq(t.v, value) as never), `eq ${i}`).toStrictEqual(equal)
        expect(await found(isNotDistinctFrom(t.n, value) as never)).toStrictEqual(equal)
        if (!isArray) expect(await found(pipe(t.v, inList([value])) as never)).toStrictEqual(equal)
        expect(await found(eq(t.v, literal(value, c.spec as ColumnSpec<string>) as never) as never)).toStrictEqual(
          equal,
        )
      }
      const all = c.values.map(([written]) => written as string)
      expect(await place.rows(as(pipe(from(t), where(eq(t.v, t.n)), select(t.id))))).toHaveLength(all.length)
      if (isArray) {
        expect(E.isLeft(await place.run(as(pipe(from(t), where(pipe(t.v, inList(all)) as never)))))).toBe(true)
        return
      }
      const listed = (list: ReadonlyArray<string>) =>
        as(pipe(from(t), where(pipe(t.v, inList(list)) as never), select(t.id)))
      expect(await place.rows(listed(all))).toHaveLength(all.length)
      const many = Array.from({ length: 1100 }, (_, at) => all[at % all.length] as string)
      expect(await place.rows(listed(many))).toHaveLength(all.length)
    },
  )

  it.each(titled(comparing))(`${name} unites and dedupes a %s [%s]`, async (_, __, c, t) => {
    await fill(t, c)
    const one = pipe(from(t), select({ v: t.v }))
    const other = pipe(from(t), select({ v: t.n }))
    const rows = (await place.rows(as(pipe(one, union(other as never) as never)))) as ReadonlyArray<{
      readonly v: unknown
    }>
    const distinct = c.values.map(([, read]) => read).filter((v, i, all) => all.findIndex((w) => same(v, w)) === i)
    expect(rows).toHaveLength(distinct.length)
    expect(new Set(rows.map(({ v }) => keyed(v)))).toEqual(new Set(distinct.map(keyed)))
  })

  it.each(titled(here))(`${name} never sends what is no %s [%s]`, async (_, __, c, t) => {
    place.sent()
    for (const [i, value] of c.refused.entries()) {
      const outcomes = [
        await place.run(as(insertInto(t)({ id: 1, v: value as string, n: null }))),
        await place.run(as(pipe(update(t), set({ v: value as string }), everyRow))),
      ]
      for (const outcome of outcomes) {
        expect(
          E.isLeft(outcome) && outcome.left._tag,
          `${i}: ${typeof value} ${String(typeof value === 'symbol' ? 'symbol' : value)}`,
        ).toMatch(/^(InvalidValue|NotNullViolation|IllFormed)$/)
        if (E.isLeft(outcome)) expect(outcome.left.message).toContain('.v')
      }
    }
    expect(place.sent()).toBe(0)
  })

  const orders = (c: Case): boolean => !/boolean|array|binary/.test(c.name)
  it.each(titled(comparing.filter(([c]) => orders(c))))(
    `${name} has one order of every %s, and its least and greatest [%s]`,
    async (_, __, c, t) => {
      await fill(t, c)
      const ordered = (await place.rows(
        as(pipe(from(t), select(t.v), orderBy(asc(t.v), asc(t.id)))),
      )) as ReadonlyArray<unknown>
      const extremes = await place.rows(as(pipe(from(t), select({ least: min(t.v), most: max(t.v) }))))
      expect(extremes).toStrictEqual([{ least: ordered[0], most: ordered.at(-1) }])
      const memory = await openPlace(inMemory)
      await memory.create({ t })
      await memory.rows(as(insertInto(t)(rowsOf(c))))
      expect(ordered).toStrictEqual(await memory.rows(as(pipe(from(t), select(t.v), orderBy(asc(t.v), asc(t.id))))))
    },
  )
})

const keyed = (value: unknown): string =>
  value instanceof Uint8Array
    ? `bytes ${[...value].join()}`
    : typeof value === 'bigint'
      ? `${value}n`
      : JSON.stringify(value)
const same = (a: unknown, b: unknown): boolean => keyed(a) === keyed(b)
