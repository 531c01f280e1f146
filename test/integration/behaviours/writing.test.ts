// What is written and read again, by one program: the same rows on every engine and in memory.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  and,
  type AnyTable,
  autoIncrement,
  caseWhen,
  computed,
  count,
  cte,
  date,
  everyRow,
  deleteFrom,
  desc,
  eq,
  exists,
  from,
  groupBy,
  gt,
  innerJoin,
  inQuery,
  insertCodec,
  insertInto,
  integer,
  isNotNull,
  isNull,
  json,
  leftJoin,
  limit,
  lt,
  max,
  mul,
  named,
  not,
  nullable,
  offset,
  orderBy,
  param,
  primaryKey,
  references,
  refine,
  returning,
  scalar,
  schema,
  select,
  serialized,
  set,
  table,
  tableIn,
  text,
  unique,
  update,
  varchar,
  where,
} from '../../../src/index.js'
import { apply, interpret, rowsIn, tablesIn } from '../../../src/memory.js'
import { tablesOf } from '../../support/cases.js'
import { tagOf } from '../../support/run-load.js'
import { type WritePlace, writePlaces } from './write-places.js'

const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: pipe(varchar(20), unique),
  level: pipe(integer, nullable),
})
const posts = table('posts', {
  id: pipe(integer, primaryKey, autoIncrement),
  userId: pipe(integer, references(users.id)),
  title: varchar(20),
})

interface AtBrand {
  readonly At: unique symbol
}
const withAt = t.brand(t.string, (s): s is t.Branded<string, AtBrand> => s.includes('@'), 'At')
const contacts = table('contacts', {
  id: pipe(integer, primaryKey),
  email: pipe(varchar(20), refine(withAt)),
  age: integer,
})

const sides = table('squares', { id: pipe(integer, primaryKey), side: integer })
const squares = computed(sides, { area: mul(sides.side, sides.side), perimeter: mul(sides.side, 4) })

const hostileNames = [
  'percent%table',
  'spaces % more spaces',
  'quote"d',
  "quote'd",
  'back`tick',
  '1digit',
  '$dollar',
  'foreign',
  'order',
  '測試',
  'Unitéble2',
  'méil',
  'a.b',
  '--',
  'x; DROP TABLE users',
]

