/**
 * Spans of OpenTelemetry: one a statement, and one a transaction around its statements, by the semantic conventions for databases.
 */
import { type Attributes, context, type Span, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api'
import * as E from 'fp-ts/lib/Either.js'

import { type Reply, shownParameters, type Statement, type TableName } from '../compile/statement.js'
import type { DbError } from './error.js'
import { countsOf, kindOf, showWire } from './events.js'
import type { Middleware, Sending, Within } from './middleware.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What spans hold. */
export interface TracedOptions {
  /** Whether the values of parameters are left out: true. Those of `secret` columns always are. */
  readonly hideParameters?: boolean
}

/** The span of a level of a transaction. `under` is the span that was active when it began. */
interface LevelSpan {
  readonly span: Span
  readonly under: Span | undefined
  /** What COMMIT ended with, where that was no answer. */
  refused: DbError | null
  open: boolean
}

// -------------------------------------------------------------------------------------
// attributes
// -------------------------------------------------------------------------------------

const systems: { readonly [engine in Sending['engine']]: string } = {
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  memory: 'other_sql',
}

const present = (attributes: { readonly [name: string]: string | number | null }): Attributes =>
  Object.fromEntries(Object.entries(attributes).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))

const ofPlace = ({ engine, place }: Sending): Attributes =>
  present({
    'db.system.name': systems[engine],
    'db.namespace': place.namespace,
    'server.address': place.address,
    'server.port': place.address === null ? null : place.port,
  })

/** The words of a statement that say what it does, without its names: `SELECT`, `CREATE TABLE`. */
const operationOf = ({ sql, text, meaning }: Statement): string | null => {
  if (text === 'control') return kindOf({ sql, text }).toUpperCase()
  if (meaning?._tag === 'Statement') return meaning.node._tag.toUpperCase()
  const [first = '', second = ''] = /^\s*([a-z]+)(?:\s+([a-z]+))?/i.exec(sql)?.slice(1) ?? []
  const word = first.toUpperCase()
  if (word === '') return null
  return ['CREATE', 'ALTER', 'DROP'].includes(word) ? `${word} ${second.toUpperCase()}` : word
}

const named = ({ schema, name }: TableName): string => (schema === null ? name : `${schema}.${name}`)

/** The table that it is about: the one that it writes, or reads; null where it is about several. */
const collectionOf = ({ tables }: Statement): string | null => {
  const [table, other] = tables.writes.length > 0 ? tables.writes : tables.reads
  return table === undefined || other !== undefined ? null : named(table)
}

const ofValues = (statement: Statement): Attributes => {
  const [run = []] = shownParameters(statement)
  return statement.sets === undefined
    ? Object.fromEntries(run.map((value, i) => [`db.query.parameter.${i}`, showWire(value)]))
    : {}
}

