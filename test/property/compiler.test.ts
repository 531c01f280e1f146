// Compiling is a pure function: total, the same each time, and every value of the tree is a parameter and nothing else.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { mariadbDialect, mysqlDialect, postgresDialect, sqliteDialect } from 'relvar'
import { query, show, write } from 'relvar/testing'
import { expect, test } from 'vitest'
import type { Dialect } from '../../src/compile/dialect.js'
import type { Wire } from '../../src/compile/statement.js'
import { type AnyQuery, nodeOfQuery } from '../../src/expr/query.js'
import { isWrite } from '../../src/expr/query-node.js'
import { factsOf } from '../../src/expr/query-facts.js'
import { sameShape } from '../../src/expr/same.js'
import { compiled, freshDialects, outerKey, type Whole } from './compiled.js'
import { frozen, pictured } from './frozen.js'
import { runs as lawful } from './laws.js'
import { marked, script } from './nonces.js'
import { placeholdersIn } from './tokens.js'
import { asked, written } from './world.js'

const statements: fc.Arbitrary<AnyQuery> = fc.oneof(
  { weight: 3, arbitrary: query(asked) },
  { weight: 2, arbitrary: write(written) },
)

// Four dialects a run.
const runs = { ...lawful, numRuns: lawful.numRuns / 2 }

const on = 'on postgres, mysql, mariadb and sqlite'

/** Throws with the statement that is not right. */
const wrong = (dialect: Dialect, q: AnyQuery, what: string, sql = ''): never => {
  throw new Error(`${dialect.name}: ${what}\n  ${show(q)}\n  ${sql}`)
}

/** The statements, where the dialect has them: what it refuses it says in words, which the property of totality is about. */
const texts = (dialect: Dialect, q: AnyQuery): Whole => {
  const all = compiled(dialect, q)
  return E.isRight(all) ? all.right : { statements: [], ended: false }
}

// -- total ------------------------------------------------------------------------------------------------------------

