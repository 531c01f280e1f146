// All intents for one row come to one write, and a change that changes nothing to none.
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { integer, primaryKey, schema, table, tableIn } from 'relvar'
import { expect, test } from 'vitest'
import * as Uow from '../../../src/session/uow.js'
import {
  addresses,
  deft,
  events,
  items,
  itemKeywords,
  keywords,
  lines,
  planned,
  refusal,
  start,
  steps,
  uq,
  users,
} from './tables.js'

const ed = { id: 1, name: 'ed', email: null }
const loaded = pipe(start, Uow.attach(users)(ed))

test('[uow 31] [uow 37] what was loaded is not written, nor a change to the same value, nor one that is taken back', () => {
  expect(steps(loaded)).toBe('')
  expect(steps(pipe(loaded, Uow.modify(users)(ed, { name: 'ed' })))).toBe('')
  expect(steps(pipe(loaded, Uow.modify(users)(ed, { name: 'x' }), Uow.modify(users)(ed, { name: 'ed' })))).toBe('')
  expect(
    steps(
      pipe(
        loaded,
        Uow.modify(users)(ed, (row) => ({ ...row })),
      ),
    ),
  ).toBe('')
})

test('[uow 31] instants and documents are compared by what is stored', () => {
  const row = { at: '2020-01-01T00:00:00.000000Z', payload: { a: 1, b: [1, { c: null }] } }
  const uow = pipe(
    start,
    Uow.attach(events)(row),
    Uow.modify(events)({ at: '2020-01-01T02:00:00+02:00' }, { payload: { b: [1, { c: null }], a: 1 } }),
  )
  expect(steps(uow)).toBe('')
  expect(steps(pipe(uow, Uow.modify(events)(row, { payload: { a: 1, b: [1, { c: 2 }] } })))).toBe(
    'U events{payload}[1]',
  )
})

test('[uow 32] [w07] only the columns whose value changes are written', () => {
  const uow = pipe(
    loaded,
    Uow.modify(users)({ id: 1 }, (row) => ({ ...row, name: `${row.name}ward` })),
  )
  expect(steps(uow)).toBe('U users{name}[1]')
  expect(planned(uow).steps[0]?.rows).toEqual([{ ref: null, key: { id: 1 }, values: { name: 'edward' } }])
})

test('a patch needs the key alone, and writes what it names', () => {
  expect(steps(pipe(start, Uow.modify(users)({ id: 9 }, { name: 'x', email: null })))).toBe('U users{name,email}[1]')
})

test('rows that change the same columns are one step, others another', () => {
  const uow = pipe(
    start,
    Uow.modify(users)({ id: 1 }, { name: 'a' }),
    Uow.modify(users)({ id: 2 }, { email: 'b' }),
    Uow.modify(users)({ id: 3 }, { name: 'c' }),
  )
  expect(steps(uow)).toBe('U users{email}[1] -> U users{name}[2]')
})

test('[uow 38] an insert and changes of it are one insert', () => {
  const [ref, one] = Uow.insert(users)({ name: 'a' })(start)
  const uow = pipe(one, Uow.modify(users)(ref, { name: 'b' }))
  expect(steps(uow)).toBe('I users[1]')
  expect(planned(uow).steps[0]?.rows[0]?.values).toEqual({ name: 'b', email: null })
})

test('an insert and its removal are nothing, and a removal twice is one', () => {
  const [ref, one] = Uow.insert(users)({ name: 'a' })(start)
  expect(steps(pipe(one, Uow.remove(users)(ref), Uow.remove(users)(ref)))).toBe('')
  expect(steps(pipe(loaded, Uow.remove(users)(ed), Uow.remove(users)(ed)))).toBe('D users[1]')
  expect(steps(pipe(loaded, Uow.modify(users)(ed, { name: 'x' }), Uow.remove(users)(ed)))).toBe('D users[1]')
})

test('a row in place of one of its key is a change of what differs', () => {
  const replace = (name: string) => pipe(loaded, Uow.remove(users)(ed), (u) => Uow.insert(users)({ id: 1, name })(u)[1])
  expect(steps(replace('wendy'))).toBe('U users{name}[1]')
  expect(steps(replace('ed'))).toBe('')
  expect(steps(pipe(replace('wendy'), Uow.remove(users)(ed)))).toBe('D users[1]')
})

