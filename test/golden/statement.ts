/**
 * A statement whose SQL the golden files show: a name, and a relvar value made of marked values.
 *
 * A marker is a value that occurs nowhere else, so that a test can look for it: in the parameters, where it must be, and in the
 * text, where it must not.
 */
import type { Ddl } from '../../src/expr/ddl-node.js'
import type { Decimal } from '../../src/expr/decimal.js'
import type { AnyQuery } from '../../src/expr/query.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Values that are bound, each another one. What they look like as a parameter differs; `digits` are in all of its forms. */
export interface Markers {
  readonly text: () => string
  readonly integer: () => number
  /** Below ten thousand: the most that a length may be. */
  readonly small: () => number
  readonly bigint: () => bigint
  readonly double: () => number
  readonly decimal: () => Decimal
  readonly date: () => string
  readonly instant: () => string
}

export interface GoldenStatement {
  readonly name: string
  readonly value: (v: Markers) => AnyQuery | Ddl
  /** Rows for the statement that is sent first, so that those that follow from it are shown as well. */
  readonly reply: ReadonlyArray<ReadonlyArray<number | string>>
}

export type Statements = Readonly<Record<string, (v: Markers) => AnyQuery | Ddl>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Statements of one feature; each is named `feature: what`. */
export const statements = (
  feature: string,
  values: Statements,
  reply: GoldenStatement['reply'] = [],
): ReadonlyArray<GoldenStatement> =>
  Object.entries(values).map(([name, value]) => ({ name: `${feature}: ${name}`, value, reply }))

export interface Marked {
  readonly markers: Markers
  /** The digits of the markers that were made. */
  readonly made: () => ReadonlyArray<string>
}

/** The markers of one statement. Dates count the days of the years after 7700; their digits are read without hyphens. */
export const marked = (): Marked => {
  const digits: Array<string> = []
  const next = (): number => {
    const number = 7_700_101 + digits.length
    digits.push(String(number))
    return number
  }
  const small = (): number => {
    const number = 9_701 + digits.length
    digits.push(String(number))
    return number
  }
  const date = (): string => {
    const day = `770${digits.length % 10}-01-01`
    digits.push(day)
    return day
  }
  return {
    markers: {
      text: () => `v-${next()}`,
      integer: next,
      small,
      bigint: () => BigInt(next()),
      double: () => next() + 0.5,
      // Digits, a point and digits.
      decimal: () => `${next()}.25` as Decimal,
      date,
      instant: () => `${date()}T00:00:00.000000Z`,
    },
    made: () => digits,
  }
}
