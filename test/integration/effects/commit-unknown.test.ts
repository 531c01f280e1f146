// A COMMIT whose answer is lost: the error says that it is unknown, and asking afterwards says what became of it.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  add,
  createAll,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  everyRow,
  from,
  idempotent,
  insertInto,
  integer,
  primaryKey,
  resolveCommit,
  schema,
  set,
  table,
  transaction,
  update,
  varchar,
} from '../../../src/index.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { places } from '../../support/places.js'
import { makeProxy, type Proxy, type Strike } from '../../support/proxy.js'
import { must } from '../../support/run-load.js'
import { open } from './raw.js'

const purse = table('purse', { id: pipe(integer, primaryKey), coins: integer })
const payments = table('payments', { key: pipe(varchar(40), primaryKey), coins: integer })
const all = schema({ purse, payments })

const grow = (coins: number) => Db.execute(pipe(update(purse), set({ coins: add(purse.coins, coins) }), everyRow))
const pay = (key: string, coins: number) =>
  pipe(
    grow(coins),
    RTE.map(({ affected }) => affected),
    idempotent(insertInto(payments)({ key, coins })),
  )

const emptied = async (db: Database): Promise<void> => {
  must(await db.execute(everyRow(deleteFrom(payments)))())
  must(await db.execute(everyRow(deleteFrom(purse)))())
  must(await db.execute(insertInto(purse)({ id: 1, coins: 0 }))())
}
const coins = async (db: Database): Promise<number> => must(await db.one(from(purse))()).coins

describe.each(places().map((place) => [place.label, place] as const))(
  'a row with a key of its own on %s',
  (_, place) => {
    let db: Database
    let close: () => Promise<void>
    beforeAll(async () => {
      ;({ db, close } = await place.open())
      must(await db.execute(createAll(all))())
    })
    afterAll(() => close())
    beforeEach(() => emptied(db))

    it('is written with the program, once', async () => {
      expect(await pay('a', 5)(db)()).toEqual(E.right(O.some(1)))
      expect(await pay('a', 5)(db)()).toEqual(E.right(O.none))
      expect(await coins(db)).toBe(5)
    })

    it('is gone with a program that ends with a Left, so that the key can be used again', async () => {
      const broken = pipe(
        grow(5),
        RTE.chainW(() => RTE.left('mine' as const)),
        idempotent(insertInto(payments)({ key: 'a', coins: 5 })),
      )
      expect(await broken(db)()).toEqual(E.left('mine'))
      expect(await pay('a', 5)(db)()).toEqual(E.right(O.some(1)))
      expect(await coins(db)).toBe(5)
    })

    it('keeps apart what the program itself finds taken', async () => {
      const taken = pipe(
        Db.execute(insertInto(purse)({ id: 1, coins: 9 })),
        idempotent(insertInto(payments)({ key: 'a', coins: 5 })),
      )
      expect(await taken(db)()).toMatchObject({ left: { _tag: 'UniqueViolation' } })
      expect(await db.count(from(payments))()).toEqual(E.right(0))
    })

    it('is written by one of those who come at a time', async () => {
      const outcomes = await Promise.all(Array.from({ length: 6 }, () => pay('a', 5)(db)()))
      const done = outcomes.filter((outcome) => E.isRight(outcome) && O.isSome(outcome.right))
      // (who meets another at COMMIT in memory, or waits for it too long elsewhere, may be told to come again)
      const again = outcomes.filter((outcome) => E.isLeft(outcome) && outcome.left._tag !== 'Serialization')
      expect(again).toEqual([])
      expect(done).toHaveLength(1)
      expect(await coins(db)).toBe(5)
    })

    it('holds in a nested transaction as well', async () => {
      const both = pipe(
        pay('a', 5),
        RTE.chainW((first) =>
          pipe(
            pay('a', 5),
            RTE.map((second) => [first, second]),
          ),
        ),
        transaction(),
      )
      expect(await both(db)()).toEqual(E.right([O.some(1), O.none]))
      expect(await coins(db)).toBe(5)
    })
  },
)

const servers = engines().filter(({ name }) => name !== 'sqlite')

