/**
 * SQL's logic of three values, where null says that it is not known.
 */
export type Truth = boolean | null

export const not = (a: Truth): Truth => (a === null ? null : !a)

export const and = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === null || b === null ? null : true

export const or = (a: Truth, b: Truth): Truth => not(and(not(a), not(b)))

/** What a value says as a criterion. */
export const truthOf = (value: unknown): Truth => (typeof value === 'boolean' ? value : null)
