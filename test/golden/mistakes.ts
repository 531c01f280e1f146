/**
 * Queries, writes and definitions that are wrong, or that some engine cannot say: what each dialect says of them is in
 * test/golden/mistakes.txt.
 *
 * Most would not compile with types, so they are made without: what TypeScript refuses is refused in words, too.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

import * as relvar from '../../src/index.js'
import {
  array,
  autoIncrement,
  bigint,
  boolean,
  date,
  double,
  generated,
  identity,
  integer,
  interval,
  json,
  nullable,
  numeric,
  primaryKey,
  references,
  schema,
  table,
  text,
  timestamptz,
  unsigned,
  varchar,
} from '../../src/index.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Whatever a caller without types takes the library's values for. */
export interface Untyped {
  (...args: ReadonlyArray<unknown>): Untyped
  readonly [key: string]: Untyped
}

/** A mistake by what it is; making it may throw a TypeError. */
export type Mistakes = Readonly<Record<string, () => unknown>>

/** The library without its types. */
const r = relvar as unknown as Readonly<Record<string, Untyped>>
const op = (name: string): Untyped => {
  const found = r[name]
  if (found === undefined) throw new Error(`relvar exports no ${name}`)
  return found
}

/** The first value, given to one function after the other. */
const flow = (first: unknown, ...rest: ReadonlyArray<unknown>): unknown =>
  rest.reduce((value, f) => (f as (a: unknown) => unknown)(value), first)

const users = table('users', {
  id: pipe(integer, primaryKey),
  name: text,
  age: pipe(integer, nullable),
  big: bigint,
  x: double,
  price: numeric(10, 2),
  long: pipe(numeric(30, 2), nullable),
  flag: boolean,
  day: date,
  at: timestamptz,
  lasts: pipe(interval, nullable),
  doc: json(t.UnknownRecord),
})
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer, title: text })
const counted = table(
  'counted',
  { id: pipe(integer, primaryKey, autoIncrement), word: varchar(9), sum: pipe(integer, nullable, generated) },
  (own) => [relvar.generatedAs(own.sum, relvar.add(own.id, 1))],
)
const always = table('always', { id: pipe(integer, primaryKey, identity({ always: true })), word: varchar(9) })
const lists = table('lists', { id: pipe(integer, primaryKey), all: pipe(array(integer), nullable) })
const seen = relvar.view('seen', pipe(relvar.from(posts), relvar.select({ id: posts.id })))

