// Ways into the functions of text, numbers, time, JSON, arrays and windows.
import { all, lists } from '../tables.js'
import { R, ways, type Way } from './way.js'

const t = all
const inOrder = { orderBy: [t.id] }
const others = R.select({ id: t.id })(R.from(t))

const doubled = R.customFunction({
  name: 'doubled',
  takes: [R.integer],
  gives: R.integer,
  render: { others: (render: Rendering) => render.sql`2 * ${render.operand(0)}` },
  evaluate: ([n]: ReadonlyArray<number>) => 2 * (n ?? 0),
})
/** Both are methods of no state. */
interface Rendering {
  readonly sql: (texts: TemplateStringsArray, ...parts: ReadonlyArray<unknown>) => unknown
  readonly operand: (at: number) => unknown
}

const texts = ways(
  'expr',
  false,
)({
  concat: ['a', (x) => R.concat(t.text, x)],
  concatWs: ['a', (x) => R.concatWs(x, t.text, 'b'), (x) => R.concatWs('-', t.text, x)],
  like: ['e%', (x) => R.like(x)(t.text)],
  ilike: ['e%', (x) => R.ilike(x)(t.text)],
  startsWith: ['e', (x) => R.startsWith(x)(t.text)],
  endsWith: ['e', (x) => R.endsWith(x)(t.text)],
  containsText: ['e', (x) => R.containsText(x)(t.text)],
  regexMatches: ['^e', (x) => R.regexMatches(x)(t.text)],
  matches: ['ed', (x) => R.matches([t.text], x)],
  indexOf: ['e', (x) => R.indexOf(x)(t.text)],
  replace: ['e', (x) => R.replace(x, 'b')(t.text), (x) => R.replace('e', x)(t.text)],
  lpad: ['-', (x) => R.lpad(4, x)(t.text)],
  rpad: ['-', (x) => R.rpad(4, x)(t.text)],
  stringAgg: ['-', (x) => R.stringAgg(x, [t.id])(t.text)],
  trim: [t.text, (x) => R.trim(x)],
  ltrim: [t.text, (x) => R.ltrim(x)],
  rtrim: [t.text, (x) => R.rtrim(x)],
  upper: [t.text, (x) => R.upper(x)],
  lower: [t.text, (x) => R.lower(x)],
  reverse: [t.text, (x) => R.reverse(x)],
  charLength: [t.text, (x) => R.charLength(x)],
  byteLength: [t.text, (x) => R.byteLength(x)],
})

const numbers = ways(
  'expr',
  false,
)({
  substring: [1, (x) => R.substring(x)(t.text), (x) => R.substring(0, x)(t.text)],
  takeLeft: [1, (x) => R.takeLeft(x)(t.text)],
  takeRight: [1, (x) => R.takeRight(x)(t.text)],
  repeat: [2, (x) => R.repeat(x)(t.text)],
  lpad: [3, (x) => R.lpad(x, ' ')(t.text)],
  rpad: [3, (x) => R.rpad(x, ' ')(t.text)],
  add: [1, (x) => R.add(t.integer, x)],
  sub: [1, (x) => R.sub(t.integer, x)],
  mul: [2, (x) => R.mul(t.integer, x)],
  div: [2, (x) => R.div(t.integer, x)],
  intDiv: [2, (x) => R.intDiv(t.integer, x)],
  mod: [2, (x) => R.mod(t.integer, x)],
  power: [2, (x) => R.power(t.double, x)],
  roundTo: [1, (x) => R.roundTo(x)(t.numeric)],
  truncateDigits: [1, (x) => R.truncateDigits(x)(t.numeric)],
  bitAnd: [1, (x) => R.bitAnd(t.integer, x)],
  bitOr: [1, (x) => R.bitOr(t.integer, x)],
  bitXor: [1, (x) => R.bitXor(t.integer, x)],
  shiftLeft: [1, (x) => R.shiftLeft(t.integer, x)],
  shiftRight: [1, (x) => R.shiftRight(t.integer, x)],
  lag: [1, (x) => R.over(inOrder)(R.lag(t.integer, x))],
  lead: [1, (x) => R.over(inOrder)(R.lead(t.integer, x))],
  nthValue: [1, (x) => R.over(inOrder)(R.nthValue(t.integer, x))],
  ntile: [2, (x) => R.over(inOrder)(R.ntile(x))],
  preceding: [1, (x) => R.over({ ...inOrder, frame: R.rowsBetween(R.preceding(x), R.currentRow) })(R.sum(t.integer))],
  following: [1, (x) => R.over({ ...inOrder, frame: R.rowsBetween(R.currentRow, R.following(x)) })(R.sum(t.integer))],
  rangeBetween: [
    1,
    (x) => R.over({ ...inOrder, frame: R.rangeBetween(R.preceding(x), R.currentRow) })(R.sum(t.integer)),
  ],
  groupsBetween: [
    1,
    (x) => R.over({ ...inOrder, frame: R.groupsBetween(R.preceding(x), R.currentRow) })(R.sum(t.integer)),
  ],
})

