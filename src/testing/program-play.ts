/**
 * From draws to the steps of a program: each is tried on a model of the tables, and left out where it would break a rule of theirs.
 */
import { isRight } from 'fp-ts/lib/Either.js'

import { type AnySchema, tableIdentity } from '../expr/schema.js'
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { checkReferences } from '../interpret/foreign-key.js'
import { replaceRows, type Tables, tablesIn } from '../interpret/tables.js'
import { keyOf, type Row } from '../interpret/value.js'
import { changedAmong, type Drawn, type Parents, readRow, rowAmong } from './held-rows.js'
import type { DrawnStep, Held, KeyOfRow, ProgramStep } from './program.js'
import { inOrder, type Placed, targetIdentity } from './table-order.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Rows by table identity and number, in the form in which relvar keeps them; of a key that the database makes, the row's number. */
type World = ReadonlyMap<string, ReadonlyMap<number, Row>>

interface Play {
  readonly of: AnySchema
  readonly placed: ReadonlyArray<Placed>
  readonly world: World
  /** The world at the last flush. */
  readonly flushed: World
  readonly next: number
  readonly steps: ReadonlyArray<ProgramStep>
  /** What stood when the transaction began; null outside of any but the program's own. */
  readonly around: Play | null
}

const rowsOf = (world: World, info: TableInfo): ReadonlyMap<number, Row> => world.get(tableIdentity(info)) ?? new Map()

const parentsOf = (world: World): Parents =>
  new Map([...world].map(([identity, rows]) => [identity, [...rows.values()]] as const))

const withRow = (world: World, info: TableInfo, number: number, row: Row | null): World => {
  const rows = new Map(rowsOf(world, info))
  if (row === null) rows.delete(number)
  else rows.set(number, row)
  return new Map(world).set(tableIdentity(info), rows)
}

/** Whether every reference of the world is met. */
const isWhole = ({ of, placed }: Play, world: World): boolean => {
  const empty = tablesIn(of)
  const tables = placed.reduce(
    (before: Tables, { info }) => replaceRows(before, info, [...rowsOf(world, info).values()]),
    empty,
  )
  return isRight(checkReferences(empty, tables))
}

// -------------------------------------------------------------------------------------
// keys that the database makes
// -------------------------------------------------------------------------------------

const infoOf = (placed: ReadonlyArray<Placed>, identity: string): TableInfo | null =>
  placed.find(({ info }) => tableIdentity(info) === identity)?.info ?? null

/** The foreign key by which a column has a key that the database makes for another row; null where it has none such. */
const leadsToMade = (
  placed: ReadonlyArray<Placed>,
  info: TableInfo,
  column: string,
  seen: ReadonlySet<string> = new Set(),
): ForeignKeyInfo | null => {
  const place = `${tableIdentity(info)} ${column}`
  if (seen.has(place)) return null
  return (
    info.foreignKeys.find((key) => {
      const at = key.columns.indexOf(column)
      const target = at < 0 ? null : infoOf(placed, targetIdentity(key))
      const there = key.target.columns[at] ?? ''
      return (
        target !== null &&
        (isMade(target, there) || leadsToMade(placed, target, there, new Set([...seen, place])) !== null)
      )
    }) ?? null
  )
}

const isMade = (info: TableInfo, column: string): boolean =>
  info.columns.find((c) => c.key === column)?.autoIncrement === true

/** The values with the keys of other rows in the place of those that stand for them. */
const withKeys = ({ placed }: Play, world: World, info: TableInfo, held: Row): Row => {
  const read = readRow(info, held)
  const keys = info.columns.flatMap(({ key: column }): ReadonlyArray<readonly [string, KeyOfRow]> => {
    const key = held[column] === null ? null : leadsToMade(placed, info, column)
    const target = key === null ? null : infoOf(placed, targetIdentity(key))
    if (key === null || target === null || key.columns.some((c) => held[c] === null)) return []
    const parent = [...rowsOf(world, target)].find(([, row]) =>
      key.columns.every((c, at) => keyOf(held[c]) === keyOf(row[key.target.columns[at] ?? ''])),
    )
    const there = key.target.columns[key.columns.indexOf(column)] ?? ''
    return parent === undefined ? [] : [[column, { _tag: 'KeyOfRow', row: parent[0], column: there }]]
  })
  return { ...read, ...Object.fromEntries(keys) }
}

/** All rows as they are to be found, the keys of their own that the database makes among them. */
const heldOf = (play: Play): Held =>
  new Map(
    play.placed.map(({ table, info }) => [
      table,
      new Map(
        [...rowsOf(play.world, info)].map(([number, row]) => {
          const own = info.columns
            .filter((c) => c.autoIncrement)
            .map((c) => [c.key, { _tag: 'KeyOfRow', row: number, column: c.key }] as const)
          return [number, { ...withKeys(play, play.world, info, row), ...Object.fromEntries(own) }]
        }),
      ),
    ]),
  )

// -------------------------------------------------------------------------------------
// steps
// -------------------------------------------------------------------------------------

const done = (play: Play, step: ProgramStep, more: Partial<Play>): Play => ({
  ...play,
  ...more,
  steps: [...play.steps, step],
})

/** A change that was drawn, with the values for the table that it is tried on. */
type Change = Omit<Drawing, 'drawn'> & { readonly drawn: Drawn }

type Drawing = Extract<DrawnStep, { readonly drawn: unknown }>

