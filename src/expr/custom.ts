/**
 * Defining expressions of one's own: how each engine says one, and what it means in memory.
 */
import type * as t from 'io-ts'

import type { ColumnSpec, ColumnValue } from './column.js'
import { custom, type CustomForm, type EngineName, nextForm, type Renderer } from './custom-node.js'
import { expr, type Expr, type NullOf, type NulOf, operand, refusedValue, type SrcOf, type ValueOf } from './expr.js'
import { shownName } from './name.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type Specs = ReadonlyArray<ColumnSpec<unknown>>

/** The values of the operands as the meaning in memory gets them. */
export type CustomValues<Takes extends Specs> = { readonly [K in keyof Takes]: ColumnValue<Takes[K]> }

/**
 * What an expression of one's own is.
 *
 * An operand whose type is not `nullable(…)` makes the whole null where it is null. Most functions of SQL do that by themselves;
 * in memory `evaluate` is not asked then.
 */
export interface CustomDefinition<Takes extends Specs, A, D = null> {
  /** A name of its own: by it what was stored is read back, and a derived dialect says it in other words. */
  readonly name: string
  /** The types of its operands. */
  readonly takes: readonly [...Takes]
  /** The type of what it gives. */
  readonly gives: ColumnSpec<A>
  /** Its SQL by engine, and what the `others` say; an engine that has neither cannot say it (`Unsupported`). */
  readonly render: Partial<Readonly<Record<EngineName | 'others', Renderer<D>>>>
  /** What it means in memory; without it it has no meaning there (`NotEvaluable`). */
  readonly evaluate?: (values: CustomValues<Takes>, data: D) => A
}

/** What an operand may be: an expression of its type, null or not, or a value. */
export type CustomOperand<T> = Expr<NonNullable<ColumnValue<T>> | null, string, string> | NonNullable<ColumnValue<T>>

/** Null where an operand can be that the definition does not take null for. */
type StrictNull<Takes, Es> = {
  readonly [K in keyof Es]: K extends keyof Takes
    ? null extends ColumnValue<Takes[K]>
      ? never
      : NullOf<ValueOf<Es[K]>>
    : never
}

type Members<Es> = Es extends ReadonlyArray<unknown> ? Es[number] : never

/** Makes expressions of operands. */
export interface CustomCall<Takes extends Specs, A> {
  <const Es extends { readonly [K in keyof Takes]: CustomOperand<Takes[K]> }>(
    ...operands: Es & ReadonlyArray<unknown>
  ): Expr<A | Members<StrictNull<Takes, Es>>, SrcOf<Members<Es>>, NulOf<Members<Es>>>
}

declare const CustomT: unique symbol

/** An expression of the user's own by its definition, for who reads what was stored. */
export interface Custom {
  readonly [CustomT]: true
}

/** Makes expressions by a definition. */
export interface CustomFunction<Takes extends Specs, A> extends CustomCall<Takes, A>, Custom {}

