/**
 * Queries and writes in memory: what they answer of the tables that are there, and what they leave.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { Answer } from '../../compile/answer.js'
import type { Meaning } from '../../compile/statement.js'
import { query } from '../../expr/query.js'
import { isWrite } from '../../expr/query-node.js'
import { apply } from '../../interpret/apply.js'
import { checkStatement } from '../../interpret/check-statement.js'
import { notEvaluable } from '../../interpret/eval-error.js'
import { interpretCounting } from '../../interpret/interpret.js'
import type { Tables } from '../../interpret/tables.js'
import type { DbError } from '../error.js'
import { fromEvaluation } from './memory-error.js'
import { mentionedIn } from './memory-mentioned.js'
import { missing, type Seen, seen } from './memory-seen.js'

/** What a statement leaves, and what it answers. */
export interface Done {
  readonly tables: Tables
  readonly answer: Answer<unknown>
}

type Asked = Extract<Meaning, { readonly _tag: 'Statement' }>

const answered = ({ node, tables }: Seen, { holes }: Asked, sql: string, now: string): E.Either<DbError, Done> => {
  if (isWrite(node))
    return pipe(
      // Its types were stated by whoever made the statement; what it gives is read by the same projection.
      apply(query<unknown, never, never, never, 'insert'>(node), holes, { now })(tables),
      E.bimap(fromEvaluation(sql), ({ tables: after, rows, affected, keys }) => ({
        tables: after,
        answer: { rows, affected, keys },
      })),
    )
  return pipe(
    interpretCounting(node, holes, { now })(tables),
    E.bimap(fromEvaluation(sql), ({ tables: after, rows }) => ({
      tables: after,
      answer: { rows, affected: rows.length, keys: [] },
    })),
  )
}

/** What a query or a write does and answers. */
export const evaluated = (asked: Asked, sql: string, tables: Tables, now: string): E.Either<DbError, Done> => {
  const { node, holes } = asked
  const found = mentionedIn(tables, node)
  const absent = missing(tables, node, found, sql)
  // What is refused anyway is refused before anybody looks for its tables.
  if (absent !== null)
    return pipe(
      checkStatement(node, holes),
      E.mapLeft(fromEvaluation(sql)),
      E.chain(() => E.left(absent)),
    )
  const made = seen(tables, node, found)
  if (made === null)
    return E.left(
      fromEvaluation(sql)(notEvaluable('two values of one table call a column by different keys in one statement')),
    )
  return pipe(
    answered(made, asked, sql, now),
    E.map(({ tables: after, answer }) => ({ tables: made.kept(after), answer })),
  )
}
