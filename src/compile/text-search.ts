/**
 * Regular expressions, full text and collations as SQL.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { CallNode } from '../expr/call-node.js'
import type { TextSearchFunction } from '../expr/text-search.js'
import { type CompileError, illFormed } from './compile-error.js'
import { all, type Call, cannot, form, type FunctionForm, noting, type Render, textTags } from './function-form.js'
import { readPattern, type RegexReader, writePattern } from './regex.js'
import { type Encode, join, refused, type Sql, sql } from './sql.js'
import { sqliteRegex } from './sqlite-names.js'

const text = all(textTags, 'text')

/** The last operand as it is bound, written anew; the compiler sees to it that it is bound. */
const rewritten = ({ operand, operands }: Call, write: (text: string) => ReturnType<Encode>): Sql =>
  operand(operands.length - 1).map((piece) =>
    typeof piece === 'string'
      ? piece
      : {
          ...piece,
          encode: (value) => {
            const wire = piece.encode(value)
            return typeof wire === 'string' ? write(wire) : wire
          },
        },
  )

const lastIsBound = (node: CallNode, what: string): CompileError | null =>
  node.operands.at(-1)?._tag === 'Param' ? null : illFormed(`${node.name} takes ${what} that is bound, no expression`)

// -------------------------------------------------------------------------------------
// regular expressions
// -------------------------------------------------------------------------------------

const patternFor = (call: Call, reader: RegexReader): Sql =>
  rewritten(call, (pattern) => {
    const read = readPattern(pattern)
    return E.isLeft(read) ? refused(read.left) : writePattern(read.right, reader)
  })

const regexProblem: FunctionForm['check'] = (dialect, node) =>
  text(dialect, node) ??
  lastIsBound(node, 'a pattern') ??
  (node.words === '' || node.words === 'i' ? null : illFormed("regexMatches knows the flag 'i' alone"))

const ignoresCase = ({ node }: Call): boolean => node.words === 'i'

const regexByPostgres: Render = (call) =>
  sql`(${call.operand(0)} ${ignoresCase(call) ? '~*' : '~'} ${patternFor(call, 'postgres')})`

/** `n`: the dot matches line breaks, as elsewhere. */
const regexByMysql: Render = (call) =>
  sql`REGEXP_LIKE(${call.operand(0)}, ${patternFor(call, 'mysql')}, ${ignoresCase(call) ? `'in'` : `'cn'`})`

const regexByMariadb: Render = (call) =>
  sql`(${call.operand(0)} REGEXP concat(${ignoresCase(call) ? `'(?is)'` : `'(?s-i)'`}, ${patternFor(call, 'mariadb')}))`

const regexBySqlite: Render = (call) =>
  sql`(${sqliteRegex}(${call.operand(0)}, ${patternFor(call, 'javascript')}, ${ignoresCase(call) ? `'i'` : `''`}) = 1)`

// -------------------------------------------------------------------------------------
// full text
// -------------------------------------------------------------------------------------

const columnsOf = (call: Call): ReadonlyArray<Sql> => call.operands.slice(0, -1)

const matchesByPostgres: Render = (call) => {
  const document = join(
    columnsOf(call).map((column) => sql`coalesce(${column}, '')`),
    ` || ' ' || `,
  )
  return sql`(to_tsvector('simple', ${document}) @@ plainto_tsquery('simple', ${call.operand(call.operands.length - 1)}))`
}

/** All words are asked for; what else would be an operator is left out. */
const matchesByFamily: Render = (call) => {
  const words = rewritten(call, (query) => (query.match(/[\p{L}\p{N}_]+/gu) ?? []).map((word) => `+${word}`).join(' '))
  return sql`(MATCH (${join(columnsOf(call), ', ')}) AGAINST (${words} IN BOOLEAN MODE) > 0)`
}

const matchesProblem: FunctionForm['check'] = (dialect, node) =>
  text(dialect, node) ??
  lastIsBound(node, 'a query') ??
  (node.operands.slice(0, -1).every((column) => column._tag === 'Column')
    ? null
    : illFormed('matches takes columns, as a full text index has them'))

export const textSearch: { readonly [N in TextSearchFunction]: FunctionForm } = {
  regexMatches: form(regexProblem, regexByPostgres, {
    mysql: regexByMysql,
    mariadb: regexByMariadb,
    sqlite: noting('a function that every connection of relvar has', regexBySqlite),
  }),
  matches: form(matchesProblem, matchesByFamily, {
    postgres: matchesByPostgres,
    sqlite: cannot('search full text in an ordinary table', 'containsText, or a table of FTS5 by raw SQL'),
  }),
  collate: form(text, ({ dialect, node, operand }) => sql`(${operand(0)} COLLATE ${dialect.quote(node.words)})`),
}
