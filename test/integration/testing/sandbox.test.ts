// Tests in sandboxes leave nothing behind, side by side, on every engine and in memory; a user's query agrees with its meaning.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  autoIncrement,
  createAll,
  type Database,
  type DbError,
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
import { run } from 'relvar/promise'
import { agrees, sandbox } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { places } from '../../support/places.js'

const teams = table('teams', { id: pipe(integer, primaryKey), name: pipe(varchar(40), nullable) })
const players = table('players', {
  id: pipe(integer, primaryKey, autoIncrement),
  teamId: pipe(integer, references(teams.id)),
  score: pipe(integer, nullable),
})
const league = schema({ teams, players })

describe.each(places())('sandboxes on $label', ({ open }) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await open())
    await run(db.execute(createAll(league)))
    await run(db.execute(insertInto(teams)({ id: 1, name: 'a' })))
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    await close()
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

  it('end with what the program throws, and keep nothing of it', async () => {
    const thrown = await sandbox(db)<never, never>((tx) => async () => {
      await run(tx.execute(insertInto(teams)({ id: 30, name: 'x' })))
      throw new Error('no way')
    })()
    expect(thrown).toMatchObject({ _tag: 'Left', left: { _tag: 'Defect' } })
    expect(E.isLeft(thrown) && thrown.left.message).toContain('no way')
    expect(await run(counted(db))).toBe(1)
  })

  it('end where their signal aborts, and keep nothing', async () => {
    const controller = new AbortController()
    const outcome = await sandbox(db.having({ signal: controller.signal }))((tx) =>
      pipe(
        tx.execute(insertInto(teams)({ id: 31, name: 'x' })),
        TE.chainFirstIOK(() => () => controller.abort()),
        TE.chain(() => tx.execute(insertInto(teams)({ id: 32, name: 'y' }))),
      ),
    )()
    expect(E.isLeft(outcome) && outcome.left._tag).toBe('Cancelled')
    expect(await run(counted(db))).toBe(1)
    // One that is aborted already is not begun.
    expect(await sandbox(db.having({ signal: controller.signal }))(counted)()).toMatchObject({ _tag: 'Left' })
  })

  it('give every connection back, whatever ends them', async () => {
    const program = (n: number) =>
      sandbox(db)<DbError | 'left', unknown>((tx) => async () => {
        await tx.execute(insertInto(teams)({ id: 40 + n, name: null }))()
        if (n % 4 === 1) throw new Error('thrown')
        if (n % 4 === 2) return E.left('left' as const)
        // A statement that fails inside, and another sandbox.
        if (n % 4 === 3) return sandbox(tx)((inner) => inner.execute(insertInto(teams)({ id: 1, name: 'again' })))()
        return E.right(n)
      })
    const outcomes = await Promise.all(Array.from({ length: 24 }, (_, n) => program(n)()))
    const tags = outcomes.map((o) => (E.isRight(o) ? 'Right' : typeof o.left === 'string' ? o.left : o.left._tag))
    expect(tags.slice(0, 4)).toEqual(['Right', 'Defect', 'left', 'UniqueViolation'])
    expect(tags).toEqual(Array.from({ length: 6 }, () => tags.slice(0, 4)).flat())
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    expect(await run(counted(db))).toBe(1)
  })
})
