// A world is what a case asks: a database, or tables in memory. Both take the same queries, and give the same answers.
import type * as O from 'fp-ts/lib/Option.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { AnyExpr, AnyTable, ClosedQuery, Decode, Query, UnitOfWork } from 'relvar'

/** Whatever an effect of a world ends with: a DbError of a database, an error of the interpreter in memory. */
export interface Failure {
  readonly _tag: string
  readonly message: string
}

export type Ask<A> = TaskEither<Failure, A>

/** What a write gave back, and how many rows matched. */
export interface Written<out A> {
  readonly rows: ReadonlyArray<A>
  readonly affected: number
}

type Reading = 'select' | 'set'
type Writing = 'insert' | 'update' | 'delete'

export interface World {
  readonly all: <P, S extends string, O extends string, F extends string, K extends Reading>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Ask<ReadonlyArray<Decode<P, O>>>
  /** The rows of a statement of text. */
  readonly text: <P, S extends string, O extends string, F extends string>(
    query: Query<P, S, O, F, 'text'> & ClosedQuery<F>,
  ) => Ask<ReadonlyArray<Decode<P, O>>>
  readonly first: <P, S extends string, O extends string, F extends string, K extends Reading>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Ask<O.Option<Decode<P, O>>>
  readonly one: <P, S extends string, O extends string, F extends string, K extends Reading>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Ask<Decode<P, O>>
  readonly oneOrNone: <P, S extends string, O extends string, F extends string, K extends Reading>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Ask<O.Option<Decode<P, O>>>
  readonly scalar: <P extends AnyExpr, S extends string, O extends string, F extends string, K extends Reading>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Ask<Decode<P, O>>
  readonly count: <P, S extends string, O extends string, F extends string, K extends Reading>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Ask<number>
  readonly write: <P, S extends string, O extends string, F extends string, K extends Writing>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Ask<Written<Decode<P, O>>>
  /** Writes a unit of work and gives the next one. */
  readonly flush: <D extends Readonly<Record<string, AnyTable>>>(uow: UnitOfWork<D>) => Ask<UnitOfWork<D>>
  /** A Right is kept, a Left takes back all that the program did; one inside another is a savepoint. */
  readonly transaction: <A>(program: (inside: World) => Ask<A>) => Ask<A>
}

/** How many statements of each verb were sent, in lower case: `{ select: 2 }`. */
export type Counts = Readonly<Record<string, number>>

/** A world with the rows of the data in it. */
export interface Place {
  readonly world: World
  /** The statements sent since it was asked last; null where none are ever sent. */
  readonly sent: (() => Counts) | null
  /** Puts the rows of the data back, and the keys that come next. */
  readonly restore: () => Promise<void>
  readonly close: () => Promise<void>
}
