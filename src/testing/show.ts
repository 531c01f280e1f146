/**
 * How generated values look in a counterexample.
 */
import * as fc from 'fast-check'

/**
 * The same value, shown by fast-check as `text` says. The property is not enumerable, so that what is made from the value is
 * not shown as the value that it was made from.
 */
export const showing = <A extends object>(value: A, text: () => string): A => {
  const copy: object = Object.create(Object.getPrototypeOf(value), Object.getOwnPropertyDescriptors(value))
  Object.defineProperty(copy, fc.toStringMethod, { value: text })
  // A copy with the same prototype and properties is an A.
  return Object.freeze(copy) as A
}
