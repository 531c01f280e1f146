// The small parts: options are checked where they are written, statements are kept up to a bound, questions are queries.
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'

import { atMost, isDuration, pause, remaining } from '../../../src/effects/deadline.js'
import { makeStatementCache } from '../../../src/effects/driver/statement-cache.js'
import { echo } from '../../../src/effects/echo.js'
import { makeLine } from '../../../src/effects/line.js'
import type { Middleware } from '../../../src/effects/middleware.js'
import { mariadb, mysql } from '../../../src/effects/mysql.js'
import { postgres } from '../../../src/effects/postgres.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import { transaction, withMiddleware, withSignal, withTimeout } from '../../../src/effects/transaction.js'
import { fake, fakeDatabase, load, sqlError, tagOf } from './fake.js'

describe('options', () => {
  const refused: ReadonlyArray<readonly [string, () => unknown, RegExp]> = [
    ['an unknown option', () => postgres('postgres://localhost/x?pools=1'), /no option "pools"; there are poolSize/],
    ['an unknown field', () => mysql({ hots: 'x' } as never), /no option "hots"/],
    ['an inherited name', () => sqlite({ file: 'x', toString: 1 } as never), /no option "toString"/],
    ['another scheme', () => mysql('postgres://localhost/x'), /this is a URL of postgres; use postgres/],
    ['no URL at all', () => postgres('localhost'), /postgres:\/\//],
    ['a pool of none', () => sqlite({ file: 'x', poolSize: 0 }), /poolSize/],
    ['a time beyond a timer', () => mariadb('mariadb://h/x?acquireTimeoutMs=2147483648'), /2147483647/],
    ['a time of zero', () => mariadb({ connectTimeoutMs: 0 }), /connectTimeoutMs/],
    ['half a connection', () => postgres({ poolSize: 1.5 }), /poolSize/],
    ['a port beyond', () => postgres({ port: 65536 }), /port/],
    ['a word for a flag', () => sqlite('sqlite:x.db?readOnly=yes'), /readOnly/],
    ['an unknown library', () => sqlite('sqlite:x.db?library=sqlite3'), /better-sqlite3/],
    ['no file', () => sqlite('sqlite:'), /sqlite:path/],
    ['slashes that mean another thing elsewhere', () => sqlite('sqlite:///x.db'), /sqlite:path/],
    ['a preferred TLS', () => postgres('postgres://h/x?sslmode=prefer'), /sslmode/],
    ['a memory that would be lost when it is used', () => sqlite('sqlite::memory:?reset=full'), /"reset".*:memory:/],
    ['a memory that would be lost with time', () => sqlite({ file: ':memory:', idleTimeoutMs: 5 }), /"idleTimeoutMs"/],
    ['a memory that would grow old', () => sqlite({ file: ':memory:', maxAgeMs: 5 }), /"maxAgeMs"/],
    ['a broken escape', () => postgres('postgres://a%zz:secret@h/x'), /%25|URL/],
  ]
  it.each(refused)('%s is refused', (_title, make, message) => {
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
    expect(() => make()).not.toThrow(/secret/)
  })

  it.each([
    () => postgres('postgresql://ed:p%40ss@[::1]:5433/my%20db?sslmode=require&idleInTransactionMs=5'),
    () => postgres({ host: '/run/postgresql', ssl: { rejectUnauthorized: false } }),
    () => mysql('mysql://ed@h/x?ssl=true&socketPath=/run/x'),
    () => mariadb('mysql://h/x'),
    () => sqlite('sqlite:./a b.db?busyTimeoutMs=10&hideParameters=false'),
    () => sqlite({ file: ':memory:', library: 'node-sqlite3-wasm' }),
    () => postgres({ poolSize: undefined as unknown as number }),
  ])('what can be right opens nothing (%#)', (make) => {
    expect(make().status()).toMatchObject({ open: 0, driver: null, closed: false })
  })
})

describe('the statement cache', () => {
  it('keeps no more than its bound, and what is used stays', () => {
    const gone: Array<string> = []
    const cache = makeStatementCache<string>(10, (value) => gone.push(value))
    for (let i = 0; i < 100; i += 1) {
      if (cache.get('hot') === undefined) cache.set('hot', 'hot')
      cache.set(`s${i}`, `s${i}`)
    }
    expect(gone).not.toContain('hot')
    expect(gone.length).toBeGreaterThanOrEqual(90)
    expect(cache.get('s99')).toBe('s99')
    cache.delete('s99')
    expect(gone.at(-1)).toBe('s99')
    cache.clear()
    expect(new Set(gone).size).toBe(gone.length)
    expect(gone.length).toBe(101)
  })
})

describe('time', () => {
  it('is checked, and leaves no timer behind', async () => {
    expect([0, 1, 1.5, 2 ** 31 - 1, 2 ** 31, Number.NaN].map(isDuration)).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
    ])
    expect(remaining(Number.POSITIVE_INFINITY)).toBe(2 ** 31 - 1)
    expect(remaining(-1)).toBe(0)
    expect(await atMost(1_000, Promise.resolve(1))).toBe(1)
    expect(
      await atMost(
        5,
        pause(1_000, AbortSignal.timeout(30)).then(() => 1),
      ),
    ).toBe(undefined)
    const since = performance.now()
    await pause(1_000, AbortSignal.abort())
    expect(performance.now() - since).toBeLessThan(100)
  })

  it('a line gives each its turn, and none to who left', async () => {
    const line = makeLine<number>()
    const limits = { signal: null, deadline: Number.POSITIVE_INFINITY }
    const a = line.wait(limits, () => sqlError())
    const b = line.wait({ ...limits, deadline: performance.now() + 5 }, () => sqlError('late'))
    const c = line.wait(limits, () => sqlError())
    expect(await b).toMatchObject({ left: { statement: 'late' } })
    expect([line.offer(1), line.offer(2), line.offer(3)]).toEqual([true, true, false])
    expect([await a, await c]).toEqual([E.right(1), E.right(2)])
  })
})

