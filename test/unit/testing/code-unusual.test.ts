// What generators make and no function of relvar does is made again by its parts.
import { pipe } from 'fp-ts/lib/function.js'
import {
  type AnyExpr,
  type AnyQuery,
  array,
  char,
  currentRow,
  deleteFrom,
  desc,
  eq,
  exprEq,
  from,
  groupBy,
  gt,
  indexOn,
  insertInto,
  integer,
  json,
  literal,
  nullsFirst,
  numeric,
  onConflictDoNothing,
  preceding,
  primaryKey,
  queryEq,
  rowsBetween,
  select,
  subquery,
  sum,
  table,
  text,
  where,
} from 'relvar'
import { code, unusual, unusualClause, unusualType } from 'relvar/testing'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as relvar from '../../../src/index.js'
import { functions } from '../../../src/testing/code-names.js'
import { nodeOf } from '../../../src/expr/expr.js'
import { nodeOfQuery } from '../../../src/expr/query.js'
import { run } from '../../support/printed-code.js'

const users = table('users', { id: pipe(integer, primaryKey), age: integer, name: text }, (own) => [
  indexOn([own.name], { unique: true, where: gt(own.age, 3) }),
])

const made = (statement: AnyQuery): AnyQuery => {
  const printed = code(statement)
  const again = run(printed).statement
  expect(code(again)).toBe(printed)
  return again
}

const expressions: Readonly<Record<string, AnyExpr>> = {
  'a call that relvar makes inside of others': unusual({
    tag: 'Call',
    name: 'literally',
    operands: [users.name],
    words: '',
    nulls: 'strict',
    type: text,
  }),
  'a case of another type': unusual({
    tag: 'Case',
    branches: [{ when: gt(users.age, 1), result: users.id }],
    otherwise: null,
    type: numeric(5, 1),
  }),
  'a case with an end of another type': unusual({
    tag: 'Case',
    branches: [{ when: gt(users.age, 1), result: users.id }],
    otherwise: users.age,
    type: numeric(5, 1),
  }),
  'one that is there of one': unusual({ tag: 'Coalesce', operands: [users.age], type: integer }),
  'one that is there of three': unusual({
    tag: 'Coalesce',
    operands: [users.age, users.id, literal(3, integer)],
    type: integer,
  }),
  'an aggregate of another type': unusual({
    tag: 'Aggregate',
    name: 'stringAgg',
    operand: users.name,
    second: null,
    distinct: true,
    filter: gt(users.id, 3),
    orderBy: [nullsFirst(desc(users.id))],
    type: integer,
  }),
  'an aggregate of nothing': unusual({
    tag: 'Aggregate',
    name: 'max',
    operand: null,
    second: users.name,
    distinct: false,
    filter: null,
    orderBy: [],
    type: integer,
  }),
  'a window of another type': unusual({
    tag: 'Window',
    name: 'lag',
    operands: [users.id, users.age, users.age, users.age],
    partitionBy: [users.name],
    orderBy: [users.id],
    frame: rowsBetween(preceding(literal(1, integer)), currentRow),
    type: text,
  }),
  'a window without a frame': unusual({
    tag: 'Window',
    name: 'rowNumber',
    operands: [],
    partitionBy: [],
    orderBy: [],
    frame: null,
    type: text,
  }),
  'rows in lists of other types': unusual({
    tag: 'InRows',
    operands: [users.id, users.name],
    lists: [literal([1] as never, numeric(3)), literal(['a'] as never, char(3))],
  }),
}

describe('expressions', () => {
  test.each(Object.entries(expressions))('%s', (_, e) => {
    const statement = pipe(from(users), select(e))
    expect(code(statement)).toContain('unusual(')
    const again = nodeOfQuery(made(statement))
    if (again._tag !== 'Select' || again.select?._tag !== 'One') throw new Error('no expression')
    expect(again.select.expr.type.id).toBe(nodeOf(e).type.id)
    expect(queryEq.equals(made(statement), statement)).toBe(true)
  })
})

