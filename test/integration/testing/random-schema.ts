// Random schemas: tables of all types, with keys, references, checks, codecs and what is computed.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  type AnySchema,
  type AnyTable,
  add,
  array,
  asDate,
  autoIncrement,
  bigint,
  boolean,
  char,
  checkConstraint,
  date,
  defaultTo,
  double,
  enumeration,
  foreignKey,
  generated,
  generatedAs,
  gt,
  gte,
  identity,
  indexOn,
  integer,
  interval,
  isNotNull,
  json,
  lower,
  lt,
  nullable,
  numeric,
  or,
  primaryKey,
  real,
  refine,
  schema,
  serverDefault,
  smallint,
  table,
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
} from 'relvar'
import type { ColumnSpec } from '../../../src/expr/column.js'
import type { ForeignKey } from '../../../src/expr/constraint.js'
import { showing } from '../../../src/testing/show.js'

interface EvenBrand {
  readonly Even: unique symbol
}
const Even = t.brand(t.number, (n): n is t.Branded<number, EvenBrand> => n % 2 === 0, 'Even')
interface MailBrand {
  readonly Mail: unique symbol
}
const Mail = t.brand(t.string, (s): s is t.Branded<string, MailBrand> => s.includes('@'), 'Mail')
const Shape = t.union([
  t.type({ kind: t.literal('circle'), radius: t.number }),
  t.intersection([t.type({ kind: t.literal('path') }), t.partial({ points: t.array(t.tuple([t.number, t.number])) })]),
])

type Spec = ColumnSpec<unknown>

// Any column is one of these; the types are many, and what is looked at are values.
const kinds: ReadonlyArray<Spec> = [
  smallint,
  integer,
  pipe(integer, unsigned),
  bigint,
  real,
  double,
  numeric(8, 2),
  boolean,
  char(4),
  varchar(10),
  text,
  enumeration(['low', 'mid', 'high']),
  uuid,
  varbinary(6),
  date,
  time,
  timestamp,
  timestamptz,
  interval,
  json(t.unknown),
  json(Shape),
  pipe(integer, refine(Even)),
  pipe(varchar(40), refine(Mail)),
  pipe(timestamptz, asDate),
  pipe(integer, defaultTo(7)),
  pipe(integer, serverDefault(8)),
] as unknown as ReadonlyArray<Spec>

const onPostgres: ReadonlyArray<Spec> = [array(integer), array(pipe(text, nullable))] as unknown as ReadonlyArray<Spec>

interface Drawn {
  readonly key: 'auto' | 'identity' | 'own' | 'two' | 'text'
  readonly columns: ReadonlyArray<{ readonly kind: number; readonly empty: boolean }>
  readonly code: boolean
  readonly checks: boolean
  readonly computed: boolean
  readonly tree: 'none' | 'open' | 'rooted'
  readonly indexes: boolean
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  key: fc.constantFrom('auto', 'own', 'identity', 'two', 'text'),
  columns: fc.array(fc.record({ kind: fc.nat(50), empty: fc.boolean() }), { maxLength: 5 }),
  code: fc.boolean(),
  checks: fc.boolean(),
  computed: fc.boolean(),
  tree: fc.constantFrom('none', 'open', 'rooted'),
  indexes: fc.boolean(),
})

const keyOf = (key: Drawn['key']): Readonly<Record<string, Spec>> => {
  const keys: Readonly<Record<Drawn['key'], object>> = {
    auto: { id: pipe(integer, primaryKey, autoIncrement) },
    identity: { id: pipe(bigint, primaryKey, identity({ start: 1n })) },
    own: { id: pipe(integer, primaryKey) },
    two: { id: pipe(integer, primaryKey), place: pipe(varchar(10), primaryKey) },
    text: { id: pipe(varchar(10), primaryKey) },
  }
  return keys[key] as Readonly<Record<string, Spec>>
}

// What is made at random is typed by nobody.
type Loose = Readonly<Record<string, never>>
const loose = (u: unknown): Loose => u as Loose

