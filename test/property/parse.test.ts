// Every PostgreSQL statement parses with PostgreSQL's own parser, and as the tree that was meant.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  type AnyExpr,
  bigint,
  boolean,
  compileDdl,
  createAll,
  date,
  double,
  dropAll,
  type Expr,
  from,
  integer,
  isNull,
  nullable,
  postgresDialect,
  primaryKey,
  schema,
  table,
  text,
  where,
} from 'relvar'
import { query, show, write } from 'relvar/testing'
import { expect, test } from 'vitest'
import { hasQuery, visitExpr } from '../../src/expr/children.js'
import { expr } from '../../src/expr/expr.js'
import type { ColumnNode, ExprNode } from '../../src/expr/node.js'
import { canBeNull } from '../../src/expr/outputs.js'
import { rewriteExpr } from '../../src/expr/rewrite.js'
import { showExpr } from '../../src/expr/show.js'
import { sourceOf } from '../../src/expr/table.js'
import { columnsOf, rowContext } from '../../src/testing/context.js'
import { expression } from '../../src/testing/expression.js'
import { familyOf } from '../../src/testing/family.js'
import { showing } from '../../src/testing/show.js'
import { worldOf } from '../../src/testing/query.js'
import { allStatements } from '../golden/all.js'
import { shown } from '../golden/shown.js'
import { compiled } from './compiled.js'
import { runs } from './laws.js'
import { at, replaced, type Tree, treesOf } from './postgres-tree.js'
import { asked, written } from './world.js'

