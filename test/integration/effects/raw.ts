// Statements written by hand, for the tests of what lies under the compiler; `?` is a placeholder on every engine.
import * as E from 'fp-ts/lib/Either.js'

import { done, type Load, step } from '../../../src/compile/load.js'
import { noTables, type Reply, type Statement, type Wire } from '../../../src/compile/statement.js'
import type { Database } from '../../../src/effects/database.js'
import type { DbError } from '../../../src/effects/error.js'
import { mariadb, mysql } from '../../../src/effects/mysql.js'
import { postgres } from '../../../src/effects/postgres.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import type { Engine } from '../../support/engines.js'

/** Options as the query of a URL: `poolSize=1&statementTimeoutMs=100`. */
export const open = (engine: Engine, url: string, options = ''): Database => {
  const source = options === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${options}`
  switch (engine.name) {
    case 'sqlite':
      return sqlite(source)
    case 'postgres':
      return postgres(source)
    case 'mysql':
      return mysql(source)
    case 'mariadb':
      return mariadb(source)
  }
}

export interface Raw {
  readonly text?: Statement['text']
  readonly bigints?: boolean
}

const numbered = (text: string): string => {
  let n = 0
  return text.replace(/\?/g, () => `$${(n += 1)}`)
}

export const statement = (
  db: Database,
  text: string,
  parameters: ReadonlyArray<Wire> = [],
  { text: kind = 'compiled', bigints = false }: Raw = {},
): Statement => ({
  sql: db.dialect.name === 'postgres' ? numbered(text) : text,
  parameters,
  text: kind,
  returnsRows: true,
  bigints,
  tables: noTables,
})

export const load = (db: Database, text: string, parameters: ReadonlyArray<Wire> = [], raw: Raw = {}): Load<Reply> =>
  step(statement(db, text, parameters, raw), (reply) => E.right(done(reply)))

export type Outcome = E.Either<DbError, Reply>

/** Runs one statement. */
export const ask = (
  db: Database,
  text: string,
  parameters: ReadonlyArray<Wire> = [],
  raw: Raw = {},
): Promise<Outcome> => db.run(load(db, text, parameters, raw))()

/** Runs one statement that must succeed. */
export const must = async (
  db: Database,
  text: string,
  parameters: ReadonlyArray<Wire> = [],
  raw: Raw = {},
): Promise<Reply> => {
  const outcome = await ask(db, text, parameters, raw)
  if (E.isLeft(outcome)) throw new Error(`${outcome.left._tag}: ${outcome.left.message}`, { cause: outcome.left })
  return outcome.right
}

/** DDL and whatever else is not worth keeping prepared. */
export const define = (db: Database, text: string): Promise<Reply> => must(db, text, [], { text: 'once' })

export const tagOf = (outcome: E.Either<unknown, unknown>): string =>
  E.isRight(outcome) ? 'Right' : String((outcome.left as { readonly _tag?: string })._tag ?? outcome.left)
