/**
 * Several groupings in an engine that has one at a time: each grouping is a query of its own, all are united, and what the query
 * says of groups is said of the rows of that union. Its table is read once for each grouping.
 */
import { aggregate, raw } from '../expr/call-node.js'
import { boundBy, freeIn, visitExpr, visitStatement } from '../expr/children.js'
import { column, type ColumnNode, type ExprNode } from '../expr/node.js'
import { absentIn, canBeNull, projectionOf } from '../expr/outputs.js'
import {
  type GroupingSets,
  noClauses,
  type ProjectionNode,
  type QueryNode,
  type SelectNode,
} from '../expr/query-node.js'
import { rewriteExpr, type Substitution } from '../expr/rewrite.js'
import { sameExpr } from '../expr/same.js'
import type { DerivedSource } from '../expr/source.js'
import { integerType } from '../expr/sql-type.js'
import type { Dialect } from './dialect.js'
import { projected } from './grouping.js'
import { join, type Sql, sql } from './sql.js'

const isIn = (select: SelectNode, set: ReadonlyArray<number>, e: ExprNode): boolean =>
  set.some((at) => {
    const one = select.groupBy[at]
    return one !== undefined && sameExpr(one, e)
  })

/** What a query says of its groups: what is grouped by, aggregates, and columns that a key frees. */
const atomsOf = (select: SelectNode, said: ReadonlyArray<ExprNode>): ReadonlyArray<ExprNode> => {
  const own = new Set(boundBy(select))
  const atoms: Array<ExprNode> = []
  const add = (e: ExprNode): void => {
    if (!atoms.some((atom) => sameExpr(atom, e))) atoms.push(e)
  }
  const visit = (e: ExprNode): void => {
    if (e._tag === 'Aggregate' || select.groupBy.some((g) => sameExpr(g, e))) return add(e)
    if (e._tag === 'Column') return own.has(e.of.name) ? add(e) : undefined
    visitExpr(e, { expr: visit, query: inner })
  }
  /** An inner query says of the group what its columns are. */
  const inner = (query: QueryNode): void => {
    const shadowed = boundBy(query).filter((name) => own.delete(name))
    const columns = (e: ExprNode): void => {
      if (e._tag !== 'Column') return visitExpr(e, { expr: columns, query: inner })
      if (own.has(e.of.name)) add(e)
    }
    visitStatement(query, { expr: columns, query: inner })
    for (const name of shadowed) own.add(name)
  }
  said.forEach(visit)
  return atoms
}

/** Several groupings where the engine has them; `also` is part of each. */
export const setsSql = ({ sets }: GroupingSets, terms: ReadonlyArray<Sql>, also: ReadonlyArray<Sql>): Sql => {
  const written = sets.map((set) => [...set.map((at) => terms[at] ?? ['NULL']), ...also])
  return sql` GROUP BY GROUPING SETS (${join(
    written.map((set) => sql`(${join(set, ', ')})`),
    ', ',
  )})`
}

const words = (text: Sql): string => text.filter((piece) => typeof piece === 'string').join('')

// Words of the compiler's own, in the place of a value that every row of a grouping has.
const absent = (dialect: Dialect, e: ExprNode): ExprNode => {
  const { cast, ddl } = dialect.type(e.type)
  // A bare NULL in a derived table is text to PostgreSQL, and neither text nor a number to MySQL.
  const type = dialect.name === 'postgres' ? (cast ?? ddl) : dialect.name === 'mysql' ? cast : null
  const none =
    type !== null ? `CAST(NULL AS ${type})` : dialect.name === 'mysql' ? words(dialect.text(['NULL'], null)) : 'NULL'
  return raw([none], [], e.type, true)
}
const flag = (left: boolean): ExprNode => raw([left ? '1' : '0'], [], integerType, false)

/** An atom in one grouping. */
const inSet = (dialect: Dialect, select: SelectNode, set: ReadonlyArray<number>, atom: ExprNode): ExprNode => {
  if (atom._tag === 'Aggregate' && atom.name === 'grouping')
    return flag(atom.operand === null || !isIn(select, set, atom.operand))
  const isGroup = select.groupBy.some((g) => sameExpr(g, atom))
  return isGroup && !isIn(select, set, atom) ? absent(dialect, atom) : atom
}

