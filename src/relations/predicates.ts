/**
 * Questions about the rows that a relation gives: the words of SQLAlchemy for EXISTS.
 */
import { where } from '../expr/clauses.js'
import { comparedRow } from './row-of.js'
import type { Expr, SrcOf } from '../expr/expr.js'
import { criterion, expr } from '../expr/expr.js'
import { not } from '../expr/logic.js'
import { exists } from '../expr/nested.js'
import * as node from '../expr/node.js'
import type { ColumnNode, ExprNode } from '../expr/node.js'
import { projectionOf } from '../expr/outputs.js'
import { type Decode, nodeOfQuery, type Query } from '../expr/query.js'
import { noClauses, type ProjectedField, type SelectNode } from '../expr/query-node.js'
import { boundBy, visitExpr, visitStatement } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import { rewriteExpr } from '../expr/rewrite.js'
import type { DerivedSource } from '../expr/source.js'
import { booleanType } from '../expr/sql-type.js'
import { projected } from '../compile/grouping.js'
import { sameExpr } from '../expr/same.js'

type Criterion = Expr<boolean | null, string, string>

// -------------------------------------------------------------------------------------
// the rows that a relation gives, as a query that can be filtered
// -------------------------------------------------------------------------------------

/** Whether a clause has chosen among the rows before a criterion may be asked of them. */
const isChosen = (select: SelectNode): boolean =>
  select.limit !== null || select.offset !== null || select.distinctOn.length > 0 || select.keyset !== null

/** The columns of these sources that an expression mentions, also inside of its queries. */
const columnsIn = (e: ExprNode, names: ReadonlySet<string>): ReadonlyArray<ColumnNode> => {
  const found: Array<ColumnNode> = []
  const visitor: Visitor = {
    expr: (x) => {
      if (x._tag !== 'Column') return visitExpr(x, visitor)
      if (names.has(x.of.name) && !found.some((c) => sameExpr(c, x))) found.push(x)
    },
    query: (q) => visitStatement(q, visitor),
  }
  visitor.expr(e)
  return found
}

/** The name of a relation's rows: no user name holds a NUL. */
const rowsName = '\0related'

/** A criterion about the rows that a relation gives after its limit: these become a source, whose columns are what it mentions. */
const chosenWhere = (select: SelectNode, on: ExprNode): SelectNode => {
  const needed = columnsIn(on, new Set(boundBy(select)))
  const outputs = projected(projectionOf(select))
  // Under distinct the outputs are what there is; elsewhere a column can be given beside them.
  const given = needed.filter((c) => !select.distinct || outputs.some((o) => sameExpr(o, c)))
  const one = (key: string, e: ExprNode): ProjectedField => ({ key, projection: { _tag: 'One', expr: e } })
  const own = select.distinct ? outputs.map((e, i) => one(`o${i}`, e)) : []
  const fields = [...own, ...given.map((c, i) => one(`v${i}`, c))]
  const query: SelectNode = {
    ...select,
    includes: [],
    select: { _tag: 'Record', fields: fields.length === 0 ? [one('v', node.value(true, booleanType))] : fields },
  }
  const source: DerivedSource = Object.freeze({
    _tag: 'DerivedSource',
    name: rowsName,
    query,
    cte: null,
    columns: fields.map(({ key, projection }) => ({
      key,
      type: projection._tag === 'One' ? projection.expr.type : booleanType,
      nullable: true,
    })),
  })
  const asked = rewriteExpr(
    {
      name: '',
      column: (c) => c,
      source: null,
      mentions: new Set([rowsName]),
      param: (p) => p,
      replace: (e) => {
        const at = e._tag === 'Column' ? given.findIndex((c) => sameExpr(c, e)) : -1
        return at < 0 ? null : node.column(source, `v${at}`, `v${at}`, e.type, true)
      },
    },
    on,
  )
  return { ...noClauses, from: source, where: asked }
}

