/**
 * Inserts that say what becomes of rows that are there already.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  add,
  concat,
  from,
  insertFrom,
  insertInto,
  lt,
  onConflictDoNothing,
  onConflictDoUpdate,
  returning,
  select,
} from '../../../src/index.js'
import { type GoldenStatement, type Markers, statements } from '../statement.js'
import { users, words } from '../tables.js'

const word = (v: Markers) => ({ id: v.integer(), word: v.text() })

export const upserts: ReadonlyArray<GoldenStatement> = statements('upsert', {
  'rows that are there are left': (v) => pipe(insertInto(words)([word(v), word(v)]), onConflictDoNothing(words.id)),
  'rows that meet any key are left': (v) => pipe(insertInto(words)(word(v)), onConflictDoNothing()),
  'rows that are there are changed': (v) =>
    pipe(
      insertInto(words)([word(v), word(v)]),
      onConflictDoUpdate({ target: words.id, set: (e) => ({ word: concat(words.word, v.text(), e.word) }) }),
    ),
  'rows that are there are changed where': (v) =>
    pipe(
      insertInto(words)(word(v)),
      onConflictDoUpdate({ target: words.id, set: { word: v.text() }, where: (e) => lt(words.word, e.word) }),
    ),
  returning: (v) =>
    pipe(
      insertInto(users)({ id: v.integer(), name: v.text(), active: true }),
      onConflictDoUpdate({ target: users.id, set: (e) => ({ name: e.name, age: add(users.age, v.integer()) }) }),
      returning({ id: users.id, name: users.name }),
    ),
  'the rows of a query': (v) =>
    pipe(
      from(words),
      select({ id: add(words.id, v.integer()), word: words.word }),
      insertFrom(words),
      onConflictDoNothing(words.id),
    ),
})
