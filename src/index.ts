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
export type { Dialect, DialectName, Features } from './compile/dialect.js'
export { mariadbDialect } from './compile/dialect/mariadb.js'
export { mysqlDialect } from './compile/dialect/mysql.js'
export { postgresDialect } from './compile/dialect/postgres.js'
export { sqliteDialect } from './compile/dialect/sqlite.js'
export type { Done as LoadDone, Load, Step } from './compile/load.js'
export type { LoadError } from './compile/load-error.js'
export type { Reply, Statement, TableName, TableSet, Wire } from './compile/statement.js'
export type { Conditions, Database, DatabaseStatus, TransactionOptions } from './effects/database.js'
export * as Db from './effects/db.js'
export type { Isolation } from './effects/driver.js'
export { echo, type EchoOptions } from './effects/echo.js'
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
export type { Middleware, Sender } from './effects/middleware.js'
export {
  retrying,
  type RetryPolicy,
  transaction,
  withMiddleware,
  withSignal,
  withTimeout,
} from './effects/transaction.js'
export { abs, add, type Arithmetic, div, type Division, intDiv, mod, mul, sub } from './expr/arithmetic.js'
export { avg, count, countDistinct, max, min, sum } from './expr/aggregate.js'
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
  bigint,
  boolean,
  type ColumnDefault,
  type ColumnSpec,
  type ColumnValue,
  date,
  defaultTo,
  double,
  type ForeignKeyTarget,
  type HasDefault,
  index,
  integer,
  type IsKey,
  json,
  named,
  nullable,
  primaryKey,
  references,
  type ReferencesOf,
  type ReferentialAction,
  text,
  timestamptz,
  unique,
  varchar,
} from './expr/column.js'
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
export { createAll, type Ddl, dropAll } from './expr/ddl.js'
export { type CaseBuilder, caseWhen, coalesce } from './expr/conditional.js'
export type { AnyExpr, Empty, Expr, ExprLike, Literal, NullOf, NulOf, SrcOf, ValueOf } from './expr/expr.js'
export { crossJoin, type Fresh, from, innerJoin, type Join, leftJoin } from './expr/from.js'
export { include, type Included } from './expr/include.js'
export { and, isNotNull, isNull, not, or } from './expr/logic.js'
export { inList, inQuery, notInList } from './expr/membership.js'
export { exists, scalar, subquery } from './expr/nested.js'
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
export { literal, param } from './expr/param.js'
export type { NameOf, None, Problem } from './expr/problem.js'
export type {
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
  Updating,
  With,
} from './expr/query.js'
export { type AnySchema, schema, type Schema } from './expr/schema.js'
export { except, intersect, type SetOperation, union, unionAll } from './expr/set-operation.js'
export type { SqlType, TypeOf, TypeTag } from './expr/sql-type.js'
export {
  alias,
  type AnyTable,
  type ClosedTable,
  type ColumnsOf,
  type ForeignKey,
  foreignKey,
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
export { charLength, concat, containsText, endsWith, ilike, like, lower, startsWith, upper } from './expr/text.js'
export { type Changes, deleteFrom, insertInto, type InsertRow, returning, set, update } from './expr/write.js'
export { many, one, optional, type Relate } from './relations/cardinality.js'
export { given } from './relations/given.js'
export { any, has, none, type Predicate } from './relations/predicates.js'
export type { ColumnChange, DeletedChange, DirtyChange, NewChange, UowChanges } from './session/changes.js'
export type { FlushPlan, FlushStep, KeyFlow, PlannedRow } from './session/plan.js'
export type { PlanError, PlanErrorTag } from './session/plan-error.js'
export type { AnyRef, ChangedRow, NewRow, Ref, RefIn, RowAddress, RowKey, RowPatch } from './session/ref.js'
export type { AnyUnitOfWork, UnitOfWork } from './session/unit-of-work.js'
export * as Uow from './session/uow.js'
