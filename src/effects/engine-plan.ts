/**
 * The engine's own plan of a query (its EXPLAIN), as data.
 */
import * as E from 'fp-ts/lib/Either.js'

import { noBindings } from '../compile/bind.js'
import { loadOf } from '../compile/compile.js'
import { type CompileError, illFormed, unsupported } from '../compile/compile-error.js'
import type { Dialect, DialectName } from '../compile/dialect.js'
import { done, type Load, step } from '../compile/load.js'
import { corruptReply, type LoadError } from '../compile/load-error.js'
import type { RawRow } from '../compile/statement.js'
import { isWrite, type StatementNode } from '../expr/query-node.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** `analyze` runs the query and tells what its steps took; rows that it would give are thrown away. */
export interface PlanOptions {
  readonly analyze?: boolean
}

/** A step of SQLite's plan and those below it. */
export interface SqliteStep {
  readonly detail: string
  readonly steps: ReadonlyArray<SqliteStep>
}

/**
 * What the engine will do for the first statement of a query. `plan` is in the engine's own form: the document of PostgreSQL,
 * MySQL or MariaDB (text lines where MySQL analyzes), the steps of SQLite.
 */
export interface EnginePlan {
  readonly sql: string
  readonly analyzed: boolean
  readonly plan: unknown
}

interface Form {
  readonly plan: string
  /** Null where the engine does not tell. */
  readonly analyze: string | null
  readonly read: (rows: ReadonlyArray<RawRow>, analyzed: boolean) => unknown
}

// -------------------------------------------------------------------------------------
// engines
// -------------------------------------------------------------------------------------

/** The one document of a reply; a driver may have parsed it. */
const document = (rows: ReadonlyArray<RawRow>): unknown => {
  const held = rows[0]?.[0]
  return typeof held === 'string' ? JSON.parse(held) : held
}

const linesOf = (rows: ReadonlyArray<RawRow>): ReadonlyArray<string> =>
  rows.flatMap((row) => String(row[0]).split('\n')).filter((line) => line !== '')

/** Rows of id, parent, an unused column and text. */
const stepsOf = (rows: ReadonlyArray<RawRow>, parent: number): ReadonlyArray<SqliteStep> =>
  rows
    .filter((row) => Number(row[1]) === parent)
    .map((row) => ({ detail: String(row[3]), steps: stepsOf(rows, Number(row[0])) }))

const forms: Readonly<Record<DialectName, Form>> = {
  postgres: { plan: 'EXPLAIN (FORMAT JSON) ', analyze: 'EXPLAIN (ANALYZE, FORMAT JSON) ', read: document },
  mysql: {
    plan: 'EXPLAIN FORMAT=JSON ',
    analyze: 'EXPLAIN ANALYZE ',
    read: (rows, analyzed) => (analyzed ? linesOf(rows) : document(rows)),
  },
  mariadb: { plan: 'EXPLAIN FORMAT=JSON ', analyze: 'ANALYZE FORMAT=JSON ', read: document },
  sqlite: { plan: 'EXPLAIN QUERY PLAN ', analyze: null, read: (rows) => stepsOf(rows, 0) },
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The Load that asks an engine for its plan of a statement. */
export const planLoad = (
  dialect: Dialect,
  node: StatementNode | null,
  { analyze = false }: PlanOptions,
): E.Either<CompileError | LoadError, Load<EnginePlan>> => {
  const load = loadOf(dialect, node, noBindings)
  if (E.isLeft(load)) return load
  if (load.right._tag === 'Done' || node === null) return E.left(illFormed('there is no statement to explain'))
  if (analyze && isWrite(node))
    return E.left(illFormed('to analyze a write is to run it: ask for its plan without analyze'))
  const { statement } = load.right
  // the plans of servers have the values of the query in them
  if (dialect.name !== 'sqlite' && (statement.secrets ?? []).length > 0)
    return E.left(
      unsupported(
        dialect.name,
        'show the plan of a secret value',
        'ask for that of another column, or without the value',
      ),
    )
  const form = forms[dialect.name]
  const word = analyze ? form.analyze : form.plan
  if (word === null) return E.left(unsupported(dialect.name, 'analyze a query', 'ask for its plan, and time the query'))
  const question = { ...statement, sql: word + statement.sql, text: 'once', returnsRows: true, bigints: false } as const
  return E.right(
    step(question, ({ rows }) => {
      try {
        return E.right(done({ sql: statement.sql, analyzed: analyze, plan: form.read(rows, analyze) }))
      } catch {
        return E.left(corruptReply('the plan is no JSON', question.sql))
      }
    }),
  )
}
