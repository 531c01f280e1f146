// Ways of names and options: what a definition refuses is a TypeError.
import * as t from 'io-ts'

import { all, scratch } from '../tables.js'
import { R, ways, type Way } from './way.js'

const id = R.primaryKey(R.integer)
const made = (column: unknown): unknown => R.createTable(R.table('h_made', { id, v: column }))
const key = (x: unknown): string => (typeof x === 'string' ? x : 'v')
const rows = R.from(all)
const ids = R.select({ id: all.id })(rows)
const view = (name: unknown, options: unknown): unknown => R.view(name, ids, options)

interface Own {
  readonly [key: string]: unknown
  readonly id: unknown
}
const stepOf = (self: Own): unknown => {
  const next = R.alias('n')(all)
  return R.select({ id: next['id'] })(R.innerJoin(next, R.lt(next['id'], self.id))(R.from(self)))
}
/** Compiled for each engine, not run: what it names does not exist. */
const compiled = (query: unknown): unknown =>
  [R.sqliteDialect, R.postgresDialect, R.mysqlDialect, R.mariadbDialect].map((dialect) => R.compile(dialect())(query))

const queries = ways(
  'query',
  true,
)({
  table: ['h_all', (x) => R.select({ one: R.literal(1, R.integer) })(R.from(R.table(x, { id })))],
  alias: ['b', (x) => R.from(R.alias(x)(all))],
  subquery: ['b', (x) => R.from(R.subquery(x)(ids))],
  cte: ['b', (x) => R.from(R.cte(x)(ids))],
  withRecursive: ['b', (x) => R.from(R.withRecursive(x, R.where(R.eq(all.id, 1))(ids), stepOf))],
  values: [
    'b',
    (x) => R.from(R.values(x, { c: R.text }, [{ c: 'a' }])),
    (x) => R.from(R.values('b', { [key(x)]: R.text }, [{ [key(x)]: 'a' }])),
  ],
  select: ['b', (x) => R.select({ [key(x)]: all.id })(rows)],
  include: ['b', (x) => R.include({ [key(x)]: R.many(R.where(R.eq(scratch.id, all.id))(R.from(scratch))) })(rows)],
  computed: ['b', (x) => R.from(R.computed(all, { [key(x)]: R.add(all.id, 1) }))],
  set: ['text', (x) => R.everyRow(R.set({ [key(x)]: 'a' })(R.update(scratch)))],
  insertInto: ['text', (x) => R.insertInto(scratch)({ id: 1, [key(x)]: 'a' })],
  whereEq: ['text', (x) => R.whereEq({ [key(x)]: 'a' })(rows)],
})

const exprs = ways(
  'expr',
  true,
)({
  collate: ['C', (x) => R.collate(x)(all.text)],
  fn: ['upper', (x) => R.fn(x, R.text)(all.text)],
  extract: ['year', (x) => R.extract(all.timestamp, x)],
  truncateTo: ['year', (x) => R.truncateTo(all.timestamp, x)],
  compareRows: ['eq', (x) => R.compareRows(x, [all.id], [1])],
  anyOf: ['eq', (x) => R.anyOf(x, ids)(all.id)],
  allOf: ['eq', (x) => R.allOf(x, ids)(all.id)],
  literal: [R.integer, (x) => R.literal(1, x)],
  cast: [R.text, (x) => R.cast(all.id, x)],
  over: [{ orderBy: [all.id] }, (x) => R.over(x)(R.rowNumber())],
  customFunction: ['f', (x) => R.customFunction({ name: x, takes: [], gives: R.integer, render: {} })()],
  customFamily: [
    'f',
    (x) => R.customFamily({ name: x, takes: [], gives: R.integer, data: t.string, render: {} })('a')(),
    (x) => R.customFamily({ name: 'f', takes: [], gives: R.integer, data: t.string, render: {} })(x)(),
  ],
})

