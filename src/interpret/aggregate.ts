/**
 * Aggregates of the values of a group, or of a frame of a window; nulls are left out before.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { illFormed } from '../compile/compile-error.js'
import type { AggregateNode } from '../expr/call-node.js'
import { decimalText, decimalUnits } from '../expr/decimal.js'
import type { ExprNode } from '../expr/node.js'
import { toJsonForm } from '../expr/json-value.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import { checked } from './arithmetic.js'
import { notEvaluable, overflow, type Result } from './eval-error.js'
import { sortedBy } from './order.js'
import type { Evaluate, Here } from './scope.js'
import { deviation } from './statistics.js'
import { comparatorOf, distinctBy, keyOf, nullDocument, ordered } from './value.js'

// -------------------------------------------------------------------------------------
// numbers
// -------------------------------------------------------------------------------------

const isNumber = (u: unknown): u is number => typeof u === 'number'

/** A bigint, or a decimal number in units of its last digit: sums of both are decimal numbers. */
const unitsOf =
  (scale: number) =>
  (u: unknown): bigint | null => {
    if (typeof u === 'bigint') return u
    const units = typeof u === 'string' ? decimalUnits(u, null, scale) : E.left('')
    return E.isRight(units) ? units.right : null
  }

const sum = (node: AggregateNode, values: ReadonlyArray<unknown>): Result<unknown> => {
  const { type } = node
  if (values.every(isNumber)) {
    const total = values.reduce((a, b) => a + b, 0)
    return checked(type, total, 'a sum')
  }
  const whole = values.map(unitsOf(type.scale)).filter((n) => n !== null)
  if (whole.length < values.length) return E.left(notEvaluable('sum: the operands are numbers, or bigints'))
  const total = whole.reduce((a, b) => a + b, 0n)
  return E.right(type._tag === 'Numeric' ? decimalText(total, type.scale) : Number(total))
}

/** Numbers as doubles. */
const doubles = (values: ReadonlyArray<unknown>): ReadonlyArray<number> | null => {
  const all = values.map((v) =>
    typeof v === 'number' ? v : typeof v === 'string' || typeof v === 'bigint' ? Number(v) : Number.NaN,
  )
  return all.some(Number.isNaN) ? null : all
}

const average = (values: ReadonlyArray<unknown>): Result<unknown> => {
  const all = doubles(values)
  if (all === null) return E.left(notEvaluable('avg: the operands are numbers, or bigints'))
  const mean = all.reduce((a, b) => a + b, 0) / all.length
  return Number.isFinite(mean) ? E.right(mean + 0) : E.left(overflow('a mean', 'Double'))
}

const statistic = (name: AggregateNode['name'], values: ReadonlyArray<unknown>): Result<unknown> => {
  const all = doubles(values)
  if (all === null) return E.left(notEvaluable(`${name}: the operands are numbers, or bigints`))
  return E.right(deviation(name === 'stddevSamp' || name === 'varSamp', name.startsWith('stddev'), all))
}

const extreme = (type: SqlType<unknown>, values: ReadonlyArray<unknown>, sign: 1 | -1): unknown => {
  const compare = comparatorOf(type)
  return values.reduce((best, value) => (compare(value, best) * sign > 0 ? value : best))
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** What an aggregate looks at in one row. */
interface Taken {
  readonly value: unknown
  readonly second: unknown
  readonly keys: ReadonlyArray<unknown>
}

const taken = (valueOf: Evaluate, node: AggregateNode, here: Here): Result<Taken | null> => {
  const maybe = (e: ExprNode | null): Result<unknown> => (e === null ? E.right(true) : valueOf(here, e))
  const there = maybe(node.filter)
  if (E.isLeft(there)) return there
  if (there.right !== true) return E.right(null)
  return pipe(
    maybe(node.operand),
    E.chain((value) =>
      pipe(
        maybe(node.second),
        E.chain((second) =>
          pipe(
            node.orderBy,
            E.traverseArray((order) => valueOf(here, order.expr)),
            E.map((keys) => (value === null || second === null ? null : { value, second, keys })),
          ),
        ),
      ),
    ),
  )
}

/** The rows of an aggregate in its order, those left out that its filter or a null leaves out. */
const rowsOf = (valueOf: Evaluate, node: AggregateNode, heres: ReadonlyArray<Here>): Result<ReadonlyArray<Taken>> =>
  pipe(
    heres,
    E.traverseArray((here) => taken(valueOf, node, here)),
    E.map((all) => all.filter((one) => one !== null)),
    E.map((all) => (node.distinct ? distinctBy((one: Taken) => keyOf(one.value))(all) : all)),
    E.map(
      sortedBy(
        node.orderBy.map((o) => ordered(o.expr.type, o.direction, o.nulls)),
        (one) => one.keys,
      ),
    ),
  )

const separated = (all: ReadonlyArray<Taken>): Result<unknown> =>
  E.right(all.map((one, i) => (i === 0 ? String(one.value) : `${String(one.second)}${String(one.value)}`)).join(''))

/** An aggregate of the rows where its operand is evaluated; of none all but counts and documents are null. */
export const aggregated = (valueOf: Evaluate, node: AggregateNode, heres: ReadonlyArray<Here>): Result<unknown> =>
  pipe(
    rowsOf(valueOf, node, heres),
    E.chain((all) => aggregateOf(node, all)),
  )

/** A document of values, as its own codec reads it: a value is what a column keeps, which a codec over it has not read yet. */
const documentOf = ({ operand, type }: AggregateNode, values: ReadonlyArray<unknown>): Result<unknown> => {
  const plain = plainOf(operand?.type ?? type)
  const decoded = type.decoder.decode(values.map((value) => (value === nullDocument ? null : toJsonForm(plain, value))))
  return E.isRight(decoded) ? decoded : E.left(notEvaluable('jsonAgg: a value is none of its type'))
}

const aggregateOf = (node: AggregateNode, all: ReadonlyArray<Taken>): Result<unknown> => {
  const values = all.map((one) => one.value)
  if (node.name === 'count') return E.right(values.length)
  if (node.name === 'jsonAgg') return documentOf(node, values)
  if (values.length === 0) return E.right(null)
  switch (node.name) {
    case 'sum':
      return sum(node, values)
    case 'avg':
      return average(values)
    case 'min':
      return E.right(extreme(node.type, values, -1))
    case 'max':
      return E.right(extreme(node.type, values, 1))
    case 'boolAnd':
      return E.right(values.every((value) => value === true))
    case 'boolOr':
      return E.right(values.includes(true))
    case 'stringAgg':
      return separated(all)
    case 'arrayAgg':
      return E.right(values)
    case 'stddevPop':
    case 'stddevSamp':
    case 'varPop':
    case 'varSamp':
      return statistic(node.name, values)
    case 'grouping':
      // What it says is known of the group, not of its rows.
      return E.left(illFormed('grouping stands where there are groups'))
  }
}
