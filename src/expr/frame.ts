/**
 * Frames: which of the rows around it a window function looks at.
 */
import type { Frame, FrameBound } from './call-node.js'
import type { Decimal } from './decimal.js'
import type { Expr } from './expr.js'
import { isExprNode, type ParamNode, value } from './node.js'
import type { OrderNode } from './query-node.js'
import { booleanType, countType, type SqlType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Where a frame may begin or end. */
export type BoundTag = FrameBound['_tag']

/** A place where a frame begins or ends. */
export interface FrameEdge<out B extends BoundTag> {
  readonly _tag: B
  /** How many rows, groups or values away; null where it is none of these. */
  readonly offset: Offset | null
}

/** What `preceding` and `following` take: rows and groups are counted in whole numbers, ranges in numbers of the order's type. */
export type Offset = number | bigint | Decimal | Expr<number | bigint | Decimal>

/** Whether a frame has its own row in it, so that it is never empty. */
export type Holds = 'its row' | 'maybe none'

/** The rows around a row. */
export interface WindowFrame<out H extends Holds> {
  readonly unit: Frame['unit']
  readonly start: FrameEdge<BoundTag>
  readonly end: FrameEdge<BoundTag>
  readonly holds: H
}

type Start = Exclude<BoundTag, 'UnboundedFollowing'>

/** Where a frame that begins at `S` may end: no sooner. */
type End<S extends Start> = S extends 'Following'
  ? 'Following' | 'UnboundedFollowing'
  : S extends 'CurrentRow'
    ? 'CurrentRow' | 'Following' | 'UnboundedFollowing'
    : Exclude<BoundTag, 'UnboundedPreceding'>

type HoldsOf<S, E> = S extends 'Following' ? 'maybe none' : E extends 'Preceding' ? 'maybe none' : 'its row'

/** A frame from one place to another. */
export type FrameOf = <S extends Start, E extends End<S>>(
  start: FrameEdge<S>,
  end: FrameEdge<E>,
) => WindowFrame<HoldsOf<S, E>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const bound = <B extends BoundTag>(_tag: B, offset: Offset | null): FrameEdge<B> => Object.freeze({ _tag, offset })

/**
 * The first row of the partition.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentRow, from, integer, over, rowsBetween, select, sum, table, unboundedPreceding } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * const window = over({ orderBy: [days.day], frame: rowsBetween(unboundedPreceding, currentRow) })
 * pipe(from(days), select({ day: days.day, total: pipe(sum(days.sales), window) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const unboundedPreceding: FrameEdge<'UnboundedPreceding'> = bound('UnboundedPreceding', null)

/**
 * The row itself; in `range` and `groups` the rows that are ordered alike, too.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentRow, from, integer, over, preceding, rowsBetween, select, sum, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * const window = over({ orderBy: [days.day], frame: rowsBetween(preceding(1), currentRow) })
 * pipe(from(days), select({ day: days.day, total: pipe(sum(days.sales), window) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const currentRow: FrameEdge<'CurrentRow'> = bound('CurrentRow', null)

/**
 * The last row of the partition.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentRow, from, integer, over, rowsBetween, select, sum, table, unboundedFollowing } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * const window = over({ orderBy: [days.day], frame: rowsBetween(currentRow, unboundedFollowing) })
 * pipe(from(days), select({ day: days.day, total: pipe(sum(days.sales), window) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const unboundedFollowing: FrameEdge<'UnboundedFollowing'> = bound('UnboundedFollowing', null)

/**
 * So many rows before, groups before, or less by so much.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentRow, from, integer, over, preceding, rowsBetween, select, sum, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * const window = over({ orderBy: [days.day], frame: rowsBetween(preceding(6), currentRow) })
 * pipe(from(days), select({ day: days.day, total: pipe(sum(days.sales), window) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const preceding = (n: Offset): FrameEdge<'Preceding'> => bound('Preceding', n)

/**
 * So many rows after, groups after, or more by so much.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentRow, following, from, integer, over, rowsBetween, select, sum, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * const window = over({ orderBy: [days.day], frame: rowsBetween(currentRow, following(1)) })
 * pipe(from(days), select({ day: days.day, total: pipe(sum(days.sales), window) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const following = (n: Offset): FrameEdge<'Following'> => bound('Following', n)

const edges: ReadonlySet<unknown> = new Set<BoundTag>([
  'UnboundedPreceding',
  'Preceding',
  'CurrentRow',
  'Following',
  'UnboundedFollowing',
])

/** What an untyped caller gives for an edge would be one that nobody meant. */
const checkEdge = (edge: unknown): void => {
  if (typeof edge !== 'object' || edge === null || !('_tag' in edge) || !edges.has(edge._tag))
    throw new TypeError('a frame goes from one edge to another, such as preceding(1) or currentRow')
}

const frame =
  (unit: Frame['unit']): FrameOf =>
  (start, end) => {
    checkEdge(start)
    checkEdge(end)
    // `holds` is for the types alone: what it says at run time is asked by nobody.
    return Object.freeze({ unit, start, end, holds: 'maybe none' }) as never
  }

/**
 * A frame of rows, counted in the order of the window.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { avg, currentRow, from, integer, over, preceding, rowsBetween, select, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * const lastWeek = over({ orderBy: [days.day], frame: rowsBetween(preceding(6), currentRow) })
 * pipe(from(days), select({ day: days.day, mean: pipe(avg(days.sales), lastWeek) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const rowsBetween: FrameOf = frame('rows')

/**
 * A frame of all rows whose order lies between two values; the window has one order then, a number, if a bound says how far.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentRow, from, integer, over, preceding, rangeBetween, select, sum, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * const window = over({ orderBy: [days.day], frame: rangeBetween(preceding(7), currentRow) })
 * pipe(from(days), select({ day: days.day, total: pipe(sum(days.sales), window) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const rangeBetween: FrameOf = frame('range')

/**
 * A frame of groups of rows that are ordered alike. MySQL and MariaDB have none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentRow, from, groupsBetween, integer, over, preceding, select, sum, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * const window = over({ orderBy: [days.day], frame: groupsBetween(preceding(1), currentRow) })
 * pipe(from(days), select({ day: days.day, total: pipe(sum(days.sales), window) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const groupsBetween: FrameOf = frame('groups')

// -------------------------------------------------------------------------------------
// destructors (internal)
// -------------------------------------------------------------------------------------

/** The number of a bound as a parameter; an expression that is none refuses itself when it is bound. */
const offsetNode = (n: unknown, type: SqlType<unknown>): ParamNode => {
  if (!isExprNode(n)) return value(n, type)
  return n._tag === 'Param' ? n : value({ refused: 'an expression' }, booleanType)
}

/** The node of a frame over rows in this order. */
export const frameNode = (of: WindowFrame<Holds> | undefined, orderBy: ReadonlyArray<OrderNode>): Frame | null => {
  if (of === undefined) return null
  const type = of.unit === 'range' ? (orderBy[0]?.expr.type ?? countType) : countType
  const one = ({ _tag, offset }: FrameEdge<BoundTag>): FrameBound =>
    _tag === 'Preceding' || _tag === 'Following' ? { _tag, offset: offsetNode(offset, type) } : { _tag }
  return { unit: of.unit, start: one(of.start), end: one(of.end) }
}
