// What a database refuses says the same on every engine: which rule, of which table, which columns; and whether anybody is there.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  add,
  type AnyQuery,
  checkConstraint,
  Db,
  deleteFrom,
  eq,
  from,
  gt,
  insertInto,
  integer,
  isRetryable,
  orderBy,
  primaryKey,
  references,
  retrying,
  schema,
  select,
  set,
  sql,
  table,
  text,
  transaction,
  uniqueConstraint,
  update,
  varchar,
  where,
} from 'relvar'
import { apply, type Tables, tablesIn } from 'relvar/memory'
import { run } from 'relvar/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { engines } from '../../support/engines.js'
import { remembered } from '../../support/in-memory.js'
import { openWorld, tagOf, type World } from '../../support/run-load.js'
import { load, open } from '../effects/raw.js'

const halls = table(
  'halls_of_errors',
  { id: pipe(integer, primaryKey), name: varchar(20), town: varchar(20), seats: integer },
  (t) => [
    uniqueConstraint([t.name, t.town], { name: 'one_hall' }),
    checkConstraint(gt(t.seats, 0), { name: 'some_seats' }),
  ],
)
const shows = table('shows_of_errors', {
  id: pipe(integer, primaryKey),
  hallId: pipe(integer, references(halls.id)),
  title: text,
})

const hall = { id: 1, name: 'Round', town: 'Oslo', seats: 9 }
const show = { id: 1, hallId: 1, title: 'Peer Gynt' }
const filling: ReadonlyArray<AnyQuery> = [
  insertInto(halls)([hall, { id: 2, name: 'Square', town: 'Oslo', seats: 5 }]),
  insertInto(shows)([show]),
]

interface Broken {
  readonly says: string
  readonly write: AnyQuery
  readonly tag: string
  readonly constraint?: string
  readonly columns?: ReadonlyArray<string>
}

const duplicate: ReadonlyArray<Broken> = [
  {
    says: 'a key twice',
    write: insertInto(halls)({ ...hall, name: 'Other' }),
    tag: 'UniqueViolation',
    columns: ['id'],
  },
  {
    says: 'a unique pair twice',
    write: insertInto(halls)({ ...hall, id: 3 }),
    tag: 'UniqueViolation',
    constraint: 'one_hall',
    columns: ['name', 'town'],
  },
  {
    says: 'a unique pair twice by an update',
    write: pipe(update(halls), set({ name: 'Round' }), where(eq(halls.id, 2))),
    tag: 'UniqueViolation',
    constraint: 'one_hall',
    columns: ['name', 'town'],
  },
]

const broken: ReadonlyArray<Broken> = [
  {
    says: 'a row that refers to none',
    write: insertInto(shows)({ ...show, id: 2, hallId: 9 }),
    tag: 'ForeignKeyViolation',
  },
  {
    says: 'a row that is referred to',
    write: pipe(deleteFrom(halls), where(eq(halls.id, 1))),
    tag: 'ForeignKeyViolation',
  },
  {
    says: 'a check',
    write: insertInto(halls)({ ...hall, id: 3, name: 'No', seats: 0 }),
    tag: 'CheckViolation',
    constraint: 'some_seats',
  },
  {
    says: 'a check by an update',
    write: pipe(update(halls), set({ seats: add(halls.seats, -9) }), where(eq(halls.id, 1))),
    tag: 'CheckViolation',
    constraint: 'some_seats',
  },
  // What is null or too long is seen before it is sent.
  { says: 'null', write: insertInto(shows)({ ...show, id: 2, title: null as never }), tag: 'InvalidValue' },
  { says: 'too long', write: insertInto(halls)({ ...hall, id: 3, name: 'x'.repeat(21) }), tag: 'InvalidValue' },
]

const nameOf = (tables: Tables): ReadonlyArray<string> =>
  remembered(tables, pipe(from(halls), orderBy(halls.id), select(halls.name)))

