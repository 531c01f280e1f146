// Which changes of a table cannot be right, and which of the same changes can once others went before them.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  add,
  addColumn,
  addConstraint,
  alterColumn,
  alterTable,
  autoIncrement,
  bigint,
  boolean,
  char,
  checkConstraint,
  type ColumnSpec,
  compileDdl,
  date,
  type Ddl,
  double,
  dropColumn,
  dropConstraint,
  enumeration,
  foreignKey,
  generated,
  generatedAs,
  gt,
  index,
  indexOn,
  integer,
  mariadbDialect,
  mysqlDialect,
  named,
  nullable,
  numeric,
  postgresDialect,
  primaryKey,
  primaryKeyConstraint,
  real,
  references,
  renameColumn,
  serverDefault,
  smallint,
  sqliteDialect,
  table,
  text,
  timestamp,
  unique,
  uniqueConstraint,
  unsigned,
  varchar,
} from '../../../src/index.js'

const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

/** What each dialect says of a change; null where it takes it. */
const saidOf = (ddl: Ddl): ReadonlyArray<string | null> =>
  dialects.map((dialect) =>
    pipe(
      compileDdl(dialect)(ddl),
      E.match(
        ({ _tag, message }) => `${_tag}: ${message.replace(`${dialect.name} `, '')}`,
        () => null,
      ),
    ),
  )

/** What all dialects say alike. */
const said = (ddl: Ddl): string | null => {
  const [first = null, ...others] = saidOf(ddl)
  expect(others).toEqual(others.map(() => first))
  return first
}

const number = pipe(integer, nullable)
const parents = table('parents', { id: pipe(integer, primaryKey), a: integer, b: integer }, (p) => [
  uniqueConstraint([p.a, p.b]),
])
const whole = table(
  't',
  {
    id: pipe(integer, primaryKey),
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
    f: pipe(number, named('the f')),
    sum: pipe(number, generated),
    alone: pipe(number, unique),
    found: pipe(number, index),
    refers: pipe(number, references(parents.id)),
    k: number,
  },
  (t) => [
    uniqueConstraint([t.a, t.b]),
    foreignKey([t.c, t.d], [parents.a, parents.b]),
    checkConstraint(gt(t.e, t.a)),
    checkConstraint(gt(t.alone, 0)),
    indexOn([t.f, t.b]),
    generatedAs(t.sum, add(t.k, 1)),
  ],
)
const change = alterTable(whole)

describe('a column goes', () => {
  it.each([
    ['id', 'the primary key'],
    ['a', 'a unique constraint of several columns'],
    ['b', 'a unique constraint of several columns'],
    ['c', 'a foreign key of several columns'],
    ['d', 'a foreign key of several columns'],
    ['e', 'a check'],
    ['the f', 'an index of several columns'],
    ['k', 'a computed column'],
  ])('not before what it shares with others: %s', (name, shared) => {
    expect(said(change(dropColumn(name)))).toBe(
      `IllFormed: "t"."${name}" stands in ${shared}: drop that before the column`,
    )
  })

  it.each(['sum', 'alone', 'found', 'refers', 'unknown'])('with what stands on it alone: %s', (name) => {
    expect(said(change(dropColumn(name)))).toBeNull()
  })

  it('after what it was in', () => {
    expect(said(change(dropConstraint('primaryKey', 'pk_t'), dropColumn('id')))).toBeNull()
    // A computed column is no part of a key of MySQL: after the key is gone there is none that it could be a part of.
    expect(said(change(dropConstraint('primaryKey', 'pk_t'), renameColumn('a', 'z')))).toBeNull()
    expect(said(change(dropColumn('sum'), dropColumn('k')))).toBeNull()
    expect(said(change(dropColumn('k'), dropColumn('sum')))).toContain('a computed column')
    expect(said(change(renameColumn('the f', 'f'), dropColumn('the f')))).toBeNull()
    expect(said(change(renameColumn('the f', 'f'), dropColumn('f')))).toContain('an index of several columns')
  })

  it('and nothing may name it afterwards', () => {
    const gone = 'IllFormed: a constraint of "t" names "alone", which is no column of it'
    expect(said(change(dropColumn('alone'), addConstraint(uniqueConstraint([whole.alone]))))).toBe(gone)
    expect(said(change(dropColumn('alone'), addConstraint(foreignKey(whole.alone, parents.id))))).toBe(gone)
    expect(
      said(
        change(
          dropConstraint('primaryKey', 'pk_t'),
          dropColumn('alone'),
          addConstraint(primaryKeyConstraint([whole.alone])),
        ),
      ),
    ).toBe(gone)
  })

  it('after a constraint of that name, and no other', () => {
    const named3 = table('t', { id: pipe(integer, primaryKey), a: number, b: number }, (t) => [
      uniqueConstraint([t.a, t.b], { name: 'both' }),
      foreignKey([t.a, t.b], [parents.a, parents.b], { name: 'of parents' }),
      checkConstraint(gt(t.a, t.b), { name: 'greater' }),
    ])
    const [both, parent, check] = [
      dropConstraint('unique', 'both'),
      dropConstraint('foreignKey', 'of parents'),
      dropConstraint('check', 'greater'),
    ]
    const drop = dropColumn('a')
    expect(said(alterTable(named3)(parent, check, drop))).toContain('a unique constraint of several columns')
    expect(said(alterTable(named3)(both, check, drop))).toContain('a foreign key of several columns')
    expect(said(alterTable(named3)(both, parent, drop))).toContain('a check')
    expect(said(alterTable(named3)(both, parent, check, drop))).toBeNull()
  })
})

