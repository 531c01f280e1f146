// One engine that the tests of this run use.
export interface Engine {
  readonly name: 'postgres' | 'mysql' | 'mariadb' | 'sqlite'
  /** For test titles: the name as a word, then the release, as in `postgres 18`. */
  readonly label: string
  readonly url: string
  readonly version: string
  readonly from: string
}

/** SQLite is always there: it is a library, not a server. */
export const sqlite: Engine = {
  name: 'sqlite',
  label: 'sqlite',
  url: 'sqlite::memory:',
  version: '',
  from: 'better-sqlite3, or WebAssembly where that does not load',
}
