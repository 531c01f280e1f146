/**
 * What MySQL and MariaDB commit an open transaction for: nothing of it is sent inside one.
 */
import { unsupported } from '../../compile/compile-error.js'
import type { Statement } from '../../compile/statement.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'

// What MySQL and MariaDB commit before (and after) they run it, so that a ROLLBACK does nothing.
const commits =
  /^(?:\s|--[^\n]*\n|#[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:(?:create|drop)\s+(?!temporary\b)|(?:alter|rename|truncate|analyze|optimize|repair|flush|grant|revoke|install|uninstall|begin|start|commit|lock|unlock|reset)\b)/i

// relvar's own DDL goes as fixed text, as its BEGIN and COMMIT do.
const defines = /^(?:create|drop|alter)\s/i

/** Whether the engine would commit before it runs the statement. */
export const wouldCommit = ({ sql, text }: Statement): boolean => (text === 'control' ? defines : commits).test(sql)

/** Why such a statement is not sent. */
export const implicitCommit = (server: string, statement: Statement): DbError =>
  dbError('Compile', {
    message: `${server} would commit the open transaction before this statement; nothing was sent: run it outside`,
    statement: statement.sql,
    cause: null,
    error: unsupported(server, 'run DDL inside a transaction', 'run it outside'),
  })
