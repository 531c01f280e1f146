// Units of work leave in the tables what a model says, on every engine and in memory; a property finds what is wrong, and says it.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import {
  autoIncrement,
  bigint,
  checkConstraint,
  createAll,
  type Database,
  foreignKey,
  generated,
  generatedAs,
  add,
  gte,
  integer,
  nullable,
  primaryKey,
  references,
  schema,
  table,
  unique,
  uniqueConstraint,
  varchar,
} from 'relvar'
import { memory, tablesIn } from 'relvar/memory'
import { run } from 'relvar/promise'
import { keepsTheModel, type Program, program, type ProgramStep } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tableInfo } from '../../../src/expr/table.js'
import { places } from '../../support/places.js'
import { allRows } from './work.js'

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

// A circle of two tables, one of which refers to itself; keys that the database makes and keys of the rows' own; a key of two
// columns that refer; unique values to compete for; a check and a computed column.
const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: varchar(20),
  email: pipe(varchar(20), nullable, unique),
  favoriteId: pipe(bigint, nullable),
})
const posts = table(
  'posts',
  {
    id: pipe(bigint, primaryKey, autoIncrement),
    authorId: pipe(integer, references(users.id)),
    parentId: pipe(bigint, nullable),
    score: integer,
    next: pipe(integer, nullable, generated),
  },
  (t) => [foreignKey(t.parentId, t.id), checkConstraint(gte(t.score, 0)), generatedAs(t.next, add(t.score, 1))],
)
const tags = table('tags', { code: pipe(varchar(10), primaryKey), label: pipe(varchar(20), nullable) })
const tagged = table(
  'tagged',
  {
    postId: pipe(bigint, primaryKey, references(posts.id)),
    code: pipe(varchar(10), primaryKey, references(tags.code)),
    rank: pipe(integer, nullable),
  },
  (t) => [uniqueConstraint([t.code, t.rank])],
)
const blog = schema({ users, posts, tags, tagged }, (t) => [foreignKey(t.users.favoriteId, t.posts.id)])

const flat = (steps: ReadonlyArray<ProgramStep>): ReadonlyArray<ProgramStep> =>
  steps.flatMap((step) => (step._tag === 'Nested' ? [step, ...flat(step.steps)] : [step]))

describe.each(places())('programs on $label', ({ name, open }) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await open())
    await run(db.execute(createAll(blog)))
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    await close()
  })

  it('[property 28] [property 29] [property 31] keep the model; a flush of what is so sends nothing', async () => {
    const numRuns = (name === 'memory' || name === 'sqlite' ? 60 : 20) * times
    await fc.assert(keepsTheModel(blog, { [name]: db }), { seed, numRuns })
    for (const t of [users, posts, tags, tagged]) expect(await allRows(db, t)).toEqual([])
  })
})

/** What the property says of programs of which something was changed, with the program that it shrank to. */
const saidOf = async (changed: (steps: ReadonlyArray<ProgramStep>) => ReadonlyArray<ProgramStep>): Promise<string> => {
  const labels = schema({ tags })
  const db = memory({ tables: tablesIn(labels) })
  const programs = program(labels).map((made): Program => ({ ...made, steps: changed(made.steps) }))
  const details = await fc.check(keepsTheModel(labels, { memory: db }, programs), { seed, numRuns: 200 })
  const steps = details.counterexample?.[0].steps ?? []
  return `${String(details.errorInstance)}\n${steps.map((step) => step._tag).join()}`
}

describe('programs in memory', () => {
  it('find a change that is not done, and shrink to it', async () => {
    const said = await saidOf((steps) => steps.filter((step) => step._tag !== 'Modify'))
    expect(said).toContain('holds other rows than the model')
    // A row that is inserted, without the change that would have followed.
    expect(said.split('\n').slice(-1)).toEqual(['Insert,Flush'])
  })

  it('find a write of what is so, and a flush that was not to be', async () => {
    const said = await saidOf((steps) => steps.map((step) => (step._tag === 'Flush' ? { ...step, changed: [] } : step)))
    expect(said).toContain('whose rows are as they were')
    expect(said.split('\n').slice(-1)).toEqual(['Insert,Flush'])
  })

  it('have every step, on every table', () => {
    const all = fc.sample(program(blog), { numRuns: 400, seed }).flatMap(({ steps }) => flat(steps))
    const words = all.flatMap((step) => ('table' in step ? [`${step._tag} ${tableInfo(step.table).name}`] : []))
    expect(new Set(all.map((step) => step._tag))).toEqual(
      new Set(['Flush', 'Insert', 'Modify', 'Nested', 'Reload', 'Remove']),
    )
    expect(new Set(words).size).toBe(12)
    expect(words.length).toBeGreaterThan(1600)
  })
})
