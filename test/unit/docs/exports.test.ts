// No exported name occurs twice over the entry points, and the names are these: whoever changes them does it on purpose.
import { readFileSync } from 'node:fs'
import * as relvar from 'relvar'
import * as memory from 'relvar/memory'
import * as mysql from 'relvar/mysql'
import * as postgres from 'relvar/postgres'
import * as promise from 'relvar/promise'
import * as sqlite from 'relvar/sqlite'
import * as testing from 'relvar/testing'
import { describe, expect, test } from 'vitest'

// -- values -----------------------------------------------------------------------------------------------------------

const entries = { relvar, postgres, mysql, sqlite, promise, memory, testing }

const names: Readonly<Record<string, ReadonlyArray<string>>> = {
  relvar: `
    Db Uow
    abs add addColumn addConstraint addInterval after alias allOf alterColumn alterTable and any anyOf array arrayAgg
    arrayAppend arrayConcat arrayContainedBy arrayContains arrayLength arrayOverlaps arrayPosition asc asDate
    autoIncrement avg before between bigint binary bitAnd bitNot bitOr bitXor boolAnd boolean boolOr byKey byteLength
    caseWhen cast ceil char charLength checkConstraint coalesce collate collation column columnsOf comment
    commitPrepared compareRows compile compileDdl computed concat concatWs containsRow containsText count
    countDistinct countOf createAll createIndex createSchema createSequence createTable createTableAs createView
    crossJoin cte cube cumeDist currentDate currentRow currentTimestamp cursorOf customFamily customFunction
    databaseFrom date dateOf daysBetween decimal decodeCursor defaultTo deleteFrom denseRank deriveDialect desc
    distinct distinctOn distinctValues div double dropAll dropColumn dropConstraint dropIndex dropSchema dropSequence
    dropTable dropView echo elementAt encodeCursor endsWith enumeration eq eqAnyElement every everyRow except
    exceptAll exists exp explain exprEq exprShow extract filter filters firstValue floor fn following foreignKey
    forShare forUpdate from fullJoin generated generatedAs given greatest groupBy grouping groupingSets groupsBetween
    gt gte has having idempotent identity ilike include index indexOf indexOn inList innerJoin inQuery inQueryRows
    inRows inSchema insertCodec insertFrom insertInto intDiv integer intersect intersectAll interval isDbError
    isDisconnect isDistinctFrom isFalse isNotDistinctFrom isNotFalse isNotNull isNotTrue isNull isRetryable isTrue
    joinFk joinRelated json jsonAgg jsonArray jsonContains jsonExists jsonLength jsonObject jsonPath jsonTypeOf lag
    lastValue lateral lead least leftJoin leftJoinRelated leftLateral like limit limitWithTies lint lintDdl listening
    listParam literal ln logging lower lpad lt lte ltrim many mariadbDialect matchDbError matchDbErrorOr matches max
    microsecondsBetween min mod mul mysqlDialect named ne negate nextValue none not notInList noWait nthValue ntile
    nullable nullIf nullsFirst nullsLast numeric offset onConflictDoNothing onConflictDoUpdate one onUpdate optional
    or orderBy over page param patchCodec percentRank postgresDialect power preceding prepare preparedTransactions
    present primaryKey primaryKeyConstraint queryCodec queryEq queryShow random rangeBetween rank raw real references
    refine refreshView regexMatches renameColumn renameTable repeat replace resolveCommit retrying returning reverse
    rightJoin rollbackPrepared rollup round roundTo rowCodec rowNumber rowsBetween rowShow rpad rtrim scalar schema
    secondsBetween secret select sequence serialized serverDefault set setComment shiftLeft shiftRight showDbError
    showExplanation sign skipLocked slice slowQueries smallint sql sqliteDialect sqrt startsWith stddevPop stddevSamp
    stringAgg sub subquery substring sum table tableComment tableIn tablesOf tag takeLeft takeRight text time timeOf
    timestamp timestamptz toSql toSqlInline toTimestamp toTimestamptz transaction transactionAlive trim truncate
    truncateDigits truncateTo unboundedFollowing unboundedPreceding union unionAll unique uniqueConstraint unsigned
    update upper using uuid values varbinary varchar varPop varSamp view when where whereEq withLint withMiddleware
    withRecursive withSignal withTimeout`.split(/\s+/),
  postgres: ['postgres'],
  mysql: ['mariadb', 'mysql'],
  sqlite: ['sqlite'],
  promise: ['each', 'inTransaction', 'isRelvarError', 'readable', 'run'],
  memory: ['apply', 'emptyTables', 'evaluate', 'interpret', 'memory', 'rowsIn', 'tablesIn', 'withRows'],
  testing: [
    'agrees',
    'atOnce',
    'code',
    'contents',
    'criterion',
    'eachAlone',
    'factory',
    'inPages',
    'keepsTheModel',
    'loadsTheSame',
    'program',
    'query',
    'rows',
    'sandbox',
    'seed',
    'seeded',
    'show',
    'streamed',
    'unusual',
    'unusualClause',
    'unusualType',
    'write',
  ],
}