/** The one statement of a text. */
const treeOf = (sql: string): Tree => {
  try {
    const [tree, ...more] = treesOf(sql)
    if (tree === undefined || more.length > 0) throw new Error(`${more.length + 1} statements`)
    return tree
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n  ${sql}`, { cause: error })
  }
}

// -- all of them parse ------------------------------------------------------------------------------------------------

test('[property 10] every query and write of the generators parses as one statement of postgres', () => {
  const dialect = postgresDialect()
  let parsed = 0
  fc.assert(
    fc.property(fc.oneof(query(asked), write(written)), (q) => {
      const all = compiled(dialect, q)
      if (E.isLeft(all)) throw new Error(`${all.left.message}\n  ${show(q)}`)
      for (const { sql } of all.right.statements) {
        treeOf(sql)
        parsed += 1
      }
    }),
    runs,
  )
  expect(parsed).toBeGreaterThanOrEqual(runs.numRuns)
})

test('[property 10] every golden statement parses as one statement of postgres', () => {
  const dialect = postgresDialect()
  const all = allStatements.flatMap((one) =>
    shown(dialect)(one).statements.map((s) => ({ name: one.name, sql: s.sql })),
  )
  const wrong = all.flatMap(({ name, sql }) => {
    try {
      treeOf(sql)
      return []
    } catch (error) {
      return [`${name}: ${String(error)}`]
    }
  })
  expect(wrong).toEqual([])
  expect(all.length).toBeGreaterThan(300)
})

test('[property 10] the tables of the generators are made and dropped by statements of postgres', () => {
  const all = schema(Object.fromEntries([...asked, ...written].map((t, i) => [`t${i}`, t])))
  for (const ddl of [createAll(all), dropAll(all)]) {
    const load = compileDdl(postgresDialect())(ddl)
    if (E.isLeft(load)) throw new Error(load.left.message)
    let rest = load.right
    let count = 0
    while (rest._tag === 'Step') {
      treeOf(rest.statement.sql)
      count += 1
      const next = rest.next({ rows: [], affected: 0, insertId: null })
      if (E.isLeft(next)) throw new Error(next.left.message)
      rest = next.right
    }
    expect(count).toBeGreaterThan(0)
  }
})

// -- as it was meant --------------------------------------------------------------------------------------------------

const plain = table('plain', {
  id: pipe(integer, primaryKey),
  n: pipe(integer, nullable),
  big: pipe(bigint, nullable),
  ok: pipe(boolean, nullable),
  word: pipe(text, nullable),
  far: pipe(double, nullable),
  day: pipe(date, nullable),
})

const context = rowContext(worldOf([plain, ...asked]), [sourceOf(plain)], [], 0)
const columns = columnsOf(sourceOf(plain)).filter((c) => c.nullable)

const drawnOf = (family: Parameters<typeof expression>[1], depth: number): fc.Arbitrary<ExprNode> =>
  expression(context, family, depth) ?? fc.constantFrom(...columns.filter((c) => familyOf(c.type) === family))

/** The columns that an expression mentions. */
const mentioned = (e: ExprNode): ReadonlyArray<ColumnNode> => {
  const found: Array<ColumnNode> = []
  const visit = (node: ExprNode): void => {
    if (node._tag === 'Column') found.push(node)
    else visitExpr(node, { expr: visit, query: () => {} })
  }
  visit(e)
  return found.filter((c) => c.nullable)
}

interface Substituted {
  /** Without a query, whose order might be written by position. */
  readonly outer: ExprNode
  readonly column: ColumnNode
  readonly inner: ExprNode
}

/** A criterion, a column that it mentions, and what is put in the place of that column. */
const substitutions: fc.Arbitrary<Substituted> = drawnOf('boolean', 3)
  .filter((e) => !hasQuery(e) && mentioned(e).length > 0)
  .chain((outer) =>
    fc.constantFrom(...mentioned(outer)).chain((column) =>
      drawnOf(familyOf(column.type) ?? 'integer', 2)
        .filter((e) => e._tag !== 'Column' && e.type.id === column.type.id && !hasQuery(e) && canBeNull(e, new Set()))
        .map((inner) =>
          showing({ outer, column, inner }, () => `${showExpr(outer)} with ${column.name} = ${showExpr(inner)}`),
        ),
    ),
  )

/** What stands in WHERE. */
const whereOf = (criterion: AnyExpr): Tree => {
  // It mentions the table's columns alone, and is of the boolean family.
  const q = pipe(from(plain), where(criterion as unknown as Expr<boolean | null, 'plain', 'plain'>))
  const all = compiled(postgresDialect(), q)
  if (E.isLeft(all)) throw new Error(all.left.message)
  return at(treeOf(all.right.statements[0]?.sql ?? ''), 'SelectStmt', 'whereClause')
}

const isColumn = (tree: Tree, name: string): boolean =>
  at(tree, 'ColumnRef', 'fields', 0, 'String', 'sval') === 't0' &&
  at(tree, 'ColumnRef', 'fields', 1, 'String', 'sval') === name

test('[property 8] what stands for a column in an expression stands for it in the tree of postgres', () => {
  let met = 0
  fc.assert(
    fc.property(substitutions, ({ outer, column, inner }) => {
      const tree = whereOf(expr(outer))
      const part = at(whereOf(isNull(expr(inner))), 'NullTest', 'arg')
      const whole = rewriteExpr(
        {
          name: 'plain',
          column: (c) => (c.key === column.key ? inner : c),
          source: null,
          mentions: new Set(['plain']),
          param: null,
        },
        outer,
      )
      const wanted = replaced(tree, (node) => (isColumn(node, column.name) ? part : null))
      if (JSON.stringify(wanted) !== JSON.stringify(tree)) met += 1
      expect(whereOf(expr(whole))).toEqual(wanted)
    }),
    runs,
  )
  // `and` of one criterion is that criterion.
  expect(met).toBeGreaterThan(0.9 * runs.numRuns)
})

test('[property 8] parentheses more than there are change no tree of postgres', () => {
  const bare = postgresDialect()
  const wrapped = {
    ...postgresDialect(),
    placeholder: (n: number) => `(($${n}))`,
    concat: (operands: Parameters<typeof bare.concat>[0]) => [
      '(',
      ...bare.concat(operands.map((o) => ['(', ...o, ')'])),
      ')',
    ],
    like: (...[op, operand, pattern]: Parameters<typeof bare.like>) => [
      '(',
      ...bare.like(op, ['(', ...operand, ')'], ['(', ...pattern, ')']),
      ')',
    ],
    same: (...[left, right, negated]: Parameters<typeof bare.same>) => [
      '(',
      ...bare.same(['(', ...left, ')'], ['(', ...right, ')'], negated),
      ')',
    ],
    arithmetic: (...[op, left, right, type]: Parameters<typeof bare.arithmetic>) => [
      '(',
      ...bare.arithmetic(op, ['(', ...left, ')'], ['(', ...right, ')'], type),
      ')',
    ],
    double: (operand: Parameters<typeof bare.double>[0]) => ['(', ...bare.double(['(', ...operand, ')']), ')'],
  }
  fc.assert(
    fc.property(fc.oneof(query(asked), write(written)), (q) => {
      const [plainly, fully] = [compiled(bare, q), compiled(wrapped, q)]
      if (E.isLeft(plainly) || E.isLeft(fully)) throw new Error(show(q))
      const [a, b] = [plainly.right.statements, fully.right.statements]
      expect(
        b.map((s) => treeOf(s.sql)),
        show(q),
      ).toEqual(a.map((s) => treeOf(s.sql)))
    }),
    runs,
  )
})
