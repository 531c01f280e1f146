// Programs of units of work shrink to what matters, and read as code.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { autoIncrement, integer, nullable, primaryKey, references, schema, table, text } from 'relvar'
import { type Program, program, type ProgramStep } from 'relvar/testing'
import { expect, test } from 'vitest'

const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: pipe(text, nullable) })
const posts = table('posts', {
  id: pipe(integer, primaryKey, autoIncrement),
  authorId: pipe(integer, references(users.id)),
})
const blog = schema({ posts, users })

const flat = (steps: ReadonlyArray<ProgramStep>): ReadonlyArray<ProgramStep> =>
  steps.flatMap((step) => (step._tag === 'Nested' ? [step, ...flat(step.steps)] : [step]))

/** The smallest program in which this is so, as it is shown. */
const smallest = (holds: (program: Program) => boolean): string => {
  const outcome = fc.check(
    fc.property(program(blog), (made) => !holds(made)),
    { seed: 5, numRuns: 300 },
  )
  return fc.stringify(outcome.counterexample?.[0])
}

const has =
  (tag: ProgramStep['_tag'], name = '') =>
  ({ steps }: Program): boolean =>
    flat(steps).some((step) => step._tag === tag && (name === '' || ('table' in step && step.table === posts)))

test('the smallest program that removes a row', () => {
  expect(smallest(has('Remove'))).toBe(
    [
      'let uow = Uow.empty(all)',
      'const [users1, with_users1] = Uow.insert(users)({ name: null })(uow)',
      'uow = with_users1',
      'uow = Uow.remove(users)(users1)(uow)',
      'uow = await run(Uow.flush(uow)(db))',
    ].join('\n'),
  )
})

test('the smallest program that inserts a row with a parent says the Ref', () => {
  expect(smallest(has('Insert', 'posts'))).toBe(
    [
      'let uow = Uow.empty(all)',
      'const [users1, with_users1] = Uow.insert(users)({ name: null })(uow)',
      'uow = with_users1',
      'const [posts2, with_posts2] = Uow.insert(posts)({ authorId: users1 })(uow)',
      'uow = with_posts2',
      'uow = await run(Uow.flush(uow)(db))',
    ].join('\n'),
  )
})

test('the smallest program that rolls back', () => {
  const rollsBack = ({ steps }: Program): boolean =>
    flat(steps).some((step) => step._tag === 'Nested' && !step.commits && step.steps.some((s) => s._tag === 'Insert'))
  expect(smallest(rollsBack)).toBe(
    [
      'let uow = Uow.empty(all)',
      'await inTransaction(db, async (db) => { // rolls back',
      '  const [users1, with_users1] = Uow.insert(users)({ name: null })(uow)',
      '  uow = with_users1',
      '  uow = await run(Uow.flush(uow)(db))',
      '})',
      'uow = await run(Uow.flush(uow)(db))',
    ].join('\n'),
  )
})
