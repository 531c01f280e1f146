// A statement of text is a value like any other: shown, compared, stored where its text is trusted.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, it } from 'vitest'

import { nodeOfQuery } from '../../../src/expr/query.js'
import { factsOf } from '../../../src/expr/query-facts.js'
import { sameShape, sameStatement } from '../../../src/expr/same.js'
import { showStatement } from '../../../src/expr/show.js'
import { from, integer, queryCodec, queryEq, sql, subquery, table, text } from '../../../src/index.js'

const users = table('users', { id: integer, name: text })
const byId = (id: number, code = 'SELECT name FROM users WHERE id = :id') =>
  sql.text(code).bind({ id }).reads(users).columns({ name: text })

it('values are no part of its shape, text and columns are', () => {
  const [one, other] = [nodeOfQuery(byId(1)), nodeOfQuery(byId(2))]
  expect(factsOf(one).shape).toBe(factsOf(other).shape)
  expect(sameShape(one, other)).toBe(true)
  expect(sameStatement(one, other)).toBe(false)
  expect(sameStatement(one, nodeOfQuery(byId(1)))).toBe(true)
  expect(sameShape(one, nodeOfQuery(byId(1, 'SELECT name FROM users WHERE id <> :id')))).toBe(false)
  const named = sql.text('SELECT 1')
  expect(sameShape(nodeOfQuery(named.columns({ a: integer })), nodeOfQuery(named.columns({ b: integer })))).toBe(false)
  expect(sameShape(nodeOfQuery(named.columns({ a: integer })), nodeOfQuery(named.columns({ a: text })))).toBe(false)
  expect(sameShape(nodeOfQuery(named.command()), nodeOfQuery(named.columns({ a: integer })))).toBe(false)
  expect(
    sameShape(
      nodeOfQuery(named.command()),
      nodeOfQuery(
        sql
          .text('SELECT 1' as string)
          .bind({ a: 1 })
          .command(),
      ),
    ),
  ).toBe(false)
})

it('is shown as code', () => {
  expect(showStatement(nodeOfQuery(byId(1)))).toBe('sql.text("SELECT name FROM users WHERE id = :id").bind({ id: 1 })')
  expect(showStatement(nodeOfQuery(sql.text('SELECT 1').command()))).toBe('sql.text("SELECT 1")')
})

it('is stored, as itself and as a source, where its text is trusted', () => {
  const trusting = queryCodec({ users }, { trusted: true })
  const wary = queryCodec({ users })
  for (const query of [byId(1), from(pipe(byId(1), subquery('t')))]) {
    const json = pipe(trusting.encode(query), E.map(JSON.stringify))
    const again = pipe(
      json,
      E.chain((stored) => trusting.decode(JSON.parse(stored))),
    )
    expect(E.isRight(again) && queryEq.equals(again.right, query)).toBe(true)
    expect(E.isLeft(wary.encode(query))).toBe(true)
    expect(
      E.isLeft(
        pipe(
          json,
          E.chain((stored) => wary.decode(JSON.parse(stored))),
        ),
      ),
    ).toBe(true)
  }
})
