// Random tables: columns of any type, keys of one or two columns, unique columns, defaults, checks, references.
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

import {
  type AnySchema,
  type AnyTable,
  bigint,
  boolean,
  char,
  checkConstraint,
  type ColumnSpec,
  date,
  double,
  enumeration,
  foreignKey,
  type ForeignKeyOptions,
  generated,
  generatedAs,
  gte,
  integer,
  interval,
  json,
  mul,
  named,
  nullable,
  numeric,
  primaryKey,
  real,
  schema,
  serverDefault,
  smallint,
  table,
  type TableItem,
  text,
  time,
  timestamp,
  timestamptz,
  unique,
  uniqueConstraint,
  unsigned,
  uuid,
  varbinary,
  varchar,
} from '../../src/index.js'
import type { Expr } from '../../src/index.js'

// -- model ------------------------------------------------------------------------------------------------------------

type Spec = ColumnSpec<unknown, boolean, boolean, string>

/** What can be part of a key on every engine. */
const keyTypes: ReadonlyArray<Spec> = [integer, integer, integer, smallint, bigint, varchar(5), date, uuid]

const types: ReadonlyArray<Spec> = [
  integer,
  varchar(8),
  boolean,
  double,
  text,
  bigint,
  date,
  timestamptz,
  numeric(7, 2),
  numeric(4, 0),
  smallint,
  pipe(integer, unsigned),
  real,
  char(3),
  enumeration(['a', 'b', 'B']),
  uuid,
  varbinary(4),
  time,
  timestamp,
  interval,
  json(t.record(t.string, t.unknown)),
]

/** What can be unique, and no part of a key of the table. */
const uniqueTypes: ReadonlyArray<Spec> = [integer, varchar(5), date, bigint, numeric(5, 1), uuid, boolean]

/** Names of the database that need their quotes. */
const odd = ['select', 'a b', 'a"b', 'a`b', 'Ab', 'é', "a'b", 'a\\b', 'x.y', '$1', '?', ':a', '--', 'a%b']

/** A reference to the key of an earlier table. */
interface Reference {
  readonly to: number
  readonly onDelete: 'cascade' | 'setNull' | 'noAction' | 'restrict'
  readonly onUpdate: 'cascade' | 'noAction'
  readonly nullable: boolean
}

interface DrawnColumn {
  readonly spec: Spec
  readonly nullable: boolean
  readonly name: string | null
}

interface DrawnTable {
  readonly name: string | null
  readonly key: ReadonlyArray<Spec>
  readonly columns: ReadonlyArray<DrawnColumn>
  readonly unique: { readonly spec: Spec; readonly nullable: boolean; readonly paired: boolean } | null
  readonly counted: { readonly default: number; readonly checked: boolean; readonly computed: boolean } | null
  readonly reference: Reference | null
}

// -- what is drawn ------------------------------------------------------------------------------------------------------

const rarely = <A>(of: fc.Arbitrary<A>, freq: number): fc.Arbitrary<A | null> =>
  fc.oneof({ weight: freq, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: of })

