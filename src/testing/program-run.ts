/**
 * `keepsTheModel(schema, databases)`: a property that units of work leave in the tables what they say.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'

import type { Database } from '../effects/database.js'
import type { DbError } from '../effects/error.js'
import type { Middleware } from '../effects/middleware.js'
import { query } from '../expr/query.js'
import { noClauses } from '../expr/query-node.js'
import { type AnySchema, tableIdentity } from '../expr/schema.js'
import { showValue } from '../expr/show.js'
import type { TableInfo } from '../expr/source.js'
import { type AnyTable, sourceOf, tableInfo } from '../expr/table.js'
import { emptyTables } from '../interpret/tables.js'
import type { Row } from '../interpret/value.js'
import type { AnyRef } from '../session/ref.js'
import type { AnyUnitOfWork } from '../session/unit-of-work.js'
import * as Uow from '../session/uow.js'
import { fill, must } from './fill.js'
import { type Held, type KeyOfRow, type Program, program, type ProgramStep } from './program.js'
import { isKeyOfRow } from './program-show.js'
import { sameRows, sorted } from './same-rows.js'
import { sandbox } from './sandbox.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Where a run stands: the unit of work, the Refs of its own inserts, and the keys that are known, by the rows' numbers. */
interface Stand {
  readonly uow: AnyUnitOfWork
  readonly refs: ReadonlyMap<number, AnyRef>
  readonly keys: ReadonlyMap<number, Row>
}

interface Ground {
  readonly of: AnySchema
  readonly db: Database
  /** The statements since the last call. */
  readonly sent: () => number
}

/** How a run ended: where the plan refuses what SQL cannot do in steps, nothing was written. */
type Ran = { readonly _tag: 'Done'; readonly stand: Stand } | { readonly _tag: 'Refused' }

const done = (stand: Stand): Ran => ({ _tag: 'Done', stand })

const refused: Ran = { _tag: 'Refused' }

/** What a unit of work refuses though its end is whole: circles that no order of statements gets through. */
const refusals: ReadonlyArray<string> = ['UniqueCycle', 'ForeignKeyCycle']

// The rows of a program are those of its tables; no type tells which these are.
const untyped = (u: unknown): never => u as never

const wrong = (what: string): never => {
  throw new Error(what)
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** The Ref of a row, or its key's column where it has no Ref in this unit of work. */
const referenceOf = ({ refs, keys }: Stand, { row, column }: KeyOfRow): unknown =>
  refs.get(row) ?? keys.get(row)?.[column] ?? wrong(`row ${row} of the program has no key`)

const writable = (stand: Stand, values: Row): Row =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, isKeyOfRow(value) ? referenceOf(stand, value) : value]),
  )

const address = ({ refs, keys }: Stand, row: number, byKey: boolean): unknown => {
  const [ref, key] = [refs.get(row), keys.get(row)]
  return (byKey ? (key ?? ref) : (ref ?? key)) ?? wrong(`row ${row} of the program has no key`)
}

/** Keys as the database has them. */
const keysNow = ({ uow, refs, keys }: Stand): ReadonlyMap<number, Row> =>
  new Map([
    ...keys,
    ...[...refs].flatMap(([row, ref]): ReadonlyArray<readonly [number, Row]> => {
      const key = Uow.keyOf(ref)(uow)
      // The key of a row is a record of its columns.
      return O.isSome(key) ? [[row, key.value as Row]] : []
    }),
  ])

const allRows = (db: Database, t: AnyTable): Promise<ReadonlyArray<Row>> =>
  must<DbError, ReadonlyArray<Row>>(
    // The rows of a whole table are records.
    db.all(query<unknown, never, never, never, 'select'>({ ...noClauses, from: sourceOf(t) })) as () => Promise<
      E.Either<DbError, ReadonlyArray<Row>>
    >,
  )

