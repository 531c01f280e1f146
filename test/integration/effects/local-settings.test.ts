// Settings and a role of one transaction: they hold in it, and nothing of them is left after it.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database, TransactionOptions } from '../../../src/effects/database.js'
import { createAll, from, insertInto, integer, schema, table, text, transaction } from '../../../src/index.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { placeOf } from '../../support/places.js'
import { ask, must, open } from './raw.js'

const notes = table('notes', { tenant: text, id: integer })

const all = engines().map((engine) => [engine.label, engine] as const)

describe.each(all.filter(([, { name }]) => name === 'postgres'))('settings of a transaction on %s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database
  const role = `relvar "reader' ${process.pid}`
  const quoted = `"${role.replaceAll('"', '""')}"`

  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = open(engine, fresh.url, 'poolSize=2')
    expect(E.isRight(await db.execute(createAll(schema({ notes })))())).toBe(true)
    await db.execute(insertInto(notes)(['a', 'a', "b'"].map((tenant, id) => ({ tenant, id }))))()
    for (const sql of [
      `drop role if exists ${quoted}`,
      `create role ${quoted}`,
      `grant select on notes to ${quoted}`,
      'alter table notes enable row level security',
      `create policy own on notes using (tenant = current_setting('app.tenant', true))`,
    ])
      await must(db, sql, [], { text: 'control' })
  })
  afterAll(async () => {
    await must(db, `drop owned by ${quoted}`, [], { text: 'control' })
    await must(db, `drop role ${quoted}`, [], { text: 'control' })
    await db.close()()
    await fresh.drop()
  })

  const seen = (options: TransactionOptions): Promise<E.Either<unknown, number>> =>
    transaction(options)((tx: Database) => tx.count(from(notes)))(db)()

  it('row security sees the tenant of the transaction, and only there', async () => {
    expect(await seen({ role, settings: { 'app.tenant': 'a' } })).toEqual(E.right(2))
    expect(await seen({ role, settings: { 'app.tenant': "b'" } })).toEqual(E.right(1))
    expect(await seen({ role, settings: { 'app.tenant': "x' or tenant = 'a" } })).toEqual(E.right(0))
    expect(await seen({ role })).toEqual(E.right(0))
    expect(await seen({})).toEqual(E.right(3))
  })

  it('at the end of the transaction they are gone, committed or rolled back, on the same connection', async () => {
    const one = open(engine, fresh.url, 'poolSize=1')
    const options = { role, settings: { 'app.tenant': 'a', statement_timeout: '12345' } }
    const left = transaction(options)(() => () => Promise.resolve(E.left('no' as const)))
    const right = transaction(options)(() => () => Promise.resolve(E.right(1)))
    for (const program of [left, right]) {
      await program(one)()
      const now = await must(
        one,
        `select coalesce(current_setting('app.tenant', true), ''), current_setting('statement_timeout'), current_user = session_user`,
      )
      expect(now.rows[0]).toEqual(['', '61s', 't'])
    }
    await one.close()()
  })

  it('a setting that there is not, or may not be, is a Left, and nothing is left open', async () => {
    expect(await seen({ settings: { statement_timeout: 'soon' } })).toMatchObject({ left: { _tag: 'Sql' } })
    expect(await seen({ role: 'nobody of that name' })).toMatchObject({ left: { _tag: 'Sql' } })
    expect(await ask(db, 'select 1')).toMatchObject({ right: { rows: [['1']] } })
    expect(db.status().busy).toBe(0)
  })

  it('what is no text is refused before anything is sent; a nested transaction takes none', async () => {
    const wrong = [{ settings: { a: 1 } }, { settings: { '': 'x' } }, { settings: 'x' }, { role: 7 }, { role: 'a\0' }]
    for (const options of wrong)
      expect(await seen(options as unknown as TransactionOptions)).toMatchObject({ left: { _tag: 'InvalidValue' } })
    const nested = transaction()((tx: Database) =>
      transaction({ role })((inner: Database) => inner.count(from(notes)))(tx),
    )
    expect(await nested(db)()).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })
})

describe.each(all.filter(([, { name }]) => name !== 'postgres'))('settings of a transaction on %s', (_, engine) => {
  it('are refused, and nothing is sent', async () => {
    const { db, close } = await placeOf(engine).open()
    for (const options of [{ settings: { a: 'b' } }, { role: 'x' }]) {
      const refused = await transaction(options)((tx: Database) => tx.count(pipe(from(notes))))(db)()
      expect(refused).toMatchObject({ left: { _tag: 'Compile', error: { _tag: 'Unsupported' } } })
    }
    expect(db.status().busy).toBe(0)
    await close()
  })
})
