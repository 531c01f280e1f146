// The laws of clauses: which of them commute, what fuses, what an order and a limit promise.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  and,
  asc,
  coalesce,
  concat,
  count,
  desc,
  distinct,
  eq,
  from,
  gt,
  include,
  isNull,
  limit,
  many,
  nullsFirst,
  nullsLast,
  offset,
  orderBy,
  select,
  subquery,
  where,
} from 'relvar'
import { type Ask, equalBags, equalRows, type Law, law, list, onUsers, type OnUsers } from '../law.js'
import { posts, users } from '../world.js'

const byId = orderBy(users.id)
const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)), orderBy(posts.id))

const commuting = (on: OnUsers, n: number, m: number) => {
  const [w, l, o, s] = [where(on), limit(n), offset(m), select({ id: users.id, name: users.name })]
  const included = include({ posts: many(postsOf) })
  return [
    pipe(from(users), w, byId, l, o, s, included),
    pipe(from(users), s, o, included, l, byId, w),
    pipe(from(users), l, w, s, byId, included, o),
    // The last clause of a kind stands.
    pipe(from(users), included, byId, select({ name: users.name }), w, o, limit(0), l, s),
  ] as const
}

/** A projection of all users under other names, and what is asked of it. */
const inner = {
  id: users.id,
  next: add(users.age, 1),
  called: concat('<', coalesce(users.name, '?'), '>'),
  ok: users.ok,
}
const d = pipe(from(users), select(inner), subquery('d'))

interface Ordered {
  readonly age: number | null
  readonly ok: boolean | null
  readonly id: number
}

/** The order that the query below asks for, as a comparison of rows. */
const ranked = (down: boolean, nullsAreFirst: boolean) => (a: Ordered, b: Ordered) => {
  if (a.age !== b.age) {
    if (a.age === null) return nullsAreFirst ? -1 : 1
    if (b.age === null) return nullsAreFirst ? 1 : -1
    return (a.age < b.age ? -1 : 1) * (down ? -1 : 1)
  }
  // Without a word, nulls are last, whichever way.
  if (a.ok !== b.ok) return a.ok === null ? 1 : b.ok === null ? -1 : a.ok ? 1 : -1
  return b.id - a.id
}

const sorted = async (
  ask: Ask,
  [on, down, nullsAreFirst, n, m]: readonly [OnUsers, boolean, boolean, number, number],
) => {
  const place = nullsAreFirst ? nullsFirst : nullsLast
  const ordered = pipe(
    from(users),
    where(on),
    orderBy(place(down ? desc(users.age) : asc(users.age)), asc(users.ok), desc(users.id)),
    select({ age: users.age, ok: users.ok, id: users.id }),
  )
  // The rows of the record above.
  const all = (await ask(ordered)) as ReadonlyArray<Ordered>
  list('sorted', all, [...all].sort(ranked(down, nullsAreFirst)))
  list('a slice', await ask(pipe(ordered, limit(n), offset(m))), all.slice(m, m + n))
  list('the rest', await ask(pipe(ordered, offset(m))), all.slice(m))
  const first = pipe(ordered, limit(n), subquery('first'))
  list('as many', await ask(pipe(from(first), select(count()))), [Math.min(n, all.length)])
}

export const clauseLaws: ReadonlyArray<Law> = [
  law(
    '[property 18] clauses of different kinds commute, and the last of one kind stands',
    fc.tuple(onUsers, fc.nat(4), fc.nat(3)),
    async (ask, [on, n, m]) => {
      const [first, ...others] = commuting(on, n, m)
      for (const other of others) await equalRows(ask, other, first)
    },
  ),
  law('[property 18] selecting from what was selected is selecting once', onUsers, async (ask, on) => {
    const filtered = pipe(from(users), where(on), select(inner), subquery('d'))
    const twice = pipe(
      from(filtered),
      orderBy(filtered.id),
      select({ id: filtered.id, both: concat(filtered.called, '!'), far: gt(add(filtered.next, filtered.id), 2) }),
    )
    const once = pipe(
      from(users),
      where(on),
      byId,
      select({ id: users.id, both: concat(inner.called, '!'), far: gt(add(inner.next, users.id), 2) }),
    )
    await equalRows(ask, twice, once)
  }),
  law('[property 18] selecting all is selecting nothing else', onUsers, async (ask, on) => {
    const { id, name, age, ok, big } = users
    await equalRows(
      ask,
      pipe(from(users), where(on), byId, select({ id, name, age, ok, big })),
      pipe(from(users), where(on), byId),
    )
    await equalRows(ask, pipe(from(users), where(on), byId, select(users)), pipe(from(users), where(on), byId))
    await equalRows(ask, pipe(from(d), orderBy(d.id), select(d)), pipe(from(d), orderBy(d.id)))
  }),
  law('[property 18] a filter before a projection is the filter after it', onUsers, async (ask, on) => {
    const all = pipe(from(users), where(on), select({ id: users.id, next: inner.next }), subquery('all'))
    const before = pipe(
      from(users),
      where(and(on, gt(inner.next, 1))),
      byId,
      select({ id: users.id, next: inner.next }),
    )
    await equalRows(ask, pipe(from(all), where(gt(all.next, 1)), orderBy(all.id)), before)
    const absent = pipe(
      from(users),
      where(and(on, isNull(inner.next))),
      byId,
      select({ id: users.id, next: inner.next }),
    )
    await equalRows(ask, pipe(from(all), where(isNull(all.next)), orderBy(all.id)), absent)
  }),
  law(
    '[property 20] rows come sorted, nulls where they were asked to be; limit and offset are a slice of them',
    fc.tuple(onUsers, fc.boolean(), fc.boolean(), fc.nat(4), fc.nat(4)),
    sorted,
  ),
  law(
    '[property 20] no row that is kept ranks after one that is left out',
    fc.tuple(onUsers, fc.integer({ min: 1, max: 4 })),
    async (ask, [on, n]) => {
      // Several users have one age: which of them are kept is nobody's promise, but none is that ranks later.
      const ordered = pipe(from(users), where(on), orderBy(desc(users.age)), select({ age: users.age }))
      const all = await ask(ordered)
      list('kept', await ask(pipe(ordered, limit(n))), all.slice(0, n))
    },
  ),
  law('[property 22] distinct twice is distinct, and each row once', onUsers, async (ask, on) => {
    const ages = pipe(from(users), where(on), select({ age: users.age, ok: users.ok }))
    const once = pipe(ages, distinct)
    await equalBags(ask, pipe(ages, distinct, distinct), once)
    await equalBags(ask, pipe(from(pipe(once, subquery('once'))), distinct), once)
    const rows = await ask(once)
    const texts = rows.map((row) => JSON.stringify(row))
    if (new Set(texts).size !== texts.length) throw new Error(`a row twice: ${texts.join()}`)
    const every = new Set((await ask(ages)).map((row) => JSON.stringify(row)))
    if (every.size !== texts.length) throw new Error(`${every.size} rows, not ${texts.length}`)
  }),
]
