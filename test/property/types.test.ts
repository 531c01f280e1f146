// Any value of any type is the same after a round trip through any engine.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, test } from 'vitest'

import type { ColumnSpec } from '../../src/expr/column.js'
import type { AnyQuery } from '../../src/expr/query.js'
import {
  asc,
  deleteFrom,
  eq,
  everyRow,
  from,
  insertInto,
  integer,
  orderBy,
  primaryKey,
  select,
  table,
  where,
} from '../../src/index.js'
import { engines } from '../support/engines.js'
import { inMemory, placeOf } from '../support/places.js'
import { openPlace, type Place } from '../integration/types/place.js'
import { sameValue, shownValue, typedValues } from './typed-values.js'

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

const as = (q: unknown): AnyQuery => q as AnyQuery

describe.each([...engines().map((engine) => [engine.label, engine] as const), ['memory', null] as const])(
  '%s',
  (name, engine) => {
    let place: Place
    const tables = typedValues.map(({ spec }, i) =>
      // The types are many; what is asserted is the values.
      table(`drawn_${i}`, { id: pipe(integer, primaryKey), v: spec as ColumnSpec<string, false, false, never> }),
    )

    beforeAll(async () => {
      place = await openPlace(engine === null ? inMemory : placeOf(engine))
      await place.create(Object.fromEntries(tables.map((of, i) => [`t${i}`, of])))
    })
    afterAll(() => place.close())

    test.each(typedValues.map(({ name: type, values, compares }, i) => [type, values, compares, i] as const))(
      `[property 26] ${name} gives any %s back as it was`,
      async (_, values, compares, i) => {
        const of = tables[i]
        if (of === undefined) throw new Error('a table for each type')
        await fc.assert(
          fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 8 }), async (list) => {
            await place.rows(as(everyRow(deleteFrom(of))))
            const rows = list.map((v, id) => ({ id, v: v as string }))
            await place.rows(as(insertInto(of)(rows)))
            const read = await place.rows(as(pipe(from(of), select(of.v), orderBy(asc(of.id)))))
            if (!read.every((v, at) => sameValue(v, list[at]))) throw new Error(`gave ${shownValue(read)}`)
            if (!compares) return
            const [first] = list
            const found = await place.rows(
              as(pipe(from(of), where(eq(of.v, first as string)), select(of.id), orderBy(asc(of.id)))),
            )
            const equal = list.flatMap((v, at) => (sameValue(v, first) ? [at] : []))
            if (shownValue(found) !== shownValue(equal))
              throw new Error(`found ${shownValue(found)}, not ${shownValue(equal)}`)
          }),
          { seed, numRuns: 25 * times },
        )
      },
    )
  },
)
