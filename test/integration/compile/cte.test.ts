// Rows with a name: common table expressions, recursions, rows of values; in queries, in writes and in includes.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  everyRow,
  add,
  alias,
  and,
  bigint,
  boolean,
  concat,
  count,
  cte,
  date,
  deleteFrom,
  desc,
  double,
  eq,
  exists,
  from,
  groupBy,
  gt,
  include,
  inList,
  inQuery,
  innerJoin,
  insertInto,
  integer,
  isNull,
  json,
  leftJoin,
  limit,
  literal,
  lt,
  many,
  max,
  mul,
  ne,
  notInList,
  nullable,
  or,
  orderBy,
  present,
  primaryKey,
  scalar,
  select,
  set,
  subquery,
  table,
  text,
  timestamptz,
  union,
  unionAll,
  update,
  values,
  varchar,
  where,
  withRecursive,
} from '../../../src/index.js'
import { interpret } from '../../../src/memory.js'
import { asked, type Filling, gives, type RowsCase, tablesOf } from '../../support/cases.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

// -- tables -----------------------------------------------------------------------------------------------------------

const parts = table('parts', { id: pipe(integer, primaryKey), data: varchar(5), parentId: pipe(integer, nullable) })
const edges = table('edges', { from: pipe(integer, primaryKey), to: pipe(integer, primaryKey) })

const rowsOfParts = [
  { id: 1, data: 'd1', parentId: null },
  { id: 2, data: 'd2', parentId: 1 },
  { id: 3, data: 'd3', parentId: 1 },
  { id: 4, data: 'd4', parentId: 3 },
  { id: 5, data: 'd5', parentId: 3 },
]
const filled: ReadonlyArray<Filling> = [
  { table: parts, rows: rowsOfParts },
  {
    table: edges,
    rows: [
      { from: 1, to: 2 },
      { from: 2, to: 3 },
      { from: 3, to: 1 },
      { from: 3, to: 4 },
    ],
  },
]

// -- queries ----------------------------------------------------------------------------------------------------------

const some = pipe(from(parts), where(pipe(parts.data, inList(['d2', 'd3', 'd4']))), cte('some'))
const twin = pipe(some, alias('twin'))
const parent = pipe(parts, alias('parent'))
const child = pipe(parts, alias('child'))

const up = withRecursive(
  'up',
  pipe(
    from(parts),
    where(pipe(parts.data, inList(['d2', 'd3', 'd4']))),
    select({ id: parts.parentId, data: parts.data }),
  ),
  (self) =>
    pipe(from(parent), innerJoin(self, eq(self.id, parent.id)), select({ id: parent.parentId, data: parent.data })),
  { all: true },
)

const tree = withRecursive(
  'tree',
  pipe(
    from(parts),
    where(isNull(parts.parentId)),
    select({ id: parts.id, path: parts.data, depth: literal(0, integer) }),
  ),
  (self) =>
    pipe(
      from(child),
      innerJoin(self, eq(child.parentId, self.id)),
      select({ depth: add(self.depth, 1), id: child.id, path: concat(self.path, '/', child.data) }),
    ),
)

const reached = withRecursive(
  'reached',
  pipe(from(edges), where(eq(edges.from, 1)), select({ at: edges.to })),
  (self) => pipe(from(edges), innerJoin(self, eq(edges.from, self.at)), select({ at: edges.to })),
)

const counted = pipe(
  from(some),
  groupBy(some.parentId),
  select({ of: some.parentId, n: count() }),
  cte('counted', { materialized: true }),
)

const grown = (steps: number) =>
  withRecursive(
    'grown',
    pipe(from(parts), where(eq(parts.id, 1)), select({ n: literal(1, integer), path: parts.data })),
    (self) => pipe(from(self), where(lt(self.n, steps)), select({ n: add(self.n, 1), path: concat(self.path, 'é') })),
  )
const long = grown(3000)

