// Transactions of relvar's own statements end as their programs end, in memory as on every engine.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  type AnyQuery,
  createTable,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  dropTable,
  everyRow,
  from,
  insertInto,
  integer,
  isDbError,
  orderBy,
  primaryKey,
  select,
  table,
} from '../../../src/index.js'
import { places } from '../../support/places.js'
import { openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'

type World = WorldAt<ReturnType<typeof places>[number]['name']>

const notes = table('notes', { id: pipe(integer, primaryKey), n: integer })
const late = table('late', { id: pipe(integer, primaryKey) })

describe.each(places())('transactions on $label', (place) => {
  let world: World
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ notes, late })
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    await world.rows(everyRow(deleteFrom(notes)))
    await world.rows(
      insertInto(notes)([
        { id: 1, n: 0 },
        { id: 2, n: 0 },
      ]),
    )
  })

  const isFamily = place.name === 'mysql' || place.name === 'mariadb'
  const insert = (id: number) => (db: Database) => Db.execute(insertInto(notes)({ id, n: 0 }))(db)
  const ids = () => world.rows(pipe(from(notes), orderBy(notes.id), select(notes.id)))

  it('[TXN02, N08] a Left and a throw inside roll back', async () => {
    const left = world.db.transaction()((tx) =>
      pipe(
        insert(3)(tx),
        TE.chainW(() => TE.left('mine')),
      ),
    )
    expect(await left()).toEqual(E.left('mine'))
    const thrown = world.db.transaction()(
      (tx): TE.TaskEither<DbError, never> =>
        async () => {
          await insert(3)(tx)()
          throw new Error('mine')
        },
    )
    expect(tagOf(await thrown())).toBe('Defect')
    expect(await ids()).toEqual([1, 2])
    expect(world.db.status()).toMatchObject({ busy: 0 })
  })

  it('[TXN03, N14, dialect 85] a nested one that goes back leaves the outer rows, and both stay where it does not', async () => {
    const outer = (back: boolean) =>
      world.db.transaction()((tx) =>
        pipe(
          insert(3)(tx),
          TE.chainW(() => {
            const inner = tx.transaction()((t2) =>
              pipe(
                insert(4)(t2),
                TE.chainW((done) => (back ? TE.left('back' as const) : TE.right(done))),
              ),
            )
            return TE.fromTask(inner)
          }),
        ),
      )
    await outer(true)()
    expect(await ids()).toEqual([1, 2, 3])
    await world.rows(everyRow(deleteFrom(notes)))
    await outer(false)()
    expect(await ids()).toEqual([3, 4])
  })

  it('[TXN05] an outer Left undoes nested ones that were released', async () => {
    const program = world.db.transaction()((tx) =>
      pipe(
        tx.transaction()((t2) => t2.transaction()(insert(3))),
        TE.chainW(() => TE.left('outer')),
      ),
    )
    expect(await program()).toEqual(E.left('outer'))
    expect(await ids()).toEqual([1, 2])
  })

  it('[TXN06] a failed statement in a nested one is undone, and the outer one commits', async () => {
    const program = world.db.transaction()((tx) =>
      pipe(
        insert(3)(tx),
        TE.chainW(() => TE.fromTask(tx.transaction()(insert(1)))),
        TE.chainFirstW((inner) => TE.of(expect(tagOf(inner)).toBe('UniqueViolation'))),
        TE.chainW(() => insert(4)(tx)),
      ),
    )
    expect(tagOf(await program())).toBe('Right')
    expect(await ids()).toEqual([1, 2, 3, 4])
  })

  it('[dialect 84] a failed statement that was ignored rolls everything back', async () => {
    const program = world.db.transaction()((tx) => async () => {
      await insert(3)(tx)()
      expect(tagOf(await insert(1)(tx)())).toBe('UniqueViolation')
      expect(tagOf(await insert(4)(tx)())).toBe('TransactionClosed')
      return E.right('fine?')
    })
    expect(await program()).toMatchObject({ left: { _tag: 'RolledBack', cause: { _tag: 'UniqueViolation' } } })
    expect(await ids()).toEqual([1, 2])
  })

  it('[TXN11, dialect 83] DDL inside is not sent where it would commit, and belongs to the transaction elsewhere', async () => {
    const program = world.db.transaction()((tx) =>
      pipe(
        insert(3)(tx),
        TE.chain(() => Db.execute(dropTable(late))(tx)),
        TE.chain(() => Db.execute(createTable(table('made', { id: integer })))(tx)),
        TE.chainW(() => TE.left('back')),
      ),
    )
    const outcome = await program()
    expect(isFamily ? tagOf(outcome as E.Either<DbError, never>) : outcome).toEqual(
      isFamily ? 'Compile' : E.left('back'),
    )
    expect(await ids()).toEqual([1, 2])
    expect(await world.db.hasTable(late)()).toEqual(E.right(true))
    expect(await world.db.hasTable('made')()).toEqual(E.right(false))
    expect(await world.rows(from(late))).toEqual([])
  })

  it('[ERR04, N15] a table that is not there is an error of the statement, which names it', async () => {
    const nowhere = table('nowhere', { id: integer })
    const asked: ReadonlyArray<AnyQuery> = [from(nowhere), insertInto(nowhere)({ id: 1 })]
    for (const one of asked) {
      const outcome = await world.outcome(one)
      expect(outcome).toMatchObject({ left: { _tag: 'Sql', message: expect.stringContaining('nowhere') } })
      expect(E.isLeft(outcome) && isDbError(outcome.left)).toBe(true)
    }
    const wider = table('notes', { id: pipe(integer, primaryKey), n: integer, more: integer })
    expect(await world.outcome(from(wider))).toMatchObject({
      left: { _tag: 'Sql', message: expect.stringContaining('more') },
    })
    // What is not asked for need not be there, and what is there need not be known.
    expect(await world.rows(pipe(from(wider), orderBy(wider.id), select(wider.id)))).toEqual([1, 2])
    expect(await world.rows(pipe(from(table('notes', { n: integer }))))).toEqual([{ n: 0 }, { n: 0 }])
  })
})
