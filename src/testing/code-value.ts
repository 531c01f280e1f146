/**
 * Values as code that makes them again.
 */
import { asked } from '../expr/asked.js'
import { callText, listText, recordText, stringText } from './code-text.js'

const numberText = (n: number): string => (Object.is(n, -0) ? '-0' : String(n))

/** Bytes and their like, by the name of what made them: a Buffer has no `of` that takes bytes. */
const bytesText = (view: ArrayBufferView): string => {
  const bytes = Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), String)
  const { name } = view.constructor
  if (name === 'Uint8Array') return callText('Uint8Array.of', bytes)
  if (name === 'Buffer') return callText('Buffer.from', [listText(bytes)])
  return `new ${name}(${callText('Uint8Array.of', bytes)}.buffer)`
}

const objectText = (value: object): string => {
  const fields = Object.entries(value).map(([key, v]) => [key, valueText(v)] as const)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null) return callText('Object.assign', ['Object.create(null)', recordText(fields)])
  // What a class made is nothing that code could make again without it: its fields are all there is to say.
  return prototype === Object.prototype ? recordText(fields) : `${recordText(fields)} /* ${value.constructor.name} */`
}

/** A value as code. What only its owner can make, a function, a symbol or what throws when it is looked into, is not there, and said. */
export const valueText = (value: unknown): string => asked(() => codeOf(value), 'undefined /* an object that throws */')

const codeOf = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return stringText(value)
    case 'number':
      return numberText(value)
    case 'bigint':
      return `${value}n`
    case 'boolean':
    case 'undefined':
      return String(value)
    case 'symbol':
    case 'function':
      return `undefined /* a ${typeof value} */`
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return listText(Array.from<unknown>(value).map(valueText))
      if (value instanceof Date)
        return Number.isNaN(value.getTime()) ? 'new Date(NaN)' : `new Date(${stringText(value.toISOString())})`
      if (ArrayBuffer.isView(value)) return bytesText(value)
      if (value instanceof Map || value instanceof Set)
        return callText(`new ${value instanceof Map ? 'Map' : 'Set'}`, [listText([...value].map(valueText))])
      return objectText(value)
  }
}
