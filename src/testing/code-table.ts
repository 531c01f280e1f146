/**
 * Tables and views as the code that defines them.
 */
import type { ColumnDefault } from '../expr/column.js'
import type { ForeignKeyTarget } from '../expr/foreign-key.js'
import type { ExprNode } from '../expr/node.js'
import type { ColumnInfo, ForeignKeyInfo, IndexInfo, TableInfo } from '../expr/source.js'
import { plainOf } from '../expr/sql-type.js'
import { orderOf, type Printing } from './code-context.js'
import { queryText } from './code-query.js'
import { callText, listText, memberText, recordText, stringText } from './code-text.js'
import { pipedText, specParts } from './code-type.js'
import { valueText } from './code-value.js'

/** What tables are defined with. */
export interface Defining extends Printing {
  /** A table that a foreign key leads to, by the name that it is declared by; null where none is known yet. */
  readonly target: (target: ForeignKeyTarget) => string | null
  /** Declares what stands for a table of which no more is known than the columns that a foreign key leads to. */
  readonly declare: (name: string, text: string) => string
  /** The text of what is said of a table inside its definition, where it goes by this name. */
  readonly inside: <A>(info: TableInfo, name: string, text: () => A) => A
}

type Fields = ReadonlyArray<readonly [string, string]>

/** What a table goes by inside its definition. */
const own = 'own'

// -------------------------------------------------------------------------------------
// columns
// -------------------------------------------------------------------------------------

/** A function of the client's is its own business: what it gives once stands for it. */
const defaultText = (of: ColumnDefault): string =>
  of._tag === 'Value' ? valueText(of.value) : `() => ${valueText(of.make())}`

const serverText = (on: Defining, column: ColumnInfo, e: ExprNode): string =>
  e._tag === 'Param' && e.kind._tag === 'Value' && e.type.id === column.type.id && e.nullable === column.nullable
    ? valueText(e.kind.value)
    : on.expr(e)

const columnText = (on: Defining, column: ColumnInfo): string => {
  const call = (name: Parameters<typeof on.use>[0], ...args: ReadonlyArray<string>): string =>
    callText(on.use(name), args)
  const { identity, serverDefault, onUpdate } = column
  return pipedText(on, [
    ...specParts(on, column.type, column.nullable),
    ...(column.primaryKey ? [on.use('primaryKey')] : []),
    ...(identity === null ? [] : [call('identity', valueText(identity))]),
    ...(column.autoIncrement && identity === null ? [on.use('autoIncrement')] : []),
    ...(column.unique ? [on.use('unique')] : []),
    ...(column.index ? [on.use('index')] : []),
    ...(column.default === null ? [] : [call('defaultTo', defaultText(column.default))]),
    ...(serverDefault === null ? [] : [call('serverDefault', serverText(on, column, serverDefault))]),
    ...(onUpdate === null ? [] : [call('onUpdate', defaultText(onUpdate))]),
    ...(column.generated === null ? [] : [on.use('generated')]),
    ...(column.comment === null ? [] : [call('comment', stringText(column.comment))]),
    ...(column.collation === null ? [] : [call('collation', stringText(column.collation))]),
    ...(column.name === column.key ? [] : [call('named', stringText(column.name))]),
  ])
}

// -------------------------------------------------------------------------------------
// constraints
// -------------------------------------------------------------------------------------

const columnsText = (table: string, keys: ReadonlyArray<string>): string =>
  listText(keys.map((key) => memberText(table, key)))

const options = (fields: Fields): ReadonlyArray<string> => (fields.length === 0 ? [] : [recordText(fields)])

const nameField = (name: string | null): Fields => (name === null ? [] : [['name', stringText(name)]])

/** The table that a foreign key leads to, as far as the key knows it. */
const standIn = (on: Defining, info: TableInfo, { columns, target }: ForeignKeyInfo): string => {
  const specs = target.columns.map((key, i) => {
    const type = info.columns.find((c) => c.key === columns[i])?.type
    const name = target.names[i] ?? key
    const parts = type === undefined ? [on.use('integer')] : specParts(on, plainOf(type), false)
    const text = pipedText(on, [...parts, ...(name === key ? [] : [callText(on.use('named'), [stringText(name)])])])
    return [key, text] as const
  })
  const text = definitionText(on, target.schema, target.table, [recordText(specs)])
  return on.declare(target.table, text)
}