describe.each(writePlaces)('writing on $label', ({ open }) => {
  let place: WritePlace
  beforeAll(async () => {
    place = await open()
  })
  afterAll(() => place.close())

  const tag = async (kind: 'read' | 'write', query: unknown): Promise<string> =>
    tagOf(await place.outcome(kind, query as never))

  const three = async (): Promise<void> => {
    await place.create({ users, posts })
    await place.write(insertInto(users)([{ name: 'ed' }, { name: 'wendy', level: 1 }, { name: 'mary', level: 2 }]))
    await place.write(
      insertInto(posts)([
        { userId: 1, title: 'a' },
        { userId: 1, title: 'b' },
        { userId: 2, title: 'c' },
      ]),
    )
  }
  const levels = (): Promise<unknown> => place.rows(pipe(from(users), orderBy(users.id), select(users.level)))

  it('[P01] one program, its rows and its errors', async () => {
    await three()
    await place.write(pipe(update(users), set({ level: 7 }), where(eq(users.name, 'ed'))))
    await place.write(pipe(deleteFrom(posts), where(eq(posts.title, 'b'))))
    const report = pipe(
      from(users),
      leftJoin(posts, eq(posts.userId, users.id)),
      groupBy(users.id),
      orderBy(desc(users.level)),
      select({ name: users.name, level: users.level, posts: count(posts.id) }),
    )
    expect(await place.rows(report)).toEqual([
      { name: 'ed', level: 7, posts: 1 },
      { name: 'mary', level: 2, posts: 0 },
      { name: 'wendy', level: 1, posts: 1 },
    ])
    expect(await tag('write', insertInto(users)({ name: 'ed' }))).toBe('UniqueViolation')
    expect(await tag('write', insertInto(posts)({ userId: 9, title: 'x' }))).toBe('ForeignKeyViolation')
  })

  it('[dialect 64, dialect 66, dialect 68] an update asks other tables and its own in subqueries, and never names a column twice', async () => {
    await three()
    const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))
    await place.write(pipe(update(users), set({ level: scalar(pipe(postsOf, select(count()))) as never }), everyRow))
    expect(await levels()).toEqual([2, 1, 0])
    const first = pipe(from(users), orderBy(users.id), limit(1), select(users.id))
    const { affected } = await place.write(
      pipe(update(users), set({ level: 9 }), where(pipe(users.id, inQuery(first)))),
    )
    expect(affected).toBe(1)
    expect(await levels()).toEqual([9, 1, 0])
    // A table that is written may be read under another name, and its columns are told apart from those of the write.
    const other = pipe(users, alias('other'))
    const highest = scalar(pipe(from(other), select(max(other.level))))
    await place.write(pipe(update(users), set({ level: highest }), where(eq(users.level, 0))))
    expect(await levels()).toEqual([9, 1, 9])
  })

  it('[dialect 65, dialect 66, dialect 68] a delete asks other tables and its own in subqueries', async () => {
    await three()
    const mine = exists(pipe(from(users), where(and(eq(users.id, posts.userId), eq(users.name, 'ed')))))
    expect((await place.write(pipe(deleteFrom(posts), where(mine)))).affected).toBe(2)
    const last = pipe(from(users), orderBy(desc(users.id)), limit(1), select(users.id))
    expect((await place.write(pipe(deleteFrom(users), where(pipe(users.id, inQuery(last)))))).affected).toBe(1)
    expect(await place.rows(pipe(from(users), orderBy(users.id), select(users.name)))).toEqual(['ed', 'wendy'])
  })

  it('[dialect 67] expressions of set see the old row', async () => {
    const pairs = table('pairs', { id: pipe(integer, primaryKey), n: integer, m: integer })
    await place.create({ pairs })
    await place.write(insertInto(pairs)({ id: 1, n: 10, m: 20 }))
    await place.write(pipe(update(pairs), set({ n: 1, m: pairs.n }), everyRow))
    expect(await place.rows(from(pairs))).toEqual([{ id: 1, n: 1, m: 10 }])
    const swapped = await tag('write', pipe(update(pairs), set({ n: pairs.m, m: pairs.n }), everyRow))
    const refused = place.name === 'mysql' || place.name === 'mariadb'
    expect(swapped).toBe(refused ? 'Unsupported' : 'Right')
    expect(await place.rows(from(pairs))).toEqual([{ id: 1, ...(refused ? { n: 1, m: 10 } : { n: 10, m: 1 }) }])
  })

  it('[dialect 69, dialect 92] rows that leave out what others say, and rows that say nothing; keys differ and are in order', async () => {
    await place.create({ users, posts })
    const some = [{ name: 'a' }, { name: 'b', level: 1 }, { name: 'c', level: null }]
    const { rows } = await place.write(pipe(insertInto(users)(some), returning(users)))
    expect(rows.map(({ name, level }) => [name, level])).toEqual([
      ['a', null],
      ['b', 1],
      ['c', null],
    ])
    expect(await tag('write', insertInto(users)({ name: 'a' }))).toBe('UniqueViolation')
    const [next] = (await place.write(pipe(insertInto(users)({ name: 'd' }), returning({ id: users.id })))).rows
    // Keys are opaque: a row that was refused may have taken one.
    expect(rows.map(({ id }) => id)).not.toContain(next?.id)
    const only = table('only', { id: pipe(integer, primaryKey, autoIncrement) })
    await place.create({ only })
    const made = (await place.write(pipe(insertInto(only)([{}, {}]), returning(only)))).rows
    expect(new Set(made.map(({ id }) => id)).size).toBe(2)
  })

  it('[dialect 70] a query with a name in the subquery of a write', async () => {
    await three()
    const busy = pipe(from(posts), where(gt(posts.userId, 1)), select({ id: posts.userId }), cte('busy'))
    const on = pipe(users.id, inQuery(pipe(from(busy), select(busy.id))))
    expect((await place.write(pipe(update(users), set({ level: 5 }), where(on)))).affected).toBe(1)
    expect(await levels()).toEqual([null, 5, 2])
  })

  it('[dialect 77, dialect 79] a key is never null, also one of several columns; a unique column takes many nulls', async () => {
    const held = table('held', {
      a: pipe(integer, primaryKey),
      b: pipe(varchar(5), primaryKey),
      u: pipe(integer, unique, nullable),
    })
    await place.create({ held })
    expect(await tag('write', insertInto(held)({ a: 1, b: null } as never))).toBe('InvalidValue')
    expect(await tag('write', insertInto(held)({ a: 1 } as never))).toMatch(
      /^(NotNullViolation|MissingColumn|InvalidValue)$/,
    )
    await place.write(insertInto(held)([1, 2, 3].map((a) => ({ a, b: 'x', u: null }))))
    await place.write(insertInto(held)({ a: 4, b: 'x', u: 1 }))
    expect(await tag('write', insertInto(held)({ a: 5, b: 'x', u: 1 }))).toBe('UniqueViolation')
    expect(await place.rows(pipe(from(held), where(isNull(held.u)), select({ n: count() })))).toEqual([{ n: 3 }])
  })

  it('[dialect 78] foreign keys are on', async () => {
    await three()
    expect(await tag('write', insertInto(posts)({ userId: 99, title: 'x' }))).toBe('ForeignKeyViolation')
    expect(await tag('write', pipe(deleteFrom(users), where(eq(users.id, 1))))).toBe('ForeignKeyViolation')
  })

  it('[dialect 76] a column holds what its type says, and what is too long or another is refused', async () => {
    await three()
    expect(await tag('write', insertInto(posts)({ userId: 1, title: 'x'.repeat(21) }))).toBe('InvalidValue')
    expect(await tag('write', insertInto(posts)({ userId: 'abc', title: 'x' } as never))).toBe('InvalidValue')
    expect(await tag('write', pipe(update(users), set({ level: 2 ** 31 }), everyRow))).toBe('InvalidValue')
  })

  it('[dialect 45, dialect 11] a scalar of two rows is an error; null is in no empty query', async () => {
    await three()
    const two = scalar(pipe(from(posts), select(posts.id)))
    expect(await tag('read', pipe(from(users), select(two)))).toBe('MultipleRows')
    const none = pipe(from(posts), where(lt(posts.id, 0)), select(posts.id))
    expect(
      await place.rows(pipe(from(users), where(not(pipe(users.level, inQuery(none)))), select({ n: count() }))),
    ).toEqual([{ n: 3 }])
  })

  it('[L03, L04] what a validator refuses is not written, and every wrong field is told with its path', async () => {
    await place.create({ contacts })
    const email = (of: string): t.TypeOf<typeof withAt> => of as t.TypeOf<typeof withAt> // the brand is what is tested
    await place.write(insertInto(contacts)({ id: 1, email: email('a@b'), age: 1 }))
    for (const query of [
      insertInto(contacts)({ id: 2, email: email('nobody'), age: 1 }),
      pipe(update(contacts), set({ email: email('') }), where(eq(contacts.id, 1))),
    ]) {
      const outcome = await place.outcome('write', query)
      expect(tagOf(outcome)).toBe('InvalidValue')
      if (E.isLeft(outcome)) expect(outcome.left.message).toContain('is no At')
    }
    expect(await place.rows(from(contacts))).toEqual([{ id: 1, email: 'a@b', age: 1 }])
    const wrong = insertCodec(contacts).decode({ id: 1, email: 'nobody', age: 'old', more: 1 })
    const paths = E.isLeft(wrong) ? wrong.left.map(({ context }) => context.map(({ key }) => key).join('.')) : []
    for (const path of ['email', 'age', 'more']) expect(paths.join(' ')).toContain(path)
  })

  it('a codec may take null for a value that is none', async () => {
    const zero = new t.Type<number | null, number, number>(
      'Zero',
      (u): u is number | null => u === null || typeof u === 'number',
      (n) => t.success(n === 0 ? null : n),
      (n) => n ?? 0,
    )
    const counts = table('counts', { id: pipe(integer, primaryKey), n: pipe(integer, refine(zero)) })
    await place.create({ counts })
    await place.write(
      insertInto(counts)([
        { id: 1, n: null },
        { id: 2, n: 5 },
      ]),
    )
    expect(await place.rows(pipe(from(counts), orderBy(desc(counts.n))))).toEqual([
      { id: 2, n: 5 },
      { id: 1, n: null },
    ])
  })

  it('[BIN03] an object goes through its codec into bytes and back', async () => {
    const state = t.type({ tags: t.array(t.string), at: t.type({ x: t.number }) })
    const kept = table('kept', { id: pipe(integer, primaryKey), state: serialized(state) })
    await place.create({ kept })
    const value = { tags: ['é', '🐍', ''], at: { x: 1.5 } }
    await place.write(insertInto(kept)({ id: 1, state: value }))
    expect(await place.rows(from(kept))).toEqual([{ id: 1, state: value }])
  })

  it('[SEL34] computed columns of two sides', async () => {
    await place.create({ squares })
    await place.write(
      insertInto(squares)([
        { id: 1, side: 10 },
        { id: 2, side: 42 },
      ]),
    )
    expect(await place.rows(pipe(from(squares), orderBy(desc(squares.area))))).toEqual([
      { id: 2, side: 42, area: 1764, perimeter: 168 },
      { id: 1, side: 10, area: 100, perimeter: 40 },
    ])
  })

  it('[DTM02, dialect 74] a day is the same day in every zone of the process', async () => {
    const days = table('days', { id: pipe(integer, primaryKey), day: date })
    const before = process.env['TZ']
    try {
      for (const [id, zone] of ['America/New_York', 'Pacific/Kiritimati', 'UTC'].entries()) {
        process.env['TZ'] = zone
        await place.create({ days })
        await place.write(insertInto(days)({ id, day: '2012-10-15' }))
        expect(await place.rows(pipe(from(days), where(eq(days.day, '2012-10-15'))))).toEqual([
          { id, day: '2012-10-15' },
        ])
      }
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })

  it('[DTM19] a day that is none is refused', async () => {
    const days = table('days', { id: pipe(integer, primaryKey), day: date })
    await place.create({ days })
    for (const day of ['0000-00-00', '2012-02-30', '2012-13-01', '2012-10-15T00:00:00'])
      expect(await tag('write', insertInto(days)({ id: 1, day }))).toBe('InvalidValue')
    expect(await place.rows(from(days))).toEqual([])
  })

  it.each(hostileNames)(
    '[IDN03, IDN05, IDN06, IDN08, IDN09, IDN11, dialect 80, dialect 81] a table and a column called %j',
    async (name) => {
      const odd = table(name, {
        id: pipe(integer, primaryKey),
        [name]: pipe(integer, nullable),
        other: integer,
      })
      const column = odd[name] as typeof odd.other
      await place.create({ odd })
      await place.write(
        insertInto(odd)([
          { id: 1, [name]: 5, other: 12 },
          { id: 2, [name]: 7, other: 11 },
          { id: 3, [name]: null, other: 9 },
        ] as never),
      )
      await place.write(pipe(update(odd), set({ [name]: add(column, 10) } as never), where(eq(column, 5))))
      expect(
        await place.rows(pipe(from(odd), where(gt(column, 6)), orderBy(desc(column)), select({ [name]: column }))),
      ).toEqual([{ [name]: 15 }, { [name]: 7 }])
      // A name in quotes that is no column would be a text on some engines, which is the same in every row.
      expect(await place.rows(pipe(from(odd), where(isNull(column)), select(odd.id)))).toEqual([3])
    },
  )

  it('[IDN12] a column has one name in the database, and another in its rows', async () => {
    const renamed = table('renamed', {
      id: pipe(integer, primaryKey, named('the id')),
      name: pipe(text, named('full name')),
    })
    await place.create({ renamed })
    await place.write(insertInto(renamed)({ id: 1, name: 'ed' }))
    expect(await place.rows(pipe(from(renamed), where(eq(renamed.name, 'ed'))))).toEqual([{ id: 1, name: 'ed' }])
  })

  it('[IDN14, dialect 80] names of 63 bytes that differ in the last are two; longer ones, and ones of another case, are none', async () => {
    const long = 'x'.repeat(62)
    const tables = ['a', 'b'].map((end) =>
      table(`${long}${end}`, { id: pipe(integer, primaryKey), [`${long}c`]: integer, [`${long}d`]: integer }),
    )
    await place.create(Object.fromEntries(tables.map((of, i) => [`t${i}`, of as AnyTable])))
    for (const [i, of] of tables.entries())
      await place.write(insertInto(of)({ id: i, [`${long}c`]: i, [`${long}d`]: i + 5 } as never))
    for (const [i, of] of tables.entries())
      expect(await place.rows(from(of))).toEqual([{ id: i, [`${long}c`]: i, [`${long}d`]: i + 5 }])
    expect(() => table(`${long}ab`, { id: integer })).toThrow(TypeError)
    expect(() => table('t', { [`${long}ab`]: integer })).toThrow(TypeError)
    expect(() => pipe(users, alias(`${long}ab`))).toThrow(TypeError)
    expect(() => table('t', { a: integer, A: integer })).toThrow(TypeError)
  })
})

