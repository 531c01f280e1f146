/**
 * Printing one statement: which sources are declared already, and under which names.
 */
import { noClauses } from '../expr/query-node.js'
import { sameStatement } from '../expr/same.js'
import type { Source, TableInfo, TableSource } from '../expr/source.js'
import { exprText } from './code-expression.js'
import type { Module } from './code-module.js'
import { queryText } from './code-query.js'
import { type Declaring, sourceText } from './code-source.js'
import { type Defining, tableText } from './code-table.js'

/** What prints, and the tables that it has declared, with their names. */
export interface Printer extends Declaring, Defining {
  readonly declared: () => ReadonlyArray<readonly [TableInfo, string]>
  /** Whether a foreign key led to a table that was not known, and might be by now. */
  readonly missed: () => boolean
}

/** A source that has a name where it was declared, and within that. */
interface Known {
  readonly depth: number
  readonly source: Source
  readonly name: string
}

/** What an expression inside a definition is about: the table that is defined. */
interface Scope {
  readonly info: TableInfo
  readonly name: string
}

const sourceOf = (table: TableInfo): TableSource => ({ _tag: 'TableSource', name: table.name, table, computed: [] })

/** Whether one declaration serves for both: also for writes, to which more of a table matters. */
const isSame = (a: Source, b: Source): boolean => {
  if (a === b) return true
  if (a.name !== b.name || a._tag !== b._tag) return false
  if (!sameStatement({ ...noClauses, from: a }, { ...noClauses, from: b })) return false
  return a._tag !== 'TableSource' || b._tag !== 'TableSource' || isSameTable(a.table, b.table)
}

const isSameTable = (a: TableInfo, b: TableInfo): boolean => {
  const written = (table: TableInfo) =>
    ({ _tag: 'Delete', from: sourceOf(table), using: [], where: null, everyRow: false, returning: null }) as const
  return a === b || sameStatement(written(a), written(b))
}

/** A printer into a module; `infos` are the tables that foreign keys may lead to. */
export const printerInto = (module: Module, infos: ReadonlyArray<TableInfo>): Printer => {
  const known: Array<Known> = []
  const tables: Array<readonly [TableInfo, string]> = []
  const defining: Array<TableInfo> = []
  const selves: Array<readonly [string, string]> = []
  let scope: Scope | null = null
  let missed = false

  const scoped = <A>(inner: Scope | null, text: () => A): A => {
    const before = scope
    scope = inner
    try {
      return text()
    } finally {
      scope = before
    }
  }

  /** The name of a table's own declaration, which all else of it is made from. */
  const declaredTable = (info: TableInfo): string => {
    const found = tables.find(([other]) => isSameTable(other, info))
    if (found !== undefined) return found[1]
    return module.outside(() =>
      scoped(null, () => {
        defining.push(info)
        const text = tableText(on, info)
        defining.pop()
        const name = module.declare(info.name, text)
        tables.push([info, name])
        return name
      }),
    )
  }

  const isScoped = (source: Source): boolean =>
    scope !== null &&
    source._tag === 'TableSource' &&
    source.name === scope.info.name &&
    source.table.name === source.name

  const declare = (source: Source): string => {
    if (source._tag === 'TableSource' && source.computed.length === 0 && source.name === source.table.name)
      return declaredTable(source.table)
    const put = (): string => {
      const name = module.declare(source.name, sourceText(on, source))
      known.push({ depth: module.depth(), source, name })
      return name
    }
    // Tables are never about the rows of a step.
    return source._tag === 'TableSource' ? module.outside(put) : put()
  }

  const on: Printer = {
    use: (name) => module.use('relvar', name),
    pipe: () => module.use('fp-ts/lib/function.js', 'pipe'),
    io: () => module.use('io-ts', 't'),
    own: module.own,
    unusual: () => module.use('relvar/testing', 'unusual'),
    unusualType: () => module.use('relvar/testing', 'unusualType'),
    unusualClause: () => module.use('relvar/testing', 'unusualClause'),
    expr: (node) => exprText(on, node),
    query: (query) => queryText(on, query),
    source: (source) => {
      if (scope !== null && isScoped(source)) return scope.name
      // The rows of the step before are known by the recursion's own name.
      const self = source._tag === 'WorkingSource' ? selves.findLast(([of]) => of === source.name) : undefined
      if (self !== undefined) return self[1]
      return known.find((k) => isSame(k.source, source))?.name ?? declare(source)
    },
    table: (source) => declaredTable(source.table),
    target: ({ schema, table }) => {
      const info = infos.find((i) => i.name === table && i.schema === schema)
      if (info === undefined) missed = true
      return info === undefined || defining.some((d) => isSameTable(d, info)) ? null : declaredTable(info)
    },
    declare: (name, text) => module.outside(() => module.declare(name, text)),
    inside: (info, name, text) => scoped({ info, name }, text),
    step: (of, query) => {
      const self = module.fresh('self')
      selves.push([of, self])
      const body = module.nested(() => on.query(query))
      selves.pop()
      // What was declared in the function has no name outside of it.
      const kept = known.filter((k) => k.depth <= module.depth())
      known.splice(0, known.length, ...kept)
      return `(${self}) => ${body}`
    },
    declared: () => tables,
    missed: () => missed,
  }
  return on
}
