// Encoders refuse what a column cannot hold exactly; decoders refuse what a column cannot have given.
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'

import { bad, decoderOf } from '../../../src/compile/decode.js'
import { mariadbDialect } from '../../../src/compile/dialect/mariadb.js'
import { mysqlDialect } from '../../../src/compile/dialect/mysql.js'
import { postgresDialect } from '../../../src/compile/dialect/postgres.js'
import { sqliteDialect } from '../../../src/compile/dialect/sqlite.js'
import { showValue } from '../../../src/compile/encode.js'
import {
  beside,
  bigintType,
  booleanType,
  countType,
  dateType,
  doubleType,
  integerType,
  jsonType,
  numericType,
  type SqlType,
  textType,
  timestamptzType,
  unified,
  varcharType,
} from '../../../src/expr/sql-type.js'

const any = jsonType(t.unknown)
const sized = jsonType(t.type({ size: t.number }))
const day = new t.Type<Date, string, unknown>(
  'Day',
  (u): u is Date => u instanceof Date,
  (u, c) => (typeof u === 'string' && /^\d{4}-\d\d-\d\d$/.test(u) ? t.success(new Date(u)) : t.failure(u, c)),
  (d) => d.toISOString().slice(0, 10),
)

const dialects = {
  postgres: postgresDialect(),
  mysql: mysqlDialect(),
  mariadb: mariadbDialect(),
  sqlite: sqliteDialect(),
}
type Name = keyof typeof dialects
const names = Object.keys(dialects) as ReadonlyArray<Name>

const wire = (name: Name, type: SqlType<unknown>, value: unknown): unknown => {
  const encoded = dialects[name].type(type).encode(value)
  return typeof encoded === 'object' && encoded !== null && '_tag' in encoded ? `refused: ${encoded.reason}` : encoded
}
const isRefused = (type: SqlType<unknown>, value: unknown): boolean =>
  names.every((name) => String(wire(name, type, value)).startsWith('refused'))

describe('encode', () => {
  it('sends each value in the form that its driver keeps exact', () => {
    const forms = (type: SqlType<unknown>, value: unknown) => names.map((name) => wire(name, type, value))
    expect(forms(integerType, -5)).toEqual([-5, -5n, -5n, -5n])
    expect(forms(bigintType, 9007199254740993n)).toEqual([
      '9007199254740993',
      9007199254740993n,
      9007199254740993n,
      9007199254740993n,
    ])
    expect(forms(countType, -3)).toEqual([-3, -3n, -3n, -3n])
    expect(forms(doubleType, 1)).toEqual([1, 1, 1, 1])
    expect(forms(booleanType, true)).toEqual(['true', 1n, 1n, 1n])
    expect(forms(numericType, '-1234567890123456789')).toEqual([
      ...Array.from({ length: 3 }, () => '-1234567890123456789'),
      -1234567890123456789n,
    ])
    expect(forms(textType, 'a')).toEqual(['a', 'a', 'a', 'a'])
    expect(forms(dateType, '2012-10-15')).toEqual(names.map(() => '2012-10-15'))
    expect(forms(timestamptzType, '2012-10-15T14:57:18.1+02:00')).toEqual([
      '2012-10-15T12:57:18.100000Z',
      '2012-10-15 12:57:18.100000',
      '2012-10-15 12:57:18.100000',
      '2012-10-15T12:57:18.100000Z',
    ])
    expect(forms(sized, { size: 1 })).toEqual(names.map(() => '{"size":1}'))
  })

  it.each<readonly [string, SqlType<unknown>, ReadonlyArray<unknown>]>([
    [
      'integer',
      integerType,
      [2147483648, -2147483649, 0.5, Number.NaN, 1n, '1', true, null, undefined, {}, new Date(0)],
    ],
    ['bigint', bigintType, [9223372036854775808n, -9223372036854775809n, 1, '1', null]],
    ['count', countType, [0.5, 2 ** 53, Number.NaN, 1n, '1']],
    ['double', doubleType, [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1n, '1', null]],
    ['numeric', numericType, ['', '1.5', '1e-5', ' 1', '0x1', '1,0', 1, 1n]],
    ['boolean', booleanType, [1, 0, 'true', null, new Boolean(true)]],
    ['text', textType, ['a\0', '\ud800', 'a\udc00b', 1, null, new String('a'), ['a']]],
    ['varchar', varcharType(3), ['abcd', '🐍🐍🐍🐍', 'ab\0', 5]],
    [
      'date',
      dateType,
      [
        '2011-02-29',
        '2011-13-01',
        '2011-00-01',
        '0000-01-01',
        '10000-01-01',
        '2011-1-1',
        '2011-01-01T00:00:00Z',
        ' 2011-01-01',
        new Date(0),
      ],
    ],
    [
      'timestamptz',
      timestamptzType,
      [
        '2011-01-01',
        '2011-01-01T00:00:00',
        '2011-01-01T24:00:00Z',
        '2011-01-01T00:60:00Z',
        '2011-01-01T00:00:60Z',
        '2011-02-29T00:00:00Z',
        '2011-01-01T00:00:00.1234567Z',
        '0001-01-01T00:00:00+01:00',
        '9999-12-31T23:59:59-01:00',
        '2011-01-01T00:00:00+16:00',
        '2011-01-01T00:00:00 Z',
        0,
        new Date(0),
      ],
    ],
    ['json', sized, [{ size: '1' }, {}, null, 1, { size: Number.NaN }, { size: 1n }]],
    [
      'json of anything',
      any,
      [
        undefined,
        () => 1,
        Symbol('x'),
        1n,
        { a: 1n },
        Number.NaN,
        [Number.POSITIVE_INFINITY],
        { a: 'x\0' },
        { a: '\ud800' },
        { 'a\0': 1 },
        { f: () => 1 },
        [Symbol('x')],
      ],
    ],
  ])('refuses what is no %s', (_, type, values) => {
    for (const value of values) expect(isRefused(type, value), showValue(value)).toBe(true)
  })

  it('takes a document that is null, texts that look like escapes, and what its codec encodes', () => {
    expect(wire('sqlite', any, null)).toBe('null')
    expect(wire('sqlite', any, 'a \\u0000 b \\\\ud800')).toBe(JSON.stringify('a \\u0000 b \\\\ud800'))
    expect(wire('sqlite', any, '\\\u0001')).toBe(JSON.stringify('\\\u0001'))
    expect(isRefused(any, { a: undefined, b: [null] })).toBe(true)
    expect(wire('sqlite', any, { b: [null] })).toBe('{"b":[null]}')
    expect(wire('sqlite', jsonType(day), new Date('2012-10-15T00:00:00Z'))).toBe('"2012-10-15"')
    expect(isRefused(jsonType(day), '2012-10-15')).toBe(true)
    const cyclic: { self?: unknown } = {}
    cyclic.self = cyclic
    expect(isRefused(any, cyclic)).toBe(true)
    expect(
      isRefused(any, {
        get a(): number {
          throw new Error('mine')
        },
      }),
    ).toBe(true)
  })

  it('zero has no sign', () => {
    for (const name of names) expect(Object.is(wire(name, doubleType, -0), 0)).toBe(true)
  })

  it('a value is shown short, and never as a document', () => {
    expect(showValue('x'.repeat(100))).toBe(`"${'x'.repeat(40)}…"`)
    expect([{ secret: 1 }, ['secret'], Symbol('s'), undefined, 5n].map(showValue).join('; ')).toBe(
      'a value of type object; an array; nothing; undefined; 5n',
    )
  })
})