const all = op('from')(users)
const some = op('from')(posts)
const { id, name, age, x, price, doc, day, at } = users
const one = op('eq')(id, 1)
const postsOf = flow(some, op('where')(op('eq')(posts.userId, id)))
const ordered = op('orderBy')(id)
const over = (...args: ReadonlyArray<unknown>): unknown => op('over')(...args)
const selected = (e: unknown): unknown => flow(all, op('select')({ e }))

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const clauses: Mistakes = {
  'no query': () => ({}),
  'a table as query': () => users,
  'select of nothing': () => flow(all, op('select')({})),
  'having without groups': () => flow(all, op('having')(one)),
  'order by an aggregate without groups': () => flow(all, op('orderBy')(op('count')())),
  'a column beside an aggregate': () => flow(all, op('select')({ id, n: op('count')() })),
  'a column that is not grouped': () => flow(all, op('groupBy')(name), op('select')({ id })),
  'having of a column that is not grouped': () =>
    flow(all, op('groupBy')(name), op('having')(one), op('select')({ name })),
  'order by a column that is not grouped': () =>
    flow(all, op('groupBy')(name), op('orderBy')(age), op('select')({ name })),
  'grouping of what is no group': () => flow(all, op('groupBy')(name), op('select')({ g: op('grouping')(age) })),
  'an aggregate in where': () => flow(all, op('where')(op('gt')(op('count')(), 1))),
  'an aggregate in an aggregate': () => selected(op('sum')(op('count')())),
  'a window in where': () => flow(all, op('where')(op('gt')(flow(op('rank')(), over({ orderBy: [id] })), 1))),
  'a window in a window': () =>
    selected(flow(op('sum')(flow(op('rank')(), over({ orderBy: [id] }))), over({ orderBy: [id] }))),
  'order by after distinct': () => flow(all, op('select')({ name }), op('distinct'), op('orderBy')(age)),
  'distinctOn and distinct': () => flow(all, op('distinctOn')(name), op('distinct'), op('orderBy')(name)),
  'distinctOn in another order': () => flow(all, op('distinctOn')(name), op('orderBy')(age, name)),
  'a limit of text': () => flow(all, ordered, op('limit')(op('param')('n', text))),
  'a limit of rows': () => flow(all, ordered, op('limit')(age)),
  'a limit that may be null': () => flow(all, ordered, op('limit')(op('param')('n', pipe(integer, nullable)))),
  'a negative limit': () => flow(all, ordered, op('limit')(-1)),
  'an offset of halves': () => flow(all, ordered, op('offset')(1.5)),
  'a computed limit': () => flow(all, ordered, op('limit')(op('add')(op('param')('n', integer), 1))),
  'a computed offset': () => flow(all, ordered, op('offset')(op('add')(op('param')('n', integer), 1))),
  'ties without an order': () => flow(all, op('limitWithTies')(3)),
  'ties with a distinct': () =>
    flow(all, op('select')({ name }), op('distinct'), op('orderBy')(name), op('limitWithTies')(3)),
  'after without an order': () => flow(all, op('after')({})),
  'order by of what the set operation has not': () =>
    flow(all, op('select')({ id }), op('union')(flow(some, op('select')({ id: posts.id }))), op('orderBy')('other')),
  'sides of two numbers of outputs': () =>
    flow(all, op('select')({ id, name }), op('union')(flow(some, op('select')({ id: posts.id })))),
  'sides of other outputs': () =>
    flow(all, op('select')({ id }), op('union')(flow(some, op('select')({ other: posts.id })))),
  'sides of other types': () =>
    flow(all, op('select')({ id }), op('except')(flow(some, op('select')({ id: posts.title })))),
  'a set operation of documents': () => flow(all, op('select')({ doc }), op('union')(flow(all, op('select')({ doc })))),
  'distinct documents': () => flow(all, op('select')({ doc }), op('distinct')),
  'distinct intervals': () => flow(all, op('select')({ l: users.lasts }), op('distinct')),
  'groups of documents': () => flow(all, op('groupBy')(doc), op('select')({ doc })),
  'an order of documents': () => flow(all, op('orderBy')(doc)),
  'an order of intervals': () => flow(all, op('orderBy')(users.lasts)),
  'distinct long decimals': () => flow(all, op('select')({ l: users.long }), op('distinct')),
  'an order of long decimals': () => flow(all, op('orderBy')(users.long)),
  'long decimals compared': () => flow(all, op('where')(op('gt')(users.long, '1.00'))),
  'long decimals added': () => selected(op('add')(users.long, users.long)),
  'a table joined twice': () => flow(all, op('innerJoin')(posts, one), op('innerJoin')(posts, one)),
  'a table joined to itself': () => flow(all, op('innerJoin')(users, one)),
  'a table that is not joined': () => flow(all, op('where')(op('eq')(posts.id, 1))),
  'a join on what comes later': () =>
    flow(all, op('innerJoin')(posts, op('eq')(counted.id, 1)), op('innerJoin')(counted, one)),
  'two queries of one output': () =>
    flow(all, op('where')(op('inQuery')(flow(some, op('select')({ a: posts.id, b: posts.userId })))(id))),
  'scalar of two outputs': () => selected(op('scalar')(flow(some, op('select')({ a: posts.id, b: posts.userId })))),
  'anyOf of two outputs': () =>
    flow(all, op('where')(op('anyOf')('gt', flow(some, op('select')({ a: posts.id, b: posts.userId })))(id))),
  'allOf of documents': () => flow(all, op('where')(op('allOf')('eq', flow(all, op('select')(doc)))(doc))),
  'a query inside with includes': () =>
    flow(some, op('where')(op('exists')(flow(all, op('include')({ posts: op('many')(postsOf) }))))),
  'rows of nothing': () => flow(all, op('where')(op('inRows')([], []))),
  'rows of other lengths': () => flow(all, op('where')(op('inRows')([id, age], [[1]]))),
  'rows compared with other lengths': () => flow(all, op('where')(op('compareRows')('lt', [id, age], [1]))),
}

const locks: Mistakes = {
  'a lock of distinct rows': () => flow(all, op('distinct'), op('forUpdate')()),
  'a lock of groups': () => flow(all, op('groupBy')(name), op('select')({ name }), op('forUpdate')()),
  'a lock with ties': () => flow(all, ordered, op('limitWithTies')(1), op('forUpdate')()),
  'a lock of a derived table': () => flow(op('from')(op('subquery')('s')(all)), op('forUpdate')()),
  'a lock inside': () => flow(all, op('where')(op('exists')(flow(some, op('forUpdate')())))),
  'a lock of one source': () => flow(all, op('innerJoin')(posts, one), op('forUpdate')({ of: [posts] })),
  'a lock of what may be absent': () => flow(all, op('leftJoin')(posts, one), op('forUpdate')()),
  'a lock of a full join': () => flow(all, op('fullJoin')(posts, one), op('forUpdate')()),
  'a shared lock': () => flow(all, op('forShare')({ wait: 'skipLocked' })),
  'a lock that waits for what nobody knows': () => flow(all, op('forUpdate')({ wait: 'noWait; --' })),
}

