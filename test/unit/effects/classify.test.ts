// Engines are classified by number alone, and no message or cause holds a value.
import { describe, expect, it } from 'vitest'

import type { Context } from '../../../src/effects/classify/context.js'
import { causeOf } from '../../../src/effects/classify/context.js'
import { classifyMysql } from '../../../src/effects/classify/mysql.js'
import { classifyPostgres } from '../../../src/effects/classify/postgres.js'
import { classifySqlite, sqliteCodeOf, sqliteCodes } from '../../../src/effects/classify/sqlite.js'
import type { DbError } from '../../../src/effects/error.js'

const context: Context = { statement: 'select ?', phase: 'statement', sent: 'maybe', hideParameters: true }

describe('PostgreSQL', () => {
  const of = (code: string, more: object = {}): DbError =>
    classifyPostgres({ name: 'error', severity: 'ERROR', code, message: 'said "secret"', ...more }, context)

  it.each([
    ['23505', 'UniqueViolation'],
    ['23503', 'ForeignKeyViolation'],
    ['23502', 'NotNullViolation'],
    ['23514', 'CheckViolation'],
    ['21000', 'MultipleRows'],
    ['40001', 'Serialization'],
    ['40P01', 'Deadlock'],
    ['55P03', 'LockTimeout'],
    ['57014', 'QueryTimeout'],
    ['25006', 'ReadOnly'],
    ['25P02', 'TransactionClosed'],
    ['57P03', 'Unavailable'],
    ['53300', 'Unavailable'],
    ['XX001', 'Corrupt'],
    ['57P01', 'Connection'],
    ['08006', 'Connection'],
    ['25P03', 'Connection'],
    ['53100', 'ResourceLimit'],
    ['54001', 'ResourceLimit'],
    ['42P01', 'Sql'],
    ['22P02', 'Sql'],
    ['P0001', 'Sql'],
    ['28P01', 'Sql'],
  ])('%s is %s', (code, tag) => {
    expect(of(code)._tag).toBe(tag)
  })

  it('tells an administrator’s cancel from a timeout, and a login from a statement', () => {
    expect(of('57014', { message: 'canceling statement due to user request' })._tag).toBe('Cancelled')
    expect(
      classifyPostgres({ severity: 'FATAL', code: '28P01', message: 'm' }, { ...context, phase: 'connect' }),
    ).toMatchObject({ _tag: 'Connection', phase: 'auth', sent: 'no' })
  })

  it('names columns in any language and quotes no value', () => {
    const error = of('23505', {
      detail: 'Schlüssel »("a b", lower(c))=(secret, x)« existiert bereits.',
      constraint: 'u',
      table: 't',
    })
    expect(error).toMatchObject({ constraint: 'u', table: 't', columns: ['a b', 'lower(c)'] })
    expect(JSON.stringify([error, of('22P02'), of('P0001'), of('23514')])).not.toContain('secret')
    expect(of('42601').message).toContain('secret')
    expect(
      classifyPostgres(
        { severity: 'ERROR', code: '22P02', message: 'said "secret"' },
        { ...context, hideParameters: false },
      ).message,
    ).toContain('secret')
  })

  it('knows a broken socket from an error of its own', () => {
    expect(classifyPostgres(Object.assign(new Error('x'), { code: 'ECONNRESET' }), context)).toMatchObject({
      _tag: 'Connection',
      sent: 'maybe',
    })
    expect(classifyPostgres(new Error('Connection terminated unexpectedly'), context)._tag).toBe('Connection')
    expect(classifyPostgres(new TypeError('cannot bind'), context)._tag).toBe('Sql')
  })
})

