// A model of units of work: tables as Maps, intents at random that keep them whole, and plans done row by row on them.
import { pipe } from 'fp-ts/lib/function.js'
import fc from 'fast-check'
import {
  autoIncrement,
  foreignKey,
  integer,
  nullable,
  primaryKey,
  references,
  schema,
  table,
  text,
  unique,
  Uow,
} from 'relvar'
import type { FlushPlan, KeyFlow } from '../../../src/session/plan.js'

// -- the tables: two that refer to each other, one of them to itself too, and a unique column ---------------------------

const id = pipe(integer, primaryKey, autoIncrement)
export const users = table('users', {
  id,
  name: text,
  email: pipe(text, nullable, unique),
  favoriteId: pipe(integer, nullable),
})
export const posts = table(
  'posts',
  { id, name: text, authorId: pipe(integer, nullable, references(users.id)), parentId: pipe(integer, nullable) },
  (t) => [foreignKey(t.parentId, t.id)],
)
const all = schema({ users, posts }, (t) => [foreignKey(t.users.favoriteId, t.posts.id)])
export const start = Uow.empty(all)
export type Work = typeof start

export type TableName = 'users' | 'posts'
export type Row = Readonly<Record<string, unknown>>
export type World = { readonly [T in TableName]: ReadonlyMap<number, Row> }

const foreignKeys = [
  { from: 'posts', column: 'authorId', to: 'users' },
  { from: 'posts', column: 'parentId', to: 'posts' },
  { from: 'users', column: 'favoriteId', to: 'posts' },
] as const

// -- intents ----------------------------------------------------------------------------------------------------------

export type Intent =
  | { readonly kind: 'insert'; readonly table: TableName; readonly row: Row }
  | { readonly kind: 'modify'; readonly table: TableName; readonly id: number; readonly patch: Row }
  | { readonly kind: 'remove'; readonly table: TableName; readonly id: number }

interface Draw {
  readonly kind: 'insert' | 'modify' | 'remove'
  readonly table: TableName
  readonly which: number
  readonly column: number
  readonly value: number
}

export const draw: fc.Arbitrary<Draw> = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'modify', 'modify', 'modify', 'remove'),
  table: fc.constantFrom('users', 'users', 'posts'),
  which: fc.nat(20),
  // addresses most, since rows compete for them
  column: fc.constantFrom(0, 1, 1, 1, 2),
  value: fc.nat(20),
})

const set = (world: World, name: TableName, key: number, row: Row | null): World => {
  const rows = new Map(world[name])
  if (row === null) rows.delete(key)
  else rows.set(key, row)
  return { ...world, [name]: rows }
}

export const pick = <A>(list: ReadonlyArray<A>, n: number): A | undefined => list[n % Math.max(1, list.length)]

const emails = ['a', 'b', 'c', 'd']

/** A value for a column that is right at this moment: a row that is there, an address that nobody has, or NULL. */
const valueFor = (world: World, column: string, n: number): unknown => {
  const key = foreignKeys.find((k) => k.column === column)
  if (key !== undefined) return pick([null, ...world[key.to].keys()], n) ?? null
  if (column !== 'email') return `n${n}`
  const taken = new Set([...world.users.values()].map((row) => row['email']))
  return pick([null, ...emails.filter((email) => !taken.has(email))], n) ?? null
}

const columns: { readonly [T in TableName]: ReadonlyArray<string> } = {
  users: ['name', 'email', 'favoriteId'],
  posts: ['name', 'authorId', 'parentId'],
}

/** The intents of one draw, which keep the world whole: what refers to a removed row refers to nothing first. */
const intentsOf = (
  world: World,
  { kind, table: name, which, column, value }: Draw,
  fresh: number,
): ReadonlyArray<Intent> => {
  if (kind === 'insert') {
    const values = columns[name].map((c, i) => [c, valueFor(world, c, value + i)] as const)
    return [{ kind, table: name, row: { id: fresh, ...Object.fromEntries(values) } }]
  }
  const target = pick([...world[name].keys()], which)
  if (target === undefined) return []
  if (kind === 'modify') {
    const changed = columns[name][column] ?? 'name'
    return [{ kind, table: name, id: target, patch: { [changed]: valueFor(world, changed, value) } }]
  }
  const emptied = foreignKeys.flatMap((key) =>
    key.to !== name
      ? []
      : [...world[key.from]].flatMap(
          ([child, row]): ReadonlyArray<Intent> =>
            row[key.column] === target && !(key.from === name && child === target)
              ? [{ kind: 'modify', table: key.from, id: child, patch: { [key.column]: null } }]
              : [],
        ),
  )
  return [...emptied, { kind, table: name, id: target }]
}