const includes: Mistakes = {
  'an include of another table': () => flow(op('from')(counted), op('include')({ posts: op('many')(postsOf) })),
  'an include of nothing around': () => flow(all, op('include')({ posts: op('many')(some) })),
  'an include under groups': () =>
    flow(all, op('groupBy')(name), op('select')({ name }), op('include')({ posts: op('many')(postsOf) })),
  'an include under a distinct': () =>
    flow(all, op('select')({ name }), op('distinct'), op('include')({ posts: op('many')(postsOf) })),
  'an include with a lock': () => flow(all, op('include')({ posts: op('many')(flow(postsOf, op('forUpdate')())) })),
  'an include of groups': () =>
    flow(
      all,
      op('include')({ n: op('many')(flow(postsOf, op('groupBy')(posts.title), op('select')({ n: op('count')() }))) }),
    ),
  'an include of a distinct with a limit': () =>
    flow(
      all,
      op('include')({
        n: op('many')(
          flow(postsOf, op('select')({ t: posts.title }), op('distinct'), op('orderBy')(posts.title), op('limit')(2)),
        ),
      }),
    ),
  'an include of a set operation': () =>
    flow(all, op('include')({ n: op('many')(flow(postsOf, op('union')(postsOf))) })),
}

const windows: Mistakes = {
  'a frame that ends before it begins': () =>
    selected(
      flow(op('sum')(id), over({ orderBy: [id], frame: op('rowsBetween')(op('currentRow'), op('preceding')(1)) })),
    ),
  'a frame that begins at the end': () =>
    selected(
      flow(
        op('sum')(id),
        over({ orderBy: [id], frame: op('rowsBetween')(op('unboundedFollowing'), op('unboundedFollowing')) }),
      ),
    ),
  'a frame that ends at the beginning': () =>
    selected(
      flow(
        op('sum')(id),
        over({ orderBy: [id], frame: op('rowsBetween')(op('unboundedPreceding'), op('unboundedPreceding')) }),
      ),
    ),
  'a frame of a rank': () =>
    selected(
      flow(op('rank')(), over({ orderBy: [id], frame: op('rowsBetween')(op('preceding')(1), op('currentRow')) })),
    ),
  'groups without an order': () =>
    selected(flow(op('sum')(id), over({ frame: op('groupsBetween')(op('preceding')(1), op('currentRow')) }))),
  'a range without an order': () =>
    selected(flow(op('sum')(id), over({ frame: op('rangeBetween')(op('preceding')(1), op('currentRow')) }))),
  'a range of two orders': () =>
    selected(
      flow(
        op('sum')(id),
        over({ orderBy: [id, age], frame: op('rangeBetween')(op('preceding')(1), op('currentRow')) }),
      ),
    ),
  'a range over text': () =>
    selected(
      flow(op('sum')(id), over({ orderBy: [name], frame: op('rangeBetween')(op('preceding')(1), op('currentRow')) })),
    ),
  'a range over what may be null': () =>
    selected(
      flow(op('sum')(id), over({ orderBy: [age], frame: op('rangeBetween')(op('preceding')(1), op('currentRow')) })),
    ),
  'a range over a value': () =>
    selected(
      flow(
        op('sum')(id),
        over({ orderBy: [op('literal')(1, integer)], frame: op('rangeBetween')(op('preceding')(1), op('currentRow')) }),
      ),
    ),
  'a range of halves over integers': () =>
    selected(
      flow(op('sum')(id), over({ orderBy: [id], frame: op('rangeBetween')(op('preceding')(1.5), op('currentRow')) })),
    ),
  'a frame told below zero': () =>
    selected(
      flow(op('sum')(id), over({ orderBy: [id], frame: op('rowsBetween')(op('preceding')(-1), op('currentRow')) })),
    ),
  'a frame told by a name': () =>
    selected(
      flow(
        op('sum')(id),
        over({ orderBy: [id], frame: op('rowsBetween')(op('preceding')(op('param')('n', integer)), op('currentRow')) }),
      ),
    ),
  'a rank without an order': () => selected(flow(op('rank')(), over({}))),
  'a lag without an order': () => selected(flow(op('lag')(id), over({}))),
  'an ntile of text': () => selected(flow(op('ntile')('x'), over({ orderBy: [id] }))),
  'an ntile of a column': () => selected(flow(op('ntile')(age), over({ orderBy: [id] }))),
  'an nthValue of zero': () => selected(flow(op('nthValue')(id, 0), over({ orderBy: [id] }))),
  'over a column': () => selected(flow(id, over({ orderBy: [id] }))),
  'over distinct values': () => selected(flow(op('countDistinct')(id), over({ orderBy: [id] }))),
  'over a list': () => selected(flow(op('jsonAgg')(id), over({ orderBy: [id] }))),
  'over a text of all': () => selected(flow(op('stringAgg')(', ')(name), over({ orderBy: [id] }))),
  'a lag of other types': () => selected(flow(op('lag')(id, 1, 'x'), over({ orderBy: [id] }))),
}

