// Views, sequences and changes of tables as values: what cannot be right is refused where it is said.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  addColumn,
  alterTable,
  type AnyQuery,
  compile,
  compileDdl,
  concat,
  createTable,
  createView,
  deleteFrom,
  dropConstraint,
  dropTable,
  dropView,
  eq,
  everyRow,
  from,
  insertInto,
  integer,
  mariadbDialect,
  mysqlDialect,
  nextValue,
  nullable,
  param,
  postgresDialect,
  primaryKey,
  queryCodec,
  queryEq,
  renameColumn,
  schema,
  select,
  sequence,
  sqliteDialect,
  table,
  tablesOf,
  text,
  Uow,
  view,
  where,
} from '../../../src/index.js'
import { sequenceOfWords } from '../../../src/expr/sequence.js'

const users = table('users', { id: pipe(integer, primaryKey), name: pipe(text, nullable) })
const named = view('named', pipe(from(users), where(eq(users.name, 'ed')), select({ id: users.id, name: users.name })))
const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

const untyped = (u: unknown): never => u as never

describe('views', () => {
  it('a view of what is no closed query, or of a name that is none, cannot be made', () => {
    const posts = table('posts', { id: integer, userId: integer })
    const open = pipe(from(posts), where(eq(posts.userId, users.id)))
    expect(() => view('v', untyped(open))).toThrow('a query that stands for itself')
    expect(() => view('v', untyped(insertInto(users)({ id: 1 })))).toThrow('a query that stands for itself')
    expect(() => view('v', untyped(pipe(from(users), select(users.id))))).toThrow('flat rows')
    expect(() => view('', from(users))).toThrow('a name is text')
    expect(() => view('v', from(users), { schema: 'x'.repeat(64) })).toThrow('63 bytes')
    expect(() => view('v', pipe(from(users), select({ 'ends in a space ': users.id })))).toThrow('end in a space')
  })

  it('what makes and drops tables takes no view, and the other way round', () => {
    expect(() => createTable(named)).toThrow('is a view')
    expect(() => dropTable(named)).toThrow('is a view')
    expect(() => createView(users)).toThrow('is a table')
    expect(() => dropView(users)).toThrow('is a table')
  })

  it('a definition holds its values: a named parameter is none', () => {
    const holed = view('v', pipe(from(users), where(eq(users.id, param('id', integer)))))
    const nul = view('v', pipe(from(users), select({ x: concat(users.name, 'a\0b') })))
    for (const dialect of dialects) {
      expect(compileDdl(dialect)(createView(holed))).toMatchObject({
        left: {
          _tag: 'IllFormed',
          message: 'a definition takes no parameters: "id" would have no value; say the value itself',
        },
      })
      expect(compileDdl(dialect)(createView(nul))).toMatchObject({ left: { _tag: 'IllFormed' } })
    }
  })

  it('a query of a view survives JSON, and a write to a view that JSON holds is refused', () => {
    const codec = queryCodec({ users, named })
    const question = pipe(from(named), where(eq(named.id, 1)))
    const stored = codec.encode(question)
    const again = pipe(
      stored,
      E.chainW((json) => codec.decode(JSON.parse(JSON.stringify(json)))),
    )
    expect(
      pipe(
        again,
        E.map((q) => queryEq.equals(q, question)),
      ),
    ).toEqual(E.right(true))
    expect(
      pipe(
        again,
        E.map((q) => tablesOf(q).reads.map((t) => t.name)),
      ),
    ).toEqual(E.right(['named', 'users']))
    const write = pipe(deleteFrom(users), everyRow)
    const forged = pipe(
      codec.encode(write),
      // The name of the view where that of the table stood.
      E.chainW((json) => codec.decode(JSON.parse(JSON.stringify(json).replaceAll('"users"', '"named"')))),
    )
    for (const dialect of dialects)
      expect(
        pipe(
          forged,
          E.chainW((q: AnyQuery) => compile(dialect)(untyped(q))),
        ),
      ).toMatchObject({
        left: { message: expect.stringContaining('view') },
      })
  })

  it('a unit of work leaves views alone', () => {
    const start = Uow.empty(schema({ users, named }))
    const [, one] = Uow.insert(users)({ id: 1 })(start)
    expect(
      pipe(
        Uow.plan(sqliteDialect())(one),
        E.map(() => true),
      ),
    ).toEqual(E.right(true))
    const [, two] = Uow.insert(untyped(named))(untyped({ id: 1 }))(start)
    expect(E.isLeft(Uow.plan(sqliteDialect())(two))).toBe(true)
  })
})

describe('sequences', () => {
  it('what nextValue was told is a word of the expression, whatever the name is', () => {
    const counting = { start: -5n, increment: 2, min: -9, max: 10n, cycle: true }
    const s = sequence('a "b`,\' \\ é測$', counting, { schema: 's.x' })
    const node: unknown = nextValue(s)
    const { words } = node as { readonly words: string }
    expect(words).toMatch(/^[\w$,-]*$/)
    expect(sequenceOfWords(words)).toEqual({
      ...s,
      counting: { start: -5n, increment: 2n, min: -9n, max: 10n, cycle: true },
    })
  })

  it('words that it never says are refused, from JSON too', () => {
    for (const words of ['', ',', ',,,,,,', 'a', ',a,1,1,1,1,cycle,more', ',$0$,,,,,', ',a$20$,,,,,'])
      expect(sequenceOfWords(words)).toBe(null)
    const codec = queryCodec({ users })
    const query = pipe(from(users), select(nextValue(sequence('numbers'))))
    const forge = (to: string) =>
      pipe(
        codec.encode(query),
        E.chainW((json) => codec.decode(JSON.parse(JSON.stringify(json).replace(',numbers,,,,,', to)))),
      )
    for (const to of [",numbers') --,,,,,", 'numbers', ',$0$,,,,,'])
      for (const dialect of dialects)
        expect(
          pipe(
            forge(to),
            E.chainW((q: AnyQuery) => compile(dialect)(untyped(q))),
          ),
        ).toMatchObject({
          left: { _tag: 'IllFormed' },
        })
    expect(
      pipe(
        forge(',numbers,,,,,'),
        E.map((q) => queryEq.equals(q, query)),
      ),
    ).toEqual(E.right(true))
  })

  it('a name that is none cannot be made', () => {
    expect(() => sequence('')).toThrow('a name is text')
    expect(() => sequence('a', {}, { schema: '' })).toThrow('a name is text')
  })
})

describe('changes of tables', () => {
  it('take columns of tables and names that every engine takes', () => {
    expect(() => addColumn(untyped(concat(users.name, 'x')))).toThrow('a column of a table')
    expect(() => renameColumn('a', '')).toThrow('a name is text')
    expect(() => dropConstraint('check', 'x '.repeat(2))).toThrow('end in a space')
    expect(() => alterTable(untyped({}))).toThrow('a table is expected')
  })
})
