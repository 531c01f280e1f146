// A flush does on every engine what its plan says: keys flow, counts are checked, a Left changes nothing.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as t from 'io-ts'
import {
  type AnyTable,
  asc,
  autoIncrement,
  bigint,
  boolean,
  type Database,
  Db,
  type DbError,
  date,
  defaultTo,
  deleteFrom,
  double,
  eq,
  foreignKey,
  from,
  insertInto,
  integer,
  json,
  named,
  nullable,
  orderBy,
  primaryKey,
  references,
  schema,
  set,
  table,
  text,
  timestamptz,
  transaction,
  unique,
  update,
  varchar,
  where,
} from 'relvar'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Uow from '../../../src/session/uow.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { prepared, recording, right, tag } from './work.js'

const id = pipe(integer, primaryKey, autoIncrement)
const users = table('users', { id, name: text, email: pipe(varchar(50), nullable, unique) })
const addresses = table('addresses', {
  id,
  userId: pipe(integer, nullable, references(users.id)),
  email: pipe(text, named('email_address')),
})
const nodes = table('nodes', { id, parentId: pipe(integer, nullable), data: text }, (n) => [
  foreignKey(n.parentId, n.id),
])
const tree = table('tree', { id: pipe(integer, primaryKey), parentId: integer, data: text }, (n) => [
  foreignKey(n.parentId, n.id),
])
const person = table('person', { id, favoriteId: pipe(integer, nullable), data: pipe(text, nullable) })
const ball = table('ball', { id, personId: pipe(integer, nullable, references(person.id)) })
const items = table('items', { id, descr: text })
const keywords = table('keywords', { id, name: text })
const itemKeywords = table('item_keywords', {
  itemId: pipe(integer, references(items.id), primaryKey),
  keywordId: pipe(integer, references(keywords.id), primaryKey),
})
const uq = table('uq', { id: pipe(integer, primaryKey), k: pipe(varchar(50), unique) })
const lines = table('lines', { orderId: pipe(integer, primaryKey), lineNo: pipe(integer, primaryKey), qty: integer })
let made = 0
const nextMade = (): string => {
  made += 1
  return `m${made}`
}
const kinds = table(
  'kinds',
  {
    code: pipe(varchar(50), primaryKey, defaultTo(nextMade)),
    at: timestamptz,
    flag: pipe(boolean, defaultTo(true)),
    payload: pipe(json(t.UnknownRecord), nullable),
    parent: pipe(varchar(50), nullable),
    big: pipe(bigint, nullable),
    ratio: pipe(double, nullable),
    day: pipe(date, nullable),
    note: pipe(text, nullable),
  },
  (k) => [foreignKey(k.parent, k.code)],
)
const bigs = table(
  'bigs',
  { id: pipe(bigint, primaryKey, autoIncrement), name: text, parentId: pipe(bigint, nullable) },
  (t) => [foreignKey(t.parentId, t.id)],
)
const blanks = table('blanks', { id })
const all = schema(
  { users, addresses, nodes, tree, person, ball, items, keywords, itemKeywords, uq, lines, kinds, bigs, blanks },
  (s) => [foreignKey(s.person.favoriteId, s.ball.id)],
)
const start = Uow.empty(all)
type Work = typeof start

