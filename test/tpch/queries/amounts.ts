/**
 * What ten of the queries say: the price after the discount.
 */
import { mul, sub } from '../../../src/index.js'
import { lineItem } from '../tables.js'

/** A line's price less its discount: `l_extendedprice * (1 - l_discount)`. */
export const discounted = sub(lineItem.extendedPrice, mul(lineItem.extendedPrice, lineItem.discount))
