// Each clause, source and table that relvar's combinators make is printed as them, and made again by that.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  add,
  after,
  alias,
  type AnyQuery,
  asDate,
  asc,
  autoIncrement,
  before,
  bigint,
  boolean,
  checkConstraint,
  collation,
  column,
  comment,
  computed,
  concat,
  count,
  countOf,
  createAll,
  crossJoin,
  cte,
  cube,
  currentTimestamp,
  defaultTo,
  deleteFrom,
  desc,
  distinct,
  distinctOn,
  eq,
  everyRow,
  except,
  exceptAll,
  exists,
  foreignKey,
  forShare,
  forUpdate,
  from,
  fullJoin,
  generated,
  generatedAs,
  groupBy,
  groupingSets,
  gt,
  having,
  identity,
  include,
  index,
  indexOn,
  innerJoin,
  inSchema,
  insertFrom,
  insertInto,
  integer,
  intersect,
  intersectAll,
  isNotNull,
  json,
  lateral,
  leftJoin,
  leftLateral,
  limit,
  limitWithTies,
  literal,
  lower,
  lt,
  many,
  named,
  nullable,
  nullsFirst,
  offset,
  onConflictDoNothing,
  onConflictDoUpdate,
  one,
  onUpdate,
  optional,
  orderBy,
  param,
  present,
  primaryKey,
  primaryKeyConstraint,
  queryEq,
  references,
  refine,
  returning,
  rightJoin,
  rollup,
  schema,
  select,
  serverDefault,
  set,
  sql,
  subquery,
  table,
  tableComment,
  tableIn,
  text,
  timestamptz,
  union,
  unionAll,
  unique,
  uniqueConstraint,
  update,
  using,
  uuid,
  values,
  varchar,
  view,
  where,
  withRecursive,
} from 'relvar'
import { apply, emptyTables, interpret, tablesIn, withRows } from 'relvar/memory'
import { code } from 'relvar/testing'
import { describe, expect, test } from 'vitest'
import { compileDdl, mysqlDialect, postgresDialect } from '../../../src/index.js'
import { run } from '../../support/printed-code.js'

const rooms = table('rooms', { id: pipe(integer, primaryKey), floor: integer, up: pipe(integer, nullable) })
const users = table(
  'users',
  {
    id: pipe(integer, primaryKey, autoIncrement),
    name: pipe(varchar(20), unique),
    room: pipe(integer, nullable, references(rooms.id, { onDelete: 'setNull' })),
    seat: pipe(integer, nullable, index),
    age: pipe(integer, nullable),
  },
  (own) => [
    uniqueConstraint([own.room, own.seat], { name: 'one_seat', deferrable: 'deferred' }),
    indexOn([desc(own.name)], { unique: true, where: isNotNull(own.seat), name: 'by_name', include: [own.age] }),
    checkConstraint(gt(own.id, 0), { name: 'positive' }),
  ],
)
const other = pipe(users, alias('other'))
const high = pipe(from(rooms), where(gt(rooms.floor, 3)), select({ id: rooms.id, up: rooms.up }))
const low = pipe(from(rooms), where(lt(rooms.floor, 3)), select({ id: rooms.id, up: rooms.up }))
const tall = pipe(high, subquery('tall'))
const shared = pipe(high, cte('shared', { materialized: true }))
const ground = view('ground', pipe(from(rooms), where(eq(rooms.floor, 0)), select({ id: rooms.id })), {
  materialized: true,
})
const above = withRecursive('above', high, (self) => {
  const same = pipe(from(self), select({ id: self.id }), subquery('same'))
  return pipe(
    from(self),
    innerJoin(rooms, eq(rooms.id, self.up)),
    innerJoin(same, eq(same.id, self.id)),
    innerJoin(pipe(self, alias('again')), eq(column(pipe(self, alias('again')))('id'), rooms.id)),
    select({ id: rooms.id, up: rooms.up }),
  )
})
const counted = withRecursive(
  'counted',
  pipe(from(rooms), select({ n: literal(0, integer) })),
  (self) => pipe(from(self), where(lt(self.n, 3)), select({ n: add(self.n, 1) })),
  { all: true },
)
const few = values('few', { id: integer, 'odd key': pipe(text, nullable) }, [
  { id: 1, 'odd key': 'a' },
  { id: 2, 'odd key': null },
])
const full = computed(users, { both: concat(users.name, '!') })
const raw = pipe(
  sql.text('SELECT id FROM users WHERE id > :id').bind({ id: 3 }).reads(users).columns({ id: integer }),
  subquery('raw'),
)
const aboveIt = pipe(
  from(other),
  where(eq(other.id, users.id)),
  orderBy(other.id),
  limit(1),
  select({ id: other.id }),
  subquery('above_it'),
)