test('a row in place of one that was not loaded writes all columns but the key', () => {
  const uow = pipe(start, Uow.remove(uq)({ id: 1 }), (u) => Uow.insert(uq)({ id: 1, k: 'k' })(u)[1])
  expect(steps(uow)).toBe('U uq{k}[1]')
})

test('[uow 40] a row that is loaded again keeps its pending changes on top', () => {
  const mine = pipe(loaded, Uow.modify(users)(ed, { name: 'mine' }))
  const again = pipe(mine, Uow.attach(users)({ id: 1, name: 'theirs', email: 'e2' }))
  expect(Uow.get(users)({ id: 1 })(again)).toEqual(O.some({ id: 1, name: 'mine', email: 'e2' }))
  expect(steps(again)).toBe('U users{name}[1]')
})

test('[uow 5] [uow 11] what a row leaves out has its default, null stays null, and all of it is one step', () => {
  const rows = [{ data: 't1' }, { data: 't2', def: null }, { data: 't3', def: 'def2' }]
  const uow = rows.reduce((u, row) => Uow.insert(deft)(row)(u)[1], start)
  expect(steps(uow)).toBe('I deft[3]')
  expect(planned(uow).steps[0]?.rows.map((row) => row.values['def'])).toEqual(['def1', null, 'def2'])
})

test('[uow 14] one key twice is refused', () => {
  const twice = [
    { id: 7, name: 'a' },
    { id: 7, name: 'b' },
  ].reduce((u, row) => Uow.insert(users)(row)(u)[1], start)
  expect(refusal(twice)).toBe('DuplicateIdentity')
  expect(refusal(Uow.insert(users)({ id: 1, name: 'x' })(loaded)[1])).toBe('DuplicateIdentity')
})

test('one value of a unique column twice is refused, also one link twice through Refs', () => {
  const two = [
    { name: 'a', email: 'e' },
    { name: 'b', email: 'e' },
  ]
  expect(refusal(two.reduce((u, row) => Uow.insert(users)(row)(u)[1], start))).toBe('DuplicateIdentity')
  const [i, one] = Uow.insert(items)({ descr: 'i' })(start)
  const [k, both] = Uow.insert(keywords)({ name: 'k' })(one)
  const link = { itemId: i, keywordId: k }
  expect(refusal([link, link].reduce((u, row) => Uow.insert(itemKeywords)(row)(u)[1], both))).toBe('DuplicateIdentity')
})

test('[uow 101] keys of several parts do not run into each other', () => {
  const uow = pipe(
    start,
    Uow.attach(lines)({ orderId: 1, lineNo: 11, qty: 1 }),
    Uow.attach(lines)({ orderId: 11, lineNo: 1, qty: 2 }),
  )
  expect(Uow.get(lines)({ orderId: 1, lineNo: 11 })(uow)).toMatchObject(O.some({ qty: 1 }))
  expect(Uow.get(lines)({ lineNo: 1, orderId: 11 })(uow)).toMatchObject(O.some({ qty: 2 }))
  expect(steps(pipe(uow, Uow.modify(lines)({ orderId: 1, lineNo: 11 }, { qty: 2 })))).toBe('U lines{qty}[1]')
})

test('a Ref can stand for a row in a change, before and in place of its key', () => {
  const [u, one] = Uow.insert(users)({ name: 'u' })(start)
  const uow = pipe(
    one,
    Uow.attach(addresses)({ id: 1, userId: null, emailAddress: 'a' }),
    Uow.modify(addresses)({ id: 1 }, { userId: u }),
  )
  expect(steps(uow)).toBe('I users[1] -> U addresses{userId}[1]')
})

test('[uow 100] tables of one name in two schemas share nothing', () => {
  const here = table('jobs', { id: pipe(integer, primaryKey), n: integer })
  const there = tableIn('queue')('jobs', { id: pipe(integer, primaryKey), n: integer })
  const uow = pipe(
    Uow.empty(schema({ here, there })),
    Uow.attach(here)({ id: 1, n: 1 }),
    Uow.attach(there)({ id: 1, n: 2 }),
    Uow.modify(there)({ id: 1 }, { n: 1 }),
  )
  expect(Uow.get(here)({ id: 1 })(uow)).toEqual(O.some({ id: 1, n: 1 }))
  expect(planned(uow).steps.map((step) => step.table)).toEqual([{ schema: 'queue', name: 'jobs' }])
})
