// The tables of the conformance data, declared with relvar. Columns keep the names of the data, so that rows compare as they are.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  type AnyTable,
  autoIncrement,
  bigint,
  binary,
  boolean,
  date,
  defaultTo,
  double,
  enumeration,
  foreignKey,
  index,
  integer,
  interval,
  json,
  nullable,
  numeric,
  primaryKey,
  references,
  schema,
  smallint,
  table,
  text,
  time,
  timestamp,
  unique,
  varchar,
} from 'relvar'

const key = pipe(integer, primaryKey, autoIncrement)

export const customer = table('customer', {
  id: key,
  first_name: varchar(25),
  last_name: pipe(varchar(25), index),
  email: pipe(varchar(50), nullable),
  mobile: pipe(varchar(10), nullable),
})

export const account = table('account', {
  acct_no: pipe(integer, primaryKey),
  acct_name: varchar(50),
  cust_id: pipe(integer, nullable, references(customer.id)),
})

export const users = table('users', {
  id: key,
  name: pipe(varchar(50), nullable),
  fullname: pipe(varchar(50), nullable),
  password: pipe(varchar(12), nullable),
})

export const addresses = table('addresses', {
  id: key,
  email_address: varchar(100),
  user_id: pipe(integer, nullable, references(users.id)),
})

export const posts = table('posts', {
  id: key,
  user_id: pipe(integer, nullable, references(users.id)),
  headline: varchar(255),
  body: pipe(text, nullable),
})

export const keywords = table('keywords', {
  id: key,
  keyword: pipe(varchar(50), unique),
})

export const post_keywords = table('post_keywords', {
  post_id: pipe(integer, primaryKey, references(posts.id)),
  keyword_id: pipe(integer, primaryKey, references(keywords.id)),
})

export const role = table('role', {
  rid: key,
  role_name: pipe(varchar(10), nullable),
})

export const member = table('member', {
  nid: key,
  name: varchar(10),
  role: pipe(integer, nullable, references(role.rid)),
})

export const host = table('host', {
  nid: key,
  hostname: pipe(varchar(32), nullable),
  port: pipe(varchar(32), nullable),
  ip: pipe(varchar(32), nullable),
})

export const host_user = table('host_user', {
  nid: key,
  username: pipe(varchar(32), nullable),
})

export const host_to_host_user = table('host_to_host_user', {
  nid: key,
  host_id: pipe(integer, nullable, references(host.nid)),
  host_user_id: pipe(integer, nullable, references(host_user.nid)),
})

export const nodes = table(
  'nodes',
  {
    id: key,
    name: varchar(50),
    parent_id: pipe(integer, nullable),
  },
  (t) => [foreignKey(t.parent_id, t.id)],
)

// The data does not say that 22 is the port of a group that is given none; case w24 does.
export const group = table('group', {
  id: key,
  name: pipe(varchar(64), unique),
  port: pipe(integer, nullable, defaultTo(22)),
})

export const men = table('men', {
  id: key,
  name: pipe(varchar(32), nullable),
  age: pipe(varchar(16), nullable),
})

export const women = table('women', {
  id: key,
  name: pipe(varchar(32), nullable),
  age: pipe(varchar(16), nullable),
})

export const men_to_wemon = table('men_to_wemon', {
  nid: key,
  men_id: pipe(integer, nullable, references(men.id)),
  women_id: pipe(integer, nullable, references(women.id)),
})

// What SQLAlchemy calls FLOAT, an engine may keep in 32 bits: `double` is what loses nothing.
export const samples = table('samples', {
  id: pipe(integer, primaryKey),
  big: pipe(bigint, nullable),
  small: pipe(smallint, nullable),
  flag: pipe(boolean, nullable),
  ratio: pipe(double, nullable),
  price: pipe(numeric(10, 2), nullable),
  colour: pipe(enumeration(['red', 'green']), nullable),
  data: pipe(json(t.UnknownRecord), nullable),
  raw: pipe(binary, nullable),
  note: pipe(text, nullable),
  day: pipe(date, nullable),
  at: pipe(timestamp, nullable),
  clock: pipe(time, nullable),
  span: pipe(interval, nullable),
})

export const tutorial = schema({
  customer,
  account,
  users,
  addresses,
  posts,
  keywords,
  post_keywords,
  role,
  member,
  host,
  host_user,
  host_to_host_user,
  nodes,
  group,
  men,
  women,
  men_to_wemon,
  samples,
})

/** Tables by name, parents before children, as rows are loaded. */
export const tablesByName: ReadonlyMap<string, AnyTable> = new Map(Object.entries(tutorial.tables))

/** The column whose values the database makes, where the table has one. */
export const autoKeyOf = (name: string): string | null =>
  tutorial.infos.find((info) => info.name === name)?.columns.find((c) => c.autoIncrement)?.name ?? null

/** These tables and all whose rows refer to rows of theirs, parents before children. */
export const withChildren = (names: ReadonlySet<string>): ReadonlyArray<readonly [string, AnyTable]> => {
  const all = new Set(names)
  // Parents come first, so one pass finds the children of children too.
  for (const info of tutorial.infos)
    if (info.foreignKeys.some(({ target }) => all.has(target.table))) all.add(info.name)
  return [...tablesByName].filter(([name]) => all.has(name))
}
