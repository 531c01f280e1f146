// A plan, done row by row with every key checked after every row, ends where the intents end, in whatever order they came.
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { mariadbDialect, Uow } from 'relvar'
import { expect, test } from 'vitest'
import type { FlushPlan } from '../../../src/session/plan.js'
import {
  before,
  draw,
  type Intent,
  loaded,
  noted,
  nothing,
  performed,
  pick,
  played,
  posts,
  start,
  type TableName,
  untyped,
  users,
  type Work,
  type World,
} from './model.js'

const plan = Uow.plan(mariadbDialect())
const sorted = (world: World): unknown =>
  Object.entries(world).map(([name, rows]) => [name, [...rows].sort(([a], [b]) => a - b)])

test('[property 32] memory: a plan done row by row ends where the intents end; only an exchange of unique values is refused', () => {
  fc.assert(
    fc.property(before, fc.array(draw, { maxLength: 15 }), (world, draws) => {
      const { intents, world: end } = played(world, draws, 100)
      const made = plan(intents.reduce(noted, loaded(world)))
      if (E.isLeft(made)) {
        expect(made.left._tag).toBe('UniqueCycle')
        return
      }
      const done = performed(world, made.right, () => 0)
      expect(sorted(done)).toEqual(sorted(end))
    }),
    { numRuns: 400 },
  )
})

/** The same intents in another order, those of one row in theirs. */
const reordered = (intents: ReadonlyArray<Intent>, order: ReadonlyArray<number>): ReadonlyArray<Intent> => {
  const rowOf = (intent: Intent): string =>
    `${intent.table}${intent.kind === 'insert' ? String(intent.row['id']) : intent.id}`
  const rows = new Map<string, Array<Intent>>()
  for (const intent of intents) rows.set(rowOf(intent), [...(rows.get(rowOf(intent)) ?? []), intent])
  const left = [...rows.values()]
  const result: Array<Intent> = []
  for (let i = 0; left.length > 0; i++) {
    const at = (order[i % Math.max(1, order.length)] ?? 0) % left.length
    const next = left[at]?.shift()
    if (next !== undefined) result.push(next)
    if (left[at]?.length === 0) left.splice(at, 1)
  }
  return result
}

/** Steps with their rows in one order: new rows stand in the order of the calls. */
const withoutOrder = ({ steps }: FlushPlan): unknown =>
  steps.map(({ kind, table: { name }, columns: written, rows }) => [
    kind,
    name,
    written,
    rows.map(({ key, values }) => JSON.stringify([key, values])).sort(),
  ])

test('[property 32] memory: the order of the calls does not change the plan', () => {
  fc.assert(
    fc.property(
      before,
      fc.array(draw, { maxLength: 15 }),
      fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }),
      (world, draws, order) => {
        const { intents } = played(world, draws, 100)
        const one = plan(intents.reduce(noted, loaded(world)))
        const other = plan(reordered(intents, order).reduce(noted, loaded(world)))
        expect(E.isRight(other)).toBe(E.isRight(one))
        if (E.isRight(one) && E.isRight(other)) expect(withoutOrder(other.right)).toEqual(withoutOrder(one.right))
      },
    ),
    { numRuns: 400 },
  )
})

const graph = fc.array(
  fc.record({
    table: fc.constantFrom<TableName>('users', 'posts'),
    author: fc.nat(9),
    parent: fc.nat(9),
    favorite: fc.nat(9),
  }),
  { maxLength: 10 },
)

test('keys that the database makes flow into every row that refers to them, circles and all', () => {
  fc.assert(
    fc.property(graph, (drawn) => {
      const ids = (name: TableName): ReadonlyArray<number> => drawn.flatMap((row, i) => (row.table === name ? [i] : []))
      const [userRows, postRows] = [ids('users'), ids('posts')]
      let uow: Work = start
      const refs = drawn.map(({ table: name }, i) => {
        const [ref, next] = Uow.insert(name === 'users' ? users : posts)({ name: `n${i}` })(uow)
        uow = next
        return ref
      })
      const refAt = (rows: ReadonlyArray<number>, n: number): unknown => {
        const at = pick([null, ...rows], n)
        return at === null || at === undefined ? null : refs[at]
      }
      for (const [i, { table: name, author, parent, favorite }] of drawn.entries())
        uow =
          name === 'users'
            ? Uow.modify(users)(untyped(refs[i]), untyped({ favoriteId: refAt(postRows, favorite) }))(uow)
            : Uow.modify(posts)(
                untyped(refs[i]),
                untyped({ authorId: refAt(userRows, author), parentId: refAt(postRows, parent) }),
              )(uow)
      const made = plan(uow)
      if (E.isLeft(made)) throw new Error(made.left.message)
      let last = 0
      const end = performed(nothing, made.right, () => (last += 1))
      const nameOf = (name: TableName, key: unknown): unknown =>
        typeof key === 'number' ? end[name].get(key)?.['name'] : null
      const wanted = (rows: ReadonlyArray<number>, n: number): unknown => {
        const at = pick([null, ...rows], n)
        return at === null || at === undefined ? null : `n${at}`
      }
      const byName = new Map([...end.users.values(), ...end.posts.values()].map((row) => [row['name'], row]))
      for (const [i, { table: name, author, parent, favorite }] of drawn.entries()) {
        const row = byName.get(`n${i}`)
        if (name === 'users') expect(nameOf('posts', row?.['favoriteId'])).toBe(wanted(postRows, favorite))
        else
          expect([nameOf('users', row?.['authorId']), nameOf('posts', row?.['parentId'])]).toEqual([
            wanted(userRows, author),
            wanted(postRows, parent),
          ])
      }
    }),
    { numRuns: 400 },
  )
})