describe('decode', () => {
  const read = (type: SqlType<unknown>, raw: unknown): unknown => {
    const value = decoderOf(type)(raw)
    return value === bad ? 'bad' : value
  }

  it.each<readonly [string, SqlType<unknown>, ReadonlyArray<readonly [unknown, unknown]>]>([
    [
      'integer',
      integerType,
      [
        [5, 5],
        ['-5', -5],
        [5n, 5],
        [-0, 0],
        [2147483648, 'bad'],
        ['2147483648', 'bad'],
        [2147483648n, 'bad'],
        [0.5, 'bad'],
        ['', 'bad'],
        ['5.0', 'bad'],
        ['1e3', 'bad'],
        [true, 'bad'],
      ],
    ],
    [
      'bigint',
      bigintType,
      [
        [5n, 5n],
        ['9223372036854775807', 9223372036854775807n],
        ['9223372036854775808', 'bad'],
        [9223372036854775808n, 'bad'],
        [-9223372036854775809n, 'bad'],
        [5, 5n],
        [2 ** 53, 'bad'],
        [0.5, 'bad'],
        ['', 'bad'],
        ['x', 'bad'],
      ],
    ],
    [
      'double',
      doubleType,
      [
        [0.5, 0.5],
        ['0.1', 0.1],
        ['-1e-7', -1e-7],
        [5n, 5],
        [-0, 0],
        ['-0', 0],
        [Number.POSITIVE_INFINITY, 'bad'],
        ['Infinity', 'bad'],
        ['NaN', 'bad'],
        [Number.NaN, 'bad'],
        ['', 'bad'],
        [' 1', 'bad'],
        ['0x10', 'bad'],
        ['1e999', 'bad'],
      ],
    ],
    [
      'count',
      countType,
      [
        [5, 5],
        ['5', 5],
        [-5n, -5],
        [2 ** 53, 'bad'],
        ['9007199254740993', 'bad'],
        ['', 'bad'],
        ['5.5', 'bad'],
        [null, 'bad'],
      ],
    ],
    [
      'numeric',
      numericType,
      [
        ['5', '5'],
        ['-12345678901234567890', '-12345678901234567890'],
        [5n, '5'],
        [5, '5'],
        [2 ** 53, 'bad'],
        ['x', 'bad'],
        [0.5, 'bad'],
      ],
    ],
    [
      'boolean',
      booleanType,
      [
        [1, true],
        [0n, false],
        ['t', true],
        ['f', false],
        ['1', true],
        ['true', true],
        [false, false],
        [2, 'bad'],
        ['yes', 'bad'],
        ['', 'bad'],
      ],
    ],
    [
      'text',
      textType,
      [
        ['', ''],
        ['x', 'x'],
        [5, 'bad'],
        [new Uint8Array(1), 'bad'],
      ],
    ],
    [
      'varchar',
      varcharType(2),
      [
        ['ab', 'ab'],
        ['🐍🐍', '🐍🐍'],
        ['abc', 'bad'],
      ],
    ],
    [
      'date',
      dateType,
      [
        ['2012-02-29', '2012-02-29'],
        ['0000-00-00', 'bad'],
        ['2011-02-29', 'bad'],
        ['2012-02-29 00:00:00', 'bad'],
        ['infinity', 'bad'],
        [new Date(0), 'bad'],
      ],
    ],
    [
      'timestamptz',
      timestamptzType,
      [
        ['2012-10-15T12:57:18.000396Z', '2012-10-15T12:57:18.000396Z'],
        ['2012-10-15 12:57:18.000396+00', '2012-10-15T12:57:18.000396Z'],
        ['2012-10-15 12:57:18+00', '2012-10-15T12:57:18.000000Z'],
        ['2012-10-15 12:57:18.1', '2012-10-15T12:57:18.100000Z'],
        ['2012-10-15 12:57:18', '2012-10-15T12:57:18.000000Z'],
        ['2012-10-15 14:57:18+02', '2012-10-15T12:57:18.000000Z'],
        ['2012-10-15 07:27:18-05:30', '2012-10-15T12:57:18.000000Z'],
        ['2012-02-31T12:57:18.000396Z', 'bad'],
        ['2012-02-30T25:57:18.000396Z', 'bad'],
        ['0000-00-00 00:00:00', 'bad'],
        ['infinity', 'bad'],
        ['0044-03-15 00:00:00+00 BC', 'bad'],
        ['20000-01-01 00:00:00+00', 'bad'],
        ['', 'bad'],
        [0, 'bad'],
      ],
    ],
    [
      'json',
      sized,
      [
        ['{"size":1}', { size: 1 }],
        ['{"size":"1"}', 'bad'],
        ['{', 'bad'],
        ['null', 'bad'],
        [{ size: 1 }, 'bad'],
        ['', 'bad'],
      ],
    ],
    [
      'json of anything',
      any,
      [
        ['null', null],
        ['"x"', 'x'],
        ['[1, 2.50]', [1, 2.5]],
      ],
    ],
  ])('[DTM19] [DRV11] reads %s and nothing else', (_, type, cases) => {
    for (const [raw, value] of cases) expect(read(type, raw), showValue(raw)).toEqual(value)
  })

  it('zero has no sign', () => {
    for (const type of [integerType, doubleType]) expect(Object.is(decoderOf(type)(-0), 0)).toBe(true)
  })

  it('a codec that throws is a codec that refuses', () => {
    const throwing = jsonType(
      new t.Type<number>(
        'throwing',
        t.number.is,
        () => {
          throw new Error('mine')
        },
        t.identity,
      ),
    )
    expect(read(throwing, '1')).toBe('bad')
    expect(isRefused(throwing, 1)).toBe(true)
  })
})

