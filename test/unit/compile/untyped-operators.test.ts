// Every public operator, given what no caller with types could give, in each of its places: a Left that names the place, or a
// TypeError where it is defined; never a criterion that is dropped, and never a query that runs.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'

import * as relvar from '../../../src/index.js'
import {
  bigint,
  boolean,
  compile,
  date,
  double,
  integer,
  json,
  mariadbDialect,
  mysqlDialect,
  nullable,
  numeric,
  postgresDialect,
  primaryKey,
  sqliteDialect,
  table,
  text,
  timestamptz,
} from '../../../src/index.js'

/** Whatever a caller without types takes the library's values for. */
interface Untyped {
  (...args: ReadonlyArray<unknown>): Untyped
  readonly when: Untyped
  readonly otherwise: Untyped
  readonly end: Untyped
}

const of = relvar as unknown as Readonly<Record<string, Untyped>>
/** An operator by its name; one that is not there yet has no places. */
const op = (name: string): Untyped => {
  const found = of[name]
  if (typeof found !== 'function') throw new Error(`relvar exports no ${name}`)
  return found
}

const users = table('users', {
  id: pipe(integer, primaryKey),
  name: text,
  age: pipe(integer, nullable),
  big: bigint,
  x: double,
  price: numeric(10, 2),
  flag: boolean,
  day: date,
  at: timestamptz,
  doc: json(t.UnknownRecord),
})
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer })
const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

const all = op('from')(users)
const some = op('from')(posts)
const ids = op('select')(posts.id)(some)
const postsOf = op('where')(op('eq')(posts.userId, users.id))(some)

/** What an expression is tried in: a select and, where it is a criterion, a where. */
const selected = (e: unknown): unknown => op('select')({ e })(all)
const filtered = (e: unknown): unknown => op('where')(e)(all)
const grouped = (e: unknown): unknown => op('select')({ e })(op('groupBy')(users.id)(all))

type Place = (x: unknown) => unknown
const unary = (name: string): ReadonlyArray<Place> => [(x) => selected(op(name)(x))]
/** Both sides of an operator that takes its operands either way. */
const binary = (name: string, left: unknown, right: unknown): ReadonlyArray<Place> => [
  (x) => selected(op(name)(left, x)),
  (x) => selected(op(name)(x, right)),
  (x) => selected(op(name)(x)(left)),
  (x) => selected(op(name)(right)(x)),
]
/** `operator(argument)(operand)`. */
const last = (name: string, operand: unknown, argument: unknown): ReadonlyArray<Place> => [
  (x) => selected(op(name)(x)(operand)),
  (x) => selected(op(name)(argument)(x)),
]

