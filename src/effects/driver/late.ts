/**
 * A statement whose time had passed before it began. Inside this process nothing can be stopped once it runs, so what is late
 * already does not begin.
 */
import type { Statement } from '../../compile/statement.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'

/** The error of a statement that came too late. */
export const tooLate = ({ sql }: Statement): DbError =>
  dbError('QueryTimeout', {
    message: 'its time had passed before the statement began; nothing was run',
    statement: sql,
    cause: null,
    by: 'client',
  })
