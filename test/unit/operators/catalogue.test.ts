// The catalogue of operators has every node and every function that relvar knows.
import { expect, test } from 'vitest'

import { functions } from '../../../src/compile/functions.js'
import { visitExpr } from '../../../src/expr/children.js'
import { type ExprNode, isExprNode } from '../../../src/expr/node.js'
import { catalogue, withoutEntry } from '../../integration/operators/catalogue.js'
import { columns, rows } from '../../integration/operators/fixture.js'
import { exprTags } from '../../support/tags.js'

const seen = { tags: new Set<string>(), functions: new Set<string>() }
const visit = (node: ExprNode): void => {
  seen.tags.add(node._tag)
  if (node._tag === 'Call') seen.functions.add(node.name)
  visitExpr(node, { expr: visit, query: () => {} })
}
for (const entry of catalogue) {
  const e: unknown = entry.build(columns)
  if (isExprNode(e)) visit(e)
}

test('[C66] every node stands in an entry', () => {
  expect(exprTags.filter((tag) => !seen.tags.has(tag))).toEqual([])
})

test('[C66] every function stands in an entry, or there is a reason why not', () => {
  expect(Object.keys(functions).filter((name) => !seen.functions.has(name) && !(name in withoutEntry))).toEqual([])
  expect(Object.keys(withoutEntry).filter((name) => seen.functions.has(name) || !(name in functions))).toEqual([])
})

test('each entry has a name of its own and a value for each row', () => {
  expect(new Set(catalogue.map((entry) => entry.name)).size).toBe(catalogue.length)
  expect(catalogue.filter((entry) => entry.values.length !== rows.length).map((entry) => entry.name)).toEqual([])
})
