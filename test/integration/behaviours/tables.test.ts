// What a table is to a program: names of its own in the database, plain data about itself, rows that are records, and nothing to register.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Show } from 'fp-ts/lib/Show.js'
import * as t from 'io-ts'
import {
  asDate,
  binary,
  bigint,
  columnsOf,
  type ColumnSpec,
  computed,
  concat,
  createAll,
  enumeration,
  eq,
  from,
  include,
  insertCodec,
  insertInto,
  integer,
  many,
  named,
  nullable,
  orderBy,
  primaryKey,
  references,
  refine,
  type RowOf,
  rowShow,
  schema,
  select,
  table,
  text,
  timestamptz,
  varchar,
  where,
} from 'relvar'
import { type Tables, tablesIn } from 'relvar/memory'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { engines } from '../../support/engines.js'
import { memoryOf, remembered } from '../../support/in-memory.js'
import { must, openWorld, tagOf, type World } from '../../support/run-load.js'
import { load } from '../effects/raw.js'

/** Columns whose names in the database begin with an underscore: a function of the program's own. */
const prefixed = <C extends Readonly<Record<string, ColumnSpec<unknown, boolean, boolean, string>>>>(columns: C): C =>
  // Each column keeps its type: `named` changes nothing but the name.
  Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, named(`_${key}`)(column)])) as unknown as C

/** A domain type with the codec between it and its column. */
interface Mail {
  readonly user: string
  readonly host: string
}
const mail = new t.Type<Mail, string, string>(
  'Mail',
  (u): u is Mail => typeof u === 'object' && u !== null && 'user' in u && 'host' in u,
  (s, context) => {
    const [user, host, ...more] = s.split('@')
    return user !== undefined && host !== undefined && more.length === 0
      ? t.success({ user, host })
      : t.failure(s, context)
  },
  ({ user, host }) => `${user}@${host}`,
)

const clubs = table('clubs_of_tables', prefixed({ id: pipe(integer, primaryKey), name: varchar(20) }))
const members = table('members_of_tables', {
  id: pipe(integer, primaryKey, named('member_id')),
  clubId: pipe(integer, references(clubs.id), named('club')),
  mail: pipe(varchar(40), refine(mail)),
  size: enumeration(['small', 'large']),
  nick: pipe(text, nullable),
})

const club = { id: 1, name: 'Chess' }
const rows = [
  { id: 1, clubId: 1, mail: { user: 'ed', host: 'x.org' }, size: 'small', nick: 'E' },
  { id: 2, clubId: 1, mail: { user: 'wendy', host: 'x.org' }, size: 'large', nick: null },
] as const
const inOrder = pipe(from(members), orderBy(members.id))
const wendy = pipe(inOrder, where(eq(members.mail, { user: 'wendy', host: 'x.org' })), select(members.id))

const membersOf = pipe(from(members), where(eq(members.clubId, clubs.id)), orderBy(members.id))
const labelled = computed(members, { label: concat(members.size, ' ', members.nick) })
const withMembers = pipe(from(clubs), include({ members: many(pipe(membersOf, select({ id: members.id }))) }))
const labels = pipe(from(labelled), orderBy(labelled.id), select(labelled.label))

/** A row whose optional columns are left out, and what is read of it. */
const unset = { id: 3, clubId: 1, mail: { user: 'm', host: 'y' }, size: 'small' } as const

