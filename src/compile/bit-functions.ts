/**
 * Functions of bits as SQL. MySQL and MariaDB calculate in 64 bits without a sign; SQLite in 64 with one, and without XOR.
 */
import { type BitFunction, widthOf } from '../expr/bit-functions.js'
import type { TypeTag } from '../expr/sql-type.js'
import { alikeTypes, all, type Call, each, form, type FunctionForm, noting, type Render } from './function-form.js'
import { type Sql, sql } from './sql.js'

const whole: ReadonlyArray<TypeTag> = ['SmallInt', 'Integer', 'BigInt']
const narrow: ReadonlyArray<TypeTag> = ['SmallInt', 'Integer']

/** Both are numbers, or both bigints. */
const bits: FunctionForm['check'] = (dialect, node) =>
  all(whole, 'integers or bigints')(dialect, node) ?? alikeTypes(dialect, node)
const shift = each([whole, 'integers or bigints'], [narrow, 'a number of places that is an integer'])

const infix =
  (operator: string): Render =>
  ({ operand }) =>
    sql`(${operand(0)} ${operator} ${operand(1)})`

const signNote = 'the 64 bits get their sign again'
const placesNote = 'the number of places is looked at first'

/** The 64 bits with their sign again. */
const signed =
  (render: (call: Call) => Sql): Render =>
  (call) => {
    call.note(signNote)
    return sql`CAST(${render(call)} AS SIGNED)`
  }

const inFamily = (operator: string): { readonly mysql: Render; readonly mariadb: Render } => {
  const render = signed(({ operand }) => sql`(${operand(0)} ${operator} ${operand(1)})`)
  return { mysql: render, mariadb: render }
}

// -------------------------------------------------------------------------------------
// shifts
// -------------------------------------------------------------------------------------

/** The low bits of 64, with the sign of the highest of them. */
const narrowed = (call: Call, value: Sql): Sql => {
  const width = widthOf(call.node.type)
  const [low, half] = [String(2 ** width - 1), String(2 ** (width - 1))]
  const bits = width === 64 ? value : sql`(((${value} & ${low}) + ${half}) & ${low})`
  const signedBits = call.dialect.name === 'sqlite' ? bits : sql`CAST(${bits} AS SIGNED)`
  return width === 64 ? signedBits : sql`(${signedBits} - ${half})`
}

/** PostgreSQL counts places modulo the width. */
const postgresLeft: Render = ({ operand, node }) => {
  const most = String(widthOf(node.type) - 1)
  const [value, places] = [operand(0), operand(1)]
  return sql`(CASE WHEN ${places} BETWEEN 0 AND ${most} THEN ${value} << ${places} WHEN ${places} > ${most} THEN ${value} & ${zero(node.type._tag)} END)`
}

const zero = (tag: TypeTag): string =>
  tag === 'SmallInt' ? 'CAST(0 AS smallint)' : tag === 'BigInt' ? 'CAST(0 AS bigint)' : '0'

const postgresRight: Render = ({ operand, node }) =>
  sql`(CASE WHEN ${operand(1)} >= 0 THEN ${operand(0)} >> least(${operand(1)}, ${String(widthOf(node.type) - 1)}) END)`

const ifPlaces = (call: Call, shifted: Sql): Sql => sql`(CASE WHEN ${call.operand(1)} >= 0 THEN ${shifted} END)`

const shiftedLeft: Render = (call) => ifPlaces(call, narrowed(call, sql`(${call.operand(0)} << ${call.operand(1)})`))

/** Without a sign a shift to the right brings zeros: the bits of a negative number are turned before and after. */
const familyRight: Render = (call) => {
  const [value, places] = [call.operand(0), call.operand(1)]
  return ifPlaces(
    call,
    sql`CAST((CASE WHEN ${value} < 0 THEN ~(~${value} >> ${places}) ELSE ${value} >> ${places} END) AS SIGNED)`,
  )
}

export const bitFunctions: { readonly [N in BitFunction]: FunctionForm } = {
  bitAnd: form(bits, infix('&'), inFamily('&')),
  bitOr: form(bits, infix('|'), inFamily('|')),
  bitXor: form(bits, infix('#'), {
    ...inFamily('^'),
    // All bits of either, without those of both, which are among them: nothing is borrowed.
    sqlite: noting(
      'all bits of either, without those of both',
      ({ operand }) => sql`((${operand(0)} | ${operand(1)}) - (${operand(0)} & ${operand(1)}))`,
    ),
  }),
  bitNot: form(bits, ({ operand }) => sql`(~ ${operand(0)})`, {
    mysql: signed(({ operand }) => sql`(~ ${operand(0)})`),
    mariadb: signed(({ operand }) => sql`(~ ${operand(0)})`),
  }),
  shiftLeft: form(shift, noting(placesNote, postgresLeft), {
    mysql: noting(placesNote, shiftedLeft),
    mariadb: noting(placesNote, shiftedLeft),
    sqlite: noting(placesNote, shiftedLeft),
  }),
  shiftRight: form(shift, noting(placesNote, postgresRight), {
    mysql: noting(placesNote, familyRight),
    mariadb: noting(placesNote, familyRight),
    sqlite: noting(placesNote, (call) => ifPlaces(call, sql`(${call.operand(0)} >> ${call.operand(1)})`)),
  }),
}
