/**
 * From the slots of a text to the values that go with it.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import type { ParamNode, RefTarget } from '../expr/node.js'
import { type InvalidValue, invalidValue } from './load-error.js'
import type { Slot, SlotSource } from './sql.js'
import type { Wire } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a run brings: the values of named parameters, and the keys of rows that were new. */
export interface Bindings {
  readonly holes: Readonly<Record<string, unknown>>
  /** The value of a new row's column; undefined where it is not written yet. */
  readonly ref: (ref: RefTarget) => unknown
}

export const noBindings: Bindings = Object.freeze({ holes: Object.freeze({}), ref: () => undefined })

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The value of a hole; what an untyped caller gives instead of values, or a getter that throws, holds none. */
const heldAs = (name: string, { holes }: Bindings): unknown => {
  try {
    return Object.hasOwn(holes, name) ? holes[name] : undefined
  } catch {
    return undefined
  }
}

const valueOf = (param: ParamNode, bindings: Bindings): unknown => {
  switch (param.kind._tag) {
    case 'Value':
      return param.kind.value
    case 'Hole':
      return heldAs(param.kind.name, bindings)
    case 'Ref':
      return bindings.ref(param.kind.ref)
  }
}

/** The elements of a list past its end repeat the last one, so that lists of many lengths share a text. */
const elementOf = (list: unknown, at: number): unknown =>
  Array.isArray(list) ? (at < list.length ? list[at] : list[list.length - 1]) : { noList: list }

/** The value of a place; lists side by side are the list of them. */
const heldBy = (source: Exclude<SlotSource, { readonly _tag: 'Keys' }>, held: (index: number) => unknown): unknown => {
  switch (source._tag) {
    case 'Param':
      return held(source.index)
    case 'Element':
      return elementOf(held(source.index), source.at)
    case 'Rows':
      return source.indexes.map(held)
  }
}

/** Encodes one value for its slot: null only where null may stand. */
const encoded = (slot: Slot, value: unknown): Either<InvalidValue, Wire> => {
  if (value === null && slot.nullable) return right(null)
  // null may be a document.
  const wire = slot.encode(value)
  if (typeof wire !== 'object' || wire === null || !('_tag' in wire)) return right(wire)
  return left(
    invalidValue(
      slot.place,
      value === null ? 'null cannot stand here: isNull asks for it, and only nullable columns take it' : wire.reason,
    ),
  )
}

/** The wire values of all slots, in order. `keys` are the texts or lists of outer keys. */
export const bind = (
  slots: ReadonlyArray<Slot>,
  params: ReadonlyArray<ParamNode>,
  bindings: Bindings,
  keys: ReadonlyArray<Wire>,
): Either<InvalidValue, ReadonlyArray<Wire>> => {
  const wires: Array<Wire> = []
  const held = (index: number): unknown => {
    const param = params[index]
    return param === undefined ? undefined : valueOf(param, bindings)
  }
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]
    if (slot === undefined) continue
    const { source } = slot
    if (source._tag === 'Keys') {
      wires.push(keys[source.column] ?? null)
      continue
    }
    const wire = encoded(slot, source._tag === 'Param' ? held(source.index) : heldBy(source, held))
    if (wire._tag === 'Left') return wire
    if (slot.unsent !== true) wires.push(wire.right)
  }
  return right(wires)
}
