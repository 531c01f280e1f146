/**
 * Codecs of io-ts as code. Those that io-ts makes of others say what they are made of; any other is its owner's to bring.
 */
import * as t from 'io-ts'

import { callText, listText, recordText } from './code-text.js'
import { valueText } from './code-value.js'

/** What a codec is written with: the name of io-ts, and a name for a codec that says nothing of itself. */
export interface Codecs {
  readonly io: () => string
  readonly own: (codec: object, name: string) => string
}

const props = (of: Readonly<Record<string, t.Mixed>>, one: (codec: t.Mixed) => string): string =>
  recordText(Object.entries(of).map(([key, codec]) => [key, one(codec)] as const))

/** The codecs of io-ts that have a name of their own. */
const byName = {
  string: t.string,
  number: t.number,
  boolean: t.boolean,
  null: t.null,
  undefined: t.undefined,
  unknown: t.unknown,
  bigint: t.bigint,
  UnknownArray: t.UnknownArray,
  UnknownRecord: t.UnknownRecord,
  Int: t.Int,
}

/** A codec as code. */
export const codecText = (on: Codecs, codec: object & { readonly name: string }): string => {
  const { io, own } = on
  const one = (c: t.Mixed): string => codecText(on, c)
  const call = (name: string, ...args: ReadonlyArray<string>): string => callText(`${io()}.${name}`, args)
  const known = Object.entries(byName).find(([, c]) => c === codec)
  if (known !== undefined) return `${io()}.${known[0]}`
  if (codec instanceof t.LiteralType) return call('literal', valueText(codec.value))
  if (codec instanceof t.KeyofType) return call('keyof', valueText({ ...codec.keys }))
  if (codec instanceof t.ArrayType) return call('array', one(codec.type))
  if (codec instanceof t.ReadonlyArrayType) return call('readonlyArray', one(codec.type))
  if (codec instanceof t.InterfaceType) return call('type', props(codec.props, one))
  if (codec instanceof t.PartialType) return call('partial', props(codec.props, one))
  if (codec instanceof t.DictionaryType) return call('record', one(codec.domain), one(codec.codomain))
  if (codec instanceof t.UnionType) return call('union', listText(codec.types.map(one)))
  if (codec instanceof t.IntersectionType) return call('intersection', listText(codec.types.map(one)))
  if (codec instanceof t.TupleType) return call('tuple', listText(codec.types.map(one)))
  if (codec instanceof t.ReadonlyType) return call('readonly', one(codec.type))
  if (codec instanceof t.ExactType) return call('exact', one(codec.type))
  return own(codec, codec.name)
}
