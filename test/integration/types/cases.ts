// The types of columns with values at their edges, and what the database gives back of each.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

import {
  array,
  asDate,
  bigint,
  binary,
  boolean,
  char,
  type ColumnSpec,
  date,
  double,
  enumeration,
  integer,
  interval,
  json,
  nullable,
  numeric,
  real,
  refine,
  serialized,
  smallint,
  text,
  time,
  timestamp,
  timestamptz,
  unsigned,
  uuid,
  varbinary,
  varchar,
} from '../../../src/index.js'
import type { Engine } from '../../support/engines.js'

export type Place = Engine['name'] | 'memory'

export interface Case {
  readonly name: string
  /** The rows of the design that the case proves. */
  readonly ids: string
  readonly spec: ColumnSpec<unknown>
  /** What is written, and what comes back where that is another spelling. */
  readonly values: ReadonlyArray<readonly [written: unknown, read: unknown]>
  /** Values that are refused before anything is sent. */
  readonly refused: ReadonlyArray<unknown>
  /** Where the values have an equality and an order. */
  readonly compares: boolean
  /** The engines that have the type. */
  readonly on: ReadonlyArray<Place>
}

const everywhere: ReadonlyArray<Place> = ['postgres', 'mysql', 'mariadb', 'sqlite', 'memory']

const same = (...values: ReadonlyArray<unknown>): Case['values'] => values.map((value) => [value, value])

const of = (
  name: string,
  ids: string,
  spec: ColumnSpec<unknown>,
  values: Case['values'],
  refused: ReadonlyArray<unknown>,
  more: Partial<Case> = {},
): Case => ({ name, ids, spec, values, refused, compares: true, on: everywhere, ...more })

const bytes = (...all: ReadonlyArray<number>): Uint8Array => Uint8Array.from(all)
const allBytes = Uint8Array.from({ length: 256 }, (_, i) => i)

interface Even {
  readonly Even: unique symbol
}
const Even = t.brand(t.number, (n): n is t.Branded<number, Even> => n % 2 === 0, 'Even')

export class Money {
  constructor(readonly cents: number) {}
}
const moneyCodec = new t.Type<Money, number, unknown>(
  'Money',
  (u): u is Money => u instanceof Money,
  (u, context) => (typeof u === 'number' ? t.success(new Money(u)) : t.failure(u, context)),
  (money) => money.cents,
)

const noNumbers = [null, undefined, '1', true, Number.NaN, Number.POSITIVE_INFINITY, {}, [], [1]]
const noBigints = [...noNumbers, 1, 1.5]
const noText = [null, undefined, 1, 1n, true, {}, [], ['a'], 'a\0b', '\ud800', 'x\udc00']

const long = `Alors vous imaginez ma 🐍 surprise, au lever du jour, quand une drôle de petite 🐍 voix m’a réveillé. « S’il vous plaît… dessine-moi 🐍 un mouton! »`

