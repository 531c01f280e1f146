// What two transactions can do to each other at each level: as the table of the guide says, on every engine and in memory.
import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import {
  and,
  createAll,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  eq,
  everyRow,
  from,
  insertInto,
  integer,
  type Isolation,
  primaryKey,
  retrying,
  schema,
  set,
  table,
  transaction,
  update,
  where,
} from '../../../src/index.js'
import { places } from '../../support/places.js'
import { must } from '../../support/run-load.js'

// -- what is read and written -----------------------------------------------------------------------------------------

const cells = table('cells', { id: pipe(integer, primaryKey), n: integer })

type Step = (tx: Database, notes: Array<number>) => Promise<E.Either<DbError | 'back', unknown>>

const read =
  (id: number): Step =>
  async (tx, notes) => {
    const row = await tx.one(pipe(from(cells), where(eq(cells.id, id))))()
    if (E.isRight(row)) notes.push(row.right.n)
    return row
  }
const write =
  (id: number, n: (notes: ReadonlyArray<number>) => number): Step =>
  (tx, notes) =>
    tx.execute(pipe(update(cells), set({ n: n(notes) }), where(eq(cells.id, id))))()
const countOf =
  (n: number): Step =>
  async (tx, notes) => {
    const count = await tx.count(pipe(from(cells), where(eq(cells.n, n))))()
    if (E.isRight(count)) notes.push(count.right)
    return count
  }
const add =
  (id: number, n: number): Step =>
  (tx) =>
    tx.execute(insertInto(cells)({ id, n }))()
const goBack: Step = () => Promise.resolve(E.left('back'))

// -- what may go wrong -------------------------------------------------------------------------------------------------

interface Anomaly {
  readonly name: string
  readonly steps: readonly [ReadonlyArray<Step>, ReadonlyArray<Step>]
  /** Whose step is next: a step that has to wait for the other transaction is left waiting. */
  readonly schedule: ReadonlyArray<0 | 1>
  readonly happened: (seen: {
    readonly notes: readonly [ReadonlyArray<number>, ReadonlyArray<number>]
    readonly committed: readonly [boolean, boolean]
    readonly after: ReadonlyMap<number, number>
  }) => boolean
}

// three cells to begin with: 1 and 2 hold 1, 3 holds 0
const anomalies: ReadonlyArray<Anomaly> = [
  {
    name: 'dirty read',
    steps: [[write(1, () => 9), goBack], [read(1)]],
    schedule: [0, 1, 0],
    happened: ({ notes }) => notes[1][0] === 9,
  },
  {
    name: 'a row read again is another',
    steps: [[read(1), read(1)], [write(1, () => 9)]],
    schedule: [0, 1, 0],
    happened: ({ notes }) => notes[0].length === 2 && notes[0][0] !== notes[0][1],
  },
  {
    name: 'read skew',
    steps: [
      [read(1), read(2)],
      [write(1, () => 9), write(2, () => 9)],
    ],
    schedule: [0, 1, 1, 0],
    happened: ({ notes }) => notes[0].length === 2 && notes[0][0] !== notes[0][1],
  },
  {
    name: 'phantom',
    steps: [[countOf(1), countOf(1)], [add(4, 1)]],
    schedule: [0, 1, 0],
    happened: ({ notes }) => notes[0].length === 2 && notes[0][0] !== notes[0][1],
  },
  {
    name: 'lost update',
    steps: [
      [read(1), write(1, ([n = 0]) => n + 1)],
      [read(1), write(1, ([n = 0]) => n + 1)],
    ],
    schedule: [0, 1, 0, 1],
    happened: ({ committed, after }) => committed[0] && committed[1] && after.get(1) === 2,
  },
  {
    name: 'write skew',
    steps: [
      [countOf(1), write(1, () => 0)],
      [countOf(1), write(2, () => 0)],
    ],
    schedule: [0, 1, 0, 1],
    happened: ({ notes, committed }) => committed[0] && committed[1] && notes[0][0] === 2 && notes[1][0] === 2,
  },
  {
    name: 'write skew by inserts',
    steps: [
      [countOf(7), add(4, 7)],
      [countOf(7), add(5, 7)],
    ],
    schedule: [0, 1, 0, 1],
    happened: ({ notes, committed }) => committed[0] && committed[1] && notes[0][0] === 0 && notes[1][0] === 0,
  },
]

// -- running two at a time ----------------------------------------------------------------------------------------------

/** How long a step may take before it counts as one that waits for the other transaction, in milliseconds. */
const waitsMs = 120

/** Steps that run when they are let. */
const gates = (count: number) => {
  const opens: Array<() => void> = []
  const opened = Array.from({ length: count }, () => new Promise<void>((resolve) => void opens.push(resolve)))
  return { opened, open: (at: number): void => opens[at]?.() }
}

