// Ways beside statements: codecs, cursors, stored queries, what shows values, the unit of work, values in memory.
import * as E from 'fp-ts/lib/Either.js'

import * as memory from '../../../src/memory.js'
import * as promise from '../../../src/promise.js'
import * as testing from '../../../src/testing.js'
import { all, allRows, scratch } from '../tables.js'
import { type Loose, R, ways, type Way } from './way.js'

const M = memory as unknown as { readonly [K in keyof typeof memory]: Loose }
const P = promise as unknown as { readonly [K in keyof typeof promise]: Loose }
const T = testing as unknown as { readonly [K in keyof typeof testing]: Loose }

const byId = R.orderBy(all.text, all.id)(R.from(all))
const inserted = (x: unknown): unknown => R.insertInto(scratch)({ id: 1, text: x })
const asked = (x: unknown): unknown => R.where(R.eq(all.text, x))(R.from(all))
const dialects = [R.sqliteDialect(), R.postgresDialect(), R.mysqlDialect(), R.mariadbDialect()]
const each = (f: (dialect: Loose) => unknown): unknown => dialects.map(f)
const uow = R.Uow['empty']?.(R.schema({ all, scratch }))
const loaded = R.Uow['load']?.(scratch)([{ id: 1, text: 'a', integer: 1, json: null }])(uow)
const shownPlan = (plan: unknown): unknown => R.Uow['showPlan']?.(plan)
const planned = (u: unknown): unknown => each((dialect) => R.Uow['plan']?.(dialect)(u))

const held = R.where(R.eq(all.text, R.param('a', R.text)))(R.from(all))

/** What a Right holds. */
const right = (either: unknown): unknown => (either as { readonly right?: unknown }).right
const cursor = R.encodeCursor(right(R.cursorOf(byId)({ id: 1, text: 'ed' })))
const stored = right(R.queryCodec({ all })['encode']?.(R.where(R.eq(all.text, 'a'))(R.from(all)))) as {
  readonly query?: unknown
}

const read = ways(
  'plain',
  false,
)({
  decimal: ['1.5', (x) => R.decimal(x)],
  rowCodec: [allRows[0], (x) => R.rowCodec(all)['decode']?.(x)],
  insertCodec: [{ id: 1 }, (x) => R.insertCodec(scratch)['decode']?.(x)],
  patchCodec: [{ text: 'a' }, (x) => R.patchCodec(scratch)['decode']?.(x), (x) => R.patchCodec(scratch)['is']?.(x)],
  decodeCursor: [cursor, (x) => R.decodeCursor(byId)(x)],
  cursorOf: [{ id: 1, text: 'ed' }, (x) => R.cursorOf(byId)(x), (x) => R.cursorOf(byId)({ id: 1, text: x })],
  queryCodec: [
    stored,
    (x) => R.queryCodec({ all })['decode']?.(x),
    (x) => R.queryCodec({ all })['decode']?.({ ...stored, query: x }),
  ],
  isDbError: [{ _tag: 'Sql' }, (x) => R.isDbError(x)],
  isRelvarError: [{ _tag: 'Sql' }, (x) => P.isRelvarError(x)],
  rowShow: [allRows[0], (x) => R.rowShow(all)['show']?.(x), (x) => R.rowShow(scratch)['show']?.({ id: 1, text: x })],
  exprShow: ['a', (x) => R.exprShow['show']?.(R.eq(all.text, x))],
  exprEq: ['a', (x) => R.exprEq['equals']?.(R.eq(all.text, x), R.eq(all.text, x))],
  queryShow: ['a', (x) => R.queryShow['show']?.(inserted(x)), (x) => R.queryShow['show']?.(asked(x))],
  queryEq: ['a', (x) => R.queryEq['equals']?.(asked(x), asked(x))],
  lint: ['a', (x) => R.lint(asked(x))],
  lintDdl: ['a', (x) => R.lintDdl('sqlite')(R.createTable(R.table('b', { v: R.defaultTo(x)(R.text) })))],
  tablesOf: ['a', (x) => R.tablesOf(asked(x))],
  toSql: ['a', (x) => each((dialect) => R.toSql(dialect)(asked(x)))],
  toSqlInline: ['a', (x) => each((dialect) => R.toSqlInline(dialect)(asked(x)))],
  explain: ['a', (x) => each((dialect) => R.explain(dialect)(asked(x)))],
  compile: ['a', (x) => each((dialect) => R.compile(dialect)(asked(x)))],
  compileDdl: [
    'a',
    (x) => each((dialect) => R.compileDdl(dialect)(R.createTable(R.table('b', { v: R.defaultTo(x)(R.text) })))),
  ],
  evaluate: [allRows[0], (x) => M.evaluate(R.eq(all.text, 'a'))(x)],
  interpret: ['a', (x) => M.interpret(asked(x))(M.emptyTables)],
  apply: ['a', (x) => M.apply(inserted(x))(M.emptyTables)],
  withRows: [[{ id: 1, text: 'a', integer: null, json: null }], (x) => M.withRows(scratch)(x)(M.emptyTables)],
  prepare: [{ a: 'a' }, (x) => each((dialect) => R.prepare(dialect)(held)(x))],
  show: ['a', (x) => T.show(asked(x)), (x) => T.show(inserted(x))],
  code: ['a', (x) => T.code(asked(x)), (x) => T.code(inserted(x))],
  'Uow.showPlan': [
    'a',
    (x) =>
      each((dialect) =>
        E.map(shownPlan)(
          R.Uow['plan']?.(dialect)(R.Uow['insert']?.(scratch)({ id: 2, text: x })(uow)[1]) as unknown as E.Either<
            unknown,
            unknown
          >,
        ),
      ),
  ],
  'Uow.insert': [
    { id: 2 },
    (x) => planned(R.Uow['insert']?.(scratch)(x)(uow)[1]),
    (x) => planned(R.Uow['insert']?.(scratch)({ id: 2, json: x })(uow)[1]),
  ],
  'Uow.modify': [
    { text: 'b' },
    (x) => planned(R.Uow['modify']?.(scratch)({ id: 1 }, x)(loaded)),
    (x) => planned(R.Uow['modify']?.(scratch)({ id: 1 }, { text: x })(loaded)),
    (x) => planned(R.Uow['modify']?.(scratch)(x, { text: 'c' })(loaded)),
    (x) => planned(R.Uow['modify']?.(scratch)({ id: x }, { text: 'c' })(loaded)),
  ],
  'Uow.remove': [{ id: 1 }, (x) => planned(R.Uow['remove']?.(scratch)(x)(loaded))],
  'Uow.attach': [
    { id: 3, text: null, integer: null, json: null },
    (x) => planned(R.Uow['attach']?.(scratch)(x)(uow)),
    (x) => planned(R.Uow['attach']?.(scratch)({ id: 3, text: x, integer: null, json: null })(uow)),
  ],
  'Uow.load': [[{ id: 3, text: null, integer: null, json: null }], (x) => planned(R.Uow['load']?.(scratch)(x)(uow))],
  'Uow.get': [{ id: 1 }, (x) => R.Uow['get']?.(scratch)(x)(loaded)],
  'Uow.changes': ['a', (x) => R.Uow['changes']?.(R.Uow['modify']?.(scratch)({ id: 1 }, { text: x })(loaded))],
})

