/**
 * `code(statement)`: a statement as a module that makes it again, with the tables that it mentions and the rows that they hold.
 */
import { paramsOf } from '../expr/children.js'
import { type AnyQuery, nodeOfQuery } from '../expr/query.js'
import type { StatementNode } from '../expr/query-node.js'
import type { TableInfo } from '../expr/source.js'
import { tableOf } from '../expr/table.js'
import { rowsIn, type Tables } from '../interpret/tables.js'
import { emptyModule, type Module } from './code-module.js'
import { type Printer, printerInto } from './code-print.js'
import { queryText, textParts } from './code-query.js'
import { callText, listText, recordText } from './code-text.js'
import { pipedText } from './code-type.js'
import { valueText } from './code-value.js'
import { writeParts } from './code-write.js'

/** What else there is to write beside a statement. */
export interface CodeOptions {
  /** The rows that the statement is about: with them the code asks for what it means there. */
  readonly tables?: Tables
}

const statementText = (on: Printer, statement: StatementNode): string => {
  switch (statement._tag) {
    case 'Select':
    case 'SetOperation':
      return queryText(on, statement)
    case 'Text':
      return pipedText(on, textParts(on, statement))
    case 'Insert':
    case 'Update':
    case 'Delete':
      return pipedText(on, writeParts(on, statement))
  }
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const filledText = (module: Module, on: Printer, [info, name]: readonly [TableInfo, string], of: Tables): string => {
  const rows = rowsIn(tableOf({ _tag: 'TableSource', name: info.name, table: info, computed: [] }))(of)
  const withRows = callText(module.use('relvar/memory', 'withRows'), [name])
  return rows.length === 0 || info.view !== null
    ? ''
    : callText(withRows, [listText(rows.map((row) => valueText(row)))])
}

/** The tables with their rows: those of a schema keep foreign keys. */
const tablesText = (module: Module, on: Printer, of: Tables): string => {
  const e = (name: string): string => `${module.use('fp-ts/lib/Either.js', 'E')}.${name}`
  const kept = of.infos.map(
    (info) => [on.table({ _tag: 'TableSource', name: info.name, table: info, computed: [] })] as const,
  )
  const begin =
    kept.length === 0
      ? module.use('relvar/memory', 'emptyTables')
      : callText(module.use('relvar/memory', 'tablesIn'), [
          callText(on.use('schema'), [recordText(kept.map(([name]) => [name, name] as const))]),
        ])
  const [first, ...more] = on.declared().flatMap((table) => {
    const text = filledText(module, on, table, of)
    return text === '' ? [] : [text]
  })
  return first === undefined
    ? callText(e('right'), [begin])
    : pipedText(on, [begin, first, ...more.map((text) => callText(e('chainW'), [text]))])
}

/** What the statement gives there; a text has no meaning in memory, and what waits for parameters has none yet. */
const answerText = (module: Module, on: Printer, statement: StatementNode): ReadonlyArray<string> => {
  if (statement._tag === 'Text' || paramsOf(statement).some((p) => p.kind._tag === 'Hole')) return []
  const isQuery = statement._tag === 'Select' || statement._tag === 'SetOperation'
  const asked = callText(module.use('relvar/memory', isQuery ? 'interpret' : 'apply'), ['statement'])
  const e = module.use('fp-ts/lib/Either.js', 'E')
  return [`export const answer = ${pipedText(on, ['tables', callText(`${e}.chainW`, [asked])])}`]
}

// -------------------------------------------------------------------------------------
// code
// -------------------------------------------------------------------------------------

interface Printed {
  readonly text: string
  readonly infos: ReadonlyArray<TableInfo>
  readonly missed: boolean
}

const printed = (statement: StatementNode, tables: Tables | undefined, infos: ReadonlyArray<TableInfo>): Printed => {
  const module = emptyModule()
  const on = printerInto(module, infos)
  const made = `export const statement = ${statementText(on, statement)}`
  const filled =
    tables === undefined
      ? []
      : [`export const tables = ${tablesText(module, on, tables)}`, ...answerText(module, on, statement)]
  return { text: module.text([made, ...filled]), infos: on.declared().map(([info]) => info), missed: on.missed() }
}

/**
 * A statement as the code of a module that runs: its imports, every table that it mentions, the rows of these where `tables` are
 * given, and the statement itself. What the module exports as `statement` is equal to what was printed; with rows, `answer` is what
 * it means in memory. A counterexample is a test once it is pasted.
 *
 * Only what is its owner's cannot be written: codecs that are made of no others, expressions of one's own, what gives a default.
 * A line says what of these is to be brought.
 *
 * @param statement a query, a write or a statement of text
 * @param options the rows that it is about
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, gt, integer, primaryKey, table, where } from 'relvar'
 * import { code } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), age: integer })
 * assert.strictEqual(
 *   code(pipe(from(users), where(gt(users.age, 18)))),
 *   `import { pipe } from 'fp-ts/lib/function.js'
 * import { from, gt, integer, primaryKey, table, where } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), age: integer })
 *
 * export const statement = pipe(from(users), where(gt(users.age, 18)))
 * `,
 * )
 *
 * @category destructors
 * @since 0.1.0
 */
export const code = (statement: AnyQuery, options: CodeOptions = {}): string => {
  const node = nodeOfQuery(statement)
  const { tables } = options
  const infos = tables?.infos ?? []
  const first = printed(node, tables, infos)
  // Foreign keys may lead to tables that are only known once the whole statement was written.
  return first.missed ? printed(node, tables, [...infos, ...first.infos]).text : first.text
}
