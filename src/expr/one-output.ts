/**
 * Queries that stand for values: they have one output, whatever it is called.
 */
import type { AnyExpr, NulOf } from './expr.js'
import type { Problem } from './problem.js'
import type { Decode, Done } from './query.js'

type IsUnion<T, All = T> = [T] extends [never] ? true : T extends unknown ? ([All] extends [T] ? false : true) : never

/** The names of a projection's outputs. */
type Names<P> = (P extends Done<infer R> ? keyof R : keyof P) & string

/** `unknown` for a projection with one output, else a sentence that names them. */
export type OneOutput<P> = P extends AnyExpr
  ? unknown
  : IsUnion<Names<P>> extends true
    ? Problem<`"${Names<P>}" is one of several outputs: a query that stands for a value has one output`>
    : P extends Done<unknown>
      ? unknown
      : P[keyof P] extends AnyExpr
        ? unknown
        : Problem<`"${Names<P>}" is a record: a query that stands for a value has one output`>

/** The value of a projection with one output. */
export type OutputOf<P, O extends string> = P extends AnyExpr
  ? Decode<P, O>
  : P extends Done<infer R>
    ? R[keyof R]
    : Decode<P[keyof P], O>

/** The sources whose absence makes the one output null. */
export type OutputNulls<P> = P extends AnyExpr ? NulOf<P> : P extends Done<unknown> ? never : NulOf<P[keyof P]>
