/**
 * A dialect is a value that says how one kind of engine differs; what all share stands once, in the files beside this one.
 */
import type { EngineName, Renderer } from '../expr/custom-node.js'
import type { ArithmeticOp } from '../expr/node.js'
import type { SqlType } from '../expr/sql-type.js'
import type { Cache } from './cache.js'
import type { Encode, Sql } from './sql.js'
import type { TableName } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The names of the dialects: a derived one has the name of its base. */
export type DialectName = EngineName

/** How a dialect carries the values of a type. */
export interface TypeForm {
  /** The type's name in DDL. */
  readonly ddl: string
  /** The type's name in a cast of a bound value; null where a bare placeholder means the same. */
  readonly cast: string | null
  readonly encode: Encode
  /** The type of the key column when outer keys travel in one JSON parameter. */
  readonly jsonColumn: string
  /** A value as one element of a list or a key that travels in one parameter, and what makes the value of it again. */
  readonly element: Encode
  readonly fromElement: (element: string) => string
  /** What a column of the type must be besides, as the condition of a CHECK; null where the type's name says all. */
  readonly check: ((column: string) => string) | null
  /** What the dialect cannot, and what to use instead; null where it has the type. */
  readonly problem: { readonly what: string; readonly instead: string } | null
}

/** What an engine can do by itself. Where it cannot, the compiler says the same in other words, or refuses. */
export interface Features {
  /** Lists and keys travel as one array parameter (PostgreSQL) or as one JSON parameter. */
  readonly arrays: boolean
  readonly insertReturning: boolean
  readonly updateReturning: boolean
  readonly deleteReturning: boolean
  /** NULLS FIRST and NULLS LAST are words of the language. */
  readonly nullsOrder: boolean
  /** Without words, an ascending order puts nulls here. */
  readonly nullsAscending: 'first' | 'last'
  /** FULL JOIN by any criterion, by equalities of both sides alone, or not at all. */
  readonly fullJoin: 'any' | 'equalities' | 'none'
  /** LATERAL: a derived table in FROM that sees what stands before it. */
  readonly lateral: boolean
  /** INTERSECT ALL and EXCEPT ALL. */
  readonly setAll: boolean
  /** An operand of a set operation may have parentheses, and so its own order and limit. */
  readonly setParentheses: boolean
  /** A LIMIT may stand in a subquery of IN. */
  readonly limitInSubquery: boolean
  /** A subquery of a write may read the table that is written. */
  readonly readsOwnTarget: boolean
  /** All expressions of SET see the old row. */
  readonly simultaneousSet: boolean
  /** A scalar subquery of two rows is an error; where not, the first row would be taken without a word. */
  readonly checksScalar: boolean
  /** CREATE and DROP belong to a transaction like any statement. */
  readonly transactionalDdl: boolean
  /** Foreign keys can be added to a table that is there. */
  readonly addsForeignKeys: boolean
  /** A derived table may mention rows of a query around it. */
  readonly correlatedDerived: boolean
  /** HAVING may stand where neither a group nor an output is an aggregate's. */
  readonly havingAlone: boolean
  /** DISTINCT ON is a clause of the language. */
  readonly distinctOn: boolean
  /** A limit may let in the rows that are ordered alike with the last one. */
  readonly withTies: boolean
  /** Rows can be locked. */
  readonly locks: boolean
  /** GROUP BY takes several groupings. */
  readonly groupingSets: boolean
  /** There are aggregates of deviations. */
  readonly deviations: boolean
  /** The bounds of a frame may be parameters. */
  readonly framesBound: boolean
  /** A frame may count groups of rows that are ordered alike. */
  readonly frameGroups: boolean
  /** LAG and LEAD take what stands where there is no row. */
  readonly lagDefault: boolean
  /** There is a remainder of doubles that is exact. */
  readonly doubleRemainder: boolean
  /** WITH may stand before an UPDATE or DELETE. */
  readonly withBeforeWrite: boolean
  readonly maxParameters: number
}

