/**
 * What a pool asks of a connection before it is used again: that it is there, and that nothing of its last use is left.
 */
import * as E from 'fp-ts/lib/Either.js'

import { control, noTables, type Statement } from '../compile/statement.js'
import { after } from './deadline.js'
import type { Connection } from './driver.js'
import { defect } from './error-make.js'

/** How long the roll-back of a returned connection may take, in milliseconds. */
const rollbackMs = 1_000

/** How long a connection that lay idle may take to say that it is there, in milliseconds. */
const pingMs = 2_000

const rollback = control('ROLLBACK')

const ping: Statement = {
  sql: 'SELECT 1',
  parameters: [],
  text: 'once',
  returnsRows: true,
  bigints: false,
  tables: noTables,
}

const sent = async (connection: Connection, statement: Statement, withinMs: number): Promise<boolean> => {
  const limits = { signal: null, deadline: after(withinMs) }
  const reply = await Promise.resolve(connection.send(statement, limits)).catch((thrown: unknown) =>
    E.left(defect(thrown)),
  )
  return E.isRight(reply) && connection.alive()
}

/** Whether a connection that lay idle is there. */
export const answers = (connection: Connection): Promise<boolean> => sent(connection, ping, pingMs)

/** Whether no transaction is open on it any more. */
export const rolledBack = async (connection: Connection): Promise<boolean> =>
  (await sent(connection, rollback, rollbackMs)) && connection.inTransaction() !== true

/** Whether its session is as it was when it was opened; false where the driver cannot make one anew. */
export const madeAnew = async (connection: Connection): Promise<boolean> => {
  const done = await (connection.reset?.() ?? Promise.resolve(null)).catch((thrown: unknown) => E.left(defect(thrown)))
  return done !== null && E.isRight(done) && connection.alive() && connection.inTransaction() !== true
}
