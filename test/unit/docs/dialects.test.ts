// The table of docs/dialects.md says of each feature what the dialect values say, and what the compiler then does.
import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  autoIncrement,
  compile,
  compileDdl,
  count,
  createAll,
  currentRow,
  cte,
  everyRow,
  deleteFrom,
  distinctOn,
  type Dialect,
  double,
  eq,
  exists,
  foreignKey,
  forUpdate,
  from,
  groupsBetween,
  gt,
  having,
  inList,
  inQuery,
  intersectAll,
  insertInto,
  integer,
  lag,
  lateral,
  limit,
  limitWithTies,
  literal,
  mariadbDialect,
  mod,
  mysqlDialect,
  nullable,
  orderBy,
  over,
  param,
  postgresDialect,
  preceding,
  primaryKey,
  references,
  returning,
  scalar,
  schema,
  rollup,
  rowsBetween,
  select,
  set,
  stddevPop,
  subquery,
  sqliteDialect,
  table,
  union,
  update,
  where,
} from 'relvar'
import { describe, expect, test } from 'vitest'

const dialects: ReadonlyArray<Dialect> = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

// -- the table --------------------------------------------------------------------------------------------------------

const page = readFileSync(new URL('../../../docs/dialects.md', import.meta.url), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => /^\| `\w+` \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, feature = '', ...cells]) => ({ feature: feature.replaceAll('`', ''), cells: cells.slice(0, 4) }))

test('docs/dialects.md has a row for every feature, and a column for every dialect', () => {
  for (const { features } of dialects)
    expect(rows.map(({ feature }) => feature)).toEqual(Object.keys(features).sort(byPage))
  expect(page).toContain(`| feature | ${dialects.map(({ name }) => name).join(' | ')} |`)
})

/** The order of the page; what it does not have comes last. */
const byPage = (a: string, b: string): number => place(a) - place(b)
const place = (key: string): number => {
  const at = rows.findIndex(({ feature }) => feature === key)
  return at < 0 ? rows.length : at
}

// -- statements that need a feature -----------------------------------------------------------------------------------

const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), a: integer, b: integer })
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  userId: pipe(integer, references(users.id)),
  score: double,
})
const other = pipe(users, alias('other'))
const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))
const latest = pipe(postsOf, orderBy(posts.id), limit(1), subquery('latest'))
const countedOf = pipe(postsOf, select({ n: count() }), having(gt(count(), 1)), subquery('countedOf'))
const some = pipe(from(users), where(gt(users.a, 1)), cte('some'))
const person = table('person', { id: pipe(integer, primaryKey), ballId: pipe(integer, nullable) })
const ball = table('ball', { id: pipe(integer, primaryKey), personId: pipe(integer, references(person.id)) })
const cycle = schema({ person, ball }, (t) => [foreignKey(t.person.ballId, t.ball.id)])
const ids = pipe(from(other), select(other.id))
const limited = pipe(from(users), orderBy(users.id), limit(1), select({ id: users.id }))
const balls = pipe(from(person), where(eq(person.id, users.id)), select({ ball: person.ballId }))

type Compiles = (dialect: Dialect) => E.Either<{ readonly _tag: string }, unknown>

