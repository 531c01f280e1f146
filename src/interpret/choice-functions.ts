/**
 * The meaning of functions that choose.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { ChoiceFunction } from '../expr/choice-functions.js'
import { atScale, decimalText, parseDecimal } from '../expr/decimal.js'
import type { SqlType } from '../expr/sql-type.js'
import type { Meaning } from './function-meaning.js'
import { comparatorOf } from './value.js'

/** Decimals of several scales have the scale of the result. */
const spelled = (type: SqlType<unknown>, value: unknown): unknown => {
  const parsed = type._tag === 'Numeric' && typeof value === 'string' ? parseDecimal(value) : null
  const units = parsed === null ? null : atScale(parsed, type.scale)
  return units === null ? value : decimalText(units, type.scale)
}

/** The one that no other comes before, by the sign of the comparison. */
const extreme =
  (wanted: 1 | -1): Meaning =>
  (values, { type }) => {
    const compare = comparatorOf(type)
    return E.right(
      spelled(
        type,
        values.reduce((best, value) => (compare(value, best) * wanted > 0 ? value : best)),
      ),
    )
  }

export const choiceFunctions: { readonly [N in ChoiceFunction]: Meaning } = {
  greatest: extreme(1),
  least: extreme(-1),
  nullIf: ([a, b], { type }) => E.right(a !== null && b !== null && comparatorOf(type)(a, b) === 0 ? null : a),
}
