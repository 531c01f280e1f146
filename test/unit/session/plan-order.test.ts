// The order of a plan follows from foreign keys and unique columns alone.
import { pipe } from 'fp-ts/lib/function.js'
import { mariadbDialect } from 'relvar'
import { expect, test } from 'vitest'
import * as Uow from '../../../src/session/uow.js'
import {
  addresses,
  type Change,
  holder,
  inEveryOrder,
  itemKeywords,
  items,
  keywords,
  nodes,
  planned,
  refusal,
  start,
  steps,
  tree,
  uq,
  users,
  type Work,
} from './tables.js'

test('[uow 1] a parent comes before its children and its key flows into them', () => {
  const [u1, one] = Uow.insert(users)({ name: 'u1' })(start)
  const [, two] = Uow.insert(addresses)({ userId: u1, emailAddress: 'a1' })(one)
  const [, three] = Uow.insert(addresses)({ userId: u1, emailAddress: 'a2' })(two)
  expect(steps(three)).toBe('I users[1] -> I addresses[2]')
  expect(planned(three).steps[1]?.dataFlow).toEqual([
    { row: 0, column: 'userId', from: { step: 0, row: 0, column: 'id' } },
    { row: 1, column: 'userId', from: { step: 0, row: 0, column: 'id' } },
  ])
  expect(planned(three).counts).toEqual({ inserts: 3, updates: 0, deletes: 0 })
})

test('[uow 2] the order comes from foreign key values, whatever the order of the calls', () => {
  const [, one] = Uow.insert(addresses)({ id: 1, userId: 1, emailAddress: 'a2' })(start)
  const [, two] = Uow.insert(users)({ id: 1, name: 'u1' })(one)
  expect(steps(two)).toBe('I users[1] -> I addresses[1]')
})

test('[uow 2] [uow 41] removals go the other way round, known rows or not', () => {
  const removals: ReadonlyArray<Change> = [
    Uow.remove(users)({ id: 1 }),
    Uow.remove(addresses)({ id: 1 }),
    Uow.remove(addresses)({ id: 2 }),
  ]
  const loaded = pipe(
    start,
    Uow.attach(users)({ id: 1, name: 'u1', email: null }),
    Uow.load(addresses)([
      { id: 1, userId: 1, emailAddress: 'a1' },
      { id: 2, userId: 1, emailAddress: 'a2' },
    ]),
  )
  for (const from of [start, loaded])
    for (const uow of inEveryOrder(from, removals)) expect(steps(uow)).toBe('D addresses[2] -> D users[1]')
})

test('[uow 4] new rows of one table are one step, in the order in which they were added', () => {
  const uow = ['u1', 'u2', 'u3', 'u4', 'u5'].reduce((u, name) => Uow.insert(users)({ name })(u)[1], start)
  expect(steps(uow)).toBe('I users[5]')
  expect(planned(uow).steps[0]?.rows.map((row) => row.values['name'])).toEqual(['u1', 'u2', 'u3', 'u4', 'u5'])
})

test('[uow 6] rows that say their key and rows that do not are never one step', () => {
  const uow = [{ name: 'g1' }, { id: 500, name: 'e' }, { name: 'g2' }].reduce(
    (u, row) => Uow.insert(users)(row)(u)[1],
    start,
  )
  expect(steps(uow)).toBe('I users[1] -> I users[2]')
})

test('[uow 16] a tree of generated keys is inserted level by level, without an update', () => {
  const [n1, one] = Uow.insert(nodes)({ data: 'n1' })(start)
  const [, two] = Uow.insert(nodes)({ data: 'n11', parentId: n1 })(one)
  const [n12, three] = Uow.insert(nodes)({ data: 'n12', parentId: n1 })(two)
  const [, four] = Uow.insert(nodes)({ data: 'n13', parentId: n1 })(three)
  const uow = ['n121', 'n122', 'n123'].reduce((u, data) => Uow.insert(nodes)({ data, parentId: n12 })(u)[1], four)
  expect(steps(uow)).toBe('I nodes[1] -> I nodes[3] -> I nodes[3]')
})

