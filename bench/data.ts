/**
 * One table of ten columns, the same for every contender.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  boolean,
  double,
  integer,
  nullable,
  primaryKey,
  type RowOf,
  schema,
  table,
  text,
  varchar,
} from '../src/index.js'

export const items = table('items', {
  id: pipe(integer, primaryKey),
  name: varchar(50),
  note: text,
  size: integer,
  price: double,
  active: boolean,
  parent: pipe(integer, nullable),
  colour: pipe(text, nullable),
  weight: double,
  stock: integer,
})

export const warehouse = schema({ items })

export type Item = RowOf<typeof items>

/** Rows from `from`, made without chance. */
export const makeItems = (count: number, from = 1): ReadonlyArray<Item> =>
  Array.from({ length: count }, (_, i): Item => {
    const id = from + i
    return {
      id,
      name: `item ${id}`,
      note: `a note of some length about item ${id}`,
      size: id % 97,
      price: id / 4,
      active: id % 3 !== 0,
      parent: id % 5 === 0 ? null : id - 1,
      colour: id % 7 === 0 ? null : 'red',
      weight: id * 0.5,
      stock: id % 1000,
    }
  })