describe.each(engines())('tables on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ clubs, members })
    await world.rows(insertInto(clubs)(club))
    await world.rows(insertInto(members)(rows))
  })
  afterAll(() => world.close())

  /** Cells as text: some drivers give numbers so. */
  const raw = async (sql: string): Promise<ReadonlyArray<ReadonlyArray<string>>> =>
    must(await world.load(load(world.db, sql, [], { text: 'once' }))).rows.map((row) => row.map(String))

  it('[B04] a column has a name of its own in the database, and its key everywhere else', async () => {
    expect(await raw('select member_id, club from members_of_tables order by member_id')).toEqual([
      ['1', '1'],
      ['2', '1'],
    ])
    expect(await world.rows(inOrder)).toEqual(rows)
  })

  it('[B05] a prefix of all names is a function of the program', async () => {
    expect(await raw('select _id, _name from clubs_of_tables')).toEqual([['1', 'Chess']])
    expect(await world.rows(from(clubs))).toEqual([club])
  })

  it('[B07] a domain type is attached by its codec, to rows and to what is compared', async () => {
    expect(await raw('select mail from members_of_tables order by member_id')).toEqual([['ed@x.org'], ['wendy@x.org']])
    expect(await world.rows(wendy)).toEqual([2])
    const wrong = insertInto(members)({ ...rows[0], id: 9, mail: 'no mail' as never })
    expect(tagOf(await world.outcome(wrong))).toBe('InvalidValue')
  })

  it('[B47] a type that needs DDL of its own brings it with its table', async () => {
    const outcome = await world.load(
      load(world.db, `insert into members_of_tables values (8, 1, 'a@b', 'huge', null)`, [], { text: 'once' }),
    )
    expect(outcome).toMatchObject({ left: { _tag: 'CheckViolation' } })
  })

  it('[B55] a row is shown by its table, and a program may say it in other words', async () => {
    const [first] = await world.rows(inOrder)
    expect(first === undefined ? null : rowShow(members).show(first)).toBe(
      'members_of_tables { id: 1, clubId: 1, mail: { user: "ed", host: "x.org" }, size: "small", nick: "E" }',
    )
  })

  it('[B56, B57] a row is a record; what may be left out and is becomes null, and no key is unknown', async () => {
    const checked = insertCodec(members).decode(unset)
    if (E.isLeft(checked)) throw new Error('no row')
    await world.rows(insertInto(members)(checked.right))
    const third = pipe(from(members), where(eq(members.id, 3)))
    expect(await world.rows(third)).toEqual([{ ...unset, nick: null }])
    await raw('delete from members_of_tables where member_id = 3')
  })

  it('[B06, B58] attributes and relations are said later, by new values; the table stays as it is', async () => {
    expect(await world.rows(labels)).toEqual(['small E', null])
    expect(await world.rows(withMembers)).toEqual([{ ...club, members: [{ id: 1 }, { id: 2 }] }])
    expect(columnsOf(members).map((c) => c.key)).toEqual(['id', 'clubId', 'mail', 'size', 'nick'])
    expect(await world.rows(inOrder)).toEqual(rows)
  })
})

describe('tables in memory', () => {
  const filled: Tables = memoryOf(insertInto(clubs)(club), insertInto(members)(rows))

  it('[B04, B05, B07] memory knows rows by their keys, whatever columns are called, and domain types', () => {
    expect(remembered(filled, inOrder)).toEqual(rows)
    expect(remembered(filled, from(clubs))).toEqual([club])
    expect(remembered(filled, wendy)).toEqual([2])
  })

  it('[B06] memory aside, a table is plain data', () => {
    const described = columnsOf(members)
    expect(described).toMatchObject([
      { key: 'id', name: 'member_id', type: 'Integer', primaryKey: true, nullable: false },
      { key: 'clubId', name: 'club', references: { schema: null, table: 'clubs_of_tables', column: 'id' } },
      { key: 'mail', name: 'mail', type: 'Varchar', length: 40 },
      { key: 'size', type: 'Enumeration' },
      { key: 'nick', nullable: true },
    ])
    expect(JSON.parse(JSON.stringify(described))).toEqual(described)
  })

  it('[B55] memory aside, what is no text is shown as text', () => {
    const all = table('all', { n: bigint, at: asDate(timestamptz), bytes: binary, no: pipe(text, nullable) })
    const row: RowOf<typeof all> = { n: 7n, at: new Date(0), bytes: new Uint8Array([1, 255]), no: null }
    expect(rowShow(all).show(row)).toBe('all { n: 7n, at: 1970-01-01T00:00:00.000Z, bytes: 0x01ff, no: null }')
    const own: Show<RowOf<typeof clubs>> = { show: ({ name }) => `the club ${name}` }
    expect(own.show(club)).toBe('the club Chess')
  })

  it('[B56, B57, B58] memory has null for what is left out, and relations and attributes that are said later', () => {
    const more = memoryOf(insertInto(clubs)(club), insertInto(members)(unset))
    expect(remembered(more, from(members))).toEqual([{ ...unset, nick: null }])
    expect(insertCodec(members).decode({ ...unset, extra: 1 })).toMatchObject({ _tag: 'Left' })
    expect(remembered(filled, labels)).toEqual(['small E', null])
    expect(remembered(filled, withMembers)).toEqual([{ ...club, members: [{ id: 1 }, { id: 2 }] }])
  })

  it('[B47] memory takes what the type takes', () => {
    expect(() => createAll(schema({ clubs, members }))).not.toThrow()
    expect(tablesIn(schema({ clubs, members })).infos).toHaveLength(2)
    expect(insertCodec(members).decode({ ...unset, size: 'huge' })).toMatchObject({ _tag: 'Left' })
  })
})
