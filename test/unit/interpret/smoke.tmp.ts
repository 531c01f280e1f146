import * as fc from 'fast-check'
import * as t from 'io-ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { bigint, boolean, date, double, integer, json, nullable, primaryKey, table, text, timestamptz, varchar } from 'relvar'
import { interpret } from 'relvar/memory'
import { contents, query, show } from 'relvar/testing'
const users = table('users', { id: pipe(integer, primaryKey), name: pipe(varchar(20), nullable), age: pipe(integer, nullable), ok: pipe(boolean, nullable), big: pipe(bigint, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, nullable), title: text, score: pipe(double, nullable), at: pipe(timestamptz, nullable), day: date })
const t0 = Date.now()
const samples = fc.sample(fc.tuple(contents([users, posts]), query([users, posts])), { numRuns: 600, seed: 7 })
console.log('gen ms', Date.now() - t0)
let nonEmpty = 0; const lefts: Record<string, number> = {}; const msgs: string[] = []
const t1 = Date.now()
let worst = 0
for (const [c, q] of samples) {
  const a = Date.now()
  const r = interpret(q)(c)
  worst = Math.max(worst, Date.now() - a)
  if (E.isLeft(r)) { lefts[r.left._tag] = (lefts[r.left._tag] ?? 0) + 1; if (r.left._tag !== 'MultipleRows' && r.left._tag !== 'NoRows') msgs.push(r.left.message + '\n   ' + show(q)) }
  else if (r.right.length > 0) nonEmpty++
}
console.log('eval ms', Date.now() - t1, 'worst', worst, 'nonEmpty', nonEmpty, lefts)
console.log(msgs.slice(0, 10).join('\n'))
for (const [, q] of samples.slice(0, 12)) console.log(show(q))
console.log('max len', Math.max(...samples.map(([, q]) => show(q).length)))
