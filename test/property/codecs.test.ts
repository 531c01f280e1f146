// What is encoded is decoded to itself, no two values are encoded alike, and what is no value is refused with its place.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  type ColumnSpec,
  compile,
  eq,
  from,
  insertInto,
  integer,
  literal,
  nullable,
  select,
  table,
  text,
  time,
  where,
} from 'relvar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bad, decoderOf } from '../../src/compile/decode.js'
import type { Dialect } from '../../src/compile/dialect.js'
import type { RawRow } from '../../src/compile/statement.js'
import type { AnyQuery } from '../../src/expr/query.js'
import { places } from '../support/places.js'
import { openPlace, type Place } from '../integration/types/place.js'
import { freshDialects } from './compiled.js'
import { runs, seed, times } from './laws.js'
import { sameValue, shownValue, type Typed, typedValues } from './typed-values.js'

const all = freshDialects()
const encoded = (dialect: Dialect, { spec }: Typed, value: unknown): unknown => dialect.type(spec.type).encode(value)
const each = typedValues.map((typed) => [typed.name, typed] as const)

// -- pure -------------------------------------------------------------------------------------------------------------

test.each(each)('[property 26] %s: what postgres, mysql, mariadb and sqlite are sent is read as it was', (_, typed) => {
  const decode = decoderOf(typed.spec.type)
  fc.assert(
    fc.property(typed.values, (value) => {
      for (const dialect of all) {
        const wire = encoded(dialect, typed, value)
        const again = decode(wire)
        if (again === bad || !sameValue(again, value))
          throw new Error(`${dialect.name}: ${shownValue(value)} was sent as ${shownValue(wire)}`)
      }
    }),
    runs,
  )
})

test.each(each)('[property 27] %s: no two values are sent alike to postgres, mysql, mariadb and sqlite', (_, typed) => {
  fc.assert(
    fc.property(typed.values, typed.values, (a, b) => {
      for (const dialect of all) {
        const alike = sameValue(encoded(dialect, typed, a), encoded(dialect, typed, b))
        if (alike !== sameValue(a, b)) throw new Error(`${dialect.name}: ${shownValue(a)} and ${shownValue(b)}`)
      }
    }),
    runs,
  )
})

/** What no engine should give, and what only some types have. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    NaN,
    Infinity,
    -Infinity,
    -0,
    Symbol('x'),
    () => 1,
    new Date(NaN),
    new Map(),
    {},
    [],
    '',
  ),
  fc.anything(),
  fc.string({ unit: 'binary' }),
  fc.bigInt(),
  fc.double(),
  fc.uint8Array(),
)

test.each(each)(
  '[property 27] %s: whatever postgres, mysql, mariadb and sqlite give is a value, or refused, and nothing is thrown',
  (_, typed) => {
    const decode = decoderOf(typed.spec.type)
    fc.assert(
      fc.property(fc.oneof(junk, typed.values), (raw) => {
        const value = decode(raw)
        if (value === bad) return
        // What it is read as is a value of the type: it can be sent again, and is read as itself.
        for (const dialect of all) expect(sameValue(decode(encoded(dialect, typed, value)), value)).toBe(true)
      }),
      runs,
    )
  },
)

const kept = table('kept', { a: integer, b: pipe(text, nullable), c: integer })

/** What comes of these rows of a query. */
const read = (dialect: Dialect, q: AnyQuery, rows: ReadonlyArray<RawRow>) => {
  // The query mentions its own table alone.
  const load = compile(dialect)(q as never)
  if (E.isLeft(load) || load.right._tag !== 'Step') throw new Error('a statement')
  const next = load.right.next({ rows, affected: 0, insertId: null })
  if (E.isLeft(next)) return next
  if (next.right._tag !== 'Done') throw new Error('one statement')
  return E.right(next.right.value)
}

test('[property 27] a value that is none is refused with its row and its column, on postgres, mysql, mariadb and sqlite', () => {
  fc.assert(
    fc.property(fc.nat(5), fc.nat(5), fc.constantFrom(0, 1, 2), fc.anything(), (before, after, column, value) => {
      const decode = decoderOf(column === 1 ? text.type : integer.type)
      fc.pre(value === null || value === undefined ? column !== 1 : decode(value) === bad)
      const good: RawRow = [1, 'x', 2]
      const rows = [
        ...Array.from({ length: before }, () => good),
        good.map((v, i) => (i === column ? value : v)),
        ...Array.from({ length: after }, () => good),
      ]
      for (const dialect of all) {
        const answer = read(dialect, from(kept), rows)
        expect(answer).toEqual(
          E.left(expect.objectContaining({ _tag: 'Decode', row: before, place: `kept.${'abc'[column] ?? ''}` })),
        )
      }
    }),
    runs,
  )
})

test('[property 27] rows are read the same in whatever order their columns stand, on postgres, mysql, mariadb and sqlite', () => {
  const keys = ['a', 'b', 'c'] as const
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...keys], { minLength: 3 }),
      fc.array(fc.record({ a: fc.integer(), b: fc.option(fc.string()), c: fc.integer() })),
      (order, rows) => {
        const fields = Object.fromEntries(order.map((key) => [key, kept[key]]))
        const raw = rows.map((row) => order.map((key) => row[key]))
        for (const dialect of all)
          expect(read(dialect, pipe(from(kept), select(fields)), raw)).toEqual(
            E.right(expect.objectContaining({ rows })),
          )
      },
    ),
    runs,
  )
})

// -- on engines -------------------------------------------------------------------------------------------------------

/** Text that no UTF-8 stands for: engines that take it keep another one. */
const broken = ['\ud800', 'a\udc00b', '\udfff\ud800']

describe.each(places().map((at) => [at.label, at] as const))('%s', (_, at) => {
  const one = table('one', { id: integer })
  let place: Place
  beforeAll(async () => {
    place = await openPlace(at)
    await place.create({ one })
    await place.rows(insertInto(one)({ id: 1 }))
  })
  afterAll(() => place.close())

  /** A bound value as an output. */
  const selected = (of: ColumnSpec<unknown>, value: unknown): AnyQuery =>
    pipe(from(one), select({ v: literal(value, of) }))

  test.each(each)('[property 26] %s: a parameter that is selected comes back', async (__, { spec, values }) => {
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        expect(shownValue(await place.rows(selected(spec, value)))).toBe(shownValue([{ v: value }]))
      }),
      { seed, numRuns: 20 * times },
    )
    const absent = await place.rows(selected(pipe(spec, nullable), null))
    expect(absent).toEqual([{ v: null }])
  })

  test('[property 26] a time that could be read as a day is a time', async () => {
    // MySQL read a parameter of 10:11:12.000003 as 3 o'clock of the 12th of November 2010.
    const times = ['10:11:12.000003', '12:00:00.000000', '01:01:01.000023', '00:00:00.000000', '23:59:59.000001']
    for (const value of times) {
      expect(await place.rows(selected(time, value))).toEqual([{ v: value }])
      const found = pipe(from(one), where(eq(literal(value, time), value)), select(one.id))
      expect(await place.rows(found)).toEqual([1])
    }
  })

  test('[property 26] a lone surrogate is refused before anything is sent', async () => {
    for (const value of broken) {
      const outcome = await place.run(selected(text, value))
      expect(E.isLeft(outcome) && outcome.left._tag).toBe('InvalidValue')
      const found = await place.run(pipe(from(one), where(eq(literal('x', text), value))))
      expect(E.isLeft(found) && found.left._tag).toBe('InvalidValue')
    }
  })
})