export const cases: ReadonlyArray<Case> = [
  of('smallint', 'B38', smallint, same(0, 1, -1, 32767, -32768), [...noNumbers, 32768, -32769, 0.5, 1n]),
  of(
    'integer',
    'B35, NUM25',
    integer,
    [...same(0, 2147483647, -2147483648), [-0, 0]],
    [...noNumbers, 2147483648, -2147483649, 0.5, 1n, 2 ** 53],
  ),
  of(
    'bigint',
    'B37, NUM01, NUM02, dialect 31',
    bigint,
    same(
      0n,
      2147483646n,
      2147483647n,
      2147483648n,
      2147483649n,
      -2147483646n,
      -2147483647n,
      -2147483648n,
      -2147483649n,
      1376537018368127n,
      -1376537018368127n,
      9007199254740993n,
      9223372036854775807n,
      -9223372036854775808n,
    ),
    [...noBigints, 9223372036854775808n, -9223372036854775809n],
  ),
  of('unsigned smallint', 'B36', pipe(smallint, unsigned), same(0, 32768, 65535), [...noNumbers, -1, 65536, 0.5]),
  of('unsigned integer', 'B36', pipe(integer, unsigned), same(0, 2147483648, 4294967295), [
    ...noNumbers,
    -1,
    4294967296,
    0.5,
  ]),
  of(
    'unsigned bigint',
    'B36, NUM05',
    pipe(bigint, unsigned),
    same(0n, 1n, 9007199254740993n, 9223372036854775808n, 18446744073709551615n),
    [...noBigints, -1n, 18446744073709551616n],
    { on: ['postgres', 'mysql', 'mariadb', 'memory'] },
  ),
  of(
    'real',
    'B41',
    real,
    [...same(0, 1.5, -0.25, 2 ** 24, Math.fround(3.4e38), 2 ** -126), [0.1, Math.fround(0.1)], [-0, 0]],
    [...noNumbers, 1e39, 1n],
  ),
  of(
    'double',
    'B41, NUM22, NUM25',
    double,
    [...same(0, 0.1, 8.5514716, -1.5e-300, 1.7976931348623157e308, 5e-324, 0.1 + 0.2, 2 ** 53), [-0, 0]],
    [...noNumbers, Number.NEGATIVE_INFINITY, 1n],
  ),
  of(
    'numeric(5, 3)',
    'B42, NUM19, NUM25, dialect 30',
    numeric(5, 3),
    [...same('1.000', '-0.050', '99.999', '-99.999', '0.000'), ['1', '1.000'], ['-0', '0.000'], ['+1.50', '1.500']],
    [...noNumbers.filter((n) => n !== '1'), 'abc', '', ' 1', '1.0005', '100', '1,5', '0x10', 'NaN', 'Infinity', 1],
  ),
  of(
    'numeric(18, 14)',
    'B42, NUM16',
    numeric(18, 14),
    [
      ['1E-2', '0.01000000000000'],
      ['1E-8', '0.00000001000000'],
      ['0.00000005940696', '0.00000005940696'],
      ['0.00000000000696', '0.00000000000696'],
      ['696E-12', '0.00000000069600'],
      ['9999.99999999999999', '9999.99999999999999'],
    ],
    ['0.000000000000001', '10000', '1e400'],
  ),
  of(
    'numeric(25, 2)',
    'B42, NUM17, dialect 30',
    numeric(25, 2),
    [
      ['4E+8', '400000000.00'],
      ['5748E+15', '5748000000000000000.00'],
      ['1.521E+15', '1521000000000000.00'],
      ['-12345678901234567890123.45', '-12345678901234567890123.45'],
    ],
    ['123456789012345678901234', '0.001'],
    // SQLite keeps text, and refuses to compare it.
    { compares: false },
  ),
  of('boolean', 'B39, dialect 5', boolean, same(true, false), [null, undefined, 0, 1, 'true', 't', {}, []]),
  of(
    'char(5)',
    'B48',
    char(5),
    [...same('abcde', 'ab', '', ' a', '😀'), ['ab   ', 'ab'], ['  ', '']],
    [...noText, 'abcdef', 'ab   c'],
  ),
  of(
    'varchar(50)',
    'B48, STR03, STR12, dialect 35',
    varchar(50),
    same('', 'a', ' a ', 'a'.repeat(50), '😀'.repeat(50), '%', "it's", 'a\\b'),
    [...noText, 'a'.repeat(51), '😀'.repeat(51), 'a'.repeat(60)],
  ),
  of(
    'varchar(255)',
    'B50, STR01',
    varchar(255),
    same(long, 'e\u0301', '\u00e9', 'ﬁ', '\u200b', '\ufeff', '\uffff', '𝒳'),
    [],
  ),
  of(
    'text',
    'B49, B50, STR01, STR03, STR04, STR06, STR13',
    text,
    same(
      '',
      long,
      `some 'text' hey "hi there" that's text`,
      'percent % signs %% percent',
      '\\',
      "\\'",
      '$1 ? :name @v',
      'line\nline\r\n\ttab',
      '\u0001\u007f',
      'か',
      'が',
      'ａ😀',
    ),
    noText,
  ),
  of(
    'enumeration',
    'B40, STR15',
    enumeration(['small', 'Medium', "lar'ge", 'x\\l', '🐍']),
    same('small', 'Medium', "lar'ge", 'x\\l', '🐍'),
    [...noText, 'tiny', 'SMALL', 'medium', 'small ', '', 'toString', 'constructor', 0],
  ),
  of(
    'uuid',
    'UID02, UID03',
    uuid,
    [
      ...same(
        'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
        '00000000-0000-0000-0000-000000000000',
        'ffffffff-ffff-ffff-ffff-ffffffffffff',
        '0190c2a4-1c2b-7d3e-8f4a-5b6c7d8e9f00',
      ),
      ['A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12'],
      ['a0eebc999c0b4ef8bb6d6bb9bd380a13', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a13'],
    ],
    [...noText, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1', 'g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', ''],
  ),
  of(
    'binary',
    'B45, BIN02',
    binary,
    same(bytes(), bytes(0), bytes(0, 255, 128), bytes(92, 120, 48, 48), bytes(39, 34, 59), allBytes),
    [null, undefined, 'a', 1, [1, 2], {}, new ArrayBuffer(2), new Uint16Array(2)],
  ),
  of('varbinary(4)', 'B45', varbinary(4), same(bytes(), bytes(0), bytes(0, 0, 0, 0), bytes(255, 1, 2, 3)), [
    bytes(1, 2, 3, 4, 5),
  ]),
  of(
    'date',
    'B51, DTM01, DTM11, DTM13, dialect 74',
    date,
    same('2012-10-15', '0001-01-01', '9999-12-31', '2024-02-29', '1969-12-31', '1582-10-10'),
    [
      null,
      undefined,
      '2012-10-15T00:00:00',
      '2012-02-30',
      '2023-02-29',
      '0000-01-01',
      '2012-1-1',
      '10000-01-01',
      'today',
      0,
      new Date(0),
      {},
    ],
  ),
  of(
    'time',
    'B53, DTM04, DTM05, DTM13',
    time,
    [
      ...same('00:00:00.000000', '12:57:18.000396', '23:59:59.999999', '12:57:18.039642'),
      ['12:57', '12:57:00.000000'],
      ['12:57:18.5', '12:57:18.500000'],
    ],
    [null, undefined, '24:00:00', '12:60', '12:00:61', '12:57:18.0000001', '12:57:18Z', '-01:00:00', 0, new Date(0)],
  ),
  of(
    'timestamp',
    'B52, DTM04, DTM05, DTM13, DTM20',
    timestamp,
    [
      ...same(
        '2012-10-15T12:57:18.000396',
        '2012-10-15T12:57:18.039642',
        '0001-01-01T00:00:00.000000',
        '9999-12-31T23:59:59.999999',
        // In New York these do not exist, or exist twice.
        '2021-03-14T02:30:00.000000',
        '2021-11-07T01:30:00.000000',
      ),
      ['2012-10-15 12:57', '2012-10-15T12:57:00.000000'],
    ],
    [
      null,
      undefined,
      '2012-10-15',
      '2012-10-15T12:57:18Z',
      '2012-02-30T00:00:00',
      '2012-10-15T24:00:00',
      0,
      new Date(0),
    ],
  ),
  of(
    'timestamptz',
    'B54, DTM04, DTM05, DTM07, DTM13, dialect 73',
    timestamptz,
    [
      ...same(
        '2012-10-15T12:57:18.000396Z',
        '2012-10-15T12:57:18.039642Z',
        '0001-01-01T00:00:00.000000Z',
        '9999-12-31T23:59:59.999999Z',
      ),
      ['2012-10-15T14:57:18.5+02:00', '2012-10-15T12:57:18.500000Z'],
      ['2038-01-20T00:00:00-05:00', '2038-01-20T05:00:00.000000Z'],
    ],
    [
      null,
      undefined,
      '2012-10-15T12:57:18',
      '2012-10-15',
      '2012-02-30T00:00:00Z',
      '0001-01-01T00:00:00+01:00',
      '2012-10-15T12:57:18.0000001Z',
      0,
      new Date(0),
    ],
  ),
  of(
    'asDate',
    'B52, DTM08, B54',
    pipe(timestamptz, asDate),
    same(new Date('2012-10-15T12:57:18.396Z'), new Date(0), new Date('2021-03-14T07:30:00Z')),
    [null, undefined, '2012-10-15T12:57:18Z', new Date(Number.NaN), new Date(8.64e15), 0],
  ),
  of(
    'interval',
    'B43',
    interval,
    [
      ...same('PT0S', 'P1Y2M3DT4H5M6.5S', 'P-1M', 'P1M-3D', 'PT-0.5S', 'PT25H', 'P400D', 'PT0.000001S'),
      ['P14M', 'P1Y2M'],
      ['P2W', 'P14D'],
      ['PT90M', 'PT1H30M'],
      ['-P1Y', 'P-1Y'],
    ],
    [null, undefined, '', 'P', 'PT', '1 day', 'P1.5D', 'PT1.0000001S', 'P999999999999Y', 3, {}],
    { compares: false },
  ),
  of(
    'json',
    'B44, JSN02, JSN14, JSN15',
    json(t.unknown),
    [
      ...same(
        true,
        false,
        15,
        0,
        -1,
        15.052,
        'a string',
        'réve🐍 illé',
        '',
        'null',
        [1, 2, [3, null]],
        [],
        {},
        { a: { b: [1, 'x', { c: null }] } },
        { 'k\'ey"': 'v\\al' },
        { constructor: 1, toString: 2 },
        99998969694839.98,
      ),
      [-1.0, -1],
      [-0, 0],
    ],
    [undefined, Number.NaN, { a: Number.POSITIVE_INFINITY }, { a: 1n }, 'a\0', { a: '\ud800' }, () => 1, Symbol('x')],
    { compares: false },
  ),
  of(
    'serialized',
    'B46, BIN03',
    serialized(t.type({ title: t.string, tags: t.array(t.union([t.string, t.null])) })),
    same({ title: "it's \0 and \ud800", tags: ['a', null] }, { title: '', tags: [] }),
    [null, undefined, {}, { title: 1, tags: [] }, 'text', 3],
    { compares: false },
  ),
  of('refined integer', 'B35', pipe(integer, refine(Even)), same(0, 2, -4), [1, null, 2 ** 31, '2', undefined]),
  of('refined class', 'B37', pipe(integer, refine(moneyCodec)), same(new Money(5), new Money(-100)), [
    5,
    null,
    { cents: 5 },
    new Money(2 ** 31),
    new Money(0.5),
  ]),
  of(
    'array of integers',
    'ARR01, ARR02',
    array(integer),
    same([1, 2, 3], [], [-2147483648]),
    [null, undefined, 1, '{1}', [1, null], ['1'], [1.5], [[1]], {}],
    { on: ['postgres', 'memory'] },
  ),
  of(
    'array of nullable texts',
    'ARR01, ARR02',
    array(pipe(text, nullable)),
    same(['a', null, ''], [null], ['NULL', 'null'], ['{}', '"', '\\', ',', ' '], ['🐍', "'"]),
    [['a\0'], [1], ['\ud800']],
    { on: ['postgres', 'memory'] },
  ),
  of(
    'array of arrays of texts',
    'ARR01, ARR02',
    array(array(text)),
    same(
      [
        ['a"b', '🐍'],
        ['c', 'd,}'],
      ],
      [],
    ),
    [[['a'], ['b', 'c']], [[]], ['a'], [['a'], null]],
    { on: ['postgres', 'memory'] },
  ),
  of(
    'array of others',
    'ARR01',
    array(pipe(timestamptz, asDate)),
    same([new Date('2012-10-15T12:57:18.396Z')], []),
    [['2012-10-15T12:57:18Z']],
    { on: ['postgres', 'memory'] },
  ),
]
