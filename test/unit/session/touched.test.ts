// An update of a unit of work touches the columns that say `onUpdate`, and the row that is known afterwards has their values.
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { createAll, from, insertInto, integer, onUpdate, primaryKey, schema, table, text, Uow } from 'relvar'
import { memory } from 'relvar/memory'
import { run } from 'relvar/promise'
import { describe, expect, test } from 'vitest'

let asked = 0
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  title: text,
  touched: pipe(
    integer,
    onUpdate(() => (asked += 1)),
  ),
  state: pipe(text, onUpdate('changed')),
})
const blog = schema({ posts })

const opened = async () => {
  asked = 0
  const db = memory()
  await run(db.execute(createAll(blog)))
  const row = { title: 'a', touched: 0, state: 'new' }
  await run(
    db.execute(
      insertInto(posts)([
        { id: 1, ...row },
        { id: 2, ...row },
      ]),
    ),
  )
  const [one, two] = await run(db.all(from(posts)))
  if (one === undefined || two === undefined) throw new Error('the rows are there')
  const uow = pipe(Uow.empty(blog), Uow.attach(posts)(one), Uow.attach(posts)(two))
  return { db, uow }
}

describe('[B29] onUpdate in a unit of work', () => {
  test('is asked once a changed row, in memory', async () => {
    const { db, uow } = await opened()
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
    expect(await run(db.all(from(posts)))).toEqual(rows)
    expect([1, 2].map((id) => Uow.get(posts)({ id })(next))).toEqual(rows.map(O.some))
  })

  test('gives way to a value that is said', async () => {
    const { db, uow } = await opened()
    const next = await run(Uow.commit(Uow.modify(posts)({ id: 1 }, { state: 'kept' })(uow))(db))
    expect(Uow.get(posts)({ id: 1 })(next)).toEqual(O.some({ id: 1, title: 'a', touched: 1, state: 'kept' }))
  })

  test('touches no row that is not changed', async () => {
    const { db, uow } = await opened()
    await run(Uow.commit(Uow.modify(posts)({ id: 1 }, { title: 'a' })(uow))(db))
    expect(asked).toBe(0)
    expect((await run(db.all(from(posts)))).map((row) => row.state)).toEqual(['new', 'new'])
  })
})
