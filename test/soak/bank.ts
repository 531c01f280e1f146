// Many workers move money between accounts while their connections die. Every read sums to the total, no transfer that was
// acknowledged is lost, none is done twice, and what a lost COMMIT left unknown is found out by the ledger.
import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'

import { type Database, Db, type DbError, idempotent, isDbError, transaction } from '../../src/index.js'
import { drawing } from '../support/draws.js'
import {
  balancesAfter,
  books,
  claimOf,
  move,
  openBank,
  optionsOf,
  type Poor,
  totalByReading,
  totalBySum,
  type Transfer,
  type Way,
} from './accounts.js'

// -- model ------------------------------------------------------------------------------------------------------------

/** Where a bank is, and what kills its connections. */
export interface Branch {
  /** What a worker uses for one attempt: what it sends may be lost. */
  readonly attempt: () => Database
  /** What looks at the books afterwards. */
  readonly direct: Database
  /** Kills something, and says whether there was something to kill. */
  readonly kill: (draw: () => number) => Promise<boolean>
  /** How a worker may look at an account here. */
  readonly ways: ReadonlyArray<Way>
}

/** When a run is over: after so many transfers and kills, or after so long. */
export interface Ends {
  readonly transfers: number
  readonly kills: number
  readonly ms: number
  /** How long it is from one kill to the next, about, in milliseconds. */
  readonly everyMs: number
}

export interface Counts {
  /** Answered with success. */
  acknowledged: number
  /** Refused by the bank: there was not enough. */
  refused: number
  kills: number
  reads: number
  /** Sent again after an error. */
  again: number
  /** COMMITs without an answer, and what the ledger said of them. */
  unknown: number
  committed: number
  rolledBack: number
  /** The errors that workers met, by their tags. */
  readonly errors: Map<string, number>
}

export interface Outcome {
  readonly counts: Counts
  /** What must not be; empty where all is well. */
  readonly wrong: ReadonlyArray<string>
}

const accountCount = 100
const each = 1_000
const workers = 50
const readers = 4

/** What no retry helps against. */
const hopeless: ReadonlySet<string> = new Set([
  'Defect',
  'Compile',
  'Sql',
  'InvalidValue',
  'Decode',
  'Plan',
  'NoRows',
  'MultipleRows',
  'TransactionClosed',
  'ReadOnly',
  'NotNullViolation',
  'CheckViolation',
  'ForeignKeyViolation',
])

// -- destructors ------------------------------------------------------------------------------------------------------