const functions: Mistakes = {
  'an aggregate of distinct values': () => selected(op('distinctValues')(op('sum')(age))),
  'a list of distinct values in another order': () =>
    selected(op('distinctValues')(op('stringAgg')(', ', [age])(name))),
  'an array of values': () => selected(op('arrayAgg')(id)),
  'an array of documents': () => selected(op('arrayAgg')(doc)),
  deviations: () => selected(op('stddevSamp')(x)),
  'the mean of text': () => selected(op('avg')(name)),
  'the sum of truths': () => selected(op('sum')(users.flag)),
  'the greatest truth': () => selected(op('max')(users.flag)),
  'boolAnd of numbers': () => selected(op('boolAnd')(age)),
  'the remainder of doubles': () => selected(op('mod')(x, 2.5)),
  'a double rounded': () => selected(op('round')(x)),
  'a double rounded to digits': () => selected(op('roundTo')(2)(x)),
  'digits beyond reason': () => selected(op('roundTo')(99)(price)),
  'halves of digits': () => selected(op('roundTo')(1.5)(price)),
  'digits cut': () => selected(op('truncateDigits')(1)(x)),
  'a regular expression of a column': () => flow(all, op('where')(op('regexMatches')(name)(name))),
  'a regular expression with a look behind': () => flow(all, op('where')(op('regexMatches')('(?<=a)b')(name))),
  'a regular expression with a back reference': () => flow(all, op('where')(op('regexMatches')('(a)\\1')(name))),
  'a regular expression that does not close': () => flow(all, op('where')(op('regexMatches')('(a')(name))),
  'a regular expression with a class that does not close': () => flow(all, op('where')(op('regexMatches')('[a')(name))),
  'a regular expression that repeats nothing': () => flow(all, op('where')(op('regexMatches')('*a')(name))),
  'a regular expression that repeats too often': () => flow(all, op('where')(op('regexMatches')('a{1,4000}')(name))),
  'a regular expression that counts down': () => flow(all, op('where')(op('regexMatches')('a{3,2}')(name))),
  'a regular expression that repeats twice': () => flow(all, op('where')(op('regexMatches')('a**')(name))),
  'a regular expression with a word of Unicode': () => flow(all, op('where')(op('regexMatches')('\\p{L}')(name))),
  'a regular expression that ends in an escape': () => flow(all, op('where')(op('regexMatches')('a\\')(name))),
  'a regular expression with a class of a class': () => flow(all, op('where')(op('regexMatches')('[[:alpha:]]')(name))),
  'a pattern that ends in its escape': () => flow(all, op('where')(op('like')('a!', { escape: '!' })(name))),
  'an escape of two letters': () => flow(all, op('where')(op('like')('a', { escape: '!!' })(name))),
  'a search in an expression': () => flow(all, op('where')(op('matches')([op('lower')(name)], 'a'))),
  'a part of a day that it has not': () => selected(op('extract')(day, 'hour')),
  'a part that nobody knows': () => selected(op('extract')(at, 'fortnight')),
  'a part of a number': () => selected(op('extract')(age, 'year')),
  'a day cut to an hour': () => selected(op('truncateTo')(day, 'hour')),
  'an interval added to a number': () => selected(op('addInterval')(age, { days: 1 })),
  'hours added to a day': () => selected(op('addInterval')(day, { hours: 1 })),
  'halves of a month': () => selected(op('addInterval')(at, { months: 1.5 })),
  'text as days': () => selected(op('addInterval')(at, { days: 'x' })),
  'days between numbers': () => selected(op('daysBetween')(age, age)),
  'a padding by a column': () => selected(op('lpad')(age, name)(name)),
  'a substring of nothing': () => selected(op('substring')('a', 2)(name)),
  'a collation with an odd name': () => selected(op('collate')('a"; --')(name)),
  'an array of another type': () => flow(op('from')(lists), op('select')({ e: op('arrayConcat')(lists.all, ['x']) })),
  'an array where there is none': () => selected(op('arrayLength')(name)),
  'an element of another type': () => flow(op('from')(lists), op('select')({ e: op('arrayAppend')(lists.all, 'x') })),
  'a place that is no integer': () => flow(op('from')(lists), op('select')({ e: op('elementAt')(lists.all, 'x') })),
  'the length of an array': () => flow(op('from')(lists), op('select')({ e: op('arrayLength')(lists.all) })),
  'a path of documents': () => selected(op('jsonPath')(doc, ['a'], json(t.unknown))),
  'a path of halves': () => selected(op('jsonPath')(doc, [1.5], text)),
  'a path in text': () => selected(op('jsonPath')(name, ['a'], text)),
  'a path below zero': () => selected(op('jsonPath')(doc, [-1], text)),
  'an array in a document': () => flow(op('from')(lists), op('select')({ e: op('jsonArray')(lists.all) })),
  'a document with a document of arrays': () => flow(all, op('where')(op('jsonContains')(doc, { a: [1] }))),
  'documents compared': () => flow(all, op('where')(op('eq')(doc, doc))),
  'a cast of a document': () => selected(op('cast')(doc, integer)),
  'a cast to a document': () => selected(op('cast')(name, json(t.unknown))),
  'a cast of truth to a day': () => selected(op('cast')(users.flag, date)),
  'a cast of long decimals': () => selected(op('cast')(users.long, integer)),
  'a cast to long decimals': () => selected(op('cast')(age, numeric(30, 2))),
  'calculations with unsigned bigints': () =>
    flow(
      op('from')(table('un', { u: pipe(bigint, unsigned) })),
      op('select')({ e: op('add')(op('literal')(1n, pipe(bigint, unsigned)), 1n) }),
    ),
  'nullIf of other types': () => selected(op('nullIf')(age, 'x')),
  'greatest of other types': () => selected(op('greatest')(age, name)),
  'coalesce of other types': () => selected(op('coalesce')(age, name)),
  'a next value': () => selected(op('nextValue')(op('sequence')('numbers'))),
  'SQL that does not close': () => selected(op('sql')(boolean)(Object.assign(["'", ''], { raw: ["'", ''] }), id)),
  'SQL with a comment': () => selected(op('sql')(boolean)(Object.assign(['1 -- ', ''], { raw: ['1 -- ', ''] }), id)),
  'SQL of two statements': () =>
    selected(op('sql')(boolean)(Object.assign(['1; drop ', ''], { raw: ['1; drop ', ''] }), id)),
}

