/**
 * A Load is a pure program of statements: the statement to send now, and a function from its reply to what comes next.
 *
 * A plain query is one step. An include sends one more statement a level; RETURNING, where the engine has none, is an INSERT
 * and then a SELECT. Whoever runs a Load keeps one connection for all of its steps and opens a transaction around them where
 * `atomic` says so.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { LoadError } from './load-error.js'
import type { Reply, Statement } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Nothing is left to send. */
export interface Done<out A> {
  readonly _tag: 'Done'
  readonly value: A
}

/**
 * Whether a step and all that follow belong in one transaction. `rebuild`: in one that SQLite begins with its foreign keys off,
 * since it makes a table anew that others refer to.
 */
export type Atomic = boolean | 'rebuild'

/** Send `statement`, give its reply to `next`. */
export interface Step<out A> {
  readonly _tag: 'Step'
  readonly statement: Statement
  readonly atomic: Atomic
  /**
   * How many times more it is tried (with the transaction that it begins) where it meets a row that another connection has just
   * written. A step that is tried again is the last one, or begins a transaction.
   */
  readonly retries: number
  readonly next: (reply: Reply) => E.Either<LoadError, Load<A>>
}

/** What is still to be done for an answer: nothing, or a statement and what follows from its reply. */
export type Load<A> = Done<A> | Step<A>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const done = <A>(value: A): Load<A> => ({ _tag: 'Done', value })

export const step = <A>(
  statement: Statement,
  next: (reply: Reply) => E.Either<LoadError, Load<A>>,
  atomic: Atomic = false,
  retries = 0,
): Step<A> => ({ _tag: 'Step', statement, atomic, retries, next })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** Goes on with what `f` gives for the value; Left where `f` refuses it. */
export const chain =
  <A, B>(f: (a: A) => E.Either<LoadError, Load<B>>) =>
  (load: Load<A>): E.Either<LoadError, Load<B>> =>
    load._tag === 'Done'
      ? f(load.value)
      : E.right(
          step(
            load.statement,
            (reply) => {
              const rest = load.next(reply)
              return E.isLeft(rest) ? rest : chain(f)(rest.right)
            },
            load.atomic,
            load.retries,
          ),
        )

/** Changes the value; no statement is added. */
export const map =
  <A, B>(f: (a: A) => B) =>
  (load: Load<A>): Load<B> =>
    load._tag === 'Done'
      ? done(f(load.value))
      : step(
          load.statement,
          (reply) => {
            const rest = load.next(reply)
            return E.isLeft(rest) ? rest : E.right(map(f)(rest.right))
          },
          load.atomic,
          load.retries,
        )
