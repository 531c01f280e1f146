// The catalogue of faults: what may go wrong, and on which places a test must show what becomes of it.
/** Where a fault may happen. */
export type FaultPlace = 'postgres' | 'mysql' | 'mariadb' | 'sqlite' | 'memory'

interface Listed {
  readonly part: 'Connecting, idling, the pool' | 'Running a statement' | 'Transactions'
  /** A test must record it there; others may. */
  readonly on: ReadonlyArray<FaultPlace>
}

const servers = ['postgres', 'mysql', 'mariadb'] as const
const all = [...servers, 'sqlite', 'memory'] as const
const inMysql = ['mysql', 'mariadb'] as const

const pool = (on: ReadonlyArray<FaultPlace>): Listed => ({ part: 'Connecting, idling, the pool', on })
const run = (on: ReadonlyArray<FaultPlace>): Listed => ({ part: 'Running a statement', on })
const tx = (on: ReadonlyArray<FaultPlace>): Listed => ({ part: 'Transactions', on })

/** Every fault, in the order of the page. */
export const catalogue = {
  'refused, reset at accept, DNS': pool(servers),
  'black hole or SIGSTOP at connect': pool(servers),
  'wrong password, no database': pool(servers),
  'backend killed while idle': pool(servers),
  'server restart': pool(servers),
  'too many connections': pool(servers),
  'pool exhausted': pool(all),
  'client leaked': pool(all),
  'released twice': pool(all),
  'released dirty': pool(servers),
  'expired by server': pool(servers),
  'timer overflow, clock step': pool(all),
  'session settings': pool(servers),

  'killed mid query': run(servers),
  'black hole mid query': run(servers),
  'client timeout': run(servers),
  'server timeout': run(servers),
  'socket destroyed': run(servers),
  cancel: run(servers),
  'long query on SQLite': run(['sqlite']),
  'error in stream': run(all),
  'stream left early': run(all),
  'stream abandoned': run(all),
  'result too large': run(servers),
  'request too large': run(servers),
  'parameters, limits': run(all),
  'DDL under statement cache': run(servers),
  'pgbouncer transaction mode': run(['postgres']),
  max_prepared_stmt_count: run(inMysql),
  'read-only': run([...servers, 'sqlite']),

  'failed statement, COMMIT': tx(all),
  'error at COMMIT': tx(['postgres']),
  'connection lost at COMMIT': tx(servers),
  'killed inside': tx(servers),
  deadlock: tx(servers),
  'lock wait': tx([...servers, 'sqlite']),
  'DDL, BEGIN inside': tx([...servers, 'sqlite']),
  'SQLite ends it itself': tx(['sqlite']),
  'idle inside': tx(servers),
  'parallel inside': tx(all),
  'SQLite busy': tx(['sqlite']),
  'async inside, on SQLite': tx(['sqlite']),
  'worker ends inside, on SQLite': tx(['sqlite']),
  'damaged SQLite file': tx(['sqlite']),
} as const satisfies Readonly<Record<string, Listed>>

export type Fault = keyof typeof catalogue

export interface Recorded {
  readonly fault: Fault
  /** The engine's name, without its release: all releases are to say the same. */
  readonly engine: FaultPlace
  /** What the caller sees, as `Connection{sent: maybe}`. */
  readonly sees: string
  /** What the test has checked besides. */
  readonly checked: string
}