describe('documents, parameters and schemas in memory', () => {
  const t3 = table('t3', { id: pipe(integer, primaryKey), x: integer })
  const rows = [1, 2, 3].map((id) => ({ id, x: id * 10 }))
  const filled = tablesOf([{ table: t3, rows }])

  it('memory has the document null beside the null of SQL', () => {
    const documents = table('documents', { id: pipe(integer, primaryKey), doc: json(t.union([t.string, t.null])) })
    const numbers = table('numbers', { id: pipe(integer, primaryKey), n: integer })
    const nothing = tablesIn(schema({ documents, numbers }))
    const both = [
      { id: 1, doc: null },
      { id: 2, doc: 'null' },
    ]
    const kept = apply(insertInto(documents)(both))(nothing)
    expect(
      pipe(
        kept,
        E.map(({ tables }) => rowsIn(documents)(tables)),
      ),
    ).toEqual(E.right(both))
    const absent = apply(insertInto(numbers)({ id: 1, n: null as never }))(nothing)
    expect(absent).toMatchObject({
      left: { _tag: 'InvalidValue', message: expect.stringContaining('null where a value') },
    })
  })

  it('[LIM05, dialect 32] memory takes limit and offset by name, run twice with other values', () => {
    const q = pipe(
      from(t3),
      orderBy(t3.id),
      limit(param('size', integer)),
      offset(param('skip', integer)),
      select(t3.id),
    )
    expect(interpret(q, { size: 1, skip: 1 })(filled)).toEqual(E.right([2]))
    expect(interpret(q, { size: 5, skip: 0 })(filled)).toEqual(E.right([1, 2, 3]))
    expect(tagOf(interpret(q, { size: -1, skip: 0 })(filled))).toBe('InvalidValue')
  })

  it('[CMP17] memory leaves a filter out where its parameter is null', () => {
    const x = param('x', pipe(integer, nullable))
    const q = pipe(from(t3), where(eq(caseWhen(isNotNull(x), x).otherwise(t3.x), t3.x)), orderBy(t3.id), select(t3.id))
    expect(interpret(q, { x: null })(filled)).toEqual(E.right([1, 2, 3]))
    expect(interpret(q, { x: 20 })(filled)).toEqual(E.right([2]))
  })

  it('[SEL05] memory keeps tables of one name in two schemas apart', () => {
    const twin = tableIn('other')('t3', { id: pipe(integer, primaryKey), x: integer })
    const u2 = pipe(twin, alias('u2'))
    const both = tablesOf([
      { table: t3, rows },
      { table: twin, rows: [{ id: 1, x: 1 }] },
    ])
    const q = pipe(from(t3), innerJoin(u2, eq(u2.id, t3.id)), select({ id: t3.id, other: u2.id, x: u2.x }))
    expect(interpret(q)(both)).toEqual(E.right([{ id: 1, other: 1, x: 1 }]))
  })
})
