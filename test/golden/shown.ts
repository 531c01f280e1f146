/**
 * What a dialect makes of a statement: its SQL with its parameters, or the reason why it refuses it.
 */
import * as E from 'fp-ts/lib/Either.js'

import { compile, compileDdl } from '../../src/compile/compile.js'
import type { CompileError } from '../../src/compile/compile-error.js'
import type { Dialect } from '../../src/compile/dialect.js'
import { mariadbDialect } from '../../src/compile/dialect/mariadb.js'
import { mysqlDialect } from '../../src/compile/dialect/mysql.js'
import { postgresDialect } from '../../src/compile/dialect/postgres.js'
import { sqliteDialect } from '../../src/compile/dialect/sqlite.js'
import type { Load } from '../../src/compile/load.js'
import type { LoadError } from '../../src/compile/load-error.js'
import { type Reply, setsOf, type Statement } from '../../src/compile/statement.js'
import { type Ddl, isDdl } from '../../src/expr/ddl-node.js'
import type { AnyQuery, Kind, Query } from '../../src/expr/query.js'
import { type GoldenStatement, marked } from './statement.js'

export const dialects: ReadonlyArray<Dialect> = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

export interface Shown {
  readonly name: string
  readonly statements: ReadonlyArray<Statement>
  /** Why there is no statement, where there is none. */
  readonly refused: string | null
  /** The digits of the markers in the value. */
  readonly markers: ReadonlyArray<string>
}

type Failure = CompileError | LoadError

const loadOf = (dialect: Dialect, value: AnyQuery | Ddl): E.Either<Failure, Load<unknown>> =>
  // The values of the list are closed queries and writes, which the type of a list cannot say.
  isDdl(value) ? compileDdl(dialect)(value) : compile(dialect)(value as Query<unknown, never, never, never, Kind>)

const noReply: Reply = { rows: [], affected: 0, insertId: null }

/** Why the dialect can't say it; a value that is refused for another reason is a mistake in the list. */
const refusal = ({ _tag, message }: Failure, name: string): string => {
  if (_tag === 'Unsupported') return message
  throw new Error(`${name}: ${_tag}: ${message}`)
}

/** The statements of a Load, those that follow from the reply to the first too. */
const statementsOf = (load: Load<unknown>, reply: Reply): ReadonlyArray<Statement> => {
  if (load._tag === 'Done') return []
  const rest = load.next(reply)
  return [
    load.statement,
    ...(E.isLeft(rest) ? [] : statementsOf(rest.right, { ...noReply, affected: reply.rows.length })),
  ]
}

export const shown =
  (dialect: Dialect) =>
  ({ name, value, reply }: GoldenStatement): Shown => {
    const { markers, made } = marked()
    const load = loadOf(dialect, value(markers))
    return E.isLeft(load)
      ? { name, statements: [], refused: refusal(load.left, name), markers: made() }
      : { name, statements: statementsOf(load.right, { ...noReply, rows: reply }), refused: null, markers: made() }
  }

const listOf = (parameters: Statement['parameters']): string =>
  parameters.length === 0
    ? ''
    : `-- ${parameters.map((p) => (typeof p === 'string' ? `'${p}'` : String(p))).join(', ')}\n`

const parametersOf = ({ parameters, sets }: Statement): string =>
  sets === undefined ? listOf(parameters) : setsOf(sets).map(listOf).join('')

/** The text of a golden file. */
export const textOf = (list: ReadonlyArray<Shown>): string =>
  list
    .map(({ name, statements, refused }) => {
      const body = statements.map((s) => `${s.sql};\n${parametersOf(s)}`).join('')
      return `-- ${name}\n${refused === null ? body : `-- refused: ${refused}\n`}`
    })
    .join('\n')
