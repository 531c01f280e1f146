// What is too much: an answer that does not fit into this process, a request that does not fit into the server, too many values.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  createAll,
  Db,
  from,
  inList,
  insertInto,
  integer,
  orderBy,
  primaryKey,
  schema,
  table,
  text,
  where,
} from '../../../src/index.js'
import { recorded } from '../../support/faults.js'
import { places } from '../../support/places.js'
import { must as right } from '../../support/run-load.js'
import { sessionOf } from '../../support/process-list.js'
import { ask, must } from '../effects/raw.js'
import { type Ground, leftOf, openGround, serverOf, servers } from './ground.js'

const wide = table('wide', { id: pipe(integer, primaryKey), word: text })

describe.each(servers)('sizes on %s', (_, engine) => {
  const name = serverOf(engine)
  let on: Ground
  beforeAll(async () => {
    on = await openGround(engine)
    right(await on.watcher.execute(createAll(schema({ wide })))())
    const word = 'x'.repeat(10_000)
    right(await on.watcher.execute(insertInto(wide)(Array.from({ length: 300 }, (__, id) => ({ id, word }))))())
  })
  afterAll(() => on.close())

  it('fault: result too large', async () => {
    const db = on.through('poolSize=1&maxResultBytes=1000000')
    const session = await sessionOf(db)
    for (let i = 0; i < 2; i += 1)
      expect(leftOf(await ask(db, 'select id, word from wide'))).toMatchObject({ _tag: 'ResourceLimit' })
    const after = await sessionOf(db)
    expect(after).not.toBe(session)
    // one value
    expect(leftOf(await ask(db, `select repeat('x', 2000000)`))).toMatchObject({ _tag: 'ResourceLimit' })
    // in a transaction, which goes with its connection
    const inside = await db.transaction()((tx) => async () => {
      await ask(tx, `insert into wide values (1000, 'x')`)
      return ask(tx, 'select id, word from wide')
    })()
    expect(leftOf(inside)).toMatchObject({ _tag: 'ResourceLimit' })
    expect((await must(db, 'select count(*) from wide where id = 1000')).rows[0]?.map(Number)).toEqual([0])
    // rows one after the other may be more, and a batch of them may not
    const stream = Db.stream(pipe(from(wide), orderBy(wide.id)), { batch: 20 })(db)
    let came = 0
    for await (const one of stream) came += E.isRight(one) ? 1 : 0
    expect(came).toBe(300)
    await on.recovered(db)
    recorded({
      fault: 'result too large',
      engine: name,
      sees: '`ResourceLimit`',
      checked:
        'beyond `maxResultBytes` the connection is ended, its transaction with it; a stream of more rows is read',
    })
  })

  it('fault: request too large', async () => {
    const db = on.through('poolSize=1')
    const session = await sessionOf(db)
    // (as long as the longest message of PostgreSQL, and longer than any packet of MySQL; nothing of it is written to)
    const bytes = new Uint8Array(2 ** 30)
    const before = on.proxy.carried('up')
    const place = on.postgres ? 'select length($1::bytea)' : 'select length(?)'
    expect(leftOf(await ask(db, place, [bytes]))).toMatchObject({ _tag: 'ResourceLimit' })
    expect(on.proxy.carried('up') - before).toBeLessThan(1_000)
    // what fits is sent
    const some = new Uint8Array(2 ** 20)
    expect((await must(db, place, [some])).rows[0]?.map(Number)).toEqual([2 ** 20])
    expect(await sessionOf(db)).toBe(session)
    await on.recovered(db)
    recorded({
      fault: 'request too large',
      engine: name,
      sees: '`ResourceLimit`',
      checked: 'nothing was sent, and the same session goes on; a MiB is taken',
    })
  })
})

describe.each(places())('how many values on $label', (place) => {
  it('fault: parameters, limits', async () => {
    const { db, close } = await place.open()
    right(await db.execute(createAll(schema({ wide })))())
    // more values than any engine takes in one statement: 65,535 are the most
    const rows = Array.from({ length: 40_000 }, (_, id) => ({ id, word: 'w' }))
    right(await db.execute(insertInto(wide)(rows))())
    expect(right(await db.count(from(wide))())).toBe(40_000)
    const many = Array.from({ length: 70_000 }, (_, id) => id)
    // a list is one value, however long it is (in memory each row is compared with all of it)
    if (place.name !== 'memory')
      expect(right(await db.all(pipe(from(wide), where(inList(many)(wide.id))))())).toHaveLength(40_000)
    // text of the user's own may have too many
    const own = `select 1 where 1 in (${many.map(() => '?').join(', ')})`
    const values = many.map(BigInt)
    if (place.name !== 'memory') expect(leftOf(await ask(db, own, values))).toMatchObject({ _tag: 'ResourceLimit' })
    expect(right(await db.count(from(wide))())).toBe(40_000)
    await close()
    recorded({
      fault: 'parameters, limits',
      engine: place.name,
      sees: place.name === 'memory' ? 'nothing' : 'nothing; `ResourceLimit` where SQL of one’s own has 70,000 values',
      checked: '80,000 values are written, in parts, and a list of 70,000 is looked in',
    })
  })
})