const foreignKeyText = (on: Defining, info: TableInfo, key: ForeignKeyInfo): string => {
  const { columns, target } = key
  const isOwn = target.table === info.name && target.schema === info.schema
  const there = isOwn ? own : (on.target(target) ?? standIn(on, info, key))
  const side = (of: string, keys: ReadonlyArray<string>): string =>
    keys.length === 1 ? memberText(of, keys.join('')) : columnsText(of, keys)
  const { onDelete, onUpdate, deferrable, name } = target
  const more: Fields = [
    ...(onDelete === 'noAction' ? [] : [['onDelete', stringText(onDelete)] as const]),
    ...(onUpdate === 'noAction' ? [] : [['onUpdate', stringText(onUpdate)] as const]),
    ...(deferrable === null ? [] : [['deferrable', stringText(deferrable)] as const]),
    ...nameField(name),
  ]
  return callText(on.use('foreignKey'), [side(own, columns), side(there, target.columns), ...options(more)])
}

const indexText = (on: Defining, { name, unique, parts, include, where }: IndexInfo): string =>
  callText(on.use('indexOn'), [
    listText(parts.map((part) => orderOf(on, part).text())),
    ...options([
      ...nameField(name),
      ...(unique ? [['unique', 'true'] as const] : []),
      ...(include.length === 0 ? [] : [['include', columnsText(own, include)] as const]),
      ...(where === null ? [] : [['where', on.expr(where)] as const]),
    ]),
  ])

/** Whether the primary key says more than its columns do. */
const saysKey = ({ columns, primaryKey, primaryKeyName }: TableInfo): boolean => {
  const marked = columns.filter((c) => c.primaryKey).map((c) => c.key)
  return primaryKeyName !== null || primaryKey.some((key, i) => key !== marked[i])
}

const itemTexts = (on: Defining, info: TableInfo): ReadonlyArray<string> => {
  const call = (name: Parameters<typeof on.use>[0], ...args: ReadonlyArray<string>): string =>
    callText(on.use(name), args)
  // What columns say of themselves stands before the rest.
  const uniques = info.uniques.slice(info.columns.filter((c) => c.unique).length)
  const indexes = info.indexes.slice(info.columns.filter((c) => c.index && !c.unique).length)
  return [
    ...(saysKey(info)
      ? [call('primaryKeyConstraint', columnsText(own, info.primaryKey), ...options(nameField(info.primaryKeyName)))]
      : []),
    ...uniques.map(({ name, columns, deferrable }) =>
      call(
        'uniqueConstraint',
        columnsText(own, columns),
        ...options([
          ...nameField(name),
          ...(deferrable === null ? [] : [['deferrable', stringText(deferrable)] as const]),
        ]),
      ),
    ),
    ...info.foreignKeys.map((key) => foreignKeyText(on, info, key)),
    ...info.checks.map(({ name, expr }) => call('checkConstraint', on.expr(expr), ...options(nameField(name)))),
    ...indexes.map((index) => indexText(on, index)),
    ...info.columns.flatMap(({ key, generated }) =>
      generated === null
        ? []
        : [
            call(
              'generatedAs',
              memberText(own, key),
              on.expr(generated.expr),
              ...(generated.stored ? [] : [recordText([['stored', 'false']])]),
            ),
          ],
    ),
    ...(info.comment === null ? [] : [call('tableComment', stringText(info.comment))]),
  ]
}

// -------------------------------------------------------------------------------------
// definitions
// -------------------------------------------------------------------------------------

const definitionText = (on: Defining, schema: string | null, name: string, parts: ReadonlyArray<string>): string =>
  schema === null
    ? callText(on.use('table'), [stringText(name), ...parts])
    : callText(callText(on.use('tableIn'), [stringText(schema)]), [stringText(name), ...parts])

/** The definition of a table or a view. */
export const tableText = (on: Defining, info: TableInfo): string => {
  const { name, schema, view } = info
  if (view !== null)
    return callText(on.use('view'), [
      stringText(name),
      queryText(on, view.query),
      ...options([
        ...(schema === null ? [] : [['schema', stringText(schema)] as const]),
        ...(view.materialized ? [['materialized', 'true'] as const] : []),
      ]),
    ])
  const columns = recordText(info.columns.map((column) => [column.key, columnText(on, column)] as const))
  const items = on.inside(info, own, () => itemTexts(on, info))
  return definitionText(on, schema, name, [columns, ...(items.length === 0 ? [] : [`(${own}) => ${listText(items)}`])])
}
