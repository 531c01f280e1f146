// A foreign key has the type of its target: plain, to the table itself, in a cycle of tables; no thunk, no annotation.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  bigint,
  foreignKey,
  from,
  integer,
  nullable,
  primaryKey,
  references,
  type ReferencesOf,
  type RowOfQuery,
  type Schema,
  schema,
  table,
  text,
  unique,
} from '../../src/index.js'
import { posts, users } from '../types/blog.js'

describe('references', () => {
  test('points to another table, and the type says to which', () => {
    const orders = table('orders', {
      id: pipe(integer, primaryKey),
      userId: pipe(integer, references(users.id, { onDelete: 'cascade' })),
      postId: pipe(integer, nullable, references(posts.id)),
      laterId: pipe(integer, references(posts.id), nullable, unique),
      note: text,
    })
    const q = from(orders)
    expectTypeOf<RowOfQuery<typeof q>>().toEqualTypeOf<{
      readonly id: number
      readonly userId: number
      readonly postId: number | null
      readonly laterId: number | null
      readonly note: string
    }>()
    expectTypeOf<ReferencesOf<(typeof orders)['userId']>>().toEqualTypeOf<never>()
    const column = pipe(integer, references(users.id))
    expectTypeOf<ReferencesOf<typeof column>>().toEqualTypeOf<'users'>()
    expectTypeOf<ReferencesOf<typeof integer>>().toEqualTypeOf<never>()
  })

  test('is of one type with its target', () => {
    // @ts-expect-error: Type 'string' is not assignable to type 'number'
    pipe(text, references(users.id))
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    pipe(integer, references(users.name))
    // @ts-expect-error: Type 'bigint' is not assignable to type 'number'
    pipe(bigint, references(users.id))
    // @ts-expect-error: Type '"explode"' is not assignable to type 'ReferentialAction | undefined'
    pipe(integer, references(users.id, { onDelete: 'explode' }))
    // @ts-expect-error: is not assignable to parameter of type 'Expr<
    pipe(integer, references(users))
  })
})

describe('foreignKey', () => {
  test('points to the table itself', () => {
    const nodes = table(
      'nodes',
      { id: pipe(integer, primaryKey), parentId: pipe(integer, nullable), name: text },
      (t) => [foreignKey(t.parentId, t.id, { onDelete: 'setNull' })],
    )
    expectTypeOf<RowOfQuery<ReturnType<typeof from<typeof nodes>>>>().toEqualTypeOf<{
      readonly id: number
      readonly parentId: number | null
      readonly name: string
    }>()
    table('nodes', { id: integer, name: text }, (t) => [
      // @ts-expect-error: No overload matches this call
      foreignKey(t.name, t.id),
    ])
    table('nodes', { id: integer, parentId: integer }, (t) => [
      // @ts-expect-error: Property 'parent' does not exist
      foreignKey(t.parent, t.id),
    ])
    // @ts-expect-error: Type 'number' is not assignable to type 'TableItem'
    table('nodes', { id: integer }, () => [3])
  })

  test('closes a cycle of tables where all of them are at hand', () => {
    const person = table('person', { id: pipe(integer, primaryKey), ballId: pipe(integer, nullable) })
    const ball = table('ball', { id: pipe(integer, primaryKey), personId: pipe(integer, references(person.id)) })
    const play = schema({ person, ball }, (t) => [foreignKey(t.person.ballId, t.ball.id)])
    expectTypeOf(play).toEqualTypeOf<Schema<{ person: typeof person; ball: typeof ball }>>()
    expectTypeOf(play.tables.ball).toEqualTypeOf<typeof ball>()
    // @ts-expect-error: Property 'bat' does not exist
    schema({ person, ball }, (t) => [foreignKey(t.person.ballId, t.bat.id)])
    // @ts-expect-error: Property 'owner' does not exist
    schema({ person, ball }, (t) => [foreignKey(t.ball.owner, t.person.id)])
    // @ts-expect-error: is not assignable to type 'AnyTable'
    schema({ person: 'person' })
  })
})
