/**
 * Text and numbers.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  abs,
  add,
  charLength,
  concat,
  containsText,
  desc,
  div,
  endsWith,
  from,
  gt,
  ilike,
  intDiv,
  like,
  lower,
  mod,
  mul,
  not,
  orderBy,
  select,
  startsWith,
  sub,
  upper,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { posts, users } from '../tables.js'

export const textual: ReadonlyArray<GoldenStatement> = statements('text', {
  like: (v) => pipe(from(users), where(pipe(users.name, like(`${v.text()}%`)))),
  'not like': (v) => pipe(from(users), where(not(pipe(users.name, like(`%${v.text()}%`))))),
  ilike: (v) => pipe(from(users), where(pipe(users.name, ilike(`%${v.text()}`)))),
  startsWith: (v) => pipe(from(users), where(pipe(users.name, startsWith(v.text())))),
  endsWith: (v) => pipe(from(users), where(pipe(users.name, endsWith(v.text())))),
  containsText: (v) => pipe(from(users), where(pipe(users.fullname, containsText(v.text())))),
  concat: (v) => pipe(from(users), select({ card: concat(users.name, v.text(), users.fullname) })),
  lower: (v) => pipe(from(users), where(pipe(lower(users.name), like(v.text())))),
  upper: () => pipe(from(users), select({ loud: upper(users.name) })),
  charLength: (v) => pipe(from(users), where(gt(charLength(users.name), v.integer()))),
  'ordered by': () => pipe(from(users), orderBy(desc(lower(users.name)))),
})

export const numbers: ReadonlyArray<GoldenStatement> = statements('numbers', {
  add: (v) => pipe(from(users), select({ n: add(users.age, v.integer()) })),
  sub: (v) => pipe(from(users), select({ n: sub(users.age, v.integer()) })),
  mul: (v) => pipe(from(users), select({ n: mul(users.age, v.integer()) })),
  'mul of doubles': (v) => pipe(from(posts), select({ n: mul(posts.score, v.double()) })),
  div: (v) => pipe(from(users), select({ n: div(users.age, v.integer()) })),
  'div of columns': () => pipe(from(posts), select({ n: div(posts.stars, posts.id) })),
  intDiv: (v) => pipe(from(users), select({ n: intDiv(users.age, v.integer()) })),
  mod: (v) => pipe(from(users), select({ n: mod(users.age, v.integer()) })),
  abs: () => pipe(from(users), select({ n: abs(users.age) })),
  'bigints added': (v) => pipe(from(posts), select({ n: add(posts.views, v.bigint()) })),
  'in where': (v) => pipe(from(posts), where(gt(mul(posts.stars, v.integer()), v.integer()))),
})
