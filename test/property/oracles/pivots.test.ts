// A row that a criterion is true of is among the rows: the criterion is made for one row, which then must be there.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  count,
  eq,
  exists,
  type Expr,
  from,
  fullJoin,
  groupBy,
  gt,
  having,
  innerJoin,
  intersect,
  isNull,
  leftJoin,
  not,
  rightJoin,
  type RowOf,
  select,
  subquery,
  where,
} from 'relvar'
import { evaluate, interpret, rowsIn, type Tables } from 'relvar/memory'
import { expect } from 'vitest'

import { sameRows, showRows } from '../world.js'
import { atEveryPlace } from './asking.js'
import { onBoth, onUsers, posts, users } from './drawn.js'

type User = RowOf<typeof users>
type Post = RowOf<typeof posts>

/** The criterion of which this one says `truth`, turned so that it is true. */
const turned = <S extends string, N extends string>(
  p: Expr<boolean | null, S, N>,
  truth: boolean | null,
): Expr<boolean | null, S, N> => (truth === null ? isNull(p) : truth ? p : not(p))

/** A criterion that is true of the user; what asks queries is asked of the tables. */
const trueOf = (tables: Tables, user: User, p: Expr<boolean | null, 'users', 'users'>) => {
  const alone = evaluate(p)(user)
  if (E.isRight(alone)) return turned(p, alone.right)
  const [truth] = answers(interpret(pipe(from(users), where(eq(users.id, user.id)), select(p)))(tables))
  return turned(p, truth ?? null)
}

/** A criterion that is true of the pair. */
const trueOfBoth = (
  tables: Tables,
  user: User,
  post: Post,
  p: Expr<boolean | null, 'users' | 'posts', 'users' | 'posts'>,
) => {
  const pair = and(eq(users.id, user.id), eq(posts.id, post.id))
  const [truth] = answers(interpret(pipe(from(users), innerJoin(posts, pair), select(p)))(tables))
  return turned(p, truth ?? null)
}

/** What a criterion is not evaluated to for a number too large, say, ends the case. */
const answers = <A>(rows: E.Either<unknown, ReadonlyArray<A>>): ReadonlyArray<A> => {
  fc.pre(E.isRight(rows))
  return E.isRight(rows) ? rows.right : []
}

const expectAmong = (rows: ReadonlyArray<unknown>, pivot: unknown): void => {
  if (!rows.some((row) => sameRows([row], [pivot]))) expect(showRows(rows)).toContain(showRows(pivot))
}

const at = <A>(all: ReadonlyArray<A>, place: number): A | undefined => all[place % Math.max(1, all.length)]

atEveryPlace((holds) => {
  holds(
    '[property 17] a row is found by a criterion that is true of it',
    fc.tuple(fc.nat(5), onUsers),
    async ({ rows, tables }, [place, p]) => {
      const user = at(rowsIn(users)(tables), place)
      if (user === undefined) return
      expectAmong(await rows(pipe(from(users), where(trueOf(tables, user, p)))), user)
    },
  )

  holds(
    '[property 17] so is its group, and the row below a name and beside another criterion',
    fc.tuple(fc.nat(5), onUsers, onUsers),
    async ({ rows, tables }, [place, p, q]) => {
      const user = at(rowsIn(users)(tables), place)
      if (user === undefined) return
      const [first, second] = [trueOf(tables, user, p), trueOf(tables, user, q)]
      const kept = pipe(from(users), where(first))
      const groups = pipe(
        kept,
        groupBy(users.age, users.ok),
        having(gt(count(), 0)),
        select({ age: users.age, ok: users.ok }),
      )
      expectAmong(await rows(groups), { age: user.age, ok: user.ok })
      expectAmong(await rows(pipe(from(pipe(kept, subquery('kept'))))), user)
      expectAmong(await rows(pipe(kept, intersect(pipe(from(users), where(second))))), user)
    },
  )

  holds(
    '[property 17] a pair of rows is found by every join that a criterion true of it makes',
    fc.tuple(fc.nat(5), fc.nat(5), onBoth),
    async ({ rows, tables }, [i, j, p]) => {
      const [user, post] = [at(rowsIn(users)(tables), i), at(rowsIn(posts)(tables), j)]
      if (user === undefined || post === undefined) return
      const on = trueOfBoth(tables, user, post, p)
      const row = select({ users, posts })
      const pair = { users: user, posts: post }
      expectAmong(await rows(pipe(from(users), innerJoin(posts, on), row)), pair)
      expectAmong(await rows(pipe(from(users), leftJoin(posts, on), row)), pair)
      expectAmong(await rows(pipe(from(users), rightJoin(posts, on), row)), pair)
      expectAmong(await rows(pipe(from(users), fullJoin(posts, on), row)), pair)
      expectAmong(await rows(pipe(from(users), where(exists(pipe(from(posts), where(on)))))), user)
      const groups = pipe(
        from(users),
        innerJoin(posts, on),
        groupBy(users.ok, posts.title),
        select({ ok: users.ok, title: posts.title }),
      )
      expectAmong(await rows(groups), { ok: user.ok, title: post.title })
    },
  )
})
