/**
 * Random updates and deletes, some of which look at other sources.
 */
import * as fc from 'fast-check'

import type { ExprNode } from '../expr/node.js'
import { outputsOf } from '../expr/outputs.js'
import { type Assignment, noClauses, type SelectNode, type UsingNode, type WriteNode } from '../expr/query-node.js'
import type { Source, TableSource } from '../expr/source.js'
import { columnsOf, type Maybe, rowContext, someOf, type World } from './context.js'
import { equalColumns } from './sources.js'
import { besides, changeable, criterionOf, newValue, noQueries, returningOf } from './write-parts.js'

/** Another table, or the same one once more; or rows of it that a query with a name gives. */
const otherOf = (world: World): fc.Arbitrary<Source> =>
  fc.constantFrom(...world.tables).chain((table): fc.Arbitrary<Source> => {
    const own: TableSource = Object.freeze({ ...table, name: 'other' })
    const inner: TableSource = Object.freeze({ ...table, name: 'inner' })
    const where = criterionOf(rowContext(world, [inner], [], noQueries)) ?? fc.constant(null)
    const derived = where.map((on): Source => {
      const query: SelectNode = { ...noClauses, from: inner, where: on }
      return Object.freeze({ _tag: 'DerivedSource', name: 'other', query, columns: outputsOf(query), cte: null })
    })
    return fc.oneof({ withCrossShrink: true }, { weight: 3, arbitrary: fc.constant<Source>(own) }, derived)
  })

/** Another source, met by equal columns or by any criterion; none, more often. */
const usingOf = (world: World, source: TableSource): fc.Arbitrary<ReadonlyArray<UsingNode>> => {
  const one = otherOf(world).chain((other): fc.Arbitrary<UsingNode> => {
    const equal = equalColumns(columnsOf(source), columnsOf(other))
    const any = criterionOf(rowContext(world, [source, other], [], noQueries))
    const on = someOf<ExprNode>([equal, any]) ?? fc.constant(null)
    return on.map((e): UsingNode => ({ source: other, on: e }))
  })
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: fc.constant<ReadonlyArray<UsingNode>>([]) },
    { weight: 1, arbitrary: one.map((u) => [u]) },
  )
}

const setOf = (
  world: World,
  source: TableSource,
  using: ReadonlyArray<UsingNode>,
): Maybe<ReadonlyArray<Assignment>> => {
  const others = using.map((u) => u.source)
  // A new value that mentions another source needs one row of it, so that values of the row alone are as frequent.
  const contexts = [
    rowContext(world, [source], [], 0),
    rowContext(world, [source, ...others], [], others.length === 0 ? 0 : 9),
  ]
  const changes = contexts.map((context) =>
    changeable(source).map((column) =>
      newValue(context, column).map((value): Assignment => ({ key: column.key, value })),
    ),
  )
  const [own = [], both = []] = changes
  if (own.length === 0) return null
  const several = (list: ReadonlyArray<fc.Arbitrary<Assignment>>): fc.Arbitrary<ReadonlyArray<Assignment>> =>
    fc
      .tuple(fc.oneof(...list), fc.tuple(...list.map((change) => fc.option(change))))
      .map(([first, more]) => [first, ...more.filter((a) => a !== null).filter((a) => a.key !== first.key)])
  return fc.oneof({ withCrossShrink: true }, several(own), several(both))
}

/** A criterion about the row, and about the others beside it. One that asks the table that is written is rarer. */
const whereOf = (world: World, source: TableSource, using: ReadonlyArray<UsingNode>): fc.Arbitrary<ExprNode | null> => {
  const sources = [source, ...using.map((u) => u.source)]
  const apart = criterionOf(besides(world, source, sources))
  return someOf([apart, apart, apart, criterionOf(rowContext(world, sources, [], 0))]) ?? fc.constant(null)
}

/** Updates of a table. */
export const updateOf = (world: World, source: TableSource): Maybe<WriteNode> => {
  if (changeable(source).length === 0) return null
  return usingOf(world, source).chain((using) => {
    const where = whereOf(world, source, using)
    return fc
      .record({
        set: setOf(world, source, using) ?? fc.constant([]),
        where: fc.option(where, { freq: 3 }),
        returning: returningOf(world, source),
      })
      .map(
        (drawn): WriteNode => ({
          _tag: 'Update',
          table: source,
          using,
          everyRow: drawn.where === null && using.length === 0,
          ...drawn,
        }),
      )
  })
}

/** Deletes of a table's rows. */
export const deleteOf = (world: World, source: TableSource): fc.Arbitrary<WriteNode> =>
  usingOf(world, source).chain((using) => {
    const where = whereOf(world, source, using)
    return fc.record({ where: fc.option(where, { freq: 3 }), returning: returningOf(world, source) }).map(
      (drawn): WriteNode => ({
        _tag: 'Delete',
        from: source,
        using,
        everyRow: drawn.where === null && using.length === 0,
        ...drawn,
      }),
    )
  })
