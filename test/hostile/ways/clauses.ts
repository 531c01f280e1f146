// Ways into the clauses of queries and writes: counts, orders, criteria, what is selected and what is written.
import { all, notes, scratch } from '../tables.js'
import { R, ways, type Way } from './way.js'

const t = all
const rows = R.from(t)
const sorted = R.orderBy(t.id)(rows)
const u = R.alias('u')(t)
const related = R.where(R.eq(notes.allId, t.id))(R.from(notes))

/** As a program sorts by what a request names. */
const sortedBy = (x: unknown): unknown => {
  const found: unknown = R.column(t)(x)
  return R.orderBy(found ?? t.id)(rows)
}

const counts = ways(
  'query',
  false,
)({
  limit: [1, (x) => R.limit(x)(sorted)],
  offset: [1, (x) => R.offset(x)(sorted)],
  page: [1, (x) => R.page({ page: x, size: 2 })(sorted), (x) => R.page({ page: 1, size: x })(sorted)],
  slice: [1, (x) => R.slice(x, 2)(sorted), (x) => R.slice(0, x)(sorted)],
  limitWithTies: [1, (x) => R.limitWithTies(x)(sorted)],
})

const clauses = ways(
  'query',
  false,
)({
  column: ['id', sortedBy],
  orderBy: [t.id, (x) => R.orderBy(x)(rows), (x) => R.orderBy(R.desc(x))(rows)],
  asc: [t.id, (x) => R.orderBy(R.asc(x))(rows)],
  desc: [t.id, (x) => R.orderBy(R.desc(x))(rows)],
  nullsFirst: [t.id, (x) => R.orderBy(R.nullsFirst(x))(rows)],
  nullsLast: [t.id, (x) => R.orderBy(R.nullsLast(x))(rows)],
  where: [R.eq(t.id, 1), (x) => R.where(x)(rows)],
  filters: [R.eq(t.id, 1), (x) => R.filters([x])(rows)],
  when: [true, (x) => R.when(x, R.where(R.eq(t.id, 1)))(rows)],
  whereEq: [{ id: 1 }, (x) => R.whereEq(x)(rows)],
  byKey: [{ id: 1 }, (x) => R.byKey(t)(x)],
  groupBy: [t.id, (x) => R.select({ n: R.count() })(R.groupBy(x)(rows))],
  rollup: [t.id, (x) => R.select({ n: R.count() })(R.rollup(x)(rows))],
  cube: [t.id, (x) => R.select({ n: R.count() })(R.cube(x)(rows))],
  groupingSets: [t.id, (x) => R.select({ n: R.count() })(R.groupingSets([x], [])(rows))],
  grouping: [t.id, (x) => R.select({ n: R.grouping(x) })(R.rollup(t.id)(rows))],
  having: [R.eq(t.id, 1), (x) => R.select({ id: t.id })(R.having(x)(R.groupBy(t.id)(rows)))],
  distinctOn: [t.id, (x) => R.distinctOn(x)(sorted)],
  select: [t.id, (x) => R.select({ v: x })(rows)],
  innerJoin: [
    true,
    (x) => R.select({ id: t.id })(R.innerJoin(u, typeof x === 'boolean' ? R.eq(u['id'], t.id) : x)(rows)),
  ],
  leftJoin: [R.eq(u['id'], t.id), (x) => R.select({ id: t.id })(R.leftJoin(u, x)(rows))],
  rightJoin: [R.eq(u['id'], t.id), (x) => R.select({ id: u['id'] })(R.rightJoin(u, x)(rows))],
  fullJoin: [R.eq(u['id'], t.id), (x) => R.select({ id: t.id })(R.fullJoin(u, x)(rows))],
  leftLateral: [R.eq(1, 1), (x) => R.select({ id: t.id })(R.leftLateral(R.subquery('s')(related), x)(rows))],
})

/** The rows and changes that a program takes from a request as they are. */
const writes = ways(
  'query',
  true,
)({
  insertInto: [{ id: 1 }, (x) => R.insertInto(scratch)(x), (x) => R.insertInto(scratch)([x].flat())],
  set: [{ text: 'a' }, (x) => R.everyRow(R.set(x)(R.update(scratch)))],
  onConflictDoUpdate: [
    { text: 'a' },
    (x) => R.onConflictDoUpdate({ target: scratch.id, set: x })(R.insertInto(scratch)({ id: 1 })),
  ],
  onConflictDoNothing: [scratch.id, (x) => R.onConflictDoNothing(x)(R.insertInto(scratch)({ id: 1 }))],
  returning: [{ id: scratch.id }, (x) => R.returning(x)(R.insertInto(scratch)({ id: 1 }))],
  values: [[{ c: 'a' }], (x) => R.from(R.values('v', { c: R.text }, x))],
  select: [{ id: t.id }, (x) => R.select(x)(rows)],
  forUpdate: [{}, (x) => R.forUpdate(x)(rows)],
  forShare: [{}, (x) => R.forShare(x)(rows)],
  present: [t, (x) => R.present(x)(R.leftJoin(u, R.eq(u['id'], t.id))(rows))],
  using: [R.eq(u['id'], scratch.id), (x) => R.set({ text: 'a' })(R.using(u, x)(R.update(scratch)))],
})

/** Ways of any value into clauses. */
export const clauseWays: ReadonlyArray<Way> = [...counts, ...clauses, ...writes]
