/**
 * A flush plan as text for people.
 */
import type { Fields } from './identity.js'
import type { FlushPlan, FlushStep, KeyFlow, PlannedRow } from './plan.js'

// -------------------------------------------------------------------------------------
// instances
// -------------------------------------------------------------------------------------

const shortened = (text: string): string =>
  Array.from(text).length > 40 ? `${Array.from(text).slice(0, 39).join('')}…` : text

const shownValue = (value: unknown): string => {
  switch (typeof value) {
    case 'bigint':
      return `${value}n`
    case 'string':
      return shortened(JSON.stringify(value))
    case 'object':
      return shortened(documentText(value))
    default:
      return String(value)
  }
}

const documentText = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    // a circle, or a bigint inside: nothing that a plan could print
    return '{…}'
  }
}

const shownFields = (
  fields: Fields,
  flows: ReadonlyArray<KeyFlow>,
  columns: ReadonlyArray<string>,
  steps: ReadonlyArray<FlushStep>,
): string =>
  columns
    .flatMap((column) => {
      const flow = flows.find((f) => f.column === column)
      if (flow !== undefined) {
        const source = steps[flow.from.step]
        return [
          `${column}: <${source?.table.name ?? '?'}.${flow.from.column} of step ${flow.from.step + 1}, row ${flow.from.row + 1}>`,
        ]
      }
      return Object.hasOwn(fields, column) ? [`${column}: ${shownValue(fields[column])}`] : []
    })
    .join(', ')

const shownRow = (step: FlushStep, row: PlannedRow, at: number, steps: ReadonlyArray<FlushStep>): string => {
  const flows = step.dataFlow.filter((flow) => flow.row === at)
  const keys = [
    ...Object.keys(row.key),
    ...flows.map((flow) => flow.column).filter((column) => !step.columns.includes(column)),
  ]
  const key = shownFields(row.key, flows, keys, steps)
  const values = shownFields(row.values, flows, step.columns, steps)
  return [key, values].filter((part) => part !== '').join(' -> ')
}

const verbs: { readonly [K in FlushStep['kind']]: string } = {
  insert: 'insert into',
  update: 'update',
  delete: 'delete from',
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

const shownStep = (
  step: FlushStep,
  at: number,
  steps: ReadonlyArray<FlushStep>,
  rows: number,
): ReadonlyArray<string> => {
  const { kind, table, breaksCycle } = step
  const name = table.schema === null ? table.name : `${table.schema}.${table.name}`
  const reason = breaksCycle ? ', which closes a circle of references' : ''
  const left = step.rows.length - rows
  return [
    `${at + 1}. ${verbs[kind]} ${name}: ${plural(step.rows.length, 'row')}${reason}`,
    ...step.rows.slice(0, rows).map((row, i) => `     ${shownRow(step, row, i, steps)}`),
    ...(left > 0 ? [`     … and ${plural(left, 'row')} more`] : []),
  ]
}

/**
 * The plan as text: a line a step, then its rows, the first ten of each. Values are shown, so mind who reads it.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, primaryKey, schema, sqliteDialect, table, text, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const uow = pipe(Uow.empty(schema({ users })), Uow.modify(users)({ id: 3 }, { name: 'ed' }))
 * assert.deepStrictEqual(
 *   pipe(Uow.plan(sqliteDialect())(uow), E.map(Uow.showPlan)),
 *   E.right('1. update users: 1 row\n     id: 3 -> name: "ed"\n0 inserts, 1 update, 0 deletes'),
 * )
 *
 * @category instances
 * @since 0.1.0
 */
export const showPlan = ({ steps, counts }: FlushPlan): string =>
  [
    ...steps.flatMap((step, at) => shownStep(step, at, steps, 10)),
    [plural(counts.inserts, 'insert'), plural(counts.updates, 'update'), plural(counts.deletes, 'delete')].join(', '),
  ].join('\n')
