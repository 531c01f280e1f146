// What an engine itself gets wrong of groups and windows, and the compiler's other words for it: found by random queries.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  anyOf,
  asc,
  caseWhen,
  coalesce,
  count,
  crossJoin,
  date,
  denseRank,
  desc,
  distinct,
  distinctValues,
  eq,
  exists,
  filter,
  firstValue,
  following,
  from,
  fullJoin,
  groupBy,
  groupingSets,
  gt,
  having,
  inQuery,
  insertInto,
  integer,
  jsonArray,
  jsonObject,
  lateral,
  leftJoin,
  limit,
  limitWithTies,
  literal,
  lt,
  max,
  min,
  mul,
  not,
  ntile,
  nullable,
  numeric,
  offset,
  orderBy,
  over,
  preceding,
  primaryKey,
  rank,
  rangeBetween,
  rowNumber,
  rowsBetween,
  scalar,
  select,
  stringAgg,
  sub,
  subquery,
  sum,
  table,
  text,
  unboundedFollowing,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey), name: text, age: pipe(integer, nullable) })
const notes = table('notes', { id: pipe(integer, primaryKey), userId: integer, body: text })

const filled = [
  insertInto(users)([
    { id: 1, name: 'b', age: 3 },
    { id: 2, name: 'a', age: 3 },
    { id: 3, name: 'a', age: null },
  ]),
  insertInto(notes)([
    { id: 1, userId: 1, body: 'x' },
    { id: 2, userId: 1, body: 'x' },
    { id: 3, userId: 1, body: 'y' },
    { id: 4, userId: 2, body: 'z' },
  ]),
]

