// Rows of factories and seeds are taken as they are, with their parents, on every engine and in memory.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  add,
  autoIncrement,
  checkConstraint,
  createAll,
  type Database,
  enumeration,
  foreignKey,
  from,
  generated,
  generatedAs,
  gte,
  integer,
  charLength,
  nullable,
  orderBy,
  primaryKey,
  references,
  refine,
  schema,
  table,
  unique,
  uuid,
  varchar,
} from 'relvar'
import { rowsIn, tablesIn } from 'relvar/memory'
import { run } from 'relvar/promise'
import { factory, sandbox, seed, seeded } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkReferences } from '../../../src/interpret/foreign-key.js'
import { places } from '../../support/places.js'

interface MailBrand {
  readonly Mail: unique symbol
}
const Mail = t.brand(t.string, (s): s is t.Branded<string, MailBrand> => s.includes('@'), 'Mail')

const teams = table(
  'teams',
  {
    id: pipe(integer, primaryKey, autoIncrement),
    name: pipe(varchar(30), unique),
    token: pipe(uuid, unique),
    mail: pipe(varchar(40), refine(Mail)),
    captainId: pipe(integer, nullable),
  },
  (own) => [checkConstraint(gte(charLength(own.name), 3))],
)
const players = table(
  'players',
  {
    id: pipe(integer, primaryKey, autoIncrement),
    teamId: pipe(integer, references(teams.id)),
    mentorId: pipe(integer, nullable),
    level: enumeration(['low', 'high']),
    score: integer,
    next: pipe(integer, nullable, generated),
  },
  (own) => [
    foreignKey(own.mentorId, own.id),
    checkConstraint(gte(own.score, 100)),
    generatedAs(own.next, add(own.score, 1)),
  ],
)
const games = table('games', { code: pipe(varchar(8), primaryKey), homeId: pipe(integer, references(teams.id)) })
// The captain closes a circle.
const league = schema({ players, games, teams }, (s) => [foreignKey(s.teams.captainId, s.players.id)])

describe.each(places())('factories on $label', ({ open }) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await open())
    await run(db.execute(createAll(league)))
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    await close()
  })

  it('insert a row after its parents, each made by its own factory', () =>
    run(
      sandbox(db)((tx) => async () => {
        // That a captain is a player says the schema alone.
        const team = factory(teams, { schema: league })
        const player = factory(players, { parents: { teamId: team } })
        const first = await run(player.insert({ score: 200 })(tx))
        expect(first).toMatchObject({ score: 200, next: 201, mentorId: null })
        const [made] = await run(tx.all(from(teams)))
        expect(made?.id).toBe(first.teamId)
        // A parent that is said is not made.
        const second = await run(player.insert({ teamId: first.teamId, mentorId: first.id })(tx))
        expect(second).toMatchObject({ teamId: first.teamId, mentorId: first.id })
        expect(second.score).toBeGreaterThanOrEqual(100)
        expect(await run(tx.count(from(teams)))).toBe(1)
        return { _tag: 'Right' as const, right: null }
      }),
    ))

  it('seed tables that refer to each other in a circle, with keys that the database makes', () =>
    run(
      sandbox(db)((tx) => async () => {
        const count = await run(seed(30)(league)(tx))
        const found = {
          teams: await run(tx.all(pipe(from(teams), orderBy(teams.id)))),
          players: await run(tx.all(pipe(from(players), orderBy(players.id)))),
          games: await run(tx.all(from(games))),
        }
        expect(found.teams.length + found.players.length + found.games.length).toBe(count)
        expect([found.teams.length, found.games.length]).toEqual([30, 30])
        expect(found.players.length).toBeGreaterThan(10)
        expect(found.teams.some((team) => team.captainId !== null)).toBe(true)
        expect(found.players.some((player) => player.mentorId !== null)).toBe(true)
        // The next key is one that is not there.
        await run(factory(players).insert({ teamId: found.teams[0]?.id ?? 0 })(tx))
        return { _tag: 'Right' as const, right: null }
      }),
    ))
})

describe('rows for tests', () => {
  it('are the same for the same number, and keep codecs and checks', () => {
    const [a, b, other] = [factory(teams), factory(teams), factory(teams, { seed: 2 })]
    const rows = a.list(20)
    expect(b.list(20)).toEqual(rows)
    expect(other.list(20)).not.toEqual(rows)
    expect(rows.every((row) => Mail.is(row.mail) && row.name.length >= 3)).toBe(true)
    expect([new Set(rows.map((row) => row.name)).size, new Set(rows.map((row) => row.token)).size]).toEqual([20, 20])
    expect(rows.every((row) => !('id' in row))).toBe(true)
    expect(a({ name: 'mine' }).name).toBe('mine')
  })

  it('refer to what is given as a parent, or are refused', () => {
    // @ts-expect-error: players have no such column
    expect(() => factory(players, { parents: { boss: factory(teams) } })).toThrow(TypeError)
    expect(() => factory(players, { parents: { score: factory(teams) } })).toThrow(
      '"players"."score" does not refer to "teams"',
    )
  })

  it('in memory are as many as is said, with every reference met', () => {
    const tables = seeded(league, 3, 200)
    expect(rowsIn(teams)(tables).length).toBe(200)
    expect(rowsIn(players)(tables).length).toBeGreaterThan(100)
    expect(checkReferences(tablesIn(league), tables)._tag).toBe('Right')
    expect(seeded(league, 3, 200).rows).toEqual(tables.rows)
  })
})