/** The place of a table's own type of key, to refer to it with. */
const referring = (key: Drawn['key']): Spec =>
  (key === 'identity' ? bigint : key === 'text' ? varchar(10) : integer) as unknown as Spec

const tableOf = (
  name: string,
  d: Drawn,
  rich: boolean,
  arrays: boolean,
  parent: readonly [AnyTable, Drawn] | null,
): AnyTable => {
  const all = arrays ? [...kinds, ...onPostgres] : kinds
  const columns = d.columns.map(({ kind, empty }, i) => {
    const spec = all[kind % all.length] ?? kinds[0]
    return [`c${i}`, empty ? nullable(loose(spec) as never) : spec] as const
  })
  const more: Record<string, unknown> = {}
  if (d.code) more['code'] = pipe(varchar(12), nullable, unique)
  if (d.checks) Object.assign(more, { least: pipe(integer, nullable), most: integer, price: numeric(6, 2) })
  if (d.computed) Object.assign(more, { base: integer, next: pipe(integer, nullable, generated) })
  if (d.tree !== 'none' && d.key !== 'two')
    more['upId'] = d.tree === 'open' ? nullable(loose(referring(d.key)) as never) : referring(d.key)
  if (d.indexes) more['mail'] = varchar(20)
  if (parent !== null) {
    more['parentId'] = nullable(loose(referring(parent[1].key)) as never)
    if (parent[1].key === 'two') more['parentPlace'] = varchar(10)
  }
  return table(name, { ...keyOf(d.key), ...Object.fromEntries(columns), ...more } as never, (own) => {
    const c = loose(own)
    return [
      ...(d.checks
        ? [
            checkConstraint(or(lt(c['least'] as never, c['most'] as never), gt(c['most'] as never, 100 as never))),
            checkConstraint(gte(c['price'] as never, '50.00' as never)),
            uniqueConstraint([c['least'], c['most']] as never),
          ]
        : []),
      ...(d.computed ? [generatedAs(c['next'] as never, add(c['base'] as never, 1 as never) as never)] : []),
      ...(d.tree !== 'none' && d.key !== 'two' ? [foreignKey(c['upId'] as never, c['id'] as never)] : []),
      ...(d.indexes && rich
        ? [
            indexOn([lower(c['mail'] as never)], {
              name: `${name}_mail`,
              unique: true,
              where: isNotNull(c['mail'] as never),
            }),
          ]
        : []),
      ...(parent === null
        ? []
        : parent[1].key === 'two'
          ? [
              foreignKey(
                [c['parentId'], c['parentPlace']] as never,
                [loose(parent[0])['id'], loose(parent[0])['place']] as never,
              ),
            ]
          : [foreignKey(c['parentId'] as never, loose(parent[0])['id'] as never)]),
    ] as never
  })
}

/** `rich`: with unique indexes of expressions and of some rows; `arrays`: with arrays. */
export const randomSchema = (rich: boolean, arrays: boolean): fc.Arbitrary<AnySchema> =>
  fc.tuple(drawn, drawn, drawn, fc.boolean()).map(([a, b, c, circle]): AnySchema => {
    const roots = tableOf('roots', { ...a, code: a.code || circle }, rich, arrays, null)
    const middles = tableOf('middles', b, rich, arrays, [roots, a])
    const leaves = tableOf('leaves', c, rich, arrays, [middles, b])
    const closed = table('closed', {
      id: pipe(integer, primaryKey),
      openId: pipe(integer, nullable),
    })
    const open = table('open', { id: pipe(integer, primaryKey), closedId: integer }, (own) => [
      foreignKey(own.closedId, closed.id),
    ])
    const made = circle
      ? schema(
          { leaves, open, middles, closed, roots },
          (): ReadonlyArray<ForeignKey> => [foreignKey(closed.openId, open.id)],
        )
      : schema({ leaves, middles, roots })
    return showing(made, () => JSON.stringify({ a, b, c, circle }))
  })
