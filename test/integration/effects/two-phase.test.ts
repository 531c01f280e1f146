// Transactions that are prepared first and decided later, by whoever knows their name.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  commitPrepared,
  createAll,
  type Database,
  Db,
  deleteFrom,
  everyRow,
  from,
  insertInto,
  integer,
  preparedTransactions,
  primaryKey,
  rollbackPrepared,
  schema,
  table,
  transaction,
} from '../../../src/index.js'
import { memory } from '../../../src/memory.js'
import { sqlite } from '../../../src/sqlite.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { must } from '../../support/run-load.js'
import { open } from './raw.js'

const notes = table('notes', { id: pipe(integer, primaryKey) })
const add = (id: number) => Db.execute(insertInto(notes)({ id }))
const size = Db.count(from(notes))

// XA's names are those of a server
let count = 0
const nameOf = (): string => `relvar:${process.pid}.${(count += 1)}`

const servers = engines().filter(({ name }) => name !== 'sqlite')

describe.each(servers.map((engine) => [engine.label, engine] as const))('two phases on %s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = open(engine, fresh.url, 'poolSize=2')
    must(await db.execute(createAll(schema({ notes })))())
  })
  afterAll(async () => {
    await db.close()()
    await fresh.drop()
  })
  beforeEach(async () => void must(await db.execute(everyRow(deleteFrom(notes)))()))

  const listed = async (name: string): Promise<boolean> => must(await preparedTransactions(db)()).includes(name)

  it('[TXN12] prepares, tells what is prepared, and commits', async () => {
    const name = nameOf()
    const prepared = await pipe(
      add(1),
      RTE.map(() => 'done'),
      transaction({ prepare: name }),
    )(db)()
    expect(prepared).toEqual(E.right('done'))
    expect(await listed(name)).toBe(true)
    // nobody sees it before it is decided
    expect(must(await size(db)())).toBe(0)
    expect(await commitPrepared(name)(db)()).toEqual(E.right(undefined))
    expect(must(await size(db)())).toBe(1)
    expect(await listed(name)).toBe(false)
    expect(await commitPrepared(name)(db)()).toMatchObject({ left: { _tag: 'Sql' } })
  })

  it('[TXN12] rolls back what was prepared', async () => {
    const name = nameOf()
    must(await transaction({ prepare: name, isolation: 'serializable' })(add(1))(db)())
    expect(await rollbackPrepared(name)(db)()).toEqual(E.right(undefined))
    expect(must(await size(db)())).toBe(0)
    expect(await listed(name)).toBe(false)
  })

  it('[TXN12] recovers: what one Database has prepared another one finds and decides', async () => {
    const name = nameOf()
    const first = open(engine, fresh.url, 'poolSize=1')
    must(await transaction({ prepare: name })(add(1))(first)())
    await first.close()()
    expect(await listed(name)).toBe(true)
    must(await commitPrepared(name)(db)())
    expect(must(await size(db)())).toBe(1)
  })

  it('prepares nothing where the program ends with a Left, and the next effect works', async () => {
    const name = nameOf()
    const left = pipe(
      add(1),
      RTE.chainW(() => RTE.left('mine' as const)),
      transaction({ prepare: name }),
    )
    expect(await left(db)()).toEqual(E.left('mine'))
    expect(await listed(name)).toBe(false)
    const failed = pipe(
      add(1),
      RTE.chain(() => add(1)),
      transaction({ prepare: name }),
    )
    expect(await failed(db)()).toMatchObject({ left: { _tag: 'UniqueViolation' } })
    const ignored = transaction({ prepare: name })((tx: Database) => async () => {
      await add(1)(tx)()
      await add(1)(tx)()
      return E.right('as if nothing had happened')
    })
    expect(await ignored(db)()).toMatchObject({ left: { _tag: 'RolledBack' } })
    expect(await listed(name)).toBe(false)
    expect(must(await size(db)())).toBe(0)
    must(await transaction({ prepare: name })(add(2))(db)())
    must(await commitPrepared(name)(db)())
    expect(must(await size(db)())).toBe(1)
  })

  it('takes savepoints inside, and is no nested transaction itself', async () => {
    const name = nameOf()
    const within = pipe(
      add(1),
      RTE.chain(() => transaction()(add(1))),
      RTE.orElse(() => add(2)),
      transaction({ prepare: name }),
    )
    must(await within(db)())
    must(await commitPrepared(name)(db)())
    expect(must(await size(db)())).toBe(2)
    const nested = transaction()(transaction({ prepare: nameOf() })(add(3)))
    expect(await nested(db)()).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })

  it.each(["x'; drop table notes; --", '', 'a'.repeat(65), 'ü', 'a b'])(
    'refuses the name %j before it sends anything',
    async (name) => {
      expect(await transaction({ prepare: name })(add(1))(db)()).toMatchObject({ left: { _tag: 'InvalidValue' } })
      expect(await commitPrepared(name)(db)()).toMatchObject({ left: { _tag: 'InvalidValue' } })
      expect(await rollbackPrepared(name)(db)()).toMatchObject({ left: { _tag: 'InvalidValue' } })
      expect(must(await size(db)())).toBe(0)
    },
  )
})

describe('two phases', () => {
  it.each([
    ['sqlite', () => sqlite('sqlite::memory:')],
    ['memory', () => memory()],
  ] as const)('[TXN12] are refused on %s, where there are none', async (_, make) => {
    const db = make()
    must(await db.execute(createAll(schema({ notes })))())
    for (const effect of [transaction({ prepare: 'a' })(add(1)), commitPrepared('a'), rollbackPrepared('a')])
      expect(await effect(db)()).toMatchObject({ left: { _tag: 'Compile', error: { _tag: 'Unsupported' } } })
    expect(await preparedTransactions(db)()).toMatchObject({ left: { _tag: 'Compile' } })
    expect(must(await size(db)())).toBe(0)
    await db.close()()
  })
})
