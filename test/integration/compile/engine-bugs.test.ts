// What an engine itself gets wrong, and the compiler's other words for it: found by random queries.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  abs,
  count,
  distinct,
  eq,
  except,
  exists,
  from,
  inList,
  insertInto,
  integer,
  isNull,
  leftJoin,
  literal,
  min,
  nullable,
  offset,
  orderBy,
  present,
  primaryKey,
  select,
  subquery,
  table,
  union,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const nobody = table('nobody', { id: pipe(integer, primaryKey) })

describe.each(places())('what $label would get wrong', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users, nobody })
    await world.rows(insertInto(users)([{ id: 1, age: 3 }, { id: 2, age: 3 }, { id: 3 }]))
  })
  afterAll(() => world.close())

  it('an aggregate in an empty list still makes one row of all rows', async () => {
    const asked = select({ none: pipe(min(users.id), inList<number>([])), n: count() })
    expect(await world.rows(pipe(from(users), asked))).toEqual([{ none: false, n: 3 }])
    const alone = select(pipe(min(users.id), inList<number>([])))
    expect(await world.rows(pipe(from(users), alone))).toEqual([false])
  })

  it('DISTINCT counts inside EXISTS', async () => {
    const threes = pipe(from(users), where(eq(users.age, 3)), select(users.age), distinct)
    expect(await world.rows(pipe(from(users), where(exists(pipe(threes, offset(1)))), select(users.id)))).toEqual([])
    expect(await world.rows(pipe(from(nobody), where(exists(threes)), select(nobody.id)))).toEqual([])
  })

  it('a union with nulls can be taken from a query', async () => {
    const ages = pipe(from(users), select({ age: users.age }))
    const nulls = pipe(from(users), where(isNull(users.age)), select({ age: users.age }))
    const none = pipe(from(nobody), select({ age: nobody.id }))
    expect(await world.rows(pipe(ages, except(pipe(nulls, union(none)))))).toEqual([{ age: 3 }])
  })

  it('computed outputs of an absent derived table are null', async () => {
    const computed = pipe(
      from(nobody),
      select({ one: literal(1, integer), two: abs(literal(-2, integer)) }),
      subquery('computed'),
    )
    const joined = pipe(from(users), leftJoin(computed, eq(computed.one, users.id)), orderBy(users.id))
    expect(
      await world.rows(pipe(joined, where(isNull(computed.one)), select({ id: users.id, two: computed.two }))),
    ).toEqual([
      { id: 1, two: null },
      { id: 2, two: null },
      { id: 3, two: null },
    ])
    expect(await world.rows(pipe(joined, present(computed), select(users.id)))).toEqual([])
    expect(await world.rows(pipe(joined, select({ id: users.id, computed })))).toEqual([
      { id: 1, computed: null },
      { id: 2, computed: null },
      { id: 3, computed: null },
    ])
  })
})
