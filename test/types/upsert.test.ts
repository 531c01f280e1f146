// An upsert takes a key of its table, new values of its columns, and mentions the row that is there and the new one alone.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  add,
  concat,
  deleteFrom,
  eq,
  everyRow,
  from,
  gt,
  insertFrom,
  insertInto,
  type Inserting,
  max,
  onConflictDoNothing,
  onConflictDoUpdate,
  type Query,
  returning,
  scalar,
  select,
  where,
} from '../../src/index.js'
import { all, posts, users } from '../types/blog.js'

const insert = insertInto(users)({ name: 'ed' })

describe('onConflictDoUpdate', () => {
  test('sets columns from the row that is there and from the new one', () => {
    const upsert = pipe(
      insert,
      onConflictDoUpdate({
        target: users.id,
        set: (excluded) => ({ name: concat(users.name, excluded.name), age: 3 }),
        where: (excluded) => gt(excluded.age, users.age),
      }),
    )
    expectTypeOf(upsert).toEqualTypeOf<Query<Inserting<typeof users>, 'users', never, never, 'insert'>>()
    all(upsert)
    all(
      pipe(insert, onConflictDoUpdate({ target: [users.id, users.name], set: { name: 'x' }, where: gt(users.age, 3) })),
    )
    all(
      pipe(
        insert,
        onConflictDoUpdate({ target: { constraint: 'pk_users' }, set: { fullname: null } }),
        returning(users),
      ),
    )
    const titles = pipe(from(posts), where(eq(posts.authorId, users.id)), select(max(posts.title)))
    all(pipe(insert, onConflictDoUpdate({ target: users.id, set: { fullname: scalar(titles) } })))
    all(
      pipe(
        from(posts),
        select({ name: posts.title }),
        insertFrom(users),
        onConflictDoUpdate({ target: users.id, set: (e) => ({ name: e.name }) }),
      ),
    )
  })

  test('takes columns of the table', () => {
    // @ts-expect-error: 'nope' does not exist in type
    pipe(insert, onConflictDoUpdate({ target: users.id, set: { nope: 1 } }))
    // @ts-expect-error: Property 'nope' does not exist on type
    pipe(insert, onConflictDoUpdate({ target: users.id, set: (e) => ({ name: e.nope }) }))
    // @ts-expect-error: '{ nope: Expr<string, "excluded", "excluded">; }' has no properties in common with type 'Changes<
    pipe(insert, onConflictDoUpdate({ target: users.id, set: (e) => ({ nope: e.name }) }))
    // @ts-expect-error: '"posts"' is not assignable to type '"users"'
    pipe(insert, onConflictDoUpdate({ target: posts.id, set: { name: 'x' } }))
    // @ts-expect-error: '"posts"' is not assignable to type '"users"'
    pipe(insert, onConflictDoUpdate({ target: [users.id, posts.id], set: { name: 'x' } }))
    // @ts-expect-error: Source has 0 element(s) but target requires 1
    pipe(insert, onConflictDoUpdate({ target: [], set: { name: 'x' } }))
  })

  test('takes values of the columns', () => {
    // @ts-expect-error: Type 'string' is not assignable to type 'number |
    pipe(insert, onConflictDoUpdate({ target: users.id, set: { age: 'x' } }))
    // @ts-expect-error: Type 'null' is not assignable to type 'string |
    pipe(insert, onConflictDoUpdate({ target: users.id, set: { name: null } }))
    // @ts-expect-error: is not assignable to type
    pipe(insert, onConflictDoUpdate({ target: users.id, set: (e) => ({ age: e.name }) }))
    // @ts-expect-error: is not assignable to type
    pipe(insert, onConflictDoUpdate({ target: users.id, set: { name: max(users.name) } }))
  })

  test('mentions no other table', () => {
    // @ts-expect-error: is not assignable to type
    pipe(insert, onConflictDoUpdate({ target: users.id, set: { name: posts.title } }))
    // @ts-expect-error: is not assignable to type
    pipe(insert, onConflictDoUpdate({ target: users.id, set: (e) => ({ age: add(e.age, posts.id) }) }))
    // @ts-expect-error: is not assignable to type
    pipe(insert, onConflictDoUpdate({ target: users.id, set: { name: 'x' }, where: eq(posts.id, 1) }))
    // @ts-expect-error: is not assignable to type
    pipe(insert, onConflictDoUpdate({ target: users.id, set: { name: 'x' }, where: (e) => eq(e.id, posts.id) }))
    // @ts-expect-error: is not assignable to type
    pipe(insert, onConflictDoUpdate({ target: users.id, set: { name: 'x' }, where: users.name }))
  })

  test('belongs to an insert of the table', () => {
    // @ts-expect-error: is not assignable to
    pipe(insertInto(posts)([]), onConflictDoUpdate({ target: users.id, set: { name: 'x' } }))
    // @ts-expect-error: is not assignable to
    pipe(deleteFrom(users), everyRow, onConflictDoUpdate({ target: users.id, set: { name: 'x' } }))
    // @ts-expect-error: is not assignable to
    pipe(from(users), onConflictDoUpdate({ target: users.id, set: { name: 'x' } }))
  })
})

describe('onConflictDoNothing', () => {
  test('takes the columns of a key, a constraint, or nothing', () => {
    expectTypeOf(pipe(insert, onConflictDoNothing())).toEqualTypeOf<typeof insert>()
    all(pipe(insert, onConflictDoNothing(users.id)))
    all(pipe(insert, onConflictDoNothing(users.id, users.name), returning({ id: users.id })))
    all(pipe(insert, onConflictDoNothing({ constraint: 'pk_users' })))
  })

  test('takes columns of the table', () => {
    // @ts-expect-error: Type '"posts"' is not assignable to type '"users"'
    pipe(insert, onConflictDoNothing(posts.id))
    // @ts-expect-error: is not assignable to parameter of type
    pipe(insert, onConflictDoNothing('id'))
    // @ts-expect-error: is not assignable to
    pipe(from(users), onConflictDoNothing(users.id))
  })
})
