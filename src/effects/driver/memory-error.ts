/**
 * What an evaluation in memory ends with, as the errors that a database gives.
 */
import type { ConstraintError } from '../../interpret/constraint-error.js'
import type { EvalError } from '../../interpret/eval-error.js'
import { dbError, fromCompileError } from '../error-make.js'
import type { DbError } from '../error.js'

/** A constraint that a write would break. */
export const fromConstraint =
  (statement: string) =>
  ({ _tag, message, constraint, table, columns }: ConstraintError): DbError =>
    dbError(_tag, { message, statement, cause: null, constraint, table, columns })

const isConstraint = (error: EvalError | ConstraintError): error is ConstraintError =>
  error._tag === 'UniqueViolation' ||
  error._tag === 'ForeignKeyViolation' ||
  error._tag === 'NotNullViolation' ||
  error._tag === 'CheckViolation'

/** Whatever an evaluation was refused for. What no engine calculates is an error of its SQL there, and so here. */
export const fromEvaluation =
  (statement: string) =>
  (error: EvalError | ConstraintError): DbError => {
    if (isConstraint(error)) return fromConstraint(statement)(error)
    switch (error._tag) {
      case 'Overflow':
        return dbError('Sql', { message: error.message, statement, cause: error, sqlState: '22003', errno: null })
      case 'NoRows':
      case 'MultipleRows':
        return dbError(error._tag, { message: error.message, statement, cause: null })
      default:
        return fromCompileError(error)
    }
  }

/** What a database refuses of what is there, and what is not. */
export const refused = (statement: string, message: string): DbError =>
  dbError('Sql', { message, statement, cause: null, sqlState: null, errno: null })

/** A statement of a table that nobody made. */
export const noTable = (name: string, statement: string): DbError => refused(statement, `there is no table "${name}"`)
