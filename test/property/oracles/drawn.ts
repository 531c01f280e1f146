// What the oracles are drawn from: the tables of the world with one more of random columns, criteria, and queries over all of them.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import {
  bigint,
  boolean,
  char,
  date,
  double,
  enumeration,
  type Expr,
  integer,
  nullable,
  numeric,
  primaryKey,
  real,
  smallint,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
  varbinary,
  varchar,
} from 'relvar'
import { contents, criterion, query as anyQuery } from 'relvar/testing'

import { isGrouped, projected } from '../../../src/compile/grouping.js'
import { hasWindow } from '../../../src/expr/children.js'
import { expr } from '../../../src/expr/expr.js'
import type { ExprNode } from '../../../src/expr/node.js'
import * as node from '../../../src/expr/node.js'
import { projectionOf } from '../../../src/expr/outputs.js'
import { nodeOfQuery, query } from '../../../src/expr/query.js'
import type { SelectNode } from '../../../src/expr/query-node.js'
import { showExpr, showStatement } from '../../../src/expr/show.js'
import { type AnyTable, sourceOf } from '../../../src/expr/table.js'
import { rowContext } from '../../../src/testing/context.js'
import { expression } from '../../../src/testing/expression.js'
import { type AnyClosedQuery, worldOf } from '../../../src/testing/query.js'
import { isUnordered } from '../../../src/testing/family.js'
import { showing } from '../../../src/testing/show.js'
import * as world from '../world.js'

// More cases, and other ones, by the environment.
export const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
export const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

// -- tables -----------------------------------------------------------------------------------------------------------

const columns = fc.constantFrom(
  integer,
  smallint,
  bigint,
  double,
  real,
  boolean,
  date,
  time,
  timestamp,
  timestamptz,
  uuid,
  numeric(7, 3),
  varchar(12),
  text,
  char(4),
  varbinary(8),
  pipe(integer, nullable),
  pipe(smallint, nullable),
  pipe(bigint, nullable),
  pipe(numeric(7, 3), nullable),
  pipe(double, nullable),
  pipe(real, nullable),
  pipe(boolean, nullable),
  pipe(varchar(12), nullable),
  pipe(text, nullable),
  pipe(char(4), nullable),
  pipe(date, nullable),
  pipe(time, nullable),
  pipe(timestamp, nullable),
  pipe(timestamptz, nullable),
  pipe(uuid, nullable),
  pipe(varbinary(8), nullable),
  pipe(enumeration(['x', 'Y', 'y']), nullable),
)

const drawnTable = fc
  .array(columns, { minLength: 3, maxLength: 8, size: 'max' })
  .map((all) =>
    table('drawn', { id: pipe(integer, primaryKey), ...Object.fromEntries(all.map((type, i) => [`c${i}`, type])) }),
  )

/** Its columns are drawn once a run: another seed, another schema. */
const [drawn] = fc.sample(drawnTable, { seed, numRuns: 1 })

export const { users, posts, notes, things } = world
export const tables: ReadonlyArray<AnyTable> = [users, posts, notes, things, ...(drawn === undefined ? [] : [drawn])]
export const data = contents(tables)

const all: ExprNode = node.logic('and', [])

// -- criteria ---------------------------------------------------------------------------------------------------------

export const onUsers = criterion(users, tables)
export const onPosts = criterion(posts, tables)

/** Criteria about rows of two tables at once. */
export const onBoth: fc.Arbitrary<Expr<boolean | null, 'users' | 'posts', 'users' | 'posts'>> = (
  expression(rowContext(worldOf(tables), [sourceOf(users), sourceOf(posts)], [], 0), 'boolean', 3) ?? fc.constant(all)
).map((e) => expr(showing(e, () => showExpr(e))))

// -- queries ----------------------------------------------------------------------------------------------------------

/** A query that may be asked, of a node that was drawn as one or made of such. */
export const asked = (node: SelectNode): AnyClosedQuery => query<unknown, never, never, never, 'select'>(node)

/** Without what looks at all rows at once, so that the rows of its parts are its rows. */
const plain = (q: SelectNode): SelectNode => ({
  ...q,
  distinct: false,
  distinctOn: [],
  orderBy: [],
  keyset: null,
  limit: null,
  offset: null,
  withTies: false,
  lock: null,
})

/** A random SELECT with joins and a criterion that chooses its rows. */
export interface Filtered {
  readonly query: SelectNode
  readonly where: ExprNode
}

/** A random grouped SELECT with a criterion that chooses its groups. */
export interface Grouped {
  readonly query: SelectNode
  readonly having: ExprNode
}

const selects: fc.Arbitrary<SelectNode> = anyQuery(tables, { includes: false })
  .map(nodeOfQuery)
  .filter((q): q is SelectNode => q._tag === 'Select' && !projected(projectionOf(q)).some(hasWindow))
  .map(plain)

export const filtered: fc.Arbitrary<Filtered> = selects
  .filter((q) => q.where !== null && !isGrouped(q))
  .map((q) => showing({ query: { ...q, where: null }, where: q.where ?? all }, () => showStatement(q)))

/** What is the same for all rows of a group is there or unknown: a criterion where the query has none. */
const havingOf = (q: SelectNode): ExprNode | null => {
  const [first] = projected(projectionOf(q)).filter((e) => !isUnordered(e.type))
  return q.having ?? (first === undefined ? null : node.compare('eq', first, first))
}

export const grouped: fc.Arbitrary<Grouped> = selects
  .filter(isGrouped)
  .map((q) => showing({ query: { ...q, having: null }, having: havingOf(q) ?? all }, () => showStatement(q)))
