// Nothing that is said of a secret column has a value of it: not a message, a stack, a cause, JSON, a log, a span, or a text for
// people. Errors of every kind, each with values that nobody else has, and with `hideParameters: false`.
import { inspect } from 'node:util'

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { showDbError } from '../../../src/effects/error-questions.js'
import { mariadb, mysql } from '../../../src/effects/mysql.js'
import { postgres } from '../../../src/effects/postgres.js'
import {
  add,
  autoIncrement,
  boolean,
  checkConstraint,
  concat,
  createAll,
  deleteFrom,
  type Database,
  type DbError,
  echo,
  eq,
  everyRow,
  exprShow,
  from,
  inList,
  insertInto,
  integer,
  listening,
  logging,
  lower,
  like,
  ne,
  nullable,
  onConflictDoUpdate,
  primaryKey,
  queryShow,
  references,
  rowShow,
  schema,
  secret,
  select,
  set,
  sql,
  table,
  text,
  toSqlInline,
  unique,
  update,
  uuid,
  varchar,
  where,
  withMiddleware,
} from '../../../src/index.js'
import { traced } from '../../../src/opentelemetry.js'
import { type Engine, engines, freshDatabase } from '../../support/engines.js'
import { inMemory } from '../../support/places.js'
import { recordingTracer } from '../../support/tracer.js'
import { open } from './raw.js'

const vaults = table(
  'vaults',
  {
    id: pipe(integer, primaryKey, autoIncrement),
    token: pipe(varchar(60), secret, unique),
    label: varchar(20),
    pin: pipe(integer, nullable, secret),
    code: pipe(uuid, nullable, secret),
  },
  (t) => [checkConstraint(ne(t.label, 'bad'), { name: 'vaults_label' })],
)
const keys = table('keys', {
  id: pipe(integer, primaryKey, autoIncrement),
  token: pipe(varchar(60), secret, references(vaults.token)),
})

/** The same rows, otherwise described: what the database refuses, and what it gives that is no value of the column. */
const loose = table('vaults', {
  id: pipe(integer, primaryKey, autoIncrement),
  token: pipe(text, secret),
  label: pipe(text, nullable),
})
const misread = table('vaults', { id: pipe(integer, primaryKey), token: pipe(uuid, secret), label: varchar(20) })
/** A table that nobody made. */
const missing = table('missing', { id: integer, token: pipe(text, secret) })

let made = 0
/** A value that stands nowhere else, and is easy to find again: letters alone, as some engines spell some signs anew. */
const nonce = (): string => {
  made += 1
  return `hunter${Array.from(String(made).padStart(7, '0'), (d) => 'qwertyuiop'[Number(d)]).join('')}zz`
}
const number = (): number => {
  made += 1
  return 1_700_000_000 + made
}

type Attempt = (db: Database, said: (value: string) => string) => TE.TaskEither<unknown, unknown>

const label = 'plain'

/** A way to fail each; `said` keeps what must not be told. */
const attempts: Readonly<Record<string, Attempt>> = {
  unique: (db, said) => {
    const token = said(nonce())
    const once = db.execute(insertInto(vaults)({ token, label }))
    return pipe(
      once,
      TE.chain(() => once),
    )
  },
  check: (db, said) =>
    db.execute(insertInto(vaults)({ token: said(nonce()), label: 'bad', pin: Number(said(String(number()))) })),
  null: (db, said) => db.execute(insertInto(loose)({ token: said(nonce()), label: null })),
  several: (db, said) =>
    db.execute(insertInto(loose)([1, 2, 3].map((n) => ({ token: said(nonce()), label: n === 3 ? null : label })))),
  long: (db, said) => db.execute(insertInto(vaults)({ token: said(nonce()).repeat(6), label })),
  longer: (db, said) => db.execute(insertInto(loose)({ token: said(nonce()).repeat(6), label: label.repeat(9) })),
  noText: (db, said) => db.execute(insertInto(vaults)({ token: `${said(nonce())}\0`, label })),
  noUuid: (db, said) => db.all(pipe(from(vaults), where(eq(vaults.code, said(nonce()))))),
  // an untyped caller
  noNumber: (db, said) => db.all(pipe(from(vaults), where(eq(vaults.pin, said(nonce()) as unknown as number)))),
  noList: (db, said) => db.all(pipe(from(vaults), where(inList([said(nonce())])(vaults.code)))),
  reference: (db, said) => db.execute(insertInto(keys)({ token: said(nonce()) })),
  missing: (db, said) => db.all(pipe(from(missing), where(eq(missing.token, said(nonce()))))),
  lowered: (db, said) => db.all(pipe(from(missing), where(eq(lower(missing.token), said(nonce()))))),
  joined: (db, said) => db.all(pipe(from(missing), where(eq(concat(missing.token, said(nonce())), label)))),
  update: (db, said) =>
    pipe(
      db.execute(insertInto(vaults)({ token: said(nonce()), label })),
      TE.chain(() =>
        db.execute(pipe(update(vaults), set({ label: 'bad', token: said(nonce()) }), where(eq(vaults.label, label)))),
      ),
    ),
  upsert: (db, said) =>
    db.execute(
      pipe(
        insertInto(vaults)({ token: said(nonce()), label: 'bad' }),
        onConflictDoUpdate({ target: vaults.token, set: () => ({ label: 'worse' }) }),
      ),
    ),
  decode: (db, said) => {
    const token = said(nonce())
    return pipe(
      db.execute(insertInto(vaults)({ token, label })),
      TE.chain(() => db.all(pipe(from(misread), where(sql(boolean)`${misread.token} = ${token}`)))),
    )
  },
  cast: (db, said) => {
    const token = said(nonce())
    return pipe(
      db.execute(insertInto(vaults)({ token, label })),
      TE.chain(() => db.all(pipe(from(vaults), where(sql(boolean)`cast(${vaults.token} as decimal) = ${token}`)))),
    )
  },
  text: (db, said) =>
    db.all(
      sql
        .text('select id, nothing from vaults where token = :token')
        .bind({ token: said(nonce()) })
        .reads(loose)
        .as(loose),
    ),
  pattern: (db, said) => db.all(pipe(from(missing), where(like(`${said(nonce())}!`)(missing.token)))),
  overflow: (db, said) => {
    const pin = number()
    said(String(pin))
    const token = said(nonce())
    return pipe(
      db.execute(insertInto(vaults)({ token, label, pin })),
      TE.chain(() =>
        db.all(pipe(from(vaults), where(eq(vaults.token, token)), select(add(vaults.pin, 2_000_000_000)))),
      ),
    )
  },
  none: (db, said) => db.one(pipe(from(vaults), where(eq(vaults.token, said(nonce()))))),
  rolledBack: (db, said) =>
    db.transaction()((tx) =>
      pipe(
        tx.execute(insertInto(loose)({ token: said(nonce()), label: null })),
        TE.map(() => 1),
        TE.orElse(() => TE.right(0)),
      ),
    ),
}

