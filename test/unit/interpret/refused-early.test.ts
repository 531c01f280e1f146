// What a query asks of rows that are not there is not asked: rows that a join leaves out, sides and sources that see nothing of what
// stands around them, and documents that nothing compares.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  add,
  and,
  asc,
  eq,
  forUpdate,
  from,
  gt,
  innerJoin,
  integer,
  isNotNull,
  json,
  lateral,
  leftJoin,
  lt,
  orderBy,
  primaryKey,
  select,
  subquery,
  table,
  union,
  unionAll,
  where,
} from 'relvar'
import { emptyTables, interpret } from 'relvar/memory'
import { describe, expect, it } from 'vitest'

import { done, filled } from './applied.js'

const users = table('users', { id: pipe(integer, primaryKey), n: integer, doc: json(t.array(t.number)) })
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer })

const most = 2 ** 31 - 1
const tables = pipe(
  emptyTables,
  filled(users, [
    { id: 1, n: 5, doc: [2] },
    { id: 2, n: most, doc: [1] },
  ]),
  filled(posts, [{ id: 10, userId: 1 }]),
)

const tagOf = (result: E.Either<{ readonly _tag: string }, unknown>): unknown =>
  E.isLeft(result) ? result.left._tag : result.right

describe('what can be refused', () => {
  const beyond = gt(add(users.n, 1), 0)
  const ids = select({ id: users.id })

  it('is asked of the rows that a join leaves, and no others', () => {
    const joined = pipe(from(users), innerJoin(posts, eq(posts.userId, users.id)), where(beyond), ids)
    expect(tagOf(interpret(joined)(tables))).toEqual([{ id: 1 }])
    const left = pipe(from(users), leftJoin(posts, eq(posts.userId, users.id)), where(beyond), ids)
    expect(tagOf(interpret(left)(tables))).toBe('Overflow')
  })

  it('is asked of the rows that what stands before it leaves, and no others', () => {
    const small = pipe(from(users), where(and(lt(users.n, 10), beyond)), ids)
    expect(tagOf(interpret(small)(tables))).toEqual([{ id: 1 }])
    const joined = pipe(
      from(users),
      leftJoin(posts, eq(posts.userId, users.id)),
      where(and(isNotNull(posts.id), beyond)),
      ids,
    )
    expect(tagOf(interpret(joined)(tables))).toEqual([{ id: 1 }])
  })
})

describe('a source', () => {
  const own = pipe(from(posts), where(eq(posts.userId, users.id)), select({ id: posts.id }))

  it('that is lateral sees what stands before it', () => {
    const seeing = pipe(from(users), lateral(pipe(own, subquery('own'))), select({ id: users.id }))
    expect(tagOf(interpret(seeing)(emptyTables))).toEqual([])
    expect(tagOf(interpret(seeing)(tables))).toEqual([{ id: 1 }])
  })

  it('that is not is refused where it looks, over no rows, too', () => {
    const rows = pipe(own, subquery('own'))
    // With types it is no source of a join: it mentions what is not its own.
    const looking = pipe(from(users), innerJoin(rows as never, eq(users.id, 1)), select({ id: users.id }))
    expect(tagOf(interpret(looking as never)(emptyTables))).toBe('FreeSource')
  })
})

describe('documents of two sides', () => {
  const side = pipe(from(users), select({ id: users.id, doc: users.doc }))

  it('stand one after the other, ordered by what has an order', () => {
    const both = pipe(
      side,
      unionAll(pipe(side, where(gt(users.id, 1)))),
      orderBy((row) => [asc(row.id)]),
    )
    expect(done(interpret(both)(tables))).toEqual([
      { id: 1, doc: [2] },
      { id: 2, doc: [1] },
      { id: 2, doc: [1] },
    ])
  })

  it('are not ordered by themselves, and not told apart', () => {
    const ordered = pipe(
      side,
      unionAll(side),
      orderBy((row) => [asc(row.doc)]),
    )
    expect(tagOf(interpret(ordered)(emptyTables))).toBe('Unsupported')
    expect(tagOf(interpret(pipe(side, union(side)))(emptyTables))).toBe('Unsupported')
  })
})

describe('a lock', () => {
  const some = pipe(from(posts), select({ id: posts.id }))

  it('is of a query as a whole, and of no side of a set operation', () => {
    const locked = pipe(some, forUpdate())
    expect(tagOf(interpret(locked)(emptyTables))).toEqual([])
    const [left, right] = [pipe(locked, unionAll(some)), pipe(some, unionAll(locked))]
    expect(tagOf(interpret(left)(emptyTables))).toBe('IllFormed')
    expect(tagOf(interpret(right)(emptyTables))).toBe('IllFormed')
  })
})
