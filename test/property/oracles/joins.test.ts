// Joins mean products that are filtered, with what found no partner beside an absent row.
import { pipe } from 'fp-ts/lib/function.js'
import { crossJoin, exists, from, fullJoin, innerJoin, leftJoin, not, present, rightJoin, select, where } from 'relvar'
import { rowsIn } from 'relvar/memory'

import * as node from '../../../src/expr/node.js'
import type { JoinNode } from '../../../src/expr/query-node.js'
import { atEveryPlace, expectBag } from './asking.js'
import { asked, filtered, onBoth, posts, users } from './drawn.js'

const row = select({ users, posts })

atEveryPlace((holds) => {
  holds('[property 19] an inner join is a product that is filtered, either way round', onBoth, async ({ rows }, on) => {
    const inner = await rows(pipe(from(users), innerJoin(posts, on), row))
    expectBag('a product', await rows(pipe(from(users), crossJoin(posts), where(on), row)), inner)
    expectBag('the other way round', await rows(pipe(from(posts), innerJoin(users, on), row)), inner)
  })

  holds(
    '[property 19] a left join is the inner join, and the rows without a partner beside an absent row',
    onBoth,
    async ({ rows }, on) => {
      const inner = await rows(pipe(from(users), innerJoin(posts, on), row))
      const alone = await rows(pipe(from(users), where(not(exists(pipe(from(posts), where(on)))))))
      const left = pipe(from(users), leftJoin(posts, on), row)
      expectBag('left', await rows(left), [...inner, ...alone.map((own) => ({ users: own, posts: null }))])
      expectBag('without the absent', await rows(pipe(left, present(posts))), inner)
      expectBag(
        'right, the other way round',
        await rows(pipe(from(posts), rightJoin(users, on), row)),
        await rows(left),
      )
    },
  )

  holds(
    '[property 19] the row of the other side is absent where nothing matches, and only there',
    onBoth,
    async ({ rows, tables }, on) => {
      const left = await rows(pipe(from(users), leftJoin(posts, on), row))
      const pairs = await rows(pipe(from(users), crossJoin(posts), select({ user: users.id, holds: on })))
      const lonely = rowsIn(users)(tables).filter(
        ({ id }) => !pairs.some((pair) => pair.user === id && pair.holds === true),
      )
      expectBag(
        'those beside an absent row',
        left.filter((pair) => pair.posts === null).map((pair) => pair.users),
        lonely,
      )
    },
  )

  holds(
    '[property 19] a full join is the left join, and the rows of the right side without a partner',
    onBoth,
    async ({ rows }, on) => {
      const left = await rows(pipe(from(users), leftJoin(posts, on), row))
      const right = await rows(pipe(from(users), rightJoin(posts, on), row))
      const full = await rows(pipe(from(users), fullJoin(posts, on), row))
      expectBag('full', full, [...left, ...right.filter((pair) => pair.users === null)])
      expectBag(
        'what both have',
        right.filter((pair) => pair.users !== null),
        left.filter((pair) => pair.posts !== null),
      )
      expectBag('the other way round', await rows(pipe(from(posts), fullJoin(users, on), row)), full)
    },
  )

  holds(
    '[property 19] in any query ON of inner joins can stand in WHERE, where no side is kept after it',
    filtered,
    async ({ rows }, { query, where: p }) => {
      const lastKept = query.joins.findLastIndex((join) => join.kind === 'right' || join.kind === 'full')
      const movable = (join: JoinNode, i: number): boolean => join.kind === 'inner' && i > lastKept
      const moved = query.joins.filter(movable).flatMap((join) => (join.on === null ? [] : [join.on]))
      const joins = query.joins.map(
        (join, i): JoinNode => (movable(join, i) ? { ...join, kind: 'cross', on: null } : join),
      )
      const before = await rows(asked({ ...query, where: p }))
      expectBag('moved', await rows(asked({ ...query, joins, where: node.logic('and', [...moved, p]) })), before)
    },
  )
})
