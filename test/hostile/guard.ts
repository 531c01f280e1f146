// What a run of hostile input must leave as it was: prototypes, the schema, the rows of other tables.
import { createHash } from 'node:crypto'
import { inspect } from 'node:util'

import { from, orderBy, sql, text } from '../../src/index.js'
import type { Place } from '../support/places.js'
import type { World } from '../support/run-load.js'
import { all, notes } from './tables.js'

const prototypes: Readonly<Record<string, object>> = {
  Object: Object.prototype,
  Array: Array.prototype,
  Function: Function.prototype,
  String: String.prototype,
  Number: Number.prototype,
  Boolean: Boolean.prototype,
  BigInt: BigInt.prototype,
  Symbol: Symbol.prototype,
  Date: Date.prototype,
  RegExp: RegExp.prototype,
  Map: Map.prototype,
  Set: Set.prototype,
  Promise: Promise.prototype,
  Error: Error.prototype,
  Uint8Array: Uint8Array.prototype,
  Buffer: Buffer.prototype,
  JSON,
  Reflect,
}

const hash = (value: unknown): string =>
  createHash('sha256')
    .update(inspect(value, { depth: 9, maxArrayLength: null, maxStringLength: null }))
    .digest('hex')

const held = new Map<unknown, number>()
/** A number for each function that stands in a prototype, so that another one is seen. */
const numberOf = (value: unknown): unknown => {
  if (typeof value !== 'function') return value
  const number = held.get(value) ?? held.size
  held.set(value, number)
  return number
}

/** What stands in the prototypes that everything has. */
export const prototypeHash = (): string =>
  hash(
    Object.entries(prototypes).map(([name, prototype]) => [
      name,
      Object.getPrototypeOf(prototype) === null,
      Reflect.ownKeys(prototype).map((key) => {
        const descriptor = Object.entries(Object.getOwnPropertyDescriptor(prototype, key) ?? {})
        return [String(key), descriptor.map(([name, held]) => [name, numberOf(held)])]
      }),
    ]),
  )

const catalogues: Readonly<Record<string, string>> = {
  sqlite: 'select name as a, sql as b from sqlite_master order by name',
  postgres:
    "select table_schema || '.' || table_name as a, column_name || ' ' || data_type || ' ' || ordinal_position as b from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2",
  mysql:
    "select concat(table_schema, '.', table_name) as a, concat(column_name, ' ', column_type, ' ', ordinal_position) as b from information_schema.columns where table_schema = database() order by 1, 2",
}

/** The tables of a database and their columns. */
export const schemaHash = async (world: World<Place['name']>): Promise<string> => {
  const { engine, tables } = world
  if (tables !== null) return 'memory'
  const words = catalogues[engine === 'mariadb' ? 'mysql' : engine] ?? ''
  return hash(await world.rows(sql.text(words).columns({ a: text, b: text })))
}

/** The rows of the tables that nothing is written into. */
export const rowsHash = async (world: Pick<World, 'rows'>): Promise<string> =>
  hash([await world.rows(orderBy(all.id)(from(all))), await world.rows(orderBy(notes.id)(from(notes)))])
