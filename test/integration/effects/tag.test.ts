// Comments that say where a statement comes from: they are no SQL, whatever they hold, and change no answer.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import {
  createAll,
  from,
  insertInto,
  integer,
  orderBy,
  primaryKey,
  returning,
  schema,
  table,
  tag,
  text,
  transaction,
  withMiddleware,
} from '../../../src/index.js'
import { places } from '../../support/places.js'

const rows = table('rows', { id: pipe(integer, primaryKey), name: text })

/** What would end the comment, or the statement, or begin another one. */
const hostile = [
  `*/ drop table rows; --`,
  `' or 1=1 --`,
  '!50000 select 1',
  '+ MAX_EXECUTION_TIME(1)',
  '? $1 :name',
  '\0\n\r',
  'é 😀 \ud800',
  '',
  '\\',
  "'/*",
]

describe.each(places())('tag on $label', (place) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await place.open())
    expect(E.isRight(await db.execute(createAll(schema({ rows })))())).toBe(true)
  })
  afterAll(() => close())

  it('hostile names and values are no SQL: every statement does what it does without them', async () => {
    let id = 0
    for (const one of hostile)
      for (const tags of [{ [one]: 'value' }, { route: one }, { [one]: one, b: '1', a: '2' }]) {
        const tagged = withMiddleware(tag(tags))(db)
        id += 1
        const added = pipe(insertInto(rows)({ id, name: one.replace(/[\0\ud800]/g, '') }), returning(rows))
        const inside = transaction()((tx: Database) => tx.execute(added))(tagged)
        expect(await inside()).toMatchObject({ right: { affected: 1, rows: [{ id }] } })
        expect(await tagged.count(from(rows))()).toEqual(E.right(id))
        const all: Array<unknown> = []
        for await (const row of tagged.stream(pipe(from(rows), orderBy(rows.id)))) all.push(row)
        expect(all).toHaveLength(id)
      }
  })

  it('[O04] the text is that of sqlcommenter: sorted, percent-encoded, at the end; none on BEGIN and COMMIT', async () => {
    const sent: Array<string> = []
    const listening = db.having({
      middleware: (next) => (statement) => {
        sent.push(statement.sql)
        return next(statement)
      },
    })
    const tagged = withMiddleware(tag({ route: "/a b/'c'*", action: 'x' }))(listening)
    await transaction()((tx: Database) => tx.count(from(rows)))(tagged)()
    const of = (word: string): ReadonlyArray<string> => sent.filter((sql) => sql.includes(word))
    expect(of('/*')).toHaveLength(1)
    expect(of('/*')[0]?.endsWith(" /*action='x',route='%2Fa%20b%2F%27c%27%2A'*/")).toBe(true)
    expect(sent.length).toBeGreaterThan(2)
  })
})
