// What is made while a unit of work is written is known afterwards, on every engine and in memory: keys, server defaults, and what
// an update touches without being told.
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import {
  autoIncrement,
  createAll,
  type Database,
  deleteFrom,
  everyRow,
  from,
  insertInto,
  integer,
  onUpdate,
  orderBy,
  primaryKey,
  schema,
  serverDefault,
  table,
  Uow,
  varchar,
} from 'relvar'
import { run } from 'relvar/promise'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { places } from '../../support/places.js'

let asked = 0
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  title: varchar(20),
  touched: pipe(
    integer,
    onUpdate(() => (asked += 1)),
  ),
  state: pipe(varchar(20), onUpdate('changed')),
})
const notes = table('notes', {
  id: pipe(integer, primaryKey, autoIncrement),
  title: varchar(20),
  stars: pipe(integer, serverDefault(3)),
})
const blog = schema({ posts, notes })
const ordered = pipe(from(posts), orderBy(posts.id))

describe.each(places())('what is made on $label', ({ open }) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await open())
    await run(db.execute(createAll(blog)))
  })
  afterAll(() => close())
  beforeEach(async () => {
    asked = 0
    await run(db.execute(everyRow(deleteFrom(posts))))
    const row = { title: 'a', touched: 0, state: 'new' }
    await run(db.execute(insertInto(posts)([1, 2].map((id) => ({ id, ...row })))))
  })

  const read = async () => {
    const [one, two] = await run(db.all(ordered))
    if (one === undefined || two === undefined) throw new Error('the rows are there')
    return pipe(Uow.empty(blog), Uow.attach(posts)(one), Uow.attach(posts)(two))
  }

  it('[B29] onUpdate is asked once a changed row', async () => {
    const uow = await read()
    const changed = pipe(
      uow,
      Uow.modify(posts)({ id: 1 }, { title: 'b' }),
      Uow.modify(posts)({ id: 2 }, { title: 'c' }),
    )
    const next = await run(Uow.commit(changed)(db))
    const rows = [
      { id: 1, title: 'b', touched: 1, state: 'changed' },
      { id: 2, title: 'c', touched: 2, state: 'changed' },
    ]
    expect(await run(db.all(ordered))).toEqual(rows)
    expect([1, 2].map((id) => Uow.get(posts)({ id })(next))).toEqual(rows.map(O.some))
  })

  it('[B29] onUpdate gives way to a value that is said, and touches no row that is not changed', async () => {
    const uow = await read()
    const next = await run(Uow.commit(Uow.modify(posts)({ id: 1 }, { state: 'kept' })(uow))(db))
    expect(Uow.get(posts)({ id: 1 })(next)).toEqual(O.some({ id: 1, title: 'a', touched: 1, state: 'kept' }))
    await run(Uow.commit(Uow.modify(posts)({ id: 2 }, { title: 'a' })(uow))(db))
    expect(asked).toBe(1)
  })

  it('[B30] server defaults and keys come back with the insert, each to its row', async () => {
    const [one, first] = Uow.insert(notes)({ title: 'a' })(Uow.empty(blog))
    const [two, second] = Uow.insert(notes)({ title: 'b', stars: 5 })(first)
    const [three, third] = Uow.insert(notes)({ title: 'c' })(second)
    const next = await run(Uow.commit(third)(db))
    const stored = new Map((await run(db.all(from(notes)))).map((row) => [row.title, row]))
    expect(
      [...stored.values()].map(({ title, stars }) => [title, stars]).sort((a, b) => String(a).localeCompare(String(b))),
    ).toEqual([
      ['a', 3],
      ['b', 5],
      ['c', 3],
    ])
    const known = [one, two, three].map((ref) =>
      pipe(
        Uow.keyOf(ref)(next),
        O.chain((key) => Uow.get(notes)(key)(next)),
      ),
    )
    expect(known).toEqual(['a', 'b', 'c'].map((title) => O.some(stored.get(title))))
  })
})
