/**
 * Functions that choose, as SQL.
 */
import type { ChoiceFunction } from '../expr/choice-functions.js'
import type { TypeTag } from '../expr/sql-type.js'
import { converted } from './convert.js'
import { alikeTypes, all, type Call, form, type FunctionForm, named, noting, type Render } from './function-form.js'
import { join, type Sql, sql } from './sql.js'

const ordered: ReadonlyArray<TypeTag> = [
  'SmallInt',
  'Integer',
  'BigInt',
  'Count',
  'Double',
  'Numeric',
  'Varchar',
  'Text',
  'Char',
  'Enumeration',
  'Date',
  'Time',
  'Timestamp',
  'TimestampTz',
]

const equal: ReadonlyArray<TypeTag> = [...ordered, 'Boolean', 'Uuid', 'Binary']

/** Values of one type that has an order on every engine. */
const comparable: FunctionForm['check'] = (dialect, node) =>
  all(ordered, 'numbers, text or times')(dialect, node) ?? alikeTypes(dialect, node)

/** The operands in the type of the result. */
const alike = (call: Call): ReadonlyArray<Sql> =>
  call.node.operands.map(({ type }, i) => converted(call.dialect, call.operand(i), type, call.node.type))

const choice =
  (name: string): Render =>
  (call) =>
    sql`${name}(${join(alike(call), ', ')})`

/** PostgreSQL chooses among those that are there. */
const unlessNull =
  (name: string): Render =>
  (call) => {
    const operands = alike(call)
    const absent = operands.map((operand) => sql`${operand} IS NULL`)
    return sql`(CASE WHEN ${join(absent, ' OR ')} THEN NULL ELSE ${name}(${join(operands, ', ')}) END)`
  }

const nullNote = 'a CASE, null where one of the values is'

export const choiceFunctions: { readonly [N in ChoiceFunction]: FunctionForm } = {
  greatest: form(comparable, choice('greatest'), {
    postgres: noting(nullNote, unlessNull('greatest')),
    sqlite: choice('max'),
  }),
  least: form(comparable, choice('least'), { postgres: noting(nullNote, unlessNull('least')), sqlite: choice('min') }),
  nullIf: form(
    (dialect, node) => all(equal, 'values that can be compared')(dialect, node) ?? alikeTypes(dialect, node),
    named('nullif'),
    {
      sqlite: (call) => {
        const [left, right] = call.node.operands
        const other =
          left?.type._tag === 'Numeric' && right !== undefined && right.type.scale > left.type.scale
            ? sql`CASE WHEN ${converted(call.dialect, call.operand(0), left.type, right.type)} = ${call.operand(1)} THEN ${call.operand(0)} END`
            : converted(call.dialect, call.operand(1), right?.type ?? call.node.type, call.node.type)
        return sql`nullif(${call.operand(0)}, ${other})`
      },
    },
  ),
}
