/**
 * relvar: queries, writes and units of work as immutable values. Importing this loads no driver.
 */
export type { Answer } from './compile/answer.js'
export { compile, compileDdl, prepare, tablesOf } from './compile/compile.js'
export type {
  CompileError,
  FreeSource,
  IllFormed,
  SourceMismatch,
  Ungrouped,
  Unsupported,
} from './compile/compile-error.js'
export type { AroundWrite, Dialect, DialectName, Features } from './compile/dialect.js'
export { deriveDialect, type DialectChanges, type TypeWords, type WriteText } from './compile/derive.js'
export { mariadbDialect } from './compile/dialect/mariadb.js'
export { mysqlDialect } from './compile/dialect/mysql.js'
export { postgresDialect } from './compile/dialect/postgres.js'
export { sqliteDialect } from './compile/dialect/sqlite.js'
export { explain, type ExplainedStatement, type Explanation, showExplanation } from './compile/explain.js'
export { type SqlText, toSql, toSqlInline } from './compile/to-sql.js'
export type { Done as LoadDone, Load, Step } from './compile/load.js'
export type { LoadError } from './compile/load-error.js'
export type { Reply, Statement, TableName, TableSet, Wire } from './compile/statement.js'
export type { Conditions, Database, DatabaseStatus, HeldDatabase, TransactionOptions } from './effects/database.js'
export type { PoolPolicy } from './effects/pool-policy.js'
export type { Holder, PoolCounts, PoolStatus } from './effects/pool-status.js'
export { databaseFrom } from './effects/database-from.js'
export * as Db from './effects/db.js'
export type { Isolation } from './effects/driver.js'
export type { StreamOptions } from './effects/stream.js'
export { echo, type EchoOptions } from './effects/echo.js'
export {
  type EventKind,
  type Listener,
  listening,
  type ListeningOptions,
  slowQueries,
  type StatementEvent,
} from './effects/events.js'
export { type LogFields, type Logger, logging } from './effects/logging.js'
export { tag } from './effects/tag.js'
export type {
  AlreadyFlushed,
  Cancelled,
  CheckViolation,
  CommitUnknown,
  CompileFailure,
  ConnectionFailure,
  Corrupt,
  DbError,
  DbErrorOf,
  DbErrorTag,
  Deadlock,
  DecodeFailure,
  Defect,
  ForeignKeyViolation,
  InvalidValue,
  LockTimeout,
  MultipleRows,
  NoRows,
  NotNullViolation,
  PlanFailure,
  PoolTimeout,
  QueryTimeout,
  ReadOnly,
  ResourceLimit,
  RolledBack,
  Sent,
  Serialization,
  SqlFailure,
  StaleRow,
  TransactionClosed,
  Unavailable,
  UniqueViolation,
} from './effects/error.js'
export {
  isDbError,
  isDisconnect,
  isRetryable,
  matchDbError,
  matchDbErrorOr,
  showDbError,
  transactionAlive,
} from './effects/error-questions.js'
export type { Middleware, Place, Sender, Sending, Within } from './effects/middleware.js'
export { idempotent } from './effects/idempotent.js'
export { type CommitOutcome, resolveCommit, type ResolveOptions } from './effects/resolve-commit.js'
export { commitPrepared, preparedTransactions, rollbackPrepared } from './effects/two-phase.js'
export {
  retrying,
  type RetryPolicy,
  transaction,
  withLint,
  withMiddleware,
  withSignal,
  withTimeout,
} from './effects/transaction.js'
export { add, type Arithmetic, div, type Division, intDiv, mod, mul, sub } from './expr/arithmetic.js'
export { computed, type WithComputed } from './expr/computed.js'
export {
  type Custom,
  type CustomCall,
  type CustomDefinition,
  customFamily,
  type CustomFamily,
  customFunction,
  type CustomFunction,
  type CustomOperand,
  type CustomValues,
} from './expr/custom.js'
export type { EngineName, RenderedSql, Renderer, Rendering } from './expr/custom-node.js'
export { exprEq, exprShow, queryEq, queryShow, rowShow } from './expr/instances.js'
export { lint } from './expr/lint.js'
export { lintDdl } from './expr/lint-ddl.js'
export type { Finding, FindingTag, LintOptions, OptionalFinding } from './expr/lint-facts.js'
export {
  type NotStorable,
  type QueryCodec,
  queryCodec,
  type QueryCodecOptions,
  type StoredQuery,
} from './expr/stored/query-codec.js'
export type { EnginePlan, PlanOptions, SqliteStep } from './effects/engine-plan.js'
export type { Linted, Linting } from './effects/linting.js'
export {
  abs,
  ceil,
  exp,
  floor,
  ln,
  negate,
  power,
  type Power,
  random,
  round,
  roundTo,
  sign,
  sqrt,
  truncate,
  truncateDigits,
} from './expr/number-functions.js'
export { bitAnd, bitNot, bitOr, type Bits, bitXor, shiftLeft, shiftRight, type Shift } from './expr/bit-functions.js'
export { type Choice, greatest, least, nullIf } from './expr/choice-functions.js'
export { isFalse, isNotFalse, isNotTrue, isTrue } from './expr/truth-functions.js'
export { cast, type Cast } from './expr/cast.js'
export {
  type Aggregate,
  avg,
  boolAnd,
  boolOr,
  count,
  countDistinct,
  distinctValues,
  filter,
  grouping,
  max,
  min,
  type NullIfEmpty,
  stddevPop,
  stddevSamp,
  sum,
  varPop,
  varSamp,
} from './expr/aggregate.js'
export {
  arrayAgg,
  jsonAgg,
  type JsonList,
  type ListOf,
  type ListOrder,
  type StringAgg,
  stringAgg,
} from './expr/aggregate-list.js'
export {
  type BoundTag,
  currentRow,
  following,
  type FrameEdge,
  type FrameOf,
  groupsBetween,
  type Holds,
  type Offset,
  preceding,
  rangeBetween,
  rowsBetween,
  unboundedFollowing,
  unboundedPreceding,
  type WindowFrame,
} from './expr/frame.js'
export {
  type AllLeftOut,
  cube,
  type Grouped,
  groupingSets,
  type LeftOut,
  rollup,
  type Several,
} from './expr/grouping-sets.js'
export {
  cumeDist,
  denseRank,
  firstValue,
  type InOrder,
  lag,
  lastValue,
  lead,
  nthValue,
  ntile,
  over,
  type Over,
  percentRank,
  rank,
  rowNumber,
  type Shifted,
  type Told,
  type Windowed,
  type WindowFunction,
  type WindowSpec,
} from './expr/window.js'
export {
  distinct,
  groupBy,
  having,
  limit,
  offset,
  orderBy,
  type OrderBy,
  present,
  type RowCount,
  select,
  when,
  where,
} from './expr/clauses.js'
export {
  autoIncrement,
  type ColumnDefault,
  type ColumnSpec,
  type ColumnValue,
  type Counting,
  defaultTo,
  type HasDefault,
  type Identity,
  index,
  type IsKey,
  named,
  nullable,
  onUpdate,
  primaryKey,
  type ReferencesOf,
  unique,
} from './expr/column.js'
export { secret } from './expr/column-secret.js'
export { collation, comment, generated, identity, serverDefault } from './expr/column-server.js'
export {
  type Deferrable,
  type ForeignKeyOptions,
  type ForeignKeyTarget,
  references,
  type ReferentialAction,
} from './expr/foreign-key.js'
export {
  type CheckConstraint,
  checkConstraint,
  type ForeignKey,
  foreignKey,
  type GeneratedAs,
  generatedAs,
  type Index,
  type IndexOptions,
  indexOn,
  type Owner,
  type PrimaryKeyConstraint,
  primaryKeyConstraint,
  type TableComment,
  tableComment,
  type TableItem,
  type UniqueConstraint,
  uniqueConstraint,
} from './expr/constraint.js'
export { type Decimal, decimal } from './expr/decimal.js'
export { insertCodec, patchCodec, rowCodec } from './expr/codecs.js'
export { array, asDate, refine, serialized, unsigned } from './expr/column-codec.js'
export {
  bigint,
  binary,
  boolean,
  char,
  date,
  double,
  enumeration,
  integer,
  interval,
  json,
  numeric,
  real,
  smallint,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
  varbinary,
  varchar,
} from './expr/column-types.js'
export {
  between,
  type Comparable,
  type Comparison,
  eq,
  gt,
  gte,
  isDistinctFrom,
  isNotDistinctFrom,
  lt,
  lte,
  ne,
  type NullSafeComparison,
  type Operand,
  type OperandExpr,
} from './expr/comparison.js'
export {
  addColumn,
  addConstraint,
  alterColumn,
  type Alteration,
  alterTable,
  type AlterTable,
  type ConstraintKind,
  dropColumn,
  dropConstraint,
  renameColumn,
  renameTable,
  setComment,
} from './expr/alter-table.js'
export {
  createAll,
  createSchema,
  createSequence,
  createView,
  dropAll,
  dropSchema,
  dropSequence,
  dropView,
  refreshView,
} from './expr/ddl.js'
export {
  createIndex,
  createTable,
  createTableAs,
  type CreateTableOptions,
  dropIndex,
  dropTable,
} from './expr/ddl-table.js'
export type { Ddl, IfExists, IfNotExists } from './expr/ddl-node.js'
export { type ColumnDescription, columnsOf } from './expr/columns-of.js'
export { nextValue, sequence, type SequenceInfo } from './expr/sequence.js'
export { view, type ViewOptions } from './expr/view.js'
export { type CaseBuilder, caseWhen, coalesce } from './expr/conditional.js'
export type { AnyExpr, Empty, Expr, ExprLike, Literal, NullOf, NulOf, SrcOf, ValueOf } from './expr/expr.js'
export {
  crossJoin,
  type Fresh,
  from,
  fullJoin,
  innerJoin,
  type Join,
  lateral,
  type LateralJoin,
  leftJoin,
  leftLateral,
  rightJoin,
} from './expr/from.js'
export { include, type Included } from './expr/include.js'
export { and, isNotNull, isNull, not, or } from './expr/logic.js'
export { inList, inQuery, notInList } from './expr/membership.js'
export {
  cte,
  type CteOptions,
  type RecursionOptions,
  type StandsAlone,
  type StepFits,
  withRecursive,
} from './expr/cte.js'
export { exists, scalar, subquery } from './expr/nested.js'
export type { OneOutput, OutputNulls, OutputOf } from './expr/one-output.js'
export {
  type AnyOrder,
  type AnyOutputOrder,
  asc,
  desc,
  nullsFirst,
  nullsLast,
  type Order,
  type OrderOf,
  type OrderSources,
  type OutputOrder,
} from './expr/order.js'
export {
  byKey,
  column,
  type ColumnByKey,
  type ColumnValues,
  filters,
  type Wanted,
  whereEq,
} from './expr/filters.js'
export { inSchema } from './expr/in-schema.js'
export { distinctOn, type Limited, limitWithTies, page, slice } from './expr/limits.js'
export { forShare, forUpdate, type Locking, type LockOptions, noWait, skipLocked, type Waiting } from './expr/lock.js'
export { type ListParam, listParam, literal, param } from './expr/param.js'
export { allOf, anyOf, type QuantifiedOp, type Quantifier } from './expr/quantifier.js'
export {
  compareRows,
  type ExprRow,
  inQueryRows,
  inRows,
  type RowBeside,
  type RowOp,
  type SameWidth,
  type ValuesBeside,
} from './expr/row-values.js'
export type { NameOf, None, Problem } from './expr/problem.js'
export type {
  AnyKind,
  AnyQuery,
  AnyRead,
  AnyRelation,
  ClosedQuery,
  Decode,
  Derived,
  Done,
  FlatProjection,
  FlatRow,
  FlatRows,
  Guarded,
  Inserting,
  Kind,
  Mentions,
  Nothing,
  Output,
  Outputs,
  Projection,
  Query,
  Relation,
  RelationRow,
  Reselected,
  RowOfQuery,
  UnguardedDelete,
  UnguardedUpdate,
  Updating,
  With,
} from './expr/query.js'
export { type AnySchema, type NamingConvention, schema, type Schema, type SchemaOptions } from './expr/schema.js'
export {
  except,
  exceptAll,
  intersect,
  intersectAll,
  type SetOperation,
  union,
  unionAll,
} from './expr/set-operation.js'
export { values, type ValuesRow } from './expr/values.js'
export type { SqlType, TypeOf, TypeTag } from './expr/sql-type.js'
export {
  alias,
  type AnyTable,
  type ClosedTable,
  type ColumnsOf,
  type FreeIn,
  type InsertOf,
  type KeyOf,
  type PatchOf,
  type RowOf,
  type SourceOf,
  type Specs,
  type Table,
  table,
  tableIn,
  type TableLike,
} from './expr/table.js'
export { concat, containsText, endsWith, ilike, like, startsWith } from './expr/text.js'
export { byteLength, charLength, concatWs, lower, ltrim, rtrim, trim, upper } from './expr/text-functions.js'
export {
  indexOf,
  lpad,
  repeat,
  replace,
  reverse,
  rpad,
  substring,
  takeLeft,
  takeRight,
} from './expr/text-parts.js'
export { collate, matches, regexMatches } from './expr/text-search.js'
export { fn, raw, type RawPart, sql, type SqlFunction, type TrustedText } from './expr/raw.js'
export type { RawValue } from './expr/raw-value.js'
export type { Bound, TextRows, TextStatement } from './expr/text-statement.js'
export type { NamesIn } from './expr/text-names.js'
export {
  arrayAppend,
  arrayConcat,
  arrayContainedBy,
  arrayContains,
  arrayLength,
  arrayOverlaps,
  arrayPosition,
  elementAt,
  type ElementOf,
  eqAnyElement,
} from './expr/array-functions.js'
export {
  jsonArray,
  jsonContains,
  jsonExists,
  type JsonKind,
  jsonLength,
  jsonObject,
  type JsonPath,
  jsonPath,
  type JsonPathOf,
  jsonTypeOf,
} from './expr/json-functions.js'
export {
  currentDate,
  currentTimestamp,
  dateOf,
  extract,
  type TimeField,
  timeOf,
  type TimeUnit,
  toTimestamp,
  toTimestamptz,
  truncateTo,
  type WithWord,
} from './expr/time-functions.js'
export {
  addInterval,
  daysBetween,
  type IntervalAmounts,
  type IntervalUnit,
  microsecondsBetween,
  type Moved,
  secondsBetween,
} from './expr/time-arithmetic.js'
export { type Changes, deleteFrom, everyRow, returning, set, update, using } from './expr/write.js'
export {
  type ConflictUpdate,
  type ConstraintName,
  type Excluded,
  insertFrom,
  insertInto,
  type InsertRow,
  onConflictDoNothing,
  onConflictDoUpdate,
} from './expr/insert.js'
export { many, one, optional, type Relate } from './relations/cardinality.js'
export { given } from './relations/given.js'
export { joinFk, joinRelated, type JoinRelated, leftJoinRelated } from './relations/joining.js'
export { countOf } from './relations/count-of.js'
export { after, type AtCursor, before, type Cursor, cursorOf, decodeCursor, encodeCursor } from './relations/cursor.js'
export { any, containsRow, every, type EveryPredicate, has, none, type Predicate } from './relations/predicates.js'
export type { ColumnChange, DeletedChange, DirtyChange, NewChange, UowChanges } from './session/changes.js'
export type { FlushPlan, FlushStep, KeyFlow, PlannedRow } from './session/plan.js'
export type { PlanError, PlanErrorTag } from './session/plan-error.js'
export type { AnyRef, ChangedRow, NewRow, Ref, RefIn, RowAddress, RowKey, RowPatch } from './session/ref.js'
export type { AnyUnitOfWork, UnitOfWork } from './session/unit-of-work.js'
export * as Uow from './session/uow.js'
