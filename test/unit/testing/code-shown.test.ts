// Where a property of relvar/testing is refuted, what is shown runs.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { createAll, from, gt, integer, type Middleware, primaryKey, queryEq, schema, table, where } from 'relvar'
import { memory } from 'relvar/memory'
import { agrees, code, query, show, write } from 'relvar/testing'
import { expect, test } from 'vitest'
import { run } from '../../support/printed-code.js'

const scores = table('scores', { id: pipe(integer, primaryKey), points: integer })
const good = pipe(from(scores), where(gt(scores.points, 0)))

/** Answers a query of the table with no rows. */
const forgetful: Middleware = (next) => (statement) =>
  pipe(
    next(statement),
    TE.map((reply) =>
      statement.sql.startsWith('pipe(from(scores)') ? { ...reply, answer: { rows: [], affected: 0, keys: [] } } : reply,
    ),
  )

test('agrees says what a database answers, and ends in code that asks the same', async () => {
  const db = memory()
  await db.execute(createAll(schema({ scores })))()
  const outcome = await fc.check(agrees([scores], good, { liar: db.having({ middleware: forgetful }) }), { seed: 1 })
  const { errorInstance } = outcome
  const message = errorInstance instanceof Error ? errorInstance.message : ''
  expect(message).toContain(
    `liar and memory disagree about ${show(good)}\n  memory [{ id: 0, points: 1 }]\n  liar []\n\n`,
  )
  const made = run(message.slice(message.indexOf('import ')))
  expect(queryEq.equals(made.statement, good)).toBe(true)
  expect(made.answer).toStrictEqual(E.right([{ id: 0, points: 1 }]))
  await db.close()()
})

test('a generated query, and a generated write, are shown as code that makes them again', () => {
  for (const made of [
    fc.sample(query([scores]), { numRuns: 5, seed: 3 }),
    fc.sample(write([scores]), { numRuns: 5, seed: 3 }),
  ].flat()) {
    expect(fc.stringify(made)).toBe(code(made))
    expect(queryEq.equals(run(fc.stringify(made)).statement, made)).toBe(true)
  }
})
