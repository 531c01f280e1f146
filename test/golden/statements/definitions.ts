/**
 * What a database is made of besides tables, and how tables are changed. No definition takes parameters: what stands in these
 * statements are no values of a caller's rows.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  addColumn,
  addConstraint,
  alterColumn,
  alterTable,
  checkConstraint,
  concat,
  count,
  createAll,
  createSchema,
  createSequence,
  createView,
  dropAll,
  dropColumn,
  dropConstraint,
  dropSchema,
  dropSequence,
  dropView,
  eq,
  foreignKey,
  from,
  groupBy,
  gt,
  innerJoin,
  insertInto,
  integer,
  named,
  nextValue,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  references,
  refreshView,
  renameColumn,
  renameTable,
  schema,
  select,
  sequence,
  serverDefault,
  setComment,
  table,
  text,
  unique,
  uniqueConstraint,
  varchar,
  view,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { posts, users, words } from '../tables.js'

const active = view(
  'active',
  pipe(from(users), where(eq(users.active, true)), select({ id: users.id, who: concat(users.name, " it's \\ ") })),
)
const counted = view(
  'counted',
  pipe(
    from(active),
    innerJoin(posts, eq(posts.authorId, active.id)),
    groupBy(active.id),
    select({ id: active.id, n: count() }),
  ),
  { schema: 'numbers' },
)
const kept = view('kept', pipe(from(words), select({ word: words.word })), { materialized: true })

export const views: ReadonlyArray<GoldenStatement> = statements('view', {
  'with a literal': () => createView(active),
  'of a view, in a schema': () => createView(counted),
  replaced: () => createView(active, { orReplace: true }),
  dropped: () => dropView(active),
  'dropped where it is': () => dropView(counted, { ifExists: true }),
  materialized: () => createView(kept),
  'materialized, replaced': () => createView(kept, { orReplace: true }),
  refreshed: () => refreshView(kept),
  read: () => pipe(from(counted), where(gt(counted.n, 0)), orderBy(counted.id), select(counted.n)),
  'createAll of a schema with views': () => createAll(schema({ counted, active })),
  'dropAll of a schema with views': () => dropAll(schema({ counted, active })),
})

const numbers = sequence('numbers', { start: 5, increment: -2, min: -9, max: 5, cycle: true }, { schema: 'other' })
const plain = sequence('plain "name"')
const tickets = table('tickets', {
  id: pipe(integer, primaryKey, serverDefault(nextValue(plain, integer))),
  what: text,
})

export const sequences: ReadonlyArray<GoldenStatement> = statements('sequence', {
  created: () => createSequence(plain),
  'created with all there is to say': () => createSequence(numbers, { ifNotExists: true }),
  dropped: () => dropSequence(plain),
  'dropped where it is': () => dropSequence(numbers, { ifExists: true }),
  'its next value': () => pipe(from(users), select(nextValue(numbers))),
  'its next value in a row': (v) => insertInto(tickets)({ id: nextValue(plain, integer), what: v.text() }),
  'createAll with a key that it counts': () => createAll(schema({ tickets })),
  'dropAll with a key that it counts': () => dropAll(schema({ tickets })),
})

export const schemas: ReadonlyArray<GoldenStatement> = statements('schema', {
  created: () => createSchema('other'),
  'created where it is absent': () => createSchema('other "one"', { ifNotExists: true }),
  dropped: () => dropSchema('other'),
  'dropped with all that is in it': () => dropSchema('other', { ifExists: true, cascade: true }),
})

const after = table('words', {
  id: pipe(integer, primaryKey),
  word: pipe(varchar(40), nullable),
  note: pipe(varchar(9), nullable, named('a note')),
  price: pipe(numeric(8, 2), serverDefault('1.50')),
  ownerId: pipe(integer, nullable, unique, references(users.id)),
})

export const alterations: ReadonlyArray<GoldenStatement> = statements('alterTable', {
  'a column more': () => alterTable(words)(addColumn(after.note)),
  'a column more with a default': () => alterTable(words)(addColumn(after.price)),
  'other names': () => alterTable(words)(renameColumn('word', 'the word'), renameTable('texts')),
  'a comment': () => alterTable(words)(setComment("it's \\ here")),
  'a comment less': () => alterTable(words)(setComment(null)),
})

/** What SQLite keeps of the table that it makes anew. */
const keptOfWords = [
  [
    'table',
    'words',
    'words',
    'CREATE TABLE "words" ("id" INTEGER NOT NULL, "word" TEXT NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "uq_words_word" UNIQUE ("word")) STRICT',
  ],
  ['index', 'by_word', 'words', 'CREATE INDEX by_word ON words (word DESC)'],
  ['view', 'some', 'some', 'CREATE VIEW some AS SELECT word FROM words'],
]

export const rebuilds: ReadonlyArray<GoldenStatement> = statements(
  'alterTable, on SQLite by a table made anew',
  {
    'a unique column more that refers': () => alterTable(words)(addColumn(after.ownerId)),
    'a column less': () => alterTable(words)(dropColumn('word')),
    'a column altered': () => alterTable(words)(alterColumn(after.word)),
    'a check more': () => alterTable(words)(addConstraint(checkConstraint(gt(words.id, 0), { name: 'positive' }))),
    'uniqueness and a foreign key more': () =>
      alterTable(words)(
        addConstraint(uniqueConstraint([words.id, words.word])),
        addConstraint(foreignKey(words.id, users.id, { onDelete: 'cascade' })),
      ),
    'a constraint less': () => alterTable(words)(dropConstraint('unique', 'uq_words_word')),
    'the primary key less': () => alterTable(words)(dropConstraint('primaryKey', 'pk_words')),
  },
  keptOfWords,
)