/** Makes functions by a definition that are told apart by data. */
export interface CustomFamily<Takes extends Specs, A, D> extends Custom {
  (data: D): CustomCall<Takes, A>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const held: unique symbol = Symbol('relvar/custom')

const engines: ReadonlyArray<EngineName | 'others'> = ['postgres', 'mysql', 'mariadb', 'sqlite', 'others']

/** What is in a definition as its node keeps it; throws where it cannot be right. */
const formOf = <Takes extends Specs, A, D>(
  what: string,
  { name, takes, gives, render, evaluate }: CustomDefinition<Takes, A, D>,
  data: t.Decoder<unknown, D> | null,
): CustomForm => {
  if (typeof name !== 'string' || !/^[A-Za-z_][\w.-]*$/.test(name))
    throw new TypeError(`${what}: ${shownName(name)} is no name: letters, digits and _ . - make one`)
  const specs: ReadonlyArray<ColumnSpec<unknown> | undefined> = Array.isArray(takes) ? takes : []
  const slots = specs.map((spec) => {
    if (spec?.type === undefined) throw new TypeError(`${what} "${name}": each operand has a type`)
    return { type: spec.type, nullable: spec.nullable }
  })
  if (gives?.type === undefined) throw new TypeError(`${what} "${name}": what it gives has a type`)
  const unknown = Object.keys(render).find((engine) => !engines.some((known) => known === engine))
  if (unknown !== undefined) throw new TypeError(`${what} "${name}": there is no engine "${unknown}"`)
  const renderers = engines.flatMap((engine) => {
    const renderer = render[engine]
    // A renderer gets the data that its own definition's decoder took.
    return typeof renderer === 'function' ? [[engine, renderer as Renderer<unknown>] as const] : []
  })
  return Object.freeze({
    name,
    id: nextForm(),
    takes: Object.freeze(slots),
    gives: Object.freeze({ type: gives.type, nullable: gives.nullable }),
    data,
    render: new Map(renderers),
    // As the renderers; and the values are those of the types that it takes.
    evaluate: evaluate === undefined ? null : (evaluate as CustomForm['evaluate']),
  })
}

const calling =
  (form: CustomForm, data: unknown) =>
  (...given: ReadonlyArray<unknown>): Expr<unknown> => {
    // What an untyped caller left out is refused when it is bound, and one too many when it is compiled.
    const places = form.takes.map(({ type }, at) => operand(at < given.length ? given[at] : refusedValue, type))
    const tooMany = given.slice(form.takes.length).map((value) => operand(value, form.gives.type))
    return expr(custom(form, [...places, ...tooMany], data))
  }

/** A definition behind what was made of it; null where it is none. */
export const formOfCustom = (u: Custom): CustomForm | null => {
  const given: unknown = u
  if (typeof given !== 'function' || !(held in given)) return null
  // Only the constructors of this file set the symbol, and always to a form.
  return given[held] as CustomForm
}

/**
 * A function of one's own: how each engine says it and what it means in memory. It stands wherever an expression of its type does,
 * and is compiled, cached, shown, stored (`queryCodec`, with the function in `custom`) and evaluated like one of relvar's.
 *
 * The SQL must be null where the meaning is: PostgreSQL's LEAST leaves nulls out, say, and most functions do not.
 *
 * A renderer writes SQL around what stands below, by a template; it sees no value, so none can become text.
 *
 * @throws TypeError where the definition cannot be right: no name, an engine that nobody knows.
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { customFunction, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const gap = customFunction({
 *   name: 'gap',
 *   takes: [integer, integer],
 *   gives: integer,
 *   render: {
 *     postgres: ({ sql, operand }) => sql`@(${operand(0)} - ${operand(1)})`,
 *     others: ({ sql, operand }) => sql`abs(${operand(0)} - ${operand(1)})`,
 *   },
 *   evaluate: ([a, b]) => Math.abs(a - b),
 * })
 * assert.deepStrictEqual(evaluate(gap(literal(2, integer), 10))({}), E.right(8))
 *
 * @category constructors
 * @since 0.1.0
 */
export const customFunction = <const Takes extends Specs, A>(
  definition: CustomDefinition<Takes, A>,
): CustomFunction<Takes, A> => {
  const form = formOf('customFunction', definition, null)
  // The operands of a call are checked by its type; `held` stands for the brand.
  return Object.assign(calling(form, null), { [held]: form }) as unknown as CustomFunction<Takes, A>
}

/**
 * Functions of one's own that are told apart by data: JSON that `data` decodes. The data are part of the function, not of its
 * operands: a renderer sees them and writes other SQL for other data; what varies from call to call belongs among the operands.
 *
 * @throws TypeError as `customFunction`.
 * @example
 * import * as t from 'io-ts'
 * import { customFamily, date, integer, table } from 'relvar'
 *
 * const part = customFamily({
 *   name: 'part',
 *   data: t.keyof({ year: null, month: null }),
 *   takes: [date],
 *   gives: integer,
 *   render: {
 *     postgres: ({ sql, operand, data }) =>
 *       data === 'year' ? sql`extract(year from ${operand(0)})::int` : sql`extract(month from ${operand(0)})::int`,
 *   },
 * })
 * const users = table('users', { born: date })
 * part('year')(users.born)
 *
 * @category constructors
 * @since 0.1.0
 */
export const customFamily = <const Takes extends Specs, A, D>(
  definition: CustomDefinition<Takes, A, NoInfer<D>> & { readonly data: t.Decoder<unknown, D> },
): CustomFamily<Takes, A, D> => {
  const form = formOf('customFamily', definition, definition.data)
  if (typeof definition.data?.decode !== 'function')
    throw new TypeError(`customFamily "${form.name}": "data" is the codec of its data`)
  // As in `customFunction`.
  return Object.assign((data: D) => calling(form, data), { [held]: form }) as unknown as CustomFamily<Takes, A, D>
}
