/**
 * Sources as the code that declares them: aliases of tables, queries with names, recursions, rows of values.
 */
import { absurd } from 'fp-ts/lib/function.js'

import type { QueryNode, TextNode } from '../expr/query-node.js'
import type { DerivedSource, RecursiveSource, Source, TableSource, ValuesSource } from '../expr/source.js'
import type { Printing } from './code-context.js'
import { queryParts, textParts } from './code-query.js'
import { callText, listText, recordText, stringText } from './code-text.js'
import { pipedText, specText } from './code-type.js'
import { valueText } from './code-value.js'

/** What sources are declared with. */
export interface Declaring extends Printing {
  /** The name of a table that is declared under its own name. */
  readonly table: (source: TableSource) => string
  /** A function of the rows of the step before, as which `self` stands in it. */
  readonly step: (of: string, step: QueryNode) => string
}

const aliased = (on: Declaring, source: Source, own: Source): string =>
  callText(callText(on.use('alias'), [stringText(source.name)]), [on.source(own)])

const tableText = (on: Declaring, source: TableSource): string => {
  if (source.computed.length > 0) {
    const attributes = source.computed.map((c) => [c.key, on.expr(c.expr)] as const)
    return callText(on.use('computed'), [on.source({ ...source, computed: [] }), recordText(attributes)])
  }
  return source.name === source.table.name
    ? on.table(source)
    : aliased(on, source, { ...source, name: source.table.name })
}

const named = (on: Declaring, query: QueryNode, step: string): string => pipedText(on, [...queryParts(on, query), step])

const derivedText = (on: Declaring, source: DerivedSource): string => {
  const { name, query, cte } = source
  if (cte === null) return named(on, query, callText(on.use('subquery'), [stringText(name)]))
  if (cte.name !== name) return aliased(on, source, { ...source, name: cte.name })
  const options = cte.materialized === null ? [] : [recordText([['materialized', String(cte.materialized)]])]
  return named(on, query, callText(on.use('cte'), [stringText(name), ...options]))
}

const recursiveText = (on: Declaring, source: RecursiveSource): string => {
  const { name, cte, base, step, all } = source
  if (cte.name !== name) return aliased(on, source, { ...source, name: cte.name })
  const options = all ? [recordText([['all', 'true']])] : []
  return callText(on.use('withRecursive'), [stringText(name), on.query(base), on.step(name, step), ...options])
}

const valuesSourceText = (on: Declaring, { name, columns, rows }: ValuesSource): string => {
  const specs = columns.map(({ key, type, nullable }) => [key, specText(on, type, nullable)] as const)
  const made = rows.map((row) =>
    recordText(
      row.map((e, i) => {
        const value = e._tag === 'Param' && e.kind._tag === 'Value' ? valueText(e.kind.value) : on.expr(e)
        return [columns[i]?.key ?? '', value] as const
      }),
    ),
  )
  return callText(on.use('values'), [stringText(name), recordText(specs), listText(made)])
}

const textSourceText = (on: Declaring, name: string, statement: TextNode): string =>
  pipedText(on, [...textParts(on, statement), callText(on.use('subquery'), [stringText(name)])])

/** What a source is declared as. */
export const sourceText = (on: Declaring, source: Source): string => {
  switch (source._tag) {
    case 'TableSource':
      return tableText(on, source)
    case 'DerivedSource':
      return derivedText(on, source)
    case 'RecursiveSource':
      return recursiveText(on, source)
    case 'WorkingSource':
      return aliased(on, source, { ...source, name: source.of })
    case 'ValuesSource':
      return valuesSourceText(on, source)
    case 'TextSource':
      return textSourceText(on, source.name, source.statement)
    default:
      return absurd(source)
  }
}
