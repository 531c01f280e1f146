// Groups: what may be said of a group is the same on every engine, and what may not is refused before it is sent.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  and,
  type AnyExpr,
  asc,
  avg,
  caseWhen,
  coalesce,
  concat,
  count,
  countDistinct,
  desc,
  distinct,
  eq,
  exists,
  from,
  groupBy,
  gt,
  having,
  innerJoin,
  insertInto,
  integer,
  isNull,
  leftJoin,
  like,
  limit,
  literal,
  lower,
  lt,
  max,
  mod,
  mul,
  nullable,
  orderBy,
  primaryKey,
  references,
  scalar,
  select,
  subquery,
  sum,
  table,
  text,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const people = table('people', { id: pipe(integer, primaryKey), name: text, age: pipe(integer, nullable) })
const pets = table('pets', {
  id: pipe(integer, primaryKey),
  ownerId: pipe(integer, references(people.id)),
  kind: text,
  weight: integer,
})
const likes = table('likes', {
  personId: pipe(integer, primaryKey),
  thing: pipe(text, primaryKey),
  much: integer,
})

describe.each(places())('groups on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ people, pets })
    await world.rows(
      insertInto(people)([
        { id: 1, name: 'Ann', age: 30 },
        { id: 2, name: 'Bob', age: null },
        { id: 3, name: 'cid', age: 30 },
        { id: 4, name: 'ann', age: 7 },
      ]),
    )
    await world.rows(
      insertInto(pets)([
        { id: 1, ownerId: 1, kind: 'cat', weight: 4 },
        { id: 2, ownerId: 1, kind: 'dog', weight: 20 },
        { id: 3, ownerId: 3, kind: 'cat', weight: 5 },
        { id: 4, ownerId: 3, kind: 'cat', weight: 3 },
      ]),
    )
  })
  afterAll(() => world.close())

  const perKind = pipe(from(pets), groupBy(pets.kind), orderBy(pets.kind))

  it('one row a group, with what it has in common and what is summed up', async () => {
    expect(await world.rows(pipe(perKind, select({ kind: pets.kind, n: count(), weight: sum(pets.weight) })))).toEqual([
      { kind: 'cat', n: 3, weight: 12 },
      { kind: 'dog', n: 1, weight: 20 },
    ])
    expect(await world.rows(pipe(from(pets), where(gt(pets.id, 99)), groupBy(pets.kind), select(count())))).toEqual([])
    expect(
      await world.rows(
        pipe(from(people), groupBy(people.age), orderBy(people.age), select({ age: people.age, n: count() })),
      ),
    ).toEqual([
      { age: 7, n: 1 },
      { age: 30, n: 2 },
      { age: null, n: 1 },
    ])
  })

  it('grouping by the primary key frees all columns of its table, also beside a join', async () => {
    expect(
      await world.rows(
        pipe(
          from(people),
          leftJoin(pets, eq(pets.ownerId, people.id)),
          groupBy(people.id),
          select({ name: people.name, age: people.age, n: count(pets.id), louder: concat(people.name, '!') }),
          orderBy(desc(count(pets.id)), people.name, people.id),
          having(gt(count(), 0)),
        ),
      ),
    ).toEqual([
      { name: 'Ann', age: 30, n: 2, louder: 'Ann!' },
      { name: 'cid', age: 30, n: 2, louder: 'cid!' },
      { name: 'Bob', age: null, n: 0, louder: 'Bob!' },
      { name: 'ann', age: 7, n: 0, louder: 'ann!' },
    ])
    expect(
      await world.rows(
        pipe(from(people), groupBy(people.id), select({ person: people, n: count() }), where(eq(people.id, 1))),
      ),
    ).toEqual([{ person: { id: 1, name: 'Ann', age: 30 }, n: 1 }])
    expect(
      await world.rows(
        pipe(
          from(people),
          innerJoin(pets, eq(pets.ownerId, people.id)),
          groupBy(pets.id),
          select({ kind: pets.kind, n: count() }),
          orderBy(pets.id),
          limit(1),
        ),
      ),
    ).toEqual([{ kind: 'cat', n: 1 }])
  })

  it('of the table that a left join may leave out, too', async () => {
    const q = pipe(
      from(people),
      leftJoin(pets, eq(pets.ownerId, people.id)),
      groupBy(pets.id),
      select({ kind: pets.kind, n: count() }),
      orderBy(pets.id),
    )
    expect(await world.rows(q)).toEqual([
      { kind: 'cat', n: 1 },
      { kind: 'dog', n: 1 },
      { kind: 'cat', n: 1 },
      { kind: 'cat', n: 1 },
      { kind: null, n: 2 },
    ])
  })

  it('a group by an expression with values in it, said again in outputs, having and orders', async () => {
    const plus = add(people.age, 5)
    const q = pipe(from(people), groupBy(plus))
    expect(await world.rows(pipe(q, select({ plus, n: count() }), orderBy(plus)))).toEqual([
      { plus: 12, n: 1 },
      { plus: 35, n: 2 },
      { plus: null, n: 1 },
    ])
    expect(await world.rows(pipe(q, select(count()), orderBy(add(people.age, 5))))).toEqual([1, 2, 1])
    expect(
      await world.rows(
        pipe(q, select({ twice: mul(add(people.age, 5), 2), n: count() }), orderBy(desc(mul(add(people.age, 5), -1)))),
      ),
    ).toEqual([
      { twice: 24, n: 1 },
      { twice: 70, n: 2 },
      { twice: null, n: 1 },
    ])
    expect(
      await world.rows(pipe(q, having(gt(add(people.age, 5), 12)), select({ again: add(people.age, 5), first: plus }))),
    ).toEqual([{ again: 35, first: 35 }])
    expect(await world.rows(pipe(q, having(and(gt(count(), 1), isNull(nullIfTwelve(plus)))), select(count())))).toEqual(
      [],
    )
    expect(
      await world.rows(
        pipe(
          q,
          select({ a: plus, b: add(plus, 1), c: coalesce(plus, 0), n: count() }),
          orderBy(asc(coalesce(plus, 99))),
          limit(1),
        ),
      ),
    ).toEqual([{ a: 12, b: 13, c: 12, n: 1 }])
  })

  it('two groups of one shape with other values are not one', async () => {
    const q = pipe(
      from(people),
      groupBy(add(people.age, 1), mod(people.age, 7)),
      select({ a: add(people.age, 1), m: mod(people.age, 7), b: mul(add(people.age, 1), 10), n: count() }),
      orderBy(add(people.age, 1)),
    )
    expect(await world.rows(q)).toEqual([
      { a: 8, m: 0, b: 80, n: 1 },
      { a: 31, m: 2, b: 310, n: 2 },
      { a: null, m: null, b: null, n: 1 },
    ])
    const other = (x: number, y: number) =>
      pipe(from(people), groupBy(add(people.age, x)), select({ b: mul(add(people.age, y), 10) }))
    expect(tagOf(await world.outcome(other(1, 2)))).toBe('Ungrouped')
    expect(tagOf(await world.outcome(other(2, 2)))).toBe('Right')
    expect(tagOf(await world.outcome(other(2, 1)))).toBe('Ungrouped')
    expect(tagOf(await world.outcome(other(7, 7)))).toBe('Right')
  })

  it('a group by an expression of columns alone', async () => {
    const low = lower(people.name)
    expect(await world.rows(pipe(from(people), groupBy(low), select({ low, n: count() }), orderBy(low)))).toEqual([
      { low: 'ann', n: 2 },
      { low: 'bob', n: 1 },
      { low: 'cid', n: 1 },
    ])
    expect(
      await world.rows(
        pipe(
          from(people),
          groupBy(low),
          select(concat(low, '!', lower(people.name))),
          having(pipe(low, like('%n%'))),
          orderBy(desc(low)),
        ),
      ),
    ).toEqual(['ann!ann'])
    expect(
      await world.rows(
        pipe(
          from(people),
          groupBy(caseWhen(gt(people.age, 18), 'old').otherwise('young')),
          select(count()),
          orderBy(count()),
        ),
      ),
    ).toEqual([2, 2])
  })

  it('a group by a constant, by a condition, and by a column that is an output twice', async () => {
    expect(await world.rows(pipe(from(people), groupBy(literal(1, integer)), select(count())))).toEqual([4])
    expect(
      await world.rows(pipe(from(people), groupBy(literal('x', text)), select({ x: literal('x', text), n: count() }))),
    ).toEqual([{ x: 'x', n: 4 }])
    expect(await world.rows(pipe(from(people), groupBy(and()), select(count())))).toEqual([4])
    expect(
      await world.rows(pipe(from(people), where(lt(people.id, 0)), groupBy(literal(1, integer)), select(count()))),
    ).toEqual([])
    expect(
      await world.rows(
        pipe(
          from(people),
          groupBy(isNull(people.age)),
          select({ none: isNull(people.age), n: count() }),
          orderBy(count()),
        ),
      ),
    ).toEqual([
      { none: true, n: 1 },
      { none: false, n: 3 },
    ])
    expect(await world.rows(pipe(perKind, select({ a: pets.kind, b: pets.kind, n: count() }), limit(1)))).toEqual([
      { a: 'cat', b: 'cat', n: 3 },
    ])
  })

  it('[dialect 42] having with groups, and of the whole as one group', async () => {
    expect(await world.rows(pipe(perKind, having(gt(count(), 1)), select(pets.kind)))).toEqual(['cat'])
    expect(
      await world.rows(
        pipe(perKind, having(eq(pets.kind, 'dog')), having(gt(sum(pets.weight), 19)), select(pets.kind)),
      ),
    ).toEqual(['dog'])
    expect(await world.rows(pipe(from(pets), having(gt(count(), 3)), select(count())))).toEqual([4])
    expect(await world.rows(pipe(from(pets), having(gt(count(), 4)), select(count())))).toEqual([])
    expect(await world.rows(pipe(from(pets), having(gt(count(), 3)), select({ x: literal(1, integer) })))).toEqual([
      { x: 1 },
    ])
    expect(await world.rows(pipe(from(pets), having(gt(count(), 4)), select(literal(1, integer))))).toEqual([])
    expect(
      await world.rows(
        pipe(from(pets), where(gt(pets.id, 99)), having(eq(count(), 0)), select({ n: count(), m: max(pets.weight) })),
      ),
    ).toEqual([{ n: 0, m: null }])
  })

  it('groups in a derived table, distinct groups, and groups of groups', async () => {
    const perOwner = pipe(
      from(pets),
      groupBy(pets.ownerId),
      select({ owner: pets.ownerId, n: count(), heaviest: max(pets.weight) }),
      subquery('per_owner'),
    )
    expect(
      await world.rows(
        pipe(
          from(people),
          leftJoin(perOwner, eq(perOwner.owner, people.id)),
          orderBy(people.id),
          select({ id: people.id, n: coalesce(perOwner.n, 0), h: perOwner.heaviest }),
        ),
      ),
    ).toEqual([
      { id: 1, n: 2, h: 20 },
      { id: 2, n: 0, h: null },
      { id: 3, n: 2, h: 5 },
      { id: 4, n: 0, h: null },
    ])
    expect(
      await world.rows(
        pipe(
          from(perOwner),
          groupBy(perOwner.n),
          select({ n: perOwner.n, owners: count(), avg: avg(perOwner.heaviest) }),
        ),
      ),
    ).toEqual([{ n: 2, owners: 2, avg: 12.5 }])
    expect(
      await world.rows(
        pipe(from(pets), groupBy(pets.ownerId, pets.kind), select(pets.kind), distinct, orderBy(pets.kind)),
      ),
    ).toEqual(['cat', 'dog'])
    expect(
      await world.rows(
        pipe(
          from(pets),
          groupBy(pets.kind),
          select({ k: pets.kind, d: countDistinct(pets.ownerId) }),
          orderBy(pets.kind),
        ),
      ),
    ).toEqual([
      { k: 'cat', d: 2 },
      { k: 'dog', d: 1 },
    ])
  })

  it('queries inside a group mention what is grouped', async () => {
    const q = pipe(
      from(people),
      groupBy(people.id),
      orderBy(people.id),
      select({
        has: exists(pipe(from(pets), where(eq(pets.ownerId, people.id)))),
        n: scalar(pipe(from(pets), where(eq(pets.ownerId, people.id)), select(count()))),
      }),
    )
    expect(await world.rows(q)).toEqual([
      { has: true, n: 2 },
      { has: false, n: 0 },
      { has: true, n: 2 },
      { has: false, n: 0 },
    ])
  })

  const refused: ReadonlyArray<readonly [string, string, Parameters<World['outcome']>[0]]> = [
    ['a column that is not grouped', 'Ungrouped', pipe(from(pets), groupBy(pets.kind), select({ w: pets.weight }))],
    ['the rest of a row beside an aggregate', 'Ungrouped', pipe(from(pets), select({ k: pets.kind, n: count() }))],
    ['a whole row beside an aggregate', 'Ungrouped', pipe(from(pets), select({ pets, n: count() }))],
    [
      'an order by what is not grouped',
      'Ungrouped',
      pipe(from(pets), groupBy(pets.kind), select(pets.kind), orderBy(pets.weight)),
    ],
    [
      'having about what is not grouped',
      'Ungrouped',
      pipe(from(pets), groupBy(pets.kind), select(pets.kind), having(gt(pets.weight, 1))),
    ],
    [
      'an expression of what is not grouped',
      'Ungrouped',
      pipe(from(pets), groupBy(lower(pets.kind)), select(pets.kind)),
    ],
    [
      'a subquery about what is not grouped',
      'Ungrouped',
      pipe(from(people), groupBy(people.name), select(exists(pipe(from(pets), where(eq(pets.ownerId, people.id)))))),
    ],
    [
      'a grouped expression inside a subquery',
      'Ungrouped',
      pipe(
        from(people),
        groupBy(lower(people.name)),
        select(exists(pipe(from(pets), where(eq(pets.kind, lower(people.name)))))),
      ),
    ],
    ['a part of a primary key', 'Ungrouped', pipe(from(likes), groupBy(likes.personId), select(likes.much))],
    ['an aggregate in orderBy alone', 'IllFormed', pipe(from(pets), select(literal(1, integer)), orderBy(count()))],
    ['having without groups', 'IllFormed', pipe(from(pets), having(gt(pets.weight, 1)))],
    ['an aggregate in where', 'IllFormed', pipe(from(pets), where(gt(count(), 1)))],
    ['an aggregate in on', 'IllFormed', pipe(from(people), innerJoin(pets, gt(count(), 1)))],
    ['an aggregate in groupBy', 'IllFormed', pipe(from(pets), groupBy(count()), select(count()))],
    ['an aggregate inside an aggregate', 'IllFormed', pipe(from(pets), select(sum(count())))],
    [
      'an aggregate of an outer row',
      'Unsupported',
      pipe(from(people), select(scalar(pipe(from(pets), select(sum(people.age)))))),
    ],
  ]
  it.each(refused)('[dialect 41] %s is %s', async (_, tag, query) => {
    world.sent()
    expect(tagOf(await world.outcome(query))).toBe(tag)
    expect(world.sent()).toEqual([])
  })

  it('the message names the column', async () => {
    const outcome = await world.outcome(pipe(from(pets), groupBy(pets.kind), select({ w: pets.weight })))
    expect(outcome).toMatchObject({ left: { _tag: 'Ungrouped', source: 'pets', column: 'weight' } })
  })

  it('an alias is grouped apart from its table', async () => {
    const other = pipe(pets, alias('other'))
    const q = pipe(
      from(pets),
      innerJoin(other, and(eq(other.ownerId, pets.ownerId), gt(other.id, pets.id))),
      groupBy(pets.id),
      select({ kind: pets.kind, n: count(other.id) }),
      orderBy(pets.id),
    )
    expect(await world.rows(q)).toEqual([
      { kind: 'cat', n: 1 },
      { kind: 'cat', n: 1 },
    ])
    expect(
      tagOf(
        await world.outcome(
          pipe(from(pets), innerJoin(other, eq(other.id, pets.id)), groupBy(pets.id), select(other.kind)),
        ),
      ),
    ).toBe('Ungrouped')
  })
})

/** Null where it is 12. */
const nullIfTwelve = (e: AnyExpr) =>
  caseWhen(eq(e as ReturnType<typeof integerOf>, 12), literal(null, pipe(integer, nullable))).otherwise(
    e as ReturnType<typeof integerOf>,
  )
declare const integerOf: () => typeof people.age
