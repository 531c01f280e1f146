// What a definition says of columns and tables has their types: defaults, keys, checks, computed columns.
import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'

import {
  checkConstraint,
  collation,
  createTable,
  createTableAs,
  type Ddl,
  dropConstraint,
  eq,
  foreignKey,
  from,
  generated,
  generatedAs,
  gt,
  identity,
  indexOn,
  insertInto,
  type InsertOf,
  integer,
  literal,
  lower,
  mul,
  nextValue,
  nullable,
  onUpdate,
  primaryKey,
  primaryKeyConstraint,
  references,
  type RowOf,
  schema,
  select,
  sequence,
  serverDefault,
  set,
  setComment,
  table,
  text,
  uniqueConstraint,
  update,
  varchar,
  where,
} from '../../src/index.js'

const parents = table('parents', { id: pipe(integer, primaryKey), code: varchar(9) })

test('a default of the database is a value of the column, and an insert may leave it out', () => {
  const things = table('things', {
    id: pipe(integer, primaryKey, identity({ start: 7 })),
    n: pipe(integer, serverDefault(1)),
    m: pipe(integer, serverDefault(literal(2, integer))),
    o: pipe(integer, nullable, serverDefault(null)),
  })
  expectTypeOf<InsertOf<typeof things>>().toExtend<{ readonly id?: number; readonly n?: number }>()
  insertInto(things)({})
  // @ts-expect-error: the default is no value of the column: string for number
  pipe(integer, serverDefault('x'))
  // @ts-expect-error: the default is no value of the column
  pipe(integer, serverDefault(literal('x', text)))
  // @ts-expect-error: Argument of type
  pipe(text, identity())
})

test('a computed column is read and never written', () => {
  const boxes = table('boxes', { side: integer, area: pipe(integer, generated) }, (t) => [
    generatedAs(t.area, mul(t.side, t.side)),
  ])
  expectTypeOf<RowOf<typeof boxes>>().toEqualTypeOf<{ readonly side: number; readonly area: number }>()
  insertInto(boxes)({ side: 3 })
  // @ts-expect-error: 'area' does not exist
  insertInto(boxes)({ side: 3, area: 9 })
  // @ts-expect-error: 'area' does not exist
  pipe(update(boxes), set({ area: 9 }), where(eq(boxes.side, 3)))
  table('boxes', { side: integer, name: pipe(text, generated) }, (t) => [
    // @ts-expect-error: not assignable
    generatedAs(t.name, mul(t.side, 2)),
  ])
})

test('keys, checks and indexes are of columns, criteria and orders', () => {
  table('some', { id: pipe(integer, primaryKey), n: pipe(integer, nullable), s: varchar(9) }, (t) => [
    primaryKeyConstraint([t.id]),
    uniqueConstraint([t.n, t.s]),
    checkConstraint(gt(t.n, 3)),
    indexOn([lower(t.s)], { where: gt(t.n, 3), include: [t.id] }),
    foreignKey([t.n, t.s], [parents.id, parents.code]),
  ])
  table('wrong', { id: integer, s: varchar(9) }, (t) => [
    // @ts-expect-error: not assignable
    checkConstraint(t.id),
    // @ts-expect-error: not assignable
    uniqueConstraint([]),
    // @ts-expect-error: No overload matches
    foreignKey(t.s, parents.id),
    // @ts-expect-error: No overload matches
    foreignKey([t.id, t.s], [parents.code, parents.id]),
    // @ts-expect-error: not assignable
    indexOn([t.id], { where: t.id }),
  ])
  // @ts-expect-error: not assignable
  pipe(integer, references(parents.id, { onDelete: 'explode' }))
  // @ts-expect-error: Argument of type
  pipe(integer, collation('C'))
})

test('a table of a query takes the rows that its columns take', () => {
  const copy = table('copy', { id: integer, name: varchar(9) })
  const good = pipe(from(parents), select({ id: parents.id, name: parents.code }), createTableAs(copy))
  expectTypeOf(good).toEqualTypeOf<Ddl>()
  expectTypeOf(createTable(copy, { temporary: true })).toEqualTypeOf<Ddl>()
  // @ts-expect-error: the table takes
  pipe(from(parents), select({ id: parents.code, name: parents.code }), createTableAs(copy))
  // @ts-expect-error: the table takes
  pipe(from(parents), select({ id: parents.id }), createTableAs(copy))
})

test('names, numbers and changes of a definition are what they say', () => {
  // @ts-expect-error: Type 'string' is not assignable to type 'number | bigint | undefined'
  sequence('s', { start: 'x' })
  // @ts-expect-error: is not assignable to parameter of type 'SequenceInfo'
  nextValue('s')
  // @ts-expect-error: Argument of type '"index"' is not assignable to parameter of type 'ConstraintKind'
  dropConstraint('index', 'x')
  // @ts-expect-error: Argument of type 'undefined' is not assignable to parameter of type 'string | null'
  setComment(undefined)
  // @ts-expect-error: onUpdate gives no value of the column: string for number
  pipe(integer, onUpdate('x'))
  // @ts-expect-error: Type 'CheckConstraint' is missing the following properties from type 'ForeignKey'
  schema({ parents }, (t) => [checkConstraint(eq(t.parents.id, 1))])
  // @ts-expect-error: is not assignable to
  pipe(text, nullable, identity())
})
