// What a table knows of its rows: as they are read, inserted, changed and found; and a table that is an interface.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  alias,
  autoIncrement,
  coalesce,
  type ColumnsOf,
  crossJoin,
  defaultTo,
  deleteFrom,
  eq,
  type Expr,
  foreignKey,
  from,
  type FreeIn,
  given,
  include,
  innerJoin,
  type InsertOf,
  insertInto,
  integer,
  type KeyOf,
  leftJoin,
  many,
  nullable,
  type PatchOf,
  present,
  primaryKey,
  references,
  returning,
  type RowOf,
  type RowOfQuery,
  schema,
  select,
  set,
  type SourceOf,
  subquery,
  type Table,
  table,
  tableIn,
  text,
  union,
  update,
  varchar,
  where,
} from '../../src/index.js'
import { all, comments, posts, u, type User, users } from '../types/blog.js'

const columns = {
  id: pipe(integer, primaryKey, autoIncrement),
  name: varchar(50),
  nick: pipe(text, nullable),
  age: pipe(integer, defaultTo(18)),
}
interface People extends Table<'people', typeof columns> {}
const people: People = table('people', columns)

interface Person {
  readonly id: number
  readonly name: string
  readonly nick: string | null
  readonly age: number
}

describe('a table', () => {
  test('has its columns as properties', () => {
    expectTypeOf(users.id).toEqualTypeOf<Expr<number, 'users', 'users'>>()
    expectTypeOf(users.fullname).toEqualTypeOf<Expr<string | null, 'users', 'users'>>()
    expectTypeOf(u.fullname).toEqualTypeOf<Expr<string | null, 'u', 'u'>>()
    // @ts-expect-error: Property 'nope' does not exist on type 'Table<"users"
    expectTypeOf(users.nope)
    // @ts-expect-error: Type 'string' is not assignable to type 'ColumnSpec<unknown
    table('t', { id: 'integer' })
  })

  test('of a schema has its own name as source', () => {
    const jobs = tableIn('queue')('jobs', { id: integer })
    expectTypeOf<SourceOf<typeof jobs>>().toEqualTypeOf<'jobs'>()
    expectTypeOf<FreeIn<typeof jobs>>().toEqualTypeOf<never>()
  })

  test('under an alias is the same table under another source name', () => {
    expectTypeOf<SourceOf<typeof u>>().toEqualTypeOf<'u'>()
    expectTypeOf<ColumnsOf<typeof u>>().toEqualTypeOf<ColumnsOf<typeof users>>()
    expectTypeOf(all(from(u))).toEqualTypeOf<ReadonlyArray<User>>()
  })
})

describe('RowOf, InsertOf, PatchOf and KeyOf', () => {
  test('are what is read, inserted, changed and found', () => {
    expectTypeOf<RowOf<typeof people>>().toEqualTypeOf<Person>()
    expectTypeOf<InsertOf<typeof people>>().toEqualTypeOf<{
      readonly name: string
      readonly id?: number
      readonly nick?: string | null
      readonly age?: number
    }>()
    expectTypeOf<PatchOf<typeof people>>().toEqualTypeOf<{
      readonly id?: number
      readonly name?: string
      readonly nick?: string | null
      readonly age?: number
    }>()
    expectTypeOf<KeyOf<typeof people>>().toEqualTypeOf<{ readonly id: number }>()
  })

  test('know keys of several columns and tables without', () => {
    const members = table('members', {
      groupId: pipe(integer, references(users.id), primaryKey),
      name: pipe(text, primaryKey),
      since: pipe(text, nullable),
    })
    expectTypeOf<KeyOf<typeof members>>().toEqualTypeOf<{ readonly groupId: number; readonly name: string }>()
    const log = table('log', { line: text })
    expectTypeOf<KeyOf<typeof log>>().toEqualTypeOf<{}>()
  })

  test('leave out, add and mistake nothing', () => {
    // @ts-expect-error: Property 'name' is missing
    const a: InsertOf<typeof people> = {}
    // @ts-expect-error: 'nope' does not exist in type
    const b: InsertOf<typeof people> = { name: 'ed', nope: 1 }
    // @ts-expect-error: Type 'undefined' is not assignable to type 'number'
    const c: PatchOf<typeof people> = { age: undefined }
    // @ts-expect-error: 'name' does not exist in type 'KeyOf<People>'
    const d: KeyOf<typeof people> = { id: 3, name: 'ed' }
    // @ts-expect-error: Type 'string' is not assignable to type 'number'
    const e: KeyOf<typeof people> = { id: '3' }
    return [a, b, c, d, e]
  })
})

describe('a table that is an interface', () => {
  test('is a table in queries', () => {
    expectTypeOf(all(from(people))).toEqualTypeOf<ReadonlyArray<Person>>()
    const q = pipe(
      from(people),
      leftJoin(posts, eq(posts.authorId, people.id)),
      where(eq(people.name, 'ed')),
      select({ person: people, post: posts.id, nick: coalesce(people.nick, '') }),
    )
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{
      readonly person: Person
      readonly post: number | null
      readonly nick: string
    }>()
  })

  test('is absent, present, joined, aliased, derived and united as another', () => {
    const absent = pipe(from(posts), leftJoin(people, eq(posts.authorId, people.id)), select(people))
    expectTypeOf<RowOfQuery<typeof absent>>().toEqualTypeOf<Person | null>()
    expectTypeOf(all(pipe(absent, present(people)))).toEqualTypeOf<ReadonlyArray<Person>>()
    const p = pipe(people, alias('p'))
    all(pipe(from(people), innerJoin(p, eq(p.id, people.id)), crossJoin(comments)))
    expectTypeOf(all(from(pipe(from(people), subquery('d'))))).toEqualTypeOf<ReadonlyArray<Person>>()
    expectTypeOf(all(pipe(from(people), union(from(p))))[0]!).toEqualTypeOf<Person>()
    // @ts-expect-error: "people" is already in this query: give one of the two an alias
    pipe(from(people), innerJoin(people, eq(people.id, 1)))
    // @ts-expect-error: "people" is mentioned but never joined
    all(pipe(from(p), where(eq(people.id, 1))))
  })

  test('relates, is included and is given', () => {
    const theirs = pipe(from(posts), where(eq(posts.authorId, people.id)))
    const row = all(pipe(from(people), include({ posts: many(theirs) })))[0]!
    expectTypeOf(row.posts[0]!.title).toEqualTypeOf<string>()
    expectTypeOf(row.nick).toEqualTypeOf<string | null>()
    all(pipe(theirs, given(people, row)))
    const p = pipe(people, alias('p'))
    all(pipe(from(p), include({ posts: many(pipe(theirs, given(people, p))) })))
  })

  test('is written to, and is in a schema', () => {
    insertInto(people)({ name: 'ed' })
    const q = pipe(update(people), set({ age: 3 }), where(eq(people.id, 1)), returning(people))
    expectTypeOf(all(q)).toEqualTypeOf<ReadonlyArray<Person>>()
    all(pipe(deleteFrom(people), where(eq(people.id, 1))))
    // @ts-expect-error: 'nope' does not exist in type 'Changes<People
    pipe(update(people), set({ nope: 3 }))
    // @ts-expect-error: 'nope' does not exist in type 'InsertRow<People>
    insertInto(people)({ name: 'ed', nope: 1 })
    const pets = table('pets', { id: pipe(integer, primaryKey), ownerId: pipe(integer, references(people.id)) })
    const s = schema({ people, pets }, (t) => [foreignKey(t.pets.ownerId, t.people.id)])
    expectTypeOf(s.tables.people).toEqualTypeOf<People>()
  })
})
