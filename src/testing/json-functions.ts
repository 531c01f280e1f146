/**
 * Generators of functions of JSON documents.
 */
import * as fc from 'fast-check'

import { call, type CallNode } from '../expr/call-node.js'
import { containedParts } from '../expr/json-part.js'
import type { JsonFunction } from '../expr/json-functions.js'
import { anyDocument, jsonRecordType, jsonTupleType } from '../expr/json-value.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { booleanType, doubleType, integerType, type SqlType, textType, unsignedType } from '../expr/sql-type.js'
import { type Asked, given, type Maybe, someOf } from './context.js'
import type { Family } from './family.js'

interface Path {
  readonly words: string
  readonly steps: ReadonlyArray<ExprNode>
}

/** Keys and places that documents have, that they have not, and that engines could take for one another. */
const paths: fc.Arbitrary<Path> = fc
  .array(fc.constantFrom<string | number>('a', 'b', 'name', '0', '"', 0, 0, 1), { maxLength: 2 })
  .map((steps) => ({
    words: steps.map((step) => (typeof step === 'number' ? 'i' : 'k')).join(''),
    steps: steps.map((step): ExprNode => node.value(step, typeof step === 'number' ? unsignedType(32) : textType)),
  }))

const onPath = (
  asked: Asked,
  name: JsonFunction,
  type: SqlType<unknown>,
  nulls: CallNode['nulls'] = 'may',
): Maybe<CallNode> =>
  given(asked.below('json'), (documents) =>
    fc.tuple(documents, paths).map(([e, { words, steps }]) => call(name, [e, ...steps], type, { words, nulls })),
  )

const types: Readonly<Partial<Record<Family, SqlType<unknown>>>> = {
  text: textType,
  integer: integerType,
  double: doubleType,
  boolean: booleanType,
  json: anyDocument,
}

// Arrays are rarer: not every engine can look for them.
const parts = fc.oneof(
  { withCrossShrink: true },
  { weight: 8, arbitrary: fc.constantFrom<object>({}, { a: 1 }, { a: null }, { name: 'a' }, { a: { b: true } }) },
  { weight: 1, arbitrary: fc.constantFrom<object>({ a: 1, b: [1] }, ['a'], []) },
)

const containing = (asked: Asked): Maybe<CallNode> =>
  asked.family === 'boolean'
    ? given(asked.below('json'), (documents) =>
        fc.tuple(documents, parts).map(([e, contained]) => {
          const { words, parts: bound } = containedParts(contained)
          return call('jsonContains', [e, node.value(contained, anyDocument), ...bound], booleanType, { words })
        }),
      )
    : null

const held: ReadonlyArray<Family> = ['integer', 'bigint', 'text', 'boolean', 'date', 'instant', 'json']

const members = (asked: Asked): Maybe<ReadonlyArray<ExprNode>> =>
  asked.family === 'json' ? given(someOf(held.map(asked.below)), (one) => fc.array(one, { maxLength: 3 })) : null

const object = (asked: Asked): Maybe<CallNode> =>
  given(members(asked), (all) =>
    all.map((values) => {
      const keyed = values.map((value, i) => [['a', 'b', 'c d'][i] ?? '', value] as const)
      const type = jsonRecordType(keyed.map(([key, value]) => [key, value.type] as const))
      return call(
        'jsonObject',
        keyed.flatMap(([key, value]) => [node.value(key, textType), value]),
        type,
        { nulls: 'never' },
      )
    }),
  )

export const jsonFunctions: { readonly [N in JsonFunction]: (asked: Asked) => Maybe<CallNode> } = {
  jsonPath: (asked) => {
    const type = types[asked.family]
    return type === undefined ? null : onPath(asked, 'jsonPath', type)
  },
  jsonExists: (asked) => (asked.family === 'boolean' ? onPath(asked, 'jsonExists', booleanType, 'never') : null),
  jsonTypeOf: (asked) => (asked.family === 'text' ? onPath(asked, 'jsonTypeOf', textType) : null),
  jsonLength: (asked) => (asked.family === 'integer' ? onPath(asked, 'jsonLength', integerType) : null),
  jsonContains: containing,
  jsonObject: object,
  jsonArray: (asked) =>
    given(members(asked), (all) =>
      all.map((values) =>
        call('jsonArray', values, jsonTupleType(values.map((value) => value.type)), { nulls: 'never' }),
      ),
    ),
}
