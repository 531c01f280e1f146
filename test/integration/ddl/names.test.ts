// Constraints and indexes are called what they say, what the convention says, or what relvar says; and no two of them alike.
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  type AnyTable,
  checkConstraint,
  createAll,
  createTable,
  dropIndex,
  foreignKey,
  gt,
  index,
  indexOn,
  insertInto,
  integer,
  lt,
  type NamingConvention,
  nullable,
  primaryKey,
  primaryKeyConstraint,
  references,
  schema,
  table,
  unique,
  uniqueConstraint,
  varchar,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { checksOf, foreignKeysOf, indexesOf, keptSql, primaryKeyOf, uniquesOf } from './catalogue.js'

type World = WorldAt<Place['name']>

describe.each(places())('names on $label', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await openWorldAt(engine)
  })
  afterEach(() => world.close())

  const made = async (naming: NamingConvention, ...tables: ReadonlyArray<AnyTable>): Promise<void> =>
    void must(
      await world.ddl(
        createAll(schema(Object.fromEntries(tables.map((t, i) => [String(i), t])), undefined, { naming })),
      ),
    )

  /** The names of all that a table has but its primary key, sorted; SQLite keeps those of constraints in its text. */
  const namesOf = async (name: string): Promise<ReadonlyArray<string>> => {
    const indexes = (await indexesOf(world, name)).map((i) => i.name)
    if (engine.name === 'sqlite') {
      const said = [...(await keptSql(world, name)).matchAll(/CONSTRAINT "((?:[^"]|"")*)"/g)]
      return [...indexes, ...said.map((one) => (one[1] ?? '').replaceAll('""', '"'))].sort()
    }
    const uniques = (await uniquesOf(world, name)).map((u) => u.name ?? '')
    return [
      ...indexes.filter((i) => !uniques.includes(i)),
      ...uniques,
      ...(await checksOf(world, name)).map(([check]) => check),
      ...(await foreignKeysOf(world, name)).map((k) => k.name ?? ''),
    ].sort()
  }

  const parents = table('parents', { id: pipe(integer, primaryKey), other: pipe(integer, unique) })
  const full = table(
    'full',
    {
      id: pipe(integer, primaryKey),
      a: pipe(integer, unique),
      b: pipe(integer, index),
      c: pipe(integer, references(parents.id)),
      d: pipe(integer, nullable),
    },
    (t) => [
      uniqueConstraint([t.a, t.b]),
      indexOn([t.b, t.a]),
      checkConstraint(gt(t.a, 0)),
      foreignKey(t.d, parents.other),
      foreignKey(t.d, parents.id),
    ],
  )

  it('the usual names', async () => {
    await made({}, parents, full)
    const names = await namesOf('full')
    expect(names.filter((name) => !name.startsWith('fk_full_d'))).toEqual([
      'ck_full_1',
      'fk_full_c',
      'ix_full_b',
      'ix_full_b_a',
      'uq_full_a',
      'uq_full_a_b',
    ])
    // Two foreign keys of one column have two names.
    expect(new Set(names.filter((name) => name.startsWith('fk_full_d'))).size).toBe(2)
  })

  it('the names of a convention, those of the constraints before them', async () => {
    const naming: NamingConvention = {
      primaryKey: (of) => `PK ${of}`,
      unique: (of, columns) => `UQ ${of} ${columns.join('+')}`,
      index: (of, columns) => `IX ${of} ${columns.join('+')}`,
      check: (of, nth) => `CK ${of} ${String(nth)}`,
      foreignKey: (of, columns, target) => `FK ${of} ${columns.join('+')} ${target}`,
    }
    const own = table('own', { id: pipe(integer, primaryKey), a: integer, b: integer, c: integer }, (t) => [
      uniqueConstraint([t.a, t.b]),
      uniqueConstraint([t.b], { name: 'mine_b' }),
      indexOn([t.c]),
      indexOn([t.a], { name: 'mine_a' }),
      checkConstraint(gt(t.a, 0), { name: 'mine_check' }),
      checkConstraint(lt(t.a, 9)),
      foreignKey(t.c, parents.id),
      foreignKey(t.b, parents.other, { name: 'mine_key' }),
    ])
    await made(naming, parents, own)
    expect(await namesOf('own')).toEqual(
      ['CK own 2', 'FK own c parents', 'IX own c', 'UQ own a+b', 'mine_a', 'mine_b', 'mine_check', 'mine_key'].sort(),
    )
    if (engine.name === 'postgres' || engine.name === 'memory')
      expect((await primaryKeyOf(world, 'own'))?.name).toBe('PK own')
  })

  it('[IDN14] names that a convention makes too long, or alike, stay apart', async () => {
    const naming: NamingConvention = {
      index: () => 'always_the_same',
      unique: (of, columns) => `${of}_${columns.join('_')}_${'x'.repeat(80)}`,
    }
    const many = table('many', { id: pipe(integer, primaryKey), a: integer, b: integer, c: integer }, (t) => [
      indexOn([t.a]),
      indexOn([t.b]),
      indexOn([t.a, t.b]),
      uniqueConstraint([t.a, t.c]),
      uniqueConstraint([t.b, t.c]),
    ])
    await made(naming, many)
    const names = await namesOf('many')
    expect(new Set(names).size).toBe(5)
    expect(names.filter((name) => new TextEncoder().encode(name).length > 63)).toEqual([])
    // Twice, nothing more is there.
    await made(naming, many)
    expect(await namesOf('many')).toEqual(names)
  })

  it('three indexes of one column with other rows or ways have three names', async () => {
    const many = table('many', { id: pipe(integer, primaryKey), a: integer, a_a: integer }, (t) => [
      indexOn([t.a]),
      indexOn([t.a], { unique: true }),
      indexOn([t.a, t.a_a]),
      indexOn([t.a_a]),
    ])
    await made({}, many)
    expect((await indexesOf(world, 'many')).map((i) => i.parts.join()).sort()).toEqual(['a', 'a', 'a,a_a', 'a_a'])
  })

  it('[IDN05] quotes and other marks in the names of keys, checks, foreign keys and indexes', async () => {
    for (const mark of [
      "it's",
      '"quoted"',
      '`ticked`',
      'back\\slash',
      'semi;colon --',
      '/* c */',
      '測試',
      'per%cent',
      'a b',
    ]) {
      const up = table(`up ${mark}`, { id: pipe(integer, primaryKey), code: varchar(9) }, (t) => [
        primaryKeyConstraint([t.id], { name: `pk ${mark}` }),
        uniqueConstraint([t.code], { name: `uq ${mark}` }),
      ])
      const down = table(`down ${mark}`, { id: pipe(integer, primaryKey), [mark]: integer }, (t) => {
        const column = t[mark] as typeof t.id
        return [
          checkConstraint(gt(column, 0), { name: `ck ${mark}` }),
          foreignKey(column, up.id, { name: `fk ${mark}` }),
          indexOn([column], { name: `ix ${mark}` }),
        ]
      })
      await made({}, up, down)
      expect((await namesOf(`down ${mark}`)).filter((name) => name.endsWith(mark))).toEqual([
        `ck ${mark}`,
        `fk ${mark}`,
        `ix ${mark}`,
      ])
      await world.rows(insertInto(up)({ id: 1, code: 'x' }))
      expect(tagOf(await world.outcome(insertInto(down)({ id: 1, [mark]: 0 } as never)))).toBe('CheckViolation')
      expect(tagOf(await world.outcome(insertInto(down)({ id: 1, [mark]: 2 } as never)))).toBe('ForeignKeyViolation')
      expect(tagOf(await world.outcome(insertInto(up)({ id: 2, code: 'x' })))).toBe('UniqueViolation')
      // MySQL and MariaDB keep an index that a foreign key needs.
      if (engine.name !== 'mysql' && engine.name !== 'mariadb') must(await world.ddl(dropIndex(down, `ix ${mark}`)))
    }
  })

  it('[dialect 80] names that an engine would cut, and columns that differ by case alone, are refused where they are said', () => {
    const long = 'x'.repeat(64)
    expect(() => table(long, { id: integer })).toThrow(TypeError)
    expect(() => table('t', { [long]: integer })).toThrow(TypeError)
    expect(() => table('t', { a: integer, A: integer })).toThrow(TypeError)
    expect(() => table('t', { id: integer }, (t) => [indexOn([t.id], { name: long })])).toThrow(TypeError)
    expect(() => table('t', { id: integer }, (t) => [checkConstraint(gt(t.id, 1), { name: '' })])).toThrow(TypeError)
    expect(() => table('t', { id: integer }, (t) => [uniqueConstraint([t.id], { name: 'a\0b' })])).toThrow(TypeError)
    expect(() => pipe(integer, references(parents.id, { name: `${long}é` }))).toThrow(TypeError)
  })

  it('[dialect 80] names keep their case, and reserved words are names', async () => {
    const Order = table('Order', { Select: pipe(integer, primaryKey), group: pipe(integer, nullable, index) })
    await made({}, Order)
    await world.rows(insertInto(Order)({ Select: 1, group: 2 }))
    expect((await indexesOf(world, 'Order')).map((i) => [i.name, i.parts])).toEqual([['ix_Order_group', ['group']]])
    expect((await primaryKeyOf(world, 'Order'))?.columns).toEqual(['Select'])
  })

  it('a convention that gives no name, or throws, is an error of the definition', async () => {
    const one = table('one', { id: pipe(integer, primaryKey), a: pipe(integer, index) })
    const bad: ReadonlyArray<NamingConvention> = [
      { index: () => '' },
      { index: () => 5 as never },
      { index: () => 'a\0b' },
      { index: () => 'ends in a space ' },
      {
        index: () => {
          throw new Error('no')
        },
      },
    ]
    for (const naming of bad) expect(tagOf(await world.ddl(createTable(one, { naming })))).toBe('IllFormed')
  })
})
