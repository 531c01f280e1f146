/**
 * Deriving a dialect: another dialect value that says some things in other words than the one it is made of.
 */
import type { FunctionName } from '../expr/call-node.js'
import type { ColumnSpec } from '../expr/column.js'
import type { Renderer } from '../expr/custom-node.js'
import { type TrustedText, trustedText } from '../expr/raw.js'
import { openOf } from '../expr/sql-type.js'
import { makeCache } from './cache.js'
import type { AroundWrite, Dialect, Renderers, TypeForm } from './dialect.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a type is called: in DDL, and in a cast of what is bound (none where left out: as the base does it). */
export interface TypeWords {
  readonly name: TrustedText
  readonly cast?: TrustedText
}

/** What stands around a write: after its first word (`INSERT …`), and at its end. */
export interface WriteText {
  readonly after?: TrustedText
  readonly end?: TrustedText
}

/** What a derived dialect says otherwise. */
export interface DialectChanges {
  /** Types by what they are a column of: a refined type is one of its own. */
  readonly types?: ReadonlyArray<readonly [ColumnSpec<unknown>, TypeWords]>
  /** Functions of relvar's; `data` is what is said in words, the field of a date. */
  readonly functions?: Partial<Readonly<Record<FunctionName, Renderer<string>>>>
  /** Expressions of the user's own, by the names of their definitions. */
  readonly custom?: Readonly<Record<string, Renderer<never>>>
  /** Text around each write, chosen by what it writes; null for none. */
  readonly around?: (write: AroundWrite) => WriteText | null
  /** The most parameters of a statement: fewer than the engine takes, where something stands between. */
  readonly maxParameters?: number
  /** How many compiled statements are kept: 1000. */
  readonly cached?: number
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const textOf = (what: string, text: TrustedText | undefined): string | null => {
  if (text === undefined) return null
  const trusted = trustedText(text)
  if (trusted === null) throw new TypeError(`deriveDialect: ${what} is trusted text: raw('…')`)
  return trusted
}

const typesOf = (base: Dialect, types: NonNullable<DialectChanges['types']>): Dialect['type'] => {
  const words = new Map(
    types.map(([spec, { name, cast }]) => [
      openOf(spec.type).id,
      { ddl: textOf('the name of a type', name), cast: textOf('a cast', cast) },
    ]),
  )
  const forms = new Map<string, TypeForm>()
  return (type) => {
    const own = words.get(openOf(type).id)
    if (own === undefined) return base.type(type)
    const known = forms.get(type.id)
    if (known !== undefined) return known
    const form = base.type(type)
    const made = { ...form, ddl: own.ddl ?? form.ddl, cast: own.cast ?? form.cast }
    forms.set(type.id, made)
    return made
  }
}

const aroundOf = (base: Renderers, around: DialectChanges['around']): Renderers['around'] =>
  around === undefined
    ? base.around
    : (write) => {
        const text = around(write)
        return text === null
          ? { after: null, end: null }
          : {
              after: textOf('what stands around a write', text.after),
              end: textOf('what stands around a write', text.end),
            }
      }

/** What is there with what is added, by name. */
const renderersOf = (
  before: ReadonlyMap<string, Renderer<unknown>>,
  more: Readonly<Record<string, Renderer<never> | undefined>>,
): ReadonlyMap<string, Renderer<unknown>> =>
  new Map([
    ...before,
    // A renderer is given the data of the definition whose name it has, which its user knows.
    ...Object.entries(more).flatMap(([name, renderer]) =>
      renderer === undefined ? [] : [[name, renderer as Renderer<unknown>] as const],
    ),
  ])

/**
 * A dialect that says some things in other words: types, functions, expressions of one's own, and text around writes. The base
 * stays as it is, nothing is registered anywhere; `db.having({ dialect })` gives a Database that speaks it.
 *
 * Whoever derives a dialect answers for its words: they must mean what relvar's do.
 *
 * @param base a dialect of the same engine
 * @throws TypeError where text is not `raw('…')`
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { deriveDialect, insertInto, raw, sqliteDialect, table, text, toSqlInline } from 'relvar'
 *
 * const tagging = deriveDialect(sqliteDialect(), {
 *   around: ({ kind }) => (kind === 'insert' ? { after: raw('OR IGNORE') } : null),
 * })
 * const users = table('users', { name: text })
 * assert.deepStrictEqual(
 *   toSqlInline(tagging)(insertInto(users)({ name: 'ed' })),
 *   E.right(`INSERT OR IGNORE INTO "users" ("name") VALUES ('ed')`),
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
export const deriveDialect = (base: Dialect, changes: DialectChanges): Dialect => {
  const { types = [], functions = {}, custom = {}, around, maxParameters, cached = 1000 } = changes
  const most = maxParameters ?? base.features.maxParameters
  if (!Number.isInteger(most) || most < 1 || most > base.features.maxParameters)
    throw new TypeError(`deriveDialect: maxParameters is a whole number from 1 to ${base.features.maxParameters}`)
  return Object.freeze({
    ...base,
    features: { ...base.features, maxParameters: most },
    type: types.length === 0 ? base.type : typesOf(base, types),
    renderers: {
      functions: renderersOf(base.renderers.functions, functions),
      custom: renderersOf(base.renderers.custom, custom),
      around: aroundOf(base.renderers, around),
    },
    cache: makeCache(cached),
  })
}