const operands = ways(
  'expr',
  false,
)(
  Object.fromEntries([
    ...(['abs', 'negate', 'sign', 'bitNot', 'sum', 'avg', 'min', 'max', 'count', 'countDistinct'] as const).map(
      (name) => [name, [t.integer, (x: unknown) => R[name](x)]] as const,
    ),
    ...(['stddevPop', 'stddevSamp', 'varPop', 'varSamp', 'arrayAgg', 'firstValue', 'lastValue'] as const).map(
      (name) =>
        [
          name,
          [
            t.integer,
            (x: unknown) =>
              /Value/.test(name)
                ? R.over(inOrder)(R[name](x))
                : name === 'arrayAgg'
                  ? R.arrayAgg(x, [t.id])
                  : R[name](x),
          ],
        ] as const,
    ),
    ...(['ceil', 'floor', 'sqrt', 'exp', 'ln', 'round', 'truncate'] as const).map(
      (name) => [name, [t.double, (x: unknown) => R[name](x)]] as const,
    ),
    ...(
      [
        'isNull',
        'isNotNull',
        'isTrue',
        'isFalse',
        'isNotTrue',
        'isNotFalse',
        'boolAnd',
        'boolOr',
        'not',
        'and',
        'or',
      ] as const
    ).map((name) => [name, [t.flag, (x: unknown) => R[name](x)]] as const),
    ...(['dateOf', 'timeOf'] as const).map((name) => [name, [t.timestamp, (x: unknown) => R[name](x)]] as const),
    ...(['toTimestamp', 'toTimestamptz'] as const).map((name) => [name, [t.date, (x: unknown) => R[name](x)]] as const),
  ]),
)

const various = ways(
  'expr',
  false,
)({
  addInterval: [
    { days: 1 },
    (x) => R.addInterval(t.timestamptz, x),
    (x) => R.addInterval(t.timestamptz, typeof x === 'object' ? x : { days: x }),
  ],
  daysBetween: ['2020-02-29', (x) => R.daysBetween(t.date, x)],
  secondsBetween: ['2012-10-15T12:57:18.000000Z', (x) => R.secondsBetween(t.timestamptz, x)],
  microsecondsBetween: ['2012-10-15T12:57:18.000000Z', (x) => R.microsecondsBetween(t.timestamptz, x)],
  jsonPath: [['a', 'b'], (x) => R.jsonPath(t.json, x, R.integer), (x) => R.jsonPath(t.json, [x].flat(), R.text)],
  jsonExists: [['a'], (x) => R.jsonExists(t.json, x), (x) => R.jsonExists(t.json, [x].flat())],
  jsonContains: [{ a: { b: 1 } }, (x) => R.jsonContains(t.json, x)],
  jsonLength: [t.json, (x) => R.jsonLength(x)],
  jsonTypeOf: [t.json, (x) => R.jsonTypeOf(x)],
  jsonArray: ['a', (x) => R.jsonArray(t.id, x)],
  jsonObject: ['a', (x) => R.jsonObject({ a: x }), (x) => R.jsonObject({ [typeof x === 'string' ? x : 'a']: t.id })],
  jsonAgg: [t.id, (x) => R.jsonAgg([t.id])(x)],
  filter: [t.flag, (x) => R.filter(x)(R.count())],
  over: [
    t.id,
    (x) => R.over({ ...inOrder, partitionBy: [x] })(R.rowNumber()),
    (x) => R.over({ orderBy: [x] })(R.rowNumber()),
  ],
  inQuery: [t.id, (x) => R.inQuery(others)(x)],
  anyOf: [t.id, (x) => R.anyOf('eq', others)(x)],
  allOf: [t.id, (x) => R.allOf('eq', others)(x)],
  inQueryRows: [t.id, (x) => R.inQueryRows([x], others)],
  cast: [t.text, (x) => R.cast(x, R.text)],
  distinctValues: [t.id, (x) => R.sum(x)],
  sql: ['a', (x) => R.sql(R.text)(Object.assign(['upper(', ')'], { raw: ['upper(', ')'] }), x)],
  fn: ['a', (x) => R.fn('upper', R.text)(x)],
  customFunction: [1, (x) => doubled(x)],
})

const listed = (e: unknown): unknown => R.select({ v: e })(R.from(lists))

const arrays = ways(
  'query',
  false,
)({
  arrayAppend: ['a', (x) => listed(R.arrayAppend(lists.tags, x))],
  arrayConcat: [['a'], (x) => listed(R.arrayConcat(lists.tags, x))],
  arrayContains: [['a'], (x) => listed(R.arrayContains(lists.tags, x))],
  arrayContainedBy: [['a'], (x) => listed(R.arrayContainedBy(lists.tags, x))],
  arrayOverlaps: [['a'], (x) => listed(R.arrayOverlaps(lists.tags, x))],
  arrayPosition: ['a', (x) => listed(R.arrayPosition(lists.tags, x))],
  arrayLength: [lists.tags, (x) => listed(R.arrayLength(x))],
  eqAnyElement: [R.literal('a', R.text), (x) => listed(R.eqAnyElement(x, lists.tags))],
  elementAt: [0, (x) => listed(R.elementAt(lists.tags, x))],
})

/** Ways of any value into functions. */
export const functionWays: ReadonlyArray<Way> = [...texts, ...numbers, ...operands, ...various, ...arrays]
