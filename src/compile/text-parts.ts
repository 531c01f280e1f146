/**
 * Parts of a text, and texts made of a text, as SQL: places from 0 become SQL's from 1.
 */
import type { CallNode } from '../expr/call-node.js'
import type { TextPartFunction } from '../expr/text-parts.js'
import { illFormed } from './compile-error.js'
import {
  all,
  type Call,
  cannot,
  each,
  form,
  type FunctionForm,
  named,
  noting,
  type Render,
  textTags,
  wholeTags,
} from './function-form.js'
import { join, refused, type Sql, sql } from './sql.js'

const text = [textTags, 'text'] as const
const whole = [wholeTags, 'a whole number'] as const

/** Beyond the end of any text; sums of two of these are integers still. */
const furthest = '1000000000'

const isThere = (node: CallNode, at: number): boolean => {
  const operand = node.operands[at]
  return operand?._tag === 'Param' && !operand.nullable
}

/** A place or a number of characters: 0 where it is negative, and never beyond what a text can have. */
const clamped = ({ dialect, node, operand }: Call, at: number): Sql => {
  const x = operand(at)
  if (dialect.name === 'sqlite') return sql`min(max(${x}, 0), ${furthest})`
  const between = sql`least(greatest(${x}, 0), ${furthest})`
  if (dialect.name !== 'postgres') return between
  // There, greatest and least leave nulls out.
  return isThere(node, at)
    ? sql`CAST(${between} AS integer)`
    : sql`CAST(CASE WHEN ${x} < 0 THEN 0 WHEN ${x} > ${furthest} THEN ${furthest} ELSE ${x} END AS integer)`
}

const substring: Render = (call) =>
  call.operands.length > 2
    ? sql`substr(${call.operand(0)}, ${clamped(call, 1)} + 1, ${clamped(call, 2)})`
    : sql`substr(${call.operand(0)}, ${clamped(call, 1)} + 1)`

const placed =
  (name: string, order: readonly [number, number]): Render =>
  ({ operand }) =>
    sql`(${name}(${operand(order[0])}, ${operand(order[1])}) - 1)`

/** Where there is nothing to replace, SQLite and MariaDB do not look whether what it would become is null. */
const replaced: Render = (call) => {
  const written = sql`replace(${join(call.operands, ', ')})`
  return isThere(call.node, 2) ? written : sql`(CASE WHEN ${call.operand(2)} IS NOT NULL THEN ${written} END)`
}

const taken =
  (name: 'left' | 'right'): Render =>
  (call) =>
    sql`${name}(${call.operand(0)}, ${clamped(call, 1)})`

// -------------------------------------------------------------------------------------
// what grows
// -------------------------------------------------------------------------------------

/** What is too long for an engine is null on one and an error on another: no text grows further than this at once. */
export const mostTimes = 10_000

/** Why a number or a filling is refused, or null. */
export const growthProblem = (value: unknown): string | null => {
  if (value === '') return 'there is nothing to fill with'
  const tooLarge = (typeof value === 'bigint' || typeof value === 'number') && value > mostTimes
  return tooLarge ? `${value} is more than ${mostTimes}` : null
}

/** An operand as it is bound: refused where it is too large, or nothing to fill with. */
const grown = ({ operand }: Call, at: number): Sql =>
  operand(at).map((piece) =>
    typeof piece === 'string'
      ? piece
      : {
          ...piece,
          encode: (value) => {
            const wire = piece.encode(value)
            const problem = growthProblem(wire)
            return problem === null ? wire : refused(problem)
          },
        },
  )

/** What engines refuse by its value must be bound. */
const bound =
  (types: FunctionForm['check']): FunctionForm['check'] =>
  (dialect, node) =>
    types(dialect, node) ??
    (node.operands.slice(1).every((e) => e._tag === 'Param')
      ? null
      : illFormed(`${node.name} takes values besides its text, no expressions of rows`))

const padded =
  (name: 'lpad' | 'rpad'): Render =>
  (call) =>
    sql`${name}(${call.operand(0)}, greatest(${grown(call, 1)}, 0), ${grown(call, 2)})`

/** SQLite has neither repeat nor padding: zero bytes in hexadecimal are as many `00` as are wanted. */
const zeroNote = 'as many zero bytes as are wanted, each replaced'
const zeros = (count: Sql): Sql => sql`hex(zeroblob(${count}))`

const paddedBySqlite =
  (name: 'lpad' | 'rpad'): Render =>
  (call) => {
    const [x, n] = [call.operand(0), grown(call, 1)]
    const missing = sql`${n} - length(${x})`
    const filled = sql`substr(replace(${zeros(missing)}, '00', ${grown(call, 2)}), 1, ${missing})`
    const whole = name === 'lpad' ? sql`${filled} || ${x}` : sql`${x} || ${filled}`
    return sql`(CASE WHEN length(${x}) >= ${n} THEN substr(${x}, 1, max(${n}, 0)) ELSE ${whole} END)`
  }

/** What LIKE takes for itself, with the escape character before it. */
const literally: Render = ({ operand }) =>
  sql`replace(replace(replace(${operand(0)}, '!', '!!'), '%', '!%'), '_', '!_')`

export const textParts: { readonly [N in TextPartFunction]: FunctionForm } = {
  substring: form(each(text, whole, whole), substring),
  indexOf: form(all(...text), placed('locate', [1, 0]), {
    postgres: placed('strpos', [0, 1]),
    sqlite: placed('instr', [0, 1]),
  }),
  replace: form(all(...text), replaced, { postgres: named('replace') }),
  takeLeft: form(each(text, whole), taken('left'), {
    sqlite: noting('a substring', (call) => sql`substr(${call.operand(0)}, 1, ${clamped(call, 1)})`),
  }),
  takeRight: form(each(text, whole), taken('right'), {
    sqlite: noting('a substring', (call) => sql`substr(${call.operand(0)}, -${clamped(call, 1)}, ${clamped(call, 1)})`),
  }),
  lpad: form(bound(each(text, whole, text)), padded('lpad'), {
    sqlite: noting(zeroNote, paddedBySqlite('lpad')),
  }),
  rpad: form(bound(each(text, whole, text)), padded('rpad'), {
    sqlite: noting(zeroNote, paddedBySqlite('rpad')),
  }),
  repeat: form(bound(each(text, whole)), (call) => sql`repeat(${call.operand(0)}, greatest(${grown(call, 1)}, 0))`, {
    sqlite: noting(
      zeroNote,
      (call) => sql`replace(${zeros(sql`max(${grown(call, 1)}, 0)`)}, '00', ${call.operand(0)})`,
    ),
  }),
  reverse: form(all(...text), named('reverse'), {
    sqlite: cannot('reverse a text', 'reverse it where it is read'),
  }),
  literally: form(all(...text), noting('three calls of replace', literally)),
}