const writes: Mistakes = {
  'an update of nothing': () => flow(op('update')(posts), op('set')({}), op('everyRow')),
  'an update without a where': () => flow(op('update')(posts), op('set')({ title: 'x' })),
  'a delete without a where': () => op('deleteFrom')(posts),
  'an update of no column': () => flow(op('update')(posts), op('set')({ other: 1 }), op('everyRow')),
  'an update of what is computed': () => flow(op('update')(counted), op('set')({ sum: 1 }), op('everyRow')),
  'an update of what is always made': () => flow(op('update')(always), op('set')({ id: 1 }), op('everyRow')),
  'an update to another type': () => flow(op('update')(posts), op('set')({ title: posts.id }), op('everyRow')),
  'an update to a decimal of another scale': () =>
    flow(op('update')(users), op('set')({ price: users.long }), op('everyRow')),
  'an update to an aggregate': () => flow(op('update')(posts), op('set')({ userId: op('count')() }), op('everyRow')),
  'an update that swaps': () =>
    flow(op('update')(posts), op('set')({ id: posts.userId, userId: posts.id }), op('everyRow')),
  'an update from a query of itself': () =>
    flow(
      op('update')(posts),
      op('set')({ userId: op('scalar')(flow(some, op('select')(op('max')(posts.userId)))) }),
      op('everyRow'),
    ),
  'an update of a view': () => flow(op('update')(seen), op('set')({ id: 1 }), op('everyRow')),
  'an update that returns nothing': () =>
    flow(op('update')(posts), op('set')({ title: 'x' }), op('everyRow'), op('returning')({})),
  'an update that returns an aggregate': () =>
    flow(op('update')(posts), op('set')({ title: 'x' }), op('everyRow'), op('returning')({ n: op('count')() })),
  'an update that returns its key': () =>
    flow(
      op('update')(posts),
      op('set')({ id: op('add')(posts.id, 1) }),
      op('everyRow'),
      op('returning')({ id: posts.id }),
    ),
  'an update using itself': () =>
    flow(op('update')(posts), op('using')(posts, one), op('set')({ title: 'x' }), op('everyRow')),
  'an update using others': () =>
    flow(
      op('update')(posts),
      op('using')(users, op('eq')(posts.userId, id)),
      op('set')({ title: name }),
      op('everyRow'),
      op('returning')({ id: posts.id, name }),
    ),
  'a delete using others': () =>
    flow(
      op('deleteFrom')(posts),
      op('using')(users, op('eq')(posts.userId, id)),
      op('everyRow'),
      op('returning')({ id: posts.id }),
    ),
  'an insert of nothing': () => op('insertInto')(posts)([]),
  'an insert of no column': () => op('insertInto')(posts)({ id: 1, userId: 1, title: 'x', other: 1 }),
  'an insert without a value that is needed': () => op('insertInto')(posts)({ id: 1 }),
  'an insert of null where there is none': () => op('insertInto')(posts)({ id: 1, userId: null, title: 'x' }),
  'an insert of what is computed': () => op('insertInto')(counted)({ word: 'a', sum: 1 }),
  'an insert of what is always made': () => op('insertInto')(always)({ id: 1, word: 'a' }),
  'an insert of a column': () => op('insertInto')(posts)({ id: 1, userId: posts.id, title: 'x' }),
  'an insert into a view': () => op('insertInto')(seen)({ id: 1 }),
  'an insert of another type': () => op('insertInto')(posts)({ id: 1, userId: op('lower')('a'), title: 'x' }),
  'an insert of an aggregate': () => op('insertInto')(posts)({ id: 1, userId: op('count')(), title: 'x' }),
  'insertFrom of other outputs': () => flow(all, op('select')({ id }), op('insertFrom')(posts)),
  'insertFrom of an unknown output': () =>
    flow(all, op('select')({ id, userId: id, title: name, other: id }), op('insertFrom')(posts)),
  'insertFrom of another type': () =>
    flow(all, op('select')({ id, userId: name, title: name }), op('insertFrom')(posts)),
  'insertFrom that returns': () =>
    flow(
      all,
      op('select')({ id, userId: id, title: name }),
      op('insertFrom')(posts),
      op('returning')({ id: posts.id }),
    ),
  'insertFrom of what is computed': () =>
    flow(all, op('select')({ id, word: name, sum: id }), op('insertFrom')(counted)),
  'an upsert without a key': () =>
    flow(
      op('insertInto')(posts)({ id: 1, userId: 1, title: 'x' }),
      op('onConflictDoUpdate')({ target: posts.title, set: { title: 'y' } }),
    ),
  'an upsert without a target': () =>
    flow(op('insertInto')(posts)({ id: 1, userId: 1, title: 'x' }), op('onConflictDoUpdate')({ set: { title: 'y' } })),
  'an upsert that sets nothing': () =>
    flow(
      op('insertInto')(posts)({ id: 1, userId: 1, title: 'x' }),
      op('onConflictDoUpdate')({ target: posts.id, set: {} }),
    ),
  'an upsert of another type': () =>
    flow(
      op('insertInto')(posts)({ id: 1, userId: 1, title: 'x' }),
      op('onConflictDoUpdate')({ target: posts.id, set: { title: posts.id } }),
    ),
  'an upsert of no column': () =>
    flow(
      op('insertInto')(posts)({ id: 1, userId: 1, title: 'x' }),
      op('onConflictDoUpdate')({ target: posts.id, set: { other: 1 } }),
    ),
  'an upsert of an aggregate': () =>
    flow(
      op('insertInto')(posts)({ id: 1, userId: 1, title: 'x' }),
      op('onConflictDoUpdate')({ target: posts.id, set: { userId: op('count')() } }),
    ),
  'an upsert that swaps': () =>
    flow(
      op('insertInto')(posts)({ id: 1, userId: 1, title: 'x' }),
      op('onConflictDoUpdate')({ target: posts.id, set: { id: posts.userId, userId: posts.id } }),
    ),
  'an upsert into what is called excluded': () => {
    const excluded = table('excluded', { id: pipe(integer, primaryKey), n: integer })
    return flow(
      op('insertInto')(excluded)({ id: 1, n: 1 }),
      op('onConflictDoUpdate')({ target: excluded.id, set: { n: 2 } }),
    )
  },
  'text of nothing': () => op('sql')['text']?.(Object.assign(['  '], { raw: ['  '] })),
}