const places: Readonly<Record<string, ReadonlyArray<Place>>> = {
  // comparison
  ...Object.fromEntries(
    ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'isDistinctFrom', 'isNotDistinctFrom'].map((name) => [
      name,
      [...binary(name, users.age, 5), ...binary(name, users.name, 'a'), ...binary(name, users.price, '1.50')],
    ]),
  ),
  between: [
    (x) => filtered(op('between')(x, 5)(users.age)),
    (x) => filtered(op('between')(1, x)(users.age)),
    (x) => filtered(op('between')(1, 5)(x)),
  ],
  inList: [(x) => filtered(op('inList')([1, x])(users.age)), (x) => filtered(op('inList')([1])(x))],
  notInList: [(x) => filtered(op('notInList')([x])(users.name)), (x) => filtered(op('notInList')(['a'])(x))],
  inQuery: [(x) => filtered(op('inQuery')(x)(users.id)), (x) => filtered(op('inQuery')(ids)(x))],
  anyOf: [
    (x) => filtered(op('anyOf')('gt', x)(users.id)),
    (x) => filtered(op('anyOf')('gt', ids)(x)),
    (x) => filtered(op('anyOf')(x, ids)(users.id)),
  ],
  allOf: [
    (x) => filtered(op('allOf')('gt', x)(users.id)),
    (x) => filtered(op('allOf')('gt', ids)(x)),
    (x) => filtered(op('allOf')(x, ids)(users.id)),
  ],
  compareRows: [
    (x) => filtered(op('compareRows')('lt', [users.id, x], [1, 2])),
    (x) => filtered(op('compareRows')('lt', [users.id, users.age], [1, x])),
    (x) => filtered(op('compareRows')(x, [users.id, users.age], [1, 2])),
  ],
  inRows: [
    (x) => filtered(op('inRows')([users.id, users.age], [[1, x]])),
    (x) => filtered(op('inRows')([users.id, x], [[1, 2]])),
  ],
  inQueryRows: [
    (x) => filtered(op('inQueryRows')([users.id], x)),
    (x) => filtered(op('inQueryRows')([x], op('select')({ id: posts.id })(some))),
  ],
  // logic
  and: [(x) => filtered(op('and')(x)), (x) => filtered(op('and')(op('eq')(users.id, 1), x))],
  or: [(x) => filtered(op('or')(x)), (x) => filtered(op('or')(x, op('eq')(users.id, 1)))],
  not: [(x) => filtered(op('not')(x))],
  ...Object.fromEntries(
    ['isNull', 'isNotNull', 'isTrue', 'isFalse', 'isNotTrue', 'isNotFalse'].map((name) => [
      name,
      [(x: unknown) => filtered(op(name)(x))],
    ]),
  ),
  caseWhen: [
    (x) => selected(op('caseWhen')(x, 1).end),
    (x) => selected(op('caseWhen')(users.flag, x).when(users.flag, 5).end),
    (x) => selected(op('caseWhen')(users.flag, 1).when(x, 2).end),
  ],
  coalesce: binary('coalesce', users.age, 1).slice(0, 2),
  exists: [(x) => filtered(op('exists')(x))],
  scalar: [(x) => selected(op('scalar')(x))],
  // numbers
  ...Object.fromEntries(
    ['add', 'sub', 'mul', 'intDiv', 'mod', 'bitAnd', 'bitOr', 'bitXor', 'shiftLeft', 'shiftRight', 'power'].map(
      (name) => [name, binary(name, users.age, 2)],
    ),
  ),
  div: binary('div', users.age, 2).slice(0, 2),
  ...Object.fromEntries(
    ['abs', 'negate', 'sign', 'round', 'truncate', 'ceil', 'floor', 'sqrt', 'exp', 'ln', 'bitNot'].map((name) => [
      name,
      unary(name),
    ]),
  ),
  roundTo: last('roundTo', users.price, 1),
  truncateDigits: last('truncateDigits', users.price, 1),
  greatest: [
    (x) => selected(op('greatest')(x, 1)),
    (x) => selected(op('greatest')(users.age, x)),
    (x) => selected(op('greatest')(users.age, 1, x)),
  ],
  least: [(x) => selected(op('least')(x, 1)), (x) => selected(op('least')(users.age, x))],
  nullIf: [(x) => selected(op('nullIf')(x, 1)), (x) => selected(op('nullIf')(users.age, x))],
  cast: binary('cast', users.age, text),
  // text
  ...Object.fromEntries(
    ['like', 'ilike', 'startsWith', 'endsWith', 'containsText', 'regexMatches'].map((name) => [
      name,
      last(name, users.name, 'a'),
    ]),
  ),
  ...Object.fromEntries(
    ['lower', 'upper', 'charLength', 'byteLength', 'trim', 'ltrim', 'rtrim', 'reverse'].map((name) => [
      name,
      unary(name),
    ]),
  ),
  concat: [(x) => selected(op('concat')(x)), (x) => selected(op('concat')('a', x))],
  concatWs: [(x) => selected(op('concatWs')(x, users.name)), (x) => selected(op('concatWs')(' ', users.name, x))],
  substring: [
    (x) => selected(op('substring')(x, 2)(users.name)),
    (x) => selected(op('substring')(1, x === undefined ? Number.NaN : x)(users.name)),
    (x) => selected(op('substring')(1, 2)(x)),
  ],
  indexOf: last('indexOf', users.name, 'a'),
  replace: [
    (x) => selected(op('replace')(x, 'b')(users.name)),
    (x) => selected(op('replace')('a', x)(users.name)),
    (x) => selected(op('replace')('a', 'b')(x)),
  ],
  takeLeft: last('takeLeft', users.name, 2),
  takeRight: last('takeRight', users.name, 2),
  lpad: [
    (x) => selected(op('lpad')(x, '0')(users.name)),
    (x) => selected(op('lpad')(3, x === undefined ? 5 : x)(users.name)),
    (x) => selected(op('lpad')(3, '0')(x)),
  ],
  rpad: [(x) => selected(op('rpad')(x, '0')(users.name)), (x) => selected(op('rpad')(3, '0')(x))],
  repeat: last('repeat', users.name, 2),
  collate: last('collate', users.name, 'C'),
  matches: [(x) => filtered(op('matches')([x], 'a')), (x) => filtered(op('matches')([users.name], x))],
  // times
  extract: [(x) => selected(op('extract')(x, 'year')), (x) => selected(op('extract')(users.day, x))],
  truncateTo: [(x) => selected(op('truncateTo')(x, 'year')), (x) => selected(op('truncateTo')(users.day, x))],
  ...Object.fromEntries(['dateOf', 'timeOf', 'toTimestamp', 'toTimestamptz'].map((name) => [name, unary(name)])),
  addInterval: [
    (x) => selected(op('addInterval')(x, { days: 1 })),
    (x) => selected(op('addInterval')(users.day, { days: x === undefined ? Number.NaN : x })),
  ],
  daysBetween: [(x) => selected(op('daysBetween')(x, users.day)), (x) => selected(op('daysBetween')(users.day, x))],
  secondsBetween: [
    (x) => selected(op('secondsBetween')(x, users.at)),
    (x) => selected(op('secondsBetween')(users.at, x)),
  ],
  microsecondsBetween: [
    (x) => selected(op('microsecondsBetween')(x, users.at)),
    (x) => selected(op('microsecondsBetween')(users.at, x)),
  ],
  // aggregates
  ...Object.fromEntries(
    ['sum', 'avg', 'min', 'max', 'countDistinct'].map((name) => [name, [(x: unknown) => grouped(op(name)(x))]]),
  ),
  count: [(x) => grouped(op('count')(x === undefined ? null : x))],
  ...Object.fromEntries(
    ['boolAnd', 'boolOr', 'stddevPop', 'stddevSamp', 'varPop', 'varSamp', 'distinctValues', 'arrayAgg'].map((name) => [
      name,
      [(x: unknown) => grouped(op(name)(x))],
    ]),
  ),
  jsonAgg: [(x) => grouped(op('jsonAgg')(x, { orderBy: [users.id] }))],
  stringAgg: [
    (x) => grouped(op('stringAgg')(x, ',', { orderBy: [users.id] })),
    (x) => grouped(op('stringAgg')(users.name, x, { orderBy: [users.id] })),
  ],
  filter: [(x) => grouped(op('filter')(x)(op('sum')(users.age)))],
  grouping: [(x) => op('select')({ e: op('grouping')(x) })(op('rollup')(users.id)(all))],
  rollup: [(x) => op('select')({ n: op('count')() })(op('rollup')(x)(all))],
  cube: [(x) => op('select')({ n: op('count')() })(op('cube')(x)(all))],
  groupingSets: [(x) => op('select')({ n: op('count')() })(op('groupingSets')([x])(all))],
  // windows
  ...Object.fromEntries(
    ['firstValue', 'lastValue', 'lag', 'lead'].map((name) => [
      name,
      [(x: unknown) => selected(op('over')({ orderBy: [users.id] })(op(name)(x)))],
    ]),
  ),
  nthValue: [
    (x) => selected(op('over')({ orderBy: [users.id] })(op('nthValue')(x, 2))),
    (x) => selected(op('over')({ orderBy: [users.id] })(op('nthValue')(users.age, x))),
  ],
  ntile: [(x) => selected(op('over')({ orderBy: [users.id] })(op('ntile')(x)))],
  over: [
    (x) => selected(op('over')({ partitionBy: [x] })(op('count')())),
    (x) => selected(op('over')({ orderBy: [x] })(op('count')())),
    (x) => selected(op('over')({ orderBy: [users.id] })(x)),
  ],
  ...Object.fromEntries(
    ['preceding', 'following'].map((name) => [
      name,
      [
        (x: unknown) =>
          selected(
            op('over')({ orderBy: [users.id], frame: op('rowsBetween')(op(name)(x), op(name)(x)) })(op('count')()),
          ),
      ],
    ]),
  ),
  ...Object.fromEntries(
    ['rowsBetween', 'rangeBetween', 'groupsBetween'].map((name) => [
      name,
      [
        (x: unknown) =>
          selected(op('over')({ orderBy: [users.id], frame: op(name)(x, op('following')(1)) })(op('count')())),
      ],
    ]),
  ),
  // documents
  jsonPath: [
    (x) => selected(op('jsonPath')(x, ['a'], integer)),
    (x) => selected(op('jsonPath')(users.doc, [x], integer)),
  ],
  jsonExists: [(x) => filtered(op('jsonExists')(x, ['a'])), (x) => filtered(op('jsonExists')(users.doc, [x]))],
  jsonTypeOf: unary('jsonTypeOf'),
  jsonLength: unary('jsonLength'),
  jsonContains: [(x) => filtered(op('jsonContains')(x, { a: 1 }))],
  jsonObject: [(x) => selected(op('jsonObject')({ a: x }))],
  jsonArray: [(x) => selected(op('jsonArray')(x))],
  // arrays
  arrayLength: unary('arrayLength'),
  ...Object.fromEntries(
    [
      'elementAt',
      'arrayContains',
      'arrayContainedBy',
      'arrayOverlaps',
      'arrayConcat',
      'arrayAppend',
      'arrayPosition',
    ].map((name) => [name, [(x: unknown) => selected(op(name)(x, 1))]]),
  ),
  eqAnyElement: [
    (x) => filtered(op('eqAnyElement')(x, [1])),
    (x) => filtered(op('eqAnyElement')(users.age, Array.isArray(x) ? [x] : x)),
  ],
  // clauses
  where: [
    filtered,
    (x) => op('where')(x)(op('set')({ name: 'a' })(op('update')(users))),
    (x) => op('where')(x)(op('deleteFrom')(users)),
  ],
  having: [(x) => op('having')(x)(op('groupBy')(users.id)(all))],
  groupBy: [(x) => op('select')({ n: op('count')() })(op('groupBy')(x)(all))],
  orderBy: [(x) => op('orderBy')(x)(all), (x) => op('orderBy')(users.id, x)(all)],
  ...Object.fromEntries(
    ['asc', 'desc', 'nullsFirst', 'nullsLast'].map((name) => [name, [(x: unknown) => op('orderBy')(op(name)(x))(all)]]),
  ),
  select: [(x) => op('select')({ e: x })(all)],
  limit: [(x) => op('limit')(x)(all)],
  offset: [(x) => op('offset')(x)(all)],
  limitWithTies: [(x) => op('limitWithTies')(x)(op('orderBy')(users.id)(all))],
  slice: [(x) => op('slice')(x, 3)(all), (x) => op('slice')(1, x)(all)],
  page: [(x) => op('page')({ page: x, size: 10 })(all), (x) => op('page')({ page: 1, size: x })(all)],
  distinctOn: [(x) => op('distinctOn')(x)(op('orderBy')(users.id)(all))],
  whereEq: [(x) => op('whereEq')({ age: x })(all)],
  byKey: [(x) => op('byKey')(users)({ id: x })],
  filters: [(x) => op('filters')([x])(all)],
  after: [(x) => op('after')(x)(op('orderBy')(users.id)(all)), (x) => op('after')([x])(op('orderBy')(users.id)(all))],
  before: [
    (x) => op('before')(x)(op('orderBy')(users.id)(all)),
    (x) => op('before')([x])(op('orderBy')(users.id)(all)),
  ],
  countOf: [(x) => op('countOf')(x)],
  innerJoin: [(x) => op('innerJoin')(posts, x)(all), (x) => op('innerJoin')(x, op('eq')(users.id, 1))(all)],
  leftJoin: [(x) => op('leftJoin')(posts, x)(all)],
  rightJoin: [(x) => op('rightJoin')(posts, x)(all)],
  fullJoin: [(x) => op('fullJoin')(posts, x)(all)],
  union: [(x) => op('union')(x)(all)],
  unionAll: [(x) => op('unionAll')(x)(all)],
  intersect: [(x) => op('intersect')(x)(all)],
  exceptAll: [(x) => op('exceptAll')(x)(all)],
  intersectAll: [(x) => op('intersectAll')(x)(all)],
  except: [(x) => op('except')(x)(all)],
  // relations
  any: [(x) => filtered(op('any')(x))],
  has: [(x) => filtered(op('has')(x))],
  every: [(x) => filtered(op('every')(x))],
  containsRow: [(x) => filtered(op('containsRow')(postsOf, x))],
  none: [(x) => filtered(op('none')(x))],
  many: [(x) => op('include')({ posts: op('many')(x) })(all)],
  one: [(x) => op('include')({ posts: op('one')(x) })(all)],
  optional: [(x) => op('include')({ posts: op('optional')(x) })(all)],
  include: [(x) => op('include')({ posts: x })(all)],
  given: [(x) => op('given')(users, x)(postsOf), (x) => op('given')(users, { id: x })(postsOf)],
  // writes
  insertInto: [
    (x) => op('insertInto')(posts)({ id: x, userId: 1 }),
    (x) => op('insertInto')(posts)([{ id: 1, userId: x }]),
  ],
  set: [(x) => op('set')({ name: x })(op('update')(users)), (x) => op('set')({ price: x })(op('update')(users))],
  returning: [(x) => op('returning')({ e: x })(op('insertInto')(posts)({ id: 1, userId: 1 }))],
  values: [(x) => op('from')(op('values')('v', { id: integer }, [{ id: x }]))],
  literal: [(x) => selected(op('literal')(x, integer)), (x) => selected(op('literal')(x, numeric(5, 2)))],
}

