// Nothing that stands in a statement is forgotten: each part of it alone changes what the statement is, survives JSON, is moved to
// another schema, and is met by who looks for parameters. Parts are found by walking, so one that is added is asked, too.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'

import { paramsOf } from '../../../src/expr/children.js'
import { isExprNode, type ParamNode } from '../../../src/expr/node.js'
import { type AnyQuery, nodeOfQuery, query } from '../../../src/expr/query.js'
import { factsOf } from '../../../src/expr/query-facts.js'
import type { StatementNode } from '../../../src/expr/query-node.js'
import { withOwnParams } from '../../../src/expr/rewrite.js'
import { sameShape, sameStatement } from '../../../src/expr/same.js'
import type { TableInfo } from '../../../src/expr/source.js'
import { tableInfo } from '../../../src/expr/table.js'
import {
  add,
  alias,
  autoIncrement,
  checkConstraint,
  count,
  deleteFrom,
  desc,
  distinct,
  eq,
  everyRow,
  exists,
  foreignKey,
  from,
  groupBy,
  gt,
  having,
  include,
  indexOn,
  innerJoin,
  inSchema,
  insertFrom,
  insertInto,
  type InsertOf,
  integer,
  isNotNull,
  limit,
  literal,
  many,
  nextValue,
  nullable,
  offset,
  onConflictDoNothing,
  onConflictDoUpdate,
  orderBy,
  primaryKey,
  queryCodec,
  queryEq,
  returning,
  scalar,
  select,
  sequence,
  set,
  sql,
  subquery,
  table,
  tablesOf,
  text,
  union,
  uniqueConstraint,
  update,
  using,
  view,
  where,
} from '../../../src/index.js'

const rooms = table('rooms', { id: pipe(integer, primaryKey), floor: integer })
const users = table(
  'users',
  {
    id: pipe(integer, primaryKey),
    name: text,
    room: pipe(integer, nullable),
    seat: pipe(integer, nullable),
  },
  (own) => [
    uniqueConstraint([own.room, own.seat], { name: 'one_seat' }),
    indexOn([desc(own.name)], { unique: true, where: isNotNull(own.seat), name: 'by_name' }),
    foreignKey(own.room, rooms.id, { onDelete: 'cascade' }),
    checkConstraint(gt(own.id, 0)),
  ],
)
const other = pipe(users, alias('other'))
const ground = view('ground', pipe(from(rooms), where(eq(rooms.floor, 0)), select({ id: rooms.id })))
const numbers = sequence('numbers')
const codec = queryCodec({ rooms, users, ground }, { trusted: true })

const high = pipe(from(rooms), where(gt(rooms.floor, 3)), select({ id: rooms.id }))
const tall = pipe(high, subquery('tall'))

const statements: Readonly<Record<string, AnyQuery>> = {
  select: pipe(
    from(users),
    innerJoin(tall, eq(tall.id, users.room)),
    innerJoin(ground, eq(ground.id, users.seat)),
    where(gt(users.id, 1)),
    groupBy(users.id),
    having(gt(count(), 1)),
    select({ id: users.id, n: count(), floor: scalar(pipe(from(rooms), select(count()))) }),
    distinct,
    orderBy(desc(users.id)),
    limit(5),
    offset(2),
    include({ rooms: many(pipe(from(rooms), where(eq(rooms.id, users.id)))) }),
  ),
  'set operation': pipe(high, union(pipe(from(users), where(eq(users.id, 2)), select({ id: users.id }))), limit(3)),
  values: pipe(
    insertInto(users)([{ id: 1, name: 'ed', room: 3, seat: 4 }]),
    onConflictDoUpdate({
      target: users.name,
      targetWhere: isNotNull(users.seat),
      set: (excluded) => ({ room: add(excluded.room, 1), seat: 9 }),
      where: (excluded) => gt(excluded.seat, 2),
    }),
    returning({ id: users.id, all: users, more: add(users.id, 5) }),
  ),
  rows: pipe(
    insertInto(users)([
      { id: nextValue(numbers, integer), name: 'ed' },
      { id: 3, name: 'wendy', room: add(literal(1, integer), 2) },
    ]),
    onConflictDoNothing({ constraint: 'one_seat' }),
  ),
  'insert of a query': pipe(
    from(rooms),
    where(gt(rooms.floor, 1)),
    select({ id: rooms.id, name: literal('x', text) }),
    insertFrom(users),
    onConflictDoNothing(users.id),
  ),
  update: pipe(
    update(users),
    using(other, eq(other.id, add(users.id, 1))),
    using(tall, gt(tall.id, 7)),
    set({ name: other.name, room: add(users.room, 2), seat: scalar(pipe(from(ground), select(count()))) }),
    where(exists(pipe(from(rooms), where(eq(rooms.id, 8))))),
    returning(users),
  ),
  delete: pipe(deleteFrom(users), using(rooms, eq(rooms.floor, 2)), where(gt(users.id, 1)), returning(users.name)),
  'delete of every row': everyRow(deleteFrom(users)),
  text: sql.text('SELECT id FROM users WHERE id > :id').bind({ id: 3 }).reads(users).writes(rooms).as({ id: integer }),
}