/** How one kind of engine says things. */
export interface Dialect {
  readonly name: DialectName
  readonly features: Features
  /** The parts of a write whose subqueries would see rows that the statement has changed already. */
  readonly seesOwnChanges: ReadonlyArray<'where' | 'set' | 'values'>
  readonly quote: (name: string) => string
  readonly placeholder: (n: number) => string
  readonly type: (type: SqlType<unknown>) => TypeForm
  /** What LIMIT and OFFSET are bound as. */
  readonly rowCount: Encode
  readonly same: (left: Sql, right: Sql, negated: boolean) => Sql
  readonly like: (op: 'like' | 'ilike', operand: Sql, pattern: Sql) => Sql
  readonly concat: (operands: ReadonlyArray<Sql>) => Sql
  readonly arithmetic: (op: ArithmeticOp, left: Sql, right: Sql, type: SqlType<unknown>) => Sql
  /** A number as a double, for aggregates that would calculate otherwise. */
  readonly double: (operand: Sql) => Sql
  /** Anything as text, of at most so many characters; null: as many as it has. */
  readonly text: (operand: Sql, length: number | null) => Sql
  /** TRUE and FALSE as expressions that ORDER BY and GROUP BY do not take for a position. */
  readonly boolean: (value: boolean) => string
  /** A bare parameter in ORDER BY or GROUP BY. */
  readonly constant: (parameter: Sql) => Sql
  /** A derived table without a limit on the null side of an outer join. */
  readonly optionalDerived: (inner: Sql) => Sql
  /** A column of an outer row, in HAVING of a query inside. */
  readonly outerInHaving: (column: Sql) => Sql
  /** A derived table with outputs that queries give, whose rows are put into groups. */
  readonly groupedDerived: (inner: Sql) => Sql
  /** A grouped expression that is no column where it is repeated in what a group says. */
  readonly repeated: (expression: Sql) => Sql
  readonly limit: (limit: Sql | null, offset: Sql | null) => Sql
  /** One element of a list that travels in one parameter, in the form of that parameter's text. */
  readonly listText: (elements: ReadonlyArray<string | number | bigint | null>) => string
  /** `x IN` a list that travels in one parameter. */
  readonly inWhole: (operand: Sql, list: Sql, type: SqlType<unknown>) => Sql
  /** The keys of outer rows as a source with an ordinal: its FROM item, and the names of its columns. */
  readonly keys: (alias: string, columns: ReadonlyArray<SqlType<unknown>>, parameters: ReadonlyArray<Sql>) => KeysSource
  readonly ddl: DdlForm
  /** Whether the database evaluates values instead of reading SQL; left out: it reads SQL. */
  readonly evaluates?: boolean
  /** What a derived dialect says in words of its own. */
  readonly renderers: Renderers
  readonly cache: Cache
}

/** Words of a derived dialect: for functions of relvar's (`data` is what is said in words, a field of a date), and of the user's. */
export interface Renderers {
  readonly functions: ReadonlyMap<string, Renderer<unknown>>
  readonly custom: ReadonlyMap<string, Renderer<unknown>>
  /** What stands around each write; null where nothing does. */
  readonly around: Around | null
}

/** A write as what stands around it is chosen by. */
export interface AroundWrite {
  readonly kind: 'insert' | 'update' | 'delete'
  readonly table: TableName
}

/** Text after the first word of a write (INSERT …), and at its end; null for none. */
export type Around = (write: AroundWrite) => { readonly after: string | null; readonly end: string | null }

/** What a dialect that is derived from none has. */
export const noRenderers: Renderers = Object.freeze({ functions: new Map(), custom: new Map(), around: null })

/** Keys of outer rows as a FROM item. */
export interface KeysSource {
  readonly from: Sql
  /** The expression of the ordinal, from `firstOrdinal`. */
  readonly ordinal: string
  readonly firstOrdinal: 0 | 1
  readonly columns: ReadonlyArray<string>
}

/** How a dialect writes tables. */
export interface DdlForm {
  /** What follows a column's type where the database makes its values. */
  readonly autoIncrement: string
  /** Where an automatic key must be written as a whole: type and key together. */
  readonly autoIncrementKey: string | null
  readonly tableOptions: string
  /** Whether a computed column may be computed each time that it is read. */
  readonly virtualColumns: boolean
  /** A value as text: DDL takes no parameters on any engine. */
  readonly literal: (value: string) => string
}

/** Whether a dialect is MySQL's or MariaDB's. */
export const isFamily = ({ name }: Dialect): boolean => name === 'mysql' || name === 'mariadb'
