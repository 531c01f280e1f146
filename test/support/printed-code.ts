// Runs what `code` prints: its imports are those of this repository, and what is its user's is brought.
import * as E from 'fp-ts/lib/Either.js'
import * as fpFunction from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import * as relvar from 'relvar'
import * as memory from 'relvar/memory'
import * as testing from 'relvar/testing'

const modules: Readonly<Record<string, object>> = {
  'fp-ts/lib/Either.js': E,
  'fp-ts/lib/function.js': fpFunction,
  'io-ts': t,
  relvar,
  'relvar/memory': memory,
  'relvar/testing': testing,
}

/** What a module exports. */
export interface Exports {
  readonly statement: relvar.AnyQuery
  readonly tables: E.Either<unknown, memory.Tables>
  readonly answer: E.Either<unknown, unknown>
}

const whole = /^import \* as (\w+) from '([^']+)'$/gm
const some = /^import \{([^}]+)\} from '([^']+)'$/gm

/** The exports of the module that `text` is; `own` replaces what relvar exports, and what is nobody's. */
export const run = (text: string, own: Readonly<Record<string, unknown>> = {}): Exports => {
  const given: Record<string, unknown> = { ...own }
  const at = (from: string): object => {
    const found = modules[from]
    if (found === undefined) throw new Error(`"${from}" is imported, and is not there`)
    return found
  }
  const body = text
    .replace(whole, (_, name: string, from: string) => {
      given[name] = at(from)
      return ''
    })
    .replace(some, (_, names: string, from: string) => {
      for (const name of names.split(',').map((n) => n.trim())) {
        if (name === '') continue
        if (!(name in at(from))) throw new Error(`"${from}" exports no "${name}"`)
        given[name] = own[name] ?? Object.entries(at(from)).find(([key]) => key === name)?.[1]
      }
      return ''
    })
  const exported = [...body.matchAll(/^export const (\w+)/gm)].map((m) => m[1] ?? '')
  const js = `'use strict'; ${body.replaceAll(/^export /gm, '')}\nreturn { ${exported.join(', ')} }`
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is what the function under test prints
  const make: unknown = new Function(...Object.keys(given), js)
  // A module of `code` exports these, and its text was made a function above.
  return (make as (...args: ReadonlyArray<unknown>) => Exports)(...Object.values(given))
}