// -- walking --------------------------------------------------------------------------------------------------------

type Fields = Readonly<Record<string, unknown>>

const isFields = (u: unknown): u is Fields => typeof u === 'object' && u !== null && !Array.isArray(u)

const isTableColumn = (u: object): boolean => 'of' in u && isFields(u.of) && u.of['_tag'] === 'TableSource'

/** All objects below a value, itself too; types of SQL are none of a statement's parts. */
const objectsBelow = (value: unknown, skipped: ReadonlySet<string>): ReadonlySet<object> => {
  const seen = new Set<object>()
  const go = (u: unknown): void => {
    if (typeof u !== 'object' || u === null || seen.has(u) || 'decoder' in u) return
    seen.add(u)
    // A column says the name of its source; what stands in a source is met where the source does.
    const isNamed = '_tag' in u && u._tag === 'Column' && !isTableColumn(u)
    if (!isNamed) for (const [key, part] of Object.entries(u)) if (!skipped.has(key)) go(part)
  }
  go(value)
  return seen
}

/** What a table says of its own columns it says of them under any schema. */
const ownWords = new Set(['indexes', 'checks', 'columns'])

const schemasOf = (node: StatementNode): ReadonlySet<unknown> =>
  new Set([...objectsBelow(node, ownWords)].flatMap((o) => ('foreignKeys' in o && 'schema' in o ? [o.schema] : [])))

const isParam = (o: object): o is ParamNode => isExprNode(o) && o._tag === 'Param'

/** Parameters that the statement itself binds. */
const paramsBelow = (node: StatementNode): ReadonlyArray<ParamNode> =>
  [...objectsBelow(node, new Set(['table', 'includes', 'of']))].filter(isParam)

// -- changing -------------------------------------------------------------------------------------------------------

const anExpression = nodeOfQuery(pipe(from(users), where(isNotNull(users.name))))
const isNamed = anExpression._tag === 'Select' ? anExpression.where : null
const aProjection = { _tag: 'One', expr: isNamed }
const aSource = nodeOfQuery(from(rooms))
const roomsSource = aSource._tag === 'Select' ? aSource.from : null

/** What stands where there was nothing. */
const instead: Fields = {
  where: isNamed,
  on: isNamed,
  having: isNamed,
  limit: isNamed,
  offset: isNamed,
  returning: aProjection,
  select: aProjection,
  groupingSets: { word: 'rollup', sets: [[0]] },
  keyset: { direction: 'after', values: [isNamed] },
  lock: { strength: 'update', wait: 'wait', of: [] },
  conflict: { target: null, action: { _tag: 'Nothing' } },
  cte: { name: 'said_once', materialized: null },
  materialized: true,
  target: { _tag: 'Columns', columns: ['id'], where: null },
}

/** One more member for a list. */
const member: Fields = {
  joins: { kind: 'inner', source: roomsSource, on: isNamed, lateral: false },
  using: { source: roomsSource, on: isNamed },
  groupBy: isNamed,
  distinctOn: isNamed,
  present: roomsSource,
  // An order of a query has an expression, and that of a set operation an output.
  orderBy: { expr: isNamed, key: 'id', direction: 'asc', nulls: 'last' },
  includes: { key: 'more', relation: { cardinality: 'many', query: aSource } },
  set: { key: 'name', value: isNamed },
  defaults: { key: 'name', value: isNamed },
  computed: { key: 'half', type: integer.type, nullable: false, expr: isNamed },
}

/** Another of the words that a part may say. */
const words: Readonly<Record<string, string>> = {
  kind: 'cross',
  op: 'except',
  direction: 'asc',
  nulls: 'first',
  cardinality: 'one',
}

