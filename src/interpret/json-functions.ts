/**
 * The meaning of functions of JSON documents. A document is what its codec makes of it; what stands in it is asked of its JSON.
 */
import * as E from 'fp-ts/lib/Either.js'

import { invalidValue } from '../compile/load-error.js'
import type { CallNode } from '../expr/call-node.js'
import type { JsonFunction, JsonKind } from '../expr/json-functions.js'
import { documentText } from '../expr/json-text.js'
import { toJsonForm } from '../expr/json-value.js'
import { isDouble, isInteger } from '../expr/number-value.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import { notEvaluable, type Result } from './eval-error.js'
import type { Meaning } from './function-meaning.js'
import { nullDocument } from './value.js'

// -------------------------------------------------------------------------------------
// documents
// -------------------------------------------------------------------------------------

/** The JSON of a document; `undefined` where there is none. */
const jsonOf = (type: SqlType<unknown> | undefined, value: unknown): Result<unknown> => {
  if (type === undefined || value === null || value === undefined) return E.right(undefined)
  return E.tryCatch(
    (): unknown => (value === nullDocument ? null : JSON.parse(documentText(plainOf(type).encode(value)))),
    () => invalidValue('a JSON document', `its codec ${type.decoder.name} does not encode it`),
  )
}

/** What stands at a path; `undefined` where nothing does. */
const at = (json: unknown, steps: ReadonlyArray<unknown>): unknown =>
  steps.reduce((of: unknown, step) => {
    if (typeof of !== 'object' || of === null) return undefined
    if (Array.isArray(of)) return typeof step === 'number' ? (of as ReadonlyArray<unknown>)[step] : undefined
    return typeof step === 'string' && Object.hasOwn(of, step) ? new Map(Object.entries(of)).get(step) : undefined
  }, json)

const kindOf = (json: unknown): JsonKind | null => {
  if (json === undefined) return null
  if (json === null) return 'null'
  if (Array.isArray(json)) return 'array'
  switch (typeof json) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof json as 'string' | 'number' | 'boolean' // one of the three that the cases name
    default:
      return 'object'
  }
}

/** A meaning that looks at what stands at the path of the first operand. */
const ofPart =
  (f: (json: unknown, node: CallNode) => Result<unknown>): Meaning =>
  ([document, ...steps], node) =>
    E.chain((json) => f(at(json, steps), node))(jsonOf(node.operands[0]?.type, document)) as Result<unknown>

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

const valueAt = (json: unknown, { type }: CallNode): Result<unknown> => {
  if (json === undefined || json === null) return E.right(null)
  switch (type._tag) {
    case 'Text':
      return E.right(typeof json === 'string' ? json : null)
    case 'Integer':
      return E.right(isInteger(json) ? json : null)
    case 'Double':
      return E.right(isDouble(json) ? json : null)
    case 'Boolean':
      return E.right(typeof json === 'boolean' ? json : null)
    default: {
      const decoded = plainOf(type).decoder.decode(json)
      return E.isRight(decoded)
        ? decoded
        : E.left(invalidValue('a part of a JSON document', `it is no ${type.decoder.name}`))
    }
  }
}

const lengthOf = (json: unknown): number | null =>
  typeof json === 'object' && json !== null ? Object.keys(json).length : null

/** Whether a document contains another, as PostgreSQL has it. */
const contains = (whole: unknown, part: unknown): boolean => {
  if (Array.isArray(part))
    return (
      Array.isArray(whole) &&
      (part as ReadonlyArray<unknown>).every((one) =>
        (whole as ReadonlyArray<unknown>).some((other) => contains(other, one)),
      )
    )
  if (typeof part !== 'object' || part === null) return whole === part
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return false
  const held = new Map<string, unknown>(Object.entries(whole))
  return Object.entries(part).every(([key, one]) => held.has(key) && contains(held.get(key), one))
}

const containing: Meaning = ([document, part], node) => {
  const whole = jsonOf(node.operands[0]?.type, document)
  if (E.isLeft(whole)) return whole
  return E.either.map(jsonOf(node.operands[1]?.type, part), (wanted) => {
    // A single value is contained in an array that has it.
    const isAlone = typeof wanted !== 'object' || wanted === null
    return Array.isArray(whole.right) && isAlone ? whole.right.includes(wanted) : contains(whole.right, wanted)
  })
}

/** A document made of values: as its own codec reads it. */
const made =
  (json: (values: ReadonlyArray<unknown>, node: CallNode) => unknown): Meaning =>
  (values, node) => {
    const decoded = node.type.decoder.decode(json(values, node))
    return E.isRight(decoded) ? decoded : E.left(notEvaluable(`${node.name}: a value is none of its type`))
  }

const formAt = (values: ReadonlyArray<unknown>, { operands }: CallNode, i: number): unknown => {
  const type = operands[i]?.type
  // Inside an evaluation a value is what a column keeps: the codec over it has not read it yet.
  return type === undefined || values[i] === nullDocument ? null : toJsonForm(plainOf(type), values[i])
}

export const jsonFunctions: { readonly [N in JsonFunction]: Meaning } = {
  jsonPath: ofPart(valueAt),
  jsonExists: ofPart((json) => E.right(json !== undefined)),
  jsonTypeOf: ofPart((json) => E.right(kindOf(json))),
  jsonLength: ofPart((json) => E.right(lengthOf(json))),
  jsonContains: containing,
  jsonObject: made((values, node) =>
    Object.fromEntries(
      values.flatMap((key, i) => (i % 2 === 0 ? [[String(key), formAt(values, node, i + 1)] as const] : [])),
    ),
  ),
  jsonArray: made((values, node) => values.map((_, i) => formAt(values, node, i))),
}
