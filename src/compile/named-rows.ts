/**
 * Names of rows in front of a statement: one name is one query, values included.
 */
import { visitExpr, visitStatement } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import type { StatementNode } from '../expr/query-node.js'
import { sameStatement } from '../expr/same.js'
import type { Source } from '../expr/source.js'
import { type CompileError, sourceMismatch } from './compile-error.js'

const nameOf = (source: Source): string | null =>
  source._tag === 'DerivedSource' || source._tag === 'RecursiveSource' ? (source.cte?.name ?? null) : null

const sameRows = (a: Source, b: Source): boolean => {
  if (a._tag === 'DerivedSource' && b._tag === 'DerivedSource')
    return a.cte?.materialized === b.cte?.materialized && (a.query === b.query || sameStatement(a.query, b.query))
  return (
    a._tag === 'RecursiveSource' &&
    b._tag === 'RecursiveSource' &&
    a.all === b.all &&
    (a.base === b.base || sameStatement(a.base, b.base)) &&
    (a.step === b.step || sameStatement(a.step, b.step))
  )
}

/**
 * Two queries under one name, or null. They may have one text and differ in a value, which no cached text shows: so this is asked
 * of each statement that has such names.
 */
export const namesProblem = (statement: StatementNode): CompileError | null => {
  const known = new Map<string, Source>()
  let problem: CompileError | null = null
  const meet = (source: Source): void => {
    const name = nameOf(source)
    if (name === null) return
    const before = known.get(name)
    if (before === undefined) known.set(name, source)
    else if (!sameRows(before, source)) problem ??= sourceMismatch(name)
  }
  const visitor: Visitor = { expr: (e) => visitExpr(e, visitor), query: (q) => go(q) }
  const go = (s: StatementNode): void => {
    if (s._tag === 'Select') {
      for (const source of [s.from, ...s.joins.map((j) => j.source)]) meet(source)
      for (const include of s.includes) go(include.relation.query)
    }
    visitStatement(s, visitor)
  }
  go(statement)
  return problem
}
