// The laws of names: another alias changes nothing, what is mentioned is never captured, and `given` substitutes.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  and,
  eq,
  exists,
  from,
  given,
  innerJoin,
  leftJoin,
  orderBy,
  queryCodec,
  select,
  subquery,
  where,
} from 'relvar'
import { rowsIn } from 'relvar/memory'
import { query } from 'relvar/testing'
import { expr } from '../../../src/expr/expr.js'
import { nodeOf } from '../../../src/expr/expr.js'
import { renaming, rewriteExpr } from '../../../src/expr/rewrite.js'
import { type AnyQuery, nodeOfQuery } from '../../../src/expr/query.js'
import { bag, equalBags, type Law, law, list, onUsers, type OnUsers } from '../law.js'
import { asked, notes, posts, things, users } from '../world.js'

// -- renaming ---------------------------------------------------------------------------------------------------------

const codec = queryCodec({ users, posts, notes, things })

/** Names that the compiler makes up, that SQL or JavaScript knows, or that another source of the world has. */
const names = [
  't0',
  't1',
  'c0',
  'w0',
  'q',
  'k',
  'i',
  'excluded',
  'users',
  'posts',
  'select',
  '__proto__',
  'constructor',
  'a "b" `c`',
]

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)

/** The query under other names: each source once in its stored form, so that a name is changed in one place. */
const renamed = (q: AnyQuery, pool: ReadonlyArray<string>): AnyQuery => {
  const stored = codec.encode(q)
  if (E.isLeft(stored)) throw new Error(stored.left.message)
  const known = new Map<string, string>()
  const nameOf = (name: string): string => {
    const made = known.get(name) ?? pool[known.size] ?? `z${known.size}`
    known.set(name, made)
    return made
  }
  const source = (one: unknown): unknown => {
    if (!isRecord(one) || typeof one['name'] !== 'string') return one
    const { cte, of } = one
    return {
      ...one,
      name: nameOf(one['name']),
      ...(isRecord(cte) && typeof cte['name'] === 'string' ? { cte: { ...cte, name: nameOf(cte['name']) } } : {}),
      ...(typeof of === 'string' ? { of: nameOf(of) } : {}),
    }
  }
  const json: unknown = JSON.parse(JSON.stringify(stored.right))
  if (!isRecord(json) || !Array.isArray(json['sources'])) throw new Error('a list of sources')
  const again = codec.decode({ ...json, sources: json['sources'].map(source) })
  if (E.isLeft(again)) throw new Error(again.left.message)
  return again.right
}

const isOrdered = (q: AnyQuery): boolean => {
  const node = nodeOfQuery(q)
  return (node._tag === 'Select' || node._tag === 'SetOperation') && node.orderBy.length > 0
}

// -- relations --------------------------------------------------------------------------------------------------------

/** The criterion about users under another name. */
const about = <Name extends string>(p: OnUsers, name: Name) =>
  // Its columns are those of the table under that name.
  expr<boolean | null, Name, Name>(rewriteExpr(renaming('users', name), nodeOf(p)))

const inner = pipe(posts, alias('inner'))
const relation = (p: OnUsers) => pipe(from(inner), where(and(eq(inner.authorId, users.id), p)), orderBy(inner.id))

export const nameLaws: ReadonlyArray<Law> = [
  law(
    '[property 24] other names change no row of any query',
    fc.tuple(query(asked), fc.shuffledSubarray(names, { minLength: names.length })),
    async (ask, [q, pool]) => {
      const [mine, theirs] = [await ask(q), await ask(renamed(q, pool))]
      if (isOrdered(q)) list('in their order', theirs, mine)
      else bag('the rows', theirs, mine)
    },
  ),
  law('[property 24] a criterion under another name keeps the same rows', onUsers, async (ask, p) => {
    const u = pipe(users, alias('c0'))
    await equalBags(ask, pipe(from(u), where(about(p, 'c0'))), pipe(from(users), where(p)))
  }),
  law('[property 24] a query joined to itself never captures', fc.tuple(onUsers, onUsers), async (ask, [p, q]) => {
    const u = pipe(users, alias('u'))
    // The rows of whole users.
    const idsOf = async (on: OnUsers) =>
      (await ask(pipe(from(users), where(on), select(users.id)))) as ReadonlyArray<number>
    const [left, right] = [await idsOf(p), await idsOf(q)]
    const pairs = left.flatMap((a) => right.map((b) => ({ a, b })))
    const joined = pipe(from(users), innerJoin(u, and(p, about(q, 'u'))), select({ a: users.id, b: u.id }))
    bag('pairs', await ask(joined), pairs)
    const d = pipe(from(users), where(q), select({ id: users.id }), subquery('d'))
    const derived = pipe(from(users), where(p), innerJoin(d, and()), select({ a: users.id, b: d.id }))
    bag('of a derived table', await ask(derived), pairs)
    const same = pipe(from(users), leftJoin(u, and(eq(users.id, u.id), about(p, 'u'))), where(p), select(u.id))
    bag('with itself', await ask(same), left)
  }),
  law('[property 24] a relation under another name asks the same', onUsers, async (ask, p) => {
    // Names that queries inside the criterion bind, as it may be.
    for (const name of ['c0', 'b0', 'things'] as const) {
      const u = pipe(users, alias(name))
      await equalBags(
        ask,
        pipe(from(u), where(exists(pipe(relation(p), given(users, u)))), select(u.id)),
        pipe(from(users), where(exists(relation(p))), select(users.id)),
      )
    }
  }),
  law('[property 24] given a row a relation asks for that row', onUsers, async (ask, p, tables) => {
    const related = pipe(
      from(users),
      innerJoin(inner, and(eq(inner.authorId, users.id), p)),
      select({ user: users.id, post: inner.id }),
    )
    // The rows of the record above.
    const all = (await ask(related)) as ReadonlyArray<{ readonly user: number; readonly post: number }>
    for (const user of rowsIn(users)(tables)) {
      const own = all.filter((row) => row.user === user.id).map((row) => row.post)
      bag(`of ${user.id}`, await ask(pipe(relation(p), given(users, user), select(inner.id))), own)
    }
  }),
]
