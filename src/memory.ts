/**
 * relvar/memory: the reference meaning of queries and writes, over rows held in an immutable value.
 */
export type { FreeSource, IllFormed, SourceMismatch, Ungrouped, Unsupported } from './compile/compile-error.js'
export type { InvalidValue, MultipleRows, NoRows } from './compile/load-error.js'
export { memory, type MemoryDatabase, type MemoryOptions } from './effects/memory.js'
export { type Applied, apply } from './interpret/apply.js'
export type {
  CheckViolation,
  ConstraintError,
  ForeignKeyViolation,
  NotNullViolation,
  UniqueViolation,
} from './interpret/constraint-error.js'
export type { EvalError, NotEvaluable, Overflow, Result } from './interpret/eval-error.js'
export { evaluate, interpret } from './interpret/interpret.js'
export type { Bindings, Clock } from './interpret/run.js'
export { emptyTables, rowsIn, type Tables, tablesIn } from './interpret/tables.js'
export type { Row } from './interpret/value.js'
export { withRows } from './interpret/with-rows.js'
