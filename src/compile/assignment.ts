/**
 * What a column takes of an expression: only what it holds as it is, since engines round, cut or convert in silence, each in its
 * own way.
 */
import { type SqlType, unified } from '../expr/sql-type.js'
import { type CompileError, illFormed } from './compile-error.js'
import { names } from './types.js'

/** Whether nothing of a value is lost in a column of another type that is unified with its own. */
const takes = (column: SqlType<unknown>, value: SqlType<unknown>): boolean => {
  switch (column._tag) {
    case 'Double':
      return true
    case 'Real':
      return value._tag === 'Real' || value._tag === 'SmallInt'
    case 'Numeric':
      return value.scale <= column.scale
    case 'Char':
      return value._tag === 'Char'
    case 'Enumeration':
      return value._tag === 'Enumeration' && value.members.every((m) => column.members.includes(m))
    default:
      return value._tag !== 'Double' && value._tag !== 'Real'
  }
}

const named = (type: SqlType<unknown>): string => {
  if (type._tag !== 'Numeric') return names[type._tag]
  // what is calculated has digits after its point, and any number of them before it
  return type.precision === null
    ? `numeric with ${type.scale} digits after its point`
    : `numeric(${type.precision}, ${type.scale})`
}

/** What makes the value one that the column takes, where there is such a thing. */
const remedy = (column: SqlType<unknown>, value: SqlType<unknown>): string => {
  if (column._tag === 'Numeric' && value._tag === 'Numeric') return `: round it, with roundTo(${column.scale})`
  if (column._tag === 'Enumeration' && value._tag === 'Enumeration') {
    const foreign = value.members.filter((m) => !column.members.includes(m))
    return `, whose ${foreign.map((m) => JSON.stringify(m)).join(', ')} it does not have`
  }
  return ''
}

/** Whether a column can take the values of an expression as they are: no engine may round or convert in silence. */
export const assignmentProblem = (
  place: string,
  column: SqlType<unknown>,
  value: SqlType<unknown>,
): CompileError | null =>
  unified(column, value) !== null && takes(column, value)
    ? null
    : illFormed(`${place} is ${named(column)}: it takes no expression of type ${named(value)}${remedy(column, value)}`)