/** A row without what an update changes by itself. */
const compared = (info: TableInfo, row: Row): Row =>
  Object.fromEntries(info.columns.filter((c) => c.onUpdate === null).map((c) => [c.key, row[c.key]]))

/** Throws where a table holds other rows than the model. */
const compareAll = async (db: Database, held: Held, stand: Stand): Promise<void> => {
  for (const [t, rows] of held) {
    const info = tableInfo(t)
    const own = [...rows.values()].map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          isKeyOfRow(value) ? stand.keys.get(value.row)?.[value.column] : value,
        ]),
      ),
    )
    const [mine, theirs] = [own, await allRows(db, t)].map((all) => sorted(all.map((row) => compared(info, row))))
    if (mine === undefined || theirs === undefined || !sameRows(mine, theirs))
      wrong(
        `"${info.name}" holds other rows than the model\n  model    ${showValue(mine)}\n  database ${showValue(theirs)}`,
      )
  }
}

// -------------------------------------------------------------------------------------
// steps
// -------------------------------------------------------------------------------------

type Flush = Extract<ProgramStep, { readonly _tag: 'Flush' }>

/** Whether a plan is refused; one that is not writes no table whose rows are as they were. */
const checkPlan = ({ db }: Ground, { changed }: Flush, { uow }: Stand): boolean => {
  const plan = Uow.plan(db.dialect)(uow)
  if (E.isLeft(plan)) return refusals.includes(plan.left._tag) || wrong(`${plan.left._tag}: ${plan.left.message}`)
  const names = changed.map((t) => tableIdentity(tableInfo(t)))
  const more = plan.right.steps.find(({ table }) => !names.includes(tableIdentity(table)))
  if (more !== undefined) wrong(`the plan writes "${more.table.name}", whose rows are as they were`)
  return false
}

const flush = async (ground: Ground, step: Flush, stand: Stand): Promise<Ran> => {
  const { db, sent } = ground
  const isRefused = checkPlan(ground, step, stand)
  sent()
  const flushed = await Uow.flush(stand.uow)(db)()
  if (E.isLeft(flushed)) {
    if (!isRefused) wrong(`${flushed.left._tag}: ${flushed.left.message}`)
    return sent() === 0 ? refused : wrong('the plan was refused, and statements were sent')
  }
  const count = sent()
  if (step.changed.length === 0 && count > 0) wrong(`nothing had changed, and ${count} statements were sent`)
  const next: Stand = { ...stand, uow: flushed.right }
  const known: Stand = { ...next, keys: keysNow(next) }
  await compareAll(db, step.held, known)
  sent()
  const again = await must<DbError, AnyUnitOfWork>(Uow.flush(known.uow)(db))
  if (sent() > 0) wrong('a second flush sent statements')
  return done({ ...known, uow: again })
}

const reloaded = async ({ of, db }: Ground, stand: Stand): Promise<Stand> => {
  let uow: AnyUnitOfWork = Uow.empty(of)
  for (const t of Object.values(of.tables)) {
    if (tableInfo(t).view !== null || tableInfo(t).primaryKey.length === 0) continue
    uow = Uow.load(t)(untyped(await allRows(db, t)))(uow)
  }
  return { ...stand, uow, refs: new Map() }
}

/** A transaction in the one around it: where it does not commit, all is as it was, the unit of work too. */
const nested = async (
  ground: Ground,
  { steps: inner, commits }: Extract<ProgramStep, { readonly _tag: 'Nested' }>,
  stand: Stand,
): Promise<Ran> => {
  const outcome = await ground.db.transaction()(
    (tx) => async (): Promise<E.Either<{ readonly _tag: '(rolled back)'; readonly ran: Ran }, Ran>> => {
      const ran = await run({ ...ground, db: tx }, inner, stand)
      return commits && ran._tag === 'Done' ? E.right(ran) : E.left({ _tag: '(rolled back)', ran })
    },
  )()
  if (E.isRight(outcome)) return outcome.right
  if (outcome.left._tag !== '(rolled back)') return wrong(`${outcome.left._tag}: ${outcome.left.message}`)
  // Numbers of rows that are gone are not used again.
  return outcome.left.ran._tag === 'Refused' ? refused : done(stand)
}