/** The code that the engine gave, where it gave one. */
const statusOf = (error: DbError): string | null => {
  if (error._tag === 'Sql') return error.sqlState ?? (error.errno === null ? null : String(error.errno))
  const { cause } = error
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null
  return typeof code === 'string' && /^[0-9A-Z_]{5,40}$/.test(code) ? code : null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const failed = (span: Span, error: DbError): void => {
  const status = statusOf(error)
  span.setAttribute('error.type', error._tag)
  span.setAttribute('relvar.error.code', error.code)
  if (status !== null) span.setAttribute('db.response.status_code', status)
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
}

/** The spans of the levels of transactions that one Database's middleware sees. */
const levelSpans = (tracer: Tracer) => {
  const known = new WeakMap<Within, LevelSpan>()

  const end = (level: LevelSpan, stays: boolean): void => {
    if (!level.open) return
    level.open = false
    const { span, refused } = level
    const unknown = refused?._tag === 'Connection' || refused?._tag === 'Defect' || refused?._tag === 'CommitUnknown'
    span.setAttribute('relvar.transaction.outcome', stays ? 'committed' : unknown ? 'unknown' : 'rolled back')
    if (!stays && refused !== null) failed(span, refused)
    span.end()
  }

  /** The span of a level; the first statement of the level begins it. */
  const of = (within: Within, on: Sending): LevelSpan => {
    const before = known.get(within)
    if (before !== undefined) return before
    const parent = within.outer === null ? context.active() : contextOf(within.outer, on)
    const name = within.depth === 1 ? 'transaction' : 'savepoint'
    const attributes = { ...ofPlace(on), 'relvar.transaction.depth': within.depth }
    const span = tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes }, parent)
    const level: LevelSpan = { span, under: trace.getActiveSpan(), refused: null, open: true }
    known.set(within, level)
    within.decided((stays) => end(level, stays))
    return level
  }

  /** What a statement of a level is under: the level's span, but where the program has made one of its own since. */
  const contextOf = (within: Within, on: Sending) => {
    const { span, under } = of(within, on)
    const active = context.active()
    return trace.getActiveSpan() === under ? trace.setSpan(active, span) : active
  }

  /** Looks at what became of a statement that begins or ends a level. */
  const note = (within: Within, on: Sending, statement: Statement, outcome: E.Either<DbError, Reply>): void => {
    const level = of(within, on)
    switch (kindOf(statement)) {
      case 'begin':
      case 'savepoint':
      case 'commit':
        if (E.isLeft(outcome)) level.refused = outcome.left
        // nobody decides about a savepoint that was not made
        if (E.isLeft(outcome) && within.outer !== null) end(level, false)
        return
      // that of a savepoint that was released stays where what is around it stays, which is decided later
      case 'release savepoint':
        if (E.isRight(outcome)) end(level, true)
        return
      case 'rollback to savepoint':
        return end(level, false)
      default:
        return
    }
  }

  return { contextOf, note }
}

/**
 * Makes a span of each statement, and one of each transaction (and savepoint) around those of its statements. A span is a child of
 * the one that is active; in a transaction of the transaction's, but where the program has made another one active since.
 *
 * Attributes are those of the semantic conventions for databases: `db.system.name`, `db.namespace`, `db.operation.name`,
 * `db.collection.name`, `db.query.text`, `db.response.status_code`, `error.type`, `server.address` and `server.port`. The text has
 * placeholders, and no values. What ends with a Left has the status of an error, with the Left's message.
 *
 * @param tracer where spans are made: `trace.getTracer('my-service')`
 * @param options `hideParameters: false` adds `db.query.parameter.<n>`
 * @example
 * import { trace } from '@opentelemetry/api'
 * import { withMiddleware } from 'relvar'
 * import { traced } from 'relvar/opentelemetry'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const db = withMiddleware(traced(trace.getTracer('blog')))(sqlite('sqlite::memory:'))
 * assert.strictEqual(db.depth, 0)
 *
 * @category constructors
 * @since 0.1.0
 * @see https://opentelemetry.io/docs/specs/semconv/database/database-spans/
 */
export const traced = (tracer: Tracer, { hideParameters = true }: TracedOptions = {}): Middleware => {
  const levels = levelSpans(tracer)
  return (next, on) => (statement) => async () => {
    const { within } = on
    const parent = within === null ? context.active() : levels.contextOf(within, on)
    const operation = operationOf(statement)
    const collection = collectionOf(statement)
    const name = [operation, collection].filter((word) => word !== null).join(' ') || systems[on.engine]
    const attributes = {
      ...ofPlace(on),
      ...present({
        'db.operation.name': operation,
        'db.collection.name': collection,
        'db.query.summary': name,
        'db.query.text': statement.sql,
        'db.operation.batch.size': statement.sets === undefined ? null : statement.sets.count,
      }),
      ...(hideParameters ? {} : ofValues(statement)),
    }
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, parent)
    try {
      const outcome = await context.with(trace.setSpan(parent, span), () => next(statement)())
      if (E.isLeft(outcome)) failed(span, outcome.left)
      else if (statement.returnsRows) span.setAttribute('db.response.returned_rows', countsOf(outcome.right).rows)
      if (within !== null) levels.note(within, on, statement, outcome)
      return outcome
    } finally {
      span.end()
    }
  }
}
