// A unit of work: Refs go where the schema says that they belong, and a row is named by its key.
import * as S from 'fp-ts/lib/State.js'
import type * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'

import {
  autoIncrement,
  foreignKey,
  integer,
  nullable,
  primaryKey,
  type Ref,
  references,
  schema,
  table,
  text,
  Uow,
} from '../../src/index.js'

const id = pipe(integer, primaryKey, autoIncrement)
const users = table('users', { id, name: text })
const tags = table('tags', { id, name: text })
const posts = table(
  'posts',
  { id, authorId: pipe(integer, references(users.id)), parentId: pipe(integer, nullable), title: text },
  (t) => [foreignKey(t.parentId, t.id)],
)
const codes = table('codes', { code: pipe(text, primaryKey) })
const logs = table('logs', { line: text })
const links = table('links', {
  postId: pipe(integer, references(posts.id), primaryKey),
  tagId: pipe(integer, references(tags.id), primaryKey),
})
const all = schema({ users, tags, posts, codes, logs, links })
const start = Uow.empty(all)
type Work = typeof start
type Tables = typeof all.tables

const [user, one] = Uow.insert(users)({ name: 'u' })(start)
const [tag] = Uow.insert(tags)({ name: 't' })(start)
const [code] = Uow.insert(codes)({ code: 'c' })(start)
const [post] = Uow.insert(posts)({ authorId: user, title: 't' })(one)

test('an insert gives a Ref of its table and the next unit of work', () => {
  expectTypeOf(user).toEqualTypeOf<Ref<'users', { readonly id: number }>>()
  expectTypeOf(one).toEqualTypeOf<Work>()
  expectTypeOf(Uow.keyOf(user)(one)).toEqualTypeOf<O.Option<{ readonly id: number }>>()
})

test('a column that refers to a table takes Refs of that table, and no others', () => {
  Uow.insert(posts)({ authorId: user, title: 't' })
  Uow.insert(posts)({ authorId: 1, title: 't' })
  Uow.insert(links)({ postId: post, tagId: tag })
  // @ts-expect-error: Type '"tags"' is not assignable to type '"users"'
  Uow.insert(posts)({ authorId: tag, title: 't' })
  // @ts-expect-error: is not assignable
  Uow.modify(posts)(post, { authorId: post })
  Uow.modify(posts)(post, { authorId: user })
})

test('a foreign key that is said apart takes Refs whose key fits', () => {
  Uow.insert(posts)({ authorId: 1, parentId: post, title: 't' })
  // @ts-expect-error: is not assignable
  Uow.insert(posts)({ authorId: 1, parentId: code, title: 't' })
  // @ts-expect-error: is not assignable
  Uow.insert(posts)({ authorId: 1, title: user })
})

test('what has no default must be given, and nothing else can be', () => {
  // @ts-expect-error: Property 'name' is missing
  Uow.insert(users)({})
  // @ts-expect-error: 'nick' does not exist
  Uow.insert(users)({ name: 'u', nick: 'x' })
})

test('a row is named by its key, a whole row, or a Ref of its table', () => {
  Uow.remove(users)({ id: 1 })
  Uow.remove(users)(user)
  const row: { readonly id: number; readonly name: string } = { id: 1, name: 'u' }
  Uow.remove(users)(row)
  // @ts-expect-error: is not assignable
  Uow.remove(users)(tag)
  // @ts-expect-error: is not assignable
  Uow.remove(users)({ id: '1' })
  // @ts-expect-error: Property 'tagId' is missing
  Uow.remove(links)({ postId: 1 })
  const named: { readonly line: string } = { line: 'x' }
  // @ts-expect-error: "logs" has no primary key, so no row of it can be told from another
  Uow.remove(logs)(named)
})

test('a patch changes columns but the key, and a function gives a whole row', () => {
  Uow.modify(users)({ id: 1 }, { name: 'x' })
  Uow.modify(users)({ id: 1 }, (row) => ({ ...row, name: row.name.toUpperCase() }))
  Uow.modify(posts)({ id: 1 }, (row) => ({ ...row, authorId: user }))
  // @ts-expect-error: 'id' does not exist
  Uow.modify(users)({ id: 1 }, { id: 2 })
  // @ts-expect-error: Type 'number' is not assignable to type 'string | Ref<
  Uow.modify(users)({ id: 1 }, { name: 1 })
  // @ts-expect-error: is not assignable
  Uow.modify(users)({ id: 1 }, () => ({ name: 'x' }))
})

test('a read gives the row type of the table', () => {
  expectTypeOf(Uow.get(posts)(post)(one)).toEqualTypeOf<
    O.Option<{
      readonly id: number
      readonly authorId: number
      readonly parentId: number | null
      readonly title: string
    }>
  >()
  Uow.load(users)([{ id: 1, name: 'u' }])
  // @ts-expect-error: Property 'name' is missing
  Uow.load(users)([{ id: 1 }])
})

test('an insert is a State of fp-ts', () => {
  const program = pipe(
    Uow.insert(users)({ name: 'u' })<Tables>,
    S.chain((author) => Uow.insert(posts)({ authorId: author, title: 't' })),
  )
  expectTypeOf(program).toEqualTypeOf<S.State<Work, Ref<'posts', { readonly id: number }>>>()
  const bound: S.State<Work, unknown> = pipe(
    Uow.insert(users)({ name: 'u' })<Tables>,
    S.bindTo('u'),
    S.bind('p', ({ u }) => Uow.insert(posts)({ authorId: u, title: 't' })),
  )
  expectTypeOf(bound(start)[1]).toEqualTypeOf<Work>()
})
