// The laws of set operations and of aggregates.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import {
  avg,
  count,
  countDistinct,
  distinct,
  except,
  exceptAll,
  filter,
  from,
  groupBy,
  intersect,
  intersectAll,
  max,
  min,
  or,
  orderBy,
  select,
  subquery,
  sum,
  union,
  unionAll,
  where,
} from 'relvar'
import { bag, equalBags, type Law, law, list, onUsers, type OnUsers } from '../law.js'
import { textOf, users } from '../world.js'

const flat = (on: OnUsers) => pipe(from(users), where(on), select({ age: users.age, name: users.name }))

/** Each of the rows once, as texts. */
const each = (rows: ReadonlyArray<unknown>): ReadonlyArray<string> => [...new Set(rows.map(textOf))].sort()

const texts = (rows: ReadonlyArray<unknown>): ReadonlyArray<string> => rows.map(textOf).sort()

/** `rows` with one row fewer for each of `less`. */
const without = (rows: ReadonlyArray<string>, less: ReadonlyArray<string>): ReadonlyArray<string> =>
  less.reduce((left, one) => (left.includes(one) ? left.filter((_, i) => i !== left.indexOf(one)) : left), rows)

export const setLaws: ReadonlyArray<Law> = [
  law('[property 21] union commutes and associates', fc.tuple(onUsers, onUsers, onUsers), async (ask, [p, q, r]) => {
    const [a, b, c] = [flat(p), flat(q), flat(r)]
    await equalBags(ask, pipe(a, union(b)), pipe(b, union(a)))
    await equalBags(ask, pipe(a, union(b), union(c)), pipe(a, union(pipe(b, union(c)))))
    await equalBags(ask, pipe(a, unionAll(b)), pipe(b, unionAll(a)))
    await equalBags(ask, pipe(a, intersect(b)), pipe(b, intersect(a)))
  }),
  law('[property 21] union is unionAll, each row once', fc.tuple(onUsers, onUsers), async (ask, [p, q]) => {
    const [a, b] = [flat(p), flat(q)]
    await equalBags(ask, pipe(from(pipe(a, unionAll(b), subquery('both'))), distinct), pipe(a, union(b)))
    bag('all', await ask(pipe(a, unionAll(b))), [...(await ask(a)), ...(await ask(b))])
  }),
  law('[property 21] with itself: union and intersect are distinct, except is empty', onUsers, async (ask, p) => {
    const a = flat(p)
    await equalBags(ask, pipe(a, union(a)), pipe(a, distinct))
    await equalBags(ask, pipe(a, intersect(a)), pipe(a, distinct))
    bag('except', await ask(pipe(a, except(a))), [])
    bag('unionAll', await ask(pipe(a, unionAll(a))), [...(await ask(a)), ...(await ask(a))])
  }),
  law(
    '[property 21] operators of several kinds keep the grouping of the tree',
    fc.tuple(onUsers, onUsers, onUsers),
    async (ask, [p, q, r]) => {
      const [a, b, c] = [flat(p), flat(q), flat(r)]
      const [x, y, z] = [each(await ask(a)), each(await ask(b)), each(await ask(c))]
      const minus = (from: ReadonlyArray<string>, less: ReadonlyArray<string>) => from.filter((v) => !less.includes(v))
      const both = (one: ReadonlyArray<string>, two: ReadonlyArray<string>) => [...new Set([...one, ...two])].sort()
      list('a - (b | c)', each(await ask(pipe(a, except(pipe(b, union(c)))))), minus(x, both(y, z)))
      list('(a - b) | c', each(await ask(pipe(a, except(b), union(c)))), both(minus(x, y), z))
      list('a | (b - c)', each(await ask(pipe(a, union(pipe(b, except(c)))))), both(x, minus(y, z)))
      list('(a | b) - c', each(await ask(pipe(a, union(b), except(c)))), minus(both(x, y), z))
      list('a - (b - c)', each(await ask(pipe(a, except(pipe(b, except(c)))))), minus(x, minus(y, z)))
      // INTERSECT binds more tightly than UNION in standard SQL, and not in SQLite.
      const common = (one: ReadonlyArray<string>, two: ReadonlyArray<string>) => one.filter((v) => two.includes(v))
      list('(a | b) & c', each(await ask(pipe(a, union(b), intersect(c)))), common(both(x, y), z))
      list('a | (b & c)', each(await ask(pipe(a, union(pipe(b, intersect(c)))))), both(x, common(y, z)))
    },
  ),
  law(
    '[property 21] intersectAll and exceptAll count how often a row comes',
    fc.tuple(onUsers, onUsers),
    async (ask, [p, q]) => {
      const [a, b] = [flat(p), pipe(flat(q), unionAll(flat(q)))]
      const [x, y] = [texts(await ask(a)), texts(await ask(b))]
      const rest = without(x, y)
      list('exceptAll', texts(await ask(pipe(a, exceptAll(b)))), rest)
      list('intersectAll', texts(await ask(pipe(a, intersectAll(b)))), without(x, rest))
    },
  ),
  law(
    '[property 21] intersect and except divide the rows, each once',
    fc.tuple(onUsers, onUsers),
    async (ask, [p, q]) => {
      const [a, b] = [flat(p), flat(q)]
      const parts = [...(await ask(pipe(a, intersect(b)))), ...(await ask(pipe(a, except(b))))]
      bag('parts', parts, await ask(pipe(a, distinct)))
    },
  ),
  law('[property 21] outputs of a set operation are matched by name', onUsers, async (ask, p) => {
    const turned = pipe(from(users), where(p), select({ name: users.name, age: users.age }))
    bag('turned', await ask(pipe(flat(p), except(turned))), [])
  }),
  law('[property 22] the sums of a partition add up to the sum', onUsers, async (ask, p) => {
    const counted = { n: count(), total: sum(users.id), least: min(users.id), most: max(users.id) }
    type Counted = Readonly<Record<keyof typeof counted, number>>
    // The rows of the record above.
    const groups = (await ask(
      pipe(from(users), where(p), groupBy(users.age), select(counted)),
    )) as ReadonlyArray<Counted>
    const [whole] = (await ask(pipe(from(users), where(p), select(counted)))) as ReadonlyArray<Counted>
    const folded =
      groups.length === 0
        ? { n: 0, total: null, least: null, most: null }
        : {
            n: groups.reduce((n, g) => n + g.n, 0),
            total: groups.reduce((n, g) => n + g.total, 0),
            least: Math.min(...groups.map((g) => g.least)),
            most: Math.max(...groups.map((g) => g.most)),
          }
    list('the whole', [whole], [folded])
  }),
  law('[property 22] a criterion and its counterpart partition an aggregate by filters', onUsers, async (ask, p) => {
    const parts = { all: count(), kept: pipe(count(), filter(p)), distinct: countDistinct(users.age) }
    type Parts = Readonly<Record<keyof typeof parts, number>>
    const [row] = (await ask(pipe(from(users), select(parts)))) as ReadonlyArray<Parts>
    const keeps = await ask(pipe(from(users), where(p)))
    const ages = await ask(pipe(from(users), select({ age: users.age }), distinct))
    // The rows of the record above.
    const known = (ages as ReadonlyArray<{ readonly age: number | null }>).filter(({ age }) => age !== null)
    list('counts', [row?.kept, row?.distinct], [keeps.length, known.length])
    list('all', [row?.all], [(await ask(from(users))).length])
  }),
  law('[property 22] of no rows the count is 0, and other aggregates are null', onUsers, async (ask, p) => {
    const none = pipe(from(users), where(p), where(or()))
    const all = { n: count(), s: sum(users.age), m: max(users.name), a: avg(users.age), d: countDistinct(users.age) }
    list('none', await ask(pipe(none, select(all))), [{ n: 0, s: null, m: null, a: null, d: 0 }])
    bag('no group', await ask(pipe(none, groupBy(users.age), select(all))), [])
  }),
  law('[property 22] the average is the sum by the count', onUsers, async (ask, p) => {
    const row = { s: sum(users.age), n: count(users.age), a: avg(users.age) }
    const groups = pipe(from(users), where(p), groupBy(users.ok), orderBy(users.ok), select(row))
    for (const one of await ask(groups)) {
      // The rows of the record above.
      const { s, n, a } = one as { s: number | null; n: number; a: number | null }
      if (s === null || a === null ? s !== a || n !== 0 : Math.abs(s / n - a) > 1e-9)
        throw new Error(`${String(s)} / ${n} is not ${String(a)}`)
    }
  }),
]
