// A statement that is run once for each of several sets of parameters, by each library of SQLite: all of it or nothing.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  createAll,
  Db,
  deleteFrom,
  echo,
  everyRow,
  from,
  insertInto,
  integer,
  orderBy,
  primaryKey,
  returning,
  schema,
  table,
  text,
  transaction,
  withMiddleware,
} from '../../../src/index.js'
import type { Database } from '../../../src/effects/database.js'
import { sqliteLibraries } from '../../../src/effects/driver/sqlite-libraries.js'
import { sqlite, type SqliteOptions } from '../../../src/effects/sqlite.js'

const notes = table('notes', { id: pipe(integer, primaryKey), note: text })

const opened = (library: NonNullable<SqliteOptions['library']>): Database => sqlite({ file: ':memory:', library })

const loads = async (library: NonNullable<SqliteOptions['library']>): Promise<boolean> => {
  const db = opened(library)
  const outcome = await db.execute(createAll(schema({ notes })))()
  await db.close()()
  return E.isRight(outcome)
}

const present = (
  await Promise.all(sqliteLibraries.map(async (library) => ((await loads(library)) ? [library] : [])))
).flat()

const rows = (n: number, from = 0) => Array.from({ length: n }, (_, i) => ({ id: from + i, note: `n${i}` }))

describe.each(present)('sets on sqlite by %s', (library) => {
  let db: Database
  beforeAll(async () => {
    db = opened(library)
    await db.execute(createAll(schema({ notes })))()
  })
  afterAll(async () => void (await db.close()()))
  beforeEach(async () => void (await db.execute(everyRow(deleteFrom(notes)))()))

  const kept = () => db.all(pipe(from(notes), orderBy(notes.id)))()

  it('counts and keeps all', async () => {
    expect(await db.execute(insertInto(notes)(rows(300)))()).toEqual(E.right({ rows: [], keys: [], affected: 300 }))
    expect(await kept()).toEqual(E.right(rows(300)))
    expect(await db.all(pipe(insertInto(notes)(rows(3, 900)), returning(notes.id)))()).toEqual(E.right([900, 901, 902]))
  })

  it('keeps none where one fails', async () => {
    const clash = await db.execute(insertInto(notes)([...rows(50), { id: 7, note: 'again' }]))()
    expect(clash).toMatchObject({ left: { _tag: 'UniqueViolation' } })
    expect(await kept()).toEqual(E.right([]))
    expect(await db.execute(insertInto(notes)(rows(2)))()).toMatchObject({ right: { affected: 2 } })
  })

  it('belongs to the transaction around it', async () => {
    const program = pipe(
      Db.execute(insertInto(notes)(rows(20))),
      RTE.chainW(() => Db.execute(insertInto(notes)(rows(5, 100)))),
      RTE.chainW(() => RTE.left({ _tag: 'Enough' as const })),
    )
    expect(await transaction()(program)(db)()).toEqual(E.left({ _tag: 'Enough' }))
    expect(await kept()).toEqual(E.right([]))
  })

  it('is shown by echo, with its values only where that is asked', async () => {
    const lines: Array<string> = []
    const loud = pipe(
      db,
      withMiddleware(echo((line) => lines.push(line))),
      withMiddleware(echo((line) => lines.push(line), { hideParameters: false })),
    )
    await loud.execute(insertInto(notes)(rows(2)))()
    expect(lines.map((line) => line.split(' -- ')[1])).toEqual(['2 times', '1: 0, "n0"; 2: 1, "n1"'])
  })
})
