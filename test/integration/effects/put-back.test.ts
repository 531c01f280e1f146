// What a transaction set for its session is undone after it, also where a middleware stands in the way of that.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  alterColumn,
  alterTable,
  createAll,
  type Database,
  insertInto,
  integer,
  type Middleware,
  primaryKey,
  references,
  schema,
  table,
  varchar,
} from 'relvar'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { dbError } from '../../../src/effects/error-make.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import { tagOf } from './raw.js'

const users = table('users', { id: pipe(integer, primaryKey), name: varchar(20) })
const after = table('users', { id: pipe(integer, primaryKey), name: varchar(3) })
const posts = table('posts', { id: pipe(integer, primaryKey), userId: pipe(integer, references(users.id)) })

/** Refuses statements of such a text. */
const refusing =
  (text: RegExp): Middleware =>
  (next) =>
  (statement) =>
    text.test(statement.sql)
      ? TE.left(dbError('Defect', { message: 'refused', statement: statement.sql, cause: null }))
      : next(statement)

describe('a session of sqlite after a transaction', () => {
  let db: Database
  beforeEach(async () => {
    db = sqlite('sqlite::memory:')
    expect(tagOf(await db.execute(createAll(schema({ users, posts })))())).toBe('Right')
    await db.execute(insertInto(users)({ id: 1, name: 'a long name' }))()
  })
  afterEach(() => db.close()())

  it.each([/^ROLLBACK$/, /query_only = OFF/, /^(?:ROLLBACK|COMMIT|PRAGMA query_only = OFF)$/])(
    'is no longer read-only (%s is refused)',
    async (text) => {
      const strict = db.having({ middleware: refusing(text) })
      await strict.transaction({ readOnly: true })(() => TE.left('no'))()
      await strict.transaction({ readOnly: true })(() => TE.right(null))()
      expect(tagOf(await db.execute(insertInto(users)({ id: 2, name: 'b' }))())).toBe('Right')
    },
  )

  it.each([/^ROLLBACK$/, /foreign_keys = ON/, /^(?:ROLLBACK|PRAGMA foreign_keys = ON)$/])(
    'keeps foreign keys again (%s is refused)',
    async (text) => {
      const strict = db.having({ middleware: refusing(text) })
      const shorter = alterTable(users)(alterColumn(after.name))
      expect(tagOf(await strict.execute(shorter)())).not.toBe('Right')
      expect(tagOf(await db.execute(insertInto(posts)({ id: 1, userId: 99 }))())).toBe('ForeignKeyViolation')
      expect(E.isRight(await db.execute(insertInto(posts)({ id: 1, userId: 1 }))())).toBe(true)
    },
  )
})
