/**
 * Writes as code: what is piped, clause by clause.
 */
import type {
  Assignment,
  Conflict,
  ConflictTarget,
  DeleteNode,
  InsertNode,
  UpdateNode,
  UsingNode,
  WriteNode,
} from '../expr/query-node.js'
import type { TableSource } from '../expr/source.js'
import type { Printing } from './code-context.js'
import { projectionText, queryParts } from './code-query.js'
import { callText, listText, memberText, recordText, stringText } from './code-text.js'
import { valueText } from './code-value.js'

type Parts = ReadonlyArray<string>

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

/** A value that is of its column's own type stands as it is. */
const assigned = (on: Printing, { table }: TableSource, { key, value }: Assignment): readonly [string, string] => {
  const column = table.columns.find((c) => c.key === key)
  const isPlain =
    value._tag === 'Param' &&
    value.kind._tag === 'Value' &&
    value.type.id === column?.type.id &&
    value.nullable === column.nullable
  return [key, isPlain && value.kind._tag === 'Value' ? valueText(value.kind.value) : on.expr(value)]
}

const rowText = (on: Printing, into: TableSource, row: ReadonlyArray<Assignment>): string =>
  recordText(row.map((a) => assigned(on, into, a)))

// -------------------------------------------------------------------------------------
// inserts
// -------------------------------------------------------------------------------------

const insertedParts = (on: Printing, { into, source }: InsertNode): Parts => {
  const insertInto = (rows: Parts): Parts => [
    callText(callText(on.use('insertInto'), [on.source(into)]), rows.length === 1 ? rows : [listText(rows)]),
  ]
  switch (source._tag) {
    case 'Rows':
      return insertInto(source.rows.map((row) => rowText(on, into, row)))
    case 'Values':
      return insertInto(
        source.rows.map((row) => recordText(source.columns.map((c, i) => [c.key, valueText(row[i])] as const))),
      )
    case 'Query':
      return [...queryParts(on, source.query), callText(on.use('insertFrom'), [on.source(into)])]
  }
}

const targetParts = (on: Printing, into: TableSource, target: ConflictTarget | null): Parts =>
  target === null
    ? []
    : target._tag === 'Constraint'
      ? [recordText([['constraint', stringText(target.name)]])]
      : target.columns.map((key) => memberText(on.source(into), key))

/** The rows that a partial index holds, where only an update says so. */
const targetWhere = (on: Printing, target: ConflictTarget | null): Parts =>
  target?._tag === 'Columns' && target.where !== null ? [on.expr(target.where)] : []

const conflictParts = (on: Printing, into: TableSource, { target, action }: Conflict): Parts => {
  const targets = targetParts(on, into, target)
  const partial = targetWhere(on, target)
  if (action._tag === 'Nothing')
    return [
      callText(on.use('onConflictDoNothing'), targets),
      ...partial.map((where) =>
        callText(on.unusualClause(), [
          recordText([
            ['tag', stringText('TargetWhere')],
            ['where', where],
          ]),
        ]),
      ),
    ]
  return [
    callText(on.use('onConflictDoUpdate'), [
      recordText([
        ['target', targets.length === 1 ? targets.join('') : listText(targets)],
        ...partial.map((where) => ['targetWhere', where] as const),
        ['set', rowText(on, into, action.set)],
        ...(action.where === null ? [] : [['where', on.expr(action.where)] as const]),
      ]),
    ]),
  ]
}

// -------------------------------------------------------------------------------------
// updates and deletes
// -------------------------------------------------------------------------------------

const usingText = (on: Printing, { source, on: criterion }: UsingNode): string =>
  criterion === null
    ? callText(on.unusualClause(), [
        recordText([
          ['tag', stringText('Using')],
          ['table', on.source(source)],
        ]),
      ])
    : callText(on.use('using'), [on.source(source), on.expr(criterion)])

const aboutParts = (on: Printing, { where, everyRow }: UpdateNode | DeleteNode): Parts => [
  ...(where === null ? [] : [callText(on.use('where'), [on.expr(where)])]),
  ...(everyRow ? [on.use('everyRow')] : []),
]

const statementParts = (on: Printing, write: WriteNode): Parts => {
  switch (write._tag) {
    case 'Insert':
      return [
        ...insertedParts(on, write),
        ...(write.conflict === null ? [] : conflictParts(on, write.into, write.conflict)),
      ]
    case 'Update':
      return [
        callText(on.use('update'), [on.source(write.table)]),
        ...write.using.map((u) => usingText(on, u)),
        ...(write.set.length === 0 ? [] : [callText(on.use('set'), [rowText(on, write.table, write.set)])]),
        ...aboutParts(on, write),
      ]
    case 'Delete':
      return [
        callText(on.use('deleteFrom'), [on.source(write.from)]),
        ...write.using.map((u) => usingText(on, u)),
        ...aboutParts(on, write),
      ]
  }
}

/** What is piped to make a write. */
export const writeParts = (on: Printing, write: WriteNode): Parts => [
  ...statementParts(on, write),
  ...(write.returning === null ? [] : [callText(on.use('returning'), [projectionText(on, write.returning)])]),
]