/** Nothing that is a value, and what only looks like something of relvar's. */
const hostile: ReadonlyArray<readonly [string, unknown]> = [
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['an object', {}],
  ['an array', [1, 2]],
  ['a symbol', Symbol('x')],
  ['a function', () => 1],
  ['a Date', new Date(0)],
  ['a Map', new Map([['a', 1]])],
  ['a boxed number', new Number(5)],
  ['an object with toString', { toString: () => "'; DROP TABLE users; --" }],
  ['an object with valueOf', { valueOf: () => 1 }],
  ['a forged column', JSON.parse(JSON.stringify(users.id))],
  ['forged raw SQL', { _tag: 'Raw', texts: ['1; DROP TABLE users'], operands: [] }],
]

const answers: ReadonlyArray<string> = ['InvalidValue', 'IllFormed', 'Unsupported', 'FreeSource', 'Ungrouped']

/** An object or an array of JSON is a document, and a function of documents takes it for one. */
const isDocument = (name: string, x: unknown): boolean =>
  name.startsWith('json') &&
  typeof x === 'object' &&
  x !== null &&
  (Array.isArray(x) || Object.getPrototypeOf(x) === Object.prototype) &&
  Object.values(x).every((part) => typeof part !== 'function')

/** What comes of it on a dialect: null where it is as it should be. */
const problem = (build: () => unknown, at: (typeof dialects)[number]): string | null => {
  let query: unknown
  try {
    query = build()
  } catch (error) {
    return error instanceof TypeError ? null : `throws ${String(error)}`
  }
  const load = compile(at)(query as never)
  if (E.isRight(load)) return 'Right'
  if (!answers.includes(load.left._tag)) return load.left._tag
  return load.left._tag === 'InvalidValue' && load.left.place === '' ? 'no place' : null
}

