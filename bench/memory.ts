/**
 * What queries cost in memory: a join of 100,000 rows with 10,000, a correlated existence over them, and the 22 queries of TPC-H.
 */
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import {
  count,
  eq,
  exists,
  from,
  innerJoin,
  insertInto,
  integer,
  primaryKey,
  select,
  table,
  text,
  where,
} from '../src/index.js'
import type { Query } from '../src/expr/query.js'
import { apply, emptyTables, interpret, type Tables } from '../src/memory.js'
import { hundredth, tpchData } from '../test/tpch/data.js'
import { inMemory } from '../test/tpch/fill.js'
import { allQueries, type QueryName, queryNames } from '../test/tpch/queries/all.js'

const users = table('users', { id: pipe(integer, primaryKey), name: text })
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer, title: text })

const rounds = 5

/** The middle of some times, in milliseconds. */
const median = (run: () => void): number => {
  const times = Array.from({ length: rounds }, () => {
    const before = performance.now()
    run()
    return performance.now() - before
  })
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
}

const must = <A>(
  outcome: { readonly _tag: 'Left'; readonly left: unknown } | { readonly _tag: 'Right'; readonly right: A },
): A => {
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return outcome.right
}

const inserted = (tables: Tables): Tables => {
  const people = Array.from({ length: 10_000 }, (_, id) => ({ id, name: `user ${id}` }))
  const texts = Array.from({ length: 100_000 }, (_, id) => ({ id, userId: id % 10_000, title: `post ${id}` }))
  const first = must(apply(insertInto(users)(people))(tables)).tables
  return must(apply(insertInto(posts)(texts))(first)).tables
}

const tables = inserted(emptyTables)
const joined = pipe(
  from(posts),
  innerJoin(users, eq(users.id, posts.userId)),
  select({ post: posts.id, name: users.name }),
)
const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))
const writers = pipe(from(users), where(exists(postsOf)), select(count()))

console.log(`join of 100,000 rows with 10,000        ${median(() => must(interpret(joined)(tables))).toFixed(0)} ms`)
console.log(`existence of 100,000 rows for 10,000    ${median(() => must(interpret(writers)(tables))).toFixed(0)} ms`)
console.log(`insert of 110,000 rows                  ${median(() => void inserted(emptyTables)).toFixed(0)} ms`)

const held = inMemory(tpchData(hundredth))
/** One of the queries, whatever its rows are. */
const anyQuery = (name: QueryName): Query<unknown, never, string, never> => allQueries[name]

const times = queryNames.map((name) => {
  const before = performance.now()
  must(interpret(anyQuery(name))(held))
  return { name, ms: performance.now() - before }
})
const slowest = [...times].sort((a, b) => b.ms - a.ms).slice(0, 3)
console.log(`the 22 queries of TPC-H                 ${times.reduce((sum, { ms }) => sum + ms, 0).toFixed(0)} ms`)
console.log(`  the longest: ${slowest.map(({ name, ms }) => `${name} ${ms.toFixed(0)} ms`).join(', ')}`)