const interleaved = async (
  db: Database,
  isolation: Isolation,
  { steps, schedule, happened }: Anomaly,
): Promise<boolean> => {
  const notes: [Array<number>, Array<number>] = [[], []]
  const sides = steps.map((own, side) => {
    const gate = gates(own.length + 1)
    const ends = gates(own.length)
    const ran = transaction({ isolation })((tx: Database) => async (): Promise<E.Either<DbError | 'back', void>> => {
      for (const [at, step] of own.entries()) {
        await gate.opened[at]
        const outcome = await step(tx, notes[side === 0 ? 0 : 1])
        ends.open(at)
        if (E.isLeft(outcome)) return outcome
      }
      return E.right(undefined)
    })(db)().then((outcome) => {
      for (const at of own.keys()) ends.open(at)
      return outcome
    })
    let at = 0
    return {
      ran,
      /** Lets its next step run; after its last one it commits. */
      next: async (): Promise<void> => {
        const now = at
        at += 1
        gate.open(now)
        const last = now === own.length - 1
        await Promise.race([last ? ran : ends.opened[now], pause(waitsMs)])
      },
    }
  })
  for (const side of schedule) await sides[side]?.next()
  const [first, second] = await Promise.all(sides.map(({ ran }) => ran))
  const rows = must(await db.all(from(cells))())
  return happened({
    notes,
    committed: [first !== undefined && E.isRight(first), second !== undefined && E.isRight(second)],
    after: new Map(rows.map(({ id, n }) => [id, n])),
  })
}

// -- the guide's table --------------------------------------------------------------------------------------------------

const levels: ReadonlyArray<Isolation> = ['read uncommitted', 'read committed', 'repeatable read', 'serializable']

/** What the guide says: at which levels it can happen, by the engine and by what happens. */
const table21 = (): ReadonlyMap<string, ReadonlyMap<string, ReadonlyArray<string>>> => {
  const page = readFileSync(new URL('../../../docs/guide/21-transactions.md', import.meta.url), 'utf8')
  const lines = page
    .slice(page.indexOf('## What each level lets through'))
    .split('\n')
    .filter((line) => line.startsWith('|'))
  const [heads = [], , ...rows] = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  const wanted = rows.slice(0, anomalies.length)
  return new Map(
    heads.slice(1).map((engine, i) => [
      engine,
      new Map(
        wanted.map((row) => {
          const said = row[i + 1] ?? ''
          const upTo = levels.findIndex((level) => said.includes(level))
          return [row[0] ?? '', said === 'never' ? [] : levels.slice(0, upTo + 1)]
        }),
      ),
    ]),
  )
}

const headOf: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL, MariaDB',
  mariadb: 'MySQL, MariaDB',
  sqlite: 'SQLite',
  memory: 'in memory',
}

describe.each(places().map((place) => [place.label, place] as const))('levels of isolation on %s', (_, place) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await place.open())
    must(await db.execute(createAll(schema({ cells })))())
  })
  afterAll(() => close())
  beforeEach(async () => {
    must(await db.execute(everyRow(deleteFrom(cells)))())
    must(
      await db.execute(
        insertInto(cells)([
          { id: 1, n: 1 },
          { id: 2, n: 1 },
          { id: 3, n: 0 },
        ]),
      )(),
    )
  })

  const said = table21().get(headOf[place.name] ?? '')

  for (const anomaly of anomalies)
    for (const level of levels) {
      const happens = said?.get(anomaly.name)?.includes(level)
      it(`[bar 19] ${anomaly.name} at ${level}: ${happens === true ? 'it can happen' : 'it cannot'}, as the guide says`, async () => {
        expect(happens).toBeDefined()
        expect(await interleaved(db, level, anomaly)).toBe(happens)
      })
    }

  const surely = retrying({ times: 1_000, delayMs: () => Math.random() * 20 })

  it('[bar 19] eight that add one fifty times each, by reading and writing at serializable, add up with retrying', async () => {
    const one = pipe(
      Db.one(pipe(from(cells), where(eq(cells.id, 1)))),
      RTE.chain(({ n }) => Db.execute(pipe(update(cells), set({ n: n + 1 }), where(eq(cells.id, 1))))),
      transaction({ isolation: 'serializable' }),
      surely,
    )
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let i = 0; i < 50; i++) must(await one(db)())
      }),
    )
    expect(must(await db.one(pipe(from(cells), where(eq(cells.id, 1))))()).n).toBe(1 + 8 * 50)
  })

  it('[bar 19] eight that each leave only where another stays, at serializable with retrying: one always stays', async () => {
    const leave = (id: number) =>
      pipe(
        Db.count(pipe(from(cells), where(eq(cells.n, 1)))),
        RTE.chain((staying) =>
          staying > 1
            ? Db.execute(pipe(update(cells), set({ n: 0 }), where(and(eq(cells.id, id), eq(cells.n, 1)))))
            : RTE.right(undefined),
        ),
        transaction({ isolation: 'serializable' }),
        surely,
      )
    for (let round = 0; round < 6; round++) {
      must(await db.execute(pipe(update(cells), set({ n: 1 }), where(eq(cells.id, 1))))())
      must(await db.execute(pipe(update(cells), set({ n: 1 }), where(eq(cells.id, 2))))())
      const outcomes = await Promise.all(Array.from({ length: 8 }, (__, i) => leave(1 + (i % 2))(db)()))
      expect(outcomes.filter(E.isLeft)).toEqual([])
      expect(must(await db.count(pipe(from(cells), where(eq(cells.n, 1))))())).toBe(1)
    }
  })
})
