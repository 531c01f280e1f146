// Values through a column: written many at a time, read again, and compared with what memory keeps.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { type AnyQuery, deleteFrom, everyRow, from, insertInto, orderBy, select } from '../../src/index.js'
import { type AnyWorld, kept, type Outcome, refused, thrown, wrong } from './attempt.js'
import { isKept, shown, shownRows } from './equal.js'
import type { ColumnName } from './inputs.js'
import { tableFor, valueTables } from './tables.js'

type ValueTable = typeof valueTables.text

export interface Given {
  readonly column: ColumnName
  readonly value: unknown
}

// To the types all of these tables are the one of texts: the values are no matter of types here.
const tableOf = ({ column, value }: Given): ValueTable => {
  try {
    return tableFor(column, value) as unknown as ValueTable
  } catch {
    return valueTables[column] as unknown as ValueTable
  }
}

const written = (of: ValueTable, values: ReadonlyArray<unknown>): AnyQuery =>
  insertInto(of)(values.map((v, i) => ({ id: i + 1, v: v as string }))) as unknown as AnyQuery
const readOf = (of: ValueTable): AnyQuery => pipe(from(of), orderBy(of.id), select({ v: of.v })) as unknown as AnyQuery
const cleared = (of: ValueTable): AnyQuery => everyRow(deleteFrom(of)) as unknown as AnyQuery

/** The values of a table after these were written, or why they were not. */
const through = async (
  world: AnyWorld,
  of: ValueTable,
  values: ReadonlyArray<unknown>,
): Promise<E.Either<{ readonly _tag: string; readonly message: string }, ReadonlyArray<unknown>>> => {
  const before = await world.outcome(cleared(of))
  if (E.isLeft(before)) return before
  const outcome = await world.outcome(written(of, values))
  if (E.isLeft(outcome)) return outcome
  const read = await world.outcome(readOf(of))
  return E.isLeft(read) ? read : E.right(read.right.rows.map((row) => (row as { readonly v: unknown }).v))
}

/** One value: kept in memory and on the engine alike, or refused. */
export const one = async (given: Given, engine: AnyWorld, memory: AnyWorld): Promise<Outcome> => {
  const { column, value } = given
  try {
    const of = tableOf(given)
    const ours = await through(memory, of, [value])
    const theirs = await through(engine, of, [value])
    if (E.isLeft(theirs)) {
      if (theirs.left._tag === 'Sql' && /syntax|unterminated|token/i.test(theirs.left.message))
        return wrong(`broken SQL: ${theirs.left.message}`)
      return refused(theirs.left._tag)
    }
    if (E.isLeft(ours)) return wrong(`memory refuses it (${ours.left.message.slice(0, 200)}), not the engine`)
    const [mine] = ours.right
    const [read] = theirs.right
    if (!isKept(column, value, read)) return wrong(`${shown(value)} is read as ${shown(read)}`)
    return shownRows([mine]).join('') === shownRows([read]).join('')
      ? kept
      : wrong(`${shown(read)} where memory has ${shown(mine)}`)
  } catch (error) {
    return thrown(false, error)
  }
}

/** Many values, those of a table together, so that 100,000 of them take minutes; those that are refused one by one. */
export const many = async (
  all: ReadonlyArray<Given>,
  engine: AnyWorld,
  memory: AnyWorld,
): Promise<ReadonlyArray<Outcome>> => {
  const outcomes: Array<Outcome> = Array.from({ length: all.length })
  const fine = new Map<ValueTable, Array<{ readonly at: number; readonly given: Given; readonly mine: unknown }>>()
  for (const [at, given] of all.entries()) {
    const of = tableOf(given)
    const ours = await through(memory, of, [given.value]).catch((error: unknown) => error)
    const isFine = typeof ours === 'object' && ours !== null && '_tag' in ours && ours._tag === 'Right'
    if (!isFine) {
      outcomes[at] = await one(given, engine, memory)
      continue
    }
    const [mine] = (ours as E.Right<ReadonlyArray<unknown>>).right
    fine.set(of, [...(fine.get(of) ?? []), { at, given, mine }])
  }
  for (const [of, group] of fine) {
    const read = await through(
      engine,
      of,
      group.map(({ given }) => given.value),
    ).catch(() => null)
    for (const [i, { at, given, mine }] of group.entries()) {
      const isSame =
        read !== null &&
        E.isRight(read) &&
        isKept(given.column, given.value, read.right[i]) &&
        shownRows([read.right[i]]).join('') === shownRows([mine]).join('')
      outcomes[at] = isSame ? kept : await one(given, engine, memory)
    }
  }
  return outcomes
}