const queries: Readonly<Record<string, readonly [AnyQuery, string]>> = {
  'inner join': [
    pipe(from(users), innerJoin(rooms, eq(rooms.id, users.room))),
    'innerJoin(rooms, eq(rooms.id, users.room))',
  ],
  'left join': [
    pipe(from(users), leftJoin(other, eq(other.id, users.room))),
    'leftJoin(other, eq(other.id, users.room))',
  ],
  'right join': [pipe(from(users), rightJoin(rooms, eq(rooms.id, 1))), 'rightJoin(rooms, eq(rooms.id, 1))'],
  'full join': [pipe(from(users), fullJoin(rooms, eq(rooms.id, 1))), 'fullJoin(rooms, eq(rooms.id, 1))'],
  'cross join': [pipe(from(users), crossJoin(rooms)), 'crossJoin(rooms)'],
  lateral: [pipe(from(users), lateral(aboveIt)), 'lateral(above_it)'],
  'left lateral': [pipe(from(users), leftLateral(aboveIt)), 'leftLateral(above_it)'],
  present: [pipe(from(users), leftJoin(rooms, eq(rooms.id, 1)), present(rooms)), 'present(rooms)'],
  'group by': [
    pipe(from(users), groupBy(users.age), having(gt(count(), 1)), select(users.age)),
    'groupBy(users.age), having(gt(count(), 1))',
  ],
  rollup: [pipe(from(users), rollup(users.age, users.room), select(count())), 'rollup(users.age, users.room)'],
  cube: [pipe(from(users), cube(users.age, users.room), select(count())), 'cube(users.age, users.room)'],
  'cube of groups': [
    pipe(from(users), groupBy(users.id), cube(users.age, users.room), select(count())),
    'groupBy(users.id), cube(users.age, users.room)',
  ],
  'grouping sets': [
    pipe(from(users), groupingSets([users.age], [], [users.age, users.room]), select(count())),
    'groupingSets([users.age], [], [users.age, users.room])',
  ],
  'select of a record': [
    pipe(
      from(users),
      innerJoin(rooms, eq(rooms.id, 1)),
      select({ 'a b': users.id, room: rooms, in: { x: users.age } }),
    ),
    "select({ 'a b': users.id, room: rooms, in: { x: users.age } })",
  ],
  distinct: [pipe(from(users), distinct), 'distinct)'],
  'distinct on': [pipe(from(users), distinctOn(users.age), orderBy(users.age)), 'distinctOn(users.age)'],
  order: [
    pipe(from(users), orderBy(users.age, nullsFirst(desc(users.id)))),
    'orderBy(asc(users.age), nullsFirst(desc(users.id)))',
  ],
  after: [pipe(from(users), orderBy(users.id), after({ order: 0, values: [3] })), 'after({ order: 0, values: [3] })'],
  before: [
    pipe(from(users), orderBy(users.age), before({ order: 0, values: [null] })),
    'before({ order: 0, values: [null] })',
  ],
  limit: [pipe(from(users), limit(3), offset(param('from', integer))), "limit(3), offset(param('from', integer))"],
  ties: [pipe(from(users), orderBy(users.age), limitWithTies(3)), 'limitWithTies(3)'],
  lock: [
    pipe(from(users), forUpdate({ wait: 'skipLocked', of: [users] })),
    "forUpdate({ wait: 'skipLocked', of: [users] })",
  ],
  'shared lock': [pipe(from(users), forShare()), 'forShare()'],
  include: [
    pipe(
      from(users),
      include({
        rooms: many(pipe(from(rooms), where(eq(rooms.id, users.room)))),
        room: one(pipe(from(rooms), where(eq(rooms.id, users.room)))),
        first: optional(pipe(from(rooms), where(eq(rooms.id, users.room)), orderBy(rooms.id), limit(1))),
        count: one(countOf(pipe(from(rooms), where(eq(rooms.id, users.room)), distinct))),
      }),
    ),
    'room: one(pipe(from(rooms), where(eq(rooms.id, users.room))))',
  ],
  union: [pipe(high, union(low)), 'union('],
  'union all': [
    pipe(
      high,
      unionAll(low),
      orderBy((row) => [desc(row.id)]),
      limit(2),
      offset(1),
    ),
    'orderBy((row) => [desc(row.id)]), limit(2), offset(1)',
  ],
  intersect: [pipe(high, intersect(low)), 'intersect('],
  'intersect all': [pipe(high, intersectAll(low)), 'intersectAll('],
  except: [pipe(high, except(low)), 'except('],
  'except all': [pipe(high, exceptAll(pipe(low, union(high)))), 'exceptAll('],
  subquery: [pipe(from(tall), where(gt(tall.id, 1))), 'from(tall)'],
  'a query under another name': [from(pipe(tall, alias('taller'))), 'from(taller)'],
  cte: [
    pipe(from(shared), innerJoin(pipe(shared, alias('twice')), eq(shared.id, 1))),
    'innerJoin(twice, eq(shared.id, 1))',
  ],
  recursion: [
    pipe(from(above), innerJoin(pipe(above, alias('once')), eq(above.id, 1))),
    'innerJoin(once, eq(above.id, 1))',
  ],
  'recursion that counts': [from(counted), 'from(counted)'],
  values: [pipe(from(few), where(eq(few['odd key'], 'a'))), "where(eq(few['odd key'], 'a'))"],
  computed: [pipe(from(full), where(eq(full.both, 'a!')), select(full)), 'select(users2)'],
  'computed of an alias': [from(pipe(full, alias('whole'))), 'from(whole2)'],
  view: [pipe(from(ground), where(gt(ground.id, 1))), 'from(ground)'],
  'rows of a text': [pipe(from(raw), where(gt(raw.id, 1))), 'from(raw)'],
  'another schema': [inSchema('shop')(from(users)), 'from(users)'],
  text: [
    sql
      .text("SELECT '\n' AS a, :a, :b")
      .bind({ a: 'x', b: literal(null, pipe(integer, nullable)) })
      .writes(users)
      .as({ a: text }),
    "sql.text('SELECT \\'\\n\\' AS a, :a, :b').bind({ a: 'x', b: literal(null, pipe(integer, nullable)) }).writes(users).as({ a: text })",
  ],
  'text of a table': [
    sql.text('SELECT 1').as(table('x', { id: pipe(integer, named('e_id')) })),
    ".as(table('rows', { id: pipe(integer, named('e_id')) }))",
  ],
  command: [sql.text('VACUUM').command(), "sql.text('VACUUM').command()"],
}