const one = (key: string, expr: ExprNode): { readonly key: string; readonly projection: ProjectionNode } => ({
  key,
  projection: { _tag: 'One', expr },
})

const groupingOf = (
  dialect: Dialect,
  select: SelectNode,
  set: ReadonlyArray<number>,
  atoms: ReadonlyArray<ExprNode>,
): SelectNode => ({
  ...noClauses,
  from: select.from,
  joins: select.joins,
  where: select.where,
  present: select.present,
  groupBy: select.groupBy.filter((_, at) => set.includes(at)),
  select: {
    _tag: 'Record',
    fields: [
      ...atoms.map((atom, i) => one(`a${i}`, inSet(dialect, select, set, atom))),
      // One group of all rows, also where nothing else is an aggregate.
      one('n', aggregate('count', null)),
    ],
  },
})

/** The expressions with columns of the union in the place of atoms. */
const overUnion =
  (select: SelectNode, source: DerivedSource, atoms: ReadonlyArray<ExprNode>) =>
  (e: ExprNode): ExprNode => {
    const atomOf = (node: ExprNode): ExprNode | null => {
      const at = atoms.findIndex((atom) => sameExpr(atom, node))
      const made = source.columns[at]
      return at < 0 || made === undefined ? null : column(source, made.key, made.key, made.type, made.nullable)
    }
    const substitution = (name: string, replace: NonNullable<Substitution['replace']> | null): Substitution => ({
      name,
      column: (c: ColumnNode) => (name === '' ? c : (atomOf(c) ?? c)),
      source: null,
      mentions: new Set([source.name]),
      param: null,
      replace,
    })
    return boundBy(select).reduce(
      (node, name) => rewriteExpr(substitution(name, null), node),
      rewriteExpr(substitution('', atomOf), e),
    )
  }

/** A name that no user's source can have, and none that the query mentions: a query around it may have become such a union before. */
const freshName = (mentioned: ReadonlySet<string>): string => {
  let name = '\0groups'
  while (mentioned.has(name)) name += "'"
  return name
}

/** A SELECT with one grouping at most that means the same as one with several. */
export const united = (dialect: Dialect, select: SelectNode): SelectNode => {
  const outputs = projected(projectionOf(select))
  const said = [
    ...outputs,
    ...(select.having === null ? [] : [select.having]),
    ...select.distinctOn,
    ...select.orderBy.map((o) => o.expr),
  ]
  const atoms = atomsOf(select, said)
  const missing = absentIn({ ...select, groupingSets: null })
  const [first, ...rest] = (select.groupingSets?.sets ?? [[]]).map((set) => groupingOf(dialect, select, set, atoms))
  const all = rest.reduce<QueryNode>(
    (left, right) => ({ _tag: 'SetOperation', op: 'unionAll', left, right, orderBy: [], limit: null, offset: null }),
    first ?? groupingOf(dialect, select, [], atoms),
  )
  const isGroup = (e: ExprNode): boolean => select.groupBy.some((g) => sameExpr(g, e))
  const source: DerivedSource = {
    _tag: 'DerivedSource',
    name: freshName(freeIn(select)),
    query: all,
    columns: [
      ...atoms.map((e, i) => ({ key: `a${i}`, type: e.type, nullable: isGroup(e) || canBeNull(e, missing) })),
      { key: 'n', type: integerType, nullable: false },
    ],
    cte: null,
  }
  const over = overUnion(select, source, atoms)
  return {
    ...select,
    from: source,
    joins: [],
    present: [],
    groupBy: [],
    groupingSets: null,
    having: null,
    where: select.having === null ? null : over(select.having),
    select: { _tag: 'Record', fields: outputs.map((e, i) => one(`o${i}`, over(e))) },
    distinctOn: select.distinctOn.map(over),
    orderBy: select.orderBy.map((o) => ({ ...o, expr: over(o.expr) })),
  }
}
