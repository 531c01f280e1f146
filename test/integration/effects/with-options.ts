// The database of a URL with options that no URL has, such as functions.
import type { Database } from '../../../src/effects/database.js'
import { mariadb, mysql } from '../../../src/effects/mysql.js'
import type { ServerOptions } from '../../../src/effects/options.js'
import { postgres } from '../../../src/effects/postgres.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import type { Engine } from '../../support/engines.js'

/** What a URL of a server says, as a record. */
export const recordOf = (text: string): ServerOptions => {
  const url = new URL(text)
  return {
    host: url.hostname,
    port: Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  }
}

/** Options of servers alone are not those of SQLite. */
export const openWith = (engine: Engine, url: string, options: ServerOptions = {}): Database => {
  switch (engine.name) {
    case 'sqlite':
      return sqlite({ file: url.slice('sqlite:'.length), ...options })
    case 'postgres':
      return postgres({ ...recordOf(url), ...options })
    case 'mysql':
      return mysql({ ...recordOf(url), ...options })
    case 'mariadb':
      return mariadb({ ...recordOf(url), ...options })
  }
}

/** What tells one session from others; null on SQLite, whose connections have no number. */
export const sessionOf = (engine: Engine): string | null =>
  engine.name === 'sqlite' ? null : engine.name === 'postgres' ? 'select pg_backend_pid()' : 'select connection_id()'
