/**
 * From positional raw rows to rows: one function a statement, made once, that builds each row object in one go.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import type { SqlType } from '../expr/sql-type.js'
import { bad, type Decode, decoderOf } from './decode.js'
import { showValue } from './encode.js'
import { type DecodeFailure, decodeFailure } from './load-error.js'
import type { RawRow } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One output. `absent` is the output that is null where the source of this one is absent. */
export interface LeafPlan {
  readonly _tag: 'Leaf'
  readonly at: number
  readonly type: SqlType<unknown>
  readonly nullable: boolean
  readonly absent: number | null
  readonly place: string
}

/** A record of outputs; null where the output `absent` is. */
export interface RecordPlan {
  readonly _tag: 'Record'
  readonly fields: ReadonlyArray<{ readonly key: string; readonly plan: RowPlan }>
  readonly absent: number | null
}

export type RowPlan = LeafPlan | RecordPlan

/** Reads all rows of a reply, or says which value is not what the schema says. */
export type ReadRows = (rows: ReadonlyArray<RawRow>, statement: string) => Either<DecodeFailure, ReadonlyArray<unknown>>

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The leaves of a plan in the order of its fields. */
export const leavesOf = (plan: RowPlan): ReadonlyArray<LeafPlan> =>
  plan._tag === 'Leaf' ? [plan] : plan.fields.flatMap((f) => leavesOf(f.plan))

/** One value by its plan; `bad` where it is not what the schema says. */
const readLeaf = (leaf: LeafPlan, decode: Decode, raw: RawRow): unknown => {
  const value = raw[leaf.at]
  if (value !== null && value !== undefined) return decode(value)
  return leaf.nullable || (leaf.absent !== null && (raw[leaf.absent] ?? null) === null) ? null : bad
}

type ReadRow = (raw: RawRow) => unknown

/** The plan as nested closures: what runs where code cannot be made from text. */
const interpreted = (plan: RowPlan): ReadRow => {
  if (plan._tag === 'Leaf') {
    const decode = decoderOf(plan.type)
    return (raw) => readLeaf(plan, decode, raw)
  }
  const fields = plan.fields.map((f) => [f.key, interpreted(f.plan)] as const)
  const { absent } = plan
  return (raw) => {
    if (absent !== null && (raw[absent] ?? null) === null) return null
    const row: Record<string, unknown> = {}
    for (const [key, read] of fields) {
      const value = read(raw)
      if (value === bad) return bad
      // A column may be called __proto__: it is defined, not assigned.
      if (key === '__proto__')
        Object.defineProperty(row, key, { value, enumerable: true, writable: true, configurable: true })
      else row[key] = value
    }
    return row
  }
}

const literal = (plan: RowPlan, leaf: (l: LeafPlan) => string): string => {
  if (plan._tag === 'Leaf') return leaf(plan)
  // Only a computed key defines __proto__ as a property; plain keys make a faster literal.
  const isPlain = plan.fields.every((f) => f.key !== '__proto__')
  const named = (key: string): string => (isPlain ? JSON.stringify(key) : `[${JSON.stringify(key)}]`)
  // Each field once: twice would be 2^n times in a record of records n deep.
  const body = `{${plan.fields.map((f) => `${named(f.key)}: ${literal(f.plan, leaf)}`).join(', ')}}`
  return plan.absent === null ? body : `(r[${plan.absent}] === null ? null : ${body})`
}

/**
 * The plan as one function with one object literal: V8 gives all rows one hidden class. Keys enter the text by JSON.stringify
 * alone. Null where the host forbids making code from text.
 */
const generated = (plan: RowPlan): ReadRow | null => {
  const leaves = leavesOf(plan)
  const name = new Map(leaves.map((leaf, i) => [leaf, `v${i}`]))
  const lines = leaves.map((leaf, i) => {
    const isNull = leaf.nullable ? 'null' : leaf.absent === null ? 'bad' : `(r[${leaf.absent}] === null ? null : bad)`
    return `let v${i} = r[${leaf.at}]; v${i} = v${i} === null || v${i} === undefined ? ${isNull} : d${i}(v${i}); if (v${i} === bad) return bad`
  })
  const body = `return (r) => { ${lines.join('\n')}\nreturn ${literal(plan, (leaf) => name.get(leaf) ?? 'bad')} }`
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- the text is relvar's own but for keys, which JSON.stringify quotes
    const make: unknown = new Function('bad', ...leaves.map((_, i) => `d${i}`), body)
    // The text above is a function of `bad` and the decoders that gives a ReadRow.
    return (make as (...args: ReadonlyArray<unknown>) => ReadRow)(bad, ...leaves.map((leaf) => decoderOf(leaf.type)))
  } catch {
    // A content security policy forbids it: the closures do the same.
    return null
  }
}

const failureOf = (plan: RowPlan, raw: RawRow, row: number, statement: string): DecodeFailure => {
  const wrong = leavesOf(plan).find((leaf) => readLeaf(leaf, decoderOf(leaf.type), raw) === bad)
  if (wrong === undefined) return decodeFailure('a row', row, 'cannot be read', statement)
  const value = raw[wrong.at] ?? null
  const why =
    value === null
      ? 'the database gave NULL for what the schema says is not null'
      : `${wrong.type.secretOf === null ? showValue(value) : 'a secret value'} is no ${wrong.type.decoder.name}`
  return decodeFailure(wrong.place, row, why, statement)
}

/** The reader of a plan, made once a statement. */
export const readerOf = (plan: RowPlan): ReadRows => {
  const read = generated(plan) ?? interpreted(plan)
  return (rows, statement) => {
    const made: Array<unknown> = []
    for (let i = 0; i < rows.length; i++) {
      const raw = rows[i]
      const row = raw === undefined ? bad : read(raw)
      if (row === bad) return left(failureOf(plan, raw ?? [], i, statement))
      made.push(row)
    }
    return right(made)
  }
}