const after = async (ground: Ground, step: ProgramStep, stand: Stand): Promise<Ran> => {
  switch (step._tag) {
    case 'Insert': {
      const [ref, uow] = Uow.insert(step.table)(untyped(writable(stand, step.values)))(stand.uow)
      return done({ ...stand, uow, refs: new Map(stand.refs).set(step.row, ref) })
    }
    case 'Modify': {
      const at = address(stand, step.row, step.byKey)
      return done({
        ...stand,
        uow: Uow.modify(step.table)(untyped(at), untyped(writable(stand, step.patch)))(stand.uow),
      })
    }
    case 'Remove':
      return done({ ...stand, uow: Uow.remove(step.table)(untyped(address(stand, step.row, step.byKey)))(stand.uow) })
    case 'Flush':
      return flush(ground, step, stand)
    case 'Reload':
      return done(await reloaded(ground, stand))
    case 'Nested':
      return nested(ground, step, stand)
  }
}

const run = async (ground: Ground, steps: ReadonlyArray<ProgramStep>, start: Stand): Promise<Ran> => {
  let stand = start
  for (const step of steps) {
    const ran = await after(ground, step, stand)
    if (ran._tag === 'Refused') return ran
    stand = ran.stand
  }
  return done(stand)
}

// -------------------------------------------------------------------------------------
// property
// -------------------------------------------------------------------------------------

/** What is wrong with a run; null where nothing is. */
const complaint = async ({ schema: of, steps }: Program, tx: Database): Promise<string | null> => {
  let count = 0
  const middleware: Middleware = (next) => (statement) => {
    count += 1
    return next(statement)
  }
  const sent = (): number => {
    const before = count
    count = 0
    return before
  }
  try {
    await fill(tx, of, emptyTables)
    const start: Stand = { uow: Uow.empty(of), refs: new Map(), keys: new Map() }
    await run({ of, db: tx.having({ middleware }), sent }, steps, start)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * A property for `fc.assert`: whatever a unit of work is told to write, after each flush the tables hold what a model of them holds,
 * on each database. A second flush sends nothing; nor does a flush where nothing is other than before; no table is written whose
 * rows stay as they were; and what is rolled back leaves the rows, and the unit of work, as they were.
 *
 * What no order of statements gets through (rows that exchange unique values, say) is refused before anything is sent. All is done
 * in a transaction that is rolled back; the tables are there before.
 *
 * @param of the schema of the tables to write
 * @param databases the databases by name
 * @param programs the programs to run, where they are not to be any
 * @example
 * import * as fc from 'fast-check'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, primaryKey, references, schema, table, text, unique } from 'relvar'
 * import { memory, tablesIn } from 'relvar/memory'
 * import { keepsTheModel } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: pipe(text, unique) })
 * const posts = table('posts', {
 *   id: pipe(integer, primaryKey, autoIncrement),
 *   authorId: pipe(integer, references(users.id)),
 * })
 * const blog = schema({ users, posts })
 * await fc.assert(keepsTheModel(blog, { memory: memory({ tables: tablesIn(blog) }) }), { numRuns: 10 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const keepsTheModel = (
  of: AnySchema,
  databases: Readonly<Record<string, Database>>,
  programs: fc.Arbitrary<Program> = program(of),
): fc.IAsyncProperty<[Program]> =>
  fc.asyncProperty(programs, async (one) => {
    for (const [name, db] of Object.entries(databases)) {
      const said = await must<DbError, string | null>(
        sandbox(db)((tx) => async () => E.right(await complaint(one, tx))),
      )
      if (said !== null) throw new Error(`${name}: ${said}`)
    }
  })
