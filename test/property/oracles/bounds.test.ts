// What is asked for in addition gives no more rows, and what is left out of rows in order is their end.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  asc,
  desc,
  distinct,
  except,
  from,
  fullJoin,
  groupBy,
  innerJoin,
  intersect,
  leftJoin,
  limit,
  nullsFirst,
  offset,
  orderBy,
  select,
  union,
  unionAll,
  where,
} from 'relvar'
import { expect } from 'vitest'

import { textOf } from '../world.js'
import { atEveryPlace, expectBag, expectRows } from './asking.js'
import { onBoth, onUsers, posts, users } from './drawn.js'

/** Every row of the first is one of the second, as often. */
const expectWithin = (what: string, few: ReadonlyArray<unknown>, many: ReadonlyArray<unknown>): void => {
  const left = many.map(textOf)
  const missing = few.map(textOf).filter((row) => {
    const at = left.indexOf(row)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  expect(missing, what).toEqual([])
}

const once = (rows: ReadonlyArray<unknown>): ReadonlyArray<unknown> => [
  ...new Map(rows.map((row) => [textOf(row), row])).values(),
]

// -- order ------------------------------------------------------------------------------------------------------------

type Key = number | bigint | boolean | string

const rank = (a: Key, b: Key): number =>
  typeof a === 'string' && typeof b === 'string'
    ? Buffer.compare(Buffer.from(a), Buffer.from(b))
    : a < b
      ? -1
      : a > b
        ? 1
        : 0

/** Nulls last, whichever way the rest goes, but where they are asked for first. */
const ranked = (a: Key | null, b: Key | null, down: boolean, first: boolean): number => {
  if (a === null || b === null) return a === b ? 0 : (a === null) === first ? -1 : 1
  return down ? rank(b, a) : rank(a, b)
}

const directions = fc.record({ down: fc.boolean(), first: fc.boolean() })

const keysOf = { age: users.age, name: users.name, ok: users.ok, big: users.big }
const keys = fc.constantFrom('age' as const, 'name' as const, 'ok' as const, 'big' as const)

atEveryPlace((holds) => {
  holds(
    '[property 12] two criteria are both of them in one, in either order, and leave rows out of either',
    fc.tuple(onUsers, onUsers),
    async ({ rows }, [p, q]) => {
      const both = await rows(pipe(from(users), where(p), where(q)))
      expectBag('and', await rows(pipe(from(users), where(and(q, p)))), both)
      expectWithin('the first', both, await rows(pipe(from(users), where(p))))
      expectWithin('the second', both, await rows(pipe(from(users), where(q))))
    },
  )

  holds(
    '[property 19] each kind of join has the rows of those that keep less',
    fc.tuple(onBoth, onUsers),
    async ({ rows }, [on, p]) => {
      const row = select({ user: users.id, post: posts.id })
      const narrow = await rows(pipe(from(users), innerJoin(posts, and(on, p)), row))
      const inner = await rows(pipe(from(users), innerJoin(posts, on), row))
      const left = await rows(pipe(from(users), leftJoin(posts, on), row))
      expectWithin('one criterion more', narrow, inner)
      expectWithin('inner', inner, left)
      expectWithin('left', left, await rows(pipe(from(users), fullJoin(posts, on), row)))
    },
  )

  holds(
    '[property 20] rows in order are sorted, nulls where they are asked for; a limit keeps the first',
    fc.tuple(onUsers, keys, directions, fc.nat(4), fc.nat(3)),
    async ({ rows }, [p, key, { down, first }, most, skipped]) => {
      const directed = down ? desc(keysOf[key]) : asc(keysOf[key])
      const query = pipe(from(users), where(p), orderBy(first ? nullsFirst(directed) : directed, users.id))
      const all = await rows(query)
      const sorted = [...all].sort((a, b) => ranked(a[key], b[key], down, first) || a.id - b.id)
      expectRows('sorted', all, sorted)
      expectRows('the first', await rows(pipe(query, limit(most))), sorted.slice(0, most))
      expectRows(
        'the next',
        await rows(pipe(query, limit(most), offset(skipped))),
        sorted.slice(skipped, skipped + most),
      )
      expect((await rows(pipe(from(users), where(p), limit(most)))).length).toBe(Math.min(most, all.length))
    },
  )

  holds(
    '[property 21] set operations have as many rows as their sides say',
    fc.tuple(onUsers, onUsers),
    async ({ rows }, [p, q]) => {
      const flat = select({ age: users.age, ok: users.ok })
      const [a, b] = [pipe(from(users), where(p), flat), pipe(from(users), where(q), flat)]
      const [left, right] = [await rows(a), await rows(b)]
      expectBag('all of both', await rows(pipe(a, unionAll(b))), [...left, ...right])
      expectBag('each once', await rows(pipe(a, union(b))), once([...left, ...right]))
      expectBag('distinct', await rows(pipe(a, distinct)), once(left))
      expectBag('groups', await rows(pipe(a, groupBy(users.age, users.ok))), once(left))
      const both = await rows(pipe(a, intersect(b)))
      expectWithin('in both', both, once(left))
      expectWithin('in both', both, once(right))
      expectBag(
        'the others',
        await rows(pipe(a, except(b))),
        once(left).filter((row) => !both.some((other) => textOf(other) === textOf(row))),
      )
    },
  )
})
