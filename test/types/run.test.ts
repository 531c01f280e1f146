// What runs or compiles a query takes a closed one, and gives the rows that its type says.
import type { Option } from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  compile,
  count,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  eq,
  from,
  insertInto,
  leftJoin,
  prepare,
  returning,
  select,
  sqliteDialect,
  union,
  where,
} from '../../src/index.js'
import { addresses, posts, postsOf, type User, users } from '../types/blog.js'

type Effect<A> = ReaderTaskEither<Database, DbError, A>

describe('Db', () => {
  test('gives the rows of a query, of a set operation, of a write with returning', () => {
    expectTypeOf(Db.all(from(users))).toEqualTypeOf<Effect<ReadonlyArray<User>>>()
    expectTypeOf(Db.first(from(users))).toEqualTypeOf<Effect<Option<User>>>()
    expectTypeOf(Db.one(from(users))).toEqualTypeOf<Effect<User>>()
    expectTypeOf(Db.oneOrNone(from(users))).toEqualTypeOf<Effect<Option<User>>>()
    expectTypeOf(Db.scalar(pipe(from(users), select(count())))).toEqualTypeOf<Effect<number>>()
    expectTypeOf(Db.count(from(users))).toEqualTypeOf<Effect<number>>()
    expectTypeOf(Db.exists(pipe(from(users), union(from(users))))).toEqualTypeOf<Effect<boolean>>()
    expectTypeOf(Db.all(pipe(insertInto(users)({ name: 'ed' }), returning({ id: users.id })))).toEqualTypeOf<
      Effect<ReadonlyArray<{ readonly id: number }>>
    >()
    const absent = pipe(from(users), leftJoin(addresses, eq(addresses.userId, users.id)), select(addresses.email))
    expectTypeOf(Db.one(absent)).toEqualTypeOf<Effect<string | null>>()
  })

  test('takes a closed query', () => {
    // @ts-expect-error: "users" is mentioned but never joined
    Db.all(postsOf)
    // @ts-expect-error: "users" is mentioned but never joined
    Db.first(postsOf)
    // @ts-expect-error: "users" is mentioned but never joined
    Db.one(postsOf)
    // @ts-expect-error: "users" is mentioned but never joined
    Db.oneOrNone(postsOf)
    // @ts-expect-error: "users" is mentioned but never joined
    Db.scalar(pipe(postsOf, select(count())))
    // @ts-expect-error: "users" is mentioned but never joined
    Db.count(postsOf)
    // @ts-expect-error: "users" is mentioned but never joined
    Db.exists(postsOf)
    // @ts-expect-error
    Db.execute(postsOf)
    // @ts-expect-error
    Db.execute(pipe(deleteFrom(users), where(eq(posts.id, 1))))
  })

  test('asks for one expression where one value is wanted, and counts no write', () => {
    // @ts-expect-error: Property '[ExprT]' is missing in type 'TableLike<"users"
    Db.scalar(from(users))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"
    Db.count(deleteFrom(users))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"
    Db.exists(deleteFrom(users))
  })
})

describe('compile and prepare', () => {
  test('take a closed query', () => {
    compile(sqliteDialect())(from(users))
    prepare(sqliteDialect())(from(users))({})
    // @ts-expect-error: "users" is mentioned but never joined
    compile(sqliteDialect())(postsOf)
    // @ts-expect-error: "users" is mentioned but never joined
    prepare(sqliteDialect())(postsOf)
  })
})
