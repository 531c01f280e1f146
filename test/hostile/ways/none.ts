// Exports that take no data of a user: tables, queries, expressions, dialects, functions, errors.
const words = (text: string): ReadonlyArray<string> => text.trim().split(/\s+/)

export const takesNone: Readonly<Record<string, ReadonlyArray<string>>> = {
  'a table, a column, a schema or their changes': words(`
    addColumn addConstraint alterColumn alterTable asDate autoIncrement columnsOf createAll createIndex dropAll generated
    index nextValue nullable primaryKey refreshView secret unique unsigned createTableAs tablesIn rowsIn
    Uow.empty Uow.keyOf`),
  'a query or a table to go on with': words(`
    any countOf crossJoin deleteFrom distinct every everyRow except exceptAll exists from has insertFrom intersect intersectAll
    joinFk joinRelated lateral leftJoinRelated many noWait none one optional scalar skipLocked union unionAll update
    Db.all Db.count Db.execute Db.exists Db.first Db.one Db.oneOrNone Db.ping Db.scalar idempotent`),
  'nothing, or the bounds of a frame': words(`
    cumeDist denseRank preparedTransactions percentRank random rank rowNumber rowsBetween mariadbDialect mysqlDialect postgresDialect sqliteDialect`),
  'an error of relvar, a signal or a function of the program': words(`
    echo isDisconnect isRetryable listening logging matchDbError matchDbErrorOr resolveCommit showDbError showExplanation
    slowQueries transactionAlive withMiddleware withSignal each inTransaction readable run`),
  'a unit of work or its plan': words('Uow.commit Uow.flush Uow.plan'),
  'tables, for tests': words(`
    agrees atOnce contents criterion eachAlone factory inPages keepsTheModel loadsTheSame program query rows sandbox seed seeded
    streamed unusual unusualClause unusualType write`),
}
