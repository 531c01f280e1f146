/**
 * What the compiler can answer instead of SQL. It depends on the query's shape and the dialect, never on a value.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The dialect cannot say it, and nothing that means the same is known. */
export interface Unsupported {
  readonly _tag: 'Unsupported'
  readonly code: 'RV710'
  readonly message: string
  readonly feature: string
  readonly dialect: string
}

/** An output, order or criterion of a group mentions a column that is not grouped. */
export interface Ungrouped {
  readonly _tag: 'Ungrouped'
  readonly code: 'RV711'
  readonly message: string
  readonly source: string
  readonly column: string
}

/** One name is bound to two different tables. */
export interface SourceMismatch {
  readonly _tag: 'SourceMismatch'
  readonly code: 'RV712'
  readonly message: string
  readonly source: string
}

/** A source is mentioned that no join brings. */
export interface FreeSource {
  readonly _tag: 'FreeSource'
  readonly code: 'RV713'
  readonly message: string
  readonly source: string
}

/** The value is no query, or a part of it is where it cannot be. */
export interface IllFormed {
  readonly _tag: 'IllFormed'
  readonly code: 'RV714'
  readonly message: string
}

/** What the compiler can answer instead of SQL. */
export type CompileError = Unsupported | Ungrouped | SourceMismatch | FreeSource | IllFormed

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const unsupported = (dialect: string, feature: string, instead: string): Unsupported => ({
  _tag: 'Unsupported',
  code: 'RV710',
  message: `${dialect} cannot ${feature}: ${instead}`,
  feature,
  dialect,
})

export const ungrouped = (source: string, column: string): Ungrouped => ({
  _tag: 'Ungrouped',
  code: 'RV711',
  message: `"${source}"."${column}" is neither grouped nor inside an aggregate: group by it, or by the table's primary key`,
  source,
  column,
})

export const sourceMismatch = (source: string): SourceMismatch => ({
  _tag: 'SourceMismatch',
  code: 'RV712',
  message: `"${source}" names two different tables in this query: give one of the two an alias`,
  source,
})

export const freeSource = (source: string): FreeSource => ({
  _tag: 'FreeSource',
  code: 'RV713',
  message: `"${source}" is mentioned but never joined`,
  source,
})

export const illFormed = (message: string): IllFormed => ({ _tag: 'IllFormed', code: 'RV714', message })
