/**
 * The meaning of functions of bits: two's complement in the width of the type.
 */
import * as E from 'fp-ts/lib/Either.js'

import { type BitFunction, widthOf } from '../expr/bit-functions.js'
import { notEvaluable, type Result } from './eval-error.js'
import type { Meaning } from './function-meaning.js'

const bigOf = (value: unknown): bigint | null =>
  typeof value === 'bigint' ? value : Number.isInteger(value) ? BigInt(Number(value)) : null

/** The low bits of a result, as a value of the kind that the operand was. */
const ofWidth = (bits: bigint, width: number, like: unknown): Result<unknown> => {
  const low = BigInt.asIntN(width, bits)
  return E.right(typeof like === 'bigint' ? low : Number(low))
}

const onBits =
  (f: (a: bigint, b: bigint) => bigint): Meaning =>
  ([left, right], node) => {
    const [a, b] = [bigOf(left), right === undefined ? 0n : bigOf(right)]
    return a === null || b === null
      ? E.left(notEvaluable(`${node.name}: the operands are whole numbers`))
      : ofWidth(f(a, b), widthOf(node.type), left)
  }

const shift =
  (f: (a: bigint, bits: bigint) => bigint): Meaning =>
  ([value, places], node) => {
    if (value === null || places === null || (typeof places === 'number' && places < 0)) return E.right(null)
    const [a, bits] = [bigOf(value), bigOf(places)]
    if (a === null || bits === null) return E.left(notEvaluable(`${node.name}: the operands are whole numbers`))
    // Beyond the width there is nothing more to move.
    return ofWidth(f(a, bits > 64n ? 64n : bits), widthOf(node.type), value)
  }

export const bitFunctions: { readonly [N in BitFunction]: Meaning } = {
  bitAnd: onBits((a, b) => a & b),
  bitOr: onBits((a, b) => a | b),
  bitXor: onBits((a, b) => a ^ b),
  bitNot: onBits((a) => ~a),
  shiftLeft: shift((a, bits) => a << bits),
  shiftRight: shift((a, bits) => a >> bits),
}
