// Functions of JSON documents mean one thing on every engine and in memory, whatever the keys are called.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  asc,
  bigint,
  boolean,
  coalesce,
  count,
  date,
  double,
  eq,
  type Expr,
  from,
  groupBy,
  gt,
  having,
  integer,
  interval,
  isNotNull,
  isNull,
  json,
  jsonArray,
  jsonContains,
  jsonExists,
  jsonLength,
  jsonObject,
  jsonPath,
  jsonTypeOf,
  leftJoin,
  like,
  literal,
  lt,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  refine,
  select,
  subquery,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
  varbinary,
  where,
} from '../../../src/index.js'
import { filled, type Place, places } from './places.js'

const docs = table('docs', { id: pipe(integer, primaryKey), doc: pipe(json(t.unknown), nullable) })

const tricky = [
  '',
  ' ',
  'a.b',
  '$',
  '$.a',
  '[0]',
  '*',
  '"',
  '\\',
  'a"b\\c',
  "it's",
  'é',
  'réve🐍 illé',
  'e\u0301',
  'line\nbreak',
  '\u0001',
  'a-b',
  '0',
  '1',
  '-1',
  '-a',
  'last',
  'null',
  '?',
  '$1',
  ':x',
  '%s',
  '__proto__',
]

const suite = {
  key1: { subkey1: 'here' },
  key2: ['one', 'two', 'three'],
  key3: ['x', { six: 'seven' }, 'y'],
  nested: { elem1: [{ a: 'b' }], elem2: { elem3: { elem4: 'elem5' } } },
}

const values: ReadonlyArray<readonly [number, unknown]> = [
  [1, true],
  [2, false],
  [3, null],
  [4, 15],
  [5, 0],
  [6, -1],
  [7, -1.0],
  [8, 15.052],
  [9, 'a string'],
  [10, 'réve🐍 illé "quoted" \\ \n'],
  [11, {}],
  [12, []],
  [13, [1, [2]]],
  [14, { value: 1 }],
  [15, 2147483647],
  [16, 2147483648],
  [17, -2147483648],
  [18, -2147483649],
  [19, 1e21],
  [20, 0.1],
  [21, '15'],
  [22, 'true'],
  [23, 'null'],
  [24, ''],
]

const rows = [
  ...values.map(([id, value]) => ({ id, doc: { value } })),
  { id: 100, doc: null },
  { id: 101, doc: suite },
  { id: 102, doc: Object.fromEntries(tricky.map((key, i) => [key, i])) },
  { id: 103, doc: ['zero', { '0': 'key', deep: [[1, 2], [3]] }, null] },
]

const kept = table('kept', {
  id: pipe(integer, primaryKey),
  whole: pipe(integer, nullable),
  big: pipe(bigint, nullable),
  exact: pipe(numeric(12, 3), nullable),
  real: pipe(double, nullable),
  flag: pipe(boolean, nullable),
  words: pipe(text, nullable),
  day: pipe(date, nullable),
  clock: pipe(time, nullable),
  local: pipe(timestamp, nullable),
  at: pipe(timestamptz, nullable),
  span: pipe(interval, nullable),
  key: pipe(uuid, nullable),
  bytes: pipe(varbinary(10), nullable),
  doc: pipe(json(t.UnknownRecord), nullable),
})

const held = [
  {
    id: 1,
    whole: -2147483648,
    big: 9007199254740993n,
    exact: '-0.050' as const,
    real: 0.1,
    flag: true,
    words: 'O\'Hara "🐍" \\ \n',
    day: '0001-01-01',
    clock: '12:57:18.000396',
    local: '2012-10-15T12:57:18.000000',
    at: '2012-10-15T12:57:18.000396Z',
    span: 'P1Y2M3DT4H5M6.5S',
    key: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    bytes: Uint8Array.from([0, 255, 39]),
    doc: { a: [1, { b: null }], '"': '\\' },
  },
  {
    id: 2,
    whole: 0,
    big: -9223372036854775808n,
    exact: '123456789.125' as const,
    real: 5e-324,
    flag: false,
    words: '',
    day: '9999-12-31',
    clock: '00:00:00.000000',
    local: '0001-01-01T00:00:00.000001',
    at: '9999-12-31T23:59:59.999999Z',
    span: 'PT0S',
    key: '00000000-0000-0000-0000-000000000000',
    bytes: Uint8Array.from([]),
    doc: {},
  },
  {
    id: 3,
    whole: null,
    big: null,
    exact: null,
    real: null,
    flag: null,
    words: null,
    day: null,
    clock: null,
    local: null,
    at: null,
    span: null,
    key: null,
    bytes: null,
    doc: null,
  },
]

