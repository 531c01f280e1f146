/**
 * IN a list of values: each a parameter of its own, or the whole list one parameter.
 */
import { hasAggregate } from '../expr/children.js'
import type { InListNode, ParamNode } from '../expr/node.js'
import { canBeNull } from '../expr/outputs.js'
import type { SqlType } from '../expr/sql-type.js'
import { casting, type Context, describe, noted, type Scope } from './context.js'
import { converted, elementType } from './convert.js'
import { type Encode, join, type Refused, refused, type Slot, type Sql, sql } from './sql.js'

/** Lists longer than this travel in one parameter where the dialect has no arrays: its text would grow without bound. */
export const longestList = 1024

/** Whether a list travels in one parameter: a long one, one whose length comes with each run, and any one where there are arrays. */
export const isWhole = ({ dialect }: Context, list: ParamNode, bucket: number): boolean =>
  dialect.features.arrays || bucket > longestList || list.kind._tag !== 'Value'

type Scalar = string | number | bigint

/** The elements of a list as they travel in one text, or why they cannot. */
export const elementWires = (list: unknown, encode: Encode): ReadonlyArray<Scalar> | Refused => {
  if (!Array.isArray(list)) return refused('is no list')
  const wires: Array<Scalar> = []
  for (const element of list) {
    const wire = element === null ? null : encode(element)
    // A null in a list would make NOT IN true of nothing.
    if (wire === null) return refused('has a null, which no value is equal to')
    if (typeof wire === 'object') return '_tag' in wire ? wire : refused('has an element that no list holds')
    wires.push(wire)
  }
  return wires
}

/** Encodes each element, then the list as one text. */
const listEncode =
  (listText: Context['dialect']['listText'], encode: Encode): Encode =>
  (list) => {
    const wires = elementWires(list, encode)
    return '_tag' in wires ? wires : listText(wires)
  }

/** The place of a whole list. */
export const wholeSlot = (context: Context, list: ParamNode, type: SqlType<unknown>, place: string): Slot => {
  const { dialect } = context
  const form = dialect.type(type)
  return {
    source: { _tag: 'Param', index: context.params.get(list) ?? 0 },
    encode: listEncode(dialect.listText, form.element),
    place: list.kind._tag === 'Hole' ? `parameter "${list.kind.name}"` : place,
    nullable: false,
    ...casting(dialect, dialect.features.arrays && form.cast !== null ? `${form.cast}[]` : null),
  }
}

/** The place of one element of a list. */
export const elementSlot = (
  context: Context,
  list: ParamNode,
  type: SqlType<unknown>,
  at: number,
  place: string,
): Slot => {
  const form = context.dialect.type(type)
  return {
    source: { _tag: 'Element', index: context.params.get(list) ?? 0, at },
    encode: form.encode,
    place,
    nullable: false,
    ...casting(context.dialect, form.cast),
  }
}

/** The sources of a scope that may be absent. */
const absentFrom = (scope: Scope | null): ReadonlySet<string> => {
  const names = new Set<string>()
  for (let at = scope; at !== null; at = at.outer)
    for (const [name, bound] of at.bound) if (bound.optional) names.add(name)
  return names
}

/**
 * A list by name. MariaDB finds out once whether null is in it, and says so again where the list is another one: null is asked for
 * by itself there.
 */
const inNamed = (context: Context, scope: Scope, node: InListNode, operand: Sql, list: Sql, found: Sql): Sql =>
  context.dialect.name === 'mariadb' && canBeNull(node.operand, absentFrom(scope))
    ? sql`(CASE WHEN ${operand} IS NULL THEN nullif(JSON_LENGTH(${list}) > 0, 1) ELSE ${found} END)`
    : found

/** `operand IN list`. */
export const inListSql = (context: Context, scope: Scope, node: InListNode, written: Sql): Sql => {
  const { dialect } = context
  const type = elementType(node.list.type, node.operand.type)
  const operand = converted(dialect, written, node.operand.type, type)
  const place = `inList of ${describe(node.operand)}`
  if (isWhole(context, node.list, node.bucket)) {
    const list = [wholeSlot(context, node.list, type, place)]
    const named = dialect.inWhole(operand, list, type)
    const found = dialect.features.arrays ? named : noted(context, 'the list travels in one JSON parameter', named)
    return node.list.kind._tag === 'Value' ? found : inNamed(context, scope, node, operand, list, found)
  }
  // An aggregate makes one group of all rows, so it stays where its value does not matter.
  if (node.bucket === 0)
    return hasAggregate(node.operand)
      ? sql`(${operand} IS NULL AND ${dialect.boolean(false)})`
      : sql`${dialect.boolean(false)}`
  const elements = Array.from(
    { length: node.bucket },
    (_, at): Sql => [elementSlot(context, node.list, type, at, place)],
  )
  return sql`(${operand} IN (${join(elements, ', ')}))`
}