/** Runs a bank until it is over, and looks at its books. */
export const runBank = async (
  { attempt: attempted, direct, kill, ways }: Branch,
  seed: number,
  ends: Ends,
): Promise<Outcome> => {
  const counts: Counts = {
    acknowledged: 0,
    refused: 0,
    kills: 0,
    reads: 0,
    again: 0,
    unknown: 0,
    committed: 0,
    rolledBack: 0,
    errors: new Map(),
  }
  const wrong: Array<string> = []
  const acknowledged = new Set<string>()
  const refused = new Set<string>()
  const deadline = performance.now() + ends.ms
  const isOver = (): boolean =>
    wrong.length > 0 ||
    performance.now() > deadline ||
    (counts.acknowledged >= ends.transfers && counts.kills >= ends.kills)

  const met = (error: DbError): void => {
    counts.errors.set(error._tag, (counts.errors.get(error._tag) ?? 0) + 1)
    if (hopeless.has(error._tag)) wrong.push(`${error._tag}: ${error.message} (${error.statement ?? ''})`)
  }

  /** One attempt: true where it is done, null where it is not known, false where it may be sent again. */
  const once = async (transfer: Transfer, way: Way, isUnknown: boolean): Promise<boolean | null | Poor> => {
    const outcome: E.Either<DbError | Poor, O.Option<void>> = await (isUnknown
      ? pipe(move(transfer, way), idempotent(claimOf(transfer), optionsOf(way)))
      : pipe(
          Db.execute(claimOf(transfer)),
          RTE.chainW(() => move(transfer, way)),
          RTE.map(O.some),
          transaction(optionsOf(way)),
        ))(attempted())()
    if (E.isRight(outcome)) {
      if (isUnknown && O.isNone(outcome.right)) counts.committed += 1
      if (isUnknown && O.isSome(outcome.right)) counts.rolledBack += 1
      return true
    }
    if (!isDbError(outcome.left)) {
      if (isUnknown) counts.rolledBack += 1
      return outcome.left
    }
    met(outcome.left)
    if (outcome.left._tag === 'UniqueViolation') wrong.push(`done twice: ${transfer.key}`)
    if (outcome.left._tag !== 'CommitUnknown') return false
    counts.unknown += 1
    return null
  }

  const through = async (transfer: Transfer, way: Way): Promise<void> => {
    let isUnknown = false
    // what has begun is brought to its end, also where the run is over
    for (let attempt = 0; wrong.length === 0; attempt++) {
      if (attempt > 2_000) return void wrong.push(`never done: ${transfer.key}`)
      const done = await once(transfer, way, isUnknown)
      if (done === true) {
        acknowledged.add(transfer.key)
        counts.acknowledged += 1
        return
      }
      if (done === 'poor') {
        refused.add(transfer.key)
        counts.refused += 1
        return
      }
      if (done === null && isUnknown) counts.unknown -= 1 // asked again: still the same one
      isUnknown = isUnknown || done === null
      counts.again += 1
      await sleep(Math.min(2 ** attempt, 50))
    }
  }

  const worker = async (number: number): Promise<void> => {
    const draw = drawing(seed * 1_000 + number)
    const below = (n: number): number => Math.floor(draw() * n)
    for (let n = 0; !isOver(); n++) {
      const source = below(accountCount)
      const target = (source + 1 + below(accountCount - 1)) % accountCount
      // most look in the write itself: the others meet each other
      const way = (draw() < 0.5 ? ways[below(ways.length)] : undefined) ?? 'write'
      await through({ key: `${number}-${n}`, source, target, amount: 1 + below(300) }, way)
    }
  }

  const reader = async (number: number): Promise<void> => {
    while (!isOver()) {
      const total = await (number % 2 === 0 ? totalBySum : totalByReading(accountCount))(attempted())()
      if (E.isRight(total)) {
        counts.reads += 1
        if (total.right !== accountCount * each) wrong.push(`a read sums to ${total.right}`)
      } else met(total.left)
      await sleep(5)
    }
  }

  const killer = async (): Promise<void> => {
    const draw = drawing(seed)
    while (!isOver()) {
      await sleep(ends.everyMs * (0.5 + draw()))
      if (await kill(draw)) counts.kills += 1
    }
  }

  const opened = await openBank(accountCount, each)(direct)()
  if (E.isLeft(opened)) return { counts, wrong: [`the bank does not open: ${opened.left.message}`] }
  await Promise.all([
    killer(),
    ...Array.from({ length: readers }, (_, i) => reader(i)),
    ...Array.from({ length: workers }, (_, i) => worker(i)),
  ])

  const found = await books(direct)()
  if (E.isLeft(found)) return { counts, wrong: [...wrong, `the books cannot be read: ${found.left.message}`] }
  const { balances, entries } = found.right
  const keys = new Set(entries.map(({ key }) => key))
  for (const key of acknowledged) if (!keys.has(key)) wrong.push(`lost: ${key}`)
  for (const key of keys) if (!acknowledged.has(key)) wrong.push(`done, though nobody was told: ${key}`)
  for (const key of refused) if (keys.has(key)) wrong.push(`done, though it was refused: ${key}`)
  for (const [id, balance] of balancesAfter(accountCount, each, entries))
    if (balances.get(id) !== balance) wrong.push(`account ${id} has ${balances.get(id)}, and ${balance} by the ledger`)
  return { counts, wrong }
}
