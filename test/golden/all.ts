/**
 * All statements of the golden files, in their order.
 */
import type { GoldenStatement } from './statement.js'
import { aggregates, groupSets, windows } from './statements/analysis.js'
import { choice, comparison, lists, logic } from './statements/comparison.js'
import { groups, orders, parameters, selects } from './statements/clauses.js'
import { alterations, rebuilds, schemas, sequences, views } from './statements/definitions.js'
import {
  dayFunctions,
  documentFunctions,
  numberFunctions,
  ownSql,
  textFunctions,
  typedTables,
} from './statements/functions.js'
import { ctes, locks, moreJoins, moreSets, rowValues } from './statements/more-sources.js'
import { ownExpressions, texts } from './statements/own-sql.js'
import { includes, predicates } from './statements/relations.js'
import { joins, setOperations, subqueries } from './statements/sources.js'
import { indexes, tables } from './statements/tables.js'
import { numbers, textual } from './statements/values.js'
import { ddl, deletes, inserts, updates } from './statements/writes.js'
import { insertsOfLists, insertsOfQueries } from './statements/writes-insert.js'
import { upserts } from './statements/writes-upsert.js'
import { deletesReturning, deletesUsing, updatesReturning, updatesUsing } from './statements/writes-using.js'

export const allStatements: ReadonlyArray<GoldenStatement> = [
  ...selects,
  ...comparison,
  ...logic,
  ...lists,
  ...choice,
  ...textual,
  ...numbers,
  ...textFunctions,
  ...numberFunctions,
  ...dayFunctions,
  ...documentFunctions,
  ...ownSql,
  ...texts,
  ...ownExpressions,
  ...orders,
  ...groups,
  ...aggregates,
  ...windows,
  ...groupSets,
  ...parameters,
  ...joins,
  ...moreJoins,
  ...subqueries,
  ...ctes,
  ...rowValues,
  ...locks,
  ...setOperations,
  ...moreSets,
  ...predicates,
  ...includes,
  ...inserts,
  ...insertsOfLists,
  ...insertsOfQueries,
  ...upserts,
  ...updates,
  ...deletes,
  ...updatesUsing,
  ...deletesUsing,
  ...updatesReturning,
  ...deletesReturning,
  ...ddl,
  ...tables,
  ...indexes,
  ...views,
  ...sequences,
  ...schemas,
  ...alterations,
  ...rebuilds,
  ...typedTables,
]
