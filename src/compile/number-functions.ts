/**
 * Functions of numbers as SQL.
 */
import type { MathFunction, NumberFunction } from '../expr/number-functions.js'
import type { TypeTag } from '../expr/sql-type.js'
import { bitFunctions } from './bit-functions.js'
import { castForm } from './cast.js'
import { choiceFunctions } from './choice-functions.js'
import { unsupported } from './compile-error.js'
import { power as tens } from './convert.js'
import { all, type Call, form, type FunctionForm, named, noting, type Render } from './function-form.js'
import { type Sql, sql } from './sql.js'
import { truthFunctions } from './truth-functions.js'

/** Numbers with a sign: MySQL's and MariaDB's unsigned ones cannot be below zero. */
const signed: ReadonlyArray<TypeTag> = ['SmallInt', 'Integer', 'BigInt', 'Count', 'Real', 'Double', 'Numeric']
/** What engines make a double of exactly, or to the nearest. */
const doubled: ReadonlyArray<TypeTag> = ['SmallInt', 'Integer', 'BigInt', 'Count', 'Real', 'Double']

const aNumber = all(signed, 'a number with a sign')

/** A decimal that SQLite keeps as text has no digits to calculate with there. */
const calculable =
  (check: FunctionForm['check']): FunctionForm['check'] =>
  (dialect, node) =>
    check(dialect, node) ??
    (dialect === 'sqlite' && node.operands.some(({ type }) => type._tag === 'Numeric' && type.storedAs === 'text')
      ? unsupported(
          dialect,
          `calculate ${node.name} of a numeric that is kept as text`,
          'a numeric of at most 18 digits',
        )
      : null)

// -------------------------------------------------------------------------------------
// rounding
// -------------------------------------------------------------------------------------

/** Doubles keep no decimal digits, and their halves are rounded in as many ways as there are engines. */
const rounding =
  (doubles: boolean): FunctionForm['check'] =>
  (dialect, node) => {
    const problem = all(['Numeric', 'Double', 'Real'], 'a number')(dialect, node)
    const [operand] = node.operands
    if (problem !== null || operand === undefined || operand.type._tag === 'Numeric') return problem
    if (!doubles) return unsupported(dialect, 'round doubles to the nearest', 'a numeric, or truncate, ceil or floor')
    return node.words === '0'
      ? null
      : unsupported(dialect, 'keep so many decimal digits of a double', 'a numeric, or round in the application')
  }

/** How many digits a rounding takes away. */
const removed = ({ node }: Call): number => (node.operands[0]?.type.scale ?? 0) - node.type.scale

const isDecimal = ({ node }: Call): boolean => node.operands[0]?.type._tag === 'Numeric'

/** SQLite's decimals are whole numbers of their last digit: what goes away is a quotient, and `step` of the rest. */
const ofUnits =
  (name: string, step: (rest: Sql, unit: string, half: string) => Sql): Render =>
  (call) => {
    const of = call.operand(0)
    if (!isDecimal(call)) return sql`${name}(${of})`
    const one = tens(removed(call))
    call.note('decimals are whole numbers there: a quotient, and what the rest says')
    return sql`(${of} / ${one}${step(sql`(${of} % ${one})`, one, `5${'0'.repeat(removed(call) - 1)}`)})`
  }

/** CEILING and FLOOR of a decimal may be a 64-bit integer there. */
const toDecimal =
  (name: string): Render =>
  (call) =>
    isDecimal(call) ? sql`CAST(${name}(${call.operand(0)}) AS DECIMAL(65,0))` : sql`${name}(${call.operand(0)})`

const withDigits =
  (name: string): Render =>
  ({ operand, node }) =>
    sql`${name}(${operand(0)}, ${String(node.type.scale)})`

const truncated: Render = (call) => (isDecimal(call) ? withDigits('trunc')(call) : sql`trunc(${call.operand(0)})`)

// -------------------------------------------------------------------------------------
// doubles
// -------------------------------------------------------------------------------------

const doubleNames = { postgres: 'double precision', mysql: 'DOUBLE', mariadb: 'DOUBLE', sqlite: 'REAL' } as const

const asDouble = ({ operand, dialect }: Call, at: number): Sql =>
  sql`CAST(${operand(at)} AS ${doubleNames[dialect.name]})`

/** `name(x)` of a double where `x` is in the range: PostgreSQL has errors for the others. */
const inRange =
  (name: string, range: string): Render =>
  (call) => {
    const of = asDouble(call, 0)
    return sql`${name}(CASE WHEN ${of} ${range} THEN ${of} END)`
  }

const power: Render = (call) => {
  const [a, b] = [asDouble(call, 0), asDouble(call, 1)]
  return sql`(CASE WHEN (${a} > 0) OR (${a} = 0 AND ${b} >= 0) OR (${a} < 0 AND ${b} = floor(${b})) THEN power(${a}, ${b}) END)`
}

/** 53 bits of SQLite's 64, as a fraction. */
const fraction: Render = () => sql`((random() & 9007199254740991) / 9007199254740992.0)`

// -------------------------------------------------------------------------------------
// forms
// -------------------------------------------------------------------------------------

const mathFunctions: { readonly [N in MathFunction]: FunctionForm } = {
  abs: form(calculable(aNumber), named('abs')),
  negate: form(calculable(aNumber), ({ operand }) => sql`(- ${operand(0)})`),
  sign: form(calculable(aNumber), ({ operand }) => sql`sign(${operand(0)})`, {
    postgres: ({ operand }) => sql`CAST(sign(${operand(0)}) AS integer)`,
  }),
  round: form(calculable(rounding(false)), withDigits('round'), {
    // The rest by half a unit is 1 from half a unit on, with the sign of the rest.
    sqlite: ofUnits('round', (rest, _, half) => sql` + ${rest} / ${half}`),
  }),
  truncate: form(calculable(rounding(true)), withDigits('truncate'), {
    postgres: truncated,
    sqlite: ofUnits('trunc', () => sql``),
  }),
  ceil: form(calculable(rounding(true)), toDecimal('ceiling'), {
    postgres: named('ceil'),
    sqlite: ofUnits('ceil', (rest) => sql` + (${rest} > 0)`),
  }),
  floor: form(calculable(rounding(true)), toDecimal('floor'), {
    postgres: named('floor'),
    sqlite: ofUnits('floor', (rest) => sql` - (${rest} < 0)`),
  }),
  sqrt: form(all(doubled, 'an integer or a double'), inRange('sqrt', '>= 0')),
  power: form(all(doubled, 'integers or doubles'), power),
  exp: form(all(doubled, 'an integer or a double'), (call) => sql`exp(${asDouble(call, 0)})`),
  ln: form(all(doubled, 'an integer or a double'), inRange('ln', '> 0')),
  random: form(() => null, named('random'), {
    mysql: named('rand'),
    mariadb: named('rand'),
    sqlite: noting('53 bits of a random integer', fraction),
  }),
}

export const numberFunctions: { readonly [N in NumberFunction]: FunctionForm } = {
  ...mathFunctions,
  ...bitFunctions,
  ...choiceFunctions,
  ...truthFunctions,
  cast: castForm,
}