test(`[property 9] every statement is SQL or refused in words, and no text holds what is none, ${on}`, () => {
  const found = new Map<string, number>()
  fc.assert(
    fc.property(statements, (q) => {
      for (const dialect of freshDialects()) {
        const all = compiled(dialect, q)
        found.set(`${dialect.name} ${all._tag}`, (found.get(`${dialect.name} ${all._tag}`) ?? 0) + 1)
        if (E.isLeft(all)) {
          const { left } = all
          if (left._tag !== 'Unsupported' || left.dialect !== dialect.name || left.feature === '')
            wrong(dialect, q, `${left._tag}: ${left.message}`)
          continue
        }
        if (all.right.statements.length === 0) wrong(dialect, q, 'no statement')
        for (const { sql, runs: bound } of all.right.statements) {
          if (/undefined|\[object|\bNaN\b|\bInfinity\b|function\s*\(/.test(sql)) wrong(dialect, q, 'no SQL', sql)
          if (bound.flat().some((p) => !isWire(p))) wrong(dialect, q, 'a parameter that no driver takes', sql)
        }
      }
    }),
    runs,
  )
  // PostgreSQL says everything, and the others say most of it.
  expect(found.get('postgres Right')).toBe(runs.numRuns)
  for (const name of ['mysql', 'mariadb', 'sqlite'])
    expect(found.get(`${name} Right`)).toBeGreaterThan(0.6 * runs.numRuns)
})

const isWire = (p: unknown): boolean =>
  p === null ||
  typeof p === 'string' ||
  typeof p === 'bigint' ||
  (typeof p === 'number' && Number.isFinite(p)) ||
  p instanceof Uint8Array

// -- pure -------------------------------------------------------------------------------------------------------------

test(`[property 1] a statement is the same whoever compiles it, and whatever was compiled before it, ${on}`, () => {
  // Dialects with three places in their caches: what is compiled is met again, and forgotten.
  const used = [postgresDialect(3), mysqlDialect(3), mariadbDialect(3), sqliteDialect(3)]
  fc.assert(
    fc.property(statements, fc.array(statements, { maxLength: 2 }), (q, others) => {
      freshDialects().forEach((dialect, i) => {
        const first = compiled(dialect, q)
        const before = used[i] ?? dialect
        for (const other of others) compiled(before, other)
        expect(compiled(before, q)).toEqual(first)
        expect(compiled(before, q)).toEqual(first)
        expect(compiled(dialect, q)).toEqual(first)
      })
    }),
    { ...runs, numRuns: runs.numRuns / 2 },
  )
})

test(`[property 2] compiling leaves the value as it is, and takes one that nobody can change, ${on}`, () => {
  fc.assert(
    fc.property(statements, (q) => {
      const node = nodeOfQuery(q)
      const before = pictured(node)
      const first = freshDialects().map((dialect) => compiled(dialect, q))
      expect(pictured(node)).toBe(before)
      frozen(q)
      frozen(node)
      expect(freshDialects().map((dialect) => compiled(dialect, q))).toEqual(first)
      expect(pictured(node)).toBe(before)
    }),
    { ...runs, numRuns: runs.numRuns / 2 },
  )
})

// -- values -----------------------------------------------------------------------------------------------------------

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')

/** A parameter as a text in which marks can be looked for. A decimal may travel without its point. */
const legible = (p: Wire): string => (p instanceof Uint8Array ? hex(p) : String(p)).replaceAll('.', '')

const isIn = (mark: string, text: string): boolean =>
  new RegExp(`(?<![0-9])${mark.replaceAll('.', '')}(?![0-9])`).test(text)

/** The forms in which values without a mark travel. */
const plainForms = (plain: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  plain.flatMap((v) =>
    typeof v === 'boolean'
      ? [String(v), v ? '1' : '0', v ? 't' : 'f']
      : Array.isArray(v)
        ? ['[]', '{}']
        : v === null
          ? ['null', 'NULL']
          : typeof v === 'object'
            ? [JSON.stringify(v).replaceAll('.', '')]
            : typeof v === 'string' || typeof v === 'number' || typeof v === 'bigint'
              ? [String(v)]
              : [],
  )

test(`[property 3] no value is in the text: each is a parameter, and each parameter is a value, ${on}`, () => {
  let looked = 0
  fc.assert(
    fc.property(statements, (q) => {
      const { statement, marks, asked: needed, plain } = marked(q)
      const known = [String(outerKey), ...plainForms(plain)]
      for (const dialect of freshDialects()) {
        const { statements: all, ended } = texts(dialect, statement)
        for (const { sql } of all) {
          if (script.test(sql)) wrong(dialect, statement, 'a text is in the text', sql)
          const there = marks.find((mark) => isIn(mark, sql))
          if (there !== undefined) wrong(dialect, statement, `${there} is in the text`, sql)
        }
        const parameters = all.flatMap((s) => s.runs.flat())
        const read = parameters.map(legible)
        const unknown = read.find((p) => !marks.some((mark) => isIn(mark, p)) && !isKnown(known, p))
        if (unknown !== undefined) wrong(dialect, statement, `nobody said ${unknown}`, all[0]?.sql)
        if (!ended || !isSaidAtOnce(dialect, statement)) continue
        const lost = needed.find((mark) => !read.some((p) => isIn(mark, p)))
        if (lost !== undefined) wrong(dialect, statement, `${lost} is no parameter`, all[0]?.sql)
        looked += marks.length
      }
    }),
    runs,
  )
  expect(looked).toBeGreaterThan(5 * runs.numRuns)
})

/** Whether an engine says all of a statement, whatever it answers: rows may be asked for before some are written. */
const isSaidAtOnce = (dialect: Dialect, q: AnyQuery): boolean => {
  const node = nodeOfQuery(q)
  if (!isWrite(node) || node._tag === 'Text') return true
  if (node._tag === 'Insert' && node.conflict !== null && node.source._tag === 'Query') return false
  const isPlain = node.returning === null && !(node._tag === 'Insert' && node.conflict !== null)
  return isPlain || dialect.name === 'postgres' || dialect.name === 'sqlite'
}

/** Whether a parameter is a value without a mark, or a list of such values. */
const isKnown = (known: ReadonlyArray<string>, p: string): boolean =>
  p === 'null' ||
  known.includes(p) ||
  (/^[[{].*[\]}]$/s.test(p) && p.length > 2 && p.split(/[[\]{},"]+/).every((one) => one === '' || known.includes(one)))

test(`[property 4] there are as many placeholders as parameters, numbered in the order of the text, ${on}`, () => {
  let met = 0
  fc.assert(
    fc.property(statements, (q) => {
      for (const dialect of freshDialects())
        for (const { sql, runs: bound } of texts(dialect, q).statements) {
          const found = placeholdersIn(dialect.name, sql)
          const dense = [...new Set(found)].every((n, i) => n === i + 1)
          const repeated = dialect.name === 'postgres' ? new Set(found).size : found.length
          if (!dense) wrong(dialect, q, `placeholders ${found.join()}`, sql)
          if (bound.some((parameters) => parameters.length !== repeated))
            wrong(dialect, q, `${repeated} placeholders and ${bound.map((p) => p.length).join()} parameters`, sql)
          met += repeated
        }
    }),
    runs,
  )
  expect(met).toBeGreaterThan(5 * runs.numRuns)
})

test(`[property 5] the text tells the shape and no value, so that one compiled statement serves all, ${on}`, () => {
  fc.assert(
    fc.property(statements, (q) => {
      const { statement } = marked(q)
      const [mine, other] = [nodeOfQuery(q), nodeOfQuery(statement)]
      expect(factsOf(other).shape).toBe(factsOf(mine).shape)
      expect(sameShape(mine, other)).toBe(true)
      for (const dialect of freshDialects()) {
        const first = compiled(dialect, q)
        const compilations = dialect.cache.compilations()
        const second = compiled(dialect, statement)
        if (E.isLeft(first) || E.isLeft(second)) {
          expect(second).toEqual(first)
          continue
        }
        const [a, b] = [first.right.statements, second.right.statements]
        expect(b.map((s) => s.sql)).toEqual(a.map((s) => s.sql))
        expect(dialect.cache.compilations()).toBe(compilations)
        expect(compiled(freshDialects().find((d) => d.name === dialect.name) ?? dialect, statement)).toEqual(second)
      }
    }),
    runs,
  )
})
