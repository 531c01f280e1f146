// What the engine itself says: raw statements, and the question of where a session stands.
import * as E from 'fp-ts/lib/Either.js'

import { done, step } from '../../../src/compile/load.js'
import { noTables, type RawRow } from '../../../src/compile/statement.js'
import type { Engine } from '../../support/engines.js'
import type { Place } from '../../support/places.js'
import { must, type World as WorldAt } from '../../support/run-load.js'

type World = WorldAt<Place['name']>

/** The rows of a statement of the test's own; their integers are numbers. */
export const asked = async (
  world: World,
  sql: string,
  parameters: ReadonlyArray<string | number | null> = [],
): Promise<ReadonlyArray<RawRow>> => {
  const rows = must(
    await world.load(
      step({ sql, parameters, text: 'once', returnsRows: true, bigints: false, tables: noTables }, (reply) =>
        E.right(done(reply.rows)),
      ),
    ),
  )
  return rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)))
}

/** Runs statements of the test's own, one after the other. */
export const said = async (world: World, ...statements: ReadonlyArray<string>): Promise<void> => {
  for (const sql of statements) {
    must(
      await world.load(
        step({ sql, parameters: [], text: 'control', returnsRows: false, bigints: false, tables: noTables }, () =>
          E.right(done(null)),
        ),
      ),
    )
  }
}

/** Where unqualified names are: PostgreSQL's schema, the family's database. */
export const here: Readonly<Record<Engine['name'], string>> = {
  postgres: 'current_schema()',
  mysql: 'database()',
  mariadb: 'database()',
  sqlite: "'main'",
}

/** As `asked`, each value as text: what a driver makes of a value of the catalogue's differs. */
export const told = async (
  world: World,
  sql: string,
  parameters: ReadonlyArray<string | number | null> = [],
): Promise<ReadonlyArray<RawRow>> =>
  (await asked(world, sql, parameters)).map((row) =>
    row.map((value) =>
      value === null
        ? null
        : value instanceof Uint8Array
          ? new TextDecoder().decode(value)
          : typeof value === 'string'
            ? value
            : JSON.stringify(value),
    ),
  )
