/**
 * Generators of functions of arrays: over the columns that are arrays, wherever there are some.
 */
import * as fc from 'fast-check'

import type { ArrayFunction } from '../expr/array-functions.js'
import { call, type CallNode } from '../expr/call-node.js'
import * as node from '../expr/node.js'
import type { ColumnNode } from '../expr/node.js'
import { booleanType, integerType, type SqlType, textType } from '../expr/sql-type.js'
import { type Asked, given, type Maybe } from './context.js'
import { type Family, familyOf } from './family.js'
import { columnsWhere } from './value-generators.js'
import { valuesOf } from './values.js'

const elementOf = (column: ColumnNode): SqlType<unknown> => column.type.element ?? textType

/** Arrays of values that can be compared, and of no arrays. */
const flat = (column: ColumnNode): boolean =>
  column.type.element !== null && !['Array', 'Json'].includes(column.type.element._tag)

/** A function of one array column and of something beside it. */
const on = (
  asked: Asked,
  family: Family,
  make: (column: ColumnNode) => fc.Arbitrary<CallNode>,
  holds: (column: ColumnNode) => boolean = flat,
): Maybe<CallNode> =>
  asked.family === family
    ? given(
        columnsWhere(asked, (c) => c.type._tag === 'Array' && holds(c)),
        (columns) => columns.chain(make),
      )
    : null

const related =
  (name: ArrayFunction) =>
  (asked: Asked): Maybe<CallNode> =>
    on(asked, 'boolean', (column) =>
      valuesOf(column.type).map((value) => call(name, [column, node.value(value, column.type)], booleanType)),
    )

const place = fc.integer({ min: -1, max: 3 }).map((n) => node.value(n, integerType))

export const arrayFunctions: { readonly [N in ArrayFunction]: (asked: Asked) => Maybe<CallNode> } = {
  arrayLength: (asked) =>
    on(
      asked,
      'integer',
      (column) => fc.constant(call('arrayLength', [column], integerType)),
      () => true,
    ),
  elementAt: (asked) =>
    on(
      asked,
      asked.family,
      (column) => place.map((at) => call('elementAt', [column, at], elementOf(column), { nulls: 'may' })),
      (column) => flat(column) && familyOf(elementOf(column)) === asked.family,
    ),
  arrayContains: related('arrayContains'),
  arrayContainedBy: related('arrayContainedBy'),
  arrayOverlaps: related('arrayOverlaps'),
  arrayConcat: (asked) =>
    on(asked, 'array', (column) =>
      valuesOf(column.type).map((value) => call('arrayConcat', [column, node.value(value, column.type)], column.type)),
    ),
  arrayAppend: (asked) =>
    on(asked, 'array', (column) =>
      valuesOf(elementOf(column)).map((value) =>
        call('arrayAppend', [column, node.value(value, elementOf(column))], column.type),
      ),
    ),
  arrayPosition: (asked) =>
    on(asked, 'integer', (column) =>
      valuesOf(elementOf(column)).map((value) =>
        call('arrayPosition', [column, node.value(value, elementOf(column))], integerType, { nulls: 'may' }),
      ),
    ),
  eqAnyElement: (asked) =>
    on(asked, 'boolean', (column) =>
      valuesOf(elementOf(column)).map((value) =>
        call('eqAnyElement', [node.value(value, elementOf(column)), column], booleanType, { nulls: 'may' }),
      ),
    ),
}
