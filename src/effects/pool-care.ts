/**
 * What a pool asks of a connection before it is used again: that it is there, and that nothing of its last use is left.
 */
import * as E from 'fp-ts/lib/Either.js'

import { control, noTables, type Statement } from '../compile/statement.js'
import { after } from './deadline.js'
import type { Connection, Limits } from './driver.js'

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

const sent = async (connection: Connection, statement: Statement, limits: Limits): Promise<boolean> => {
  try {
    return E.isRight(await connection.send(statement, limits)) && connection.alive()
  } catch {
    // a driver that throws is not to be trusted with this connection any more
    return false
  }
}

/** Whether a connection that lay idle is there; false also where whoever wants to know can't wait for its answer. */
export const answers = (connection: Connection, { signal, deadline }: Limits): Promise<boolean> =>
  sent(connection, ping, { signal, deadline: Math.min(deadline, after(pingMs)) })

/** Whether no transaction is open on it any more. */
export const rolledBack = async (connection: Connection): Promise<boolean> =>
  (await sent(connection, rollback, { signal: null, deadline: after(rollbackMs) })) &&
  connection.inTransaction() !== true

/** Whether its session is as it was when it was opened; false where the driver cannot make one anew. */
export const madeAnew = async (connection: Connection): Promise<boolean> => {
  try {
    const done = await connection.reset?.()
    return done !== undefined && E.isRight(done) && connection.alive() && connection.inTransaction() !== true
  } catch {
    return false
  }
}
