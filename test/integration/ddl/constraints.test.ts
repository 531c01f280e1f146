// Constraints are kept as they are said: checks and their names, uniqueness and foreign keys that wait for the end of a transaction.
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  add,
  and,
  type AnyTable,
  autoIncrement,
  between,
  boolean,
  checkConstraint,
  coalesce,
  concat,
  createAll,
  createTable,
  Db,
  enumeration,
  eq,
  everyRow,
  foreignKey,
  type ForeignKeyOptions,
  from,
  generated,
  generatedAs,
  gt,
  inList,
  insertInto,
  inQuery,
  integer,
  like,
  lower,
  lt,
  mul,
  ne,
  not,
  nullable,
  numeric,
  or,
  param,
  primaryKey,
  primaryKeyConstraint,
  references,
  regexMatches,
  schema,
  select,
  set,
  table,
  text,
  uniqueConstraint,
  update,
  varchar,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { asked } from './asked.js'
import { bare, checksOf, foreignKeysOf, primaryKeyOf, uniquesOf } from './catalogue.js'

type World = WorldAt<Place['name']>

describe.each(places())('constraints on $label', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await openWorldAt(engine)
  })
  afterEach(() => world.close())

  const isFamily = engine.name === 'mysql' || engine.name === 'mariadb'
  const checks = async (name: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await checksOf(world, name)).map(([called, holds]) => [called, bare(holds)?.replace(/^check/, '') ?? '']),
    )

  it('[DDL08] checks with a name, with a name in mixed case and without one', async () => {
    const held = table('held', { id: pipe(integer, primaryKey), a: pipe(integer, nullable), b: varchar(20) }, (t) => [
      checkConstraint(and(gt(t.a, 1), lt(t.a, 5)), { name: 'between_them' }),
      checkConstraint(ne(t.b, ''), { name: 'MixedCase' }),
      checkConstraint(gt(t.id, 0)),
      checkConstraint(lt(t.id, 100)),
    ])
    must(await world.ddl(createAll(schema({ held }))))
    const found = await checks('held')
    expect(Object.keys(found).sort()).toEqual(['MixedCase', 'between_them', 'ck_held_3', 'ck_held_4'])
    // In memory they are what was said.
    const isSaid = engine.name === 'memory'
    expect(found['between_them']).toBe(isSaid ? 'andgtheld.a,1,ltheld.a,5' : 'a>1anda<5')
    expect(found['MixedCase']).toBe(isSaid ? 'neheld.b,' : 'b<>')
    expect(found['ck_held_3']).toBe(isSaid ? 'gtheld.id,0' : 'id>0')
    await world.rows(
      insertInto(held)([
        { id: 1, a: 2, b: 'x' },
        { id: 2, b: 'y' },
      ]),
    )
    for (const wrong of [
      { id: 3, a: 5, b: 'x' },
      { id: 3, a: 1, b: 'x' },
      { id: 3, a: 2, b: '' },
      { id: 0, b: 'x' },
      { id: 100, b: 'x' },
    ])
      expect(tagOf(await world.outcome(insertInto(held)(wrong)))).toBe('CheckViolation')
    // What is unknown is no violation.
    expect(await world.rows(pipe(from(held), select(held.id)))).toEqual([1, 2])
  })

  it('checks hold what they say, whatever they are made of', async () => {
    const many = table(
      'many',
      {
        id: pipe(integer, primaryKey),
        name: pipe(varchar(30), nullable),
        flag: pipe(boolean, nullable),
        price: pipe(numeric(8, 2), nullable),
        kind: pipe(enumeration(['a', "b'c"]), nullable),
      },
      (t) => [
        checkConstraint(or(pipe(t.name, inList(["it's", 'back\\slash', 'x%y'])), pipe(t.name, like('ok%')))),
        checkConstraint(t.flag, { name: 'flagged' }),
        checkConstraint(pipe(t.price, between('0.50', '10.00'))),
        checkConstraint(not(eq(lower(coalesce(t.name, 'none')), concat('x', '%', 'Y'))), { name: "O'Hara's" }),
      ],
    )
    must(await world.ddl(createAll(schema({ many }))))
    // The types of SQLite's columns are checks, and those of memory need none.
    expect((await checksOf(world, 'many')).length).toBe(engine.name === 'sqlite' ? 6 : engine.name === 'memory' ? 4 : 5)
    await world.rows(
      insertInto(many)([
        { id: 1, name: "it's", flag: true, price: '0.50', kind: "b'c" },
        { id: 2, name: 'back\\slash', price: '10.00' },
        { id: 3, name: 'okay' },
      ]),
    )
    for (const wrong of [
      { name: 'its' },
      { name: 'OKAY' },
      { flag: false },
      { price: '0.49' },
      { price: '10.01' },
    ] as const)
      expect(tagOf(await world.outcome(insertInto(many)({ id: 9, ...wrong })))).toBe('CheckViolation')
  })

  it('a check asks no query, mentions no other table, and holds no parameter', async () => {
    const other = table('other', { id: integer })
    const bad = [
      table('bad', { id: integer }, (t) => [checkConstraint(pipe(t.id, inQuery(pipe(from(other), select(other.id)))))]),
      table('bad', { id: integer }, () => [checkConstraint(gt(other.id, 1))]),
      table('bad', { id: integer }, (t) => [checkConstraint(gt(t.id, param('n', integer)))]),
      table('bad', { id: integer }, () => [checkConstraint('true' as never)]),
    ]
    for (const one of bad) expect(tagOf(await world.ddl(createTable(one)))).toBe('IllFormed')
    const action = table('bad', { id: integer }, (t) => [
      foreignKey(t.id, table('other', { id: pipe(integer, primaryKey) }).id, { onDelete: '; --' as never }),
    ])
    expect(tagOf(await world.ddl(createTable(action)))).toBe('IllFormed')
    const regex = table('bad', { name: varchar(9) }, (t) => [checkConstraint(pipe(t.name, regexMatches('^a+$')))])
    const outcome = tagOf(await world.ddl(createTable(regex)))
    expect(outcome).toBe(engine.name === 'sqlite' ? 'Unsupported' : 'Right')
    if (outcome === 'Right') expect(tagOf(await world.outcome(insertInto(regex)({ name: 'b' })))).toBe('CheckViolation')
  })

  it('what a foreign key changes, or the database counts, is in no check and computes nothing, where the engine has that rule', async () => {
    const p = table('p', { id: pipe(integer, primaryKey) })
    const tagsOf = async (make: (options: ForeignKeyOptions) => AnyTable): Promise<ReadonlyArray<string>> => {
      const tags: Array<string> = []
      for (const options of [{ onDelete: 'setNull' }, { onUpdate: 'cascade' }, { onDelete: 'cascade' }, {}] as const) {
        const tables = { p, c: make(options) }
        tags.push(tagOf(await world.ddl(createAll(schema(tables)))))
        await world.drop(tables)
      }
      return tags
    }
    const id = pipe(integer, primaryKey)
    const of = (options: ForeignKeyOptions) => pipe(integer, references(p.id, options), nullable)
    const no = isFamily ? 'Unsupported' : 'Right'
    expect(await tagsOf((o) => table('c', { id, of: of(o) }, (t) => [checkConstraint(gt(t.of, 0))]))).toEqual([
      no,
      no,
      'Right',
      'Right',
    ])
    expect(
      await tagsOf((o) =>
        table('c', { id, of: of(o), n: pipe(integer, nullable, generated) }, (t) => [generatedAs(t.n, mul(t.of, 2))]),
      ),
    ).toEqual([no, no, engine.name === 'mysql' ? 'Unsupported' : 'Right', 'Right'])
    expect(
      await tagsOf((o) =>
        table('c', { id, k: integer, of: pipe(integer, nullable, generated) }, (t) => [
          generatedAs(t.of, mul(t.k, 2)),
          foreignKey(t.of, p.id, o),
        ]),
      ),
    ).toEqual(['IllFormed', 'IllFormed', 'Right', 'Right'])
    const counted = { id: pipe(integer, primaryKey, autoIncrement) }
    expect(await tagsOf(() => table('c', counted, (t) => [checkConstraint(gt(t.id, 0))]))).toContain(no)
    expect(
      await tagsOf(() =>
        table('c', { ...counted, n: pipe(integer, generated) }, (t) => [generatedAs(t.n, mul(t.id, 2))]),
      ),
    ).toContain(no)
  })

  it('[B21, B30, DDL08] names of several constraints by the naming convention of the schema', async () => {
    const parents = table('parents', { id: pipe(integer, primaryKey), code: varchar(5) }, (t) => [
      uniqueConstraint([t.code]),
      checkConstraint(ne(t.code, 'x')),
    ])
    const children = table('children', { id: pipe(integer, primaryKey), of: pipe(integer, references(parents.id)) })
    const naming = {
      primaryKey: (of: string) => `${of}_pkey`,
      unique: (of: string, columns: ReadonlyArray<string>) => `${of}_${columns.join('_')}_key`,
      check: (of: string, nth: number) => `${of}_check${nth}`,
      foreignKey: (of: string, columns: ReadonlyArray<string>, target: string) =>
        `${of}_${columns.join('_')}_to_${target}`,
    }
    must(await world.ddl(createAll(schema({ parents, children }, undefined, { naming }))))
    expect(Object.keys(await checks('parents'))).toEqual(['parents_check1'])
    if (engine.name === 'postgres') expect((await primaryKeyOf(world, 'parents'))?.name).toBe('parents_pkey')
    if (engine.name === 'sqlite') return
    expect((await uniquesOf(world, 'parents')).map((u) => u.name)).toEqual(['parents_code_key'])
    expect((await foreignKeysOf(world, 'children')).map((k) => k.name)).toEqual(['children_of_to_parents'])
  })

  it('[B16] the primary key has a name where the engine keeps one', async () => {
    const plain = table('plain', { id: pipe(integer, primaryKey) })
    const named = table('named', { id: pipe(integer, primaryKey) }, (t) => [
      primaryKeyConstraint([t.id], { name: 'the_key' }),
    ])
    must(await world.ddl(createAll(schema({ plain, named }))))
    const none = engine.name === 'sqlite' ? null : 'PRIMARY'
    const isKept = engine.name === 'postgres' || engine.name === 'memory'
    expect(await primaryKeyOf(world, 'plain')).toEqual({
      name: isKept ? 'pk_plain' : none,
      columns: ['id'],
    })
    expect((await primaryKeyOf(world, 'named'))?.name).toBe(isKept ? 'the_key' : none)
  })

  it('uniqueness that waits for the end of a transaction, where the engine has it', async () => {
    const queue = table('queue', { id: pipe(integer, primaryKey), place: integer }, (t) => [
      uniqueConstraint([t.place], { deferrable: 'deferred', name: 'one_place' }),
    ])
    const outcome = await world.ddl(createAll(schema({ queue })))
    if (engine.name === 'sqlite' || isFamily) return expect(tagOf(outcome)).toBe('Unsupported')
    must(outcome)
    if (engine.name === 'postgres') {
      const said = await asked(
        world,
        "SELECT condeferrable::int::text, condeferred::int::text FROM pg_constraint WHERE conname = 'one_place'",
      )
      expect(said).toEqual([['1', '1']])
    }
    await world.rows(
      insertInto(queue)([
        { id: 1, place: 1 },
        { id: 2, place: 2 },
      ]),
    )
    // Each row in turn has the place of the other.
    await world.rows(pipe(update(queue), set({ place: add(mul(queue.place, -1), 3) }), everyRow))
    return undefined
  })

  it('[B26] foreign keys that wait for the end of a transaction, where the engine has them', async () => {
    const parents = table('parents', { id: pipe(integer, primaryKey) })
    const children = table('children', { id: pipe(integer, primaryKey), of: integer }, (t) => [
      foreignKey(t.of, parents.id, { deferrable: 'deferred', name: 'later' }),
    ])
    const strict = table('strict', { id: pipe(integer, primaryKey), of: integer }, (t) => [
      foreignKey(t.of, parents.id, { deferrable: 'immediate', name: 'at_once' }),
    ])
    const outcome = await world.ddl(createAll(schema({ parents, children, strict })))
    if (isFamily) return expect(tagOf(outcome)).toBe('Unsupported')
    must(outcome)
    if (engine.name === 'postgres')
      expect(
        await asked(
          world,
          "SELECT conname, condeferrable::int::text, condeferred::int::text FROM pg_constraint WHERE contype = 'f' ORDER BY conname",
        ),
      ).toEqual([
        ['at_once', '1', '0'],
        ['later', '1', '1'],
      ])
    else if (engine.name === 'sqlite')
      expect(String((await asked(world, "SELECT sql FROM sqlite_master WHERE name = 'children'"))[0]?.[0])).toMatch(
        /DEFERRABLE INITIALLY DEFERRED/,
      )
    const childFirst = world.db.transaction()((tx) =>
      pipe(
        Db.execute(insertInto(children)({ id: 1, of: 7 }))(tx),
        TE.chain(() => Db.execute(insertInto(parents)({ id: 7 }))(tx)),
      ),
    )
    must(await childFirst())
    const never = world.db.transaction()(Db.execute(insertInto(children)({ id: 2, of: 8 })))
    expect(tagOf(await never())).toBe('ForeignKeyViolation')
    expect(tagOf(await world.db.transaction()(Db.execute(insertInto(strict)({ id: 1, of: 9 })))())).toBe(
      'ForeignKeyViolation',
    )
    expect(await world.rows(pipe(from(children), select(children.id)))).toEqual([1])
    return undefined
  })

  it('[B34] keys of text without a bound are refused where they do not fit, of several columns too', async () => {
    const pair = table('pair', { a: varchar(500), b: varchar(500) }, (t) => [uniqueConstraint([t.a, t.b])])
    const long = table('long', { a: text, b: integer }, (t) => [uniqueConstraint([t.b, t.a])])
    const wanted = engine.name === 'mysql' ? 'Unsupported' : 'Right'
    expect(tagOf(await world.ddl(createTable(pair)))).toBe(wanted)
    expect(tagOf(await world.ddl(createTable(long)))).toBe(wanted)
  })

  it('a computed column that cannot be null holds that', async () => {
    const sized = table(
      'sized',
      { id: pipe(integer, primaryKey), n: pipe(integer, nullable), twice: pipe(integer, generated) },
      (t) => [generatedAs(t.twice, mul(t.n, 2) as never)],
    )
    must(await world.ddl(createAll(schema({ sized }))))
    await world.rows(insertInto(sized)({ id: 1, n: 2 }))
    expect(await world.rows(from(sized))).toEqual([{ id: 1, n: 2, twice: 4 }])
    expect(tagOf(await world.outcome(insertInto(sized)({ id: 2 })))).toBe(
      engine.name === 'mariadb' ? 'CheckViolation' : 'NotNullViolation',
    )
  })
})
