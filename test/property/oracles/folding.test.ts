// What is known already can stand for what asks it: values for closed queries and for columns of a known row, rows for tables.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  bigint,
  boolean,
  caseWhen,
  cte,
  eq,
  exists,
  type Expr,
  from,
  given,
  inList,
  innerJoin,
  inQuery,
  integer,
  isNotNull,
  leftJoin,
  nullable,
  or,
  orderBy,
  select,
  subquery,
  values,
  varchar,
  where,
} from 'relvar'
import { interpret, rowsIn, type Tables } from 'relvar/memory'

import { freeIn } from '../../../src/expr/children.js'
import { expr, nodeOf } from '../../../src/expr/expr.js'
import * as node from '../../../src/expr/node.js'
import type { ColumnNode, ExprNode } from '../../../src/expr/node.js'
import { noClauses } from '../../../src/expr/query-node.js'
import { rewriteExpr, type Substitution } from '../../../src/expr/rewrite.js'
import { type AnyTable, sourceOf } from '../../../src/expr/table.js'
import { atEveryPlace, expectBag, expectRows } from './asking.js'
import { asked, filtered, onBoth, onPosts, onUsers, posts, users } from './drawn.js'

const nothingReplaced: Substitution = {
  name: '',
  column: (c) => c,
  source: null,
  mentions: new Set(),
  param: null,
}

// -- values for queries -----------------------------------------------------------------------------------------------

const one = sourceOf(values('one', { n: integer }, [{ n: 1 }]))

/** The value of an expression that mentions no row; a case in which it has none is drawn anew. */
const valueIn = (tables: Tables, e: ExprNode): ExprNode => {
  const rows = interpret(asked({ ...noClauses, from: one, select: { _tag: 'One', expr: e } }))(tables)
  fc.pre(E.isRight(rows))
  return node.value(E.isRight(rows) ? (rows.right[0] ?? null) : null, e.type, true)
}

/** The criterion with the value of each query in it that mentions no row around it. */
const folded = (tables: Tables, e: ExprNode): ExprNode =>
  rewriteExpr(
    {
      ...nothingReplaced,
      replace: (x) =>
        (x._tag === 'Scalar' || x._tag === 'Exists') && freeIn(x.query).size === 0 ? valueIn(tables, x) : null,
    },
    e,
  )

// -- values for columns -----------------------------------------------------------------------------------------------

/** The expression with the columns of a source replaced. */
const withColumns = (t: AnyTable, column: (c: ColumnNode) => ExprNode, mentions: ReadonlyArray<string>, e: ExprNode) =>
  rewriteExpr({ ...nothingReplaced, name: sourceOf(t).name, column, mentions: new Set(mentions) }, e)

/** An expression about one row, with its values. */
const knowing = <A, N extends string>(e: Expr<A, 'users', N>, row: Readonly<Record<string, unknown>>) => {
  const held = new Map(Object.entries(row))
  const propagated = withColumns(users, (c) => node.value(held.get(c.key), c.type, c.nullable), [], nodeOf(e))
  return expr<A, never, never>(propagated)
}

// -- rows for tables --------------------------------------------------------------------------------------------------

/** The criterion about the users, about another source of their rows. */
const about = (t: AnyTable, e: Expr<boolean | null, 'users' | 'posts', 'users' | 'posts'>) => {
  const source = sourceOf(t)
  const column = (c: ColumnNode): ExprNode => node.column(source, c.key, c.key, c.type, c.nullable)
  return expr<boolean | null, 'known' | 'posts', never>(withColumns(users, column, [source.name], nodeOf(e)))
}

const all = select({ id: users.id, name: users.name, age: users.age, ok: users.ok, big: users.big })
const userColumns = {
  id: integer,
  name: pipe(varchar(20), nullable),
  age: pipe(integer, nullable),
  ok: pipe(boolean, nullable),
  big: pipe(bigint, nullable),
}

atEveryPlace((holds) => {
  holds(
    '[property 25] the value of a query that mentions no outer row can stand for the query',
    filtered,
    async ({ rows, tables }, { query, where: p }) => {
      const before = await rows(asked({ ...query, where: p }))
      expectBag('folded', await rows(asked({ ...query, where: folded(tables, p) })), before)
    },
  )

  holds(
    '[property 25] the values that a query has can stand for it in IN, and whether it has some in EXISTS',
    fc.tuple(onUsers, onPosts),
    async ({ rows, tables }, [p, q]) => {
      const ids = pipe(from(posts), where(and(q, isNotNull(posts.authorId))), select(posts.authorId))
      const known = interpret(ids)(tables)
      fc.pre(E.isRight(known))
      const list = E.isRight(known) ? known.right.filter((id) => id !== null) : []
      const here = pipe(from(users), where(p), orderBy(users.id))
      const truths = { among: pipe(users.id, inQuery(ids)), some: exists(ids) }
      const folds = { among: pipe(users.id, inList(list)), some: list.length > 0 ? and() : or() }
      expectRows('values', await rows(pipe(here, select(folds))), await rows(pipe(here, select(truths))))
    },
  )

  holds(
    '[property 25] the truth of a criterion for each row can stand for it, by the key of the row',
    onUsers,
    async ({ rows, tables }, p) => {
      const truths = interpret(pipe(from(users), select({ id: users.id, truth: p })))(tables)
      fc.pre(E.isRight(truths))
      const known = E.isRight(truths) ? truths.right : []
      const ids = known.filter(({ truth }) => truth === true).map(({ id }) => id)
      const mapped = caseWhen(pipe(users.id, inList(ids)), true).otherwise(false)
      expectBag(
        'mapped',
        await rows(pipe(from(users), where(eq(mapped, true)))),
        await rows(pipe(from(users), where(p))),
      )
    },
  )

  holds(
    '[property 25] the values of a known row can stand for its columns',
    fc.tuple(onUsers, onBoth),
    async ({ rows, tables }, [p, on]) => {
      const pairs = await rows(pipe(from(users), innerJoin(posts, on), select({ user: users.id, post: posts })))
      for (const user of rowsIn(users)(tables)) {
        const truth = await rows(pipe(from(users), where(eq(users.id, user.id)), select(p)))
        expectRows(
          'a truth',
          await rows(pipe(from(users), where(eq(users.id, user.id)), select(knowing(p, user)))),
          truth,
        )
        const own = pairs.filter((pair) => pair.user === user.id).map((pair) => pair.post)
        expectBag('a join', await rows(pipe(from(posts), where(on), given(users, user))), own)
      }
    },
  )

  holds(
    '[property 25] rows of values, a query with a name and a common table can stand for a table',
    onBoth,
    async ({ rows, tables }, on) => {
      const pairs = await rows(pipe(from(users), leftJoin(posts, on), select({ user: users.id, post: posts.id })))
      const known = pipe(from(users), all)
      const others = [
        pipe(known, subquery('known')),
        pipe(known, cte('known')),
        pipe(known, cte('known', { materialized: true })),
      ]
      for (const other of others) {
        const joined = pipe(from(other), leftJoin(posts, about(other, on)), select({ user: other.id, post: posts.id }))
        expectBag('a query', await rows(joined), pairs)
      }
      const held = values('known', userColumns, rowsIn(users)(tables))
      const joined = pipe(from(held), leftJoin(posts, about(held, on)), select({ user: held.id, post: posts.id }))
      expectBag('values', await rows(joined), pairs)
    },
  )
})
