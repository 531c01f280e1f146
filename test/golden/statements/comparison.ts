/**
 * Comparisons, three-valued logic, lists and choice.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  between,
  caseWhen,
  coalesce,
  eq,
  from,
  gt,
  gte,
  inList,
  isDistinctFrom,
  isNotDistinctFrom,
  isNotNull,
  isNull,
  literal,
  lt,
  lte,
  ne,
  not,
  notInList,
  or,
  select,
  text,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { posts, users } from '../tables.js'

export const comparison: ReadonlyArray<GoldenStatement> = statements('comparison', {
  eq: (v) => pipe(from(users), where(eq(users.name, v.text()))),
  ne: (v) => pipe(from(users), where(ne(users.age, v.integer()))),
  lt: (v) => pipe(from(users), where(lt(users.age, v.integer()))),
  lte: (v) => pipe(from(users), where(lte(users.name, v.text()))),
  gt: (v) => pipe(from(posts), where(gt(posts.views, v.bigint()))),
  gte: (v) => pipe(from(posts), where(gte(posts.score, v.double()))),
  'of a date': (v) => pipe(from(posts), where(gte(posts.day, v.date()))),
  'of an instant': (v) => pipe(from(posts), where(lt(posts.at, v.instant()))),
  'of two columns': () => pipe(from(posts), where(eq(posts.stars, posts.id))),
  'of an integer and a fraction': (v) => pipe(from(users), where(gt(users.age, v.double()))),
  between: (v) => pipe(from(users), where(pipe(users.age, between(v.integer(), v.integer())))),
  isDistinctFrom: (v) => pipe(from(users), where(isDistinctFrom(users.age, v.integer()))),
  isNotDistinctFrom: (v) => pipe(from(users), where(isNotDistinctFrom(users.fullname, v.text()))),
  'in select': (v) => pipe(from(users), select({ id: users.id, grown: gte(users.age, v.integer()) })),
})

export const logic: ReadonlyArray<GoldenStatement> = statements('logic', {
  and: (v) => pipe(from(users), where(and(eq(users.name, v.text()), gt(users.age, v.integer())))),
  or: (v) => pipe(from(users), where(or(eq(users.name, v.text()), eq(users.name, v.text())))),
  'or within and': (v) =>
    pipe(from(users), where(and(users.active, or(eq(users.name, v.text()), isNull(users.fullname))))),
  not: (v) => pipe(from(users), where(not(eq(users.name, v.text())))),
  'a boolean column': () => pipe(from(users), where(users.active)),
  'not of a boolean column': () => pipe(from(users), where(not(users.active))),
  isNull: () => pipe(from(users), where(isNull(users.fullname))),
  isNotNull: () => pipe(from(users), where(isNotNull(users.fullname))),
  'where said twice': (v) => pipe(from(users), where(eq(users.name, v.text())), where(gt(users.age, v.integer()))),
})

export const lists: ReadonlyArray<GoldenStatement> = statements('lists', {
  inList: (v) => pipe(from(users), where(pipe(users.name, inList([v.text(), v.text(), v.text()])))),
  'inList of nothing': () => pipe(from(users), where(pipe(users.name, inList([])))),
  notInList: (v) => pipe(from(users), where(pipe(users.age, notInList([v.integer(), v.integer()])))),
  'notInList of nothing': () => pipe(from(users), where(pipe(users.age, notInList([])))),
  'inList of bigints': (v) => pipe(from(posts), where(pipe(posts.views, inList([v.bigint(), v.bigint()])))),
})

export const choice: ReadonlyArray<GoldenStatement> = statements('choice', {
  caseWhen: (v) =>
    pipe(from(users), select({ size: caseWhen(gt(users.age, v.integer()), v.text()).otherwise(v.text()) })),
  'caseWhen of several': (v) =>
    pipe(
      from(users),
      select({
        size: caseWhen(gt(users.age, v.integer()), v.text())
          .when(gt(users.age, v.integer()), v.text())
          .otherwise(v.text()),
      }),
    ),
  'caseWhen without otherwise': (v) =>
    pipe(from(users), select({ size: caseWhen(gt(users.age, v.integer()), v.text()).end })),
  coalesce: (v) => pipe(from(users), select({ name: coalesce(users.fullname, v.text()) })),
  'coalesce of columns': () => pipe(from(users), select({ name: coalesce(users.fullname, users.name) })),
  literal: (v) => pipe(from(users), select({ id: users.id, kind: literal(v.text(), text) })),
})