const inserted = (play: Play, { table, info }: Placed, { drawn }: Change): Play => {
  const { world, next } = play
  const number = (type: string): number | bigint =>
    type === 'BigInt' || type === 'UnsignedBigInt' ? BigInt(next) : next
  const own = info.columns.filter((c) => c.autoIncrement)
  // A key of the row's own stands for the one that the database is to make, whatever a codec says of it.
  const stand = Object.fromEntries(own.map((c) => [c.key, number(c.type._tag)]))
  const values = { ...drawn.values, ...Object.fromEntries(own.map((c) => [c.key, readRow(info, stand)[c.key]])) }
  const row = rowAmong(info, { ...drawn, values }, [...rowsOf(world, info).values()], parentsOf(world))
  if (row === null) return play
  const after = withRow(world, info, next, row)
  if (!isWhole(play, after)) return play
  const left = info.columns.filter((c) => c.autoIncrement || c.generated !== null).map((c) => c.key)
  const given = Object.entries(withKeys(play, after, info, row)).filter(([key]) => !left.includes(key))
  // A row that refers to itself has no key to give yet.
  if (given.some(([, value]) => isKeyOf(value, next))) return play
  return done(
    play,
    { _tag: 'Insert', table, row: next, values: Object.fromEntries(given) },
    { world: after, next: next + 1 },
  )
}

const isKeyOf = (value: unknown, row: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'row' in value &&
  '_tag' in value &&
  value._tag === 'KeyOfRow' &&
  value.row === row

/** One of the rows that can be named: those of a table with a key. */
const named = (play: Play, { info }: Placed, which: number): readonly [number, Row] | null => {
  const rows = info.primaryKey.length === 0 ? [] : [...rowsOf(play.world, info)]
  return rows[which % Math.max(1, rows.length)] ?? null
}

const modified = (play: Play, { table, info }: Placed, change: Change): Play => {
  const target = named(play, { table, info, late: new Set() }, change.which)
  const changeable = info.columns.filter(
    (c) => !c.autoIncrement && c.generated === null && !info.primaryKey.includes(c.key),
  )
  const columns = [...new Set(change.columns)].flatMap(
    (at) => changeable[at % Math.max(1, changeable.length)]?.key ?? [],
  )
  if (target === null || columns.length === 0) return play
  const [number, before] = target
  const others = [...rowsOf(play.world, info)].flatMap(([n, row]) => (n === number ? [] : [row]))
  const row = changedAmong(info, before, change.drawn, columns, others, parentsOf(play.world))
  if (row === null) return play
  const world = withRow(play.world, info, number, row)
  if (!isWhole(play, world)) return play
  const values = withKeys(play, world, info, row)
  const touched = changeable
    .map((c) => c.key)
    .filter((key) => columns.includes(key) || keyOf(row[key]) !== keyOf(before[key]))
  const patch = Object.fromEntries(touched.map((key) => [key, values[key]]))
  return done(play, { _tag: 'Modify', table, row: number, byKey: change.byKey, patch }, { world })
}

const removed = (play: Play, placed: Placed, { which, byKey }: Change): Play => {
  const target = named(play, placed, which)
  if (target === null) return play
  const world = withRow(play.world, placed.info, target[0], null)
  if (!isWhole(play, world)) return play
  return done(play, { _tag: 'Remove', table: placed.table, row: target[0], byKey }, { world })
}

const bag = (rows: ReadonlyMap<number, Row>): string => [...rows.values()].map(keyOf).sort().join()

const flushed = (play: Play): Play => {
  const changed = play.placed
    .filter(({ info }) => bag(rowsOf(play.world, info)) !== bag(rowsOf(play.flushed, info)))
    .map(({ table }) => table)
  return done(play, { _tag: 'Flush', held: heldOf(play), changed }, { flushed: play.world })
}

const tried = { insert: inserted, modify: modified, remove: removed }

/** The change on the first table, from the one that was drawn on, that takes it. */
const changed = (play: Play, change: Drawing): Play => {
  for (let i = 0; i < play.placed.length; i++) {
    const at = (change.table + i) % play.placed.length
    const [placed, drawn] = [play.placed[at], change.drawn[at]]
    if (placed === undefined || drawn === undefined) continue
    const after = tried[change.kind](play, placed, { ...change, drawn })
    if (after !== play) return after
  }
  return play
}

const depthOf = (play: Play): number => (play.around === null ? 0 : 1 + depthOf(play.around))

/** The end of a transaction. What it leaves unflushed would be lost, so that it ends with a flush. */
const ended = (play: Play, commits: boolean): Play => {
  const { around } = play
  if (around === null) return play
  const inner = flushed(play)
  const { world, flushed: last } = commits ? inner : around
  return done(around, { _tag: 'Nested', commits, steps: inner.steps }, { world, flushed: last, next: inner.next })
}

const step = (play: Play, one: DrawnStep): Play => {
  switch (one.kind) {
    case 'flush':
      return flushed(play)
    case 'reload':
      return done(flushed(play), { _tag: 'Reload' }, {})
    case 'begin':
      return depthOf(play) < 2 ? { ...play, steps: [], around: play } : play
    case 'end':
      return ended(play, one.commits)
    default:
      return changed(play, one)
  }
}

const allEnded = (play: Play): Play => (play.around === null ? play : allEnded(ended(play, true)))

/** The steps of a program. */
export const played = (of: AnySchema, drawn: ReadonlyArray<DrawnStep>): ReadonlyArray<ProgramStep> => {
  const nothing: World = new Map()
  const start: Play = { of, placed: inOrder(of), world: nothing, flushed: nothing, next: 1, steps: [], around: null }
  return flushed(allEnded(drawn.reduce(step, start))).steps
}
