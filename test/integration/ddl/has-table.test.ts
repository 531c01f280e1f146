// Whether a table is there, and what its columns are as data.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  autoIncrement,
  columnsOf,
  comment,
  computed,
  createAll,
  createSchema,
  createView,
  Db,
  defaultTo,
  dropAll,
  dropSchema,
  dropView,
  from,
  generated,
  generatedAs,
  integer,
  mul,
  named,
  nullable,
  primaryKey,
  references,
  schema,
  select,
  serverDefault,
  subquery,
  table,
  tableIn,
  unique,
  varchar,
  view,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, type World as WorldAt } from '../../support/run-load.js'
import { said } from './asked.js'

type World = WorldAt<Place['name']>

const users = table('a "user`s', { id: pipe(integer, primaryKey) })
const all = schema({ users })

describe.each(places())('hasTable on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorldAt(engine)
  })
  afterAll(() => world.close())
  const has = async (t: Parameters<typeof Db.hasTable>[0]): Promise<boolean> => must(await Db.hasTable(t)(world.db)())

  it('[B14, M04] false before and after, true while it is there: by value, by name, as a view, in a transaction', async () => {
    expect(await has(users)).toBe(false)
    must(await world.ddl(createAll(all)))
    expect([await has(users), await has('a "user`s')]).toEqual([true, true])
    expect([await has('a "user'), await has('%'), await has('')]).toEqual([false, false, false])
    const some = view('some', pipe(from(users), select({ id: users.id })))
    expect(await has(some)).toBe(false)
    must(await world.ddl(createView(some)))
    expect(await has(some)).toBe(true)
    must(await world.ddl(dropView(some)))
    expect(await world.db.transaction()((tx) => tx.hasTable(users))()).toEqual(E.right(true))
    must(await world.ddl(dropAll(all)))
    expect(await has(users)).toBe(false)
  })

  it('[M04] in a schema: a table of the same name elsewhere is another one', async () => {
    const name = `other_${Date.now().toString(36)}`
    const there = tableIn(name)('here', { id: pipe(integer, primaryKey) })
    const here = table('here', { id: pipe(integer, primaryKey) })
    expect(await has(there)).toBe(false)
    if (engine.name === 'sqlite') await said(world, `ATTACH DATABASE ':memory:' AS ${name}`)
    else must(await world.ddl(createSchema(name)))
    must(await world.ddl(createAll(schema({ here }))))
    expect([await has(there), await has(here)]).toEqual([false, true])
    must(await world.ddl(createAll(schema({ there }))))
    must(await world.ddl(dropAll(schema({ here }))))
    // Without a schema it is what a query would read: SQLite looks through all that is attached.
    expect([await has(there), await has(here)]).toEqual([true, engine.name === 'sqlite'])
    if (engine.name === 'sqlite') await said(world, `DETACH DATABASE ${name}`)
    else must(await world.ddl(dropSchema(name, { cascade: true })))
    expect(await has(there)).toBe(false)
  })
})

describe('in memory', () => {
  it('[M05] the columns of a table as plain data, under an alias, of a derived table, of computed attributes', () => {
    const boxes = table(
      'boxes',
      {
        id: pipe(integer, primaryKey, autoIncrement),
        ownerId: pipe(integer, nullable, references(users.id), named('owner id')),
        side: pipe(integer, defaultTo(3), comment('in metres')),
        label: pipe(varchar(9), unique, serverDefault('x')),
        area: pipe(integer, generated),
      },
      (t) => [generatedAs(t.area, mul(t.side, t.side))],
    )
    const plain = {
      type: 'Integer',
      length: null,
      nullable: false,
      primaryKey: false,
      autoIncrement: false,
      unique: false,
      index: false,
      default: null,
      computed: null,
      references: null,
      comment: null,
      collation: null,
    }
    const described = [
      { ...plain, key: 'id', name: 'id', primaryKey: true, autoIncrement: true },
      {
        ...plain,
        key: 'ownerId',
        name: 'owner id',
        nullable: true,
        references: { schema: null, table: 'a "user`s', column: 'id' },
      },
      { ...plain, key: 'side', name: 'side', default: 'value', comment: 'in metres' },
      { ...plain, key: 'label', name: 'label', type: 'Varchar', length: 9, unique: true, default: 'server' },
      { ...plain, key: 'area', name: 'area', computed: 'stored' },
    ]
    expect(columnsOf(boxes)).toEqual(described)
    expect(columnsOf(pipe(boxes, alias('b')))).toEqual(described)
    expect(JSON.parse(JSON.stringify(columnsOf(boxes)))).toEqual(described)
    const derived = pipe(from(boxes), select({ n: boxes.side }), subquery('d'))
    expect(columnsOf(derived)).toEqual([{ ...plain, key: 'n', name: 'n' }])
    const more = computed(boxes, { twice: mul(boxes.side, 2) })
    expect(columnsOf(more).at(-1)).toEqual({ ...plain, key: 'twice', name: 'twice', computed: 'read' })
  })
})