/** Parts that another statement of the same form may have differently, one place changed in each. */
const changes = (node: unknown, key: string, path: string): ReadonlyArray<readonly [string, unknown]> => {
  if (isExprNode(node)) return [[path, isNamed]]
  if (node === null) {
    if (!(key in instead)) throw new Error(`say above what may stand at ${path}`)
    return [[path, instead[key]]]
  }
  if (typeof node === 'boolean') return [[path, !node]]
  if (typeof node === 'string') return [[path, key in words && node !== words[key] ? words[key] : `${node}_`]]
  if (typeof node === 'number') return [[path, node + 1]]
  if (Array.isArray(node)) {
    const list: ReadonlyArray<unknown> = node
    return [
      ...(key in member ? [[`${path} and one more`, [...list, member[key]]] as const] : []),
      ...(list.length > 0 ? [[`${path} but for the last`, list.slice(0, -1)] as const] : []),
      ...list.flatMap((one, i) =>
        changes(one, key, `${path}.${i}`).map(([at, changed]) => [at, list.with(i, changed)] as const),
      ),
    ]
  }
  if (!isFields(node) || 'decoder' in node) return []
  return Object.entries(node).flatMap(([field, part]) =>
    isElsewhere(node, field)
      ? []
      : changes(part, field, `${path}.${field}`).map(([at, changed]) => [at, { ...node, [field]: changed }] as const),
  )
}

/**
 * What is no part of its own: tags and types; what a table knows (asked below); columns that follow from a query; plain rows, whose
 * values a text is the same for.
 */
const isElsewhere = (node: Fields, field: string): boolean =>
  field === '_tag' ||
  field === 'type' ||
  (node['_tag'] === 'TableSource' && field === 'table') ||
  (node['_tag'] === 'DerivedSource' && field === 'columns') ||
  node['_tag'] === 'Values'

// A changed node is a statement in all but what it says.
const statementOf = (u: unknown): StatementNode => u as StatementNode

const cases = Object.entries(statements).map(([name, q]): [string, StatementNode] => [name, nodeOfQuery(q)])

describe.each(cases)('%s', (name, node) => {
  const changed = changes(node, '', name)

  test('each part alone makes it another statement, with another text', () => {
    expect(changed.length).toBeGreaterThan(3)
    const missed = changed.filter(
      ([, other]) => sameShape(statementOf(other), node) || sameStatement(node, statementOf(other)),
    )
    expect(missed.map(([path]) => path)).toEqual([])
    const alike = changed.filter(([, other]) => factsOf(statementOf(other)).shape === factsOf(node).shape)
    expect(alike.map(([path]) => path)).toEqual([])
  })

  test('it is the same after JSON, with each part changed, too', () => {
    const through = (one: StatementNode): StatementNode | null => {
      const stored = codec.encode(query(one))
      const read = E.isRight(stored) ? codec.decode(JSON.parse(JSON.stringify(stored.right))) : stored
      return E.isRight(read) ? nodeOfQuery(read.right) : null
    }
    const again = through(node)
    expect(again !== null && sameStatement(again, node)).toBe(true)
    let read = 0
    for (const [path, other] of changed) {
      const one = through(statementOf(other))
      if (one === null) continue
      read += 1
      expect([path, sameStatement(one, statementOf(other))]).toEqual([path, true])
    }
    expect(read).toBeGreaterThan(changed.length / 3)
  })

  test('its parameters are those that a walk over all of it finds', () => {
    expect(new Set(paramsOf(node))).toEqual(new Set(paramsBelow(node)))
    const own = withOwnParams(node)
    const before = new Set<object>(paramsBelow(node))
    expect(paramsBelow(own).filter((p) => before.has(p))).toEqual([])
    expect(paramsBelow(own)).toHaveLength(before.size)
    expect(sameStatement(own, node)).toBe(true)
  })
})

describe.each(cases.filter(([, node]) => node._tag !== 'Text'))('%s', (_, node) => {
  test('all of its tables move to another schema, and its sequences', () => {
    const there = nodeOfQuery(inSchema('tenant')(query(node)))
    expect(schemasOf(there)).toEqual(new Set(['tenant']))
    const sequences = [...objectsBelow(there, ownWords)].flatMap((o) =>
      'words' in o && o.words !== '' ? [String(o.words)] : [],
    )
    expect(sequences.filter((words) => !words.startsWith('tenant,'))).toEqual([])
    expect(sameShape(there, node)).toBe(false)
  })
})

