/**
 * The libraries that bring SQLite, and how each is loaded.
 */
import { loadBetterSqlite } from './sqlite-better.js'
import type { Library } from './sqlite-library.js'
import { loadNodeSqlite } from './sqlite-node.js'
import { loadWasmSqlite } from './sqlite-wasm.js'

/** The libraries, the first choice first. */
export const sqliteLibraries = ['better-sqlite3', 'node:sqlite', 'node-sqlite3-wasm'] as const

export type SqliteLibrary = (typeof sqliteLibraries)[number]

/** Loads a library; rejects where it can't be loaded. */
export const loadSqlite: { readonly [L in SqliteLibrary]: () => Promise<Library> } = {
  'better-sqlite3': loadBetterSqlite,
  'node:sqlite': loadNodeSqlite,
  'node-sqlite3-wasm': loadWasmSqlite,
}
