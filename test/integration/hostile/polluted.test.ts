// Every object of the process seems to have `sql`, `then`, `raw` and the like: nothing of relvar looks at what is inherited.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, describe, expect, it } from 'vitest'
import {
  eq,
  everyRow,
  from,
  insertInto,
  integer,
  orderBy,
  primaryKey,
  select,
  set,
  table,
  text,
  update,
  where,
} from '../../../src/index.js'
import { prototypeHash } from '../../hostile/guard.js'
import { places } from '../../support/places.js'
import { openWorldAt } from '../../support/run-load.js'

const polluted: Readonly<Record<string, unknown>> = {
  sql: 'drop table p_users',
  text: 'drop table p_users',
  raw: ['drop table p_users'],
  rows: [{ id: 666 }],
  name: 'polluted',
  _tag: 'Raw',
  toSqlString: () => '1 or 1=1',
  toPostgres: () => '1 or 1=1',
  // oxlint-disable-next-line unicorn/no-thenable -- as an attacker does
  then: 'polluted',
}
const clean = (): void => {
  for (const key of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, key)
}
afterEach(clean)

const users = table('p_users', { id: pipe(integer, primaryKey), name: text })

describe.each(places().map((place) => [place.label, place] as const))('%s', (_, place) => {
  it.each(Object.keys(polluted))('[bar 18] writes and reads the same where every object has `%s`', async (key) => {
    const world = await openWorldAt(place)
    const before = prototypeHash()
    try {
      await world.create({ users })
      // Drivers load before: what they are made of is not what is tried here.
      await world.outcome(from(users))
      Object.defineProperty(Object.prototype, key, { value: polluted[key], configurable: true, writable: true })
      const outcomes = [
        await world.outcome(
          insertInto(users)([
            { id: 1, name: "it's" },
            { id: 2, name: 'wendy' },
          ]),
        ),
        await world.outcome(pipe(update(users), set({ name: 'ed' }), where(eq(users.id, 2)))),
        await world.outcome(pipe(from(users), orderBy(users.id), select({ id: users.id, n: users.name }))),
        await world.outcome(pipe(update(users), set({ name: {} as string }), everyRow)),
      ]
      clean()
      expect(outcomes.map((o) => (E.isRight(o) ? 'Right' : `${o.left._tag}: ${o.left.message}`))).toEqual([
        'Right',
        'Right',
        'Right',
        expect.stringContaining('InvalidValue'),
      ])
      expect(outcomes[2]).toMatchObject(
        E.right({
          rows: [
            { id: 1, n: "it's" },
            { id: 2, n: 'ed' },
          ],
        }),
      )
      expect(prototypeHash()).toBe(before)
    } finally {
      clean()
      await world.close()
    }
  })
})
