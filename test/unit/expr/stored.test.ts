// What is stored of a statement, and what is refused: tables and codecs that nobody knows, keys that are not there yet, text.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'

import {
  alias,
  and,
  type AnyQuery,
  bigint,
  computed,
  concat,
  eq,
  from,
  gt,
  include,
  inList,
  insertInto,
  integer,
  json,
  literal,
  many,
  nullable,
  param,
  primaryKey,
  queryCodec,
  queryEq,
  queryShow,
  refine,
  schema,
  select,
  subquery,
  table,
  text,
  Uow,
  where,
} from '../../../src/index.js'
import { statementOf } from '../../../src/expr/query.js'

interface EmailBrand {
  readonly Email: unique symbol
}
const Email = t.brand(t.string, (s): s is t.Branded<string, EmailBrand> => s.includes('@'), 'Email')
const users = table('users', {
  id: pipe(integer, primaryKey),
  name: text,
  big: pipe(bigint, nullable),
  email: pipe(text, refine(Email)),
  extra: json(t.type({ n: t.number })),
})
const posts = table('posts', { id: pipe(integer, primaryKey), authorId: integer })
const codec = queryCodec({ users, posts })

const encoded = (q: AnyQuery): unknown => {
  const stored = codec.encode(q)
  if (E.isLeft(stored)) throw new Error(stored.left.message)
  return JSON.parse(JSON.stringify(stored.right))
}
const again = (q: AnyQuery): AnyQuery => {
  const read = codec.decode(encoded(q))
  if (E.isLeft(read)) throw new Error(read.left.message)
  return read.right
}
const refusal = (outcome: E.Either<{ readonly message: string }, unknown>): string =>
  E.isLeft(outcome) ? outcome.left.message : 'Right'

describe('a stored statement', () => {
  it('names tables and codecs, and says values that JSON has no word for', () => {
    const email = 'ed@x.org' as t.Branded<string, EmailBrand>
    const q = pipe(
      from(users),
      where(and(eq(users.big, 2n ** 62n), eq(users.email, email), eq(users.id, param('id', integer)))),
    )
    expect(encoded(q)).toMatchObject({ relvar: 1, sources: [{ _tag: 'TableSource', name: 'users', table: 'users' }] })
    expect(JSON.stringify(encoded(q))).toContain('{"bigint":"4611686018427387904"}')
    expect(JSON.stringify(encoded(q))).toContain('{"codec":"users.email"}')
    expect(queryEq.equals(again(q), q)).toBe(true)
  })

  it('keeps documents by their codec, rows of an insert, computed attributes, aliases, includes and subqueries', () => {
    const u = pipe(users, alias('u'))
    const loud = computed(users, { loud: concat(users.name, '!') })
    const postsOf = many(pipe(from(posts), where(eq(posts.authorId, users.id))))
    const old = pipe(from(u), where(gt(u.id, 3)), select({ id: u.id }), subquery('old'))
    const row = { id: 1, name: 'é🐍', big: null, email: 'a@b' as t.Branded<string, EmailBrand>, extra: { n: 1 } }
    for (const q of [
      insertInto(users)([row]),
      pipe(from(loud), where(eq(loud.loud, 'ed!'))),
      pipe(from(users), include({ posts: postsOf }), where(pipe(users.id, inList([1, 2])))),
      pipe(from(old), where(eq(old.id, 4))),
    ]) {
      expect(queryShow.show(again(q))).toBe(queryShow.show(q))
      expect(queryEq.equals(again(q), q)).toBe(true)
    }
  })

  it('stores a source once, however many columns mention it', () => {
    const big = pipe(from(users), where(gt(users.id, 3)), subquery('big'))
    const q = pipe(from(big), where(and(gt(big.id, 1), gt(big.id, 2), gt(big.id, 3))))
    const { sources } = encoded(q) as { readonly sources: ReadonlyArray<unknown> }
    expect(sources).toHaveLength(2)
  })

  it('is refused where it mentions what the codec does not know', () => {
    const others = table('others', { id: integer, more: json(t.number) })
    expect(refusal(codec.encode(from(others)))).toBe('the table "others" is none of those that were given')
    const odd = pipe(from(users), where(eq(users.name, literal('x@y' as never, pipe(text, refine(Email))))))
    expect(refusal(codec.encode(odd))).toContain("is no column's and has no name")
    const named = queryCodec({ users }, { types: { email: pipe(text, refine(Email)) } })
    expect(refusal(named.encode(from(posts)))).toContain('"posts"')
    expect(refusal(codec.encode('x' as never))).toBe('this is no query')
  })

  it('is refused with the key of a row that is not written yet', () => {
    const [ref] = Uow.insert(users)({
      id: 1,
      name: 'x',
      email: 'a@b' as t.Branded<string, EmailBrand>,
      extra: { n: 1 },
    })(Uow.empty(schema({ users, posts })))
    const insert = insertInto(posts)({ id: 1, authorId: ref as never })
    expect(E.isLeft(codec.encode(insert))).toBe(true)
  })

  it('says where JSON is no statement', () => {
    expect(refusal(codec.decode(null))).toBe('this is no statement that relvar stored')
    expect(refusal(codec.decode({ relvar: 2, sources: [], statement: null }))).toContain('no statement')
    const good = encoded(from(users)) as { readonly sources: ReadonlyArray<object>; readonly statement: object }
    expect(refusal(codec.decode({ ...good, sources: [{ ...good.sources[0], table: 'nobody' }] }))).toBe(
      'the source at 0 is none',
    )
    const where = { _tag: 'Not', operand: { _tag: 'Nothing' } }
    expect(refusal(codec.decode({ ...good, statement: { ...good.statement, where } }))).toBe(
      'where.operand is no expression',
    )
    expect(refusal(codec.decode({ ...good, statement: { ...good.statement, from: 7 } }))).toContain('from')
  })

  it('is a query like any other', () => {
    expect(statementOf(again(from(users)))?._tag).toBe('Select')
  })
})
