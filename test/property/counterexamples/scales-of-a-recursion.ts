// SQLite took the numerics of a step for ones of the base's digits, and memory spelled them with the step's.
import { pipe } from 'fp-ts/lib/function.js'
import { from, integer, numeric, primaryKey, select, table, withRecursive } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const bills = table('bills', { id: pipe(integer, primaryKey), pieces: numeric(4, 0), price: numeric(7, 2) })

const all = withRecursive('all', from(bills), (self) =>
  pipe(from(self), select({ id: self.id, pieces: self.pieces, price: self.pieces })),
)

export const statement = from(all)

export const tables = pipe(emptyTables, withRows(bills)([{ id: 1, pieces: '1', price: '0.50' }]))
