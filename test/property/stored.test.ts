// A statement survives JSON: what is read back is the same statement, and nothing that is no statement is taken for one.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type AnyQuery, compile, type Kind, postgresDialect, type Query, queryCodec, queryEq, queryShow } from 'relvar'
import { query, write } from 'relvar/testing'
import { expect, test } from 'vitest'
import { freshDialects } from './compiled.js'
import { runs as lawful } from './laws.js'
import { asked, moves, notes, owners, pets, posts, stock, things, users, visits, written } from './world.js'

// A run goes through JSON, and compiles.
const runs = { ...lawful, numRuns: lawful.numRuns / 2 }

const codec = queryCodec({ users, posts, notes, things, owners, pets, visits, stock, moves })
const dialects = freshDialects()
const postgres = postgresDialect()

const through = (q: AnyQuery): AnyQuery => {
  const json = codec.encode(q)
  if (E.isLeft(json)) throw new Error(`${json.left.message}\n${queryShow.show(q)}`)
  const again = codec.decode(JSON.parse(JSON.stringify(json.right)))
  if (E.isLeft(again)) throw new Error(`${again.left.message}\n${JSON.stringify(json.right)}`)
  return again.right
}

const text = (q: AnyQuery, dialect = postgres): unknown => {
  // Generated queries are closed.
  const load = compile(dialect)(q as Query<unknown, never, never, never, Kind>)
  return E.isRight(load) && load.right._tag === 'Step'
    ? [load.right.statement.sql, load.right.statement.parameters]
    : E.isLeft(load) && load.left.message
}

const same = (q: AnyQuery): void => {
  const again = through(q)
  expect(queryShow.show(again)).toBe(queryShow.show(q))
  expect(queryEq.equals(again, q)).toBe(true)
  expect(text(again)).toEqual(text(q))
}

test('queries are the same after JSON: in Eq, in show, in SQL and its parameters', () => {
  fc.assert(fc.property(query(asked), same), runs)
})

test('writes are the same after JSON', () => {
  fc.assert(fc.property(write(written), same), runs)
})

/** The same statement, made anew: no node of it is a node of the other. */
const anew = (q: AnyQuery): AnyQuery => through(q)

test('Eq of queries and writes is reflexive, symmetric and transitive, and equal ones show alike', () => {
  fc.assert(
    fc.property(fc.oneof(query(asked), write(written)), fc.oneof(query(asked), write(written)), (q, other) => {
      const [a, b, c] = [q, anew(q), anew(anew(q))]
      for (const x of [a, b, c])
        for (const y of [a, b, c]) {
          expect(queryEq.equals(x, y)).toBe(true)
          expect(queryShow.show(x)).toBe(queryShow.show(y))
          expect(queryEq.equals(x, other)).toBe(queryEq.equals(other, y))
        }
    }),
    runs,
  )
})

test('two queries are equal where their code is, and only there', () => {
  fc.assert(
    fc.property(query(asked), query(asked), (a, b) => {
      expect(queryEq.equals(a, a)).toBe(true)
      expect(queryEq.equals(a, b)).toBe(queryEq.equals(b, a))
      if (queryEq.equals(a, b)) expect(queryShow.show(a)).toBe(queryShow.show(b))
    }),
    runs,
  )
})

test('no JSON makes the decoder throw, and what it takes the compiler answers for', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(E.isLeft(codec.decode(JSON.parse(json)))).toBe(true)
    }),
    runs,
  )
})

/** A JSON value with one place of it changed. */
const broken = (json: unknown, at: number, into: unknown): unknown => {
  let place = at
  const go = (u: unknown): unknown => {
    place -= 1
    if (place === 0) return into
    if (Array.isArray(u)) return u.map(go)
    if (typeof u !== 'object' || u === null) return u
    return Object.fromEntries(Object.entries(u).map(([key, inner]) => [key, go(inner)]))
  }
  return go(json)
}

test('[property 9] stored statements that were changed are refused, or are SQL of postgres, mysql, mariadb and sqlite, or are refused by them', () => {
  fc.assert(
    fc.property(
      fc.oneof(query(asked), write(written)),
      fc.nat(400),
      fc.oneof(
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom('users', 'Select', '__proto__', 'constructor', 'toString'),
      ),
      (q, at, into) => {
        const json = pipe(
          codec.encode(q),
          E.map((stored) => codec.decode(broken(JSON.parse(JSON.stringify(stored)), at, into))),
          E.flatten,
        )
        if (E.isRight(json)) for (const dialect of dialects) text(json.right, dialect)
      },
    ),
    runs,
  )
})

test('a text nested without end is refused', () => {
  const deep = '{"_tag":"Not","operand":'.repeat(50_000) + 'null' + '}'.repeat(50_000)
  const stored = `{"relvar":1,"sources":[],"statement":{"_tag":"Select","where":${deep}}}`
  expect(E.isLeft(codec.decode(JSON.parse(stored)))).toBe(true)
})
