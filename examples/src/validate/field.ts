/**
 * io-ts codecs of single fields. A field that cannot be right fails with a reason in words; one that can be mended says what
 * was mended beside its value.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A value as it is kept, and what had to be mended to get it. */
export interface Field<out A> {
  readonly value: A
  readonly mended: string | null
}

/** A codec that reads a field of a file; nothing is ever written back. */
export type FieldCodec<A> = t.Type<Field<A>, unknown, unknown>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A value that stands in the file as it is kept. */
export const asIs = <A>(value: A): Field<A> => ({ value, mended: null })

/** A value that the file spells otherwise, and how. */
export const mended = <A>(value: A, how: string): Field<A> => ({ value, mended: how })

const isField = (u: unknown): u is Field<never> => typeof u === 'object' && u !== null && 'mended' in u && 'value' in u

/** A codec of a field; a Left is the reason why the row is refused. */
export const field = <A>(name: string, read: (found: unknown) => E.Either<string, Field<A>>): FieldCodec<A> =>
  new t.Type<Field<A>, unknown, unknown>(
    name,
    isField,
    (found, context) =>
      pipe(
        read(found),
        E.match((reason) => t.failure(found, context, reason), t.success),
      ),
    ({ value }) => value,
  )

/** A field that must be a value of a codec of io-ts. */
export const required = <A>(codec: t.Type<A, unknown, unknown>, reason: string): FieldCodec<A> =>
  field(codec.name, (found) =>
    pipe(
      codec.decode(found),
      E.bimap(() => reason, asIs),
    ),
  )

/** A field that may also be null. */
export const nullable = <A>(codec: t.Type<A, unknown, unknown>, reason: string): FieldCodec<A | null> =>
  required(t.union([codec, t.null]), reason)

// -------------------------------------------------------------------------------------
// codecs of values
// -------------------------------------------------------------------------------------

/** Text with something in it. */
export const Words = t.refinement(t.string, (s) => s.trim() !== '', 'Words')

/** A whole number from `least` to `greatest`. */
export const wholeFrom = (least: number, greatest: number): t.Type<number, unknown, unknown> =>
  t.refinement(t.number, (n) => Number.isInteger(n) && n >= least && n <= greatest, `Whole(${least}, ${greatest})`)

/** A number from `least` to `greatest`. */
export const numberFrom = (least: number, greatest: number): t.Type<number, unknown, unknown> =>
  t.refinement(t.number, (n) => n >= least && n <= greatest, `Number(${least}, ${greatest})`)

/** An amount of dollars: a JSON number in the file, a bigint here. */
export const Dollars = new t.Type<bigint, unknown, unknown>(
  'Dollars',
  (u): u is bigint => typeof u === 'bigint',
  (u, context) => (Number.isSafeInteger(u) && Number(u) >= 0 ? t.success(BigInt(Number(u))) : t.failure(u, context)),
  String,
)