describe.each(servers.map((engine) => [engine.label, engine] as const))(
  'COMMIT without an answer on %s',
  (_, engine) => {
    let fresh: FreshDatabase
    let proxy: Proxy
    /** Goes past the proxy, to see what is there. */
    let direct: Database
    let db: Database
    beforeAll(async () => {
      fresh = await freshDatabase(engine)
      proxy = await makeProxy(fresh.url)
      direct = open(engine, fresh.url, 'poolSize=2')
      db = open(engine, proxy.url(fresh.url), 'poolSize=2')
      must(await direct.execute(createAll(all))())
    })
    afterAll(async () => {
      await db.close()()
      await direct.close()()
      await proxy.close()
      await fresh.drop()
    })
    beforeEach(() => emptied(direct))

    /** The connection is cut at the next COMMIT: before the server hears of it, or before it answers. */
    const striking = (strike: Strike): Database => {
      let made = false
      return db.having({
        middleware: (next) => (statement) => {
          if (statement.sql === 'COMMIT' && !made) {
            made = true
            proxy.strike(strike)
          }
          return next(statement)
        },
      })
    }
    const lostRequest: Strike = { direction: 'up', after: 0, how: 'reset' }
    const lostAnswer: Strike = { direction: 'down', after: 0, how: 'reset' }

    const applied = async (): Promise<number> => {
      // a server that has lost its client ends what it did for it
      for (let i = 0; i < 50; i++) {
        const found = await coins(direct)
        if (found !== 0) return found
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      return 0
    }

    it('is CommitUnknown, where the request was lost and where the answer was', async () => {
      const ended = await transaction()(grow(5))(striking(lostRequest))()
      expect(ended).toMatchObject({ left: { _tag: 'CommitUnknown', transaction: null } })
      expect(await applied()).toBe(0)
      const other = await transaction()(grow(7))(striking(lostAnswer))()
      expect(other).toMatchObject({ left: { _tag: 'CommitUnknown', transaction: null } })
      expect(await applied()).toBe(7)
    })

    it('is looked into where a row with a key of its own was written', async () => {
      const back = await pay('a', 5)(striking(lostRequest))()
      expect(back).toMatchObject({ left: { _tag: 'RolledBack', cause: { _tag: 'CommitUnknown' } } })
      expect(await coins(direct)).toBe(0)
      expect(await pay('a', 5)(striking(lostAnswer))()).toEqual(E.right(O.some(1)))
      expect(await pay('a', 5)(db)()).toEqual(E.right(O.none))
      expect(await coins(direct)).toBe(5)
    })

    it('stays unknown where nobody can be asked', async () => {
      const deaf: Strike = { direction: 'down', after: 0, how: 'reset' }
      const alone = striking(deaf)
      const cut = alone.having({
        middleware: (next) => (statement) => async () => {
          const outcome = await next(statement)()
          if (statement.sql === 'COMMIT') await proxy.accept('refuse')
          return outcome
        },
      })
      try {
        expect(await pay('a', 5)(cut)()).toMatchObject({ left: { _tag: 'CommitUnknown' } })
      } finally {
        await proxy.heal()
      }
      expect(await coins(direct)).toBe(5)
    })

    const numbered = transaction({ resolvable: true })
    const unknownOf = (outcome: E.Either<DbError, unknown>) => {
      if (E.isRight(outcome) || outcome.left._tag !== 'CommitUnknown')
        throw new Error(`no CommitUnknown: ${outcome._tag}`)
      return outcome.left
    }

    if (engine.name === 'postgres') {
      it('is resolved by the number of the transaction', async () => {
        const back = unknownOf(await numbered(grow(5))(striking(lostRequest))())
        expect(back.transaction).toMatch(/^\d+$/)
        expect(await resolveCommit(back)(db)()).toEqual(E.right('rolledBack'))
        expect(await coins(direct)).toBe(0)
        const committed = unknownOf(await numbered(grow(7))(striking(lostAnswer))())
        expect(await resolveCommit(committed)(db)()).toEqual(E.right('committed'))
        expect(await coins(direct)).toBe(7)
      })

      it('says of a transaction that goes on that it does, and of one that has written nothing that it has no number', async () => {
        const during = await direct.transaction({})((tx) => async () => {
          must(await grow(1)(tx)())
          const unknown = unknownOf(
            await numbered(Db.execute(insertInto(payments)({ key: 'x', coins: 1 })))(striking(lostAnswer))(),
          )
          const next = { ...unknown, transaction: String(BigInt(unknown.transaction ?? '0') - 1n) }
          return E.right(await resolveCommit(next, { withinMs: 1 })(db)())
        })()
        expect(during).toEqual(E.right(E.right('inProgress')))
        const nothing = unknownOf(await numbered(Db.all(from(purse)))(striking(lostAnswer))())
        expect(nothing.transaction).toBeNull()
        expect(await resolveCommit(nothing)(db)()).toMatchObject({ left: { _tag: 'InvalidValue' } })
      })
    } else {
      it('has no number, and says so before anything is sent', async () => {
        const sent: Array<string> = []
        const watched = db.having({
          middleware: (next) => (statement) => {
            sent.push(statement.sql)
            return next(statement)
          },
        })
        expect(await numbered(grow(5))(watched)()).toMatchObject({
          left: { _tag: 'Compile', error: { _tag: 'Unsupported' } },
        })
        expect(sent.filter((statement) => /BEGIN|START|UPDATE/i.test(statement))).toEqual([])
      })
    }
  },
)