/** The relation with a criterion about the rows that it gives. */
const filtered = (relation: Query<unknown, never, string, string>, on: Criterion): Expr<boolean, string> => {
  const select = nodeOfQuery(relation)
  if (select._tag !== 'Select') {
    // The outputs of a set operation have no names that a criterion could mention: it is about outer rows alone.
    if (select._tag !== 'SetOperation') return expr(criterion({ refused: relation }, booleanType))
    return expr(
      node.logic('and', [
        node.exists(select),
        node.coalesce([criterion(on, booleanType), node.value(false, booleanType)], booleanType),
      ]),
    )
  }
  const asked = criterion(on, booleanType)
  if (isChosen(select)) return expr(node.exists(chosenWhere(select, asked)))
  // Groups are rows, too, and a criterion of theirs is one of the groups.
  if (select.groupBy.length > 0)
    return expr(
      node.exists({ ...select, having: select.having === null ? asked : node.logic('and', [select.having, asked]) }),
    )
  return exists(where(on)(relation))
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Whether the relation gives a row, one for which the criterion is true where one is given. The criterion is about the rows that
 * are left after the relation's own limit, distinct and groups.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { any, eq, from, integer, like, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { authorId: integer, title: text })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), where(any(postsOf, pipe(posts.title, like('%SQL%')))))
 *
 * @category constructors
 * @since 0.1.0
 */
// The types live in the signature alone: `On` carries the sources that the criterion mentions.
export const any = ((relation: Query<unknown, never, string, string>, on?: Criterion): unknown =>
  on === undefined ? exists(relation) : filtered(relation, on)) as Predicate

/** A predicate over the rows of a relation. */
// `On` is no part of the result, lest the place where a predicate stands says what it mentions.
export type Predicate = <
  P,
  S extends string,
  O extends string,
  F extends string,
  K extends 'select' | 'set',
  On extends Criterion = never,
>(
  relation: Query<P, S, O, F, K>,
  on?: On,
) => Expr<boolean, F | Exclude<SrcOf<On>, S>>

/**
 * Whether the relation gives its row, for a relation to one: the same question as `any`, in the word that reads well there.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, has, integer, primaryKey, references, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), where(has(postsOf)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const has: Predicate = (relation, on) => any(relation, on)

/**
 * Whether the relation gives no such row.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, none, primaryKey, references, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), where(none(postsOf)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const none: Predicate = (relation, on) => not(any(relation, on))

/** A predicate over all rows of a relation. */
export type EveryPredicate = <P, S extends string, O extends string, F extends string, On extends Criterion>(
  relation: Query<P, S, O, F>,
  on: On,
) => Expr<boolean, F | Exclude<SrcOf<On>, S>>

/**
 * Whether the criterion is true for every row that the relation gives; of no rows it is. A row for which it is null is one for
 * which it is not true.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, every, from, integer, like, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { authorId: integer, title: text })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), where(every(postsOf, pipe(posts.title, like('%SQL%')))))
 *
 * @category constructors
 * @since 0.1.0
 */
// As with `any`, the types live in the signature alone.
export const every = ((relation: Query<unknown, never, string, string>, on: Criterion): unknown => {
  const asked = criterion(on, booleanType)
  const untrue = node.not(node.coalesce([asked, node.value(false, booleanType)], booleanType))
  return not(any(relation, expr<boolean, string, string>(untrue)))
}) as EveryPredicate

/**
 * Whether the relation gives this row, which is known by the primary key of the relation's first table: a comparison of keys.
 *
 * @param row a row as the relation gives it
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { containsRow, eq, from, integer, primaryKey, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: integer })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), where(containsRow(postsOf, { id: 7, authorId: 1 })))
 *
 * @category constructors
 * @since 0.1.0
 */
export const containsRow = <P, S extends string, O extends string, F extends string>(
  relation: Query<P, S, O, F>,
  row: NonNullable<Decode<P, O>>,
): Expr<boolean, F> => {
  const select = nodeOfQuery(relation)
  const same = select._tag === 'Select' ? comparedRow(select, row) : criterion({ refused: relation }, booleanType)
  // The comparison is about the relation's own sources, which it binds.
  return expr(nodeOfExists(any(relation as Query<unknown, never, string, string>, expr<boolean, never, never>(same))))
}

const nodeOfExists = (e: Expr<boolean, string>): ExprNode => criterion(e, booleanType)