test('[uow 16] [uow 17] a tree whose rows say their keys is one step, parents before children in it', () => {
  const inserts: ReadonlyArray<Change> = [
    (u) => Uow.insert(tree)({ id: 3, parentId: 2, data: 'c' })(u)[1],
    (u) => Uow.insert(tree)({ id: 2, parentId: 1, data: 'b' })(u)[1],
    (u) => Uow.insert(tree)({ id: 1, parentId: 1, data: 'a' })(u)[1],
  ]
  for (const uow of inEveryOrder(start, inserts)) {
    expect(steps(uow)).toBe('I tree[3]')
    expect(planned(uow).steps[0]?.rows.map((row) => row.values['id'])).toEqual([1, 2, 3])
  }
})

test('[uow 18] a row that refers to itself is one insert; InnoDB needs its reference emptied before the delete', () => {
  expect(steps(Uow.insert(tree)({ id: 10, parentId: 10, data: 'x' })(start)[1])).toBe('I tree[1]')
  const uow = pipe(start, Uow.attach(nodes)({ id: 7, parentId: 7, data: 'x' }), Uow.remove(nodes)({ id: 7 }))
  expect(steps(uow)).toBe('D nodes[1]')
  expect(steps(uow, mariadbDialect())).toBe('U! nodes{parentId}[1] -> D nodes[1]')
})

test('[uow 19] a tree is deleted leaves first', () => {
  const rows = [
    { id: 1, parentId: null, data: 'n1' },
    { id: 2, parentId: 1, data: 'n11' },
    { id: 3, parentId: 1, data: 'n12' },
    { id: 4, parentId: 3, data: 'n121' },
  ]
  const from = pipe(start, Uow.load(nodes)(rows))
  for (const uow of inEveryOrder(
    from,
    rows.map((row) => Uow.remove(nodes)(row)),
  ))
    expect(steps(uow)).toBe('D nodes[2] -> D nodes[1] -> D nodes[1]')
})

test('[uow 22] children move up before their parent is deleted', () => {
  const from = pipe(
    start,
    Uow.load(nodes)([
      { id: 1, parentId: null, data: 'root' },
      { id: 2, parentId: 1, data: 'm' },
      { id: 3, parentId: 2, data: 'x' },
      { id: 4, parentId: 2, data: 'y' },
    ]),
  )
  const changes: ReadonlyArray<Change> = [
    Uow.remove(nodes)({ id: 2 }),
    Uow.modify(nodes)({ id: 3 }, { parentId: 1 }),
    Uow.modify(nodes)({ id: 4 }, { parentId: 1 }),
  ]
  for (const uow of inEveryOrder(from, changes)) expect(steps(uow)).toBe('U nodes{parentId}[2] -> D nodes[1]')
})

test('[uow 34] updates and deletes go by key, inserts by the order of the calls', () => {
  const changes = [9, 3, 5].map((id) => Uow.modify(users)({ id }, { name: `n${id}` }))
  for (const uow of inEveryOrder(start, changes))
    expect(planned(uow).steps[0]?.rows.map((row) => row.key['id'])).toEqual([3, 5, 9])
})

test('[uow 52] a unique value is left by a delete before an insert takes it', () => {
  const from = pipe(start, Uow.attach(uq)({ id: 1, k: 'k' }))
  const changes: ReadonlyArray<Change> = [Uow.remove(uq)({ id: 1 }), (u) => Uow.insert(uq)({ id: 2, k: 'k' })(u)[1]]
  for (const uow of inEveryOrder(from, changes)) expect(steps(uow)).toBe('D uq[1] -> I uq[1]')
})

test('[uow 53] where the row that leaves the value is still referred to, no order is right', () => {
  const uow = pipe(
    start,
    Uow.attach(uq)({ id: 1, k: 'k' }),
    Uow.attach(holder)({ id: 1, h: 1 }),
    (u) => Uow.insert(uq)({ id: 2, k: 'k' })(u)[1],
    Uow.modify(holder)({ id: 1 }, { h: 2 }),
    Uow.remove(uq)({ id: 1 }),
  )
  expect(refusal(uow)).toBe('UniqueCycle')
})