const after = (world: World, intent: Intent): World => {
  switch (intent.kind) {
    case 'insert':
      return set(world, intent.table, Number(intent.row['id']), intent.row)
    case 'modify':
      return set(world, intent.table, intent.id, { ...world[intent.table].get(intent.id), ...intent.patch })
    case 'remove':
      return set(world, intent.table, intent.id, null)
  }
}

/** Draws as intents, and the world that they end in. */
export const played = (
  world: World,
  draws: ReadonlyArray<Draw>,
  from: number,
): { readonly intents: ReadonlyArray<Intent>; readonly world: World } => {
  const intents: Array<Intent> = []
  let now = world
  for (const [i, one] of draws.entries())
    for (const intent of intentsOf(now, one, from + i)) {
      intents.push(intent)
      now = after(now, intent)
    }
  return { intents, world: now }
}

export const nothing: World = { users: new Map(), posts: new Map() }
export const before = fc.array(draw, { maxLength: 12 }).map((draws) => played(nothing, draws, 1).world)

// The rows of the model have the columns of the tables, which the test knows and the types do not.
export const untyped = (u: unknown): never => u as never

export const noted = (uow: Work, intent: Intent): Work => {
  const t = intent.table === 'users' ? users : posts
  switch (intent.kind) {
    case 'insert':
      return Uow.insert(t)(untyped(intent.row))(uow)[1]
    case 'modify':
      return Uow.modify(t)(untyped({ id: intent.id }), untyped(intent.patch))(uow)
    case 'remove':
      return Uow.remove(t)(untyped({ id: intent.id }))(uow)
  }
}

export const loaded = (world: World): Work =>
  pipe(start, Uow.load(users)(untyped([...world.users.values()])), Uow.load(posts)(untyped([...world.posts.values()])))

// -- doing a plan -----------------------------------------------------------------------------------------------------

const check = (world: World, where: string): void => {
  for (const { from, column, to } of foreignKeys)
    for (const row of world[from].values()) {
      const value = row[column]
      if (typeof value === 'number' && !world[to].has(value))
        throw new Error(`${where}: ${from}.${column} leads to nothing`)
    }
  const taken = [...world.users.values()].flatMap((row) => row['email'] ?? [])
  if (new Set(taken).size !== taken.length) throw new Error(`${where}: two rows have one address`)
}

/** Does a plan row by row; `key` makes the keys that the database makes. */
export const performed = (world: World, { steps }: FlushPlan, key: () => number): World => {
  let now = world
  const keys: Array<ReadonlyArray<number>> = []
  for (const step of steps) {
    const name = step.table.name === 'users' ? 'users' : 'posts'
    const made: Array<number> = []
    const flow = (i: number): Row =>
      Object.fromEntries(
        step.dataFlow.filter((f: KeyFlow) => f.row === i).map((f) => [f.column, keys[f.from.step]?.[f.from.row]]),
      )
    for (const [i, row] of step.rows.entries()) {
      const values: Row = { ...row.key, ...row.values, ...flow(i) }
      const at = Number(step.kind === 'insert' ? (values['id'] ?? key()) : values['id'])
      made.push(at)
      const was = now[name].get(at)
      if ((was === undefined) !== (step.kind === 'insert'))
        throw new Error(`${step.kind} ${name} ${at}: the row is there, or is not`)
      if (step.kind === 'update' && !step.columns.every((column) => was?.[column] !== values[column]))
        throw new Error(`update ${name} ${at} writes what is so already`)
      now = set(now, name, at, step.kind === 'delete' ? null : { ...was, ...values, id: at })
      check(now, `${step.kind} ${name} ${at}`)
    }
    keys.push(made)
  }
  return now
}