test('text names its tables itself, alone and inside a query: it does not move', () => {
  const ids = sql.text('SELECT id FROM users').columns({ id: integer })
  const named = pipe(ids, subquery('ids'))
  expect(() => inSchema('tenant')(ids)).toThrow(TypeError)
  expect(() => pipe(from(named), inSchema('tenant'))).toThrow(TypeError)
  expect(() => pipe(from(users), innerJoin(named, eq(named.id, users.id)), inSchema('tenant'))).toThrow(TypeError)
})

test('a view of another schema reads the tables that stand there', () => {
  const all = pipe(from(ground), inSchema('tenant'))
  expect(tablesOf(all).reads).toEqual([
    { schema: 'tenant', name: 'ground' },
    { schema: 'tenant', name: 'rooms' },
  ])
})

test('plain rows are told apart by their columns, and where values are asked by those', () => {
  const row = (values: InsertOf<typeof users>): StatementNode => nodeOfQuery(insertInto(users)([values]))
  const [one, other] = [row({ id: 1, name: 'ed' }), row({ id: 1, name: 'wendy' })]
  expect([sameShape(one, other), sameStatement(one, other)]).toEqual([true, false])
  const counted = table('counted', { id: pipe(integer, primaryKey, autoIncrement), name: text })
  const [made, given] = [
    nodeOfQuery(insertInto(counted)({ name: 'ed' })),
    nodeOfQuery(insertInto(counted)({ id: 1, name: 'ed' })),
  ]
  expect([sameShape(made, given), factsOf(made).shape === factsOf(given).shape]).toEqual([false, false])
})

// -- tables ---------------------------------------------------------------------------------------------------------

describe('a write to a table of other keys is another write', () => {
  const info = tableInfo(users)
  // A table whose infos differ is made by hand, since one that is declared has another shape as well.
  const writeTo = (changed: Partial<TableInfo>): StatementNode => {
    const node = nodeOfQuery(statements['values'] ?? from(users))
    return node._tag === 'Insert' ? { ...node, into: { ...node.into, table: { ...info, ...changed } } } : node
  }
  const [id, ...more] = info.columns
  const [index] = info.indexes
  const changes: Readonly<Record<string, Partial<TableInfo>>> = {
    name: { name: 'people' },
    schema: { schema: 'tenant' },
    'primary key': { primaryKey: [] },
    'name of the primary key': { primaryKeyName: 'first' },
    'a unique constraint less': { uniques: [] },
    'the name of one': { uniques: info.uniques.map((u) => ({ ...u, name: 'seats' })) },
    'the columns of one': { uniques: info.uniques.map((u) => ({ ...u, columns: ['seat'] })) },
    'one that is deferred': { uniques: info.uniques.map((u) => ({ ...u, deferrable: 'deferred' as const })) },
    'an index less': { indexes: [] },
    'the rows of one': { indexes: index === undefined ? [] : [{ ...index, where: null }] },
    'one that is not unique': { indexes: index === undefined ? [] : [{ ...index, unique: false }] },
    'a foreign key less': { foreignKeys: [] },
    'what a foreign key does': {
      foreignKeys: info.foreignKeys.map((key) => ({ ...key, target: { ...key.target, onDelete: 'setNull' } })),
    },
    'a column that counts itself': {
      columns: id === undefined ? [] : [{ ...id, identity: { always: true } }, ...more],
    },
    'a collation': { columns: id === undefined ? [] : [{ ...id, collation: 'nocase' }, ...more] },
    'a column of another name': { columns: id === undefined ? [] : [{ ...id, name: 'no' }, ...more] },
    'a nullable column': { columns: id === undefined ? [] : [{ ...id, nullable: true }, ...more] },
  }
  test.each(Object.entries(changes))('%s', (_, changed) => {
    expect(sameShape(writeTo({}), writeTo({}))).toBe(true)
    expect(sameShape(writeTo(changed), writeTo({}))).toBe(false)
    expect(sameStatement(writeTo({}), writeTo(changed))).toBe(false)
  })

  test('two views of one name that read other rows are two', () => {
    const other = view('ground', pipe(from(rooms), where(gt(rooms.floor, 0)), select({ id: rooms.id })))
    expect(queryEq.equals(from(ground), from(other))).toBe(false)
    expect(queryEq.equals(from(ground), from(ground))).toBe(true)
  })
})