/** All that can be seen of something that went wrong. */
const seen = (error: unknown): string => {
  const { message, stack, cause } = error as { message?: unknown; stack?: unknown; cause?: unknown }
  return [
    inspect(error, { depth: 9, maxStringLength: null, maxArrayLength: null }),
    JSON.stringify(error, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ...[message, stack, error].map(String),
    ...(cause === undefined || cause === null
      ? []
      : [inspect(cause), String((cause as { message?: unknown }).message)]),
  ].join('\n')
}

const factor = Number(process.env['RELVAR_TEST_TIMES'] ?? 1)

/** Where, how to open it, and how many errors: 10,000 in all. */
const opened: ReadonlyArray<readonly [string, () => Promise<{ db: Database; drop: () => Promise<unknown> }>, number]> =
  [
    [
      'memory',
      async () => {
        const { db, close } = await inMemory.open()
        return { db, drop: close }
      },
      1_700,
    ],
    ...engines().flatMap((engine: Engine) => {
      const opens = (options: string) => async () => {
        const { url, drop } = await freshDatabase(engine)
        const db = open(engine, url, `hideParameters=false${options}`)
        return { db, drop: () => db.close()().then(drop) }
      }
      const here = [engine.label, opens(''), 1_700] as const
      return engine.name === 'sqlite' ? [here, ['sqlite in a worker', opens('&run=worker'), 100] as const] : [here]
    }),
  ]

describe.each(opened)('secrets on %s', (name, openIt, some) => {
  const times = Math.round(factor * some)
  let db: Database
  let drop: () => Promise<unknown>
  beforeAll(async () => {
    ;({ db, drop } = await openIt())
    expect(await db.execute(createAll(schema({ vaults, keys })))()).toMatchObject({ _tag: 'Right' })
  })
  afterAll(() => drop())

  it('[bar 17, O03, A22] no error, event, log or span has a value of a secret column', async () => {
    const lines: Array<unknown> = []
    const write = (...some: ReadonlyArray<unknown>): void => void lines.push(some)
    const { tracer, spans } = recordingTracer()
    const shown = { hideParameters: false }
    const watched = [
      echo(write, shown),
      listening(write, shown),
      logging({ debug: write, error: write }, shown),
      traced(tracer, shown),
    ].reduce((one, middleware) => withMiddleware(middleware)(one), db)
    const tags = new Map<string, number>()
    let errors = 0
    const ways = Object.entries(attempts)
    for (let i = 0; errors < times; i += 1) {
      const [way, attempt] = ways[i % ways.length] ?? ['', () => TE.right(0)]
      const secrets: Array<string> = []
      const said = (value: string): string => {
        secrets.push(value)
        return value
      }
      const outcome = await attempt(watched, said)()
      if (E.isLeft(outcome)) {
        errors += 1
        const error = outcome.left as DbError
        tags.set(error._tag, (tags.get(error._tag) ?? 0) + 1)
        lines.push(seen(error), showDbError(error))
      }
      const all = `${seen(lines.splice(0))}\n${JSON.stringify(spans.slice(-12))}`
      for (const one of secrets)
        if (all.includes(one))
          throw new Error(
            `${way} of ${name} told ${one}: …${all.slice(Math.max(0, all.indexOf(one) - 500)).slice(0, 800)}…`,
          )
      // rows are looked through one by one in memory
      if (i % 200 === 199)
        expect(await db.execute(pipe(deleteFrom(vaults), everyRow))()).toMatchObject({ _tag: 'Right' })
      // an engine that takes everything would make this loop endless
      if (i > 10 * times) throw new Error(`few errors: ${errors} of ${i}`)
    }
    const wanted = ['UniqueViolation', 'CheckViolation', 'ForeignKeyViolation', 'InvalidValue', 'NoRows', 'Sql']
    // memory looks at values before they are in a row, and keeps no row that is described otherwise
    if (name !== 'memory') wanted.push('NotNullViolation', 'Decode', 'RolledBack')
    expect([...tags.keys()]).toEqual(expect.arrayContaining(wanted))
    expect(errors).toBe(times)
  }, 120_000)

  it('[O03] rows have the values, and what is logged has their places', async () => {
    const lines: Array<string> = []
    const loud = withMiddleware(echo((line) => lines.push(line), { hideParameters: false }))(db)
    const token = nonce()
    expect(
      await loud.execute(
        insertInto(vaults)([
          { token, label: 'seen' },
          { token: nonce(), label: 'seen' },
        ]),
      )(),
    ).toMatchObject({ right: { affected: 2 } })
    expect(await loud.one(pipe(from(vaults), where(eq(vaults.token, token))))()).toMatchObject({
      right: { token, label: 'seen' },
    })
    expect(lines.join('\n')).toContain('"<secret>"')
    expect(lines.find((line) => /insert/i.test(line))).toContain('seen')
    expect(lines.join('\n')).not.toContain(token)
  })

  it('[O03, A22] texts for people have none', async () => {
    const token = nonce()
    const query = pipe(from(vaults), where(eq(vaults.token, token)))
    const added = insertInto(vaults)({ token, label: 'x', pin: 77_777_777 })
    const texts = [
      toSqlInline(db.dialect)(query),
      toSqlInline(db.dialect)(added),
      queryShow.show(query),
      queryShow.show(added),
      exprShow.show(eq(lower(vaults.token), token)),
      rowShow(vaults).show({ id: 1, token, label: 'x', pin: 77_777_777, code: null }),
      await db.plan(query)(),
    ]
    expect(inspect(texts, { depth: 9 })).not.toMatch(new RegExp(`${token}|77_?777_?777`))
    // in memory nothing is compiled, and a statement's text has no values at all
    const some = texts.slice(name === 'memory' ? 2 : 0, 6)
    expect(some.map((one) => seen(one).includes('<secret>'))).toEqual(some.map(() => true))
  })
})

describe.each(engines().map((engine) => [engine.label, engine] as const))(
  'secrets of connecting to %s',
  (_, engine) => {
    it('[bar 17] no error of a connection has the password of its URL', async () => {
      const { url, drop } = await freshDatabase(engine)
      for (let i = 0; i < 20; i += 1) {
        const password = nonce()
        const ports = ['1', new URL(engine.name === 'sqlite' ? 'x://x:1' : url).port]
        const port = ports[i % 2] ?? '1'
        if (engine.name === 'sqlite') {
          // no engine of passwords: a URL that has one is refused whole, and not shown
          expect(() => open(engine, `sqlite://ed:${password}@localhost/x?nothing=${password}`)).toThrow(TypeError)
          try {
            open(engine, `sqlite://ed:${password}@localhost/x?nothing=${password}`)
          } catch (error) {
            expect(seen(error)).not.toContain(password)
          }
          continue
        }
        const db = open(
          engine,
          `${engine.name === 'postgres' ? 'postgres' : engine.name}://nobody${i}:${password}@127.0.0.1:${port}/nothing`,
        )
        const outcome = await db.ping()
        const status = seen(db.status())
        const asked = await db.execute(sql.text('select 1').command())()
        await db.close()()
        expect(E.isLeft(asked)).toBe(true)
        expect(`${seen(outcome)} ${seen(asked)} ${status} ${seen(db)}`).not.toContain(password)
      }
      await drop()
    })

    it('[bar 17] nor has a URL that is refused', () => {
      const make = { sqlite: (url: string) => open(engine, url), postgres, mysql, mariadb }[engine.name]
      for (const wrong of ['h:nope/x', 'h:1/x?noSuchOption=1', 'h/x?poolSize=many', '', '[/x']) {
        const password = nonce()
        try {
          make(`${engine.name}://ed:${password}@${wrong}`)
        } catch (error) {
          expect(seen(error)).not.toContain(password)
        }
      }
    })
  },
)
