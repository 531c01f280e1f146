// What the compiler makes of a value: all statements of it, those of its includes too, as far as no row is needed to know them.
import * as E from 'fp-ts/lib/Either.js'
import { compile, mariadbDialect, mysqlDialect, postgresDialect, type Query, sqliteDialect } from 'relvar'
import type { CompileError } from '../../src/compile/compile-error.js'
import type { Dialect } from '../../src/compile/dialect.js'
import type { Load } from '../../src/compile/load.js'
import type { LoadError } from '../../src/compile/load-error.js'
import { keyWires } from '../../src/compile/outer-keys.js'
import { readTemplate } from '../../src/compile/read.js'
import { setsOf, type Statement, type Wire } from '../../src/compile/statement.js'
import { run, type Template } from '../../src/compile/template.js'
import { noBindings } from '../../src/compile/bind.js'
import { type AnyQuery, nodeOfQuery } from '../../src/expr/query.js'
import type { Kind } from '../../src/expr/query.js'
import type { QueryNode } from '../../src/expr/query-node.js'

/** Dialects whose caches are empty. */
export const freshDialects = (): ReadonlyArray<Dialect> => [
  postgresDialect(),
  mysqlDialect(),
  mariadbDialect(),
  sqliteDialect(),
]

export interface Compiled {
  readonly sql: string
  /** The parameters of each run of the statement: one run, but where an insert sends its rows one by one. */
  readonly runs: ReadonlyArray<ReadonlyArray<Wire>>
  /** Whether it is text of relvar's own about a transaction, which no engine prepares. */
  readonly isControl: boolean
}

export type Failure = CompileError | LoadError

const compiledOf = (s: Statement): Compiled => ({
  sql: s.sql,
  runs: s.sets === undefined ? [s.parameters] : setsOf(s.sets),
  isControl: s.text === 'control',
})

export interface Whole {
  readonly statements: ReadonlyArray<Compiled>
  /** Whether these are all: what the rest of a write is may hang on what the engine answers. */
  readonly ended: boolean
}

/** The statements of a Load where no statement gives a row. */
const ofLoad = (load: Load<unknown>): Whole => {
  if (load._tag === 'Done') return { statements: [], ended: true }
  const rest = load.next({ rows: [], affected: 0, insertId: null })
  const { statements, ended } = E.isLeft(rest) ? { statements: [], ended: false } : ofLoad(rest.right)
  return { statements: [compiledOf(load.statement), ...statements], ended }
}

/** The key of the outer row that includes are asked for. */
export const outerKey = 6999

/** The statements of the includes of a query, asked for one outer row. */
const ofChildren = (
  dialect: Dialect,
  template: Template,
  query: QueryNode,
): E.Either<Failure, ReadonlyArray<Compiled>> => {
  const all: Array<Compiled> = []
  for (const [i, child] of template.children.entries()) {
    const include = query._tag === 'Select' ? query.includes[i] : undefined
    if (include === undefined) continue
    const own = include.relation.query
    const keys = keyWires(dialect, child.columns.length, [child.columns.map(() => outerKey)])
    const load = run(dialect, child.template, own, noBindings, keys)
    if (E.isLeft(load)) return load
    if (load.right._tag === 'Step') all.push(compiledOf(load.right.statement))
    const below = ofChildren(dialect, child.template, own)
    if (E.isLeft(below)) return below
    all.push(...below.right)
  }
  return E.right(all)
}

/** All statements of a query or write. */
export const compiled = (dialect: Dialect, q: AnyQuery): E.Either<Failure, Whole> => {
  // Generated queries are closed.
  const load = compile(dialect)(q as Query<unknown, never, never, never, Kind>)
  if (E.isLeft(load)) return load
  const node = nodeOfQuery(q)
  if (node._tag !== 'Select' || node.includes.length === 0) return E.right(ofLoad(load.right))
  const template = readTemplate(dialect, node)
  if (E.isLeft(template)) return template
  const children = ofChildren(dialect, template.right, node)
  if (E.isLeft(children)) return children
  const root = ofLoad(load.right)
  return E.right({ statements: [...root.statements, ...children.right], ended: root.ended })
}
