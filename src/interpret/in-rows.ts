/**
 * The meaning of IN a list of rows.
 */
import * as E from 'fp-ts/lib/Either.js'

import { illFormed } from '../compile/compile-error.js'
import { invalidValue } from '../compile/load-error.js'
import type { InRowsNode } from '../expr/node.js'
import type { SqlType } from '../expr/sql-type.js'
import type { Result } from './eval-error.js'
import * as logic from './logic.js'
import { typedKey } from './value.js'

const equal = (type: SqlType<unknown>, a: unknown, b: unknown): logic.Truth =>
  a === null || b === null ? null : typedKey(type)(a) === typedKey(type)(b)

/** One row is the row where all places are equal; any of the rows. `values`: those of the operands, then the lists. */
export const inRows = (node: InRowsNode, values: ReadonlyArray<unknown>): Result<unknown> => {
  const own = values.slice(0, node.operands.length)
  const lists = values.slice(node.operands.length)
  const [first] = lists
  if (first === undefined || lists.length !== own.length)
    return E.left(illFormed('inRows takes a row of one expression at least'))
  if (!Array.isArray(first)) return E.left(invalidValue('inRows', 'is no list'))
  const at = (list: unknown, i: number): unknown => (Array.isArray(list) ? list[i] : null)
  return E.right(
    first
      .map((_, i) =>
        node.operands
          .map((operand, place) => equal(operand.type, own[place], at(lists[place], i)))
          .reduce<logic.Truth>(logic.and, true),
      )
      .reduce<logic.Truth>(logic.or, false),
  )
}