describe.each(engines())('errors on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ halls, shows })
    for (const insert of filling) await world.outcome(insert)
  })
  afterAll(() => world.close())

  const told = engine.name === 'postgres' || engine.name === 'sqlite'
  const raw = (textOf: string) => world.load(load(world.db, textOf, [], { text: 'once' }))

  it.each([...duplicate.map((one) => ['ERR01', one] as const), ...broken.map((one) => ['ERR02', one] as const)])(
    '[%s, dialect 89] $says',
    async (_, { write, tag, constraint, columns, says }) => {
      const outcome = await world.outcome(write)
      expect(tagOf(outcome), says).toBe(tag)
      if (constraint !== undefined && !(engine.name === 'sqlite' && tag === 'UniqueViolation'))
        expect(outcome).toMatchObject({ left: { constraint } })
      if (columns !== undefined && told) expect(outcome).toMatchObject({ left: { table: 'halls_of_errors', columns } })
      expect(await world.rows(pipe(from(halls), orderBy(halls.id), select(halls.name)))).toEqual(['Round', 'Square'])
    },
  )

  it('[ERR02] null and too long, where text of the user’s own says it', async () => {
    const nothing = await raw(`insert into shows_of_errors values (2, 1, null)`)
    expect(nothing).toMatchObject({ left: { _tag: 'NotNullViolation', columns: ['title'] } })
    const long = await raw(`insert into halls_of_errors values (3, '${'x'.repeat(30)}', 'Oslo', 1)`)
    if (engine.name !== 'sqlite') {
      expect(long).toMatchObject({ left: { _tag: 'Sql', sqlState: '22001' } })
      return
    }
    // SQLite keeps what is too long for a column: whoever reads it is told.
    expect(tagOf(long)).toBe('Right')
    expect(tagOf(await world.outcome(from(halls)))).toBe('Decode')
    await raw('delete from halls_of_errors where id = 3')
  })

  it('[ERR04] a table that is not there, and a text that is no SQL', async () => {
    const nowhere = table('nowhere', { id: integer })
    expect(await world.outcome(from(nowhere))).toMatchObject({ left: { _tag: 'Sql', code: 'RV901' } })
    expect(await world.outcome(sql.text('selec 1').command())).toMatchObject({ left: { _tag: 'Sql', code: 'RV901' } })
    expect(tagOf(await world.db.all(from(halls))())).toBe('Right')
  })

  it('[ERR05] ping is true while somebody is there, and false where nobody is any more', async () => {
    expect(await world.db.ping()).toEqual(E.right(true))
    expect(await Db.ping(world.db)()).toEqual(E.right(true))
    expect(await world.db.transaction()((tx) => tx.ping)()).toEqual(E.right(true))
    const closed = open(engine, engine.url)
    expect(await closed.ping()).toEqual(E.right(true))
    await run(closed.close())
    expect(await closed.ping()).toEqual(E.right(false))
    if (engine.name === 'sqlite') {
      expect(await open(engine, 'sqlite:/no/such/folder/test.db').ping()).toEqual(E.right(false))
      return
    }
    const nowhere = new URL(engine.url)
    nowhere.port = '1'
    expect(await open(engine, nowhere.href).ping()).toEqual(E.right(false))
    const stranger = new URL(engine.url)
    stranger.username = 'nobody_of_this_name'
    expect(await open(engine, stranger.href).ping()).toMatchObject({ left: { _tag: 'Connection', phase: 'auth' } })
  })

  it('[ERR05] ping is false on a connection that was killed, and true on the next', async () => {
    if (engine.name === 'sqlite') return
    const me = engine.name === 'postgres' ? 'select pg_backend_pid()' : 'select connection_id()'
    const outcome = await world.db.transaction()((tx) => async () => {
      const id = (await run(tx.run(load(tx, me, [], { text: 'once' })))).rows[0]?.[0]
      await raw(engine.name === 'postgres' ? `select pg_terminate_backend(${String(id)})` : `kill ${String(id)}`)
      await pause(50)
      return E.right(await tx.ping())
    })()
    expect(outcome).toMatchObject({ left: { _tag: 'RolledBack', cause: { _tag: 'Connection' } } })
    expect(await world.db.ping()).toEqual(E.right(true))
  })

  it('[ERR07] a conflict of transactions is retryable, and a broken rule is not', async () => {
    const unique = await world.db.execute(insertInto(halls)(hall))()
    expect(E.isLeft(unique) && isRetryable(unique.left)).toBe(false)
    const conflict = {
      postgres: `do $$ begin raise exception 'conflict' using errcode = '40001'; end $$`,
      mysql: `signal sqlstate '40001' set mysql_errno = 1213`,
      mariadb: `signal sqlstate '40001' set mysql_errno = 1213`,
      sqlite: null,
    }[engine.name]
    if (conflict === null) return
    let runs = 0
    const program = pipe(
      (tx: typeof world.db) =>
        runs++ < 2
          ? pipe(
              tx.run(load(tx, conflict, [], { text: 'once' })),
              TE.map(() => 'no'),
            )
          : TE.right('done'),
      transaction(),
      retrying({ times: 5, delayMs: () => 1 }),
    )
    expect(await program(world.db)()).toEqual(E.right('done'))
    expect(runs).toBe(3)
  })
})

describe('errors in memory', () => {
  const filled = filling.reduce(
    (before: Tables, insert) => {
      // An insert mentions its own table alone, so it is closed.
      const after = apply(insert as never)(before)
      if (E.isLeft(after)) throw new Error(after.left.message)
      return after.right.tables
    },
    tablesIn(schema({ halls, shows })),
  )

  it.each([...duplicate.map((one) => ['ERR01', one] as const), ...broken.map((one) => ['ERR02', one] as const)])(
    '[%s, dialect 89] memory: $says',
    (_, { write, tag, columns, constraint, says }) => {
      const outcome = apply(write as never)(filled)
      expect(tagOf(outcome), says).toBe(tag)
      if (columns !== undefined) expect(outcome).toMatchObject({ left: { table: 'halls_of_errors', columns } })
      if (constraint !== undefined) expect(outcome).toMatchObject({ left: { constraint } })
      expect(nameOf(filled)).toEqual(['Round', 'Square'])
    },
  )
})
