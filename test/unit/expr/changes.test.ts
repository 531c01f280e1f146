// A definition or a change that cannot be right is refused where it is written.
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'

import {
  addColumn,
  addConstraint,
  alterColumn,
  alterTable,
  createSequence,
  defaultTo,
  dropSequence,
  everyRow,
  foreignKey,
  generated,
  generatedAs,
  insertInto,
  integer,
  mul,
  nullable,
  onConflictDoUpdate,
  onUpdate,
  primaryKey,
  primaryKeyConstraint,
  renameTable,
  set,
  table,
  uniqueConstraint,
  update,
} from '../../../src/index.js'
import { apply, emptyTables } from '../../../src/memory.js'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const people = table('people', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })

test('a change is of the table that is altered, by its name or by the one that it gets', () => {
  const wrong = [
    addColumn(posts.age),
    alterColumn(posts.age),
    addConstraint(uniqueConstraint([posts.age])),
    addConstraint(primaryKeyConstraint([posts.id])),
    addConstraint(foreignKey(posts.age, users.id)),
  ]
  for (const change of wrong) expect(() => alterTable(users)(change)).toThrow('about another table, "posts"')
  for (const name of [users, people])
    expect(alterTable(users)(renameTable('people'), addConstraint(uniqueConstraint([name.age])))).toHaveProperty(
      'changes.length',
      2,
    )
})

test('a change that relvar did not make is none', () => {
  const change = { _tag: 'Explode' } as unknown as ReturnType<typeof renameTable>
  expect(() => alterTable(users)(change)).toThrow('alterTable takes changes')
})

test('a sequence has a name that an engine takes', () => {
  const named = { schema: null, name: 'a\u0000b', counting: {} }
  expect(() => createSequence(named)).toThrow(TypeError)
  expect(() => dropSequence(named)).toThrow(TypeError)
})

test('a computed column has no value of the client', () => {
  for (const spec of [pipe(integer, defaultTo(1), generated), pipe(integer, onUpdate(1), generated)])
    expect(() =>
      table('boxes', { side: integer, area: spec }, (t) => [generatedAs(t.area, mul(t.side, t.side))]),
    ).toThrow('has no value of the client')
})

test('memory: an update sets at least one column, as on the engines', () => {
  expect(apply(pipe(update(users), set({}), everyRow))(emptyTables)).toMatchObject({
    left: { _tag: 'IllFormed', message: 'an update sets at least one column' },
  })
})

test('an upsert says what is to be done', () => {
  const insert = insertInto(users)({ id: 1, name: 'ed' } as never)
  expect(() => onConflictDoUpdate(undefined as never)(insert as never)).toThrow('{ target, set }')
})
