/**
 * What running a query or write will do, before it is run: its statements, why there are so many, and what they touch.
 */
import { type Either, isLeft, left, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { findings } from '../expr/lint.js'
import type { Finding } from '../expr/lint-facts.js'
import { type AnyQuery, statementOf } from '../expr/query.js'
import type { StatementNode } from '../expr/query-node.js'
import { noBindings } from './bind.js'
import { type CompileError, illFormed } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { insertLoad, notesOfInsert } from './insert-load.js'
import type { Load, Step } from './load.js'
import type { LoadError } from './load-error.js'
import { readTemplate } from './read.js'
import type { TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'
import type { ChildTemplate, Template } from './template.js'
import { textTemplate } from './text-load.js'
import { countFromHere } from './upsert-load.js'
import { writeTemplate, writtenStatements } from './write-load.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * One statement. `why` says what it is for, `notes` where its SQL is not what the query's own words would be. `parameters` is how
 * many values are bound.
 */
export interface ExplainedStatement {
  readonly sql: string
  readonly parameters: number
  readonly why: string
  readonly notes: ReadonlyArray<string>
}

/**
 * What running a statement will do. `roundTrips` is how often something is sent where there are rows to go on with; a relation of
 * no rows is not asked for.
 */
export interface Explanation {
  readonly dialect: string
  readonly statements: ReadonlyArray<ExplainedStatement>
  readonly roundTrips: number
  readonly tables: TableSet
  readonly findings: ReadonlyArray<Finding>
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const ofChild = (dialect: Dialect, child: ChildTemplate, path: string): ReadonlyArray<ExplainedStatement> => {
  const carried = dialect.features.arrays ? 'an array a column' : 'one JSON parameter'
  const why = `include ${path}: its rows for all outer rows at once, whose keys travel as ${carried}`
  return ofTemplate(dialect, child.template, why, path)
}

const ofTemplate = (
  dialect: Dialect,
  template: Template,
  why: string,
  path: string,
): ReadonlyArray<ExplainedStatement> => [
  { sql: template.text, parameters: template.slots.length, why, notes: template.notes },
  ...template.children.flatMap((child) => ofChild(dialect, child, path === '' ? child.key : `${path}.${child.key}`)),
]

const whyFirst = (what: string, { statement, atomic }: Step<unknown>): string => {
  const times = statement.sets === undefined ? what : `${what}, run once for each of ${statement.sets.count} rows`
  return atomic === false ? times : `${times}, and more statements in one transaction with it`
}

/** What is sent before an upsert counts the rows that it leaves is no part of it: what follows from any answer is the insert. */
const pastCounter = (load: Load<unknown>): Load<unknown> => {
  if (load._tag === 'Done' || load.statement !== countFromHere) return load
  const rest = load.next({ rows: [], affected: 0, insertId: null })
  return isLeft(rest) || rest.right._tag === 'Done' ? load : { ...rest.right, atomic: load.atomic }
}

/** The statement that is known before the first answer. */
const ofFirst = (
  what: string,
  loaded: Either<CompileError | LoadError, Load<unknown>>,
  notes: ReadonlyArray<string>,
): Either<CompileError | LoadError, ReadonlyArray<ExplainedStatement>> =>
  pipe(
    loaded,
    map(pastCounter),
    map((load) =>
      load._tag === 'Done'
        ? []
        : [
            {
              sql: load.statement.sql,
              parameters: load.statement.sets?.columns.length ?? load.statement.parameters.length,
              why: whyFirst(what, load),
              notes,
            },
          ],
    ),
  )

const statementsOf = (
  dialect: Dialect,
  node: StatementNode,
): Either<CompileError | LoadError, ReadonlyArray<ExplainedStatement>> => {
  switch (node._tag) {
    case 'Insert':
      return ofFirst('the insert', insertLoad(dialect, node, noBindings), notesOfInsert(dialect, node))
    case 'Update':
    case 'Delete':
      return pipe(
        writeTemplate(dialect, node),
        map((template) =>
          writtenStatements(template, node._tag === 'Update' ? 'update' : 'delete').map(
            ({ text, slots, why, notes }) => ({ sql: text, parameters: slots.length, why, notes }),
          ),
        ),
      )
    case 'Text':
      return pipe(
        textTemplate(dialect, node),
        map(({ text, slots }) => [{ sql: text, parameters: slots.length, why: 'the text', notes: [] }]),
      )
    default:
      return pipe(
        readTemplate(dialect, node),
        map((template) => ofTemplate(dialect, template, 'the rows of the query', '')),
      )
  }
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * What running a query or write will do in a dialect, without running it: its statements and what each is for, round trips, what
 * the linter finds, the tables that it touches.
 *
 * Lefts: as those of `compile`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, explain, from, include, integer, many, sqliteDialect, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { id: integer, authorId: integer })
 * const postsOf = many(pipe(from(posts), where(eq(posts.authorId, users.id))))
 * const explained = explain(sqliteDialect())(pipe(from(users), include({ posts: postsOf })))
 * assert(E.isRight(explained))
 * assert.strictEqual(explained.right.roundTrips, 2)
 *
 * @category destructors
 * @since 0.1.0
 */
export const explain =
  (dialect: Dialect) =>
  (query: AnyQuery): Either<CompileError | LoadError, Explanation> => {
    const node = statementOf(query)
    if (node === null) return left(illFormed('explain takes a query or a write'))
    const statements = statementsOf(dialect, node)
    if (isLeft(statements)) return statements
    return right({
      dialect: dialect.name,
      statements: statements.right,
      roundTrips: statements.right.length,
      tables: tableSetOf(node),
      findings: findings(node),
    })
  }

/**
 * An explanation as lines of text.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { explain, from, integer, showExplanation, sqliteDialect, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const lines = pipe(from(users), explain(sqliteDialect()), E.map(showExplanation))
 * assert(E.isRight(lines) && lines.right.includes('SELECT'))
 *
 * @category destructors
 * @since 0.1.0
 */
export const showExplanation = (explanation: Explanation): string => {
  const { dialect, statements, roundTrips, tables } = explanation
  const names = (list: TableSet['reads']): string =>
    list.map((t) => (t.schema === null ? t.name : `${t.schema}.${t.name}`)).join(', ')
  const touched = [
    ...(tables.reads.length === 0 ? [] : [`reads ${names(tables.reads)}`]),
    ...(tables.writes.length === 0 ? [] : [`writes ${names(tables.writes)}`]),
  ]
  return [
    `${dialect}: ${roundTrips} round trip${roundTrips === 1 ? '' : 's'}${touched.length === 0 ? '' : `; ${touched.join('; ')}`}`,
    ...statements.flatMap((s, i) => [
      `${i + 1}. ${s.why}`,
      `   ${s.sql}`,
      ...s.notes.map((note) => `   note: ${note}`),
    ]),
    ...explanation.findings.map((f) => `${f._tag}${f.place === '' ? '' : ` (${f.place})`}: ${f.message}`),
  ].join('\n')
}
