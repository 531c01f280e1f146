// The tables of the unit-of-work scenarios, and plans in the notation of the scenarios: `I users[2] -> U users{name}[1]`.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  autoIncrement,
  type Dialect,
  defaultTo,
  foreignKey,
  integer,
  json,
  nullable,
  primaryKey,
  references,
  schema,
  sqliteDialect,
  table,
  text,
  timestamptz,
  unique,
} from 'relvar'
import * as t from 'io-ts'
import type { PlanError } from '../../../src/session/plan-error.js'
import type { FlushPlan } from '../../../src/session/plan.js'
import type { AnyUnitOfWork } from '../../../src/session/unit-of-work.js'
import * as Uow from '../../../src/session/uow.js'

const id = pipe(integer, primaryKey, autoIncrement)
const clientId = pipe(integer, primaryKey)

export const users = table('users', { id, name: text, email: pipe(text, nullable, unique) })
export const addresses = table('addresses', {
  id,
  userId: pipe(integer, nullable, references(users.id)),
  emailAddress: text,
})
export const nodes = table('nodes', { id, parentId: pipe(integer, nullable), data: text }, (n) => [
  foreignKey(n.parentId, n.id),
])
export const tree = table('tree', { id: clientId, parentId: integer, data: text }, (n) => [
  foreignKey(n.parentId, n.id),
])
export const person = table('person', { id, favoriteBallId: pipe(integer, nullable), data: pipe(text, nullable) })
export const ball = table('ball', {
  id,
  personId: pipe(integer, nullable, references(person.id)),
  data: pipe(text, nullable),
})
export const personn = table('personn', { id, favoriteId: pipe(integer, nullable) })
export const ballnn = table('ballnn', { id, personId: pipe(integer, references(personn.id)) })
export const xa = table('xa', { id: clientId, yId: integer })
export const xb = table('xb', { id: clientId, xId: pipe(integer, references(xa.id)) })
export const items = table('items', { id, descr: text })
export const keywords = table('keywords', { id, name: text })
export const itemKeywords = table('item_keywords', {
  itemId: pipe(integer, references(items.id), primaryKey),
  keywordId: pipe(integer, references(keywords.id), primaryKey),
})
export const uq = table('uq', { id: clientId, k: pipe(text, unique) })
export const holder = table('holder', { id: clientId, h: pipe(integer, references(uq.id)) })
export const deft = table('deft', { id, data: text, def: pipe(text, nullable, defaultTo('def1')) })
export const lines = table('lines', {
  orderId: pipe(integer, primaryKey),
  lineNo: pipe(integer, primaryKey),
  qty: integer,
})
export const events = table('events', {
  at: pipe(timestamptz, primaryKey),
  payload: json(t.UnknownRecord),
})

export const all = schema(
  {
    users,
    addresses,
    nodes,
    tree,
    person,
    ball,
    personn,
    ballnn,
    xa,
    xb,
    items,
    keywords,
    itemKeywords,
    uq,
    holder,
    deft,
    lines,
    events,
  },
  (s) => [
    foreignKey(s.person.favoriteBallId, s.ball.id),
    foreignKey(s.personn.favoriteId, s.ballnn.id),
    foreignKey(s.xa.yId, s.xb.id),
  ],
)

export const start = Uow.empty(all)

const letters = { insert: 'I', update: 'U', delete: 'D' } as const

/** A plan in the notation of the scenarios; an update that closes a circle is `U!`. */
export const notation = (plan: FlushPlan): string =>
  plan.steps
    .map(
      ({ kind, table: { name }, columns, rows, breaksCycle }) =>
        `${letters[kind]}${breaksCycle ? '!' : ''} ${name}${kind === 'update' ? `{${columns.join(',')}}` : ''}[${rows.length}]`,
    )
    .join(' -> ')

const dialect = sqliteDialect()

export const planned = (uow: AnyUnitOfWork, on: Dialect = dialect): FlushPlan => {
  const plan = Uow.plan(on)(uow)
  if (E.isLeft(plan)) throw new Error(plan.left.message)
  return plan.right
}

export const steps = (uow: AnyUnitOfWork, on: Dialect = dialect): string => notation(planned(uow, on))

export const refusal = (uow: AnyUnitOfWork): PlanError['_tag'] | null => {
  const plan = Uow.plan(dialect)(uow)
  return E.isLeft(plan) ? plan.left._tag : null
}

/** All orders of a list. */
export const permutations = <A>(list: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  list.length < 2
    ? [list]
    : list.flatMap((first, i) => permutations(list.filter((_, j) => j !== i)).map((rest) => [first, ...rest]))

export type Work = typeof start
export type Change = (uow: Work) => Work

/** The results of changes in every order. */
export const inEveryOrder = (from: Work, changes: ReadonlyArray<Change>): ReadonlyArray<Work> =>
  permutations(changes).map((order) => order.reduce((uow, change) => change(uow), from))
