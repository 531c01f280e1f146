// Every kind of write survives JSON: it is the same in Eq and in show, and does the same to the same rows.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  alias,
  type AnyQuery,
  checkConstraint,
  deleteFrom,
  eq,
  everyRow,
  from,
  gt,
  indexOn,
  insertFrom,
  insertInto,
  integer,
  isNotNull,
  literal,
  nullable,
  onConflictDoNothing,
  onConflictDoUpdate,
  primaryKey,
  queryCodec,
  queryEq,
  queryShow,
  returning,
  select,
  serverDefault,
  set,
  subquery,
  table,
  text,
  uniqueConstraint,
  update,
  using,
  where,
} from 'relvar'
import { apply, emptyTables, withRows } from 'relvar/memory'
import { describe, expect, test } from 'vitest'
import { done } from '../interpret/applied.js'

const users = table(
  'users',
  {
    id: pipe(integer, primaryKey),
    name: pipe(text, serverDefault('nobody')),
    room: pipe(integer, nullable),
    seat: pipe(integer, nullable),
  },
  (own) => [
    uniqueConstraint([own.room, own.seat], { name: 'one_seat' }),
    indexOn([own.room], { unique: true, where: isNotNull(own.seat) }),
    checkConstraint(gt(own.id, 0)),
  ],
)
const moves = table('moves', { id: pipe(integer, primaryKey), room: integer })
const codec = queryCodec({ users, moves })

const filled = done(
  pipe(
    emptyTables,
    withRows(users)([
      { id: 1, name: 'ed', room: 1, seat: 1 },
      { id: 2, name: 'wendy', room: 2, seat: null },
    ]),
    E.chainW(
      withRows(moves)([
        { id: 1, room: 5 },
        { id: 7, room: 6 },
      ]),
    ),
  ),
)

const other = pipe(users, alias('other'))
const rooms = pipe(from(moves), select({ id: moves.id, room: moves.room }), subquery('rooms'))

const writes = {
  values: insertInto(users)([
    { id: 3, name: 'a', room: null, seat: null },
    { id: 4, name: 'b', room: 7, seat: 8 },
  ]),
  'rows of several shapes': insertInto(users)([{ id: 3 }, { id: 4, name: 'b', room: 7 }]),
  expressions: insertInto(users)({ id: 3, room: add(literal(1, integer), 2) }),
  'a query': pipe(from(moves), where(gt(moves.id, 1)), select({ id: moves.id, room: moves.room }), insertFrom(users)),
  'do nothing': pipe(insertInto(users)({ id: 1, name: 'x' }), onConflictDoNothing()),
  'do nothing by columns': pipe(insertInto(users)({ id: 1, name: 'x' }), onConflictDoNothing(users.id)),
  'do nothing by a constraint': pipe(
    insertInto(users)({ id: 9, name: 'x', room: 1, seat: 1 }),
    onConflictDoNothing({ constraint: 'one_seat' }),
  ),
  'do update': pipe(
    insertInto(users)([
      { id: 1, name: 'x', room: 3, seat: 3 },
      { id: 3, name: 'y', room: 9, seat: 4 },
    ]),
    onConflictDoUpdate({
      target: users.id,
      set: (excluded) => ({ room: add(users.room, excluded.room), name: excluded.name }),
      where: (excluded) => gt(excluded.room, users.room),
    }),
    returning({ id: users.id, name: users.name }),
  ),
  'do update by an index of some rows': pipe(
    insertInto(users)({ id: 9, name: 'x', room: 1, seat: 9 }),
    onConflictDoUpdate({ target: users.room, targetWhere: isNotNull(users.seat), set: { name: 'met' } }),
  ),
  update: pipe(update(users), set({ name: 'x' }), where(eq(users.id, 1)), returning(users)),
  'update of every row': pipe(update(users), set({ name: 'x' }), everyRow),
  'update by a table': pipe(update(users), using(moves, eq(moves.id, users.id)), set({ room: moves.room })),
  'update by an alias and a query': pipe(
    update(users),
    using(other, eq(other.id, add(users.id, 1))),
    using(rooms, eq(rooms.id, users.id)),
    set({ name: other.name, seat: rooms.room }),
  ),
  'delete by a table': pipe(deleteFrom(users), using(moves, eq(moves.id, users.id)), returning(users.name)),
  'delete of every row': everyRow(deleteFrom(users)),
}

/** The statement as it is read back from a text. */
const through = <Q extends AnyQuery>(q: Q): Q =>
  // What is read back is the statement that was written.
  done(
    pipe(
      codec.encode(q),
      E.chainW((stored) => codec.decode(JSON.parse(JSON.stringify(stored)))),
    ),
  ) as unknown as Q

describe('a write after JSON is the same, and does the same in memory', () => {
  test.each(Object.entries(writes))('%s', (_, write) => {
    const again = through(write)
    expect(queryShow.show(again)).toBe(queryShow.show(write))
    expect(queryEq.equals(again, write)).toBe(true)
    const closed = write as typeof writes.update
    expect(done(apply(through(closed))(filled))).toEqual(done(apply(closed)(filled)))
  })
})

test('two writes that differ in a part are not equal', () => {
  const all = Object.values<AnyQuery>(writes)
  for (const [i, a] of all.entries()) for (const [j, b] of all.entries()) expect(queryEq.equals(a, b)).toBe(i === j)
})
