// The tables that the tests of flushes write.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  autoIncrement,
  bigint,
  boolean,
  date,
  defaultTo,
  double,
  foreignKey,
  integer,
  json,
  named,
  nullable,
  primaryKey,
  references,
  schema,
  table,
  text,
  timestamptz,
  Uow,
  unique,
  varchar,
} from 'relvar'

const id = pipe(integer, primaryKey, autoIncrement)
export const users = table('users', { id, name: text, email: pipe(varchar(50), nullable, unique) })
export const addresses = table('addresses', {
  id,
  userId: pipe(integer, nullable, references(users.id)),
  email: pipe(text, named('email_address')),
})
export const nodes = table('nodes', { id, parentId: pipe(integer, nullable), data: text }, (n) => [
  foreignKey(n.parentId, n.id),
])
export const tree = table('tree', { id: pipe(integer, primaryKey), parentId: integer, data: text }, (n) => [
  foreignKey(n.parentId, n.id),
])
export const person = table('person', { id, favoriteId: pipe(integer, nullable), data: pipe(text, nullable) })
export const ball = table('ball', { id, personId: pipe(integer, nullable, references(person.id)) })
export const items = table('items', { id, descr: text })
export const keywords = table('keywords', { id, name: text })
export const itemKeywords = table('item_keywords', {
  itemId: pipe(integer, references(items.id), primaryKey),
  keywordId: pipe(integer, references(keywords.id), primaryKey),
})
export const uq = table('uq', { id: pipe(integer, primaryKey), k: pipe(varchar(50), unique) })
export const lines = table('lines', {
  orderId: pipe(integer, primaryKey),
  lineNo: pipe(integer, primaryKey),
  qty: integer,
})
let made = 0
const nextMade = (): string => {
  made += 1
  return `m${made}`
}
export const kinds = table(
  'kinds',
  {
    code: pipe(varchar(50), primaryKey, defaultTo(nextMade)),
    at: timestamptz,
    flag: pipe(boolean, defaultTo(true)),
    payload: pipe(json(t.UnknownRecord), nullable),
    parent: pipe(varchar(50), nullable),
    big: pipe(bigint, nullable),
    ratio: pipe(double, nullable),
    day: pipe(date, nullable),
    note: pipe(text, nullable),
  },
  (k) => [foreignKey(k.parent, k.code)],
)
export const bigs = table(
  'bigs',
  { id: pipe(bigint, primaryKey, autoIncrement), name: text, parentId: pipe(bigint, nullable) },
  (t) => [foreignKey(t.parentId, t.id)],
)
export const blanks = table('blanks', { id })
export const all = schema(
  { users, addresses, nodes, tree, person, ball, items, keywords, itemKeywords, uq, lines, kinds, bigs, blanks },
  (s) => [foreignKey(s.person.favoriteId, s.ball.id)],
)
export const start = Uow.empty(all)
export type Work = typeof start
