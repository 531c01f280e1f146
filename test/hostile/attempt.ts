// One input, one way, in memory and on an engine: what comes of it, or what is wrong with it.
import * as E from 'fp-ts/lib/Either.js'

import { compileDdl } from '../../src/compile/compile.js'
import { nodeOfQuery } from '../../src/expr/query.js'
import { isWrite } from '../../src/expr/query-node.js'
import type { AnyQuery, Database, Ddl } from '../../src/index.js'
import type { World } from '../support/run-load.js'
import type { Place } from '../support/places.js'
import { shown, shownRows } from './equal.js'
import { all, scratch } from './tables.js'
import type { EffectWay } from './ways/effects.js'
import { R, type Way } from './ways/way.js'

export type AnyWorld = World<Place['name']>

/** What came of an attempt; `Wrong` says what is not as promised. */
export type Outcome =
  | { readonly _tag: 'Kept' }
  | { readonly _tag: 'Refused'; readonly by: string }
  | { readonly _tag: 'Wrong'; readonly what: string }

export const kept: Outcome = { _tag: 'Kept' }
export const refused = (by: string): Outcome => ({ _tag: 'Refused', by })
export const wrong = (what: string): Outcome => ({ _tag: 'Wrong', what })

/** What an error of any kind says. */
export const said = (error: unknown): string => {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : `threw ${shown(error)}`
  } catch {
    return 'threw what cannot be looked at'
  }
}

/** The first place of relvar that an error went through. */
const place = (error: unknown): string => {
  try {
    const stack = error instanceof Error ? String(error.stack) : ''
    return / \(?\S*?(src\/[\w./-]+:\d+)/.exec(stack)?.[1] ?? ''
  } catch {
    return ''
  }
}

/** What inputs throw themselves when somebody looks into them. */
const traps = /^Error: (a trap of the input|boom)$/

/** What was thrown where an input was given: a definition that cannot be right is a TypeError, and a trap in options is the caller's own. */
export const thrown = (defines: boolean, error: unknown): Outcome => {
  const words = said(error)
  return defines && (words.startsWith('TypeError: ') || traps.test(words))
    ? refused('TypeError')
    : wrong(`threw ${words.slice(0, 300)} at ${place(error)}`)
}

/** Lefts that say that relvar wrote what the engine cannot read. */
const isBroken = (left: { readonly _tag: string; readonly message: string }): boolean =>
  left._tag === 'Sql' && /syntax|unterminated|unrecognized token|incomplete input|placeholder/i.test(left.message)

type Answered = E.Either<{ readonly _tag: string; readonly message: string }, { readonly rows: ReadonlyArray<unknown> }>

const writes = (query: AnyQuery): boolean => isWrite(nodeOfQuery(query))

const asQuery = (way: Way, built: unknown): unknown =>
  way.kind === 'expr' ? R.select({ v: built })(R.from(all)) : built

/** Compares what an engine answers with what memory does. */
export const compared = (way: Way, engine: Answered, memory: Answered): Outcome => {
  if (E.isLeft(engine)) {
    if (isBroken(engine.left)) return wrong(`broken SQL: ${engine.left.message.slice(0, 300)}`)
    return refused(engine.left._tag)
  }
  if (E.isLeft(memory))
    return memory.left._tag === 'InvalidValue' ? wrong(`memory refuses it: ${memory.left.message.slice(0, 300)}`) : kept
  const [theirs, ours] = [shownRows(engine.right.rows), shownRows(memory.right.rows)]
  return theirs.join('\n') === ours.join('\n')
    ? kept
    : wrong(`${theirs.join(', ').slice(0, 300)} where memory has ${ours.join(', ').slice(0, 300)}`)
}

const ddlOutcome = (world: AnyWorld, built: unknown): Outcome => {
  const compiled = compileDdl(world.db.dialect)(built as Ddl)
  return E.isLeft(compiled) ? refused(compiled.left._tag) : kept
}

const isLeft = (u: unknown): boolean => typeof u === 'object' && u !== null && '_tag' in u && u._tag === 'Left'

/** Empties the table that ways write into. */
const clear = R.everyRow(R.deleteFrom(scratch)) as unknown as AnyQuery

/** Tries an input one way. Nothing is thrown, whatever happens. */
export const attempt = async (way: Way, input: unknown, engine: AnyWorld, memory: AnyWorld): Promise<Outcome> => {
  let built: unknown
  try {
    built = way.make(input)
  } catch (error) {
    return thrown(way.defines, error)
  }
  try {
    if (way.kind === 'plain') return isLeft(built) ? refused('Left') : kept
    if (way.kind === 'ddl') return ddlOutcome(engine, built)
    const query = asQuery(way, built) as AnyQuery
    if (writes(query)) await Promise.all([engine.outcome(clear), memory.outcome(clear)])
    const [theirs, ours] = [await engine.outcome(query), await memory.outcome(query)]
    return compared(way, theirs as Answered, ours as Answered)
  } catch (error) {
    return thrown(false, error)
  }
}

/** Tries an input with an effect, which ends with an Either. */
export const attemptEffect = async (way: EffectWay, input: unknown, db: Database): Promise<Outcome> => {
  let made: unknown
  try {
    made = way.make(input, db)
  } catch (error) {
    return thrown(way.defines, error)
  }
  try {
    if (typeof made === 'object' && made !== null && Symbol.asyncIterator in made) {
      let last: unknown = kept
      for await (const row of made as AsyncIterable<unknown>) last = row
      return E.isLeft(last as E.Either<unknown, unknown>) ? refused('Left') : kept
    }
    const outcome: unknown = typeof made === 'function' ? await (made as () => unknown)() : made
    if (typeof outcome !== 'object' || outcome === null) return wrong('an effect that gives nothing')
    return '_tag' in outcome && outcome._tag === 'Left' ? refused('Left') : kept
  } catch (error) {
    return thrown(false, error)
  }
}
