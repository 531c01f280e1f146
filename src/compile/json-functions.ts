/**
 * Functions of JSON documents as SQL.
 */
import type { JsonFunction } from '../expr/json-functions.js'
import type { ExprNode } from '../expr/node.js'
import type { TypeTag } from '../expr/sql-type.js'
import { type CompileError, illFormed } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { type Call, cannot, form, type FunctionForm, noting, type Render } from './function-form.js'
import { toJson } from './json-form.js'
import { collated, extracted, isKind, kindOf, type Part, stepsOf, typed } from './json-path.js'
import { join, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// checks
// -------------------------------------------------------------------------------------

/** The first operand is a document; so is the second of `jsonContains`. */
const documents =
  (many: 1 | 2): FunctionForm['check'] =>
  (_, node) => {
    const other = node.operands.slice(0, many).find((operand) => operand.type._tag !== 'Json')
    return other === undefined
      ? null
      : illFormed(`${node.name} takes a JSON document: here is ${other.type._tag.toLowerCase()}`)
  }

const wanted: ReadonlyArray<TypeTag> = ['Text', 'Integer', 'Double', 'Boolean', 'Json']

const pathCheck: FunctionForm['check'] = (dialect, node): CompileError | null =>
  documents(1)(dialect, node) ??
  (wanted.includes(node.type._tag)
    ? null
    : illFormed(
        `jsonPath gives text, integer, double, boolean or json: ask for one of these, with a codec by refine, not for ${node.type._tag.toLowerCase()}`,
      ))

/** An array in a document would be its text. */
const noArrays: FunctionForm['check'] = (_, node) =>
  node.operands.some((operand) => operand.type._tag === 'Array')
    ? illFormed(`${node.name} takes no arrays: make them with jsonArray`)
    : null

// -------------------------------------------------------------------------------------
// renderings
// -------------------------------------------------------------------------------------

const partOf = ({ dialect, node, operand }: Call): Part => ({
  dialect,
  document: operand(0),
  steps: stepsOf(node.words, operand, 1),
})

/** The members of an object are counted where there is no word for it. */
const lengthOf: Render = (call) => {
  const part = partOf(call)
  const found = extracted(part)
  switch (call.dialect.name) {
    case 'postgres':
      call.note('the keys of an object are counted')
      return sql`(CASE jsonb_typeof(${found}) WHEN 'array' THEN jsonb_array_length(${found}) WHEN 'object' THEN (SELECT CAST(count(*) AS integer) FROM jsonb_object_keys(${found})) END)`
    case 'sqlite':
      call.note('elements and keys are counted')
      return sql`(CASE WHEN ${isKind(part, 'array')} OR ${isKind(part, 'object')} THEN (SELECT count(*) FROM json_each(${found})) END)`
    case 'mysql':
    case 'mariadb':
      return sql`(CASE WHEN ${isKind(part, 'array')} OR ${isKind(part, 'object')} THEN json_length(${found}) END)`
  }
}

const scalars: Readonly<Record<string, TypeTag>> = { s: 'Text', n: 'Double', b: 'Boolean' }

/** One leaf of what is contained: its keys, then what has to stand there; and how many operands it took. */
const leafSql = (call: Call, word: string, from: number): readonly [Sql, number] => {
  const [keys, kind] = [word.slice(0, -1), word.slice(-1)]
  const part: Part = { dialect: call.dialect, document: call.operand(0), steps: stepsOf(keys, call.operand, from) }
  const tag = scalars[kind]
  const next = from + keys.length
  if (tag !== undefined) return [sql`${typed(part, tag)} = ${call.operand(next)}`, next + 1]
  return [isKind(part, kind === 'z' ? 'null' : 'object'), next]
}

/** Containment leaf by leaf, on engines whose own word for it means something else, or that have none. */
const leafByLeaf: Render = (call) => {
  const { dialect, node, operand } = call
  if (node.words === 'document')
    return cannot('look for a JSON document with arrays in it', 'ask for its parts with jsonPath')(call)
  const conditions: Array<Sql> = []
  let at = 2
  for (const word of node.words.split(' ')) {
    const [condition, next] = leafSql(call, word, at)
    conditions.push(condition)
    at = next
  }
  return sql`(CASE WHEN ${operand(0)} IS NOT NULL THEN coalesce((${join(conditions, ' AND ')}), ${dialect.boolean(false)}) END)`
}

/** A value as what a function of JSON takes; a bound document is text to MySQL. */
const member = (dialect: Dialect, node: ExprNode | undefined, value: Sql): Sql =>
  node === undefined
    ? value
    : dialect.name === 'mysql' && node.type._tag === 'Json'
      ? sql`CAST(${value} AS JSON)`
      : ofOneCollation(dialect, node.type._tag, toJson(dialect, node.type, value))

/** What is text to MariaDB in a document, whichever its collation is; what is JSON there must stay what it is. */
const ofOneCollation = (dialect: Dialect, tag: TypeTag, value: Sql): Sql =>
  dialect.name === 'mariadb' && !unlikeText.includes(tag) ? collated('mariadb', value) : value

const unlikeText: ReadonlyArray<TypeTag> = [
  'SmallInt',
  'Integer',
  'Unsigned',
  'Count',
  'Real',
  'Double',
  'Boolean',
  'Json',
]

const functionsOf =
  (postgres: string, others: string): ((call: Call) => string) =>
  (call) =>
    call.dialect.name === 'postgres' ? postgres : others

const built =
  (name: (call: Call) => string, isKey: (at: number) => boolean): Render =>
  (call) => {
    const { dialect, node, operands } = call
    // MariaDB gives an empty document no length, and a union with it cuts it to nothing.
    if (dialect.name === 'mariadb' && operands.length === 0)
      return sql`json_compact('${node.name === 'jsonArray' ? '[]' : '{}'}')`
    const values = operands.map((value, at) =>
      isKey(at) ? collated(dialect.name, value) : member(dialect, node.operands[at], value),
    )
    const made = sql`${name(call)}(${join(values, ', ')})`
    // MariaDB takes a document of a null for null, and an outer join for an inner one where it is not.
    return dialect.name === 'mariadb' ? sql`coalesce(${made})` : made
  }

const typedPart: Render = (call) => typed(partOf(call), call.node.type._tag)

const plain = (name: keyof typeof renders): FunctionForm => form(documents(1), renders[name])

const renders = {
  jsonExists: (call: Call): Sql => sql`(${extracted(partOf(call))} IS NOT NULL)`,
  jsonTypeOf: (call: Call): Sql => kindOf(partOf(call)),
  jsonLength: lengthOf,
} as const

const evenly = (at: number): boolean => at % 2 === 0
const never = (): boolean => false

export const jsonFunctions: { readonly [N in JsonFunction]: FunctionForm } = {
  jsonPath: form(pathCheck, noting('the kind of what stands there is asked for first', typedPart), {
    postgres: typedPart,
  }),
  jsonExists: plain('jsonExists'),
  jsonTypeOf: plain('jsonTypeOf'),
  jsonLength: plain('jsonLength'),
  jsonContains: form(documents(2), noting('leaf by leaf', leafByLeaf), {
    postgres: ({ operand }) => sql`(${operand(0)} @> ${operand(1)})`,
  }),
  jsonObject: form(noArrays, built(functionsOf('jsonb_build_object', 'json_object'), evenly)),
  jsonArray: form(noArrays, built(functionsOf('jsonb_build_array', 'json_array'), never)),
}