/** What needs the feature, at its most difficult; the first one is what `partly` can do, the second what it cannot. */
const samples: Readonly<Record<string, readonly [Compiles, ...ReadonlyArray<Compiles>]>> = {
  arrays: [
    (d) => compile(d)(pipe(from(users), where(pipe(users.id, inList(Array.from({ length: 2000 }, (_, i) => i)))))),
  ],
  insertReturning: [(d) => compile(d)(pipe(insertInto(users)({ a: 1, b: 2 }), returning(users)))],
  updateReturning: [(d) => compile(d)(pipe(update(users), set({ a: 1 }), returning(users), everyRow))],
  deleteReturning: [(d) => compile(d)(pipe(deleteFrom(users), returning(users), everyRow))],
  nullsOrder: [(d) => compile(d)(pipe(from(person), orderBy(person.ballId)))],
  distinctOn: [(d) => compile(d)(pipe(from(users), distinctOn(users.a), orderBy(users.a, users.id)))],
  withTies: [(d) => compile(d)(pipe(from(users), orderBy(users.a), limitWithTies(1)))],
  locks: [(d) => compile(d)(pipe(from(users), forUpdate()))],
  setParentheses: [(d) => compile(d)(pipe(limited, union(limited)))],
  limitInSubquery: [(d) => compile(d)(pipe(from(users), where(pipe(users.id, inQuery(pipe(ids, limit(1)))))))],
  readsOwnTarget: [
    (d) => compile(d)(pipe(deleteFrom(users), where(pipe(users.id, inQuery(ids))))),
    (d) => compile(d)(pipe(deleteFrom(users), where(exists(pipe(from(other), where(eq(other.id, users.a))))))),
  ],
  simultaneousSet: [
    (d) => compile(d)(pipe(update(users), set({ a: users.b, b: 1 }), everyRow)),
    (d) => compile(d)(pipe(update(users), set({ a: users.b, b: users.a }), everyRow)),
  ],
  checksScalar: [(d) => compile(d)(pipe(from(posts), select(scalar(pipe(from(users), select(users.a))))))],
  addsForeignKeys: [(d) => compileDdl(d)(createAll(cycle))],
  correlatedDerived: [
    (d) =>
      compile(d)(
        pipe(
          from(users),
          where(
            exists(
              pipe(
                balls,
                union(balls),
                orderBy((row) => [row.ball]),
                limit(1),
              ),
            ),
          ),
        ),
      ),
  ],
  lateral: [
    (d) => compile(d)(pipe(from(users), lateral(latest))),
    (d) => compile(d)(pipe(from(users), lateral(countedOf))),
  ],
  setAll: [(d) => compile(d)(pipe(from(users), intersectAll(from(users))))],
  withBeforeWrite: [
    (d) => compile(d)(pipe(deleteFrom(posts), where(pipe(posts.userId, inQuery(pipe(from(some), select(some.id))))))),
  ],
  groupingSets: [(d) => compile(d)(pipe(from(users), rollup(users.a), select(count())))],
  deviations: [(d) => compile(d)(pipe(from(users), select(stddevPop(users.a))))],
  framesBound: [
    (d) =>
      compile(d)(
        pipe(
          from(users),
          select(pipe(count(), over({ orderBy: [users.a], frame: rowsBetween(preceding(1), currentRow) }))),
        ),
      ),
    (d) =>
      compile(d)(
        pipe(
          from(users),
          select(
            pipe(count(), over({ orderBy: [users.a], frame: rowsBetween(preceding(param('n', integer)), currentRow) })),
          ),
        ),
      ),
  ],
  frameGroups: [
    (d) =>
      compile(d)(
        pipe(
          from(users),
          select(pipe(count(), over({ orderBy: [users.a], frame: groupsBetween(currentRow, currentRow) }))),
        ),
      ),
  ],
  lagDefault: [(d) => compile(d)(pipe(from(users), select(pipe(lag(users.a, 1, 0), over({ orderBy: [users.id] })))))],
  havingAlone: [(d) => compile(d)(pipe(from(users), having(gt(count(), 1)), select(literal(1, integer))))],
  doubleRemainder: [(d) => compile(d)(pipe(from(posts), select(mod(posts.score, 2))))],
}

/** Features that no statement of today's relvar asks for, or that a driver decides on. */
const withoutSample: ReadonlySet<string> = new Set(['nullsAscending', 'transactionalDdl', 'maxParameters'])

const isRefused = (compiled: E.Either<{ readonly _tag: string }, unknown>): boolean =>
  E.isLeft(compiled) && compiled.left._tag === 'Unsupported'

const refusals: Readonly<Record<string, ReadonlyArray<boolean>>> = {
  native: [false, false],
  emulated: [false, false],
  partly: [false, true],
  refused: [true, true],
}

for (const [column, dialect] of dialects.entries())
  describe(`docs/dialects.md on ${dialect.name}`, () => {
    const features = new Map<string, boolean | number | string>(Object.entries(dialect.features))
    for (const { feature, cells } of rows) {
      const cell = cells[column] ?? ''
      test(`${feature} is ${cell}`, () => {
        const value = features.get(feature)
        if (typeof value !== 'boolean') return expect(cell).toBe(String(value))
        expect(cell === 'native').toBe(value)
        expect(Object.keys(refusals)).toContain(cell)
        expect(feature in samples).toBe(!withoutSample.has(feature))
        const refused = (samples[feature] ?? []).map((compiles) => isRefused(compiles(dialect)))
        expect(refused).toEqual(refusals[cell]?.slice(0, refused.length))
      })
    }
  })