const ddl = ways(
  'ddl',
  true,
)({
  table: [
    'b',
    (x) => R.createTable(R.table(x, { id })),
    (x) => R.createTable(R.table('h_made', { id, [key(x)]: R.text })),
  ],
  named: ['b', (x) => made(R.named(x)(R.text))],
  tableIn: ['b', (x) => R.createTable(R.tableIn(x)('c', { id }))],
  varchar: [5, (x) => made(R.varchar(x))],
  char: [5, (x) => made(R.char(x))],
  varbinary: [5, (x) => made(R.varbinary(x))],
  numeric: [5, (x) => made(R.numeric(x, 2)), (x) => made(R.numeric(10, x))],
  enumeration: [['a', 'b'], (x) => made(R.enumeration(x)), (x) => made(R.enumeration(['z', x].flat()))],
  array: [R.text, (x) => made(R.array(x))],
  json: [t.unknown, (x) => made(R.json(x))],
  serialized: [t.unknown, (x) => made(R.serialized(x))],
  refine: [t.string, (x) => made(R.refine(x)(R.text))],
  defaultTo: ['b', (x) => made(R.defaultTo(x)(R.text))],
  serverDefault: ['b', (x) => made(R.serverDefault(R.literal(x, R.text))(R.text))],
  collation: ['C', (x) => made(R.collation(x)(R.text))],
  comment: ['b', (x) => made(R.comment(x)(R.text))],
  identity: [{ start: 4 }, (x) => made(R.identity(x)(R.integer)), (x) => made(R.identity({ start: x })(R.integer))],
  references: [{ onDelete: 'cascade' }, (x) => made(R.references(all.id, x)(R.integer))],
  foreignKey: ['b', (x) => R.createTable(R.table('c', { id }, (c: Own) => [R.foreignKey(c.id, all.id, { name: x })]))],
  checkConstraint: [
    'b',
    (x) => R.createTable(R.table('c', { id }, (c: Own) => [R.checkConstraint(R.gt(c.id, 1), { name: x })])),
    (x) =>
      R.createTable(
        R.table('c', { id }, (c: Own) => [
          R.checkConstraint(R.isNotNull(R.concat(R.cast(c.id, R.text), x)), { name: 'k' }),
        ]),
      ),
  ],
  uniqueConstraint: [
    'b',
    (x) => R.createTable(R.table('c', { id }, (c: Own) => [R.uniqueConstraint([c.id], { name: x })])),
  ],
  primaryKeyConstraint: [
    'b',
    (x) => R.createTable(R.table('c', { id }, (c: Own) => [R.primaryKeyConstraint([c.id], { name: x })])),
  ],
  indexOn: ['b', (x) => R.createIndex(scratch, R.indexOn([scratch.integer], { name: x }))],
  tableComment: ['b', (x) => R.createTable(R.table('c', { id }, () => [R.tableComment(x)]))],
  generatedAs: [
    'b',
    (x) =>
      R.createTable(
        R.table('c', { id, v: R.generated(R.text) }, (c: Own) => [
          R.generatedAs(c['v'], R.concat(R.cast(c.id, R.text), x)),
        ]),
      ),
  ],
  dropIndex: ['b', (x) => R.dropIndex(scratch, x)],
  dropColumn: ['text', (x) => R.alterTable(scratch)(R.dropColumn(x))],
  dropConstraint: ['b', (x) => R.alterTable(scratch)(R.dropConstraint('unique', x))],
  renameColumn: [
    'b',
    (x) => R.alterTable(scratch)(R.renameColumn('text', x)),
    (x) => R.alterTable(scratch)(R.renameColumn(x, 'b')),
  ],
  renameTable: ['b', (x) => R.alterTable(scratch)(R.renameTable(x))],
  setComment: ['b', (x) => R.alterTable(scratch)(R.setComment(x))],
  createSchema: ['b', (x) => R.createSchema(x), (x) => R.createSchema('b', x)],
  dropSchema: ['b', (x) => R.dropSchema(x)],
  sequence: [
    'b',
    (x) => R.createSequence(R.sequence(x)),
    (x) => R.createSequence(R.sequence('b', x)),
    (x) => R.createSequence(R.sequence('b', { start: x })),
  ],
  createSequence: [{}, (x) => R.createSequence(R.sequence('b'), x)],
  dropSequence: [{}, (x) => R.dropSequence(R.sequence('b'), x)],
  view: ['b', (x) => R.createView(view(x, {})), (x) => R.createView(view('b', x))],
  createView: [{}, (x) => R.createView(view('b', {}), x)],
  dropView: [{}, (x) => R.dropView(view('b', {}), x)],
  createTable: [{}, (x) => R.createTable(R.table('b', { id }), x)],
  dropTable: [{}, (x) => R.dropTable(R.table('b', { id }), x)],
  schema: [{}, (x) => R.createAll(R.schema({ all }, () => [], x))],
})
const kinds = ways(
  'ddl',
  true,
)({
  dropConstraint: ['unique', (x) => R.alterTable(scratch)(R.dropConstraint(x, 'b'))],
})

const compiledOnly = ways(
  'plain',
  true,
)({
  inSchema: ['b', (x) => compiled(R.inSchema(x)(rows))],
  tableIn: ['b', (x) => compiled(R.from(R.tableIn(x)('c', { id })))],
  param: ['b', (x) => compiled(R.where(R.eq(all.id, R.param(x, R.integer)))(rows))],
  listParam: ['b', (x) => compiled(R.where(R.inList(R.listParam(x, R.integer))(all.id))(rows))],
  sequence: ['b', (x) => compiled(R.select({ v: R.nextValue(R.sequence(x), R.integer) })(rows))],
})

/** Ways of names and options. */
export const nameWays: ReadonlyArray<Way> = [...queries, ...exprs, ...ddl, ...kinds, ...compiledOnly]
