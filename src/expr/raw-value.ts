/**
 * Values in raw SQL, where no column beside them tells their type: each is bound with the type that it shows.
 */
import { operand } from './expr.js'
import { type ExprNode, isExprNode, value } from './node.js'
import { bigintType, binaryType, booleanType, countType, doubleType, integerType, textType } from './sql-type.js'

/** What stands for itself in raw SQL: it is bound with the type that it shows. `literal(value, type)` binds all else. */
export type RawValue = string | number | bigint | boolean | Uint8Array

/** A value with the type that it shows; what shows none (null, an object) is refused when it is bound. */
export const shownValue = (u: unknown): ExprNode => {
  if (isExprNode(u)) return u
  if (typeof u === 'number')
    return value(u, Number.isSafeInteger(u) ? (Math.abs(u) < 2 ** 31 ? integerType : countType) : doubleType)
  if (typeof u === 'bigint') return value(u, bigintType)
  if (typeof u === 'boolean') return value(u, booleanType)
  return ArrayBuffer.isView(u) && u instanceof Uint8Array ? value(u, binaryType(null)) : operand(u, textType)
}
