/**
 * IN a list of rows as SQL.
 */
import { hasAggregate, hasQuery } from '../expr/children.js'
import type { InRowsNode, ParamNode } from '../expr/node.js'
import type { SqlType } from '../expr/sql-type.js'
import { illFormed, unsupported } from './compile-error.js'
import { type Context, describe, failed } from './context.js'
import { converted, elementType } from './convert.js'
import { jsonElement } from './dialect/shared.js'
import { elementSlot, elementWires, isWhole, wholeSlot } from './in-list.js'
import { type Encode, join, refused, type Slot, type Sql, sql } from './sql.js'

interface TypedList {
  readonly list: ParamNode
  readonly type: SqlType<unknown>
}

/** Lists side by side as one JSON text: a list for each row. */
const rowsEncode =
  (encoders: ReadonlyArray<Encode>): Encode =>
  (lists) => {
    if (!Array.isArray(lists)) return refused('is no list')
    const places: Array<ReadonlyArray<string | number | bigint>> = []
    for (const [i, encode] of encoders.entries()) {
      const wires = elementWires(lists[i], encode)
      if ('_tag' in wires) return wires
      places.push(wires)
    }
    const rows = (places[0] ?? []).map((_, at) => `[${places.map((list) => jsonElement(list[at] ?? null)).join(',')}]`)
    return `[${rows.join(',')}]`
  }

/** The lists of all places as rows of a table: a parameter a place where there are arrays, else one for all. */
const wholeRows = (context: Context, lists: ReadonlyArray<TypedList>, place: string): Sql => {
  const { dialect } = context
  if (dialect.features.arrays)
    return sql`SELECT * FROM unnest(${join(
      lists.map(({ list, type }): Sql => [wholeSlot(context, list, type, place)]),
      ', ',
    )})`
  context.notes.add('the rows travel in one JSON parameter')
  const forms = lists.map(({ type }) => dialect.type(type))
  const whole: Slot = {
    source: { _tag: 'Rows', indexes: lists.map(({ list }) => context.params.get(list) ?? 0) },
    encode: rowsEncode(forms.map((form) => form.element)),
    place,
    nullable: false,
    before: '',
    after: '',
  }
  if (dialect.name === 'sqlite') {
    const values = forms.map((form, i) => form.fromElement(`json_extract(value, '$[${i}]')`))
    return sql`SELECT ${values.join(', ')} FROM json_each(${[whole]})`
  }
  const columns = forms.map((form, i) => `c${i} ${form.jsonColumn} PATH '$[${i}]'`)
  const values = forms.map((form, i) => form.fromElement(`j.c${i}`))
  return sql`SELECT ${values.join(', ')} FROM JSON_TABLE(${[whole]}, '$[*]' COLUMNS (${columns.join(', ')})) AS j`
}

/**
 * `(a = … AND b = …) OR (…)`. MySQL and MariaDB take NOT of a row among rows for never true where one of its values is null, though
 * another may differ, and drop the absent rows of outer joins.
 */
const eachRow = (operands: ReadonlyArray<Sql>, rows: ReadonlyArray<ReadonlyArray<Sql>>): Sql =>
  sql`(${join(
    rows.map(
      (values) =>
        sql`(${join(
          operands.map((operand, i) => sql`${operand} = ${values[i] ?? ['NULL']}`),
          ' AND ',
        )})`,
    ),
    ' OR ',
  )})`

/** `(a, b) IN ((…), (…))`. */
export const inRowsSql = (context: Context, node: InRowsNode, written: ReadonlyArray<Sql>): Sql => {
  const { dialect } = context
  const [first] = node.lists
  if (first === undefined || node.lists.length !== node.operands.length)
    return failed(context, illFormed('inRows takes a row of one expression at least'))
  const lists = node.lists.map((list, i) => ({
    list,
    type: elementType(list.type, node.operands[i]?.type ?? list.type),
  }))
  const operands = node.operands.map((e, i) =>
    converted(dialect, written[i] ?? ['NULL'], e.type, lists[i]?.type ?? e.type),
  )
  const place = `inRows of ${node.operands.map(describe).join(', ')}`
  const row = sql`(${join(operands, ', ')})`
  const isFamily = dialect.name === 'mysql' || dialect.name === 'mariadb'
  const whole = isWhole(context, first, node.bucket)
  if (whole && dialect.name === 'mariadb' && node.operands.length > 1 && node.operands.some(hasQuery))
    return failed(
      context,
      unsupported(dialect.name, 'look for the value of a query in a long list of rows', 'read the value first'),
    )
  if (whole) return sql`(${row} IN (${wholeRows(context, lists, place)}))`
  if (node.bucket === 0) {
    const kept = operands.filter((_, i) => node.operands.slice(i, i + 1).some(hasAggregate))
    return kept.length === 0
      ? sql`${dialect.boolean(false)}`
      : sql`(${join(
          kept.map((e) => sql`${e} IS NULL`),
          ' AND ',
        )} AND ${dialect.boolean(false)})`
  }
  const rows = Array.from({ length: node.bucket }, (_, at) =>
    lists.map(({ list, type }): Sql => [elementSlot(context, list, type, at, place)]),
  )
  if (isFamily && node.operands.length > 1) return eachRow(operands, rows)
  const listed = join(
    rows.map((values) => sql`(${join(values, ', ')})`),
    ', ',
  )
  return dialect.name === 'sqlite' ? sql`(${row} IN (VALUES ${listed}))` : sql`(${row} IN (${listed}))`
}