interface TitleBrand {
  readonly Title: unique symbol
}
const Title = t.brand(t.string, (s): s is t.Branded<string, TitleBrand> => s.length > 3, 'Title')

const single = where(lt(docs.id, 100))
const byId = orderBy(docs.id)
const suiteRow = where(eq(docs.id, 101))

describe.each(places)('functions of JSON on $label', ({ open }) => {
  let place: Place
  beforeAll(async () => {
    place = await open([filled(docs, rows), filled(kept, held)])
  })
  afterAll(() => place.close())

  it('[JSN09] [JSN11] [dialect 71] keys and places lead to parts', async () => {
    const got = await place.rows(
      pipe(
        from(docs),
        suiteRow,
        select({
          a: jsonPath(docs.doc, ['key1', 'subkey1'], text),
          b: jsonPath(docs.doc, ['key2', 1], text),
          c: pipe(docs.doc, jsonPath(['key3', 1, 'six'], text)),
          d: jsonPath(docs.doc, ['nested', 'elem2', 'elem3', 'elem4'], text),
          e: jsonPath(docs.doc, ['nested', 'elem1', 0, 'a'], text),
          f: jsonPath(docs.doc, ['nested', 'elem2'], json(t.type({ elem3: t.UnknownRecord }))),
          g: jsonPath(docs.doc, ['key2'], json(t.array(t.string))),
          whole: jsonPath(docs.doc, [], json(t.unknown)),
        }),
      ),
    )
    expect(got).toEqual([
      {
        a: 'here',
        b: 'two',
        c: 'seven',
        d: 'elem5',
        e: 'b',
        f: { elem3: { elem4: 'elem5' } },
        g: ['one', 'two', 'three'],
        whole: suite,
      },
    ])
  })

  it('[JSN02] a part has the value of its type, and is null as another', async () => {
    const value = ['value'] as const
    const got = await place.rows(
      pipe(
        from(docs),
        single,
        byId,
        select({
          text: jsonPath(docs.doc, value, text),
          integer: jsonPath(docs.doc, value, integer),
          double: jsonPath(docs.doc, value, double),
          boolean: jsonPath(docs.doc, value, boolean),
          json: jsonPath(docs.doc, value, json(t.unknown)),
        }),
      ),
    )
    expect(got).toEqual(
      values.map(([, v]) => ({
        text: typeof v === 'string' ? v : null,
        integer: Number.isInteger(v) && Math.abs((v as number) + 0.5) <= 2147483647.5 ? v : null,
        double: typeof v === 'number' ? v : null,
        boolean: typeof v === 'boolean' ? v : null,
        json: v,
      })),
    )
  })

  it('[JSN08] a criterion on a part finds its row, for null as well', async () => {
    const found = async (criterion: Expr<boolean | null, 'docs', 'docs'>): Promise<ReadonlyArray<unknown>> =>
      place.rows(pipe(from(docs), single, where(criterion), byId, select(docs.id)))
    for (const [id, v] of values) {
      if (typeof v === 'string') expect(await found(eq(jsonPath(docs.doc, ['value'], text), v)), v).toEqual([id])
      if (typeof v === 'boolean') expect(await found(eq(jsonPath(docs.doc, ['value'], boolean), v))).toEqual([id])
      if (typeof v === 'number' && id !== 6 && id !== 7)
        expect(await found(eq(jsonPath(docs.doc, ['value'], double), v)), String(v)).toEqual([id])
    }
    expect(await found(eq(jsonPath(docs.doc, ['value'], integer), -1))).toEqual([6, 7])
    expect(await found(isNull(jsonPath(docs.doc, ['value'], json(t.unknown))))).toEqual([3])
    expect(await found(eq(jsonTypeOf(docs.doc, ['value']), 'null'))).toEqual([3])
    expect(await found(pipe(jsonPath(docs.doc, ['value'], text), like('réve🐍%')))).toEqual([10])
    // Blanks at the end count, as in a column.
    expect(await found(eq(jsonPath(docs.doc, ['value'], text), 'a string '))).toEqual([])
    expect(await found(eq(jsonPath(docs.doc, ['value'], text), 'A string'))).toEqual([])
  })

  it('[dialect 93] a key is what it is, whatever its characters are', async () => {
    for (const [i, key] of tricky.entries()) {
      const parts = pipe(
        from(docs),
        where(eq(docs.id, 102)),
        select({
          n: jsonPath(docs.doc, [key], integer),
          there: jsonExists(docs.doc, [key]),
          none: jsonExists(docs.doc, [`${key}x`]),
          kind: jsonTypeOf(docs.doc, [key]),
        }),
      )
      if (place.name === 'mariadb' && key.startsWith('-'))
        // MariaDB would give null without a word.
        expect(await place.rows(parts).catch(String)).toContain('MariaDB finds no JSON key that begins with a minus')
      else
        expect(await place.rows(parts), JSON.stringify(key)).toEqual([
          { n: i, there: true, none: false, kind: 'number' },
        ])
    }
  })

  it('a text is no place and a number no key, and nothing stands in what is no array', async () => {
    const got = await place.rows(
      pipe(
        from(docs),
        where(eq(docs.id, 103)),
        select({
          a: jsonPath(docs.doc, [0], text),
          b: jsonPath(docs.doc, ['0'], text),
          c: jsonPath(docs.doc, [1, '0'], text),
          d: jsonPath(docs.doc, [1, 0], text),
          e: jsonPath(docs.doc, [0, 0], text),
          f: jsonPath(docs.doc, [1, 'deep', 0, 1], integer),
          g: jsonPath(docs.doc, [1, 'deep', 1, 0], integer),
          h: jsonPath(docs.doc, [1, 'deep', 1, 0, 0], integer),
          i: jsonExists(docs.doc, [2]),
          j: jsonExists(docs.doc, [3]),
          k: jsonExists(docs.doc, [2, 0]),
          l: jsonExists(docs.doc, [0, 0]),
          m: jsonTypeOf(docs.doc, [2]),
          n: jsonTypeOf(docs.doc, [9]),
          o: jsonTypeOf(docs.doc, [1, 0]),
          p: jsonPath(docs.doc, [4294967295], text),
        }),
      ),
    )
    expect(got).toEqual([
      {
        a: 'zero',
        b: null,
        c: 'key',
        d: null,
        e: null,
        f: 2,
        g: 3,
        h: null,
        i: true,
        j: false,
        k: false,
        l: false,
        m: 'null',
        n: null,
        o: null,
        p: null,
      },
    ])
  })

  it('jsonTypeOf and jsonLength tell what stands there', async () => {
    const got = await place.rows(
      pipe(
        from(docs),
        single,
        byId,
        select({
          kind: jsonTypeOf(docs.doc, ['value']),
          length: jsonLength(docs.doc, ['value']),
          own: jsonTypeOf(docs.doc),
        }),
      ),
    )
    expect(got).toEqual(
      values.map(([, v]) => ({
        kind: v === null ? 'null' : Array.isArray(v) ? 'array' : typeof v,
        length: typeof v === 'object' && v !== null ? Object.keys(v).length : null,
        own: 'object',
      })),
    )
    const lengths = pipe(
      from(docs),
      where(gt(docs.id, 99)),
      byId,
      select({ n: jsonLength(docs.doc), there: jsonExists(docs.doc, []), kind: jsonTypeOf(docs.doc) }),
    )
    expect(await place.rows(lengths)).toEqual([
      { n: null, there: false, kind: null },
      { n: 4, there: true, kind: 'object' },
      { n: tricky.length, there: true, kind: 'object' },
      { n: 3, there: true, kind: 'array' },
    ])
  })

  it('[C40] jsonContains: objects without arrays on every engine', async () => {
    const contained = async (part: object): Promise<ReadonlyArray<number>> =>
      place.rows(pipe(from(docs), where(jsonContains(docs.doc, part)), byId, select(docs.id)))
    expect(await contained({ value: 15 })).toEqual([4])
    expect(await contained({ value: '15' })).toEqual([21])
    expect(await contained({ value: true })).toEqual([1])
    expect(await contained({ value: null })).toEqual([3])
    expect(await contained({ value: 1 })).toEqual([])
    expect(await contained({ value: {} })).toEqual([11, 14])
    expect(await contained({ value: { value: 1 } })).toEqual([14])
    expect(await contained({ key1: { subkey1: 'here' }, nested: { elem2: { elem3: {} } } })).toEqual([101])
    expect(await contained({ key1: { subkey1: 'there' } })).toEqual([])
    expect(await contained({ key3: { six: 'seven' } })).toEqual([])
    expect(await contained({ '"': 7, 'a"b\\c': 9, 'réve🐍 illé': 12 })).toEqual([102])
    expect(await contained({})).toEqual([...values.map(([id]) => id), 101, 102])
    const told = pipe(
      from(docs),
      where(gt(docs.id, 99)),
      byId,
      select({ is: jsonContains(docs.doc, { key1: { subkey1: 'here' } }) }),
    )
    expect(await place.rows(told)).toEqual([{ is: null }, { is: true }, { is: false }, { is: false }])
  })

  it('[C40] jsonContains with arrays, where engines disagree', async () => {
    const rowsOf = (part: object): Promise<unknown> =>
      place.rows(pipe(from(docs), where(jsonContains(docs.doc, part)), byId, select(docs.id))).catch(String)
    const own = place.name === 'postgres' || place.name === 'memory'
    const refused = expect.stringContaining('Unsupported')
    const others = pipe(
      from(docs),
      suiteRow,
      select({ part: jsonContains(docs.doc, jsonObject({ key2: jsonArray(literal('two', text)) })) }),
    )
    expect(await rowsOf({ key2: ['three', 'one'] })).toEqual(own ? [101] : refused)
    expect(await rowsOf({ key2: ['four'] })).toEqual(own ? [] : refused)
    expect(await rowsOf({ value: [[2]] })).toEqual(own ? [13] : refused)
    expect(await rowsOf({ value: [2] })).toEqual(own ? [] : refused)
    expect(await rowsOf(['zero'])).toEqual(own ? [103] : refused)
    expect(await rowsOf([{ deep: [[1]] }])).toEqual(own ? [103] : refused)
    expect(await place.rows(others).catch(String)).toEqual(own ? [{ part: true }] : refused)
  })

  it('jsonObject and jsonArray: values decode inside a document as outside', async () => {
    const { id, ...fields } = kept
    const made = pipe(
      from(kept),
      orderBy(id),
      select({ object: jsonObject(fields), array: jsonArray(...Object.values(fields)) }),
    )
    expect(await place.rows(made)).toEqual(
      held.map((row) => {
        const { id: key, ...inside } = row
        expect(key).toBe(row.id)
        return { object: inside, array: Object.values(inside) }
      }),
    )
  })

  it('what a document is made of is the same JSON everywhere', async () => {
    const { id, ...fields } = kept
    const inside = jsonObject(fields)
    const got = await place.rows(
      pipe(
        from(kept),
        where(eq(id, 1)),
        select({
          exact: jsonPath(inside, ['exact'], text),
          clock: jsonPath(inside, ['clock'], text),
          local: jsonPath(inside, ['local'], text),
          at: jsonPath(inside, ['at'], text),
          day: jsonPath(inside, ['day'], text),
          big: jsonPath(inside, ['big'], text),
          key: jsonPath(inside, ['key'], text),
          bytes: jsonPath(inside, ['bytes'], text),
          span: jsonPath(inside, ['span'], text),
          flag: jsonPath(inside, ['flag'], boolean),
          real: jsonPath(inside, ['real'], double),
          whole: jsonPath(inside, ['whole'], integer),
          deep: jsonPath(inside, ['doc', 'a', 0], integer),
          kind: jsonTypeOf(inside, ['doc', 'a', 1, 'b']),
          length: jsonLength(inside),
        }),
      ),
    )
    expect(got).toEqual([
      {
        exact: '-0.050',
        clock: '12:57:18.000396',
        local: '2012-10-15T12:57:18.000000',
        at: '2012-10-15T12:57:18.000396Z',
        day: '0001-01-01',
        big: '9007199254740993',
        key: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
        bytes: '00ff27',
        span: 'P1Y2M3DT4H5M6.5S',
        flag: true,
        real: 0.1,
        whole: -2147483648,
        deep: 1,
        kind: 'null',
        length: 14,
      },
    ])
  })

  it('documents inside documents, of bound values and of parts', async () => {
    const got = await place.rows(
      pipe(
        from(docs),
        suiteRow,
        select({
          made: jsonObject({
            'a"key': literal('x', text),
            list: jsonArray(literal(1, integer), literal(true, boolean), literal({ deep: [1] }, json(t.unknown))),
            part: jsonPath(docs.doc, ['key2'], json(t.array(t.string))),
            none: jsonPath(docs.doc, ['key9'], json(t.unknown)),
            first: jsonPath(docs.doc, ['key2', 0], text),
            inner: jsonObject({}),
            empty: jsonArray(),
          }),
        }),
      ),
    )
    expect(got).toEqual([
      {
        made: {
          'a"key': 'x',
          list: [1, true, { deep: [1] }],
          part: ['one', 'two', 'three'],
          none: null,
          first: 'one',
          inner: {},
          empty: [],
        },
      },
    ])
  })

  it('[C66] parts stand in every clause, and under a codec of one’s own', async () => {
    const value = jsonPath(docs.doc, ['value'], text)
    const kind = jsonTypeOf(docs.doc, ['value'])
    expect(
      await place.rows(
        pipe(from(docs), single, where(isNotNull(value)), orderBy(asc(value), docs.id), select(docs.id)),
      ),
    ).toEqual([24, 21, 9, 23, 10, 22])
    expect(
      await place.rows(
        pipe(
          from(docs),
          single,
          groupBy(kind),
          having(gt(count(), 2)),
          orderBy(asc(kind)),
          select({ kind, n: count() }),
        ),
      ),
    ).toEqual([
      { kind: 'number', n: 11 },
      { kind: 'string', n: 6 },
    ])
    const other = pipe(
      from(docs),
      single,
      select({ id: docs.id, v: jsonPath(docs.doc, ['value'], integer) }),
      subquery('o'),
    )
    expect(
      await place.rows(
        pipe(
          from(kept),
          leftJoin(other, eq(other.v, kept.id)),
          orderBy(kept.id),
          select({ id: kept.id, o: other.id, v: coalesce(other.v, 0) }),
        ),
      ),
    ).toEqual(held.map(({ id }) => ({ id, o: null, v: 0 })))
    const titled = jsonPath(docs.doc, ['nested', 'elem2', 'elem3', 'elem4'], pipe(text, refine(Title)))
    expect(await place.rows(pipe(from(docs), suiteRow, select({ titled })))).toEqual([{ titled: 'elem5' }])
  })

  it('[dialect 72] documents have no equality and no order, also those that are made', async () => {
    const part = jsonPath(docs.doc, ['value'], json(t.unknown))
    for (const criterion of [eq(part, part), gt(jsonObject({ a: docs.id }), jsonObject({ a: docs.id }))])
      expect(await place.rows(pipe(from(docs), where(criterion), select(docs.id))).catch(String)).toContain(
        'Unsupported',
      )
  })

  it('what is no path, and no document, is refused before anything is sent', async () => {
    const refused = (e: unknown): Promise<string> =>
      place.rows(pipe(from(docs), select({ e: e as Expr<number, 'docs'> }))).then(() => 'Right', String)
    expect(await refused(jsonPath(docs.doc, [-1], text))).toContain('InvalidValue')
    expect(await refused(jsonPath(docs.doc, [1.5], text))).toContain('InvalidValue')
    expect(await refused(jsonPath(docs.doc, [Number.NaN], text))).toContain('InvalidValue')
    expect(await refused(jsonPath(docs.doc, ['a\0'], text))).toContain('InvalidValue')
    expect(await refused(jsonPath(docs.doc, ['\ud800'], text))).toContain('InvalidValue')
    expect(await refused(jsonPath(docs.doc, [undefined] as unknown as [string], text))).toContain('InvalidValue')
    expect(await refused(jsonPath(docs.doc, undefined as unknown as [string], text))).toContain('InvalidValue')
    expect(await refused(jsonPath(docs.doc, '$.a' as unknown as [string], text))).not.toContain('Right')
    expect(await refused(jsonPath(docs.doc, ['a'], undefined as unknown as typeof text))).toContain('InvalidValue')
    expect(await refused(jsonPath(docs.doc, ['a'], bigint))).toContain('IllFormed')
    expect(await refused(jsonPath(docs.id, ['a'], text))).toContain('IllFormed: jsonPath takes a JSON document')
    expect(await refused(jsonContains(docs.doc, { a: Number.NaN }))).not.toContain('Right')
    expect(await refused(jsonContains(docs.doc, { a: 'x\0' }))).toContain('InvalidValue')
    expect(await refused(jsonContains(docs.doc, undefined as unknown as object))).not.toContain('Right')
    expect(await refused(jsonLength(docs.id))).toContain('IllFormed')
  })
})
