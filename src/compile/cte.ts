/**
 * Rows with a name in front of a statement (WITH): common table expressions and recursions, each said once.
 */
import { sameShape } from '../expr/same.js'
import type { DerivedSource, Source, TableSource } from '../expr/source.js'
import { freeSource, illFormed, sourceMismatch } from './compile-error.js'
import {
  aboutRows,
  type Context,
  emptyScope,
  failed,
  type Front,
  nextAlias,
  noFront,
  noted,
  within,
} from './context.js'
import { textRowsSql } from './raw.js'
import { recursionSql } from './recursion.js'
import { join, type Sql, sql } from './sql.js'
import { valuesSql } from './values.js'

type Said = Extract<Source, { readonly _tag: 'DerivedSource' | 'RecursiveSource' }>

// -------------------------------------------------------------------------------------
// in front
// -------------------------------------------------------------------------------------

/** Whether two sources of one name are the same rows, but for their values: those are compared before a statement is run. */
const sameRows = (a: Source, b: Source): boolean => {
  if (a._tag === 'DerivedSource' && b._tag === 'DerivedSource')
    return a.cte?.materialized === b.cte?.materialized && sameShape(a.query, b.query)
  return (
    a._tag === 'RecursiveSource' &&
    b._tag === 'RecursiveSource' &&
    a.all === b.all &&
    sameShape(a.base, b.base) &&
    sameShape(a.step, b.step)
  )
}

/** MATERIALIZED is a word of two engines; on the others the rows are the same. */
const hint = (context: Context, materialized: boolean | null): string => {
  const { name } = context.dialect
  if (materialized === null) return ''
  if (name === 'mysql' || name === 'mariadb') {
    context.notes.add('materialized is no word of the engine, and the rows are the same')
    return ''
  }
  return materialized ? 'MATERIALIZED ' : 'NOT MATERIALIZED '
}

/** MySQL 9.7 gives rows of INTERSECT and EXCEPT that are not among them, where they are read a second time under a name in front. */
const apart = (context: Context, { query, columns }: DerivedSource, written: Sql): Sql => {
  if (context.dialect.name !== 'mysql' || query._tag === 'Select') return written
  if (query.op === 'union' || query.op === 'unionAll') return written
  const t = nextAlias(context)
  const outputs = columns.map((_, i) => `${t}.c${i} AS c${i}`).join(', ')
  return noted(
    context,
    'a derived table stands inside of the rows in front',
    sql`SELECT ${outputs} FROM (${written}) AS ${t}`,
  )
}

/** The name in SQL of rows that stand in front, which are written where they are first met. */
const inFront = (context: Context, front: Front, source: Said, name: string): Sql => {
  const known = front.said.get(name)
  if (known !== undefined) return sameRows(known.source, source) ? [known.alias] : failed(context, sourceMismatch(name))
  const alias = `w${context.aliases}`
  context.aliases += 1
  front.said.set(name, { source, alias })
  context.named = true
  const written = within(context, aboutRows, () =>
    source._tag === 'DerivedSource'
      ? apart(context, source, context.nested.flat(context, emptyScope, source.query, null))
      : recursionSql(context, front, source, alias),
  )
  if (source._tag === 'RecursiveSource') front.recursive = true
  front.texts.push(sql`${alias} AS ${hint(context, source.cte?.materialized ?? null)}(${written})`)
  return [alias]
}

/** A text with what stands in front of it. */
export const fronted = (context: Context, text: Sql): Sql => {
  const { front } = context
  return front === null || front.texts.length === 0
    ? text
    : sql`${front.recursive ? 'WITH RECURSIVE ' : 'WITH '}${join(front.texts, ', ')} ${text}`
}

/** A query inside a statement that has no place in front: the outermost of its queries has one of its own. */
export const withFront = (context: Context, write: () => Sql): Sql => {
  if (context.front !== null) return write()
  context.front = noFront()
  const inner = write()
  if (context.front.texts.length > 0) context.notes.add('each query of the write has its own WITH')
  const written = fronted(context, inner)
  context.front = null
  return written
}

// -------------------------------------------------------------------------------------
// in FROM
// -------------------------------------------------------------------------------------

const stepName = (context: Context, of: string): Sql => {
  const alias = context.front?.steps.get(of)
  return alias === undefined ? failed(context, freeSource(of)) : [alias]
}

/** What stands in FROM for rows with a name, without its alias. */
const named = (context: Context, source: Exclude<Source, TableSource>): Sql => {
  switch (source._tag) {
    case 'WorkingSource':
      return stepName(context, source.of)
    case 'ValuesSource':
      return sql`(${valuesSql(context, source)})`
    case 'TextSource':
      return sql`(${textRowsSql(context, source)})`
    case 'RecursiveSource':
    case 'DerivedSource': {
      return context.front === null
        ? failed(context, illFormed('rows with a name stand in a query'))
        : inFront(context, context.front, source, source.cte?.name ?? source.name)
    }
  }
}

/** A FROM item of rows with a name. `marker`: a column that is never null; `apart`: what keeps it from being merged, if anything. */
export const namedRows = (
  context: Context,
  source: Exclude<Source, TableSource>,
  alias: string,
  marker: string | null,
  apart: Sql,
): Sql => {
  const rows = named(context, source)
  if (marker === null && apart.length === 0) return sql`${rows} AS ${alias}`
  const t = nextAlias(context)
  const also = marker === null ? '' : `, 1 AS ${marker}`
  return sql`(SELECT ${t}.*${also} FROM ${rows} AS ${t}${apart}) AS ${alias}`
}
