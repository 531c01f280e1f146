// The types of columns: what each reads back, a validator over one, and a function that one engine has.
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import {
  boolean,
  eq,
  fn,
  from,
  insertInto,
  integer,
  jsonContains,
  nullable,
  orderBy,
  primaryKey,
  refine,
  select,
  set,
  table,
  update,
  varchar,
  where,
} from 'relvar'
import { run } from 'relvar/promise'

import { type Case, failing, meaning, program, refusedBy, steps } from '../../../support/conformance/case.js'
import { asData } from '../../../support/conformance/samples.js'
import { samples } from '../../../support/conformance/tables.js'

const containing = pipe(
  from(samples),
  where(jsonContains(samples.data, { A: 'B' })),
  select({ id: samples.id }),
  orderBy(samples.id),
)

const byName = pipe(
  from(samples),
  where(fn('json_contains', boolean)(samples.data, '{"A": "B"}')),
  select({ id: samples.id }),
  orderBy(samples.id),
)

export const typeReads: ReadonlyArray<Case> = [
  program('q129', (world) =>
    pipe(
      world.all(pipe(from(samples), orderBy(samples.id))),
      TE.map((rows) => rows.map(asData)),
    ),
  ),
  // relvar's own verb finds the row everywhere; the engine's function by its name only where the engine has it.
  pipe(
    program('q130', (world) =>
      pipe(
        world.all(containing),
        TE.filterOrElse(
          (rows) => rows.length === 1 && rows[0]?.id === 1,
          () => ({ _tag: 'Differs', message: 'jsonContains finds other rows' }),
        ),
        TE.chain(() => world.all(byName)),
      ),
    ),
    refusedBy({ memory: 'NotEvaluable', postgres: 'Sql', sqlite: 'Sql' }),
  ),
]

interface AtBrand {
  readonly At: unique symbol
}
const withAt = t.brand(t.string, (s): s is t.Branded<string, AtBrand> => s.includes('@'), 'At')

/** The table of the data whose e-mail addresses have an @. */
const checked = table('customer', {
  id: pipe(integer, primaryKey),
  email: pipe(varchar(50), refine(withAt), nullable),
})

export const typeWrites: ReadonlyArray<Case> = [
  steps('w49', async (world) => {
    const to = (email: string): ReturnType<typeof world.write> =>
      // A plain text is what the types refuse: the brand says that it was checked.
      world.write(pipe(update(checked), set({ email: email as t.TypeOf<typeof withAt> }), where(eq(checked.id, 1))))
    const refused = [await run(failing(to('nobody'))), await run(failing(to('')))]
    await run(to('a@b'))
    return [...refused, await run(world.one(pipe(from(checked), where(eq(checked.id, 1)), select(checked.email))))]
  }),
  pipe(
    steps('w51', async (world) => {
      const added = { id: 9, ratio: Math.PI, at: '2020-04-17T21:30:53.386001' }
      await run(world.write(insertInto(samples)(added)))
      const { at, ratio } = await run(world.one(pipe(from(samples), where(eq(samples.id, 9)))))
      return [at, ratio]
    }),
    meaning('nothing is lost on any engine', ['2020-04-17T21:30:53.386001', Math.PI]),
  ),
]
