/**
 * An expression of the user's own: a node like any other, whose SQL and meaning its definition gives.
 */
import type * as t from 'io-ts'

import { copied, dataText, isPlain } from './custom-data.js'
import { allParams, allShapes, type Base, besideSecrets, type ExprNode, make, seed, typesOf } from './node.js'
import { hashText, mix } from './shape.js'
import { secretLike, type SqlType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The engines that there are SQL for. */
export type EngineName = 'postgres' | 'mysql' | 'mariadb' | 'sqlite'

declare const RenderedT: unique symbol

/** SQL that was written, with what is bound in it: nothing can be read out of it, and it can be put into more SQL. */
export interface RenderedSql {
  readonly [RenderedT]: true
}

/** What a renderer writes SQL from, and with. */
export interface Rendering<out D = null> {
  readonly engine: EngineName
  /** What stands below, written already; one where none is stands for NULL. */
  readonly operand: (at: number) => RenderedSql
  readonly operands: ReadonlyArray<RenderedSql>
  /** What was said of this node besides its operands. */
  readonly data: D
  /** SQL as a template: its text is trusted, and only SQL that was written already can be interpolated. */
  readonly sql: (texts: TemplateStringsArray, ...parts: ReadonlyArray<RenderedSql>) => RenderedSql
  /** An identifier in the quotes of the engine. */
  readonly name: (name: string) => RenderedSql
  /** A whole number as its digits, where an engine binds none: a length, a precision. */
  readonly digits: (n: number) => RenderedSql
  /** SQL with commas between. */
  readonly list: (parts: ReadonlyArray<RenderedSql>) => RenderedSql
}

/** From a node to its SQL on one engine. */
export type Renderer<in D = null> = (rendering: Rendering<D>) => RenderedSql

/** The type of an operand or result, and whether null is one of its values. */
export interface CustomSlot {
  readonly type: SqlType<unknown>
  readonly nullable: boolean
}

/** A definition as the compiler and the interpreter know it. */
export interface CustomForm {
  readonly name: string
  /** A number of its own: two definitions of one name are two. */
  readonly id: number
  readonly takes: ReadonlyArray<CustomSlot>
  readonly gives: CustomSlot
  readonly data: t.Decoder<unknown, unknown> | null
  readonly render: ReadonlyMap<EngineName | 'others', Renderer<unknown>>
  readonly evaluate: ((values: ReadonlyArray<unknown>, data: unknown) => unknown) | null
}

/** An expression by a definition of the user's. `data` is JSON. */
export interface CustomNode extends Base {
  readonly _tag: 'Custom'
  readonly name: string
  readonly form: CustomForm
  readonly operands: ReadonlyArray<ExprNode>
  readonly data: unknown
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

let forms = 0

/** A number that no other definition has. */
export const nextForm = (): number => (forms += 1)

/** A node by its definition; its data are copied, so that nobody changes them afterwards. */
export const custom = (form: CustomForm, given: ReadonlyArray<ExprNode>, said: unknown): CustomNode => {
  const data = isPlain(said) ? copied(said) : said
  const operands = besideSecrets(given)
  return make({
    _tag: 'Custom',
    name: form.name,
    form,
    operands,
    data,
    type: secretLike(form.gives.type, typesOf(operands)),
    shape: mix(mix(mix(allShapes(seed('custom'), operands), hashText(form.name)), form.id), hashText(dataText(data))),
    params: allParams(operands),
  })
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** What is wrong with the data of a node; null where nothing is. */
export const dataProblem = ({ form, data }: CustomNode): string | null => {
  if (!isPlain(data)) return `"${form.name}": its data are no JSON`
  if (form.data === null) return data === null ? null : `"${form.name}" takes no data`
  return form.data.decode(data)._tag === 'Right' ? null : `"${form.name}": its data are no ${form.data.name}`
}

/** Whether a null operand at a place makes the whole null: where the definition does not say that it takes null. */
export const isStrictAt = ({ takes }: CustomForm, at: number): boolean => takes[at]?.nullable !== true