describe('a column comes', () => {
  const more = table('t', {
    id: pipe(integer, primaryKey, autoIncrement),
    a: number,
    empty: integer,
    filled: pipe(integer, serverDefault(1)),
    key: pipe(integer, primaryKey),
  })
  const other = table('t', { other: pipe(number, named('a')) })

  it('with a value for the rows that are there', () => {
    expect(said(change(addColumn(more.empty)))).toBe(
      'IllFormed: "t"."empty" has no value in the rows that are there: say serverDefault, or add it nullable, fill it, and alter it',
    )
    expect(said(change(addColumn(more.filled)))).toBeNull()
  })

  it('once, and as no key', () => {
    const there = 'IllFormed: there is a column "t"."a" already: the table is given as it is before the change'
    expect(said(change(addColumn(more.a)))).toBe(there)
    expect(said(change(addColumn(other.other)))).toBe(there)
    expect(said(change(addColumn(more.filled), addColumn(more.filled)))).toContain('"t"."filled" already')
    expect(said(change(addColumn(more.key)))).toContain('"t"."key" cannot be added as a key')
    expect(said(alterTable(table('t', { a: integer }))(addColumn(more.id)))).toContain('cannot be added as a key')
  })
})

describe('a column alters', () => {
  type Kind = 'whole' | 'numeric' | 'real' | 'double' | 'text' | 'boolean' | 'date' | 'timestamp'
  const columns: ReadonlyArray<readonly [string, Kind, ColumnSpec<unknown, boolean, boolean, string>]> = [
    ['smallint', 'whole', smallint],
    ['integer', 'whole', integer],
    ['bigint', 'whole', bigint],
    ['unsigned', 'whole', pipe(integer, unsigned)],
    ['numeric', 'numeric', numeric(30, 2)],
    ['real', 'real', real],
    ['double', 'double', double],
    ['char', 'text', char(5)],
    ['varchar', 'text', varchar(5)],
    ['text', 'text', text],
    ['enumeration', 'text', enumeration(['a', 'b'])],
    ['boolean', 'boolean', boolean],
    ['date', 'date', date],
    ['timestamp', 'timestamp', timestamp],
  ]
  /** Where values mean the same on every engine. */
  const goes = (from: Kind, to: Kind): boolean =>
    from === to || (from === 'whole' && (to === 'numeric' || to === 'text'))

  it.each(columns)('from %s to what its values become', (_, from, before) => {
    for (const [name, to, after] of columns) {
      const [was, is] = [table('t', { x: integer, v: before }), table('t', { v: after })]
      const refusals = saidOf(alterTable(was)(alterColumn(is.v)))
      // SQLite keeps decimals of 15 digits: no number of the engine holds all others.
      const compared = to === 'numeric' ? refusals.slice(0, 3) : refusals
      expect([name, compared.map((message) => message === null)]).toEqual([name, compared.map(() => goes(from, to))])
    }
  })

  it('where it is, and not into what is counted or computed', () => {
    const after = table(
      't',
      { unknown: number, a: pipe(number, generated), k: pipe(integer, primaryKey, autoIncrement), sum: number },
      (t) => [generatedAs(t.a, add(t.sum, 1))],
    )
    expect(said(change(alterColumn(after.unknown)))).toContain('there is no column "t"."unknown" to alter')
    expect(said(change(alterColumn(after.a)))).toContain('"t"."a" is computed')
    expect(said(change(alterColumn(after.sum)))).toContain('"t"."sum" is computed')
    expect(said(change(alterColumn(after.k)))).toContain('cannot change whether "t"."k" counts')
  })
})

describe('a primary key', () => {
  const counting = table('t', { id: pipe(integer, primaryKey, autoIncrement), a: number })

  it('comes where there is none, on columns that are never null', () => {
    const key = addConstraint(primaryKeyConstraint([whole.id]))
    expect(said(change(key))).toBe('IllFormed: "t" has a primary key already')
    expect(said(change(dropConstraint('primaryKey', 'pk_t'), key))).toBeNull()
    const ofNull = addConstraint(primaryKeyConstraint([whole.id, whole.a]))
    expect(said(change(dropConstraint('primaryKey', 'pk_t'), ofNull))).toBe(
      'IllFormed: "t"."a" may be null: alterColumn before it is a key',
    )
  })

  it('goes where it does not count', () => {
    expect(said(alterTable(counting)(dropConstraint('primaryKey', 'pk_t')))).toContain(
      'cannot drop the primary key of "t", which counts',
    )
    expect(said(alterTable(counting)(dropConstraint('unique', 'pk_t')))).toBeNull()
  })
})