const writes: Readonly<Record<string, readonly [AnyQuery, string]>> = {
  'insert of a row': [
    insertInto(users)({ name: 'ed' }),
    "insertInto(users)({ name: 'ed', room: null, seat: null, age: null })",
  ],
  'insert of rows': [
    insertInto(users)([{ name: 'ed' }, { name: 'wendy', id: 3, age: add(literal(1, integer), 2) }]),
    'age: add(literal(1, integer), 2)',
  ],
  'insert of a query': [
    pipe(from(rooms), select({ id: rooms.id, name: literal('x', varchar(20)) }), insertFrom(users)),
    "pipe(from(rooms), select({ id: rooms.id, name: literal('x', varchar(20)) }), insertFrom(users))",
  ],
  'do nothing': [pipe(insertInto(users)({ name: 'ed' }), onConflictDoNothing()), 'onConflictDoNothing()'],
  'do nothing of a key': [
    pipe(insertInto(users)({ name: 'ed' }), onConflictDoNothing(users.room, users.seat)),
    'onConflictDoNothing(users.room, users.seat)',
  ],
  'do nothing of a constraint': [
    pipe(insertInto(users)({ name: 'ed' }), onConflictDoNothing({ constraint: 'one_seat' })),
    "onConflictDoNothing({ constraint: 'one_seat' })",
  ],
  upsert: [
    pipe(
      insertInto(users)({ name: 'ed' }),
      onConflictDoUpdate({
        target: [users.name],
        targetWhere: isNotNull(users.seat),
        set: (excluded) => ({ age: add(excluded.age, users.id), seat: 9 }),
        where: (excluded) => gt(excluded.age, 2),
      }),
      returning({ id: users.id, all: users }),
    ),
    'set: { age: add(excluded.age, users.id), seat: 9 }',
  ],
  update: [
    pipe(
      update(users),
      using(other, eq(other.id, users.id)),
      set({ name: other.name, seat: null }),
      where(exists(pipe(from(rooms), where(eq(rooms.id, users.room))))),
      returning(users.id),
    ),
    'set({ name: other.name, seat: null })',
  ],
  'update of every row': [pipe(update(users), set({ age: 1 }), everyRow), 'everyRow'],
  delete: [
    pipe(deleteFrom(users), using(rooms, eq(rooms.floor, 2)), where(gt(users.id, 1))),
    'using(rooms, eq(rooms.floor, 2))',
  ],
}

