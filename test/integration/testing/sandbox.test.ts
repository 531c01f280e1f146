// Tests in sandboxes leave nothing behind, side by side, on every engine and in memory; a user's query agrees with its meaning.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  autoIncrement,
  createAll,
  type Database,
  eq,
  from,
  gt,
  innerJoin,
  insertInto,
  integer,
  nullable,
  orderBy,
  primaryKey,
  references,
  schema,
  select,
  table,
  transaction,
  varchar,
  where,
} from 'relvar'
import { memory, rowsIn } from 'relvar/memory'
import { mariadb, mysql } from 'relvar/mysql'
import { postgres } from 'relvar/postgres'
import { run } from 'relvar/promise'
import { sqlite } from 'relvar/sqlite'
import { agrees, factory, sandbox, seeded } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Engine, engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'

const teams = table('teams', { id: pipe(integer, primaryKey), name: pipe(varchar(40), nullable) })
const players = table('players', {
  id: pipe(integer, primaryKey, autoIncrement),
  teamId: pipe(integer, references(teams.id)),
  score: pipe(integer, nullable),
})
const league = schema({ teams, players })

const opened: Readonly<Record<Engine['name'], (url: string) => Database>> = { sqlite, postgres, mysql, mariadb }

interface Place {
  readonly label: string
  readonly open: () => Promise<{ readonly db: Database; readonly drop: () => Promise<void> }>
}

const places: ReadonlyArray<Place> = [
  { label: 'memory', open: () => Promise.resolve({ db: memory(), drop: () => Promise.resolve() }) },
  ...engines().map((engine) => ({
    label: engine.label,
    open: async () => {
      const fresh: FreshDatabase = await freshDatabase(engine)
      return { db: opened[engine.name](fresh.url), drop: fresh.drop }
    },
  })),
]

describe.each(places)('sandboxes on $label', ({ open }) => {
  let db: Database
  let drop: () => Promise<void>
  beforeAll(async () => {
    const place = await open()
    ;({ db, drop } = place)
    await run(db.execute(createAll(league)))
    await run(db.execute(insertInto(teams)({ id: 1, name: 'a' })))
  })
  afterAll(async () => {
    await run(db.close())
    await drop()
  })

  const counted = (tx: Database) => tx.count(from(teams))

  it('give what the program gives, and keep nothing of it', async () => {
    const inside = await run(
      sandbox(db)((tx) =>
        pipe(
          tx.execute(insertInto(teams)({ id: 2, name: 'b' })),
          TE.chain(() => counted(tx)),
        ),
      ),
    )
    expect([inside, await run(counted(db))]).toEqual([2, 1])
  })

  it('give what the program refuses, and keep nothing of it either', async () => {
    const refused = await sandbox(db)((tx) =>
      pipe(
        tx.execute(insertInto(teams)({ id: 3, name: 'c' })),
        TE.chainW(() => TE.left('no' as const)),
      ),
    )()
    expect(refused).toEqual(E.left('no'))
    const broken = await sandbox(db)((tx) => tx.execute(insertInto(teams)({ id: 1, name: 'again' })))()
    expect(E.isLeft(broken) && broken.left._tag).toBe('UniqueViolation')
    expect(await run(counted(db))).toBe(1)
  })

  it('hold sandboxes and transactions', async () => {
    const counts = await run(
      sandbox(db)((tx) =>
        pipe(
          transaction()((inner: Database) => inner.execute(insertInto(teams)({ id: 4, name: 'd' })))(tx),
          TE.chain(() =>
            sandbox(tx)((inner) =>
              pipe(
                inner.execute(insertInto(teams)({ id: 5, name: 'e' })),
                TE.chain(() => counted(inner)),
              ),
            ),
          ),
          TE.chain((innermost) =>
            pipe(
              counted(tx),
              TE.map((outer) => [innermost, outer]),
            ),
          ),
        ),
      ),
    )
    expect([...counts, await run(counted(db))]).toEqual([3, 2, 1])
  })

  it('run side by side', async () => {
    const one = (id: number) =>
      run(
        sandbox(db)((tx) =>
          pipe(
            tx.execute(insertInto(teams)({ id, name: null })),
            TE.chain(() => tx.all(pipe(from(teams), where(gt(teams.id, 1)), select(teams.id)))),
          ),
        ),
      )
    const ids = [10, 11, 12, 13, 14, 15, 16, 17]
    expect(await Promise.all(ids.map(one))).toEqual(ids.map((id) => [id]))
    expect(await run(counted(db))).toBe(1)
  })

  it("a user's own query agrees with its meaning", async () => {
    const scores = pipe(
      from(players),
      innerJoin(teams, eq(teams.id, players.teamId)),
      where(gt(players.score, 0)),
      orderBy(players.id, teams.id),
      select({ team: teams.name, score: players.score }),
    )
    await fc.assert(agrees([teams, players], scores, { db }), { numRuns: 15 })
    expect(await run(counted(db))).toBe(1)
  })

  it('take the rows of a factory', async () => {
    const [team, player] = [factory(teams), factory(players)]
    const sum = await run(
      sandbox(db)((tx) =>
        pipe(
          tx.execute(insertInto(teams)([team({ id: 20 }), team({ id: 21, name: 'x' })])),
          TE.chain(() => tx.execute(insertInto(players)([player({ teamId: 20 }), player({ teamId: 21, score: 3 })]))),
          TE.chain(() => tx.count(from(players))),
        ),
      ),
    )
    expect(sum).toBe(2)
  })
})

describe('rows for tests', () => {
  it('are the same for the same number', () => {
    const [a, b] = [factory(teams), factory(teams)]
    expect([a(), a(), a({ name: 'me' }).name]).toEqual([b(), b(), 'me'])
    expect(a().id).not.toBe(a().id)
    expect(rowsIn(players)(seeded([teams, players], 3))).toEqual(rowsIn(players)(seeded([teams, players], 3)))
  })
})
