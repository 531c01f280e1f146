/**
 * Running an update or a delete: one statement, or in steps where what it gives back must be found by hand.
 */
import { type Either, isLeft, left, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { paramsOf } from '../expr/children.js'
import { tableIdentity } from '../expr/schema.js'
import { targetOfWrite } from '../expr/write-parts.js'
import type { Answer } from './answer.js'
import { aroundWrite } from './around.js'
import { bind, type Bindings } from './bind.js'
import { changeSql } from './change.js'
import { type CompileError, illFormed } from './compile-error.js'
import { makeContext } from './context.js'
import { fronted } from './cte.js'
import { bad } from './decode.js'
import type { Dialect } from './dialect.js'
import { done, type Load, step } from './load.js'
import { corruptReply, decodeFailure, type LoadError, multipleRows } from './load-error.js'
import { namesProblem } from './named-rows.js'
import { keyWires } from './outer-keys.js'
import { returningPlan } from './plan.js'
import { printFor } from './print.js'
import { needsBigints, nested } from './read.js'
import { type Printed, returningTemplate, type ReturningTemplate, takesAlong } from './returning.js'
import { readerOf } from './rows.js'
import { secretsOf } from './secret-places.js'
import { textOf } from './unprepared.js'
import type { RawRow, Statement, Wire } from './statement.js'
import { tableSetOf } from './table-set.js'
import type { KeyColumn } from './template.js'
import { unsharedWrite, type WriteTemplate } from './write.js'
import { type Changing, usingProblem } from './write-using.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

interface OneTemplate extends WriteTemplate {
  readonly _tag: 'AtOnce'
}

/** An update or a delete, compiled. */
export type ChangeTemplate = OneTemplate | ReturningTemplate

// -------------------------------------------------------------------------------------
// template
// -------------------------------------------------------------------------------------

/** What is wrong with a write whatever the dialect, or null. */
const writeProblem = (write: Changing): CompileError | null => {
  const { table } = targetOfWrite(write)
  if (table.view !== null) return illFormed(`"${table.name}" is a view: only tables are written to`)
  if (write.where === null && write.using.length === 0 && !write.everyRow)
    return illFormed(`${write._tag === 'Update' ? 'an update' : 'a delete'} says where(…), or everyRow`)
  const always =
    write._tag === 'Delete'
      ? undefined
      : table.columns.find((c) => c.identity?.always === true && write.set.some((a) => a.key === c.key))
  if (always !== undefined)
    return illFormed(`${table.name}.${always.key} is always made by the database: it is never written`)
  return usingProblem(write)
}

const givesBack = ({ features }: Dialect, write: Changing): boolean =>
  write._tag === 'Update' ? features.updateReturning : features.deleteReturning

const atOnce = (dialect: Dialect, write: Changing): Either<CompileError, OneTemplate> => {
  const context = makeContext(dialect, nested, paramsOf(write), null)
  context.target = tableIdentity(targetOfWrite(write).table)
  context.strict = true
  if (!dialect.features.withBeforeWrite) context.front = null
  const written = aroundWrite(context, write)(changeSql(context, write, null))
  const error = context.errors[0]
  if (error !== undefined) return left(error)
  const planned = returningPlan(write)
  return pipe(
    printFor(dialect, fronted(context, written)),
    map(({ text, slots }) => ({
      _tag: 'AtOnce',
      text,
      slots,
      read: planned === null ? null : readerOf(planned.plan),
      bigints: planned !== null && needsBigints(planned.plan),
      tables: tableSetOf(write),
      notes: [...context.notes],
      named: context.named,
    })),
  )
}

/** Compiles an update or a delete. */
export const writeTemplate = (dialect: Dialect, given: Changing): Either<CompileError, ChangeTemplate> => {
  const write = unsharedWrite(given)
  const problem = writeProblem(write)
  if (problem !== null) return left(problem)
  const tells = write.returning === null || givesBack(dialect, write)
  return tells && !takesAlong(dialect, write) ? atOnce(dialect, write) : returningTemplate(dialect, write)
}

// -------------------------------------------------------------------------------------
// in steps
// -------------------------------------------------------------------------------------

type Key = ReadonlyArray<Wire>
type Loaded = Either<LoadError, Load<Answer<unknown>>>

const keyOf = (columns: ReadonlyArray<KeyColumn>, row: RawRow, at: number, text: string): Either<LoadError, Key> => {
  const key: Array<Wire> = []
  for (const { at: place, decode, encode, place: name } of columns) {
    const decoded = decode(row[place])
    const wire = decoded === bad ? null : encode(decoded)
    if (wire === null || (typeof wire === 'object' && '_tag' in wire))
      return left(decodeFailure(name, at, 'the key of the row is not what the schema says', text))
    key.push(wire)
  }
  return right(key)
}

const keysOf = (
  columns: ReadonlyArray<KeyColumn>,
  rows: ReadonlyArray<RawRow>,
  text: string,
): Either<LoadError, ReadonlyArray<Key>> => {
  const keys: Array<Key> = []
  for (const [i, row] of rows.entries()) {
    const key = keyOf(columns, row, i, text)
    if (isLeft(key)) return key
    keys.push(key.right)
  }
  return right(keys)
}

const isTwice = (keys: ReadonlyArray<Key>): boolean =>
  new Set(keys.map((key) => JSON.stringify(key.map(String)))).size < keys.length

const none: Answer<unknown> = Object.freeze({ rows: [], affected: 0, keys: [] })

/** A statement of the template with its values, and what is asked of its reply. */
const sender =
  (dialect: Dialect, template: ReturningTemplate, write: Changing, bindings: Bindings) =>
  (
    { text, slots }: Printed,
    keys: ReadonlyArray<Wire>,
    returnsRows: boolean,
    next: (rows: ReadonlyArray<RawRow>, affected: number) => Loaded,
  ): Loaded => {
    const parameters = bind(slots, paramsOf(write), bindings, keys)
    if (isLeft(parameters)) return parameters
    const { bigints, tables } = template
    const statement: Statement = {
      sql: text,
      parameters: parameters.right,
      text: textOf(dialect, write, slots),
      returnsRows,
      bigints,
      tables,
      ...secretsOf(write, slots),
    }
    return right(step(statement, ({ rows, affected }) => next(rows, affected), true))
  }

const inSteps = (dialect: Dialect, template: ReturningTemplate, write: Changing, bindings: Bindings): Loaded => {
  const { find, again, read, once } = template
  const send = sender(dialect, template, write, bindings)
  // A bad value in a later statement is refused before the first is sent.
  for (const { slots } of [template.write, ...(again === null ? [] : [again])]) {
    const checked = bind(slots, paramsOf(write), bindings, [])
    if (isLeft(checked)) return checked
  }
  const wires = (keys: ReadonlyArray<Key>): ReadonlyArray<Wire> => keyWires(dialect, template.keys.length, keys)
  const answered = (rows: ReadonlyArray<RawRow>, text: string, affected: number): Loaded => {
    if (rows.length !== affected)
      return left(corruptReply(`${affected} rows were written, ${rows.length} came back`, text))
    const made = read === null ? right([]) : read(rows, text)
    return isLeft(made) ? made : right(done({ rows: made.right, affected, keys: [] }))
  }
  return send(find, [], true, (rows) => {
    const keys = keysOf(template.keys, rows, find.text)
    if (isLeft(keys)) return keys
    const after = keysOf(template.keysAfter, rows, find.text)
    if (isLeft(after)) return after
    const count = keys.right.length
    if (count === 0) return right(done(none))
    if (once && isTwice(keys.right))
      return left(multipleRows('new values are of one row, and several match: make the criterion narrower', find.text))
    return send(template.write, wires(keys.right), false, (_, affected) => {
      if (again === null) return answered(rows, find.text, count)
      if (affected !== count)
        return left(corruptReply(`${count} rows were locked, ${affected} were written`, template.write.text))
      return send(again, wires(after.right), true, (written) => answered(written, again.text, count))
    })
  })
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The Load of an update or a delete. */
export const writeLoad = (
  dialect: Dialect,
  node: Changing,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  const compiled = dialect.cache.get(node, () => writeTemplate(dialect, node))
  if (isLeft(compiled)) return compiled
  const template = compiled.right
  const problem = template.named ? namesProblem(node) : null
  if (problem !== null) return left(problem)
  if (template._tag === 'InSteps') return inSteps(dialect, template, node, bindings)
  const { text, slots, read, bigints, tables } = template
  const parameters = bind(slots, paramsOf(node), bindings, [])
  if (isLeft(parameters)) return parameters
  const statement: Statement = {
    sql: text,
    parameters: parameters.right,
    text: textOf(dialect, node, slots),
    returnsRows: read !== null,
    bigints,
    tables,
    ...secretsOf(node, slots),
  }
  return right(
    step(statement, (reply) => {
      const rows = read === null ? right([]) : read(reply.rows, text)
      return isLeft(rows) ? rows : right(done({ rows: rows.right, affected: reply.affected, keys: [] }))
    }),
  )
}

/** What a statement of a write is for, beside its text. */
export const writtenStatements = (
  template: ChangeTemplate,
  what: 'update' | 'delete',
): ReadonlyArray<Printed & { readonly why: string; readonly notes: ReadonlyArray<string> }> => {
  const { notes } = template
  if (template._tag === 'AtOnce') return [{ text: template.text, slots: template.slots, why: `the ${what}`, notes }]
  const { find, write, again } = template
  return [
    {
      ...find,
      why: `the rows of the ${what} are found, and nobody else has them: in one transaction with what follows`,
      notes,
    },
    { ...write, why: `the ${what} of these rows`, notes: [] },
    ...(again === null ? [] : [{ ...again, why: 'the rows as they are now', notes: [] }]),
  ]
}
