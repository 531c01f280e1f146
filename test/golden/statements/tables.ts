/**
 * Tables and indexes: all that a column, a constraint and an index can say.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  checkConstraint,
  collation,
  comment,
  concat,
  createIndex,
  createTable,
  createTableAs,
  currentTimestamp,
  desc,
  dropIndex,
  dropTable,
  eq,
  foreignKey,
  from,
  generated,
  generatedAs,
  gt,
  identity,
  indexOn,
  integer,
  isNotNull,
  like,
  lower,
  lt,
  mul,
  nullable,
  numeric,
  primaryKey,
  primaryKeyConstraint,
  select,
  serverDefault,
  table,
  tableComment,
  tableIn,
  text,
  timestamptz,
  uniqueConstraint,
  varbinary,
  varchar,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { users } from '../tables.js'

const seats = table(
  'seats',
  { row: pipe(integer, primaryKey), hall: pipe(varchar(9), primaryKey), free: integer },
  (t) => [
    primaryKeyConstraint([t.hall, t.row], { name: 'seats_key' }),
    uniqueConstraint([t.free, t.hall], { name: 'one_free' }),
  ],
)
const tickets = table('tickets', { id: pipe(integer, primaryKey), hall: varchar(9), row: integer }, (t) => [
  foreignKey([t.row, t.hall], [seats.row, seats.hall], { onDelete: 'cascade', onUpdate: 'restrict' }),
])
const deferred = table('deferred', { id: pipe(integer, primaryKey), user: integer }, (t) => [
  foreignKey(t.user, users.id, { deferrable: 'deferred', name: 'later' }),
])
const replaced = table('replaced', { id: pipe(integer, primaryKey), user: pipe(integer, serverDefault(1)) }, (t) => [
  foreignKey(t.user, users.id, { onDelete: 'setDefault' }),
])
const waiting = table('waiting', { id: pipe(integer, primaryKey), place: integer }, (t) => [
  uniqueConstraint([t.place], { deferrable: 'immediate' }),
])
const scores = table('scores', { id: pipe(integer, primaryKey), points: pipe(integer, nullable), name: varchar(20) })

export const tables: ReadonlyArray<GoldenStatement> = statements('tables', {
  createTable: () => createTable(seats),
  'if it is not there': () => createTable(seats, { ifNotExists: true }),
  temporary: () => createTable(scores, { temporary: true }),
  'in a schema': () => createTable(tableIn('stage')('seats', { id: pipe(integer, primaryKey) })),
  'a foreign key of two columns': () => createTable(tickets),
  'a deferred foreign key': () => createTable(deferred),
  'a foreign key that sets the default': () => createTable(replaced),
  'deferrable uniqueness': () => createTable(waiting),
  defaults: () =>
    createTable(
      table('defaults', {
        id: pipe(integer, primaryKey),
        n: pipe(integer, serverDefault(-3)),
        price: pipe(numeric(8, 2), serverDefault('12.50')),
        word: pipe(varchar(20), serverDefault("it's \\ a word")),
        long: pipe(text, serverDefault('long')),
        raw: pipe(varbinary(4), serverDefault(new Uint8Array([0, 255]))),
        none: pipe(integer, nullable, serverDefault(null)),
        made: pipe(timestamptz, serverDefault(currentTimestamp)),
      }),
    ),
  checks: () =>
    createTable(
      table('checks', { id: pipe(integer, primaryKey), points: integer, name: varchar(20) }, (t) => [
        checkConstraint(and(gt(t.points, 1), lt(t.points, 5)), { name: 'few' }),
        checkConstraint(pipe(t.name, like("O'%"))),
      ]),
    ),
  'computed columns': () =>
    createTable(
      table('boxes', { side: integer, area: pipe(integer, generated), name: pipe(text, generated) }, (t) => [
        generatedAs(t.area, mul(t.side, t.side)),
        generatedAs(t.name, concat('box', 'es')),
      ]),
    ),
  'a column computed when it is read': () =>
    createTable(
      table('sides', { side: integer, area: pipe(integer, generated) }, (t) => [
        generatedAs(t.area, mul(t.side, 2), { stored: false }),
      ]),
    ),
  'identity from a start': () =>
    createTable(table('counted', { id: pipe(integer, primaryKey, identity({ start: 42 })), n: integer })),
  'identity, always, downwards': () =>
    createTable(
      table('down', {
        id: pipe(integer, primaryKey, identity({ always: true, start: 0, increment: -5, min: -1000, max: 0 })),
      }),
    ),
  'comments and a collation': () =>
    createTable(
      table(
        'noted',
        { id: pipe(integer, primaryKey, comment("the 'key'")), name: pipe(varchar(9), collation('C')) },
        () => [tableComment('what is noted')],
      ),
      { ifNotExists: true },
    ),
  dropTable: () => dropTable(seats),
  'dropTable, if it is there': () => dropTable(seats, { ifExists: true }),
  createTableAs: () =>
    pipe(
      from(users),
      where(eq(users.name, "O'Hara")),
      select({ name: users.name, id: users.id }),
      createTableAs(table('named', { id: pipe(integer, primaryKey), name: varchar(50) })),
    ),
  'createTableAs, if it is not there': () =>
    pipe(
      from(users),
      select({ id: users.id }),
      createTableAs(table('ids', { id: pipe(integer, primaryKey) }), { ifNotExists: true, temporary: true }),
    ),
})

export const indexes: ReadonlyArray<GoldenStatement> = statements('indexes', {
  plain: () => createIndex(scores, indexOn([scores.points])),
  'unique, descending': () => createIndex(scores, indexOn([desc(scores.points), scores.id], { unique: true })),
  'if it is not there': () => createIndex(scores, indexOn([scores.name], { name: 'by_name' }), { ifNotExists: true }),
  'of an expression': () => createIndex(scores, indexOn([lower(scores.name), scores.id], { name: 'by_lower' })),
  'of some rows': () =>
    createIndex(scores, indexOn([scores.name], { where: isNotNull(scores.points), unique: true, name: 'with_points' })),
  including: () => createIndex(scores, indexOn([scores.id], { include: [scores.name, scores.points] })),
  'by a convention': () =>
    createIndex(scores, indexOn([scores.name]), { naming: { index: (of, columns) => `${of}__${columns.join('_')}` } }),
  dropIndex: () => dropIndex(scores, 'by_name'),
  'dropIndex, if it is there': () => dropIndex(scores, 'by_name', { ifExists: true }),
})
