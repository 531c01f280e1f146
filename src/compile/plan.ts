/**
 * The plan of a query's row: which output stands where, and what is null when a source is absent.
 */
import { absentIn, canBeNull, outputsOf, projectionOf } from '../expr/outputs.js'
import type { ProjectionNode, QueryNode, WriteNode } from '../expr/query-node.js'
import { columnsOfSource, type Source, storedColumns } from '../expr/source.js'
import { describe } from './context.js'
import { ordinalOutput } from './outer-keys.js'
import type { RowPlan } from './rows.js'

/** A source whose presence must be asked for, and the output that tells. */
export interface PresenceOutput {
  readonly source: Source
  readonly at: number
}

/** A plan, and the presence outputs that must follow the query's own. */
export interface PlannedRow {
  readonly plan: RowPlan
  readonly presence: ReadonlyArray<PresenceOutput>
  /** How many outputs the query has by itself. */
  readonly outputs: number
}

const ofProjection = (projection: ProjectionNode, absent: ReadonlySet<string>): PlannedRow => {
  let at = 0
  const presence: Array<PresenceOutput> = []
  const total = countOutputs(projection)
  const presenceOf = (source: Source, start: number): number => {
    const i = storedColumns(source).findIndex((c) => !c.nullable)
    if (i >= 0) return start + i
    const known = presence.find((p) => p.source.name === source.name)
    if (known !== undefined) return known.at
    presence.push({ source, at: total + presence.length })
    return total + presence.length - 1
  }
  const go = (p: ProjectionNode, path: string): RowPlan => {
    switch (p._tag) {
      case 'One': {
        const place = p.expr._tag === 'Column' || path === '' ? describe(p.expr) : path
        return { _tag: 'Leaf', at: at++, type: p.expr.type, nullable: canBeNull(p.expr, absent), absent: null, place }
      }
      case 'Whole': {
        const start = at
        const there = absent.has(p.source.name) ? presenceOf(p.source, start) : null
        const fields = columnsOfSource(p.source).map((c) => ({
          key: c.key,
          plan: {
            _tag: 'Leaf',
            at: at++,
            type: c.type,
            nullable: c.nullable,
            absent: there,
            place: `${p.source.name}.${c.key}`,
          } as const,
        }))
        return { _tag: 'Record', fields, absent: there }
      }
      case 'Record':
        return {
          _tag: 'Record',
          fields: p.fields.map((f) => ({
            key: f.key,
            plan: go(f.projection, path === '' ? f.key : `${path}.${f.key}`),
          })),
          absent: null,
        }
    }
  }
  const plan = go(projection, '')
  return { plan, presence, outputs: total }
}

const countOutputs = (projection: ProjectionNode): number => {
  switch (projection._tag) {
    case 'One':
      return 1
    case 'Whole':
      return columnsOfSource(projection.source).length
    case 'Record':
      return projection.fields.reduce((n, f) => n + countOutputs(f.projection), 0)
  }
}

/** The plan of a query's rows. */
export const planOf = (query: QueryNode): PlannedRow => {
  if (query._tag === 'Select') return ofProjection(projectionOf(query), absentIn(query))
  // Which outer row a row belongs to is no part of it.
  const own = outputsOf(query).filter((c) => c.key !== ordinalOutput)
  const fields = own.map((c, at) => ({
    key: c.key,
    plan: { _tag: 'Leaf', at, type: c.type, nullable: c.nullable, absent: null, place: c.key } as const,
  }))
  return { plan: { _tag: 'Record', fields, absent: null }, presence: [], outputs: fields.length }
}

/** The plan of what a write gives back; null where it gives nothing back. */
export const returningPlan = (write: WriteNode): PlannedRow | null =>
  write.returning === null ? null : ofProjection(write.returning, new Set())
