// What cannot be right is an error of the plan, with a code, and nothing throws.
import { pipe } from 'fp-ts/lib/function.js'
import { integer, primaryKey, schema, table, text } from 'relvar'
import { expect, test } from 'vitest'
import { planErrorCodes } from '../../../src/session/plan-error.js'
import * as Uow from '../../../src/session/uow.js'
import { addresses, refusal, start, steps, users } from './tables.js'

const ed = { id: 1, name: 'ed', email: null }
const loaded = pipe(start, Uow.attach(users)(ed))
// what an untyped caller could do
const untyped = (u: unknown): never => u as never

test('codes are unique', () => {
  const codes = Object.values(planErrorCodes)
  expect(new Set(codes).size).toBe(codes.length)
})

test('[w36] a Ref of another unit of work is refused wherever it stands', () => {
  const [foreign] = Uow.insert(users)({ name: 'x' })(start)
  const [known] = Uow.insert(users)({ id: 5, name: 'x' })(start)
  for (const ref of [foreign, known]) {
    expect(refusal(Uow.insert(addresses)({ userId: ref, emailAddress: 'a' })(start)[1])).toBe('ForeignRef')
    expect(refusal(Uow.modify(users)(ref, { name: 'y' })(start))).toBe('ForeignRef')
    expect(refusal(Uow.remove(users)(ref)(start))).toBe('ForeignRef')
  }
})

test('a Ref of another branch is never mistaken for a row of this one', () => {
  const [left] = Uow.insert(users)({ name: 'left' })(start)
  const [right, branch] = Uow.insert(users)({ name: 'right' })(start)
  expect(refusal(Uow.insert(addresses)({ userId: left, emailAddress: 'a' })(branch)[1])).toBe('ForeignRef')
  expect(refusal(Uow.insert(addresses)({ userId: right, emailAddress: 'a' })(branch)[1])).toBe(null)
})

test('a Ref in a column that is no foreign key to its table is refused', () => {
  const [a, one] = Uow.insert(addresses)({ emailAddress: 'a' })(start)
  expect(refusal(Uow.insert(addresses)({ userId: untyped(a), emailAddress: 'b' })(one)[1])).toBe('RefMismatch')
  expect(refusal(Uow.insert(users)({ name: untyped(a) })(one)[1])).toBe('RefMismatch')
  expect(refusal(Uow.modify(users)(untyped(a), { name: 'x' })(one))).toBe('ForeignRef')
})

test('[uow 49] a reference to a new row that is removed again is refused', () => {
  const [u, one] = Uow.insert(users)({ name: 'u' })(start)
  const [, two] = Uow.insert(addresses)({ userId: u, emailAddress: 'a' })(one)
  expect(refusal(Uow.remove(users)(u)(two))).toBe('DanglingRef')
  expect(
    refusal(pipe(loaded, (w) => Uow.insert(addresses)({ userId: 1, emailAddress: 'a' })(w)[1], Uow.remove(users)(ed))),
  ).toBe('DanglingRef')
})

test('a change by function needs the row, and its failures are values', () => {
  expect(refusal(Uow.modify(users)({ id: 9 }, (row) => row)(start))).toBe('NotTracked')
  const [ref, one] = Uow.insert(users)({ name: 'n' })(start)
  expect(refusal(Uow.modify(users)(ref, (row) => row)(one))).toBe('NotTracked')
  const thrown = Uow.modify(users)(ed, () => {
    throw new Error('no')
  })(loaded)
  expect(Uow.plan(untyped({ name: 'sqlite' }))(thrown)).toMatchObject({
    left: { _tag: 'ChangeFailed', cause: new Error('no') },
  })
  expect(
    refusal(
      Uow.modify(users)(
        ed,
        untyped(() => 3),
      )(loaded),
    ),
  ).toBe('ChangeFailed')
  const assigned = Uow.modify(users)(
    ed,
    untyped((row: { name: string }) => {
      row.name = 'mutated'
      return row
    }),
  )(loaded)
  expect(refusal(assigned)).toBe('ChangeFailed')
  expect(ed.name).toBe('ed')
})

test('a removed row is not changed, and a key never', () => {
  expect(refusal(pipe(loaded, Uow.remove(users)(ed), Uow.modify(users)(ed, { name: 'x' })))).toBe('RowRemoved')
  expect(refusal(Uow.modify(users)(ed, (row) => ({ ...row, id: 2 }))(loaded))).toBe('KeyChanged')
  expect(refusal(Uow.modify(users)(ed, untyped({ id: 2 }))(loaded))).toBe('KeyChanged')
  expect(steps(Uow.modify(users)(ed, untyped({ id: 1, name: 'x' }))(loaded))).toBe('U users{name}[1]')
})

test('tables, columns and keys that are not there are refused', () => {
  const other = table('other', { id: pipe(integer, primaryKey) })
  const impostor = table('users', { id: pipe(integer, primaryKey), nickname: text })
  expect(refusal(Uow.insert(other)({ id: 1 })(start)[1])).toBe('UnknownTable')
  expect(refusal(Uow.insert(impostor)({ id: 1, nickname: 'x' })(start)[1])).toBe('UnknownTable')
  expect(refusal(Uow.insert(users)(untyped({ name: 'x', nickname: 'y' }))(start)[1])).toBe('UnknownColumn')
  expect(refusal(Uow.modify(users)(ed, untyped({ constructor: 'y' }))(loaded))).toBe('UnknownColumn')
  expect(refusal(Uow.insert(users)(untyped({}))(start)[1])).toBe('MissingValue')
  expect(refusal(Uow.remove(users)(untyped({}))(start))).toBe('MissingKey')
  expect(refusal(Uow.remove(users)(untyped(null))(start))).toBe('MissingKey')
  expect(refusal(Uow.attach(users)(untyped({ id: 1, name: 'x' }))(start))).toBe('NotTracked')
  expect(refusal(Uow.attach(users)(untyped({ name: 'x', email: null }))(start))).toBe('MissingKey')
})

test('rows of a table without a key can be added and nothing else', () => {
  const logs = table('logs', { line: text })
  const uow = Uow.empty(schema({ logs }))
  expect(steps(Uow.insert(logs)({ line: 'x' })(uow)[1])).toBe('I logs[1]')
  expect(refusal(Uow.remove(logs)(untyped({ line: 'x' }))(uow))).toBe('MissingKey')
})
