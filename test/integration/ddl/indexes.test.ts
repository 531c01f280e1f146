// Indexes are made as they are said, and found in the catalogue: unique, of expressions, descending, of some rows, with more columns.
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  type AnyTable,
  charLength,
  createAll,
  createIndex,
  type Ddl,
  desc,
  dropIndex,
  eq,
  from,
  gt,
  index,
  indexOn,
  insertInto,
  integer,
  isNotNull,
  lower,
  mul,
  named,
  nullable,
  primaryKey,
  schema,
  select,
  table,
  text,
  uniqueConstraint,
  varchar,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { asked } from './asked.js'
import { bare, indexesOf, keptSql, uniquesOf } from './catalogue.js'
import { infoIn } from './memory-catalogue.js'

type World = WorldAt<Place['name']>

describe.each(places())('indexes on $label', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await openWorldAt(engine)
  })
  afterEach(() => world.close())

  const isFamily = engine.name === 'mysql' || engine.name === 'mariadb'
  const ddl = async (value: Ddl): Promise<void> => void must(await world.ddl(value))
  const made = (...tables: ReadonlyArray<AnyTable>): Promise<void> =>
    ddl(createAll(schema(Object.fromEntries(tables.map((t, i) => [String(i), t])))))
  const partsOf = async (name: string): Promise<Record<string, ReadonlyArray<string>>> =>
    Object.fromEntries((await indexesOf(world, name)).map((i) => [i.name, i.parts.map((part) => bare(part) ?? '')]))
  const names = async (name: string): Promise<ReadonlyArray<string>> =>
    (await indexesOf(world, name)).map((i) => i.name)

  const plain = table('plain', {
    id: pipe(integer, primaryKey),
    name: pipe(varchar(20), index, named('full name')),
    note: pipe(varchar(20), nullable),
    points: pipe(integer, nullable),
  })

  it('[B20, DDL19] the index of a column, made with its table and there when asked, twice made too', async () => {
    expect(await names('plain')).toEqual([])
    await made(plain)
    expect(await indexesOf(world, 'plain')).toEqual([
      { name: 'ix_plain_full name', unique: false, parts: ['full name'] },
    ])
    await made(plain)
    expect(await names('plain')).toEqual(['ix_plain_full name'])
  })

  it('[B21] several columns under a name of their own, unique and not, ascending and descending', async () => {
    const many = table(
      'many',
      { id: pipe(integer, primaryKey), a: integer, b: integer, c: pipe(integer, nullable) },
      (t) => [
        uniqueConstraint([t.b, t.a], { name: 'uix_many' }),
        uniqueConstraint([t.a, t.c]),
        indexOn([t.c, desc(t.a)], { name: 'many_by_c' }),
        indexOn([desc(t.b), t.id], { unique: true }),
      ],
    )
    await made(many)
    const uniques = (await uniquesOf(world, 'many')).filter((u) => !u.name?.startsWith('ix_'))
    expect(uniques.map((u) => u.columns)).toEqual([
      ['b', 'a'],
      ['a', 'c'],
    ])
    if (engine.name !== 'sqlite') expect(uniques.map((u) => u.name)).toEqual(['uix_many', 'uq_many_a_c'])
    const found = (await indexesOf(world, 'many')).filter((i) => !i.name.startsWith('u'))
    expect(found).toEqual([
      { name: 'ix_many_b_id', unique: true, parts: ['b desc', 'id'] },
      { name: 'many_by_c', unique: false, parts: ['c', 'a desc'] },
    ])
    await world.rows(insertInto(many)({ id: 1, a: 1, b: 1 }))
    expect(tagOf(await world.outcome(insertInto(many)({ id: 2, a: 1, b: 1 })))).toBe('UniqueViolation')
  })

  it('[DDL13] an index of expressions', async () => {
    const ranked = table(
      'ranked',
      { id: pipe(integer, primaryKey), x: varchar(10), z: integer, y: varchar(10) },
      (t) => [
        indexOn([lower(t.x), t.z, desc(lower(t.y))], { name: 'ranked_lower' }),
        indexOn([mul(t.z, 2)], { unique: true, name: 'ranked_twice' }),
      ],
    )
    const outcome = await world.ddl(createAll(schema({ ranked })))
    if (engine.name === 'mariadb') return expect(tagOf(outcome)).toBe('Unsupported')
    must(outcome)
    const expressions = {
      postgres: { ranked_lower: ['lowerx', 'z', 'lowerydesc'], ranked_twice: ['z*2'] },
      mysql: { ranked_lower: ['lowerx', 'z', 'lowerydesc'], ranked_twice: ['z*2'] },
      mariadb: {},
      memory: { ranked_lower: ['lowerranked.x', 'z', 'lowerranked.ydesc'], ranked_twice: ['mulranked.z,2'] },
      sqlite: { ranked_lower: ['expression', 'z', 'expressiondesc'], ranked_twice: ['expression'] },
    }
    expect(await partsOf('ranked')).toEqual(expressions[engine.name])
    if (engine.name === 'sqlite') {
      const kept = await keptSql(world, 'ranked_lower')
      expect(kept.slice(kept.indexOf('ON '))).toBe(`ON "ranked" ((lower("x")), "z", (lower("y")) DESC)`)
    }
    await world.rows(insertInto(ranked)({ id: 1, x: 'A', y: 'B', z: 4 }))
    expect(tagOf(await world.outcome(insertInto(ranked)({ id: 2, x: 'A', y: 'B', z: 4 })))).toBe('UniqueViolation')
    return undefined
  })

  it('an index of an expression of text without a bound is refused where the engine has none', async () => {
    const long = table('long', { id: pipe(integer, primaryKey), note: text }, (t) => [indexOn([lower(t.note)])])
    const counted = table('counted', { id: pipe(integer, primaryKey), note: text }, (t) => [
      indexOn([charLength(t.note)]),
    ])
    expect(tagOf(await world.ddl(createAll(schema({ long }))))).toBe(isFamily ? 'Unsupported' : 'Right')
    expect(tagOf(await world.ddl(createAll(schema({ counted }))))).toBe(
      engine.name === 'mariadb' ? 'Unsupported' : 'Right',
    )
  })

  it('an index of some rows: unique among them alone', async () => {
    const held = table('held', { id: pipe(integer, primaryKey), name: varchar(20), state: varchar(20) }, (t) => [
      indexOn([t.name], { unique: true, where: eq(t.state, "it's \\ 'held'"), name: 'one_held' }),
      indexOn([t.name], { where: isNotNull(t.name) }),
      indexOn([t.name]),
    ])
    const outcome = await world.ddl(createAll(schema({ held })))
    if (isFamily) return expect(tagOf(outcome)).toBe('Unsupported')
    must(outcome)
    // Three of one column: each has a name.
    expect((await names('held')).length).toBe(3)
    if (engine.name !== 'memory') {
      const said = String(
        (
          await asked(
            world,
            engine.name === 'postgres'
              ? "SELECT indexdef FROM pg_indexes WHERE indexname = 'one_held'"
              : "SELECT sql FROM sqlite_master WHERE name = 'one_held'",
          )
        )[0]?.[0],
      )
      expect(bare(said.slice(said.indexOf(' WHERE ')))).toBe('wherestate=itsheld')
    }
    await world.rows(
      insertInto(held)([
        { id: 1, name: 'a', state: 'free' },
        { id: 2, name: 'a', state: 'free' },
      ]),
    )
    await world.rows(insertInto(held)({ id: 3, name: 'a', state: "it's \\ 'held'" }))
    expect(tagOf(await world.outcome(insertInto(held)({ id: 4, name: 'a', state: "it's \\ 'held'" })))).toBe(
      'UniqueViolation',
    )
    return undefined
  })

  it('[DDL14] columns that an index holds beside those that it is ordered by', async () => {
    const covered = table('covered', { id: pipe(integer, primaryKey), a: integer, b: integer, c: integer }, (t) => [
      indexOn([t.a], { include: [t.c, t.b], name: 'covering' }),
    ])
    const outcome = await world.ddl(createAll(schema({ covered })))
    if (engine.name === 'sqlite' || isFamily) return expect(tagOf(outcome)).toBe('Unsupported')
    must(outcome)
    if (engine.name === 'memory') return expect(infoIn(world, 'covered')?.indexes[0]?.include).toEqual(['c', 'b'])
    const [row] = await asked(world, "SELECT indexdef FROM pg_indexes WHERE indexname = 'covering'")
    expect(String(row?.[0])).toMatch(/\(a\) INCLUDE \(c, b\)$/)
    return undefined
  })

  it('[B21, DDL19] an index of a table that is there, made and dropped by itself', async () => {
    await made(plain)
    const by = indexOn([desc(plain.points), plain.note], { name: 'by_points' })
    await ddl(createIndex(plain, by))
    expect(await names('plain')).toEqual(['by_points', 'ix_plain_full name'])
    expect(tagOf(await world.ddl(createIndex(plain, by)))).not.toBe('Right')
    await ddl(createIndex(plain, by, { ifNotExists: true }))
    await ddl(createIndex(plain, indexOn([plain.note])))
    expect(await names('plain')).toEqual(['by_points', 'ix_plain_full name', 'ix_plain_note'])
    await ddl(dropIndex(plain, 'by_points'))
    expect(tagOf(await world.ddl(dropIndex(plain, 'by_points')))).not.toBe('Right')
    await ddl(dropIndex(plain, 'by_points', { ifExists: true }))
    await ddl(dropIndex(plain, 'ix_plain_note', { ifExists: true }))
    expect(await names('plain')).toEqual(['ix_plain_full name'])
    await ddl(createIndex(plain, by, { ifNotExists: true }))
    expect(await names('plain')).toEqual(['by_points', 'ix_plain_full name'])
  })

  it('nulls in an index of PostgreSQL stand where relvar orders them, so that the index serves the order', async () => {
    const one = table('one', { id: pipe(integer, primaryKey), n: pipe(integer, nullable), m: integer }, (t) => [
      indexOn([desc(t.n), desc(t.m), t.id], { name: 'one_desc' }),
    ])
    await made(one)
    if (engine.name !== 'postgres')
      return expect((await indexesOf(world, 'one'))[0]?.parts).toEqual(['n desc', 'm desc', 'id'])
    const [row] = await asked(world, "SELECT indexdef FROM pg_indexes WHERE indexname = 'one_desc'")
    expect(String(row?.[0])).toMatch(/\(n DESC NULLS LAST, m DESC, id\)$/)
    return undefined
  })

  it('two indexes of one name are refused where the second would be left out without a word', async () => {
    const a = table('a', { id: pipe(integer, primaryKey), x: integer }, (t) => [indexOn([t.x], { name: 'the_index' })])
    const b = table('b', { id: pipe(integer, primaryKey), x: integer }, (t) => [indexOn([t.x], { name: 'the_index' })])
    const outcome = tagOf(await world.ddl(createAll(schema({ a, b }))))
    expect(outcome).toBe(isFamily ? 'Right' : 'IllFormed')
    expect(tagOf(await world.ddl(createAll(schema({ a }))))).toBe('Right')
    const named = table('the_table', { id: pipe(integer, primaryKey) }, (t) => [indexOn([t.id], { name: 'the_table' })])
    expect(tagOf(await world.ddl(createAll(schema({ named }))))).toBe(isFamily ? 'Right' : 'IllFormed')
  })

  it('an index mentions its own table alone', async () => {
    const other = table('other', { id: integer })
    const bad = [indexOn([other.id]), indexOn([plain.points], { where: gt(other.id, 1) })]
    await made(plain)
    for (const one of bad)
      expect(['IllFormed', 'Unsupported']).toContain(tagOf(await world.ddl(createIndex(plain, one))))
    expect(() => createIndex(plain, indexOn([plain.points], { include: [other.id] }))).toThrow(TypeError)
    expect(await names('plain')).toEqual(['ix_plain_full name'])
  })

  it('what is asked finds the same rows with the index as without', async () => {
    await made(plain)
    await world.rows(
      insertInto(plain)([
        { id: 1, name: 'x', points: 3 },
        { id: 2, name: 'y' },
      ]),
    )
    await ddl(createIndex(plain, indexOn([desc(plain.points)])))
    expect(await world.rows(pipe(from(plain), where(gt(plain.points, 1)), select(plain.id)))).toEqual([1])
  })
})