const powers = withRecursive(
  'powers',
  pipe(from(parts), where(eq(parts.id, 1)), select({ n: literal(1n, bigint), half: literal(1, double) })),
  (self) =>
    pipe(
      from(self),
      where(lt(self.n, 9_000_000_000_000_000n)),
      select({ n: add(mul(self.n, 1000n), 1n), half: mul(self.half, 0.5) }),
    ),
)

/** A null first, where the engine would have to guess the type of the column. */
const unknownYet = withRecursive(
  'unknownYet',
  pipe(
    from(parts),
    where(eq(parts.id, 1)),
    select({
      n: literal(0, integer),
      s: literal(null, pipe(text, nullable)),
      k: literal(null, pipe(bigint, nullable)),
    }),
  ),
  (self) =>
    pipe(
      from(self),
      where(lt(self.n, 2)),
      select({ n: add(self.n, 1), s: literal('x', text), k: literal(5_000_000_000n, bigint) }),
    ),
)

const told = values(
  'told',
  {
    id: integer,
    name: pipe(varchar(5), nullable),
    big: bigint,
    half: double,
    yes: boolean,
    day: date,
    at: pipe(timestamptz, nullable),
    doc: pipe(json(t.unknown), nullable),
  },
  [
    {
      id: 1,
      name: null,
      big: 9007199254740993n,
      half: 0.5,
      yes: true,
      day: '2024-02-29',
      at: null,
      doc: { a: [1, null] },
    },
    {
      id: 2,
      name: 'd2',
      big: -1n,
      half: 2,
      yes: false,
      day: '1999-12-31',
      at: '2012-10-15T12:57:18.000396Z',
      doc: null,
    },
  ],
)
const nobody = values('nobody', { id: integer, name: text }, [])
const namesOnly = values('names', { name: text }, [{ name: 'd2' }, { name: 'D3' }, { name: 'd4 ' }, { name: 'd5' }])

