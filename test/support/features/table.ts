/**
 * The table of features by engines, made by the compiler itself: each statement is compiled for each dialect, and the compiler says
 * whether it said it in other words, or why it cannot.
 */
import * as E from 'fp-ts/lib/Either.js'

import { compileDdl } from '../../../src/compile/compile.js'
import type { Dialect } from '../../../src/compile/dialect.js'
import { explain } from '../../../src/compile/explain.js'
import { isDdl } from '../../../src/expr/ddl-node.js'
import * as relvar from '../../../src/index.js'
import { type GoldenStatement, marked } from '../../golden/statement.js'
import { dialects } from '../../golden/shown.js'
import { named, type Part, parts, statements } from './all.js'
import { types } from './tables.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a dialect makes of a statement; `why` are the compiler's own sentences. */
interface Verdict {
  readonly word: 'native' | 'emulated' | 'unsupported'
  readonly why: ReadonlyArray<string>
}

interface Row {
  readonly name: string
  readonly verdicts: ReadonlyArray<Verdict>
}

// -------------------------------------------------------------------------------------
// verdicts
// -------------------------------------------------------------------------------------

const native: Verdict = { word: 'native', why: [] }

/** Why a dialect refuses; what is refused for another reason is a mistake in the list. */
const refusal = (
  name: string,
  dialect: string,
  error: { readonly _tag: string; readonly message: string },
): Verdict => {
  if (error._tag !== 'Unsupported') throw new Error(`${name}: ${error._tag}: ${error.message}`)
  return { word: 'unsupported', why: [error.message.replace(`${dialect} cannot `, 'cannot ')] }
}

const verdictOf =
  ({ name, value }: GoldenStatement) =>
  (dialect: Dialect): Verdict => {
    const said = value(marked().markers)
    if (isDdl(said)) {
      const compiled = compileDdl(dialect)(said)
      return E.isLeft(compiled) ? refusal(name, dialect.name, compiled.left) : native
    }
    const explained = explain(dialect)(said)
    if (E.isLeft(explained)) return refusal(name, dialect.name, explained.left)
    const why = [...new Set(explained.right.statements.flatMap((s) => s.notes))]
    return why.length === 0 ? native : { word: 'emulated', why }
  }

// -------------------------------------------------------------------------------------
// the page
// -------------------------------------------------------------------------------------

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const line = (cells: ReadonlyArray<string>): string => `| ${cells.map(cell).join(' | ')} |`

const head = line(['', ...dialects.map(({ name }) => name)])
const rule = `|${'---|'.repeat(dialects.length + 1)}`

/** Whether a name begins with one of the library's; that word and the rest. */
const wordOf = (name: string): readonly [string, string] | null => {
  const [word = ''] = /^\w+/.exec(name) ?? []
  const isWord = Object.hasOwn(relvar, word) && (word === name || !english.has(word))
  return isWord ? [word, name.slice(word.length)] : null
}
/** Functions whose names are words of any sentence. */
const english: ReadonlySet<string> = new Set(['and', 'every', 'min', 'not', 'one', 'or', 'where'])

/** A statement by the function that it is about, or by its feature. */
const shown = (feature: string, name: string, among: ReadonlyArray<GoldenStatement>): string => {
  const word = wordOf(name)
  const code = word === null ? name : `\`${word[0]}\`${word[1]}`
  const isAlone = among.filter((one) => named(one)[1] === name).length === 1
  return word !== null && isAlone ? code : `${feature}: ${code}`
}

const isNative = ({ verdicts }: Row): boolean => verdicts.every(({ word }) => word === 'native')

const rowsOf = ({ features }: Part): ReadonlyArray<Row> => {
  const among = features.flatMap((feature) => statements.filter((one) => named(one)[0] === feature))
  return among.map((one) => ({ name: shown(...named(one), among), verdicts: dialects.map(verdictOf(one)) }))
}

const tableOf = (rows: ReadonlyArray<Row>): ReadonlyArray<string> => {
  const sentences = [...new Set(rows.flatMap(({ verdicts }) => verdicts.flatMap(({ why }) => why)))]
  const numbers = (why: ReadonlyArray<string>): string => why.map((one) => sentences.indexOf(one) + 1).join(', ')
  const verdict = ({ word, why }: Verdict): string => (why.length === 0 ? word : `${word} ${numbers(why)}`)
  return [
    head,
    rule,
    ...rows.map(({ name, verdicts }) => line([name, ...verdicts.map(verdict)])),
    '',
    ...sentences.map((one, i) => `${i + 1}. ${one}`),
  ]
}

const sectionOf = (part: Part): string => {
  const rows = rowsOf(part)
  const others = rows.filter((row) => !isNative(row))
  const all = rows.filter(isNative).map(({ name }) => name)
  return [
    `## ${part.title}`,
    '',
    ...(all.length === 0 ? [] : [`Native on all four: ${all.join(', ')}.`, '']),
    ...(others.length === 0 ? [] : [...tableOf(others), '']),
  ].join('\n')
}

/** The types of columns by the engine's own names for them, as the dialects have them. */
const typesSection = (): string => {
  const made = Object.entries(types).map(([name, { type }]): readonly [string, ReadonlyArray<string>] => [
    name,
    dialects.map((dialect) => {
      const { ddl, check, problem } = dialect.type(type)
      if (problem !== null) return `unsupported: use ${problem.instead}`
      return check === null ? `\`${ddl}\`` : `\`${ddl}\` and a CHECK`
    }),
  ])
  return [
    '## Types of columns',
    '',
    head,
    rule,
    ...made.map(([name, cells]) => line([`\`${name}\``, ...cells])),
    '',
  ].join('\n')
}

/** All of the page but its beginning. */
export const featurePage = (): string => [...parts.map(sectionOf), typesSection()].join('\n')