/** The same with a value of a column. */
const valued = ways(
  'plain',
  false,
)({
  queryCodec: [
    'a',
    (x) => R.queryCodec({ scratch })['encode']?.(inserted(x)),
    (x) => R.queryCodec({ all })['encode']?.(asked(x)),
  ],
  evaluate: ['a', (x) => M.evaluate(R.eq(all.text, x))(allRows[0])],
  withRows: ['a', (x) => M.withRows(scratch)([{ id: 1, text: x, integer: null, json: null }])(M.emptyTables)],
  prepare: ['a', (x) => each((dialect) => R.prepare(dialect)(held)({ a: x }))],
})

const defined = ways(
  'plain',
  true,
)({
  tag: [
    { route: 'a' },
    (x) => R.tag(x),
    (x) => R.tag({ route: x }),
    (x) => R.tag({ [typeof x === 'string' ? x : 'a']: 'a' }),
  ],
  raw: ['1', (x) => R.raw(x)],
  column: ['id', (x) => R.column(all)(x)],
  defaultTo: ['a', (x) => R.defaultTo(x)(R.text)],
  onUpdate: ['a', (x) => R.onUpdate(x)(R.text)],
  deriveDialect: [{}, (x) => R.deriveDialect(R.sqliteDialect(), x)],
  memory: [{ poolSize: 1 }, (x) => M.memory(x)],
  'sql.text': [
    'select 1',
    (x) => R.sql['text']?.(x),
    (x) => R.sql['text']?.('select :a')['bind']?.({ a: x }),
    (x) => R.sql['text']?.('select :a')['bind']?.(x),
    (x) => R.sql['text']?.('select 1')['columns']?.(x),
  ],
  after: [{ values: [] }, (x) => R.after(x)(byId)],
  before: [{ values: [] }, (x) => R.before(x)(byId)],
  encodeCursor: [{ values: [] }, (x) => R.encodeCursor(x)],
})

/** Ways beside statements. */
export const plainWays: ReadonlyArray<Way> = [...read, ...valued, ...defined]
