// What is sent, as events and as lines of a log, on every engine: effects, transactions, savepoints, failures.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  createAll,
  type Database,
  eq,
  from,
  insertInto,
  integer,
  type LogFields,
  listening,
  logging,
  primaryKey,
  schema,
  slowQueries,
  type StatementEvent,
  table,
  text,
  where,
  withMiddleware,
} from '../../../src/index.js'
import { places } from '../../support/places.js'

const notes = table('notes', { id: pipe(integer, primaryKey), body: text })
const nowhere = table('nowhere', { id: integer })

describe.each(places())('events on $label', (place) => {
  let db: Database
  let close: () => Promise<void>
  let events: Array<StatementEvent> = []
  let heard: Database
  beforeAll(async () => {
    ;({ db, close } = await place.open())
    expect(E.isRight(await db.execute(createAll(schema({ notes })))())).toBe(true)
    heard = withMiddleware(listening((event) => events.push(event), { hideParameters: false }))(db)
  })
  afterAll(() => close())
  beforeEach(() => {
    events = []
  })

  const add = (id: number, body = 'a') => insertInto(notes)({ id, body })

  it('[O01] a statement is one event: text, values, rows, time, connection', async () => {
    const began = Date.now()
    expect(await heard.execute(add(1, 'first'))()).toMatchObject({ right: { affected: 1 } })
    expect(await heard.all(pipe(from(notes), where(eq(notes.body, 'first'))))()).toMatchObject({ _tag: 'Right' })
    expect(events).toMatchObject([
      { kind: 'statement', affected: 1, error: null, depth: 0, engine: place.name, runs: 1 },
      { kind: 'statement', rows: 1, error: null, depth: 0, parameters: [['first']] },
    ])
    const [write, read] = events
    expect(write?.parameters?.flat().map(String)).toEqual(['1', 'first'])
    expect(write?.tables.writes).toEqual([{ schema: null, name: 'notes' }])
    expect(read?.tables).toEqual({ reads: [{ schema: null, name: 'notes' }], writes: [] })
    expect(read?.sql).not.toContain('first')
    expect(events.every(({ ms, at, connection }) => ms >= 0 && at >= began && connection > 0)).toBe(true)
  })

  it('[O03] values are left out where nothing else is said', async () => {
    const quiet = withMiddleware(listening((event) => events.push(event)))(db)
    expect(E.isRight(await quiet.execute(add(20, 'hidden'))())).toBe(true)
    expect(events).toMatchObject([{ parameters: null }])
    expect(JSON.stringify(events)).not.toContain('hidden')
  })

  it('[O05] BEGIN, COMMIT, ROLLBACK and savepoints are events of their depth, on one connection', async () => {
    const program = heard.transaction()((tx) =>
      pipe(
        tx.execute(add(2)),
        TE.chainW(() => tx.transaction()((inner) => inner.execute(add(3)))),
        TE.chainW(() =>
          pipe(
            tx.transaction()((inner) =>
              pipe(
                inner.execute(add(4)),
                TE.chainW(() => TE.left('no' as const)),
              ),
            ),
            TE.map(() => 0),
            TE.orElse(() => TE.right(0)),
          ),
        ),
      ),
    )
    expect(E.isRight(await program())).toBe(true)
    expect(events.filter(({ kind }) => kind !== 'setting').map(({ kind, depth }) => `${kind} ${depth}`)).toEqual([
      'begin 1',
      'statement 1',
      'savepoint 2',
      'statement 2',
      'release savepoint 2',
      'savepoint 2',
      'statement 2',
      'rollback to savepoint 2',
      'release savepoint 2',
      'commit 1',
    ])
    expect(new Set(events.map(({ connection }) => connection)).size).toBe(1)
    events = []
    expect(await heard.transaction()(() => TE.left('mine'))()).toEqual(E.left('mine'))
    expect(events.filter(({ kind }) => kind !== 'setting').map(({ kind }) => kind)).toEqual(['begin', 'rollback'])
  })

  it('[O01] an error is in its event, and a listener that throws is a Defect', async () => {
    expect(E.isRight(await db.execute(add(5))())).toBe(true)
    expect(E.isLeft(await heard.execute(add(5))())).toBe(true)
    expect(events).toMatchObject([
      { error: { _tag: 'UniqueViolation', code: 'RV201' }, rows: 0, affected: 0, kind: 'statement' },
    ])
    const broken = withMiddleware(
      listening(() => {
        throw new Error('mine')
      }),
    )(db)
    expect(await broken.all(from(notes))()).toMatchObject({ left: { _tag: 'Defect' } })
    expect(db.status()).toMatchObject({ busy: 0 })
  })

  it('[O02] a log is given fields of text and numbers, and errors by code', async () => {
    const lines: Array<readonly [string, LogFields, string]> = []
    const logger = {
      debug: (fields: LogFields, message: string) => lines.push(['debug', fields, message]),
      error: (fields: LogFields, message: string) => lines.push(['error', fields, message]),
    }
    const logged = withMiddleware(logging(logger, { hideParameters: false }))(db)
    expect(E.isRight(await logged.execute(add(6, 'logged'))())).toBe(true)
    const outcome = await logged.all(from(nowhere))()
    expect(lines).toMatchObject(
      [
        ['debug', { kind: 'statement', affected: 1, parameters: ['6, "logged"'], depth: 0 }, /^statement, [\d.]+ ms$/],
        ['error', { code: 'RV901', error: 'Sql' }, E.isLeft(outcome) ? outcome.left.message : ''],
      ].map(([level, fields, message]) => [
        level,
        fields,
        message instanceof RegExp ? expect.stringMatching(message) : message,
      ]),
    )
    expect(JSON.parse(JSON.stringify(lines))).toEqual(lines)
    // console is such a log
    expect(typeof logging(console)).toBe('function')
  })

  it('[O01] slow queries are those from so many milliseconds on', async () => {
    const slow: Array<StatementEvent> = []
    const all = withMiddleware(slowQueries(0, (event) => slow.push(event)))(db)
    const none = withMiddleware(slowQueries(60_000, (event) => slow.push(event)))(db)
    expect(E.isRight(await all.count(from(notes))())).toBe(true)
    expect(E.isRight(await none.count(from(notes))())).toBe(true)
    expect(slow).toHaveLength(1)
    expect(() => slowQueries(Number.NaN, () => undefined)).toThrow(TypeError)
  })
})