/** Code on one line. */
const flat = (text_: string): string =>
  text_
    .replaceAll(/,\n\s*([\])}])/g, ' $1')
    .replaceAll(/\n\s*/g, ' ')
    .replaceAll(/([[(]) /g, '$1')
    .replaceAll(/ ([\])])/g, '$1')

const last = (printed: string): string => flat(printed.slice(printed.indexOf('export const statement = ')))

describe.each([
  ['queries', queries],
  ['writes', writes],
])('%s', (_, cases) => {
  test.each(Object.entries(cases).map(([name, [q, said]]) => ({ name, q, said })))('$name', ({ q, said }) => {
    const printed = code(q)
    expect(last(printed)).toContain(said)
    expect(printed).not.toContain('unusual')
    const again = run(printed).statement
    expect(queryEq.equals(again, q), printed).toBe(true)
    expect(code(again)).toBe(printed)
  })
})

test('what is about the rows of the step before stands in the step', () => {
  expect(flat(code(from(above)))).toContain(
    "(self) => { const same = pipe(from(self), select({ id: self.id }), subquery('same')) const again = alias('again')(self) return pipe(from(self),",
  )
})

// -- tables -----------------------------------------------------------------------------------------------------------

const Brand = new t.Type<string, string, string>('Brand', t.string.is, t.string.validate, t.identity)
const shops = tableIn('trade')('shops', { id: pipe(integer, primaryKey), town: varchar(5) }, (own) => [
  uniqueConstraint([own.id, own.town]),
])
const everything = table(
  'every thing',
  {
    a: pipe(bigint, primaryKey, identity({ start: 5n, always: true })),
    b: pipe(integer, primaryKey, named('the b')),
    shop: integer,
    town: varchar(5),
    'up!': pipe(integer, nullable),
    upper: pipe(bigint, nullable),
    level: pipe(integer, defaultTo(3), comment("a 'level'")),
    key: pipe(
      uuid,
      defaultTo(() => 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
    ),
    on: pipe(boolean, serverDefault(true), onUpdate(false)),
    at: pipe(timestamptz, asDate, serverDefault(currentTimestamp as never)),
    name: pipe(text, collation('C'), nullable),
    small: pipe(integer, generated, nullable),
    about: json(t.union([t.type({ a: t.array(t.number) }), t.literal('x'), t.null])),
    brand: pipe(text, refine(Brand)),
  },
  (own) => [
    primaryKeyConstraint([own.b, own.a], { name: 'the_key' }),
    foreignKey([own.shop, own.town], [shops.id, shops.town], {
      onUpdate: 'cascade',
      deferrable: 'immediate',
      name: 'in_shop',
    }),
    foreignKey([own.upper, own['up!']], [own.a, own.b], { onDelete: 'cascade' }),
    generatedAs(own.small, add(own.shop, 1) as never, { stored: false }),
    indexOn([asc(lower(own.name))]),
    tableComment('all there is'),
  ],
)

test('a table says again all that it said, to every engine', () => {
  const printed = code(pipe(from(everything), crossJoin(shops)))
  const again = run(printed, { Brand }).statement
  expect(code(again)).toBe(printed)
  expect(printed).toContain('// Yours to bring here: Brand\n')
  expect(printed).toContain("json(t.union([t.type({ a: t.array(t.number) }), t.literal('x'), t.null]))")
  const made = run(`${printed}\nexport const tables = { shops, every_thing }`, { Brand }).tables as unknown as {
    readonly shops: typeof shops
    readonly every_thing: typeof everything
  }
  const before = createAll(schema({ shops, everything }))
  const after = createAll(schema({ shops: made.shops, everything: made.every_thing }))
  for (const dialect of [postgresDialect(), mysqlDialect()])
    expect(compileDdl(dialect)(after)).toStrictEqual(compileDdl(dialect)(before))
})

test('a table that only a foreign key leads to is there as far as the key knows it', () => {
  const printed = code(deleteFrom(users))
  expect(printed).toContain("const rooms = table('rooms', { id: integer })")
  expect(printed).toContain("foreignKey(own.room, rooms.id, { onDelete: 'setNull' })")
})

test('tables of one name are told apart', () => {
  const twin = table('users', { id: integer })
  const aliased = pipe(twin, alias('twin'))
  const q = pipe(from(users), innerJoin(aliased, eq(aliased.id, users.id)))
  const printed = code(q)
  expect(printed).toContain("const users2 = table('users', { id: integer })")
  expect(queryEq.equals(run(printed).statement, q)).toBe(true)
})

test('a name that the module has already is another one’s', () => {
  const odd = ['from', 'class', 'tables', 'a b', '1', 'own', "it's", 'E'].map((name) => table(name, { id: integer }))
  for (const one_ of odd) {
    const q = pipe(from(one_), where(eq(one_.id, 1)))
    expect(queryEq.equals(run(code(q)).statement, q)).toBe(true)
  }
})

// -- rows -------------------------------------------------------------------------------------------------------------

test('with rows, the code asks what the statement means', () => {
  const kept = tablesIn(schema({ rooms, users }))
  const tables = pipe(
    kept,
    withRows(rooms)([{ id: 1, floor: 0, up: null }]),
    E.chainW(withRows(users)([{ id: 1, name: "o'neill", room: 1, seat: null, age: 3 }])),
  )
  if (E.isLeft(tables)) throw new Error('no tables')
  const q = pipe(from(users), select(users.name))
  const printed = code(q, { tables: tables.right })
  expect(flat(printed)).toContain(
    `export const tables = pipe(tablesIn(schema({ rooms, users })), withRows(rooms)([{ id: 1, floor: 0, up: null }]), E.chainW(withRows(users)([{ id: 1, name: 'o\\'neill', room: 1, seat: null, age: 3 }])))`,
  )
  expect(printed).toContain('export const answer = pipe(tables, E.chainW(interpret(statement)))')
  expect(run(printed).answer).toStrictEqual(interpret(q)(tables.right))
  const w = pipe(insertInto(users)({ name: 'ed', room: 7 }), returning(users.id))
  expect(apply(w)(tables.right)).toMatchObject({ left: { _tag: 'ForeignKeyViolation' } })
  expect(run(code(w, { tables: tables.right })).answer).toMatchObject({ left: { _tag: 'ForeignKeyViolation' } })
})

test('a statement that waits for parameters, and one of text, have no answer yet', () => {
  const waiting = pipe(from(rooms), where(eq(rooms.id, param('id', integer))))
  expect(code(waiting, { tables: emptyTables })).not.toContain('answer')
  expect(code(sql.text('SELECT 1').command(), { tables: emptyTables })).not.toContain('answer')
  expect(code(from(rooms), { tables: emptyTables })).toContain('export const tables = E.right(emptyTables)')
})