describe.each(places())('what $label would get wrong of groups', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users, notes })
    for (const insert of filled) await world.outcome(insert)
  })
  afterAll(() => world.close())

  it('the least of texts that are bound is a text', async () => {
    const named = caseWhen(gt(users.id, 1), 'yes').otherwise('no')
    const perAge = pipe(from(users), groupBy(users.age), orderBy(users.age))
    expect(await world.rows(pipe(perAge, select({ least: min(named), most: max(named) })))).toEqual([
      { least: 'no', most: 'yes' },
      { least: 'yes', most: 'yes' },
    ])
    const overAll = pipe(min(named), over({}))
    expect(await world.rows(pipe(from(users), select(overAll)))).toEqual(['no', 'no', 'no'])
  })

  it('distinct texts of some of the rows are in their order', async () => {
    const names = pipe(users.name, stringAgg(',', [desc(users.name)]), distinctValues, filter(lt(users.id, 3)))
    expect(await world.rows(pipe(from(users), select(names)))).toEqual(['b,a'])
    const told = coalesce(users.name, 'none')
    const all = pipe(told, stringAgg(',', [asc(coalesce(users.name, 'none'))]), distinctValues)
    expect(await world.rows(pipe(from(users), select(all)))).toEqual(['a,b'])
  })

  it('a frame without the row itself is empty where a query has one row', async () => {
    const next = over({ orderBy: [users.id], frame: rowsBetween(following(1), unboundedFollowing) })
    const before = over({ orderBy: [users.id], frame: rangeBetween(preceding(5), preceding(1)) })
    const itself = over({ orderBy: [users.id], frame: rowsBetween(following(0), unboundedFollowing) })
    const asked = {
      next: pipe(firstValue(users.name), next),
      before: pipe(sum(users.age), before),
      none: pipe(count(), next),
      itself: pipe(firstValue(users.name), itself),
    }
    const one = pipe(from(users), where(eq(users.id, 1)), select(asked))
    expect(await world.rows(one)).toEqual([{ next: null, before: null, none: 0, itself: 'b' }])
    expect(await world.rows(pipe(from(users), orderBy(users.id), select(asked)))).toEqual([
      { next: 'a', before: null, none: 2, itself: 'b' },
      { next: 'a', before: 3, none: 1, itself: 'a' },
      { next: null, before: 6, none: 0, itself: 'a' },
    ])
  })

  it('windows look at groups of what a query gives, or are refused', async () => {
    const notesOf = scalar(pipe(from(notes), where(eq(notes.userId, users.id)), select(max(notes.body))))
    const perNote = pipe(
      from(users),
      groupBy(notesOf),
      orderBy(notesOf),
      select({ body: notesOf, place: pipe(rowNumber(), over({ orderBy: [notesOf] })), users: count() }),
    )
    const told = await world.outcome(perNote)
    if (place.name === 'mariadb') return expect(tagOf(told)).toBe('Unsupported')
    expect(await world.rows(perNote)).toEqual([
      { body: 'y', place: 1, users: 1 },
      { body: 'z', place: 2, users: 1 },
      { body: null, place: 3, users: 1 },
    ])
  })

  it('a range that leaves out the row itself has it where it is null', async () => {
    const before = over({ orderBy: [users.age], frame: rangeBetween(preceding(5), preceding(1)) })
    const nobody = pipe(from(users), where(eq(users.id, 3)), select(pipe(count(), before)))
    const told = await world.outcome(nobody)
    if (place.name === 'mysql' || place.name === 'mariadb') expect(tagOf(told)).toBe('Unsupported')
    else expect(await world.rows(nobody)).toEqual([1])
  })

  it('a query of several groupings stands inside another one', async () => {
    const inner = pipe(
      from(notes),
      groupBy(notes.body),
      groupingSets([notes.body], []),
      having(eq(min(notes.userId), users.id)),
      select(count()),
    )
    const asked = pipe(
      from(users),
      groupBy(users.id),
      groupingSets([users.id]),
      orderBy(users.id),
      select({ id: users.id, has: exists(inner) }),
    )
    expect(await world.rows(asked)).toEqual([
      { id: 1, has: true },
      { id: 2, has: true },
      { id: 3, has: false },
    ])
  })

  it('a window is compared with the rows of a query, or refused', async () => {
    const ids = pipe(from(notes), select(notes.id))
    const asked = pipe(
      from(users),
      select(pipe(count(), over({ orderBy: [users.id] }), anyOf('eq', ids))),
      orderBy(users.id),
    )
    if (place.name === 'sqlite') expect(tagOf(await world.outcome(asked))).toBe('Unsupported')
    else expect(await world.rows(asked)).toEqual([true, true, true])
  })

  it('distinct values of no rows give nothing, whatever the row before had', async () => {
    const ofFirst = pipe(from(notes), where(eq(users.id, 1)))
    const total = pipe(ofFirst, select(coalesce(sum(notes.id), distinctValues(sum(notes.id)))))
    const n = pipe(ofFirst, select(coalesce(sum(notes.id), distinctValues(count(notes.id)))))
    const texts = pipe(
      ofFirst,
      select(coalesce(min(notes.body), distinctValues(stringAgg(notes.body, ',', [notes.body])))),
    )
    const asked = select({ id: users.id, total: scalar(total), n: scalar(n), texts: scalar(texts) })
    expect(await world.rows(pipe(from(users), orderBy(users.id), asked))).toEqual([
      { id: 1, total: 10, n: 10, texts: 'x' },
      { id: 2, total: null, n: 0, texts: null },
      { id: 3, total: null, n: 0, texts: null },
    ])
  })

  it('an offset skips distinct rows, also where all are the same', async () => {
    const one = pipe(from(users), select(literal(0, integer)), distinct)
    expect(await world.rows(pipe(one, offset(1)))).toEqual([])
    expect(await world.rows(pipe(one, limit(2)))).toEqual([0])
    const nothing = pipe(from(notes), select({ id: notes.id, none: scalar(pipe(one, limit(1), offset(1))) }), limit(1))
    expect(await world.rows(pipe(nothing, orderBy(notes.id)))).toEqual([{ id: 1, none: null }])
    const ages = pipe(from(users), select(users.age), distinct, orderBy(desc(users.age)))
    expect(await world.rows(pipe(ages, offset(1)))).toEqual([null])
  })

  it('a window looks at groups that are made, and constants stand beside it', async () => {
    const nobody = pipe(from(users), where(lt(users.id, 0)))
    const asked = select({
      day: literal('2024-03-01', date),
      least: min(users.name),
      one: pipe(min(literal(1, integer)), over({})),
    })
    expect(await world.rows(pipe(nobody, asked))).toEqual([{ day: '2024-03-01', least: null, one: 1 }])
    const first = pipe(min(coalesce(min(users.name), '')), over({}))
    expect(await world.rows(pipe(from(users), select({ first })))).toEqual([{ first: 'a' }])
    const perAge = pipe(from(users), groupBy(users.age), orderBy(users.age))
    const counted = pipe(sum(count()), over({ orderBy: [users.age] }))
    expect(await world.rows(pipe(perAge, select({ age: users.age, counted })))).toEqual([
      { age: 3, counted: 2 },
      { age: null, counted: 3 },
    ])
  })

  it('ties behind an offset are counted from it', async () => {
    const byAge = pipe(from(users), orderBy(users.age), limitWithTies(1), select(users.age))
    expect(await world.rows(pipe(byAge, offset(1)))).toEqual([3])
    expect(await world.rows(pipe(byAge, offset(2)))).toEqual([null])
    const perAge = pipe(from(notes), groupBy(notes.body), orderBy(count()), limitWithTies(1), select(notes.body))
    expect(await world.rows(pipe(from(users), where(exists(perAge)), select(count())))).toEqual([3])
  })

  it('a product of numerics beyond the digits of the engine is refused', async () => {
    const price = caseWhen(gt(users.id, 0), literal('2.5', numeric(6, 2))).otherwise(literal('0', numeric(6, 2)))
    const times = (n: `${number}`) => pipe(from(users), where(gt(mul(price, n), '1')), select(count()))
    expect(await world.rows(times('2'))).toEqual([3])
    const told = await world.outcome(times('99999999999999999'))
    expect(tagOf(told)).toBe(place.name === 'sqlite' ? 'InvalidValue' : 'Right')
  })

  it('an empty document is one on either side of a full join', async () => {
    const documents = pipe(
      from(users),
      select({ id: users.id, none: jsonObject({}), list: jsonArray() }),
      subquery('d'),
    )
    const asked = pipe(
      from(documents),
      fullJoin(notes, eq(notes.id, documents.id)),
      orderBy(notes.id),
      select(documents),
    )
    expect(await world.rows(asked)).toEqual([
      { id: 1, none: {}, list: [] },
      { id: 2, none: {}, list: [] },
      { id: 3, none: {}, list: [] },
      null,
    ])
  })

  it('a limit with ties is each row’s own in a lateral join', async () => {
    const first = pipe(
      from(notes),
      where(eq(notes.userId, users.id)),
      orderBy(notes.body),
      limitWithTies(1),
      select({ body: notes.body }),
      subquery('first'),
    )
    const asked = pipe(from(users), lateral(first), orderBy(users.id), select({ id: users.id, body: first.body }))
    expect(await world.rows(asked)).toEqual([
      { id: 1, body: 'x' },
      { id: 1, body: 'x' },
      { id: 2, body: 'z' },
    ])
    const second = pipe(
      from(notes),
      where(eq(notes.userId, users.id)),
      orderBy(notes.body),
      limitWithTies(1),
      offset(1),
      select({ body: notes.body }),
      subquery('second'),
    )
    const later = pipe(from(users), lateral(second), orderBy(users.id), select({ id: users.id, body: second.body }))
    expect(await world.rows(later)).toEqual([{ id: 1, body: 'x' }])
  })

  it('a limited query of IN in the criterion of a left join repeats no row', async () => {
    const n = pipe(notes, alias('n'))
    const some = pipe(from(n), crossJoin(users), orderBy(n.id, users.id), offset(0), select(n.userId))
    const asked = pipe(
      from(users),
      leftJoin(notes, pipe(users.id, inQuery(some))),
      select({ u: users.id, n: notes.id }),
    )
    const rows = await world.rows(pipe(asked, orderBy(users.id, notes.id)))
    expect(rows.length).toBe(new Set(rows.map((row) => JSON.stringify(row))).size)
  })

  it('a query inside HAVING sees what the key of a group determines', async () => {
    const later = pipe(
      from(notes),
      where(eq(notes.userId, users.age)),
      select({ told: jsonObject({ of: users.name }) }),
    )
    const asked = pipe(from(users), groupBy(users.id), having(exists(later)), select({ most: max(users.name) }))
    expect(await world.rows(asked)).toEqual([])
    const own = pipe(from(notes), where(eq(notes.body, users.name)), select(notes.id))
    const none = pipe(from(users), groupBy(users.id), having(not(exists(own))), orderBy(users.id), select(users.id))
    expect(await world.rows(none)).toEqual([1, 2, 3])
    const first = pipe(from(notes), where(eq(notes.userId, users.id)), orderBy(notes.id), limit(1), select(users.age))
    const aged = pipe(from(users), groupBy(users.id), having(eq(scalar(first), 3)), orderBy(users.id), select(users.id))
    expect(await world.rows(aged)).toEqual([1, 2])
  })

  it('HAVING inside HAVING sees the rows outside', async () => {
    const same = pipe(from(notes), groupBy(notes.userId), having(eq(notes.userId, users.id)), select(notes.userId))
    const asked = pipe(from(users), groupBy(users.id), having(exists(same)), orderBy(users.id), select(users.id))
    expect(await world.rows(asked)).toEqual([1, 2])
    const named = pipe(
      from(notes),
      groupBy(notes.userId),
      having(gt(add(count(), users.age), 4)),
      select({ of: notes.userId }),
    )
    const older = pipe(from(users), groupBy(users.id, users.age), having(exists(named)), select(users.id))
    expect([...(await world.rows(pipe(older, orderBy(users.id))))]).toEqual([1, 2])
  })

  it('what is greater can be taken from the number of a row', async () => {
    const byId = over({ orderBy: [users.id] })
    const less = {
      row: sub(pipe(rowNumber(), byId), 2),
      rank: sub(pipe(rank(), byId), 2),
      dense: sub(pipe(denseRank(), byId), 3),
      tile: sub(pipe(ntile(2), byId), 2),
    }
    expect(await world.rows(pipe(from(users), orderBy(users.id), select(less)))).toEqual([
      { row: -1, rank: -1, dense: -2, tile: -1 },
      { row: 0, rank: 0, dense: -1, tile: -1 },
      { row: 1, rank: 1, dense: 0, tile: 0 },
    ])
  })

  it('distinct rows that all say the same are one row, and no row ties with it', async () => {
    const ties = pipe(
      from(users),
      distinct,
      select({ one: literal(2, integer), two: literal('a', text) }),
      orderBy(literal(2, integer)),
      limitWithTies(2),
    )
    expect(await world.rows(ties)).toEqual([{ one: 2, two: 'a' }])
    expect(await world.rows(pipe(ties, offset(1)))).toEqual([])
  })
})
