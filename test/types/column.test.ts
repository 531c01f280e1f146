// A column's attributes say what its values are and whether an insert may leave it out; what cannot be right does not compile.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expectTypeOf, test } from 'vitest'

import {
  autoIncrement,
  bigint,
  boolean,
  type ColumnSpec,
  type ColumnValue,
  type date,
  defaultTo,
  type double,
  type HasDefault,
  index,
  integer,
  type IsKey,
  json,
  named,
  nullable,
  primaryKey,
  references,
  text,
  type timestamptz,
  unique,
  varchar,
} from '../../src/index.js'
import { users } from '../types/blog.js'

describe('a column', () => {
  test('has the values of its type', () => {
    expectTypeOf<ColumnValue<typeof integer>>().toEqualTypeOf<number>()
    expectTypeOf<ColumnValue<typeof bigint>>().toEqualTypeOf<bigint>()
    expectTypeOf<ColumnValue<typeof double>>().toEqualTypeOf<number>()
    expectTypeOf<ColumnValue<typeof boolean>>().toEqualTypeOf<boolean>()
    expectTypeOf<ColumnValue<typeof text>>().toEqualTypeOf<string>()
    expectTypeOf<ColumnValue<typeof date>>().toEqualTypeOf<string>()
    expectTypeOf<ColumnValue<typeof timestamptz>>().toEqualTypeOf<string>()
    expectTypeOf(varchar(50)).toEqualTypeOf<ColumnSpec<string, false, false, never>>()
    expectTypeOf(json(t.type({ size: t.number }))).toEqualTypeOf<ColumnSpec<{ size: number }, false, false, never>>()
    // @ts-expect-error: Argument of type 'string' is not assignable to parameter of type 'number'
    varchar('50')
  })

  test('that is nullable takes null, and an insert may leave it out', () => {
    const column = pipe(text, nullable)
    expectTypeOf(column).toEqualTypeOf<ColumnSpec<string | null, true, false, never>>()
    expectTypeOf<HasDefault<typeof column>>().toEqualTypeOf<true>()
    expectTypeOf<HasDefault<typeof text>>().toEqualTypeOf<false>()
  })

  test('that is the key is never null', () => {
    expectTypeOf<IsKey<typeof integer>>().toEqualTypeOf<false>()
    const key = pipe(integer, primaryKey)
    expectTypeOf<IsKey<typeof key>>().toEqualTypeOf<true>()
    // @ts-expect-error: a key column cannot be nullable
    pipe(integer, nullable, primaryKey)
    // @ts-expect-error: a key column cannot be nullable
    pipe(integer, primaryKey, nullable)
  })

  test('that the database counts is a number', () => {
    expectTypeOf(pipe(integer, primaryKey, autoIncrement)).toEqualTypeOf<ColumnSpec<number, true, true, never>>()
    expectTypeOf(pipe(bigint, autoIncrement, primaryKey)).toEqualTypeOf<ColumnSpec<bigint, true, true, never>>()
    // @ts-expect-error: Type 'string' is not assignable to type 'number | bigint'
    pipe(text, autoIncrement)
    // @ts-expect-error: Type 'boolean' is not assignable to type 'number | bigint'
    pipe(boolean, autoIncrement)
    // @ts-expect-error: Type 'null' is not assignable to type 'number | bigint'
    pipe(integer, nullable, autoIncrement)
  })

  test('has a default of its own type: a value or a function', () => {
    expectTypeOf(pipe(integer, defaultTo(22))).toEqualTypeOf<ColumnSpec<number, true, false, never>>()
    expectTypeOf(
      pipe(
        text,
        defaultTo(() => 'x'),
      ),
    ).toEqualTypeOf<ColumnSpec<string, true, false, never>>()
    pipe(json(t.type({ size: t.number })), defaultTo({ size: 1 }))
    pipe(text, nullable, defaultTo(null))
    pipe(text, nullable, defaultTo('x'))
    // @ts-expect-error: the default is no value of the column: string for number
    pipe(integer, defaultTo('x'))
    pipe(
      integer,
      // @ts-expect-error: the default is no value of the column: string for number
      defaultTo(() => 'x'),
    )
    // @ts-expect-error: the default is no value of the column: number for string
    pipe(text, nullable, defaultTo(3))
    // @ts-expect-error: the default is no value of the column: null for string
    pipe(text, defaultTo(null))
    // @ts-expect-error: the default is no value of the column: object for object
    pipe(json(t.type({ size: t.number })), defaultTo({ weight: 1 }))
  })

  test('keeps the rest through attributes that say nothing of its values', () => {
    const column = pipe(integer, nullable, unique, index, named('the_column'), references(users.id))
    expectTypeOf(column).toEqualTypeOf<ColumnSpec<number | null, true, false, 'users'>>()
    expectTypeOf(pipe(column, unique, index, named('x'))).toEqualTypeOf<typeof column>()
  })
})
