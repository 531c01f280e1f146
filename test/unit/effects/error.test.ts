// The error table is fixed: a tag keeps its code, every code is one tag's.
import { describe, expect, it } from 'vitest'

import { dbError, errorCodes, fromCompileError, fromLoadError } from '../../../src/effects/error-make.js'
import {
  isDbError,
  isDisconnect,
  isRetryable,
  matchDbError,
  matchDbErrorOr,
  showDbError,
  transactionAlive,
} from '../../../src/effects/error-questions.js'
import type { DbError } from '../../../src/effects/error.js'

describe('the error table', () => {
  it('is what programs and documents rely on', () => {
    expect(errorCodes).toEqual({
      Connection: 'RV101',
      Unavailable: 'RV102',
      PoolTimeout: 'RV103',
      QueryTimeout: 'RV104',
      LockTimeout: 'RV105',
      Cancelled: 'RV106',
      UniqueViolation: 'RV201',
      ForeignKeyViolation: 'RV202',
      NotNullViolation: 'RV203',
      CheckViolation: 'RV204',
      Serialization: 'RV301',
      Deadlock: 'RV302',
      RolledBack: 'RV303',
      CommitUnknown: 'RV304',
      TransactionClosed: 'RV305',
      ReadOnly: 'RV306',
      ResourceLimit: 'RV401',
      Corrupt: 'RV402',
      NoRows: 'RV501',
      MultipleRows: 'RV502',
      StaleRow: 'RV503',
      AlreadyFlushed: 'RV504',
      InvalidValue: 'RV601',
      Decode: 'RV602',
      Compile: 'RV701',
      Plan: 'RV702',
      Defect: 'RV801',
      Sql: 'RV901',
    })
    expect(new Set(Object.values(errorCodes)).size).toBe(Object.keys(errorCodes).length)
  })

  it('is matched in full or in part, shown in a line, and known from anything else', () => {
    const error: DbError = dbError('Deadlock', { message: 'm', statement: null, cause: null, endsTransaction: true })
    const all = Object.fromEntries(Object.keys(errorCodes).map((tag) => [tag, (e: DbError) => `${tag} ${e.code}`]))
    // the keys are those of the table, which are all tags
    expect(matchDbError(all as unknown as Parameters<typeof matchDbError<string>>[0])(error)).toBe('Deadlock RV302')
    expect(matchDbErrorOr<number>({ Deadlock: () => 1 }, () => 2)(error)).toBe(1)
    expect(matchDbErrorOr<number>({ Sql: () => 1 }, () => 2)(error)).toBe(2)
    expect(showDbError(error)).toBe('RV302 Deadlock: m')
    expect(isDbError(error)).toBe(true)
    for (const other of [
      null,
      1,
      'Deadlock',
      { _tag: 'Deadlock' },
      { _tag: 'toString', code: 'x' },
      { _tag: 'Deadlock', code: 'RV1' },
    ]) {
      expect(isDbError(other)).toBe(false)
    }
    expect(Object.isFrozen(error)).toBe(true)
  })

  it('answers what may be tried again, and what is left of session and transaction', () => {
    const at = (phase: 'connect' | 'statement' | 'auth' | 'closed', sent: 'no' | 'maybe') =>
      dbError('Connection', { message: 'm', statement: null, cause: null, phase, sent })
    expect(
      [at('connect', 'no'), at('statement', 'no'), at('statement', 'maybe'), at('auth', 'no'), at('closed', 'no')].map(
        isRetryable,
      ),
    ).toEqual([true, true, false, false, false])
    const unknown = dbError('CommitUnknown', { message: 'm', statement: null, cause: null, transaction: null })
    expect([isRetryable(unknown), isDisconnect(unknown), transactionAlive(unknown)]).toEqual([false, true, false])
    const deadlock = (endsTransaction: boolean) =>
      dbError('Deadlock', { message: 'm', statement: null, cause: null, endsTransaction })
    expect([deadlock(true), deadlock(false)].map(transactionAlive)).toEqual([false, true])
    expect(isRetryable(deadlock(false))).toBe(true)
  })

  it('takes over what pure code found', () => {
    const missing = { _tag: 'NoRows', code: 'RV501', message: 'm', statement: 's' } as const
    expect(fromLoadError(missing)).toEqual({ ...missing, cause: null })
    expect(fromCompileError(missing)).toEqual({ ...missing, cause: null })
    const refused = { _tag: 'Ungrouped', code: 'RV711', message: 'm', source: 's', column: 'c' } as const
    expect(fromCompileError(refused)).toMatchObject({ _tag: 'Compile', code: 'RV701', message: 'm', error: refused })
  })
})
