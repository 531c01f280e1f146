// The interpreter read the values of a list with their codec twice, and none where the list was an output.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { asc, from, integer, jsonAgg, jsonObject, primaryKey, refine, select, table, text } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const Shouted = new t.Type<string, string, string>(
  'Shouted',
  (u): u is string => typeof u === 'string' && u.endsWith('!'),
  (said) => t.success(`${said}!`),
  (said) => said.slice(0, -1),
)

const users = table('users', { id: pipe(integer, primaryKey), name: pipe(text, refine(Shouted)) })
const names = pipe(users.name, jsonAgg([asc(users.id)]))

export const statement = pipe(from(users), select({ names, held: jsonObject({ names }) }))

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, name: 'a!' },
    { id: 2, name: 'b!' },
  ]),
)