/** All of them, by their groups. */
export const mistakes: Readonly<Record<string, Mistakes>> = { clauses, locks, includes, windows, functions, writes }

/** A schema that has all tables of the mistakes. */
export const mistaken = schema({ users, posts, counted, always, lists })

/** Definitions that are wrong, or that some engine cannot say. */
export const definitions: Mistakes = {
  'no definition': () => ({}),
  'a check that asks a query': () =>
    op('createTable')(
      table('bad', { id: integer }, (own) => [
        op('checkConstraint')(op('inQuery')(flow(some, op('select')(posts.id)))(own.id)) as never,
      ]),
    ),
  'a check of another table': () =>
    op('createTable')(table('bad', { id: integer }, () => [op('checkConstraint')(op('gt')(posts.id, 1)) as never])),
  'a check with a parameter': () =>
    op('createTable')(
      table('bad', { id: integer }, (own) => [
        op('checkConstraint')(op('gt')(own.id, op('param')('n', integer))) as never,
      ]),
    ),
  'a check with a regular expression': () =>
    op('createTable')(
      table('bad', { name: varchar(9) }, (own) => [op('checkConstraint')(op('regexMatches')('^a')(own.name)) as never]),
    ),
  'an action that nobody knows': () =>
    op('createTable')(
      table('bad', { id: integer }, (own) => [op('foreignKey')(own.id, posts.id, { onDelete: '; --' }) as never]),
    ),
  'a key that sets null where there is none': () =>
    op('createTable')(
      table('bad', { id: integer }, (own) => [op('foreignKey')(own.id, posts.id, { onDelete: 'setNull' }) as never]),
    ),
  'a key that sets the default': () =>
    op('createTable')(
      table('bad', { id: pipe(integer, nullable) }, (own) => [
        op('foreignKey')(own.id, posts.id, { onDelete: 'setDefault' }) as never,
      ]),
    ),
  'a key that is asked later': () =>
    op('createTable')(table('bad', { id: pipe(integer, references(posts.id, { deferrable: 'deferred' })) })),
  'a unique that is asked later': () =>
    op('createTable')(
      table('bad', { id: integer }, (own) => [op('uniqueConstraint')([own.id], { deferrable: 'deferred' }) as never]),
    ),
  'two counting columns': () =>
    op('createTable')(table('bad', { a: pipe(integer, primaryKey, autoIncrement), b: pipe(integer, autoIncrement) })),
  'a counting column beside a key': () =>
    op('createTable')(table('bad', { a: pipe(integer, primaryKey), b: pipe(integer, autoIncrement) })),
  'a counting text': () => op('createTable')(table('bad', { a: op('autoIncrement')(op('primaryKey')(text)) } as never)),
  'a counting unsigned bigint': () =>
    op('createTable')(table('bad', { a: pipe(bigint, unsigned, primaryKey, autoIncrement) })),
  'an identity in steps': () =>
    op('createTable')(table('bad', { a: pipe(integer, primaryKey, identity({ start: 5, increment: 2 })) })),
  'an identity from below': () =>
    op('createTable')(
      table('bad', { a: pipe(integer, primaryKey, identity({ start: -5, min: -9, max: 9, cycle: true })) }),
    ),
  'an identity of halves': () =>
    op('createTable')(table('bad', { a: pipe(integer, primaryKey, identity({ start: 1.5 })) })),
  'an identity that is always made': () => op('createTable')(always),
  'a collation of a number': () => op('createTable')(table('bad', { a: op('collation')('x')(integer) } as never)),
  'a collation': () => op('createTable')(table('bad', { a: op('collation')('de_DE')(text) } as never)),
  'a computed key': () =>
    op('createTable')(
      table('bad', { a: integer, b: pipe(integer, primaryKey, generated) }, (own) => [
        op('generatedAs')(own.b, op('add')(own.a, 1)) as never,
      ]),
    ),
  'a computed column that is not kept': () =>
    op('createTable')(
      table('bad', { a: integer, b: pipe(integer, generated) }, (own) => [
        op('generatedAs')(own.b, op('add')(own.a, 1), { stored: false }) as never,
      ]),
    ),
  'a computed column that refers': () =>
    op('createTable')(
      table('bad', { a: integer, b: pipe(integer, nullable, generated, references(posts.id)) }, (own) => [
        op('generatedAs')(own.b, op('add')(own.a, 1), { stored: false }) as never,
      ]),
    ),
  'a computed column of nothing': () =>
    op('createTable')(table('bad', { a: integer, b: pipe(integer, nullable, generated) })),
  'a computed column of another type': () =>
    op('createTable')(
      table('bad', { a: integer, b: pipe(text, nullable, generated) }, (own) => [
        op('generatedAs')(own.b, op('add')(own.a, 1)) as never,
      ]),
    ),
  'a default of another type': () =>
    op('createTable')(table('bad', { a: op('serverDefault')(op('lower')('X'))(integer) } as never)),
  'a default of a query': () =>
    op('createTable')(
      table('bad', {
        a: op('serverDefault')(op('scalar')(flow(some, op('select')(op('max')(posts.id)))))(integer),
      } as never),
    ),
  'a comment with a NUL': () => op('createTable')(table('bad', { a: op('comment')('a\0')(integer) } as never)),
  'a default with a NUL': () => op('createTable')(table('bad', { a: op('serverDefault')('a\0')(text) } as never)),
  'an index of an expression': () =>
    op('createTable')(table('bad', { a: varchar(9) }, (own) => [op('indexOn')([op('lower')(own.a)]) as never])),
  'an index of a text': () => op('createTable')(table('bad', { a: text }, (own) => [op('indexOn')([own.a]) as never])),
  'an index of some rows': () =>
    op('createTable')(
      table('bad', { a: integer }, (own) => [op('indexOn')([own.a], { where: op('gt')(own.a, 1) }) as never]),
    ),
  'an index with more columns': () =>
    op('createTable')(
      table('bad', { a: integer, b: integer }, (own) => [op('indexOn')([own.a], { include: [own.b] }) as never]),
    ),
  'an index of nulls first': () =>
    op('createTable')(
      table('bad', { a: pipe(integer, nullable) }, (own) => [
        op('indexOn')([op('nullsFirst')(op('asc')(own.a))]) as never,
      ]),
    ),
  'an index of documents': () =>
    op('createTable')(table('bad', { a: json(t.unknown) }, (own) => [op('indexOn')([own.a]) as never])),
  'a unique text': () => op('createTable')(table('bad', { a: op('unique')(text) } as never)),
  'a key of text': () => op('createTable')(table('bad', { a: pipe(text, primaryKey) })),
  'a key of bytes': () => op('createTable')(table('bad', { a: pipe(relvar.binary, primaryKey) })),
  'a key of documents': () => op('createTable')(table('bad', { a: op('primaryKey')(json(t.unknown)) } as never)),
  'a long key': () => op('createTable')(table('bad', { a: pipe(varchar(1000), primaryKey) })),
  'a key of long decimals': () => op('createTable')(table('bad', { a: pipe(numeric(30, 2), primaryKey) })),
  'a temporary table that refers': () =>
    op('createTable')(table('bad', { a: pipe(integer, references(posts.id)) }), { temporary: true }),
  'a temporary table of a schema': () =>
    op('createTable')(op('tableIn')('other')('bad', { a: integer }), { temporary: true }),
  'a table of a schema': () => op('createTable')(op('tableIn')('other')('bad', { a: integer }), { ifNotExists: true }),
  'a key into another schema': () =>
    op('createTable')(op('tableIn')('other')('bad', { a: pipe(integer, references(posts.id)) })),
  'a naming that gives nothing': () => op('createTable')(posts, { naming: { primaryKey: () => '' } }),
  'a naming that throws': () =>
    op('createTable')(posts, {
      naming: {
        primaryKey: () => {
          throw new Error('no')
        },
      },
    }),
  'two tables of one name': () =>
    op('createAll')(op('schema')({ a: table('same', { id: integer }), b: table('Same', { id: integer }) })),
  'an index of another one’s name': () =>
    op('createAll')(
      op('schema')({
        a: table('a', { n: integer }, (own) => [op('indexOn')([own.n], { name: 'same' }) as never]),
        b: table('b', { n: integer }, (own) => [op('indexOn')([own.n], { name: 'SAME' }) as never]),
      }),
    ),
  'a view as a table': () => op('createTable')(seen),
  'a table as a view': () => op('createView')(posts),
  'a view with a parameter': () =>
    op('createView')(op('view')('bad', flow(some, op('where')(op('eq')(posts.id, op('param')('n', integer)))))),
  'a view that is refreshed and keeps nothing': () => op('refreshView')(seen),
  'a kept view': () =>
    op('createView')(op('view')('bad', flow(some, op('select')({ id: posts.id })), { materialized: true })),
  'a view with includes': () =>
    op('createView')(op('view')('bad', flow(all, op('include')({ posts: op('many')(postsOf) })))),
  'a table of a query': () =>
    op('createTableAs')(table('copy', { id: integer }), flow(some, op('select')({ id: posts.id }))),
  'a table of a query of other outputs': () =>
    op('createTableAs')(table('copy', { id: integer }), flow(some, op('select')({ other: posts.id }))),
  'a table of a query that counts': () =>
    op('createTableAs')(counted, flow(some, op('select')({ id: posts.id, word: posts.title }))),
  'a sequence of halves': () => op('createSequence')(op('sequence')('bad', { start: 1.5 })),
  'a sequence': () => op('createSequence')(op('sequence')('fine', { start: 1, increment: 2 })),
  'a schema': () => op('createSchema')('other'),
  'a schema that goes': () => op('dropSchema')('other'),
  'a column that is altered and not there': () => op('alterTable')(posts)(op('alterColumn')(users.name)),
  'a column that is added and there': () => op('alterTable')(posts)(op('addColumn')(posts.title)),
  'a column that is dropped and not there': () => op('alterTable')(posts)(op('dropColumn')('other')),
  'a column that is dropped and a key': () => op('alterTable')(posts)(op('dropColumn')('id')),
  'a column that is dropped and computed with': () => op('alterTable')(counted)(op('dropColumn')('id')),
  'a column that is renamed and not there': () => op('alterTable')(posts)(op('renameColumn')('other', 'x')),
  'a column that is renamed to one that is there': () => op('alterTable')(posts)(op('renameColumn')('title', 'userId')),
  'a computed column altered': () => op('alterTable')(counted)(op('alterColumn')(counted.sum)),
  'a counting column altered': () =>
    op('alterTable')(counted)(op('alterColumn')(table('counted', { id: pipe(integer, primaryKey) }).id)),
  'a counting key less': () => op('alterTable')(counted)(op('dropConstraint')('primaryKey', 'pk_counted')),
  'a second primary key': () =>
    op('alterTable')(posts)(op('addConstraint')(op('primaryKeyConstraint')([posts.userId]))),
  'a primary key of what may be null': () => {
    const bare = table('bare', { a: pipe(integer, nullable) })
    return op('alterTable')(bare)(op('addConstraint')(op('primaryKeyConstraint')([bare.a])))
  },
  'a primary key more': () => {
    const bare = table('bare', { a: integer })
    return op('alterTable')(bare)(op('addConstraint')(op('primaryKeyConstraint')([bare.a], { name: 'own' })))
  },
  'a constraint less of no kind': () => op('alterTable')(posts)(op('dropConstraint')('other', 'x')),
  'a foreign key less': () => op('alterTable')(posts)(op('dropConstraint')('foreignKey', 'fk_posts_userId')),
  'a check less': () => op('alterTable')(posts)(op('dropConstraint')('check', 'ck_posts_1')),
  'a view altered': () => op('alterTable')(seen)(op('dropColumn')('id')),
  'an index that is the key': () => op('dropIndex')(posts, 'pk_posts'),
  'an index less': () => op('dropIndex')(posts, 'ix_posts_title', { ifExists: true }),
  'an index more': () => op('createIndex')(op('indexOn')([posts.userId, op('desc')(posts.id)], { name: 'by user' })),
  'a table less': () => op('dropTable')(posts, { ifExists: true }),
}
