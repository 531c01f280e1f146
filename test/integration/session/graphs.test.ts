// New rows and the keys that the database makes of them, on every engine.
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { type AnyTable, asc, type Database, deleteFrom, everyRow, eq, from, orderBy, Uow, where } from 'relvar'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { places } from '../../support/places.js'
import {
  addresses,
  all,
  ball,
  bigs,
  blanks,
  itemKeywords,
  items,
  keywords,
  kinds,
  lines,
  nodes,
  person,
  start,
  tree,
  uq,
  users,
  type Work,
} from './tables.js'
import { prepared, recording, right } from './work.js'

describe.each(places())('new rows on $label', ({ open }) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await prepared(open, all))
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    await close()
  })
  beforeEach(async () => {
    const orderly: ReadonlyArray<AnyTable> = [itemKeywords, keywords, items, addresses, users, uq, lines]
    for (const one of orderly) await right(db.execute(everyRow(deleteFrom(one))))
  })

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
      await right(db.execute(everyRow(deleteFrom(users))))
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
})