const drawnTable = (place: number): fc.Arbitrary<DrawnTable> =>
  fc.record({
    name: rarely(fc.constantFrom(...odd), 4),
    key: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...keyTypes)) },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...keyTypes), fc.constantFrom(...keyTypes)) },
    ),
    columns: fc.array(
      fc.record({
        spec: fc.constantFrom(...types),
        nullable: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
        name: rarely(fc.constantFrom(...odd), 6),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    unique: rarely(
      fc.record({ spec: fc.constantFrom(...uniqueTypes), nullable: fc.boolean(), paired: fc.boolean() }),
      1,
    ),
    counted: rarely(
      fc.record({ default: fc.integer({ min: 0, max: 3 }), checked: fc.boolean(), computed: fc.boolean() }),
      1,
    ),
    reference:
      place === 0
        ? fc.constant(null)
        : rarely(
            fc.record({
              to: fc.nat(place - 1),
              onDelete: fc.constantFrom(
                'cascade' as const,
                'setNull' as const,
                'noAction' as const,
                'restrict' as const,
              ),
              onUpdate: fc.constantFrom('cascade' as const, 'noAction' as const),
              nullable: fc.boolean(),
            }),
            1,
          ),
  })

// -- tables -----------------------------------------------------------------------------------------------------------

const called =
  (name: string | null, taken: ReadonlySet<string>) =>
  (spec: Spec): Spec =>
    name === null || taken.has(name.toLowerCase()) ? spec : named(name)(spec)

/** Types that nothing is known of may be nullable; those of keys are not. */
const keyed = primaryKey as (spec: Spec) => Spec

const orNull = (holds: boolean, spec: Spec): Spec => (holds ? nullable(spec) : spec)

/** The columns that refer to the key of another table, of the same types. */
const referring = (drawn: DrawnTable, before: ReadonlyArray<DrawnTable>): Readonly<Record<string, Spec>> => {
  const { reference } = drawn
  if (reference === null) return {}
  const isEmptied = reference.nullable || reference.onDelete === 'setNull'
  const key = before[reference.to]?.key ?? []
  return Object.fromEntries(key.map((spec, i) => [`r${i}`, orNull(isEmptied, spec)]))
}

const columnsOf = (drawn: DrawnTable, before: ReadonlyArray<DrawnTable>): Readonly<Record<string, Spec>> => {
  const taken = new Set<string>()
  const own = drawn.columns.map(({ spec, nullable: isNullable, name }, i) => {
    const column = called(name, taken)(orNull(isNullable, spec))
    if (name !== null) taken.add(name.toLowerCase())
    return [`c${i}`, column] as const
  })
  const { counted, unique: single } = drawn
  return {
    ...Object.fromEntries(drawn.key.map((spec, i) => [`k${i}`, keyed(spec)])),
    ...referring(drawn, before),
    ...Object.fromEntries(own),
    ...(single === null ? {} : { u: orNull(single.nullable, single.paired ? single.spec : unique(single.spec)) }),
    ...(counted === null ? {} : { n: pipe(integer, serverDefault(counted.default)) }),
    ...(counted?.computed === true ? { g: pipe(integer, nullable, generated) } : {}),
  }
}

/** The columns of a table as expressions of which no more is known than that they are columns. */
type Columns = Readonly<Record<string, Expr<never, string, string>>>

const column = <A>(columns: Columns, key: string): Expr<A, string, string> =>
  // The table has this column, of this type: `columnsOf` has made it.
  columns[key] as unknown as Expr<A, string, string>

const itemsOf = (drawn: DrawnTable, earlier: ReadonlyArray<AnyTable>, own: Columns): ReadonlyArray<TableItem> => {
  const { counted, reference, unique: single } = drawn
  const target = reference === null ? undefined : earlier[reference.to]
  const keys = Object.keys(own).filter((key) => /^r\d$/.test(key))
  const options: ForeignKeyOptions =
    reference === null ? {} : { onDelete: reference.onDelete, onUpdate: reference.onUpdate }
  const [first, second] = keys.map((key, i) => ({
    from: column<number>(own, key),
    // Tables are records of their columns.
    to: column<number>(target as unknown as Columns, `k${i}`),
  }))
  return [
    ...(first === undefined
      ? []
      : second === undefined
        ? [foreignKey(first.from, first.to, options)]
        : [foreignKey([first.from, second.from], [first.to, second.to], options)]),
    ...(single?.paired === true && counted !== null
      ? [uniqueConstraint([column<number>(own, 'u'), column<number>(own, 'n')])]
      : []),
    ...(counted?.checked === true ? [checkConstraint(gte(column<number>(own, 'n'), 0))] : []),
    ...(counted?.computed === true
      ? [generatedAs(column<number | null>(own, 'g'), mul(column<number>(own, 'n'), 2))]
      : []),
  ]
}

/** Tables, each after those that it refers to, and the schema of them. */
export interface RandomSchema {
  readonly tables: ReadonlyArray<AnyTable>
  readonly schema: AnySchema
}

const schemaOf = (drawn: ReadonlyArray<DrawnTable>): RandomSchema => {
  const tables = drawn.reduce<ReadonlyArray<AnyTable>>((earlier, one, i) => {
    const name = one.name === null || drawn.some((d, at) => at < i && d.name === one.name) ? `t${i}` : one.name
    const made = table(name, columnsOf(one, drawn), (own) => itemsOf(one, earlier, own as unknown as Columns))
    return [...earlier, made as unknown as AnyTable]
  }, [])
  return { tables, schema: schema(Object.fromEntries(tables.map((one, i) => [`t${i}`, one]))) }
}

/** Random schemas of two to four tables. */
export const schemas: fc.Arbitrary<RandomSchema> = fc
  .integer({ min: 2, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, place) => drawnTable(place))))
  .map(schemaOf)
