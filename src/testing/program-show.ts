/**
 * Programs of units of work as code: what stands in a counterexample.
 */
import { showValue } from '../expr/show.js'
import { type AnyTable, tableInfo } from '../expr/table.js'
import type { Row } from '../interpret/value.js'
import type { KeyOfRow, Program, ProgramStep } from './program.js'

/** Whether a value of a program stands for the key of another of its rows. */
export const isKeyOfRow = (value: unknown): value is KeyOfRow =>
  typeof value === 'object' && value !== null && '_tag' in value && value._tag === 'KeyOfRow' && 'row' in value

/** The name of a row: its table's and its number. */
type Names = ReadonlyMap<number, string>

const nameOf = (t: AnyTable): string => tableInfo(t).name.replace(/[^A-Za-z0-9_$]/g, '_')

const showRow = (names: Names, row: Row): string =>
  `{ ${Object.entries(row)
    .map(
      ([key, value]) => `${key}: ${isKeyOfRow(value) ? (names.get(value.row) ?? `row${value.row}`) : showValue(value)}`,
    )
    .join(', ')} }`

const namesIn = (steps: ReadonlyArray<ProgramStep>): ReadonlyArray<readonly [number, string]> =>
  steps.flatMap((step): ReadonlyArray<readonly [number, string]> => {
    if (step._tag === 'Insert') return [[step.row, `${nameOf(step.table)}${step.row}`]]
    return step._tag === 'Nested' ? namesIn(step.steps) : []
  })

const lines = (names: Names, steps: ReadonlyArray<ProgramStep>): ReadonlyArray<string> =>
  steps.flatMap((step): ReadonlyArray<string> => {
    switch (step._tag) {
      case 'Insert': {
        const name = names.get(step.row) ?? ''
        return [
          `const [${name}, with_${name}] = Uow.insert(${nameOf(step.table)})(${showRow(names, step.values)})(uow)`,
          `uow = with_${name}`,
        ]
      }
      case 'Modify':
        return [`uow = Uow.modify(${nameOf(step.table)})(${names.get(step.row)}, ${showRow(names, step.patch)})(uow)`]
      case 'Remove':
        return [`uow = Uow.remove(${nameOf(step.table)})(${names.get(step.row)})(uow)`]
      case 'Flush':
        return ['uow = await run(Uow.flush(uow)(db))']
      case 'Reload':
        return ['uow = await reloaded(db)']
      case 'Nested':
        return [
          `await inTransaction(db, async (db) => { // ${step.commits ? 'commits' : 'rolls back'}`,
          ...lines(names, step.steps).map((line) => `  ${line}`),
          '})',
        ]
    }
  })

/** A program as the code of its steps. */
export const showProgram = ({ steps }: Program): string =>
  ['let uow = Uow.empty(all)', ...lines(new Map(namesIn(steps)), steps)].join('\n')
