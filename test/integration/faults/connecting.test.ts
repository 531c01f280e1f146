// What happens to connections before they run anything: they can't be made, nobody answers, they die while nobody uses them.
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { recorded } from '../../support/faults.js'
import { soon } from '../../support/process-list.js'
import { ask, open, tagOf } from '../effects/raw.js'
import { type Ground, leftOf, openGround, serverOf, servers, timed } from './ground.js'

/** Sockets are told of what happened in a later turn than timers are. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await pause(5)
}

describe.each(servers)('connecting to %s', (_, engine) => {
  const name = serverOf(engine)
  let on: Ground
  beforeAll(async () => {
    on = await openGround(engine)
  })
  afterAll(() => on.close())

  it('fault: refused, reset at accept, DNS', async () => {
    for (const how of ['refuse', 'drop'] as const) {
      const db = on.through('poolSize=2')
      await on.proxy.accept(how)
      // all who wait are told, not the first alone
      for (const outcome of await Promise.all(Array.from({ length: 5 }, () => ask(db, 'select 1'))))
        expect(leftOf(outcome)).toMatchObject({ _tag: 'Connection', phase: 'connect', sent: 'no' })
      await on.recovered(db)
    }
    const url = new URL(on.url)
    url.hostname = 'nobody.invalid'
    const nowhere = open(engine, url.href, 'connectTimeoutMs=5000')
    const { outcome, ms } = await timed(() => ask(nowhere, 'select 1'))
    expect(leftOf(outcome)).toMatchObject({ _tag: 'Connection', phase: 'connect', sent: 'no' })
    expect(ms).toBeLessThan(6_000)
    await nowhere.close()()
    recorded({
      fault: 'refused, reset at accept, DNS',
      engine: name,
      sees: '`Connection{phase: connect, sent: no}`',
      checked: 'each of five that wait on two connections is told',
    })
  })

  it('fault: black hole or SIGSTOP at connect, at each step of the login', async () => {
    const options = 'poolSize=1&connectTimeoutMs=250'
    // how much the server says until a session is ready
    const whole = on.through('poolSize=1')
    on.proxy.strike(null)
    const held = await whole.acquire()
    expect(tagOf(held)).toBe('Right')
    const said = on.proxy.carried('down')
    await whole.close()()
    const steps = [...new Set([0, 1, 10, Math.floor(said / 4), Math.floor(said / 2), said - 40])]
    for (const after of steps) {
      const db = on.through(options)
      on.proxy.strike({ direction: 'down', after, how: 'hole' })
      const { outcome, ms } = await timed(() => ask(db, 'select 1'))
      expect(leftOf(outcome)).toMatchObject({ _tag: 'Connection', sent: 'no' })
      expect(ms).toBeLessThan(1_250)
      await db.close(1)()
      on.proxy.cutAll('reset')
      await on.recovered(on.through())
    }
    const silent = on.through(options)
    await on.proxy.accept('hole')
    const { outcome, ms } = await timed(() => ask(silent, 'select 1'))
    expect(leftOf(outcome)).toMatchObject({ _tag: 'Connection', phase: 'connect', sent: 'no' })
    expect(ms).toBeLessThan(1_250)
    await silent.close(1)()
    await on.recovered(on.through())
    recorded({
      fault: 'black hole or SIGSTOP at connect',
      engine: name,
      sees: '`Connection{sent: no}` at most 1 s after `connectTimeoutMs`',
      checked: 'a hole that opens at each of several steps of the login, and before the first byte',
    })
  })

  it('fault: wrong password, no database', async () => {
    const secret = 'hunter2-not-the-password'
    // (the servers of the tests let everybody of PostgreSQL in who has a role: who has none is refused as a wrong password is)
    for (const change of [
      (url: URL) => void (url.pathname = '/there_is_no_such_database'),
      (url: URL) => void (url.username = 'nobody_of_that_name'),
      ...(on.postgres ? [] : [(url: URL) => void (url.password = secret)]),
    ]) {
      const url = new URL(on.proxy.url(on.url))
      url.password = url.password === '' ? secret : url.password
      change(url)
      const db = open(engine, url.href)
      const before = on.proxy.accepted()
      const outcome = await ask(db, 'select 1')
      expect(leftOf(outcome)).toMatchObject({ _tag: 'Connection', phase: 'auth', sent: 'no' })
      expect(`${JSON.stringify(leftOf(outcome))} ${String(E.isLeft(outcome) && outcome.left.message)}`).not.toContain(
        secret,
      )
      expect(on.proxy.accepted() - before).toBe(1)
      await db.close()()
    }
    await on.recovered(on.through())
    recorded({
      fault: 'wrong password, no database',
      engine: name,
      sees: '`Connection{phase: auth, sent: no}`',
      checked: 'it is tried once; the password is nowhere in the error',
    })
  })

  it('fault: backend killed while idle', async () => {
    const db = on.through('poolSize=4')
    for (let round = 0; round < 3; round += 1) {
      const held = await Promise.all(Array.from({ length: 4 }, () => db.acquire()))
      for (const one of held) if (E.isRight(one)) await one.right.release()
      const ids = await on.sessions()
      expect(ids).toHaveLength(4)
      await on.kill(ids)
      expect(await soon(async () => (await on.sessions()).length === 0 && on.proxy.open() === 0)).toBe(true)
      await turns()
      // one after the other, and all at once
      const some = round === 0 ? 1 : 8
      for (const outcome of await Promise.all(Array.from({ length: some }, () => ask(db, 'select 1'))))
        expect(tagOf(outcome)).toBe('Right')
    }
    // the same by the network: nobody said goodbye
    on.proxy.cutAll('reset')
    await turns()
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
    await on.recovered(db)
    recorded({
      fault: 'backend killed while idle',
      engine: name,
      sees: 'nothing: the next effect works',
      checked:
        'four idle sessions killed three times, and cut by the network once; nothing is thrown where nobody listens',
    })
  })

  it('fault: an idle connection falls into a hole', async () => {
    const db = on.through('poolSize=1&pingAfterIdleMs=1&statementTimeoutMs=5000')
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
    await pause(10)
    on.proxy.cutAll('hole')
    // the ping finds it out, and nothing of the effect was sent before
    const { tag, ms } = await timed(() => ask(db, 'select 1'))
    expect(tag).toBe('Right')
    expect(ms).toBeLessThan(4_000)
    on.proxy.cutAll('reset')
    await turns()
    await on.recovered(db)
  })
})