const cases: ReadonlyArray<RowsCase> = [
  gives(
    '[SEL16] a query under a name is filtered',
    pipe(from(some), where(pipe(some.data, inList(['d4', 'd5']))), select({ data: some.data })),
    [{ data: 'd4' }],
  ),
  gives(
    '[SEL17] up the tree, rows as often as they come',
    pipe(from(up), where(ne(up.data, 'd2')), orderBy(desc(up.data)), select(up.data)),
    ['d4', 'd3', 'd3', 'd1', 'd1', 'd1'],
  ),
  gives(
    'used twice, beside itself',
    pipe(
      from(some),
      innerJoin(twin, eq(twin.parentId, some.id)),
      orderBy(twin.id),
      select({ a: some.data, b: twin.data }),
    ),
    [{ a: 'd3', b: 'd4' }],
  ),
  gives(
    'used in a subquery, in another one of its kind and where it may be absent',
    pipe(
      from(parts),
      leftJoin(counted, eq(counted.of, parts.id)),
      where(pipe(parts.id, inQuery(pipe(from(some), select(some.parentId))))),
      orderBy(parts.id),
      select({ id: parts.id, counted }),
    ),
    [
      { id: 1, counted: { of: 1, n: 2 } },
      { id: 3, counted: { of: 3, n: 1 } },
    ],
  ),
  gives('down the tree: texts and numbers grow, outputs stand in another order', pipe(from(tree), orderBy(tree.path)), [
    { id: 1, path: 'd1', depth: 0 },
    { id: 2, path: 'd1/d2', depth: 1 },
    { id: 3, path: 'd1/d3', depth: 1 },
    { id: 4, path: 'd1/d3/d4', depth: 2 },
    { id: 5, path: 'd1/d3/d5', depth: 2 },
  ]),
  gives('a cycle in the data ends', pipe(from(reached), orderBy(reached.at)), [
    { at: 1 },
    { at: 2 },
    { at: 3 },
    { at: 4 },
  ]),
  gives('numbers of 64 bits and doubles keep their width', pipe(from(powers), orderBy(desc(powers.n)), limit(1)), [
    { n: 1001001001001001001n, half: 1 / 64 },
  ]),
  gives('what is null at first has its type', pipe(from(unknownYet), orderBy(unknownYet.n)), [
    { n: 0, s: null, k: null },
    { n: 1, s: 'x', k: 5_000_000_000n },
    { n: 2, s: 'x', k: 5_000_000_000n },
  ]),
  gives(
    'three thousand steps, a text of as many characters',
    pipe(from(long), select({ n: count(), last: max(long.n) })),
    [{ n: 3000, last: 3000 }],
  ),
  gives(
    'a recursion in a set operation, a subquery and a derived table',
    pipe(
      from(pipe(from(tree), where(gt(tree.depth, 0)), select({ id: tree.id }), subquery('deep'))),
      select({ id: literal(0, integer) }),
      limit(1),
      unionAll(
        pipe(
          from(parts),
          where(exists(pipe(from(reached), where(eq(reached.at, parts.id))))),
          select({ id: parts.id }),
        ),
      ),
      union(pipe(from(tree), select({ id: tree.id }))),
      orderBy((row) => [row.id]),
    ),
    [0, 1, 2, 3, 4, 5].map((id) => ({ id })),
  ),
  gives('[dialect 50] rows of values, of each type', pipe(from(told), orderBy(told.id)), [
    {
      id: 1,
      name: null,
      big: 9007199254740993n,
      half: 0.5,
      yes: true,
      day: '2024-02-29',
      at: null,
      doc: { a: [1, null] },
    },
    {
      id: 2,
      name: 'd2',
      big: -1n,
      half: 2,
      yes: false,
      day: '1999-12-31',
      at: '2012-10-15T12:57:18.000396Z',
      doc: null,
    },
  ]),
  gives(
    '[dialect 50] values joined with a table: text compares as in tables',
    pipe(from(parts), innerJoin(namesOnly, eq(namesOnly.name, parts.data)), orderBy(parts.id), select(parts.id)),
    [2, 5],
  ),
  gives(
    '[dialect 50] no row of values',
    pipe(
      from(parts),
      leftJoin(nobody, eq(nobody.name, parts.data)),
      where(lt(parts.id, 3)),
      orderBy(parts.id),
      select({ id: parts.id, nobody }),
    ),
    [
      { id: 1, nobody: null },
      { id: 2, nobody: null },
    ],
  ),
  gives('[dialect 50] from no row of values', from(nobody), []),
  gives(
    '[dialect 50] values under an alias, and in a subquery',
    (() => {
      const again = pipe(namesOnly, alias('again'))
      return pipe(
        from(again),
        where(
          or(
            pipe(again.name, inQuery(pipe(from(namesOnly), where(eq(namesOnly.name, 'd2')), select(namesOnly.name)))),
            eq(again.name, 'd4 '),
          ),
        ),
        orderBy(again.name),
        select(again.name),
      )
    })(),
    ['d2', 'd4 '],
  ),
]

const thousand = values(
  'thousand',
  { n: integer, name: text },
  Array.from({ length: 5000 }, (_, n) => ({ n, name: `n${n}` })),
)

