/**
 * Inserts of lists of rows, and of the rows of a query.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  add,
  alias,
  boolean,
  count,
  cte,
  desc,
  eq,
  from,
  groupBy,
  gt,
  insertFrom,
  insertInto,
  integer,
  limit,
  literal,
  lower,
  max,
  orderBy,
  returning,
  scalar,
  select,
  text,
  unionAll,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { users, words } from '../tables.js'

const w = pipe(words, alias('w'))

export const insertsOfLists: ReadonlyArray<GoldenStatement> = statements('insert a list', {
  'rows that give their keys': (v) =>
    insertInto(words)([
      { id: v.integer(), word: v.text() },
      { id: v.integer(), word: v.text() },
    ]),
  'rows that give their keys, and what is given back': (v) =>
    pipe(
      insertInto(words)([
        { id: v.integer(), word: v.text() },
        { id: v.integer(), word: v.text() },
      ]),
      returning({ word: words.word, more: add(words.id, v.integer()) }),
    ),
  'rows whose keys are made': (v) =>
    insertInto(users)([
      { name: v.text(), active: true },
      { name: v.text(), active: false, age: v.integer() },
    ]),
  'rows with expressions': (v) =>
    insertInto(users)([
      { name: lower(literal(v.text(), text)), active: true },
      { name: v.text(), active: true, age: add(literal(v.integer(), integer), v.integer()) },
    ]),
})

export const insertsOfQueries: ReadonlyArray<GoldenStatement> = statements('insert from', {
  'the table itself': (v) =>
    pipe(
      from(words),
      where(gt(words.id, v.integer())),
      select({ id: add(words.id, v.integer()), word: words.word }),
      insertFrom(words),
    ),
  'a query that leaves out what may be null': (v) =>
    pipe(
      from(words),
      where(eq(words.word, v.text())),
      select({ name: words.word, active: literal(true, boolean) }),
      insertFrom(users),
    ),
  groups: (v) =>
    pipe(
      from(users),
      groupBy(users.name),
      select({ id: count(), word: users.name }),
      orderBy(desc(users.name)),
      limit(v.integer()),
      insertFrom(words),
    ),
  'a set operation': (v) => {
    const one = pipe(from(words), where(gt(words.id, v.integer())), select({ id: words.id, word: words.word }))
    return pipe(one, unionAll(pipe(from(w), select({ id: w.id, word: w.word }))), insertFrom(words))
  },
  'named rows': (v) => {
    const few = pipe(from(words), where(gt(words.id, v.integer())), cte('few'))
    return pipe(from(few), select({ id: add(few.id, v.integer()), word: few.word }), insertFrom(words))
  },
  'a subquery of the table itself': () =>
    pipe(from(words), select({ id: add(scalar(pipe(from(w), select(max(w.id)))), 1), word: words.word }), (q) =>
      insertFrom(words)(q as never),
    ),
  'what is given back': (v) =>
    pipe(
      from(words),
      select({ id: add(words.id, v.integer()), word: words.word }),
      insertFrom(words),
      returning({ id: words.id, word: lower(words.word) }),
    ),
})