describe.each(engines().map((engine) => [engine.label, engine] as const))('a flush on %s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = await prepared(engine, fresh.url, all)
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    await db.close()()
    await fresh.drop()
  })
  beforeEach(async () => {
    const orderly: ReadonlyArray<AnyTable> = [itemKeywords, keywords, items, addresses, users, uq, lines]
    for (const one of orderly) await right(db.execute(deleteFrom(one)))
  })

  const sqliteOnly = engine.name === 'sqlite'
  const names = () => right(db.all(pipe(from(users), orderBy(asc(users.id)))))

  it('[uow 1] [w08] a graph of new rows is inserted parents first and its keys are known afterwards', async () => {
    const [u, one] = Uow.insert(users)({ name: 'u1' })(start)
    const [a1, two] = Uow.insert(addresses)({ userId: u, email: 'a1' })(one)
    const [a2, three] = Uow.insert(addresses)({ userId: u, email: 'a2' })(two)
    const recorded = recording(db)
    const next = await right(Uow.flush(three)(recorded.db))
    expect(recorded.sent().filter((line) => line.startsWith('INSERT'))).toEqual(['INSERT users', 'INSERT addresses'])
    const key = O.toNullable(Uow.keyOf(u)(next))
    expect(await names()).toEqual([{ ...key, name: 'u1', email: null }])
    const [first, second] = await right(db.all(pipe(from(addresses), orderBy(asc(addresses.id)))))
    expect([first?.email, second?.email, first?.userId, second?.userId]).toEqual(['a1', 'a2', key?.id, key?.id])
    expect(O.toNullable(Uow.get(addresses)(a1)(next))).toEqual(first)
    expect(O.toNullable(Uow.get(addresses)(a2)(next))).toEqual(second)
    expect(Uow.changes(next)).toEqual({ new: [], dirty: [], deleted: [] })
  })

  it('[uow 6] keys that rows say and keys that the database makes are told apart, in every position', async () => {
    for (const at of [0, 1, 3]) {
      await right(db.execute(deleteFrom(users)))
      const rows = ['g1', 'g2', 'g3'].map((name): { id?: number; name: string } => ({ name }))
      rows.splice(at, 0, { id: 5_000 + at, name: 'e' })
      const refs: Array<readonly [string, ReturnType<ReturnType<ReturnType<typeof Uow.insert<typeof users>>>>[0]]> = []
      let uow: Work = start
      for (const row of rows) {
        const [ref, more] = Uow.insert(users)(row)(uow)
        refs.push([row.name, ref])
        uow = more
      }
      const next = await right(Uow.flush(uow)(db))
      for (const [name, ref] of refs) {
        const key = O.toNullable(Uow.keyOf(ref)(next))
        expect(await right(db.all(pipe(from(users), where(eq(users.id, key?.id ?? 0)))))).toMatchObject([{ name }])
      }
    }
  })

  it('[uow 7] many rows get the keys that are theirs', async () => {
    let uow: Work = start
    const refs = []
    for (let i = 0; i < 2_500; i++) {
      const [ref, more] = Uow.insert(users)({ name: `n${i}` })(uow)
      refs.push(ref)
      uow = more
    }
    const next = await right(Uow.flush(uow)(db))
    const stored = new Map((await names()).map((row) => [row.id, row.name]))
    expect(refs.map((ref) => stored.get(O.toNullable(Uow.keyOf(ref)(next))?.id ?? 0))).toEqual(
      refs.map((_, i) => `n${i}`),
    )
  })

  it('[uow 16] [w45] a tree is inserted level by level and deleted leaves first', async () => {
    const [root, one] = Uow.insert(nodes)({ data: 'root' })(start)
    const [left, two] = Uow.insert(nodes)({ data: 'left', parentId: root })(one)
    const [, three] = Uow.insert(nodes)({ data: 'leaf', parentId: left })(two)
    const next = await right(Uow.flush(three)(db))
    const rows = await right(db.all(pipe(from(nodes), orderBy(asc(nodes.id)))))
    expect(rows.map((row) => rows.find((parent) => parent.id === row.parentId)?.data)).toEqual([
      undefined,
      'root',
      'left',
    ])
    const gone = rows.reduce((u, row) => Uow.remove(nodes)(row)(u), next)
    await right(Uow.flush(gone)(db))
    expect(await right(db.all(from(nodes)))).toEqual([])
  })

  it('[uow 17] [uow 18] rows that say their keys may refer to themselves and to each other', async () => {
    const rows = [
      { id: 3, parentId: 2, data: 'c' },
      { id: 2, parentId: 1, data: 'b' },
      { id: 1, parentId: 1, data: 'a' },
    ]
    const uow = rows.reduce((u, row) => Uow.insert(tree)(row)(u)[1], start)
    const recorded = recording(db)
    await right(Uow.flush(uow)(recorded.db))
    expect(recorded.sent().filter((line) => line.startsWith('INSERT'))).toEqual(['INSERT tree'])
    expect(await right(db.all(pipe(from(tree), orderBy(asc(tree.id)))))).toEqual([...rows].reverse())
  })

  it('[uow 18] a row that refers to itself is deleted, though InnoDB minds', async () => {
    const [n, one] = Uow.insert(nodes)({ data: 'self' })(start)
    const next = await right(Uow.flush(Uow.modify(nodes)(n, { parentId: n })(one))(db))
    const row = O.toNullable(Uow.get(nodes)(n)(next))
    expect(row?.parentId).toBe(row?.id)
    await right(Uow.flush(Uow.remove(nodes)(n)(next))(db))
    expect(await right(db.all(from(nodes)))).toEqual([])
  })

  it('[uow 23] a circle of references is closed by an update, and opened again before the deletes', async () => {
    const [p, one] = Uow.insert(person)({ data: 'p' })(start)
    const [b, two] = Uow.insert(ball)({ personId: p })(one)
    const next = await right(Uow.flush(Uow.modify(person)(p, { favoriteId: b })(two))(db))
    const [key, favorite] = [Uow.keyOf(p)(next), Uow.keyOf(b)(next)].map((k) => O.toNullable(k)?.id)
    expect(await right(db.all(from(person)))).toEqual([{ id: key, favoriteId: favorite, data: 'p' }])
    expect(O.toNullable(Uow.get(person)(p)(next))?.favoriteId).toBe(favorite)
    await right(Uow.flush(pipe(next, Uow.remove(person)(p), Uow.remove(ball)(b)))(db))
    expect(await right(db.all(from(ball)))).toEqual([])
  })

  it('[uow 31] where nothing changes nothing is sent, not even BEGIN', async () => {
    const row = { id: 1, name: 'ed', email: null }
    const recorded = recording(db)
    const uow = pipe(start, Uow.attach(users)(row), Uow.modify(users)(row, { name: 'ed' }))
    const next = await right(Uow.flush(uow)(recorded.db))
    await right(Uow.flush(next)(recorded.db))
    expect(recorded.sent()).toEqual([])
    expect(O.toNullable(Uow.get(users)(row)(next))).toBe(row)
  })

  it('[uow 32] [w07] only the changed column is written, so that another column of another writer stays', async () => {
    await right(db.execute(insertInto(users)({ id: 1, name: 'ed', email: 'e' })))
    const [row] = await names()
    if (row === undefined) throw new Error('it was inserted')
    await right(db.execute(deleteFrom(users)))
    await right(db.execute(insertInto(users)({ id: 1, name: 'ed', email: 'other' })))
    const uow = pipe(
      start,
      Uow.attach(users)(row),
      Uow.modify(users)(row, (u) => ({ ...u, name: 'edward' })),
    )
    await right(Uow.flush(uow)(db))
    expect(await names()).toEqual([{ id: 1, name: 'edward', email: 'other' }])
  })

  it('many rows with values of their own are changed and deleted in few statements', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({ id: i + 1, name: `n${i}`, email: null }))
    await right(db.execute(insertInto(users)(rows)))
    const loaded = pipe(start, Uow.load(users)(await names()))
    const changed = rows.reduce(
      (u, row) =>
        Uow.modify(users)(row, { name: `changed ${row.id}`, email: row.id % 2 === 0 ? `e${row.id}` : null })(u),
      loaded,
    )
    const recorded = recording(db)
    const next = await right(Uow.flush(changed)(recorded.db))
    expect(recorded.sent().filter((line) => line.startsWith('UPDATE')).length).toBeLessThan(sqliteOnly ? 301 : 20)
    const after = rows.map(({ id: key }) => ({
      id: key,
      name: `changed ${key}`,
      email: key % 2 === 0 ? `e${key}` : null,
    }))
    expect(await names()).toEqual(after)
    await right(Uow.flush(rows.reduce((u, row) => Uow.remove(users)(row)(u), next))(recorded.db))
    expect(recorded.sent().filter((line) => line.startsWith('DELETE')).length).toBeLessThan(8)
    expect(await names()).toEqual([])
  })

  it('keys of several columns are changed and deleted by all of them', async () => {
    const keys = [1, 2, 3].flatMap((orderId) => [1, 2, 3].map((lineNo) => ({ orderId, lineNo })))
    await right(db.execute(insertInto(lines)(keys.map((key) => ({ ...key, qty: 0 })))))
    const some = keys.filter(({ orderId, lineNo }) => orderId !== lineNo)
    const uow = some.reduce((u, key) => Uow.modify(lines)(key, { qty: key.orderId * 10 + key.lineNo })(u), start)
    const next = await right(Uow.flush(uow)(db))
    const read = () => right(db.all(pipe(from(lines), orderBy(asc(lines.orderId), asc(lines.lineNo)))))
    expect(await read()).toEqual(
      keys.map((key) => ({ ...key, qty: key.orderId === key.lineNo ? 0 : key.orderId * 10 + key.lineNo })),
    )
    await right(Uow.flush(some.reduce((u, key) => Uow.remove(lines)(key)(u), next))(db))
    expect((await read()).map(({ orderId, lineNo }) => [orderId, lineNo])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
  })

  it('[uow 35] [uow 76] a row that is gone ends the flush, nothing is written, and the value can be used again', async () => {
    await right(
      db.execute(
        insertInto(users)([
          { id: 1, name: 'a' },
          { id: 2, name: 'b' },
        ]),
      ),
    )
    const loaded = pipe(start, Uow.load(users)(await names()))
    await right(db.execute(pipe(deleteFrom(users), where(eq(users.id, 2)))))
    const uow = pipe(
      loaded,
      (u) => Uow.insert(users)({ name: 'new' })(u)[1],
      Uow.modify(users)({ id: 1 }, { name: 'x' }),
      Uow.modify(users)({ id: 2 }, { name: 'y' }),
    )
    expect(await Uow.flush(uow)(db)()).toMatchObject({ left: { _tag: 'StaleRow', code: 'RV503', table: 'users' } })
    expect(await names()).toEqual([{ id: 1, name: 'a', email: null }])
    await right(db.execute(insertInto(users)({ id: 2, name: 'b' })))
    await right(Uow.flush(uow)(db))
    expect((await names()).map((row) => row.name)).toEqual(['x', 'y', 'new'])
  })

  it('[uow 50] a row that is deleted twice is stale', async () => {
    await right(
      db.execute(
        insertInto(users)([
          { id: 1, name: 'a' },
          { id: 2, name: 'b' },
        ]),
      ),
    )
    const next = await right(Uow.flush(Uow.remove(users)({ id: 1 })(start))(db))
    expect(await tag(Uow.flush(Uow.remove(users)({ id: 1 })(next))(db))).toBe('StaleRow')
    expect(await tag(Uow.flush(pipe(start, Uow.remove(users)({ id: 1 }), Uow.remove(users)({ id: 2 })))(db))).toBe(
      'StaleRow',
    )
    expect((await names()).length).toBe(1)
  })

  it('[uow 76] a violation rolls back all, and the same value is mended by one change', async () => {
    await right(db.execute(insertInto(users)({ id: 1, name: 'a', email: 'taken' })))
    const [u, one] = Uow.insert(users)({ name: 'b', email: 'taken' })(start)
    const uow = Uow.insert(addresses)({ userId: u, email: 'x' })(Uow.insert(items)({ descr: 'i' })(one)[1])[1]
    expect(await tag(Uow.flush(uow)(db))).toBe('UniqueViolation')
    expect([await right(db.all(from(items))), (await names()).length]).toEqual([[], 1])
    expect(Uow.keyOf(u)(uow)).toEqual(O.none)
    const next = await right(Uow.flush(Uow.modify(users)(u, { email: 'free' })(uow))(db))
    expect((await names()).map((row) => row.email)).toEqual(['taken', 'free'])
    expect(O.isSome(Uow.keyOf(u)(next))).toBe(true)
  })

  it('[uow 46] a child that stays is a foreign key violation, and the value is as before', async () => {
    const [u, one] = Uow.insert(users)({ name: 'a' })(start)
    const next = await right(Uow.flush(Uow.insert(addresses)({ userId: u, email: 'x' })(one)[1])(db))
    expect(await tag(Uow.flush(Uow.remove(users)(u)(next))(db))).toBe('ForeignKeyViolation')
    expect(O.isSome(Uow.get(users)(u)(next))).toBe(true)
  })

  it('[uow 52] [uow 54] [uow 55] [uow 56] unique values are left before they are taken', async () => {
    await right(
      db.execute(
        insertInto(uq)([
          { id: 1, k: 'a' },
          { id: 2, k: 'b' },
          { id: 3, k: 'c' },
          { id: 4, k: 'd' },
        ]),
      ),
    )
    const loaded = pipe(start, Uow.load(uq)(await right(db.all(from(uq)))))
    const uow = pipe(
      Uow.insert(uq)({ id: 5, k: 'a' })(loaded)[1],
      Uow.modify(uq)({ id: 1 }, { k: 'b' }),
      Uow.modify(uq)({ id: 2 }, { k: 'c' }),
      Uow.modify(uq)({ id: 3 }, { k: 'd' }),
      Uow.remove(uq)({ id: 4 }),
    )
    await right(Uow.flush(uow)(db))
    expect(await right(db.all(pipe(from(uq), orderBy(asc(uq.id)))))).toEqual([
      { id: 1, k: 'b' },
      { id: 2, k: 'c' },
      { id: 3, k: 'd' },
      { id: 5, k: 'a' },
    ])
  })

  it('[uow 64] link rows take their keys from both ends', async () => {
    const [i, one] = Uow.insert(items)({ descr: 'i' })(start)
    const [k1, two] = Uow.insert(keywords)({ name: 'k1' })(one)
    const [k2, three] = Uow.insert(keywords)({ name: 'k2' })(two)
    const [link, four] = Uow.insert(itemKeywords)({ itemId: i, keywordId: k1 })(three)
    const next = await right(Uow.flush(Uow.insert(itemKeywords)({ itemId: i, keywordId: k2 })(four)[1])(db))
    const found = await right(db.all(pipe(from(itemKeywords), orderBy(asc(itemKeywords.keywordId)))))
    const keys = [k1, k2].map((k) => O.toNullable(Uow.keyOf(k)(next))?.id)
    expect(found.map((row) => row.keywordId)).toEqual(keys)
    expect(O.toNullable(Uow.keyOf(link)(next))).toEqual(found[0])
    await right(Uow.flush(pipe(next, Uow.remove(keywords)(k1), Uow.remove(itemKeywords)(link)))(db))
    expect((await right(db.all(from(itemKeywords)))).length).toBe(1)
  })

  it('what the flush knows of new rows is what is read: instants, documents, defaults of the client', async () => {
    const [a, one] = Uow.insert(kinds)({ at: '2020-01-01T02:00:00+02:00', payload: { z: [1], a: null } })(start)
    const [b, two] = Uow.insert(kinds)({ at: '2020-06-01T00:00:00Z', parent: a, flag: false })(one)
    const next = await right(Uow.flush(two)(db))
    const rows = await right(db.all(pipe(from(kinds), orderBy(asc(kinds.at)))))
    expect([a, b].map((ref) => O.toNullable(Uow.get(kinds)(ref)(next)))).toEqual(rows)
    expect(rows.map((row) => [row.at, row.flag, row.parent === null])).toEqual([
      ['2020-01-01T00:00:00.000000Z', true, true],
      ['2020-06-01T00:00:00.000000Z', false, false],
    ])
    const changed = pipe(
      next,
      Uow.modify(kinds)(a, { payload: { n: 1 } }),
      Uow.modify(kinds)(b, { payload: { n: 2 }, at: '2021-01-01T01:00:00+01:00' }),
    )
    const last = await right(Uow.flush(changed)(db))
    const again = await right(db.all(pipe(from(kinds), orderBy(asc(kinds.at)))))
    expect([a, b].map((ref) => O.toNullable(Uow.get(kinds)(ref)(last)))).toEqual(again)
  })

  it('rows with values of every type are changed in one statement each way', async () => {
    await right(db.execute(pipe(update(kinds), set({ parent: null }))))
    await right(db.execute(deleteFrom(kinds)))
    const at = '2020-01-01T00:00:00.000000Z'
    const codes = ['a', 'b', 'c', 'd', 'e']
    const uow = codes.reduce((u, code) => Uow.insert(kinds)({ code, at })(u)[1], start)
    const next = await right(Uow.flush(uow)(db))
    const values = codes.map((code, i) => ({
      at: `202${i}-06-01T12:00:00.00000${i}Z`,
      flag: i % 2 === 0,
      big: i === 3 ? null : 9_007_199_254_740_993n + BigInt(i),
      ratio: i === 2 ? null : 0.1 + i,
      day: i === 1 ? null : `2012-10-1${i}`,
      note: i === 0 ? null : `it's ${i}?`,
      parent: i === 4 ? null : 'a',
      code,
    }))
    const changed = values.reduce((u, { code, ...patch }) => Uow.modify(kinds)({ code }, patch)(u), next)
    const last = await right(Uow.flush(changed)(db))
    const rows = await right(db.all(pipe(from(kinds), orderBy(asc(kinds.code)))))
    expect(rows).toEqual(values.map((row) => ({ ...row, payload: null })))
    expect(codes.map((code) => O.toNullable(Uow.get(kinds)({ code })(last)))).toEqual(rows)
  })

  it('[uow 101] keys of 64 bits are made, kept apart, and flow', async () => {
    const [b, one] = Uow.insert(bigs)({ name: 'made' })(
      Uow.insert(bigs)({ id: 9_007_199_254_740_993n, name: 'given' })(start)[1],
    )
    const [child, two] = Uow.insert(bigs)({ name: 'child', parentId: b })(one)
    const next = await right(Uow.flush(two)(db))
    const rows = await right(db.all(from(bigs)))
    const parent = rows.find((row) => row.name === 'made')
    expect(typeof parent?.id).toBe('bigint')
    expect(O.toNullable(Uow.get(bigs)(child)(next))?.parentId).toBe(parent?.id)
    const gone = pipe(
      next,
      Uow.modify(bigs)({ id: 9_007_199_254_740_993n }, { name: 'changed' }),
      Uow.remove(bigs)(child),
    )
    await right(Uow.flush(gone)(db))
    expect((await right(db.all(from(bigs)))).map((row) => row.name).sort()).toEqual(['changed', 'made'])
  })

  it('rows that say nothing get keys all the same', async () => {
    const [a, one] = Uow.insert(blanks)({})(start)
    const [b, two] = Uow.insert(blanks)({})(one)
    const next = await right(Uow.flush(two)(db))
    const keys = [a, b].map((ref) => O.toNullable(Uow.keyOf(ref)(next))?.id)
    expect((await right(db.all(pipe(from(blanks), orderBy(asc(blanks.id)))))).map((row) => row.id)).toEqual(keys)
  })

  it('a Ref of a row that a flush has removed leads nowhere', async () => {
    const [u, one] = Uow.insert(users)({ name: 'a' })(start)
    const written = await right(Uow.flush(one)(db))
    const gone = await right(Uow.flush(Uow.remove(users)(u)(written))(db))
    expect(await Uow.flush(Uow.insert(addresses)({ userId: u, email: 'x' })(gone)[1])(db)()).toMatchObject({
      left: { _tag: 'Plan', error: { _tag: 'DanglingRef' } },
    })
  })

  it('[uow 34] flushes that change the same rows in other orders wait for each other and do not deadlock', async () => {
    await right(db.execute(insertInto(users)([1, 2, 3, 4].map((key) => ({ id: key, name: 'n' })))))
    const changing = (keys: ReadonlyArray<number>, name: string): Work =>
      keys.reduce((u, key) => Uow.modify(users)({ id: key }, { name: `${name} ${key}` })(u), start)
    for (let i = 0; i < 15; i++) {
      const both = [changing([1, 2, 3, 4], `up ${i}`), changing([4, 3, 2, 1], `down ${i}`)]
      expect(await Promise.all(both.map((uow) => tag(Uow.flush(uow)(db))))).toEqual(['Right', 'Right'])
    }
  })

  it('a value that a column refuses is refused before a statement, and nothing is written', async () => {
    const uow = Uow.insert(users)({ id: 2_147_483_648, name: 'x' })(Uow.insert(items)({ descr: 'i' })(start)[1])[1]
    expect(await tag(Uow.flush(uow)(db))).toBe('InvalidValue')
    expect(await right(db.all(from(items)))).toEqual([])
  })

  it('a plan that cannot be is a Left before a statement is sent', async () => {
    const recorded = recording(db)
    const [foreign] = Uow.insert(users)({ name: 'x' })(start)
    const uow = Uow.insert(addresses)({ userId: foreign, email: 'a' })(start)[1]
    expect(await Uow.flush(uow)(recorded.db)()).toMatchObject({
      left: { _tag: 'Plan', code: 'RV702', error: { _tag: 'ForeignRef' } },
    })
    expect(recorded.sent()).toEqual([])
  })

  it('what a commit has written is not written again, also from a value that shares it', async () => {
    const [, one] = Uow.insert(users)({ name: 'a' })(start)
    const sibling = Uow.insert(users)({ name: 'b' })(one)[1]
    const next = await right(Uow.commit(one)(db))
    for (const again of [one, sibling])
      expect(await Uow.flush(again)(db)()).toMatchObject({ left: { _tag: 'AlreadyFlushed', code: 'RV504' } })
    await right(Uow.flush(Uow.insert(users)({ name: 'b' })(next)[1])(db))
    expect((await names()).map((row) => row.name)).toEqual(['a', 'b'])
  })

  it('a value that is flushed twice at one time, or in one transaction, is written once', async () => {
    const [, one] = Uow.insert(users)({ name: 'a' })(start)
    const outcomes = await Promise.all([tag(Uow.flush(one)(db)), tag(Uow.flush(one)(db))])
    expect(outcomes).toEqual(['Right', 'AlreadyFlushed'])
    const [, two] = Uow.insert(users)({ name: 'b' })(start)
    const twice = pipe(
      Uow.flush(two),
      RTE.chain(() => Uow.flush(two)),
      transaction(),
    )
    expect(await tag(twice(db))).toBe('AlreadyFlushed')
    await right(pipe(Uow.flush(two), transaction())(db))
    expect((await names()).map((row) => row.name)).toEqual(['a', 'b'])
  })

  it('[w10] [uow 82] a flush that is rolled back can be done again, and its keys are forgotten', async () => {
    const [u, one] = Uow.insert(users)({ name: 'a' })(start)
    const failing = pipe(
      Uow.flush(one),
      RTE.chainW((next) => (O.isSome(Uow.keyOf(u)(next)) ? RTE.left('mine') : RTE.left('no key'))),
      transaction(),
    )
    expect(await failing(db)()).toEqual(E.left('mine'))
    expect([await names(), Uow.keyOf(u)(one)]).toEqual([[], O.none])
    await right(Uow.flush(one)(db))
    expect((await names()).length).toBe(1)
  })

  it('[uow 79] [uow 80] inside a transaction a flush is a savepoint, and a commit is refused', async () => {
    const [, one] = Uow.insert(users)({ id: 1, name: 'a' })(start)
    const [, bad] = Uow.insert(users)({ id: 1, name: 'again' })(start)
    const said = RTE.matchW(
      (error: DbError): string => error._tag,
      () => 'Right',
    )
    const program = pipe(
      RTE.Do,
      RTE.apSW('next', Uow.flush(one)),
      RTE.bindW('bad', () => RTE.rightReaderTask(said(Uow.flush(bad)))),
      RTE.chainFirstW(({ next }) => Uow.flush(Uow.modify(users)({ id: 1 }, { name: 'edwardo' })(next))),
      RTE.map((done) => done.bad),
      transaction(),
    )
    expect(await right(program(db))).toBe('UniqueViolation')
    expect(await names()).toEqual([{ id: 1, name: 'edwardo', email: null }])
    const [, other] = Uow.insert(users)({ id: 2, name: 'b' })(start)
    expect(await tag(pipe(Uow.commit(other), transaction())(db))).toBe('TransactionClosed')
    expect(await right(Db.count(from(users))(db))).toBe(1)
  })
})