describe.each(hostile)('%s', (_, x) => {
  it.each(Object.entries(places).filter(([name]) => name in relvar && !isDocument(name, x)))(
    'in %s',
    (name, builds) => {
      const wrong = builds.flatMap((build, i) =>
        dialects.flatMap((dialect) => {
          const found = problem(() => build(x), dialect)
          return found === null ? [] : [`${name} #${i} on ${dialect.name}: ${found}`]
        }),
      )
      expect(wrong).toEqual([])
    },
  )
})

/** Functions that take no value and no expression of a caller's: definitions, effects, questions. */
const noOperators: ReadonlyArray<string> = [
  // compiling, asking, running
  ...['compile', 'compileDdl', 'prepare', 'tablesOf', 'explain', 'showExplanation', 'lint', 'evaluate', 'queryCodec'],
  ...['toSql', 'toSqlInline'],
  ...[
    'mariadbDialect',
    'mysqlDialect',
    'postgresDialect',
    'sqliteDialect',
    'createAll',
    'dropAll',
    'echo',
    'retrying',
    'tag',
  ],
  ...['commitPrepared', 'databaseFrom', 'idempotent', 'listening', 'logging', 'resolveCommit', 'rollbackPrepared'],
  ...['preparedTransactions', 'secret', 'slowQueries'],
  ...['isDbError', 'isDisconnect', 'isRetryable', 'matchDbError', 'matchDbErrorOr', 'showDbError', 'transactionAlive'],
  ...['transaction', 'withLint', 'withMiddleware', 'withSignal', 'withTimeout'],
  // DDL
  ...['addColumn', 'addConstraint', 'alterColumn', 'alterTable', 'dropColumn', 'dropConstraint', 'renameColumn'],
  ...['renameTable', 'setComment', 'createIndex', 'createSchema', 'createSequence', 'createTable', 'createTableAs'],
  ...['createView', 'dropIndex', 'dropSchema', 'dropSequence', 'dropTable', 'dropView', 'refreshView', 'sequence'],
  // what a table says of its columns, and whose rows a write is about
  ...['collation', 'comment', 'generated', 'identity', 'onUpdate', 'serverDefault', 'checkConstraint', 'generatedAs'],
  ...['indexOn', 'primaryKeyConstraint', 'tableComment', 'uniqueConstraint', 'view', 'everyRow', 'using', 'insertFrom'],
  ...['onConflictDoNothing', 'onConflictDoUpdate', 'columnsOf', 'nextValue', 'rowShow', 'lintDdl', 'deriveDialect'],
  // definitions of a user's own functions: what they make is tried in test/integration/text
  ...['customFamily', 'customFunction'],
  // tables, columns, names and codecs: definitions
  ...[
    'table',
    'tableIn',
    'schema',
    'alias',
    'cte',
    'subquery',
    'withRecursive',
    'inSchema',
    'foreignKey',
    'references',
  ],
  ...['autoIncrement', 'defaultTo', 'index', 'named', 'nullable', 'primaryKey', 'unique', 'array', 'asDate', 'refine'],
  ...[
    'serialized',
    'unsigned',
    'char',
    'enumeration',
    'json',
    'numeric',
    'varbinary',
    'varchar',
    'decimal',
    'computed',
  ],
  ...['insertCodec', 'patchCodec', 'rowCodec', 'param', 'listParam', 'column', 'fn', 'raw', 'sql'],
  // without an operand, or with one that other tests of theirs are about
  ...['random', 'rowNumber', 'rank', 'denseRank', 'percentRank', 'cumeDist', 'distinct', 'present', 'when', 'from'],
  ...['crossJoin', 'lateral', 'leftLateral', 'deleteFrom', 'update', 'joinFk', 'joinRelated', 'leftJoinRelated'],
  ...['forShare', 'forUpdate', 'noWait', 'skipLocked', 'cursorOf', 'decodeCursor', 'encodeCursor'],
]

it('every public function is tried, or takes no operand', () => {
  const functions = Object.entries(relvar)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name)
  expect(functions.filter((name) => !(name in places) && !noOperators.includes(name))).toEqual([])
})