test('[uow 54] a unique value is left by an update before an insert takes it', () => {
  const from = pipe(start, Uow.attach(uq)({ id: 12, k: 'k' }))
  const changes: ReadonlyArray<Change> = [
    (u) => Uow.insert(uq)({ id: 13, k: 'k' })(u)[1],
    Uow.modify(uq)({ id: 12 }, { k: 'moved' }),
  ]
  for (const uow of inEveryOrder(from, changes)) expect(steps(uow)).toBe('U uq{k}[1] -> I uq[1]')
})

const three = pipe(
  start,
  Uow.load(uq)([
    { id: 1, k: 'a' },
    { id: 2, k: 'b' },
    { id: 3, k: 'c' },
  ]),
)

test('[uow 55] a unique value is left by a delete before an update takes it', () => {
  const changes: ReadonlyArray<Change> = [Uow.modify(uq)({ id: 2 }, { k: 'a' }), Uow.remove(uq)({ id: 1 })]
  for (const uow of inEveryOrder(three, changes)) expect(steps(uow)).toBe('D uq[1] -> U uq{k}[1]')
})

test('[uow 56] a chain of unique values is moved along from its end', () => {
  const changes = [
    Uow.modify(uq)({ id: 1 }, { k: 'b' }),
    Uow.modify(uq)({ id: 2 }, { k: 'c' }),
    Uow.modify(uq)({ id: 3 }, { k: 'd' }),
  ]
  for (const uow of inEveryOrder(three, changes)) {
    expect(steps(uow)).toBe('U uq{k}[1] -> U uq{k}[1] -> U uq{k}[1]')
    expect(planned(uow).steps.map((step) => step.rows[0]?.key['id'])).toEqual([3, 2, 1])
  }
})

test('[uow 58] an exchange of unique values is refused with its path', () => {
  const uow = pipe(three, Uow.modify(uq)({ id: 1 }, { k: 'b' }), Uow.modify(uq)({ id: 2 }, { k: 'a' }))
  expect(refusal(uow)).toBe('UniqueCycle')
})

test('[uow 59] unique values that stay or are NULL order nothing', () => {
  const uow = pipe(
    start,
    Uow.load(users)([
      { id: 1, name: 'a', email: null },
      { id: 2, name: 'b', email: null },
    ]),
    Uow.modify(users)({ id: 1 }, { name: 'x', email: null }),
    Uow.modify(users)({ id: 2 }, { name: 'y', email: null }),
  )
  expect(steps(uow)).toBe('U users{name}[2]')
})

test('[uow 64] link rows come after both ends', () => {
  const [i, one] = Uow.insert(items)({ descr: 'i' })(start)
  const [k1, two] = Uow.insert(keywords)({ name: 'k1' })(one)
  const [k2, three] = Uow.insert(keywords)({ name: 'k2' })(two)
  const [, four] = Uow.insert(itemKeywords)({ itemId: i, keywordId: k1 })(three)
  const [, five] = Uow.insert(itemKeywords)({ itemId: i, keywordId: k2 })(four)
  expect(steps(five)).toBe('I items[1] -> I keywords[2] -> I item_keywords[2]')
})

test('link rows are deleted before their ends', () => {
  const removals: ReadonlyArray<Change> = [
    Uow.remove(keywords)({ id: 1 }),
    Uow.remove(itemKeywords)({ itemId: 1, keywordId: 1 }),
    Uow.remove(itemKeywords)({ itemId: 2, keywordId: 1 }),
  ]
  for (const uow of inEveryOrder(start, removals)) expect(steps(uow)).toBe('D item_keywords[2] -> D keywords[1]')
})

test('a chain of parents of any length is planned', () => {
  const length = 5_000
  const known = Array.from({ length }, (_, i) => ({ id: length - i, parentId: Math.max(1, length - i - 1), data: 'x' }))
  expect(steps(known.reduce((u, row) => Uow.insert(tree)(row)(u)[1], start))).toBe(`I tree[${length}]`)
  const [root, one] = Uow.insert(nodes)({ data: 'x' })(start)
  const [, uow] = Array.from({ length: 999 }).reduce(
    ([parent, u]: readonly [typeof root, Work]) => Uow.insert(nodes)({ parentId: parent, data: 'x' })(u),
    [root, one] as const,
  )
  expect(planned(uow).steps.length).toBe(1_000)
})
