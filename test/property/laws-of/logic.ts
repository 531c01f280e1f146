// The laws of three-valued logic, and of the criteria that keep rows.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { and, count, from, groupBy, having, isNotNull, isNull, not, or, orderBy, select, where } from 'relvar'
import { bag, equalRows, type Law, law, onUsers, type OnUsers } from '../law.js'
import { users } from '../world.js'

const byId = orderBy(users.id)
const kept = (on: OnUsers) => pipe(from(users), where(on), byId)

/** Pairs of criteria that are the same in three values: of each row both are true, or false, or null. */
const pairs = (a: OnUsers, b: OnUsers, c: OnUsers): ReadonlyArray<readonly [string, OnUsers, OnUsers]> => [
  ['not and', not(and(a, b)), or(not(a), not(b))],
  ['not or', not(or(a, b)), and(not(a), not(b))],
  ['not not', not(not(a)), a],
  ['and commutes', and(a, b), and(b, a)],
  ['or commutes', or(a, b), or(b, a)],
  ['and associates', and(and(a, b), c), and(a, and(b, c))],
  ['or associates', or(or(a, b), c), or(a, or(b, c))],
  ['and absorbs', and(a, or(a, b)), a],
  ['or absorbs', or(a, and(a, b)), a],
  ['and distributes', and(a, or(b, c)), or(and(a, b), and(a, c))],
  ['or distributes', or(a, and(b, c)), and(or(a, b), or(a, c))],
  ['and itself', and(a, a), a],
  ['or itself', or(a, a), a],
  ['true is neutral', and(a, and()), a],
  ['false is neutral', or(a, or()), a],
]

/** Some of the pairs a run. */
const some = fc.uniqueArray(fc.nat(14), { minLength: 4, maxLength: 4 })

export const logicLaws: ReadonlyArray<Law> = [
  law(
    '[property 13] the laws of three-valued logic',
    fc.tuple(onUsers, onUsers, onUsers, some),
    async (ask, [a, b, c, chosen]) => {
      const all = pairs(a, b, c).filter((_, i) => chosen.includes(i))
      for (const [name, left, right] of all) {
        const rows = await ask(pipe(from(users), byId, select({ left, right })))
        for (const row of rows) {
          // The rows of the record above.
          const { left: l, right: r } = row as { left: boolean | null; right: boolean | null }
          if (l !== r) throw new Error(`${name}: ${String(l)} is not ${String(r)}`)
        }
      }
    },
  ),
  law('[property 13] the excluded middle is not known where the criterion is not', onUsers, async (ask, p) => {
    const rows = await ask(pipe(from(users), select({ p, middle: or(p, not(p)), both: and(p, not(p)) })))
    for (const row of rows) {
      // As above.
      const { p: is, middle, both } = row as Readonly<Record<'p' | 'middle' | 'both', boolean | null>>
      if (middle !== (is === null ? null : true)) throw new Error(`middle: ${String(is)} gives ${String(middle)}`)
      if (both !== (is === null ? null : false)) throw new Error(`both: ${String(is)} gives ${String(both)}`)
    }
  }),
  law('[property 12] where twice is and, in either order', fc.tuple(onUsers, onUsers), async (ask, [a, b]) => {
    await equalRows(ask, pipe(from(users), where(a), where(b), byId), kept(and(a, b)))
    await equalRows(ask, pipe(from(users), where(b), where(a), byId), kept(and(a, b)))
  }),
  law('[property 12] where of true keeps all, of false nothing', onUsers, async (ask, p) => {
    await equalRows(ask, pipe(from(users), where(p), where(and()), byId), kept(p))
    bag('of false', await ask(pipe(from(users), where(p), where(or()), byId)), [])
  }),
  law('[property 12] having twice is and, in either order', fc.tuple(onUsers, onUsers), async (ask, [a, b]) => {
    // Of the criteria, whether they are known: an aggregate's filter.
    const all = pipe(from(users), groupBy(users.age), select({ age: users.age, n: count() }))
    const [p, q] = [isNotNull(users.age), isNull(users.age)] as const
    const grouped = pipe(from(users), where(or(a, b)), groupBy(users.age), select({ age: users.age, n: count() }))
    bag(
      'having',
      await ask(pipe(grouped, having(p), having(or(p, q)))),
      await ask(pipe(grouped, having(or(p, q)), having(p))),
    )
    bag('and', await ask(pipe(grouped, having(p), having(q))), await ask(pipe(grouped, having(and(p, q)))))
    bag('true', await ask(pipe(all, having(and()))), await ask(all))
    bag('false', await ask(pipe(all, having(or()))), [])
  }),
  law('[property 13] where a criterion keeps rows, twice not is nothing', onUsers, async (ask, p) => {
    await equalRows(ask, kept(not(not(p))), kept(p))
    await equalRows(ask, kept(not(isNull(p))), kept(isNotNull(p)))
  }),
]
