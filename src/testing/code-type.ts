/**
 * SQL types as the column specifications that have them.
 */
import { asDate } from '../expr/column-codec.js'
import { timestamptz } from '../expr/column-types.js'
import { documentParts } from '../expr/json-value.js'
import { plainOf, type SqlType, type TypeTag } from '../expr/sql-type.js'
import { type Codecs, codecText } from './code-codec.js'
import type { Imports } from './code-spelling.js'
import { callText, listText, recordText, stringText } from './code-text.js'
import { valueText } from './code-value.js'

/** What types are written with. */
export interface Types extends Imports, Codecs {
  /** `unusualType` of relvar/testing. */
  readonly unusualType: () => string
}

const dates = asDate(timestamptz).type.refinement?.codec

const unusual = (on: Types, tag: string, fields: ReadonlyArray<readonly [string, string]> = []): string =>
  callText(on.unusualType(), [recordText([['tag', stringText(tag)], ...fields])])

const documentText = (on: Types, type: SqlType<unknown>): string => {
  const parts = documentParts(type)
  switch (parts?._tag) {
    case undefined:
      return callText(on.use('json'), [codecText(on, type.decoder)])
    case 'Any':
      return unusual(on, 'Document')
    case 'Record': {
      const fields = parts.fields.map(([key, of]) => listText([stringText(key), specText(on, of, false)]))
      return unusual(on, 'Record', [['fields', listText(fields)]])
    }
    case 'Tuple':
      return unusual(on, 'Tuple', [['elements', listText(parts.elements.map((of) => specText(on, of, false)))]])
    case 'List':
      return unusual(on, 'List', [['element', specText(on, parts.element, false)]])
  }
}

const numericText = (on: Types, { precision, scale, storedAs }: SqlType<unknown>): string => {
  const [p, s, stored] = [valueText(precision), String(scale), stringText(storedAs)]
  // Products have more digits than columns.
  if (precision === null || precision < 1 || precision > 1000 || scale > precision)
    return unusual(on, 'Numeric', [
      ['precision', p],
      ['scale', s],
      ['storedAs', stored],
    ])
  const usual = precision > 18 ? 'text' : 'number'
  const options = usual === storedAs ? [] : [recordText([['storedAs', stored]])]
  return callText(on.use('numeric'), [p, ...(scale === 0 && options.length === 0 ? [] : [s]), ...options])
}

const sized = (on: Types, name: 'varchar' | 'char' | 'varbinary', length: number | null): string =>
  callText(on.use(name), [String(length)])

/** The specification of each kind of type, or what is piped to make it: without it, a new kind does not compile. */
const texts: { readonly [T in TypeTag]: (on: Types, type: SqlType<unknown>) => string | ReadonlyArray<string> } = {
  SmallInt: (on) => on.use('smallint'),
  Integer: (on) => on.use('integer'),
  BigInt: (on) => on.use('bigint'),
  Unsigned: (on, { length }) => [on.use(length === 16 ? 'smallint' : 'integer'), on.use('unsigned')],
  UnsignedBigInt: (on) => [on.use('bigint'), on.use('unsigned')],
  Real: (on) => on.use('real'),
  Double: (on) => on.use('double'),
  Count: (on) => unusual(on, 'Count'),
  Numeric: numericText,
  Boolean: (on) => on.use('boolean'),
  Char: (on, { length }) => (length === null ? unusual(on, 'Char') : sized(on, 'char', length)),
  Varchar: (on, { length }) => sized(on, 'varchar', length),
  Text: (on) => on.use('text'),
  Enumeration: (on, { members }) => callText(on.use('enumeration'), [listText(members.map(stringText))]),
  Uuid: (on) => on.use('uuid'),
  Binary: (on, { length }) => (length === null ? on.use('binary') : sized(on, 'varbinary', length)),
  Date: (on) => on.use('date'),
  Time: (on) => on.use('time'),
  Timestamp: (on) => on.use('timestamp'),
  TimestampTz: (on) => on.use('timestamptz'),
  Interval: (on) => on.use('interval'),
  Json: documentText,
  Array: (on, { element, elementNullable }) =>
    callText(on.use('array'), [element === null ? on.use('text') : specText(on, element, elementNullable)]),
}

/** What a specification begins with, and what is piped after it. */
export const specParts = (on: Types, type: SqlType<unknown>, nullable: boolean): ReadonlyArray<string> => {
  const plain = plainOf(type)
  const { refinement } = type
  const below = texts[plain._tag](on, plain)
  const over =
    refinement === null
      ? []
      : [refinement.codec === dates ? on.use('asDate') : callText(on.use('refine'), [codecText(on, refinement.codec)])]
  return [...[below].flat(), ...over, ...(nullable ? [on.use('nullable')] : [])]
}

/** What is piped of several parts; of one, that alone. */
export const pipedText = (on: Imports, parts: ReadonlyArray<string>): string =>
  parts.length === 1 ? parts.join('') : callText(on.pipe(), parts)

/** The specification of a type. */
export const specText = (on: Types, type: SqlType<unknown>, nullable: boolean): string =>
  pipedText(on, specParts(on, type, nullable))
