/**
 * What docs/features.md tells of: the golden statements and those of this folder, each under its feature.
 */
import { allStatements } from '../../golden/all.js'
import type { GoldenStatement } from '../../golden/statement.js'
import * as clauses from './clauses.js'
import * as functions from './functions.js'

/** A part of the page: its heading, and the features of the statements in it. */
export interface Part {
  readonly title: string
  readonly features: ReadonlyArray<string>
}

export const parts: ReadonlyArray<Part> = [
  { title: 'Select, order and limit', features: ['select', 'order'] },
  { title: 'Comparison, logic and choice', features: ['comparison', 'logic', 'lists', 'row value', 'choice'] },
  { title: 'Text', features: ['text', 'text function'] },
  { title: 'Numbers', features: ['numbers', 'number function'] },
  { title: 'Dates and times', features: ['day function'] },
  { title: 'JSON documents', features: ['document'] },
  { title: 'Arrays', features: ['array'] },
  { title: 'Groups and aggregates', features: ['group', 'aggregate', 'grouping sets'] },
  { title: 'Windows', features: ['window'] },
  { title: 'Joins', features: ['join', 'further join'] },
  { title: 'Subqueries', features: ['subquery'] },
  { title: 'Relations', features: ['relation', 'include'] },
  { title: 'Names in front', features: ['cte'] },
  { title: 'Set operations', features: ['set operation', 'set operation that keeps doubles'] },
  { title: 'Locks', features: ['lock'] },
  { title: 'Inserts', features: ['insert', 'insert a list', 'insert from', 'upsert'] },
  {
    title: 'Updates and deletes',
    features: ['update', 'update using', 'update returning', 'delete', 'delete using', 'delete returning', 'write'],
  },
  { title: 'Tables', features: ['tables', 'indexes', 'types'] },
  {
    title: 'Views, sequences, schemas and changes of tables',
    features: ['view', 'sequence', 'schema', 'alterTable', 'alterTable, on SQLite by a table made anew'],
  },
  { title: 'SQL of your own', features: ['own SQL', 'sql.text', 'expressions of one’s own'] },
]

/** A golden feature that is no feature to a user. */
export const untold: ReadonlySet<string> = new Set(['the order of parameters'])

export const statements: ReadonlyArray<GoldenStatement> = [
  ...allStatements,
  ...[...Object.values(functions), ...Object.values(clauses)].flat(),
]

/** The feature that a statement's name begins with, and the rest of it. */
export const named = ({ name }: GoldenStatement): readonly [string, string] => {
  const at = name.indexOf(': ')
  return [name.slice(0, at), name.slice(at + 2)]
}
