// As many rows are kept by a criterion as it is true of where it is selected: what an engine optimises here, it does not there.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { count, crossJoin, from, innerJoin, leftJoin, select, where } from 'relvar'
import { expect } from 'vitest'

import { aggregate } from '../../../src/expr/call-node.js'
import type { ExprNode } from '../../../src/expr/node.js'
import { projectionOf } from '../../../src/expr/outputs.js'
import type { ProjectionNode, SelectNode } from '../../../src/expr/query-node.js'
import { atEveryPlace } from './asking.js'
import { asked, filtered, grouped, onBoth, onPosts, posts, users } from './drawn.js'

const truths = (all: ReadonlyArray<unknown>): number => all.filter((truth) => truth === true).length

const one = (expr: ExprNode): ProjectionNode => ({ _tag: 'One', expr })

const besideOutputs = (query: SelectNode, p: ExprNode): ProjectionNode => ({
  _tag: 'Record',
  fields: [
    { key: 'truth', projection: one(p) },
    { key: 'row', projection: projectionOf(query) },
  ],
})

const isTrue = (row: unknown): boolean =>
  typeof row === 'object' && row !== null && 'truth' in row && row.truth === true

atEveryPlace((holds) => {
  holds(
    '[property 15] WHERE keeps as many rows as its criterion is true of',
    filtered,
    async ({ rows }, { query, where: p }) => {
      const counted = await rows(asked({ ...query, where: p, select: one(aggregate('count', null)) }))
      expect(counted).toEqual([truths(await rows(asked({ ...query, select: one(p) })))])
    },
  )

  holds(
    '[property 15] HAVING keeps as many groups as its criterion is true of',
    grouped,
    async ({ rows }, { query, having: p }) => {
      const kept = await rows(asked({ ...query, having: p }))
      // Beside its outputs: without them a criterion about no rows would make no group.
      const beside = await rows(asked({ ...query, select: besideOutputs(query, p) }))
      expect(kept.length).toBe(beside.filter(isTrue).length)
    },
  )

  holds(
    '[property 15] a join has as many pairs as its criterion is true of, in WHERE and in ON',
    onBoth,
    async ({ rows }, p) => {
      const pairs = pipe(from(users), crossJoin(posts))
      const found = truths(await rows(pipe(pairs, select(p))))
      expect(await rows(pipe(pairs, where(p), select(count())))).toEqual([found])
      expect(await rows(pipe(from(users), innerJoin(posts, p), select(count())))).toEqual([found])
    },
  )

  holds(
    '[property 15] a left join keeps as many rows as a criterion about both sides is true of',
    fc.tuple(onPosts, onBoth),
    async ({ rows }, [on, p]) => {
      const left = pipe(from(users), leftJoin(posts, on))
      const found = truths(await rows(pipe(left, select(p))))
      expect(await rows(pipe(left, where(p), select(count())))).toEqual([found])
    },
  )
})
