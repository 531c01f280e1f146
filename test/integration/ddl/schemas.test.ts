// Schemas of the database: made and dropped, with tables in them that refer across.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  autoIncrement,
  createAll,
  createSchema,
  createView,
  dropAll,
  dropSchema,
  eq,
  from,
  index,
  innerJoin,
  insertInto,
  integer,
  primaryKey,
  references,
  schema,
  select,
  table,
  tableIn,
  text,
  view,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { said, told } from './asked.js'

type World = WorldAt<Place['name']>

describe.each(places())('schemas on $label', (engine) => {
  let world: World
  // A database of MySQL's belongs to the whole server.
  const name = `s "x\`y' ${Date.now().toString(36)}`
  const isSqlite = engine.name === 'sqlite'
  beforeAll(async () => {
    world = await openWorldAt(engine)
  })
  afterAll(async () => {
    if (!isSqlite) must(await world.ddl(dropSchema(name, { ifExists: true, cascade: true })))
    await world.close()
  })

  const exists = async (): Promise<boolean> => {
    if (world.tables !== null) return world.tables().schemas?.has(name) === true
    return (
      (
        await told(
          world,
          `SELECT 1 FROM information_schema.schemata WHERE schema_name = ${engine.name === 'postgres' ? '$1' : '?'}`,
          [name],
        )
      ).length > 0
    )
  }

  it('[DDL02] made once, made again where it is absent alone, dropped where it is empty, or with all that is in it', async () => {
    if (isSqlite) {
      for (const one of [createSchema(name), dropSchema(name), dropSchema(name, { cascade: true })]) {
        const outcome = await world.ddl(one)
        expect(outcome).toMatchObject({ left: { _tag: 'Unsupported', message: expect.stringContaining('ATTACH') } })
      }
      return
    }
    expect(await exists()).toBe(false)
    expect(tagOf(await world.ddl(dropSchema(name)))).not.toBe('Right')
    must(await world.ddl(dropSchema(name, { ifExists: true })))
    must(await world.ddl(createSchema(name)))
    expect(await exists()).toBe(true)
    expect(tagOf(await world.ddl(createSchema(name)))).not.toBe('Right')
    must(await world.ddl(createSchema(name, { ifNotExists: true })))
    const t = tableIn(name)('t', { id: pipe(integer, primaryKey) })
    must(await world.ddl(createAll(schema({ t }))))
    await world.rows(insertInto(t)({ id: 1 }))
    // What is in it is not lost by the way.
    expect(tagOf(await world.ddl(dropSchema(name)))).not.toBe('Right')
    expect(await world.rows(from(t))).toEqual([{ id: 1 }])
    must(await world.ddl(dropSchema(name, { cascade: true })))
    expect(await exists()).toBe(false)
  })

  it('[DDL02] tables and views of a schema: made, filled, joined with others, dropped', async () => {
    if (isSqlite) await said(world, `ATTACH DATABASE ':memory:' AS "${name.replaceAll('"', '""')}"`)
    else must(await world.ddl(createSchema(name)))
    const users = tableIn(name)('users', { id: pipe(integer, primaryKey, autoIncrement), name: pipe(text) })
    const posts = tableIn(name)('posts', {
      id: pipe(integer, primaryKey),
      userId: pipe(integer, references(users.id), index),
    })
    const here = table('users', { id: pipe(integer, primaryKey) })
    const names = view('names', pipe(from(users), select({ who: users.name, id: users.id })), { schema: name })
    const there = schema({ users, posts, names })
    must(await world.ddl(createAll(there)))
    must(await world.ddl(createAll(there)))
    must(await world.ddl(createAll(schema({ here }))))
    await world.rows(insertInto(users)([{ name: 'ed' }, { name: 'wendy' }]))
    await world.rows(insertInto(posts)({ id: 7, userId: 2 }))
    await world.rows(insertInto(here)({ id: 9 }))
    const joined = pipe(
      from(posts),
      innerJoin(names, eq(names.id, posts.userId)),
      select({ who: names.who, id: posts.id }),
    )
    expect(await world.rows(joined)).toEqual([{ who: 'wendy', id: 7 }])
    expect(await world.rows(from(here))).toEqual([{ id: 9 }])
    must(await world.ddl(createView(names, { orReplace: true })))
    expect(await world.rows(pipe(from(names), select(names.who)))).toHaveLength(2)
    must(await world.ddl(dropAll(there)))
    expect(tagOf(await world.outcome(from(posts)))).not.toBe('Right')
    expect(await world.rows(from(here))).toEqual([{ id: 9 }])
    if (!isSqlite) must(await world.ddl(dropSchema(name)))
    must(await world.ddl(dropAll(schema({ here }))))
  })
})
