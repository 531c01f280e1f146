// docs/features.md says what the compiler says of each statement now, and no function, window, aggregate or kind of node is left out.
// `RELVAR_DOCS=write` writes that part of the page anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

import { functions } from '../../../src/compile/functions.js'
import type { AggregateName, WindowFunction } from '../../../src/expr/call-node.js'
import { visitExpr, visitStatement } from '../../../src/expr/children.js'
import type { Visitor } from '../../../src/expr/visitor.js'
import { isDdl } from '../../../src/expr/ddl-node.js'
import { statementOf } from '../../../src/expr/query.js'
import type { JoinNode, SetOp, StatementNode } from '../../../src/expr/query-node.js'
import { marked } from '../../golden/statement.js'
import { named, parts, statements, untold } from '../../support/features/all.js'
import { featurePage } from '../../support/features/table.js'
import { exprTags } from '../../support/tags.js'

const page = fileURLToPath(new URL('../../../docs/features.md', import.meta.url))
const marker = /<!-- what follows is made by test\/support\/features: .* -->\n/

test('docs/features.md is what the compiler says', () => {
  const text = readFileSync(page, 'utf8')
  const begin = marker.exec(text)
  const start = text.slice(0, (begin?.index ?? 0) + (begin?.[0].length ?? 0))
  expect(start).not.toBe('')
  const whole = `${start}\n${featurePage()}`
  if (process.env['RELVAR_DOCS'] === 'write') writeFileSync(page, whole)
  expect(readFileSync(page, 'utf8')).toBe(whole)
})

test('every statement stands on the page, under one name', () => {
  const told = new Set([...parts.flatMap(({ features }) => features), ...untold])
  expect(statements.map((one) => named(one)[0]).filter((feature) => !told.has(feature))).toEqual([])
  expect(new Set(statements.map(({ name }) => name)).size).toBe(statements.length)
})

// -- what there is ------------------------------------------------------------------------------------------------------

const windows: Readonly<Record<WindowFunction, true>> = {
  rowNumber: true,
  rank: true,
  denseRank: true,
  percentRank: true,
  cumeDist: true,
  ntile: true,
  lag: true,
  lead: true,
  firstValue: true,
  lastValue: true,
  nthValue: true,
}

const aggregates: Readonly<Record<AggregateName, true>> = {
  count: true,
  sum: true,
  avg: true,
  min: true,
  max: true,
  boolAnd: true,
  boolOr: true,
  stringAgg: true,
  jsonAgg: true,
  arrayAgg: true,
  stddevPop: true,
  stddevSamp: true,
  varPop: true,
  varSamp: true,
  grouping: true,
}

const joins: Readonly<Record<JoinNode['kind'], true>> = {
  inner: true,
  left: true,
  right: true,
  full: true,
  cross: true,
}

const sets: Readonly<Record<SetOp, true>> = {
  union: true,
  unionAll: true,
  intersect: true,
  intersectAll: true,
  except: true,
  exceptAll: true,
}

/** What the statements say, by kind and name. */
const met = (): ReadonlySet<string> => {
  const found = new Set<string>()
  const visitor: Visitor = {
    expr: (e) => {
      found.add(`node ${e._tag}`)
      if (e._tag === 'Call') found.add(`function ${e.name}`)
      if (e._tag === 'Window') found.add(`window ${e.name}`)
      if (e._tag === 'Aggregate') found.add(`aggregate ${e.name}`)
      visitExpr(e, visitor)
    },
    query: (q) => go(q),
  }
  const go = (s: StatementNode): void => {
    if (s._tag === 'Select') for (const join of s.joins) found.add(`join ${join.kind}`)
    if (s._tag === 'SetOperation') found.add(`set operation ${s.op}`)
    visitStatement(s, visitor)
  }
  for (const { value } of statements) {
    const said = value(marked().markers)
    const node = isDdl(said) ? null : statementOf(said)
    if (node !== null) go(node)
  }
  return found
}

test('every function, window, aggregate, join, set operation and kind of node stands in a statement', () => {
  const wanted = [
    ...exprTags.map((name) => `node ${name}`),
    ...Object.keys(functions).map((name) => `function ${name}`),
    ...Object.keys(windows).map((name) => `window ${name}`),
    ...Object.keys(aggregates).map((name) => `aggregate ${name}`),
    ...Object.keys(joins).map((name) => `join ${name}`),
    ...Object.keys(sets).map((name) => `set operation ${name}`),
  ]
  const said = met()
  expect(wanted.filter((name) => !said.has(name))).toEqual([])
})
