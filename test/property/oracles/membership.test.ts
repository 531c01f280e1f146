// IN, NOT IN, EXISTS and comparisons with any and all of some values say the same of the same rows.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import {
  allOf,
  and,
  anyOf,
  eq,
  exists,
  from,
  inList,
  inQuery,
  inRows,
  isNotNull,
  isNull,
  leftJoin,
  min,
  ne,
  not,
  notInList,
  or,
  scalar,
  select,
  where,
} from 'relvar'
import { expect } from 'vitest'

import { atEveryPlace, expectBag } from './asking.js'
import { onBoth, onPosts, posts, users } from './drawn.js'

const some = fc.array(fc.integer({ min: -2, max: 3 }), { minLength: 1, maxLength: 5, size: 'max' })

atEveryPlace((holds) => {
  holds(
    '[property 23] EXISTS says what IN says where no key is null, and so do their negations',
    onPosts,
    async ({ rows }, p) => {
      const keys = pipe(from(posts), where(and(p, isNotNull(posts.authorId))), select(posts.authorId))
      const related = exists(pipe(from(posts), where(and(p, eq(posts.authorId, users.id)))))
      const among = pipe(users.id, inQuery(keys))
      const said = await rows(pipe(from(users), select({ id: users.id, there: related, not: not(related) })))
      expectBag('IN', await rows(pipe(from(users), select({ id: users.id, there: among, not: not(among) }))), said)
      expectBag('WHERE IN', await rows(pipe(from(users), where(among))), await rows(pipe(from(users), where(related))))
      expectBag(
        'WHERE NOT IN',
        await rows(pipe(from(users), where(not(among)))),
        await rows(pipe(from(users), where(not(related)))),
      )
    },
  )

  holds('[property 23] IN is = ANY and NOT IN is <> ALL, nulls among the values too', onPosts, async ({ rows }, p) => {
    const keys = pipe(from(posts), where(p), select(posts.authorId))
    const among = pipe(users.age, inQuery(keys))
    const quantified = { in: pipe(users.age, anyOf('eq', keys)), out: pipe(users.age, allOf('ne', keys)) }
    const said = await rows(pipe(from(users), select({ id: users.id, in: among, out: not(among) })))
    expectBag('said', await rows(pipe(from(users), select({ id: users.id, ...quantified }))), said)
  })

  holds(
    '[property 23] the value of a query is among those of another, as it is equal to it, whatever its type',
    fc.tuple(onPosts, onPosts),
    async ({ rows }, [p, q]) => {
      const least = { score: min(posts.score), day: min(posts.day), title: min(posts.title), at: min(posts.at) }
      for (const value of [least.score, least.day, least.title, least.at]) {
        const one = scalar(pipe(from(posts), where(p), select(value)))
        const other = pipe(from(posts), where(q), select(value))
        const equal = await rows(pipe(from(users), where(eq(one, scalar(other)))))
        const among = pipe(one, inQuery(other))
        expectBag('among', await rows(pipe(from(users), where(among))), equal)
        const outside = await rows(pipe(from(users), where(ne(one, scalar(other)))))
        expectBag('outside', await rows(pipe(from(users), where(not(among)))), outside)
      }
    },
  )

  holds(
    '[property 23] nothing is outside of values with a null among them, all is outside of none',
    onPosts,
    async ({ rows }, p) => {
      const values = pipe(from(posts), where(p), select(posts.authorId))
      const found = await rows(values)
      const outside = await rows(pipe(from(users), where(not(pipe(users.age, inQuery(values))))))
      if (found.includes(null)) expect(outside).toEqual([])
      else if (found.length === 0) expectBag('all', outside, await rows(from(users)))
      else
        expectBag(
          'known',
          outside,
          (await rows(from(users))).filter((user) => user.age !== null && !found.includes(user.age)),
        )
    },
  )

  holds(
    '[property 23] a list is one comparison for each of its values, of absent operands too',
    fc.tuple(onBoth, some),
    async ({ rows }, [on, list]) => {
      const left = pipe(from(users), leftJoin(posts, on))
      const said = await rows(
        pipe(left, select({ user: users.id, in: pipe(posts.id, inList(list)), out: pipe(posts.id, notInList(list)) })),
      )
      const each = { in: or(...list.map((n) => eq(posts.id, n))), out: and(...list.map((n) => ne(posts.id, n))) }
      expectBag('said', await rows(pipe(left, select({ user: users.id, ...each }))), said)
    },
  )

  holds(
    '[property 23] a row among rows is one comparison for each of its places, of absent rows too',
    fc.tuple(
      onBoth,
      fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
    async ({ rows }, [on, list]) => {
      const left = pipe(from(users), leftJoin(posts, on), select({ user: users.id, post: posts.id }))
      const among = inRows([posts.id, users.id], list)
      const each = or(...list.map(([post, user]) => and(eq(posts.id, post), eq(users.id, user))))
      expectBag('among', await rows(pipe(left, where(among))), await rows(pipe(left, where(each))))
      expectBag('outside', await rows(pipe(left, where(not(among)))), await rows(pipe(left, where(not(each)))))
      expectBag('unknown', await rows(pipe(left, where(isNull(among)))), await rows(pipe(left, where(isNull(each)))))
    },
  )

  holds(
    '[property 23] nothing is in an empty list and all is outside of it, absent operands too',
    onBoth,
    async ({ rows }, on) => {
      const left = pipe(from(users), leftJoin(posts, on))
      const truths = { in: pipe(posts.id, inList<number>([])), out: pipe(posts.id, notInList<number>([])) }
      const said = await rows(pipe(left, select(truths)))
      expect(said.filter((row) => row.in !== false || row.out !== true)).toEqual([])
      expect(await rows(pipe(left, where(truths.in), select(users.id)))).toEqual([])
      expect((await rows(pipe(left, where(truths.out), select(users.id)))).length).toBe(said.length)
    },
  )
})
