// What is generated is well-typed, holds every kind of node, and mostly gives rows.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { interpret } from 'relvar/memory'
import { contents, query, show, write } from 'relvar/testing'
import { expect, test } from 'vitest'
import { visitExpr, visitStatement } from '../../src/expr/children.js'
import type { Visitor } from '../../src/expr/visitor.js'
import { type AnyQuery, nodeOfQuery } from '../../src/expr/query.js'
import type { Cardinality, JoinKind, QueryNode, SetOp, StatementNode } from '../../src/expr/query-node.js'
import type { TypeTag } from '../../src/expr/sql-type.js'
import { asked, written } from './world.js'
import { exprTags as allTags } from '../support/tags.js'

const every =
  <A extends string>() =>
  <B extends Readonly<Record<A, true>>>(all: B): ReadonlyArray<string> =>
    Object.keys(all).sort()

// Text of the user's own has no meaning in memory to compare with, and what a user defines is known to that user alone.
const exprTags = allTags.filter((tag) => tag !== 'Raw' && tag !== 'Custom')
const joinKinds = every<JoinKind>()({ inner: true, left: true, right: true, full: true, cross: true })
const setOps = every<SetOp>()({
  union: true,
  unionAll: true,
  intersect: true,
  except: true,
  intersectAll: true,
  exceptAll: true,
})
const cardinalities = every<Cardinality>()({ many: true, one: true, optional: true })
// Text of the user's own has no meaning in memory to compare with.
const statements = every<Exclude<StatementNode['_tag'], 'Text'>>()({
  Select: true,
  SetOperation: true,
  Insert: true,
  Update: true,
  Delete: true,
})
// Arrays and unsigned bigints are not on all engines.
const types = every<Exclude<TypeTag, 'Array' | 'UnsignedBigInt'>>()({
  SmallInt: true,
  Unsigned: true,
  Real: true,
  Char: true,
  Enumeration: true,
  Uuid: true,
  Binary: true,
  Time: true,
  Timestamp: true,
  Interval: true,
  Integer: true,
  BigInt: true,
  Double: true,
  Count: true,
  Numeric: true,
  Boolean: true,
  Varchar: true,
  Text: true,
  Date: true,
  TimestampTz: true,
  Json: true,
})

/** Every word of a kind that stands somewhere in the statements. */
const census = (all: ReadonlyArray<AnyQuery>) => {
  const seen = { expr: new Set<string>(), join: new Set<string>(), set: new Set<string>(), relation: new Set<string>() }
  const more = { statement: new Set<string>(), type: new Set<string>(), clause: new Set<string>() }
  const visitor: Visitor = {
    expr: (node) => {
      seen.expr.add(node._tag)
      more.type.add(node.type._tag)
      visitExpr(node, visitor)
    },
    query: (node) => visit(node),
  }
  const clauses = (node: QueryNode): void => {
    if (node.orderBy.length > 0) more.clause.add('orderBy')
    if (node.limit !== null) more.clause.add('limit')
    if (node.offset !== null) more.clause.add('offset')
    if (node._tag === 'SetOperation') {
      seen.set.add(node.op)
      return
    }
    if (node.distinct) more.clause.add('distinct')
    if (node.present.length > 0) more.clause.add('present')
    if (node.groupBy.length > 0) more.clause.add('groupBy')
    if (node.groupingSets !== null) more.clause.add('groupingSets')
    if (node.having !== null) more.clause.add('having')
    for (const join of node.joins) seen.join.add(join.kind)
    for (const source of [node.from, ...node.joins.map((j) => j.source)]) more.clause.add(source._tag)
    for (const include of node.includes) {
      seen.relation.add(include.relation.cardinality)
      visit(include.relation.query)
    }
  }
  const visit = (node: StatementNode): void => {
    more.statement.add(node._tag)
    visitStatement(node, visitor)
    if (node._tag === 'Select' || node._tag === 'SetOperation') clauses(node)
  }
  for (const q of all) visit(nodeOfQuery(q))
  return { ...seen, ...more }
}

const samples = fc.sample(fc.tuple(contents(asked), query(asked)), { numRuns: 600, seed: 20261121 })
const writes = fc.sample(write(written), { numRuns: 200, seed: 20261121 })

test('[property 38] over 600 samples every node, join, set operation, relation, clause and type appears', () => {
  const found = census([...samples.map(([, q]) => q), ...writes])
  const listed = (set: ReadonlySet<string>): ReadonlyArray<string> => [...set].sort()
  expect(listed(found.expr)).toEqual(exprTags)
  expect(listed(found.join)).toEqual(joinKinds)
  expect(listed(found.set)).toEqual(setOps)
  expect(listed(found.relation)).toEqual(cardinalities)
  expect(listed(found.statement)).toEqual(statements)
  expect(listed(found.type)).toEqual(types)
  expect(listed(found.clause)).toEqual([
    'DerivedSource',
    'RecursiveSource',
    'TableSource',
    'ValuesSource',
    'WorkingSource',
    'distinct',
    'groupBy',
    'groupingSets',
    'having',
    'limit',
    'offset',
    'orderBy',
    'present',
  ])
})

test('[property 39] at least a fifth of the results has rows, and every query has a meaning', () => {
  const results = samples.map(([tables, q]) => ({ q, result: interpret(q)(tables) }))
  const refused = results.filter(
    ({ result }) => E.isLeft(result) && !['NoRows', 'MultipleRows', 'Overflow'].includes(result.left._tag),
  )
  expect(refused.map(({ q, result }) => [show(q), result])).toEqual([])
  const withRows = results.filter(({ result }) => E.isRight(result) && result.right.length > 0)
  expect(withRows.length / results.length).toBeGreaterThanOrEqual(0.2)
})

test('a seed gives the same queries each time', () => {
  const drawn = (): ReadonlyArray<string> => fc.sample(query(asked), { numRuns: 20, seed: 7 }).map(show)
  expect(drawn()).toEqual(drawn())
})

test('a counterexample is shown as code, and shrinks', () => {
  const outcome = fc.check(
    fc.property(query(asked), (q) => !show(q).includes('exists')),
    { seed: 3, numRuns: 500 },
  )
  const [shrunk] = outcome.counterexample ?? []
  expect(outcome.failed).toBe(true)
  expect(shrunk === undefined ? '' : fc.stringify(shrunk)).toBe(shrunk === undefined ? '-' : show(shrunk))
  expect(shrunk === undefined ? Infinity : show(shrunk).length).toBeLessThan(800)
})
