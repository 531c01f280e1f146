// A bank: accounts that hold money, and a ledger with a row for each transfer, under a key of its own.
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'

import {
  add,
  and,
  createAll,
  type Database,
  Db,
  type DbError,
  eq,
  forUpdate,
  from,
  gte,
  insertInto,
  integer,
  literal,
  primaryKey,
  schema,
  select,
  set,
  sub,
  sum,
  table,
  transaction,
  type TransactionOptions,
  update,
  varchar,
  where,
} from '../../src/index.js'

// -- model ------------------------------------------------------------------------------------------------------------

const accounts = table('accounts', { id: pipe(integer, primaryKey), balance: integer })

const ledger = table('ledger', {
  key: pipe(varchar(40), primaryKey),
  source: integer,
  target: integer,
  amount: integer,
})

export interface Transfer {
  readonly key: string
  readonly source: number
  readonly target: number
  readonly amount: number
}

/** What a transfer ends with that the bank refuses. */
export type Poor = 'poor'

/** How a transfer looks at what an account holds: in the write itself, under a lock, or at a level that sees conflicts. */
export const ways = ['write', 'lock', 'serializable'] as const
export type Way = (typeof ways)[number]

type Program<A> = RTE.ReaderTaskEither<Database, DbError | Poor, A>

// -- constructors -----------------------------------------------------------------------------------------------------

/** The insert that makes a transfer one of its kind. */
export const claimOf = (transfer: Transfer) => insertInto(ledger)(transfer)

const poor: Program<never> = RTE.left('poor')

const credit = ({ target, amount }: Transfer): Program<unknown> =>
  Db.execute(
    pipe(
      update(accounts),
      set({ balance: add(accounts.balance, amount) }),
      where(eq(accounts.id, literal(target, integer))),
    ),
  )

const debit = ({ source, amount }: Transfer): Program<unknown> =>
  pipe(
    Db.execute(
      pipe(
        update(accounts),
        set({ balance: sub(accounts.balance, amount) }),
        where(and(eq(accounts.id, source), gte(accounts.balance, amount))),
      ),
    ),
    RTE.chainW(({ affected }) => (affected === 1 ? RTE.right(undefined) : poor)),
  )

/** Reads what is there, and writes what is left. */
const debitOfRead = ({ source, amount }: Transfer, lock: boolean): Program<unknown> => {
  const one = pipe(from(accounts), where(eq(accounts.id, source)))
  return pipe(
    Db.one(lock ? pipe(one, forUpdate()) : one),
    RTE.chainW(({ balance }) =>
      balance < amount
        ? poor
        : Db.execute(pipe(update(accounts), set({ balance: balance - amount }), where(eq(accounts.id, source)))),
    ),
  )
}

/** Moves money; what is read and written in between is the transaction's around it. */
export const move = (transfer: Transfer, way: Way): Program<void> =>
  pipe(
    way === 'write' ? debit(transfer) : debitOfRead(transfer, way === 'lock'),
    RTE.chainW(() => credit(transfer)),
    RTE.map(() => undefined),
  )

export const optionsOf = (way: Way): TransactionOptions => (way === 'serializable' ? { isolation: 'serializable' } : {})

// -- destructors ------------------------------------------------------------------------------------------------------

/** Opens so many accounts, each with so much. */
export const openBank = (count: number, each: number): RTE.ReaderTaskEither<Database, DbError, unknown> =>
  pipe(
    Db.execute(createAll(schema({ accounts, ledger }))),
    RTE.chain(() =>
      Db.execute(insertInto(accounts)(Array.from({ length: count }, (_, id) => ({ id, balance: each })))),
    ),
  )

/** All the money, summed by the database. */
export const totalBySum: RTE.ReaderTaskEither<Database, DbError, number> = pipe(
  Db.scalar(pipe(from(accounts), select(sum(accounts.balance)))),
  RTE.map(Number),
)

/** All the money, read one account after the other in one transaction that sees one state. */
export const totalByReading = (count: number): RTE.ReaderTaskEither<Database, DbError, number> =>
  pipe(
    Array.from({ length: count }, (_, id) => id),
    RTE.traverseSeqArray((id) => Db.one(pipe(from(accounts), where(eq(accounts.id, id))))),
    RTE.map((rows) => rows.reduce((total, { balance }) => total + balance, 0)),
    transaction({ isolation: 'repeatable read', readOnly: true }),
  )

/** What is there in the end. */
export interface Books {
  readonly balances: ReadonlyMap<number, number>
  readonly entries: ReadonlyArray<Transfer>
}

export const books: RTE.ReaderTaskEither<Database, DbError, Books> = pipe(
  RTE.Do,
  RTE.bind('rows', () => Db.all(from(accounts))),
  RTE.bind('entries', () => Db.all(from(ledger))),
  RTE.map(({ rows, entries }) => ({ balances: new Map(rows.map(({ id, balance }) => [id, balance])), entries })),
)

/** What each account must hold after these transfers. */
export const balancesAfter = (
  count: number,
  each: number,
  entries: ReadonlyArray<Transfer>,
): ReadonlyMap<number, number> => {
  const balances = new Map(Array.from({ length: count }, (_, id) => [id, each]))
  for (const { source, target, amount } of entries) {
    balances.set(source, (balances.get(source) ?? 0) - amount)
    balances.set(target, (balances.get(target) ?? 0) + amount)
  }
  return balances
}