describe('MySQL and MariaDB', () => {
  const of = (errno: number, message = "said 'secret'"): DbError =>
    classifyMysql('MariaDB')({ errno, message, code: 'ER_X', sqlState: 'HY000' }, context)

  it.each([
    [1062, 'UniqueViolation'],
    [1452, 'ForeignKeyViolation'],
    [1451, 'ForeignKeyViolation'],
    [1048, 'NotNullViolation'],
    [1364, 'NotNullViolation'],
    [3819, 'CheckViolation'],
    [4025, 'CheckViolation'],
    [1213, 'Deadlock'],
    [1242, 'MultipleRows'],
    [1205, 'LockTimeout'],
    [3572, 'LockTimeout'],
    [1020, 'Serialization'],
    [3101, 'Serialization'],
    [1969, 'QueryTimeout'],
    [3024, 'QueryTimeout'],
    [1317, 'Cancelled'],
    [1040, 'Unavailable'],
    [1203, 'Unavailable'],
    [1927, 'Connection'],
    [2013, 'Connection'],
    [4031, 'Connection'],
    [1792, 'ReadOnly'],
    [1290, 'ReadOnly'],
    [1153, 'ResourceLimit'],
    [1461, 'ResourceLimit'],
    [1034, 'Corrupt'],
    [1146, 'Sql'],
    [1292, 'Sql'],
  ])('%s is %s', (errno, tag) => {
    expect(of(errno)._tag).toBe(tag)
  })

  it('reads names from the end of the sentence, where no value can stand', () => {
    expect(of(1062, "Duplicate entry 'secret' for key 'x'y' for key 'users.users_name'")).toMatchObject({
      table: 'users',
      constraint: 'users_name',
    })
    expect(of(1062, "Duplicate entry 'a' for key 'PRIMARY'")).toMatchObject({ table: null, constraint: 'PRIMARY' })
    expect(
      of(
        1452,
        'Cannot add or update a child row: a foreign key constraint fails (`d`.`posts`, CONSTRAINT `fk` FOREIGN KEY (`a`, `b`) REFERENCES `u` (`x`, `y`))',
      ),
    ).toMatchObject({ table: 'posts', constraint: 'fk', columns: ['a', 'b'] })
    expect(of(4025, 'CONSTRAINT `positive` failed for `d`.`t`')).toMatchObject({ table: 't', constraint: 'positive' })
    expect(of(3819, "Check constraint 'positive' is violated.")).toMatchObject({ table: null, constraint: 'positive' })
    expect(of(1048, "Column 'name' cannot be null")).toMatchObject({ columns: ['name'] })
  })

  it('quotes no value', () => {
    expect(
      JSON.stringify([of(1062, "Duplicate entry 'secret' for key 'k'"), of(1292), of(1366), of(1690), of(99999)]),
    ).not.toContain('secret')
  })

  it('knows the driver’s own failures', () => {
    const classify = classifyMysql('MySQL')
    expect(classify({ code: 'PROTOCOL_CONNECTION_LOST', message: 'lost', fatal: true }, context)._tag).toBe(
      'Connection',
    )
    expect(
      classify({ code: 'ECONNREFUSED', errno: -111, message: 'no' }, { ...context, phase: 'connect', sent: 'no' }),
    ).toMatchObject({ _tag: 'Connection', phase: 'connect', sent: 'no' })
    expect(classify(new TypeError('Bind parameters must not contain undefined'), context)._tag).toBe('Sql')
  })
})

describe('SQLite', () => {
  const of = (code: number, message: string, running = true): DbError =>
    classifySqlite(new Error(message), code, message, context, running)

  it('reads table and columns from its sentences', () => {
    expect(of(2067, 'UNIQUE constraint failed: t.a, t.b c')).toMatchObject({
      _tag: 'UniqueViolation',
      table: 't',
      columns: ['a', 'b c'],
    })
    expect(of(2067, "UNIQUE constraint failed: index 'lower_name'")).toMatchObject({
      constraint: 'lower_name',
      columns: [],
    })
    expect(of(1555, 'UNIQUE constraint failed: t.id')._tag).toBe('UniqueViolation')
    expect(of(1299, 'NOT NULL constraint failed: t.a')).toMatchObject({
      _tag: 'NotNullViolation',
      table: 't',
      columns: ['a'],
    })
    expect(of(275, 'CHECK constraint failed: positive')).toMatchObject({
      _tag: 'CheckViolation',
      constraint: 'positive',
    })
    expect(of(787, 'FOREIGN KEY constraint failed')).toMatchObject({ _tag: 'ForeignKeyViolation', constraint: null })
  })

  it('tells codes apart by name or sentence', () => {
    const tags = (pairs: ReadonlyArray<readonly [number, string]>) =>
      pairs.map(([code, message]) => of(code, message)._tag)
    expect(
      tags([
        [5, 'database is locked'],
        [517, 'database is locked'],
        [8, 'x'],
        [1032, 'x'],
        [11, 'x'],
        [26, 'x'],
        [13, 'x'],
        [18, 'x'],
        [9, 'x'],
        [14, 'x'],
        [1, 'x'],
      ]),
    ).toEqual([
      'LockTimeout',
      'Serialization',
      'ReadOnly',
      'ReadOnly',
      'Corrupt',
      'Corrupt',
      'ResourceLimit',
      'ResourceLimit',
      'Cancelled',
      'Connection',
      'Sql',
    ])
    expect(sqliteCodeOf('UNIQUE constraint failed: t.a')).toBe(sqliteCodes['SQLITE_CONSTRAINT_UNIQUE'])
    expect(sqliteCodeOf('no such table: t')).toBe(1)
  })

  it('quotes what it said of the SQL, and not what it said of values', () => {
    expect(of(1, 'no such table: users', false).message).toContain('users')
    expect(of(1, "bad JSON path: 'secret'").message).not.toContain('secret')
    expect(of(1, 'malformed JSON').message).toContain('malformed JSON')
  })
})

describe('a cause', () => {
  it('keeps codes and names, and leaves out sentences and stacks', () => {
    const error = Object.assign(new Error('secret'), {
      code: '23505',
      constraint: 'u',
      detail: 'secret',
      sql: 'secret',
      where: 'secret',
    })
    expect(causeOf(error, true)).toEqual({ name: 'Error', code: '23505', constraint: 'u' })
    expect(causeOf(error, false)).toBe(error)
    expect(causeOf('text', true)).toBe('text')
  })
})