describe('types', () => {
  it('two types have one that holds both, or none', () => {
    const id = (a: SqlType<unknown>, b: SqlType<unknown>) => [unified(a, b)?.id ?? null, unified(b, a)?.id ?? null]
    expect(id(integerType, integerType)).toEqual(['Integer', 'Integer'])
    expect(id(integerType, doubleType)).toEqual(['Double', 'Double'])
    expect(id(integerType, countType)).toEqual(['Count', 'Count'])
    expect(id(countType, doubleType)).toEqual(['Double', 'Double'])
    expect(id(varcharType(3), varcharType(5))).toEqual(['Varchar(5)', 'Varchar(5)'])
    expect(id(varcharType(3), textType)).toEqual(['Text', 'Text'])
    for (const [a, b] of [
      [integerType, bigintType],
      [bigintType, numericType],
      [textType, dateType],
      [dateType, timestamptzType],
      [textType, numericType],
      [booleanType, integerType],
      [any, sized],
      [any, textType],
    ] as const)
      expect(id(a, b), `${a.id} and ${b.id}`).toEqual([null, null])
    expect(unified(sized, sized)).toBe(sized)
  })

  it('a value beside an expression has its type, but for lengths and fractions', () => {
    expect(beside('x', varcharType(3))).toBe(textType)
    expect(beside(0.5, integerType)).toBe(doubleType)
    expect(beside(0.5, countType)).toBe(doubleType)
    expect(beside(5, integerType)).toBe(integerType)
    expect(beside(Number.NaN, integerType)).toBe(integerType)
    expect(beside('x', integerType)).toBe(integerType)
    expect(beside(0.5, bigintType)).toBe(bigintType)
  })
})
