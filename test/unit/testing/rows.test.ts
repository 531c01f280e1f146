// Rows at random: in the domain of their codecs, of what checks speak of, and small where they refute a property.
import fc from 'fast-check'
import * as t from 'io-ts'
import { pipe } from 'fp-ts/lib/function.js'
import {
  asDate,
  between,
  checkConstraint,
  foreignKey,
  inList,
  integer,
  json,
  nullable,
  primaryKey,
  references,
  refine,
  schema,
  table,
  text,
  timestamptz,
  varchar,
} from 'relvar'
import { rowsIn } from 'relvar/memory'
import { contents, rows } from 'relvar/testing'
import { describe, expect, test } from 'vitest'

const users = table('users', { id: pipe(integer, primaryKey), name: text, bossId: pipe(integer, nullable) }, (own) => [
  foreignKey(own.bossId, own.id),
])
const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })

/** The counterexample to this, made as small as it gets. */
const smallest = <A>(arbitrary: fc.Arbitrary<A>, holds: (a: A) => boolean): A | undefined =>
  fc.check(fc.property(arbitrary, holds), { seed: 11, numRuns: 500 }).counterexample?.[0]

describe('counterexamples', () => {
  test('are one row with the least values where one refutes', () => {
    expect(smallest(rows(users), (all) => all.length < 1)).toEqual([{ id: 0, name: '', bossId: null }])
  })

  test('are as many rows as are needed', () => {
    expect(smallest(rows(users), (all) => all.length < 3)?.length).toBe(3)
    expect(smallest(rows(users), (all) => !all.some((row) => row.bossId !== null))?.length).toBe(2)
  })

  test('have the parents that are needed, and no others', () => {
    const tables = smallest(contents([posts, users]), (all) => rowsIn(posts)(all).length === 0)
    expect(tables === undefined ? [] : [rowsIn(users)(tables), rowsIn(posts)(tables)]).toEqual([
      [{ id: 0, name: '', bossId: null }],
      [{ id: 0, authorId: 0 }],
    ])
  })
})

describe('values', () => {
  interface MailBrand {
    readonly Mail: unique symbol
  }
  const Mail = t.brand(t.string, (s): s is t.Branded<string, MailBrand> => s.includes('@'), 'Mail')
  interface Tree {
    readonly value: number
    readonly below: ReadonlyArray<Tree>
  }
  const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ value: t.number, below: t.readonlyArray(Tree) }))
  const Shape = t.union([
    t.exact(t.type({ kind: t.literal('circle'), radius: t.number })),
    t.intersection([t.type({ kind: t.literal('path') }), t.partial({ to: t.tuple([t.number, t.string]) })]),
    t.type({ kind: t.literal('map'), of: t.record(t.keyof({ x: null, y: null }), t.boolean) }),
  ])
  const things = table('things', {
    id: pipe(integer, primaryKey),
    mail: pipe(varchar(40), refine(Mail)),
    at: pipe(timestamptz, asDate),
    tree: json(Tree),
    shape: json(Shape),
  })

  test('are in the domain of their codecs, of each of its members', () => {
    const all = fc.sample(rows(things), { numRuns: 300, seed: 1 }).flat()
    expect(all.length).toBeGreaterThan(300)
    expect(all.filter((row) => !Mail.is(row.mail) || !Tree.is(row.tree) || !Shape.is(row.shape))).toEqual([])
    expect(all.every((row) => row.at instanceof Date)).toBe(true)
    expect(new Set(all.map((row) => row.shape.kind))).toEqual(new Set(['circle', 'path', 'map']))
    expect(all.some((row) => row.tree.below.some((below) => below.below.length > 0))).toBe(true)
  })

  test('that no codec takes are to be given', () => {
    const Odd = new t.Type<symbol, string, unknown>(
      'Odd',
      (_u): _u is symbol => false,
      t.failure,
      () => '',
    )
    expect(() => rows(table('odd', { value: pipe(text, refine(Odd)) }))).toThrow('no value at hand is a Odd')
    expect(() => rows(table('odd', { value: json(Odd) }))).toThrow('no document at hand is a Odd')
  })

  test('are those that checks speak of', () => {
    const years = table('years', { year: integer, word: text }, (own) => [
      checkConstraint(pipe(own.year, between(1990, 2010))),
      checkConstraint(pipe(own.word, inList(['left', 'right']))),
    ])
    const all = fc.sample(rows(years), { numRuns: 100, seed: 1 })
    expect(all.filter((one) => one.length > 1).length).toBeGreaterThan(50)
    expect(new Set(all.flat().map((row) => row.word))).toEqual(new Set(['left', 'right']))
    expect(new Set(all.flat().map((row) => row.year))).toEqual(new Set([1990, 1991, 2009, 2010]))
  })

  test('of an override stand in the place of drawn ones', () => {
    const all = fc.sample(contents([users], { users: { name: fc.constant('me') } }), { numRuns: 20, seed: 1 })
    expect(new Set(all.flatMap((tables) => rowsIn(users)(tables)).map((row) => row.name))).toEqual(new Set(['me']))
  })
})

test('references that nothing can meet leave a table empty', () => {
  const [left, right] = [
    table('left', { id: pipe(integer, primaryKey), rightId: integer }),
    table('right', { id: pipe(integer, primaryKey), leftId: integer }),
  ]
  const both = schema({ left, right }, () => [foreignKey(left.rightId, right.id), foreignKey(right.leftId, left.id)])
  const all = fc.sample(contents(both), { numRuns: 20, seed: 1 })
  expect(all.flatMap((tables) => [...rowsIn(left)(tables), ...rowsIn(right)(tables)])).toEqual([])
})