/** Functions about a Database and about a unit of work stand under a name of their own, so they may repeat those above. */
const namespaces: Readonly<Record<string, ReadonlyArray<string>>> = {
  Db: [
    'all',
    'count',
    'execute',
    'exists',
    'first',
    'hasTable',
    'one',
    'oneOrNone',
    'ping',
    'plan',
    'scalar',
    'stream',
  ],
  Uow: `attach changes commit empty flush get insert keyOf load modify plan remove showPlan`.split(' '),
}

const sorted = (list: Iterable<string>): ReadonlyArray<string> => [...list].filter((name) => name !== '').sort()

describe('the values of', () => {
  for (const [entry, exported] of Object.entries(entries))
    test(`the entry point ${entry}`, () => {
      expect(sorted(Object.keys(exported))).toEqual(sorted(names[entry] ?? []))
    })

  test('Db', () => {
    expect(sorted(Object.keys(relvar.Db))).toEqual(namespaces['Db'])
  })

  test('Uow', () => {
    expect(sorted(Object.keys(relvar.Uow))).toEqual(namespaces['Uow'])
  })
})

test('no value is exported under one name by two entry points', () => {
  const all = Object.values(entries).flatMap((exported) => Object.keys(exported))
  expect(all.filter((name, i) => all.indexOf(name) !== i)).toEqual([])
})

// -- types ------------------------------------------------------------------------------------------------------------

interface Exported {
  readonly name: string
  readonly module: string
}

/** What an entry point exports, types included, read from its text: `export [type] { a, type B as C } from './module.js'`. */
const exportedBy = (entry: string): ReadonlyArray<Exported> => {
  const text = readFileSync(new URL(`../../../src/${entry}.ts`, import.meta.url), 'utf8')
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '(.*)'$/gm)].flatMap(
    ([, list = '', module = '']) =>
      list
        .split(',')
        .map((one) => (one.trim().split(/\s+/).at(-1) ?? '').trim())
        .filter((name) => name !== '')
        .map((name) => ({ name, module })),
  )
  const whole = [...text.matchAll(/^export \* as (\w+) from '(.*)'$/gm)].map(([, name = '', module = '']) => ({
    name,
    module,
  }))
  return [...listed, ...whole]
}

const everything = ['index', 'postgres', 'mysql', 'sqlite', 'promise', 'memory', 'testing'].flatMap(exportedBy)

test('the exports that are read from the sources have every value among them', () => {
  const read = new Set(everything.map(({ name }) => name))
  expect(Object.values(entries).flatMap((exported) => Object.keys(exported).filter((name) => !read.has(name)))).toEqual(
    [],
  )
})

/** The same word for the same event, with what is known of it in memory: fewer fields than a database tells. */
const inMemoryToo = [
  'CheckViolation',
  'ForeignKeyViolation',
  'InvalidValue',
  'MultipleRows',
  'NoRows',
  'NotNullViolation',
  'UniqueViolation',
]

test('no name stands for two things: what two entry points export is the same declaration', () => {
  const homes = new Map<string, Set<string>>()
  for (const { name, module } of everything) homes.set(name, (homes.get(name) ?? new Set()).add(module))
  const twice = [...homes].filter(([, modules]) => modules.size > 1).map(([name]) => name)
  expect(sorted(twice)).toEqual(inMemoryToo)
})