const types = {
  Count: unusualType({ tag: 'Count' }),
  'Numeric without an end': unusualType({ tag: 'Numeric', precision: null, scale: 2, storedAs: 'number' }),
  'Numeric longer than any': unusualType({ tag: 'Numeric', precision: 2000, scale: 2, storedAs: 'text' }),
  'Char of any length': unusualType({ tag: 'Char' }),
  Document: unusualType({ tag: 'Document' }),
  Record: unusualType({
    tag: 'Record',
    fields: [
      ['a', integer],
      ['2', text],
      ['1', unusualType({ tag: 'Count' })],
    ],
  }),
  Tuple: unusualType({ tag: 'Tuple', elements: [integer, text] }),
  List: unusualType({ tag: 'List', element: array(text) }),
}

describe('types', () => {
  test.each(Object.entries(types))('%s', (_, type) => {
    const e = literal(null, type)
    const statement = pipe(from(users), select(e))
    expect(code(statement)).toContain('unusualType(')
    expect(queryEq.equals(made(statement), statement)).toBe(true)
    expect(exprEq.equals(e, literal(null, json(t.unknown)))).toBe(false)
  })

  test.each([
    [
      'more digits than a number has, as one',
      numeric(20, 2, { storedAs: 'number' }),
      "numeric(20, 2, { storedAs: 'number' })",
    ],
    ['few digits as text', numeric(5, 0, { storedAs: 'text' }), "numeric(5, 0, { storedAs: 'text' })"],
    ['more digits than a number has', numeric(20), 'numeric(20)'],
  ])('a column can have %s', (_, type, said) => {
    const statement = pipe(from(users), select(literal('1', type)))
    expect(code(statement)).toContain(`literal('1', ${said})`)
    expect(queryEq.equals(made(statement), statement)).toBe(true)
  })
})

const other = pipe(from(users), where(eq(users.age, 1)), select({ id: users.id }), subquery('other'))

const clauses: Readonly<Record<string, AnyQuery>> = {
  'a lateral join with a criterion': pipe(
    from(users),
    unusualClause({ tag: 'Join', kind: 'left', table: other, on: eq(other.id, users.id), lateral: true }),
  ),
  'a cross join with a criterion': pipe(
    from(users),
    unusualClause({ tag: 'Join', kind: 'cross', table: other, on: eq(other.id, users.id), lateral: false }),
  ),
  'an inner join without one': pipe(
    from(users),
    unusualClause({ tag: 'Join', kind: 'inner', table: other, on: null, lateral: false }),
  ),
  'grouping sets that share expressions': pipe(
    from(users),
    groupBy(users.id, users.age),
    unusualClause({ tag: 'GroupingSets', word: 'sets', sets: [[1], [0, 1]] }),
    select(sum(users.age)),
  ),
  'another source without a criterion': pipe(
    deleteFrom(users),
    where(gt(users.id, 1)),
    unusualClause({ tag: 'Using', table: other }),
  ),
  'a key of some rows where nothing is done': pipe(
    insertInto(users)({ id: 1, age: 2, name: 'a' }),
    onConflictDoNothing(users.name),
    unusualClause({ tag: 'TargetWhere', where: gt(users.age, 3) }),
  ),
}

describe('clauses', () => {
  test.each(Object.entries(clauses))('%s', (_, statement) => {
    expect(code(statement)).toContain('unusualClause(')
    expect(queryEq.equals(made(statement), statement)).toBe(true)
  })

  test('a statement that has no such clause stays as it is', () => {
    const query = from(users)
    expect(queryEq.equals(pipe(query, unusualClause({ tag: 'Using', table: other })), query)).toBe(true)
    const remove = pipe(deleteFrom(users), where(gt(users.id, 1)))
    expect(queryEq.equals(pipe(remove, unusualClause({ tag: 'GroupingSets', word: 'sets', sets: [] })), remove)).toBe(
      true,
    )
  })
})

test('what code imports of relvar, relvar exports by that name', () => {
  const exported = new Map<string, unknown>(Object.entries(relvar))
  for (const [name, f] of Object.entries(functions)) expect(exported.get(name), name).toBe(f)
})