describe.each(engines())('the text of names on $label', (engine) => {
  let w: World
  beforeAll(async () => {
    w = await openWorld(engine)
    await w.create({ parts, edges })
  })
  afterAll(() => w.close())

  it('says each once, in front, before what mentions it', async () => {
    w.sent()
    await w.rows(
      pipe(from(counted), innerJoin(twin, eq(twin.parentId, counted.of)), leftJoin(some, eq(some.id, twin.id))),
    )
    const sql = w.sent()[0]?.sql ?? ''
    expect(sql.match(/FROM [`"]parts[`"]/g)).toHaveLength(1)
    expect(sql).toMatch(/^WITH w\d+ AS \(/)
    expect(sql.includes('AS MATERIALIZED (')).toBe(engine.name === 'postgres' || engine.name === 'sqlite')
  })
})

describe.each(places())('$label', (place) => {
  let w: World<Place['name']>
  const fill = async (): Promise<void> => {
    await w.answer(everyRow(deleteFrom(parts)))
    await w.answer(insertInto(parts)(rowsOfParts))
  }

  beforeAll(async () => {
    w = await openWorldAt(place)
    await w.create({ parts, edges })
    for (const { table: one, rows } of filled)
      await w.answer(insertInto(one as typeof edges)(rows as ReadonlyArray<never>))
  })
  afterAll(() => w.close())

  it.each(cases.map((one) => [one.title, one] as const))('%s', (_title, one) => asked(w, one))

  it('two queries of one name are refused, also where only a value differs, and in any order', async () => {
    const one = (n: number) => pipe(from(parts), where(eq(parts.id, n)), select({ id: parts.id }), cte('one'))
    const pair = (a: number, b: number) => {
      const [x, y] = [one(a), pipe(one(b), alias('y'))]
      return pipe(from(x), innerJoin(y, eq(y.id, x.id)), select({ x: x.id, y: y.id }))
    }
    expect(tagOf(await w.outcome(pair(1, 2)))).toBe('SourceMismatch')
    expect(await w.rows(pair(2, 2))).toEqual([{ x: 2, y: 2 }])
    expect(tagOf(await w.outcome(pair(3, 4)))).toBe('SourceMismatch')
    expect(await w.rows(pair(3, 3))).toEqual([{ x: 3, y: 3 }])
    const other = pipe(from(edges), select({ id: edges.from }), cte('one'))
    expect(tagOf(await w.outcome(pipe(from(one(1)), innerJoin(pipe(other, alias('o')), literal(true, boolean)))))).toBe(
      'SourceMismatch',
    )
  })

  it('[SEL19, dialect 70] an update by a query with a name', async () => {
    await w.answer(
      pipe(update(parts), set({ parentId: 5 }), where(pipe(parts.id, inQuery(pipe(from(some), select(some.id)))))),
    )
    expect(await w.rows(pipe(from(parts), orderBy(parts.id), select({ id: parts.id, of: parts.parentId })))).toEqual([
      { id: 1, of: null },
      { id: 2, of: 5 },
      { id: 3, of: 5 },
      { id: 4, of: 5 },
      { id: 5, of: 3 },
    ])
    await fill()
  })

  it('[SEL20, dialect 70] a delete by a query with a name, and by a recursion', async () => {
    await w.answer(pipe(deleteFrom(parts), where(pipe(parts.id, inQuery(pipe(from(some), select(some.id)))))))
    expect(await w.rows(pipe(from(parts), orderBy(parts.id), select(parts.id)))).toEqual([1, 5])
    await fill()
    await w.answer(
      pipe(
        deleteFrom(parts),
        where(and(pipe(parts.id, inQuery(pipe(from(reached), select(reached.at)))), gt(parts.id, 1))),
      ),
    )
    expect(await w.rows(pipe(from(parts), orderBy(parts.id), select(parts.id)))).toEqual([1, 5])
    await fill()
  })

  it('an insert of what a query with a name says', async () => {
    await w.answer(
      insertInto(parts)([{ id: 9, data: 'd9', parentId: scalar(pipe(from(some), select(max(some.id)))) as never }]),
    )
    expect(await w.rows(pipe(from(parts), where(eq(parts.id, 9)), select(parts.parentId)))).toEqual([4])
    await fill()
  })

  it('in an include', async () => {
    const withChildren = pipe(
      from(parts),
      where(lt(parts.id, 4)),
      orderBy(parts.id),
      select({ id: parts.id }),
      include({
        some: many(pipe(from(some), where(eq(some.parentId, parts.id)), orderBy(some.id), select({ id: some.id }))),
      }),
    )
    expect(await w.rows(withChildren)).toEqual([
      { id: 1, some: [{ id: 2 }, { id: 3 }] },
      { id: 2, some: [] },
      { id: 3, some: [{ id: 4 }] },
    ])
  })

  it('[dialect 50] rows of values as many as a statement takes, and no more', async () => {
    expect(await w.rows(pipe(from(thousand), select({ n: count(), last: max(thousand.n) })))).toEqual([
      { n: 5000, last: 4999 },
    ])
    const million = values(
      'many',
      { n: integer },
      Array.from({ length: 70_000 }, (_, n) => ({ n })),
    )
    // In memory no text has to hold them.
    expect(tagOf(await w.outcome(from(million)))).toBe(place.name === 'memory' ? 'Right' : 'Unsupported')
  })

  it('[dialect 50] a value that is none of its column is refused with its place', async () => {
    const bad = (rows: unknown) => from(values('v', { id: integer, name: pipe(text, nullable) }, rows as never))
    for (const rows of [
      [
        { id: 1, name: null },
        { id: 'x', name: 'a' },
      ],
      [{ id: 1, name: 'a' }, { name: 'b' }],
    ]) {
      const found = await w.outcome(bad(rows))
      expect(found).toMatchObject(E.left({ _tag: 'InvalidValue', place: 'v.id of row 2' }))
    }
    for (const rows of [undefined, 7, [null], [[1]], [{ id: null, name: 'a' }]])
      expect(tagOf(await w.outcome(bad(rows)))).toBe('InvalidValue')
  })

  it('a long text of a recursion comes whole', async () => {
    const [last] = await w.rows(pipe(from(long), orderBy(desc(long.n)), limit(1), select({ path: long.path })))
    expect(last?.path).toBe(`d1${'é'.repeat(2999)}`)
  })

  it('one compiled recursion serves other values', async () => {
    for (const steps of [3, 5]) {
      const some1 = grown(steps)
      expect(await w.rows(pipe(from(some1), select(max(some1.n))))).toEqual([steps])
    }
  })

  it('a step that no engine takes is refused on all of them,', async () => {
    const base = pipe(from(parts), select({ id: parts.id }))
    const steps = [
      withRecursive('s', base, (self) => pipe(from(self), groupBy(self.id), select({ id: self.id }))),
      withRecursive('s', base, (self) => pipe(from(self), orderBy(self.id), limit(1), select({ id: self.id }))),
      withRecursive('s', base, (self) =>
        pipe(from(parts), leftJoin(self, eq(self.id, parts.id)), present(self), select({ id: self.id })),
      ),
      withRecursive('s', base, (self) =>
        pipe(from(parts), where(pipe(parts.id, notInList([1]))), where(exists(from(self))), select({ id: parts.id })),
      ),
      withRecursive('s', base, () => pipe(from(parts), select({ id: parts.id }))),
      withRecursive('s', base, (self) => {
        const again = pipe(self, alias('again'))
        return pipe(from(self), innerJoin(again, eq(again.id, self.id)), select({ id: self.id }))
      }),
    ]
    for (const one of steps) expect(tagOf(await w.outcome(from(one)))).toBe('IllFormed')
  })

  it('the rows of a step mean nothing outside of it', async () => {
    let leaked: unknown
    withRecursive('s', pipe(from(parts), select({ id: parts.id })), (self) => {
      leaked = self
      return pipe(from(self), select({ id: self.id }))
    })
    expect(tagOf(await w.outcome(from(leaked as typeof parts)))).toBe('FreeSource')
  })
})

describe('recursions in memory', () => {
  it('a recursion that never ends is stopped', () => {
    const endless = withRecursive('endless', pipe(from(edges), select({ at: edges.to })), (self) => from(self), {
      all: true,
    })
    expect(tagOf(interpret(from(endless))(tablesOf(filled)))).toBe('NotEvaluable')
  })
})
