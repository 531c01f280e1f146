// Computed attributes: one expression value, read from the database and evaluated on a row.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  autoIncrement,
  caseWhen,
  computed,
  concat,
  count,
  desc,
  eq,
  from,
  groupBy,
  gt,
  include,
  innerJoin,
  insertInto,
  integer,
  leftJoin,
  like,
  many,
  mul,
  nullable,
  orderBy,
  primaryKey,
  returning,
  scalar,
  select,
  set,
  subquery,
  table,
  text,
  update,
  where,
} from '../../../src/index.js'
import { evaluate } from '../../../src/memory.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, type World } from '../../support/run-load.js'

const people = table('people', {
  id: pipe(integer, primaryKey, autoIncrement),
  first: text,
  last: pipe(text, nullable),
  bossId: pipe(integer, nullable),
})
const users = computed(people, {
  fullname: concat(people.first, ' ', people.last),
  tag: caseWhen(gt(people.id, 2), 'new').otherwise('old'),
})
const squares = table('squares', { id: pipe(integer, primaryKey), side: integer })
const measured = computed(squares, { area: mul(squares.side, squares.side), perimeter: mul(squares.side, 4) })

const rows = [
  { id: 1, first: 'Ed', last: 'Jones', bossId: null },
  { id: 2, first: 'Wendy', last: null, bossId: 1 },
  { id: 3, first: 'Mary', last: 'Smith', bossId: 1 },
]
const full = [
  { id: 1, first: 'Ed', last: 'Jones', bossId: null, fullname: 'Ed Jones', tag: 'old' },
  { id: 2, first: 'Wendy', last: null, bossId: 1, fullname: null, tag: 'old' },
  { id: 3, first: 'Mary', last: 'Smith', bossId: 1, fullname: 'Mary Smith', tag: 'new' },
]

const u = pipe(users, alias('u'))
const reports = pipe(from(u), where(eq(u.bossId, users.id)), orderBy(u.id))

const questions = {
  whole: pipe(from(users), orderBy(users.id)),
  'in a record': pipe(from(users), orderBy(desc(users.id)), select({ user: users, name: users.fullname })),
  filtered: pipe(from(users), where(pipe(users.fullname, like('% Smith'))), select(users.id)),
  grouped: pipe(from(users), groupBy(users.tag), select({ tag: users.tag, n: count() }), orderBy(users.tag)),
  aliased: pipe(from(u), orderBy(u.id), select({ id: u.id, fullname: u.fullname })),
  joined: pipe(
    from(users),
    innerJoin(u, eq(u.bossId, users.id)),
    orderBy(u.id),
    select({ boss: users.fullname, report: u.tag }),
  ),
  'left joined': pipe(from(users), leftJoin(u, eq(u.bossId, users.id)), orderBy(users.id, u.id), select({ u })),
  derived: (() => {
    const named = pipe(from(users), subquery('named'))
    return pipe(from(named), where(eq(named.tag, 'new')), select({ fullname: named.fullname }))
  })(),
  included: pipe(from(users), include({ reports: many(reports) }), orderBy(users.id)),
  'asked of other rows': (() => {
    const n = scalar(pipe(from(u), where(eq(u.bossId, people.id)), select(count())))
    const counted = computed(people, { reports: n })
    return pipe(from(counted), orderBy(counted.id), select({ id: counted.id, reports: counted.reports }))
  })(),
}

const expected: Readonly<Record<keyof typeof questions, unknown>> = {
  whole: full,
  'in a record': [...full].reverse().map((user) => ({ user, name: user.fullname })),
  filtered: [3],
  grouped: [
    { tag: 'new', n: 1 },
    { tag: 'old', n: 2 },
  ],
  aliased: full.map(({ id, fullname }) => ({ id, fullname })),
  joined: [
    { boss: 'Ed Jones', report: 'old' },
    { boss: 'Ed Jones', report: 'new' },
  ],
  'left joined': [{ u: full[1] }, { u: full[2] }, { u: null }, { u: null }],
  derived: [{ fullname: 'Mary Smith' }],
  included: full.map((row, i) => ({ ...row, reports: i === 0 ? [full[1], full[2]] : [] })),
  'asked of other rows': [
    { id: 1, reports: 2 },
    { id: 2, reports: 0 },
    { id: 3, reports: 0 },
  ],
}

describe.each(places())('computed attributes on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ people, squares })
    await world.rows(insertInto(users)(rows.map(({ first, last, bossId }) => ({ first, last, bossId }))))
    await world.rows(
      insertInto(measured)([
        { id: 1, side: 10 },
        { id: 2, side: 42 },
      ]),
    )
  })
  afterAll(() => world.close())

  it.each(Object.keys(questions) as ReadonlyArray<keyof typeof questions>)(
    '[L01] [L02] are read like columns: %s',
    async (question) => {
      const { outcome } = world
      const answered = await outcome(questions[question])
      expect(E.isRight(answered) ? answered.right.rows : answered.left).toEqual(expected[question])
    },
  )

  it('[SEL34] of two sides', async () => {
    expect(await world.rows(pipe(from(measured), orderBy(measured.area)))).toEqual([
      { id: 1, side: 10, area: 100, perimeter: 40 },
      { id: 2, side: 42, area: 1764, perimeter: 168 },
    ])
  })

  it('[L01] come back from a write of the columns', async () => {
    const write = pipe(
      update(measured),
      set({ side: add(measured.side, 0) }),
      where(eq(measured.area, 100)),
      returning(measured),
    )
    expect(await world.rows(write)).toEqual([{ id: 1, side: 10, area: 100, perimeter: 40 }])
  })
})

describe('computed attributes in memory', () => {
  it('[L02] evaluate to what the query gives for the row', () => {
    for (const [i, row] of rows.entries()) {
      expect(evaluate(users.fullname)(row)).toEqual(E.right(full[i]?.fullname))
      expect(evaluate(users.tag)(row)).toEqual(E.right(full[i]?.tag))
    }
  })

  it('are no columns of an insert, and have names of their own', () => {
    expect(() => computed(people, { first: people.last })).toThrow('has a column "first" already')
    expect(() => computed(pipe(from(people), subquery('p')) as never, {})).toThrow('is a query with a name')
  })
})
