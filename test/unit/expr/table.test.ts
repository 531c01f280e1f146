// Definitions that cannot be right are TypeErrors where they stand; what can be right is plain frozen data.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import { statementOf } from '../../../src/expr/query.js'
import { isTable, sourceOf, tableInfo } from '../../../src/expr/table.js'
import {
  add,
  alias,
  autoIncrement,
  defaultTo,
  foreignKey,
  from,
  index,
  integer,
  named,
  nullable,
  primaryKey,
  references,
  schema,
  subquery,
  table,
  tableIn,
  text,
  unique,
  varchar,
} from '../../../src/index.js'

const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })

describe('[dialect 80] names', () => {
  it.each([
    ['the empty name', ''],
    ['a NUL', 'a\0b'],
    ['a lone surrogate', 'a\ud800'],
    ['64 bytes', 'x'.repeat(64)],
    ['64 bytes of fewer characters', 'é'.repeat(32)],
    ['a trailing space', 'a '],
    ['what MySQL would replace', 'snake 🐍'],
    ['no text', 5],
  ])('%s is refused', (_, name) => {
    const wrong = name as string
    for (const make of [
      () => table(wrong, { id: integer }),
      () => table('t', { id: pipe(integer, named(wrong)) }),
      () => tableIn(wrong)('t', { id: integer }),
      () => alias(wrong)(users),
      () => subquery(wrong)(from(users)),
    ])
      expect(make).toThrow(TypeError)
    if (typeof name === 'string') expect(() => table('t', { [name]: integer })).toThrow(TypeError)
  })

  it.each(['x'.repeat(63), 'é'.repeat(31), ' a', 'select', '"`\'', '測試', '__proto__x', '1', '\n'])(
    '%j is a name',
    (name) => {
      expect(tableInfo(table(name, { [name]: integer })).name).toBe(name)
    },
  )

  it('two columns differ by more than case', () => {
    expect(() => table('t', { a: integer, A: integer })).toThrow(/two columns named/)
    expect(() => table('t', { a: integer, b: pipe(integer, named('A')) })).toThrow(/two columns named/)
    expect(() => table('t', { a: pipe(integer, named('b')), b: pipe(integer, named('a')) })).not.toThrow()
  })

  it('a table has columns', () => {
    expect(() => table('t', {})).toThrow(/no columns/)
  })
})

describe('columns', () => {
  it('a key is never null', () => {
    expect(() => table('t', { id: nullable(primaryKey(integer) as never) as never as typeof integer })).toThrow(
      /cannot be nullable/,
    )
  })

  it.each([0, -1, 1.5, Number.NaN, 16384, '5'])('varchar(%s) is refused', (length) => {
    expect(() => varchar(length as number)).toThrow(TypeError)
  })

  it('specifications are values: a combinator changes none', () => {
    const plain = integer
    const many = pipe(plain, unique, index, nullable, defaultTo(5))
    expect(plain).not.toBe(many)
    expect(plain).toMatchObject({ unique: false, index: false, nullable: false, default: null })
    expect(many).toMatchObject({ unique: true, index: true, nullable: true, default: { _tag: 'Value', value: 5 } })
    expect(Object.isFrozen(plain) && Object.isFrozen(many)).toBe(true)
  })

  it('the columns are the own properties, whatever they are called', () => {
    const odd = table('odd', { constructor: integer, toString: integer, length: integer })
    expect(Object.keys(odd)).toEqual(['constructor', 'toString', 'length'])
    expect(JSON.stringify(Object.keys(JSON.parse(JSON.stringify(odd))))).toBe(JSON.stringify(Object.keys(odd)))
    expect(Object.isFrozen(odd)).toBe(true)
  })
})

describe('foreign keys', () => {
  it('point to a column of a table', () => {
    expect(() => references({} as never)(integer)).toThrow(TypeError)
    expect(() => references(add(users.id, 1))(integer)).toThrow(TypeError)
    expect(() => references(pipe(from(users), subquery('d')).id)(integer)).toThrow(TypeError)
    expect(() => foreignKey({} as never, users.id)).toThrow(TypeError)
    expect(() => foreignKey(users.id, {} as never)).toThrow(TypeError)
    expect(() => table('t', { id: integer }, () => [foreignKey(users.id, users.id)])).toThrow(/another table/)
  })

  it('lead to a key of a table of the schema', () => {
    const posts = table('posts', { id: integer, userId: pipe(integer, references(users.id)) })
    expect(() => schema({ posts })).toThrow(/not in the schema/)
    expect(() => schema({ users, posts })).not.toThrow()
    expect(() => schema({ posts, users })).not.toThrow()
    const byName = table('by_name', { name: pipe(text, references(users.name)) })
    expect(() => schema({ users, byName })).toThrow(/neither the primary key nor unique/)
    const gone = table('gone', { userId: pipe(integer, references(users.id, { onDelete: 'setNull' })) })
    expect(() => schema({ users, gone })).toThrow(/needs a nullable column/)
    expect(() => schema({ a: users, b: users })).toThrow(/two tables/)
    expect(() => schema({ a: pipe(users, alias('u')), b: users })).toThrow(/two tables/)
    expect(() => schema({ users }, () => [foreignKey(posts.userId, users.id)])).toThrow(/no table of the schema/)
    expect(() => schema({ d: pipe(from(users), subquery('d')) })).toThrow(TypeError)
    const half = table('half', { a: pipe(integer, primaryKey), b: pipe(integer, primaryKey) })
    const toHalf = table('to_half', { a: pipe(integer, references(half.a)) })
    expect(() => schema({ half, toHalf })).toThrow(/neither the primary key nor unique/)
  })
})

describe('aliases', () => {
  it('are the same table under another name', () => {
    const u = pipe(users, alias('u'))
    expect(sourceOf(u).name).toBe('u')
    expect(tableInfo(u)).toBe(tableInfo(users))
    expect(Object.keys(u)).toEqual(Object.keys(users))
    expect(isTable(u)).toBe(true)
    expect(isTable(JSON.parse(JSON.stringify(u)))).toBe(false)
    expect(statementOf(from(u))).toMatchObject({ from: { name: 'u' } })
  })
})
