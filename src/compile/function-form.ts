/**
 * What the compiler knows of a function: which operands it takes, and how each dialect says it.
 */
import type { CallNode } from '../expr/call-node.js'
import type { ExprNode } from '../expr/node.js'
import { type SqlType, type TypeTag, unified } from '../expr/sql-type.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import type { Dialect, DialectName } from './dialect.js'
import { join, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A call to write: its operands are written already. */
export interface Call {
  readonly dialect: Dialect
  readonly node: CallNode
  readonly operands: ReadonlyArray<Sql>
  /** The operand at a place, or NULL where the call has fewer: the constructors of the family see that it has them. */
  readonly operand: (at: number) => Sql
  /** Says why the SQL is not what the function's own name would be. */
  readonly note: (why: string) => void
}

/** The SQL of a call, or why the dialect cannot say it. */
export type Render = (call: Call) => Sql | CompileError

/** A function: what is wrong with a call's types, or null; and its SQL in each dialect. */
export interface FunctionForm extends Readonly<Record<DialectName, Render>> {
  readonly check: (dialect: string, node: CallNode) => CompileError | null
}

/** Whether a rendering is the reason why there is none. */
export const isProblem = (written: Sql | CompileError): written is CompileError => !Array.isArray(written)

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A form that all dialects share, but for those that say it otherwise. */
export const form = (
  check: FunctionForm['check'],
  shared: Render,
  others: Partial<Readonly<Record<DialectName, Render>>> = {},
): FunctionForm => ({ check, postgres: shared, mysql: shared, mariadb: shared, sqlite: shared, ...others })

/** `name(a, b, …)`. */
export const named =
  (name: string): Render =>
  ({ operands }) =>
    sql`${name}(${join(operands, ', ')})`

/** What a dialect says in other words, and why: for `explain`. */
export const noting =
  (why: string, render: Render): Render =>
  (call) => {
    call.note(why)
    return render(call)
  }

/** A dialect that cannot: what it cannot do, and what to do instead. */
export const cannot =
  (what: string, instead: string): Render =>
  ({ dialect }) =>
    unsupported(dialect.name, what, instead)

// -------------------------------------------------------------------------------------
// checks
// -------------------------------------------------------------------------------------

/** The tags of text. */
export const textTags: ReadonlyArray<TypeTag> = ['Varchar', 'Text', 'Char', 'Enumeration']
/** The tags of whole numbers that count things. */
export const wholeTags: ReadonlyArray<TypeTag> = ['SmallInt', 'Integer', 'BigInt', 'Unsigned', 'Count']

const problemOf = (
  node: CallNode,
  operand: ExprNode | undefined,
  tags: ReadonlyArray<TypeTag>,
  wanted: string,
): CompileError | null =>
  operand === undefined || tags.includes(operand.type._tag)
    ? null
    : illFormed(`${node.name} takes ${wanted}: here is ${typeName(operand.type)}`)

const typeName = (type: SqlType<unknown>): string => type._tag.toLowerCase()

/** All operands are of these types. */
export const all =
  (tags: ReadonlyArray<TypeTag>, wanted: string): FunctionForm['check'] =>
  (_, node) => {
    for (const operand of node.operands) {
      const problem = problemOf(node, operand, tags, wanted)
      if (problem !== null) return problem
    }
    return null
  }

/** The operands in their order are of these types; operands beyond the list are not looked at. */
export const each =
  (...wanted: ReadonlyArray<readonly [ReadonlyArray<TypeTag>, string]>): FunctionForm['check'] =>
  (_, node) => {
    for (const [at, [tags, what]] of wanted.entries()) {
      const problem = problemOf(node, node.operands[at], tags, what)
      if (problem !== null) return problem
    }
    return null
  }

/** The operands are of types that can stand for each other. */
export const alikeTypes: FunctionForm['check'] = (_, node) => {
  const [first, ...rest] = node.operands.map((operand) => operand.type)
  let both: SqlType<unknown> | null = first ?? node.type
  for (const type of rest) {
    const before: SqlType<unknown> = both
    both = unified(before, type)
    if (both === null)
      return illFormed(`${node.name} takes values of one type: ${typeName(before)} and ${typeName(type)} are two`)
  }
  return null
}