describe('middleware', () => {
  it('sees every statement, the outermost first, and can refuse one', async () => {
    const driver = fake()
    const seen: Array<string> = []
    const named =
      (name: string): Middleware =>
      (next) =>
      (statement) => {
        seen.push(`${name} ${statement.sql}`)
        return statement.sql === 'no' ? () => Promise.resolve(E.left(sqlError('no'))) : next(statement)
      }
    const db = withMiddleware(named('outer'))(withMiddleware(named('inner'))(fakeDatabase(driver)))
    await transaction()((tx) => tx.run(load('a')))(db)()
    expect(seen).toEqual(['BEGIN', 'a', 'COMMIT'].flatMap((text) => [`outer ${text}`, `inner ${text}`]))
    expect(tagOf(await db.run(load('no'))())).toBe('Sql')
    expect(driver.sent).toEqual(['1 BEGIN', '1 a', '1 COMMIT'])
  })

  it('that throws or rejects ends its effect with a Defect', async () => {
    const driver = fake()
    const throws: Middleware = () => () => {
      throw new Error('mine')
    }
    const rejects: Middleware = () => () => () => Promise.reject(new Error('mine'))
    for (const middleware of [throws, rejects]) {
      const db = withMiddleware(middleware)(fakeDatabase(driver))
      expect(await db.run(load('a'))()).toMatchObject({ left: { _tag: 'Defect', statement: 'a' } })
      expect(db.status()).toMatchObject({ busy: 0 })
    }
  })

  it('echo writes time, outcome and SQL, and values only where they are asked for', async () => {
    const lines: Array<string> = []
    const driver = fake({
      answer: (text) => (text === 'bad' ? E.left(sqlError()) : E.right({ rows: [[1]], affected: 0, insertId: null })),
    })
    const statement = { ...load('select ?'), _tag: 'Step' as const }
    const db = fakeDatabase(driver)
    const loud = withMiddleware(echo((line) => lines.push(line), { hideParameters: false }))(db)
    const quiet = withMiddleware(echo((line) => lines.push(line)))(db)
    const withValues = {
      ...statement,
      statement: {
        ...(statement as never as { statement: object }).statement,
        parameters: ['ed', 1n, null, new Uint8Array(3)],
      },
    } as never
    await loud.run(withValues)()
    await quiet.run(withValues)()
    await quiet.run(load('bad'))()
    expect(lines.map((line) => line.replace(/^\d+\.\d\d/, 'N'))).toEqual([
      'N ms, 1 row: select ? -- "ed", 1, null, <3 bytes>',
      'N ms, 1 row: select ?',
      'N ms, RV901 Sql: bad',
    ])
  })

  it('keeps what else an environment holds', () => {
    const env = { ...fakeDatabase(fake()), clock: () => 1 }
    expect(withTimeout(5)(withSignal(AbortSignal.timeout(5))(env)).clock()).toBe(1)
  })
})
