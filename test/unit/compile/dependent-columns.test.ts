// What may depend on a column that a foreign key changes or that the database counts: a check, a computed column, another key.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  add,
  autoIncrement,
  checkConstraint,
  compileDdl,
  createTable,
  type Ddl,
  generated,
  generatedAs,
  gt,
  integer,
  mariadbDialect,
  mysqlDialect,
  nullable,
  postgresDialect,
  primaryKey,
  references,
  sqliteDialect,
  table,
  unsigned,
} from '../../../src/index.js'

const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]
const parents = table('parents', { id: pipe(integer, primaryKey) })

/** Which dialects refuse a definition, and what they say of it after their names. */
const refusing = (ddl: Ddl): ReadonlyArray<readonly [string, string]> =>
  dialects.flatMap((dialect) => {
    const compiled = compileDdl(dialect)(ddl)
    if (E.isRight(compiled)) return []
    const { _tag, message } = compiled.left
    return [[dialect.name, `${_tag}: ${message.replace(`${dialect.name} cannot `, '')}`] as const]
  })

const on = (names: ReadonlyArray<string>, said: string): ReadonlyArray<readonly [string, string]> =>
  names.map((name) => [name, said] as const)

const family = ['mysql', 'mariadb']
const everywhere = ['postgres', 'mysql', 'mariadb', 'sqlite']

/** What a foreign key does, whether that changes its column, and where it makes a computed column unkeepable. */
const actions = [
  [{}, false, []],
  [{ onDelete: 'restrict', onUpdate: 'noAction' }, false, []],
  // A row that goes along changes nothing, but for MySQL.
  [{ onDelete: 'cascade' }, false, ['mysql']],
  [{ onDelete: 'setNull' }, true, family],
  [{ onUpdate: 'cascade' }, true, family],
  [{ onUpdate: 'setNull' }, true, family],
] as const

describe.each(actions)('a column that refers with %j', (does, isChanged, unkept) => {
  const columns = { id: pipe(integer, primaryKey), p: pipe(integer, nullable, references(parents.id, does)) }
  const n = pipe(integer, nullable)
  const computed = pipe(integer, nullable, generated)
  const checkNo = 'Unsupported: check "d"."p", which a foreign key changes: \'restrict\', or onDelete \'cascade\''
  const keepNo = 'Unsupported: keep what is computed of "d"."p", which a foreign key changes: { stored: false }'

  it('in a check', () => {
    const checked = table('d', columns, (t) => [checkConstraint(gt(t.p, 0))])
    expect(refusing(createTable(checked))).toEqual(on(isChanged ? family : [], checkNo))
  })

  it('beside a check of others', () => {
    const other = table('d', { ...columns, n }, (t) => [checkConstraint(gt(t.n, 0))])
    expect(refusing(createTable(other))).toEqual([])
  })

  it('in what is computed and kept', () => {
    const kept = table('d', { ...columns, n: computed }, (t) => [generatedAs(t.n, add(t.p, 1))])
    expect(refusing(createTable(kept))).toEqual(on(unkept, keepNo))
  })

  it('in what is computed each time', () => {
    const read = table('d', { ...columns, n: computed }, (t) => [generatedAs(t.n, add(t.p, 1), { stored: false })])
    expect(refusing(createTable(read)).map(([name]) => name)).toEqual(['postgres'])
  })

  it('beside what is computed of others', () => {
    const other = table('d', { ...columns, n: computed }, (t) => [generatedAs(t.n, add(t.id, 1))])
    expect(refusing(createTable(other))).toEqual([])
  })

  it('and is computed itself', () => {
    const itself = table(
      'd',
      { id: pipe(integer, primaryKey), p: pipe(integer, nullable, generated, references(parents.id, does)) },
      (t) => [generatedAs(t.p, add(t.id, 1))],
    )
    const said = '"d"."p" is computed: no foreign key changes it, so \'restrict\', or onDelete \'cascade\''
    expect(refusing(createTable(itself))).toEqual(on(isChanged ? everywhere : [], `IllFormed: ${said}`))
  })
})

describe('a column that is counted', () => {
  const id = pipe(integer, primaryKey, autoIncrement)

  it('stands in no check of MySQL and MariaDB', () => {
    const checked = table('d', { id, n: integer }, (t) => [checkConstraint(gt(t.n, 0)), checkConstraint(gt(t.id, 0))])
    expect(refusing(createTable(checked))).toEqual(
      on(family, 'Unsupported: check "d"."id", which it counts itself: leave it out of the check'),
    )
  })

  it('nor in what they compute, kept or not', () => {
    const said = 'Unsupported: compute of "d"."id", which it counts itself: compute it in the query'
    const computed = pipe(integer, nullable, generated)
    const kept = table('d', { id, n: computed }, (t) => [generatedAs(t.n, add(t.id, 1))])
    expect(refusing(createTable(kept))).toEqual(on(family, said))
    const read = table('d', { id, n: computed }, (t) => [generatedAs(t.n, add(t.id, 1), { stored: false })])
    expect(refusing(createTable(read)).filter(([name]) => name !== 'postgres')).toEqual(on(family, said))
  })

  it('stands beside both', () => {
    const other = table('d', { id, n: integer, m: pipe(integer, nullable, generated) }, (t) => [
      checkConstraint(gt(t.n, 0)),
      generatedAs(t.m, add(t.n, 1)),
    ])
    expect(refusing(createTable(other))).toEqual([])
  })

  it('may be of a type that some engines check', () => {
    const plain = table('d', { id: pipe(integer, unsigned, primaryKey, autoIncrement) })
    expect(refusing(createTable(plain))).toEqual([])
  })
})
