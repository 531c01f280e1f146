// What a criterion is true of, what it is false of, and what it is unknown of are all there is.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import {
  count,
  crossJoin,
  distinct,
  type Expr,
  from,
  groupBy,
  innerJoin,
  isNull,
  leftJoin,
  max,
  min,
  not,
  select,
  sum,
  where,
} from 'relvar'
import { rowsIn } from 'relvar/memory'

import * as node from '../../../src/expr/node.js'
import type { ExprNode } from '../../../src/expr/node.js'
import { textOf } from '../world.js'
import { atEveryPlace, expectBag, expectRows } from './asking.js'
import { asked, filtered, grouped, onBoth, onPosts, onUsers, posts, users } from './drawn.js'

/** The criteria that are true where this one is true, false and unknown. */
const partsOf = <S extends string, N extends string>(
  p: Expr<boolean | null, S, N>,
): ReadonlyArray<Expr<boolean | null, S, N>> => [p, not(p), isNull(p)]

const nodeParts = (p: ExprNode): ReadonlyArray<ExprNode> => [p, node.not(p), node.isNull(p, false)]

/** What the parts answer, one after the other. */
const ofEach = async <A, B>(parts: ReadonlyArray<A>, rows: (part: A) => Promise<ReadonlyArray<B>>) => {
  const all: Array<ReadonlyArray<B>> = []
  for (const part of parts) all.push(await rows(part))
  return all
}

/** Each row once. */
const once = (rows: ReadonlyArray<unknown>): ReadonlyArray<unknown> => [
  ...new Map(rows.map((row) => [textOf(row), row])).values(),
]

// -- recombination ----------------------------------------------------------------------------------------------------

interface Summary {
  readonly n: number
  readonly total: number | null
  readonly big: string | null
  readonly least: number | null
  readonly most: number | null
}

/** Of what is there; null where nothing is. */
const together =
  <A>(f: (a: A, b: A) => A) =>
  (a: A | null, b: A | null): A | null =>
    a === null ? b : b === null ? a : f(a, b)

const added = together<number>((a, b) => a + b)
const addedBig = together<string>((a, b) => String(BigInt(a) + BigInt(b)))
const least = together<number>(Math.min)
const most = together<number>(Math.max)

const nothing: Summary = { n: 0, total: null, big: null, least: null, most: null }

/** The aggregates of two sets of rows, of the aggregates of each. */
const recombined = (a: Summary, b: Summary): Summary => ({
  n: a.n + b.n,
  total: added(a.total, b.total),
  big: addedBig(a.big, b.big),
  least: least(a.least, b.least),
  most: most(a.most, b.most),
})

const summary = { n: count(), total: sum(users.age), big: sum(users.big), least: min(users.age), most: max(users.age) }

/** The groups of several answers, those of one value put together. */
const regrouped = (groups: ReadonlyArray<Summary & { readonly ok: boolean | null }>): ReadonlyArray<unknown> => {
  const byKey = new Map<boolean | null, Summary>()
  for (const { ok, ...own } of groups) byKey.set(ok, recombined(byKey.get(ok) ?? nothing, own))
  return [...byKey].map(([ok, own]) => ({ ok, ...own }))
}

atEveryPlace((holds) => {
  holds(
    '[property 14] the rows of a query are those that any criterion is true, false and unknown of',
    filtered,
    async ({ rows }, { query, where: p }) => {
      const parts = await ofEach(nodeParts(p), (part) => rows(asked({ ...query, where: part })))
      expectBag('the parts', parts.flat(), await rows(asked(query)))
    },
  )

  holds(
    '[property 14] the groups of a query are those that any criterion is true, false and unknown of',
    grouped,
    async ({ rows }, { query, having: p }) => {
      const parts = await ofEach(nodeParts(p), (part) => rows(asked({ ...query, having: part })))
      expectBag('the parts', parts.flat(), await rows(asked(query)))
    },
  )

  holds('[property 14] the distinct rows of the parts are those of the whole', onUsers, async ({ rows }, p) => {
    const some = pipe(from(users), select({ age: users.age, name: users.name, ok: users.ok }), distinct)
    const parts = await ofEach(partsOf(p), (part) => rows(pipe(some, where(part))))
    expectBag('the parts', once(parts.flat()), await rows(some))
  })

  holds('[property 14] the aggregates of the parts are those of the whole', onUsers, async ({ rows }, p) => {
    const parts = await ofEach(partsOf(p), (part) => rows(pipe(from(users), where(part), select(summary))))
    const whole = await rows(pipe(from(users), select(summary)))
    expectRows('the parts', [parts.flat().reduce(recombined, nothing)], whole)
  })

  holds('[property 14] the aggregates of groups are those of their parts', onUsers, async ({ rows }, p) => {
    const groups = pipe(from(users), groupBy(users.ok), select({ ok: users.ok, ...summary }))
    const parts = await ofEach(partsOf(p), (part) => rows(pipe(groups, where(part))))
    expectBag('the parts', regrouped(parts.flat()), await rows(groups))
  })

  holds(
    '[property 14] the pairs of two tables are those that ON is true, false and unknown of',
    onBoth,
    async ({ rows }, p) => {
      const row = select({ user: users.id, post: posts.id })
      const parts = await ofEach(partsOf(p), (on) => rows(pipe(from(users), innerJoin(posts, on), row)))
      expectBag('the parts', parts.flat(), await rows(pipe(from(users), crossJoin(posts), row)))
    },
  )

  holds(
    '[property 14] a row of a left join stands alone for each part of ON that it has no partner in',
    onBoth,
    async ({ rows, tables }, p) => {
      const row = select({ user: users.id, post: posts.id })
      const left = await ofEach(partsOf(p), (on) => rows(pipe(from(users), leftJoin(posts, on), row)))
      expectBag(
        'pairs',
        left.flat().filter((pair) => pair.post !== null),
        await rows(pipe(from(users), crossJoin(posts), row)),
      )
      for (const part of left)
        for (const user of rowsIn(users)(tables)) {
          const own = part.filter((pair) => pair.user === user.id).map((pair) => pair.post)
          const partners = own.filter((post) => post !== null)
          expectRows(`the partners of ${user.id}`, own, partners.length === 0 ? [null] : partners)
        }
    },
  )

  holds(
    '[property 14] what is joined left is divided by WHERE about both sides, absent rows among it',
    fc.tuple(onPosts, onBoth),
    async ({ rows }, [on, p]) => {
      const left = pipe(from(users), leftJoin(posts, on), select({ user: users.id, post: posts.id }))
      const parts = await ofEach(partsOf(p), (part) => rows(pipe(left, where(part))))
      expectBag('the parts', parts.flat(), await rows(left))
    },
  )
})
