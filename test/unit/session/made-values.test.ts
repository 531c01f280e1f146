// What the database makes of a row: computed columns are known after a flush, other values once they are read.
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  autoIncrement,
  createAll,
  Db,
  from,
  generated,
  generatedAs,
  integer,
  mul,
  primaryKey,
  schema,
  serverDefault,
  table,
  text,
} from 'relvar'
import { sqlite } from 'relvar/sqlite'
import { expect, test } from 'vitest'
import * as Uow from '../../../src/session/uow.js'

const boxes = table(
  'boxes',
  { id: pipe(integer, primaryKey, autoIncrement), side: integer, area: pipe(integer, generated) },
  (own) => [generatedAs(own.area, mul(own.side, own.side))],
)
const notes = table('notes', { id: pipe(integer, primaryKey), state: pipe(text, serverDefault('new')) })
const all = schema({ boxes, notes })

const done = <A>(result: E.Either<{ readonly message: string }, A>): A => {
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

test('a computed column is what the database has, before the flush and after it', async () => {
  const db = sqlite('sqlite::memory:')
  done(await Db.execute(createAll(all))(db)())
  const [box, one] = Uow.insert(boxes)({ side: 3 })(Uow.empty(all))
  const two = done(await Uow.flush(one)(db)())
  expect(Uow.get(boxes)(box)(two)).toEqual(O.some({ id: 1, side: 3, area: 9 }))
  const three = Uow.modify(boxes)(box, { side: 5 })(two)
  expect(Uow.get(boxes)(box)(three)).toEqual(O.some({ id: 1, side: 5, area: 25 }))
  const four = done(await Uow.flush(three)(db)())
  expect(Uow.get(boxes)({ id: 1 })(four)).toEqual(O.some({ id: 1, side: 5, area: 25 }))
  expect(done(await Db.all(from(boxes))(db)())).toEqual([{ id: 1, side: 5, area: 25 }])
  await db.close()()
})

test('what the database puts is left out of the insert, and comes back with it', async () => {
  const db = sqlite('sqlite::memory:')
  done(await Db.execute(createAll(all))(db)())
  const [, one] = Uow.insert(notes)({ id: 1 })(Uow.empty(all))
  const two = done(await Uow.flush(one)(db)())
  expect(Uow.get(notes)({ id: 1 })(two)).toEqual(O.some({ id: 1, state: 'new' }))
  expect(done(await Db.all(from(notes))(db)())).toEqual([{ id: 1, state: 'new' }])
  await db.close()()
})
