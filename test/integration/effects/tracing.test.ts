// Spans of OpenTelemetry on every engine: what they are called, what they hold, and what they are under.
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  createAll,
  type Database,
  eq,
  from,
  insertInto,
  integer,
  primaryKey,
  schema,
  table,
  text,
  where,
  withMiddleware,
} from '../../../src/index.js'
import { traced } from '../../../src/opentelemetry.js'
import { places } from '../../support/places.js'
import { followingPromises, type Recorded, recordingTracer } from '../../support/tracer.js'

const notes = table('notes', { id: pipe(integer, primaryKey), body: text })

const systems = { postgres: 'postgresql', mysql: 'mysql', mariadb: 'mariadb', sqlite: 'sqlite', memory: 'other_sql' }

describe.each(places())('spans on $label', (place) => {
  let db: Database
  let close: () => Promise<void>
  let stop: () => void
  beforeAll(async () => {
    stop = followingPromises()
    ;({ db, close } = await place.open())
    expect(E.isRight(await db.execute(createAll(schema({ notes })))())).toBe(true)
  })
  afterAll(async () => {
    stop()
    await close()
  })

  const add = (id: number) => insertInto(notes)({ id, body: `body ${id}` })

  /** The tree of spans: each by its name, with those below it. */
  const treeOf = (spans: ReadonlyArray<Recorded>, parent: string | null = null): ReadonlyArray<unknown> =>
    spans.flatMap((span, i) => {
      if (span.parent !== parent) return []
      const below = treeOf(spans, String(i + 1))
      return [below.length === 0 ? span.name : [span.name, below]]
    })

  it('[O01] a statement is a client span by the conventions, without its values', async () => {
    const { tracer, spans } = recordingTracer()
    const seen = withMiddleware(traced(tracer))(db)
    expect(E.isRight(await seen.execute(add(1))())).toBe(true)
    expect(E.isRight(await seen.all(pipe(from(notes), where(eq(notes.body, 'body 1'))))())).toBe(true)
    expect(spans).toMatchObject([
      { name: 'INSERT notes', kind: SpanKind.CLIENT, ended: 1, status: { code: SpanStatusCode.UNSET } },
      {
        name: 'SELECT notes',
        ended: 1,
        attributes: {
          'db.system.name': systems[place.name],
          'db.operation.name': 'SELECT',
          'db.collection.name': 'notes',
          'db.query.summary': 'SELECT notes',
          'db.response.returned_rows': 1,
        },
      },
    ])
    const held = spans[1]?.attributes ?? {}
    expect(held['db.query.text']).toEqual(expect.stringMatching(/select|from/i))
    if (place.name !== 'memory') expect(typeof held['db.namespace']).toBe('string')
    if (place.name !== 'memory' && place.name !== 'sqlite') {
      expect(typeof held['server.address']).toBe('string')
      expect(typeof held['server.port']).toBe('number')
    }
    expect(JSON.stringify(spans)).not.toContain('body 1')
    const open = withMiddleware(traced(tracer, { hideParameters: false }))(db)
    expect(E.isRight(await open.all(pipe(from(notes), where(eq(notes.body, 'body 1'))))())).toBe(true)
    expect(spans[2]?.attributes).toMatchObject({ 'db.query.parameter.0': '"body 1"' })
  })

  it('[O01] an error is the status of its span', async () => {
    const { tracer, spans } = recordingTracer()
    const seen = withMiddleware(traced(tracer))(db)
    expect(E.isRight(await db.execute(add(2))())).toBe(true)
    const outcome = await seen.execute(add(2))()
    const message = E.isLeft(outcome) ? outcome.left.message : ''
    expect(spans).toMatchObject([
      {
        ended: 1,
        status: { code: SpanStatusCode.ERROR, message },
        attributes: { 'error.type': 'UniqueViolation', 'relvar.error.code': 'RV201' },
      },
    ])
    if (place.name === 'postgres') expect(spans[0]?.attributes['db.response.status_code']).toBe('23505')
  })

  it('[O05] a transaction is a span around its statements, under the one that was active', async () => {
    const { tracer, spans } = recordingTracer()
    const seen = withMiddleware(traced(tracer))(db)
    const request = tracer.startSpan('request')
    const program = seen.transaction()((tx) =>
      pipe(
        tx.execute(add(3)),
        TE.chain(() => tx.transaction()((inner) => inner.execute(add(4)))),
        // a span that the program makes itself is what its statements are under
        TE.chain(() => () => {
          const own = tracer.startSpan('own')
          return context.with(trace.setSpan(context.active(), own), () => tx.count(from(notes))())
        }),
      ),
    )
    expect(E.isRight(await context.with(trace.setSpan(context.active(), request), program))).toBe(true)
    expect(treeOf(spans)).toEqual([
      [
        'request',
        [
          [
            'transaction',
            ['BEGIN', 'INSERT notes', ['savepoint', ['SAVEPOINT', 'INSERT notes', 'RELEASE SAVEPOINT']], 'COMMIT'],
          ],
          ['own', ['SELECT notes']],
        ],
      ],
    ])
    expect(spans.filter(({ name }) => name !== 'request' && name !== 'own').every(({ ended }) => ended === 1)).toBe(
      true,
    )
    expect(spans.find(({ name }) => name === 'transaction')).toMatchObject({
      kind: SpanKind.INTERNAL,
      attributes: { 'relvar.transaction.outcome': 'committed', 'relvar.transaction.depth': 1 },
      status: { code: SpanStatusCode.UNSET },
    })
  })

  it('[O05] what rolls back says so, also for a savepoint alone', async () => {
    const { tracer, spans } = recordingTracer()
    const seen = withMiddleware(traced(tracer))(db)
    const nested = (tx: Database) =>
      pipe(
        tx.transaction()(() => TE.left('no')),
        TE.orElse(() => TE.right(0)),
      )
    expect(await seen.transaction()(nested)()).toEqual(E.right(0))
    expect(await seen.transaction()(() => TE.left('no'))()).toEqual(E.left('no'))
    const outcomes = spans.flatMap(({ name, ended, attributes }) =>
      name === 'transaction' || name === 'savepoint'
        ? [`${name} ${String(attributes['relvar.transaction.outcome'])} ${ended}`]
        : [],
    )
    expect(outcomes).toEqual(['transaction committed 1', 'savepoint rolled back 1', 'transaction rolled back 1'])
  })
})
