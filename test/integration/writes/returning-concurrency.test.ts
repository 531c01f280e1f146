// What an update gives back is the row as the update left it, also where it found the row to be just so, and others changed it since
// the transaction began.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  eq,
  from,
  insertInto,
  integer,
  mul,
  primaryKey,
  returning,
  set,
  table,
  update,
  where,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { openWorld, type World } from '../../support/run-load.js'

const items = table('seen_items', { id: pipe(integer, primaryKey), n: integer, m: integer })

describe.each(engines().filter(({ name }) => name === 'mysql' || name === 'mariadb'))(
  'rows given back in a transaction on $label',
  (engine) => {
    let world: World
    beforeAll(async () => {
      world = await openWorld(engine)
      await world.create({ items })
    })
    afterAll(() => world.close())

    it('[E07] are as the update left them, also those in which it changed nothing', async () => {
      await world.answer(insertInto(items)([{ id: 1, n: 1, m: 1 }]))
      const outcome = await world.db.transaction()((tx) => async () => {
        // the transaction sees the database as it is now
        await tx.all(from(items))()
        await world.answer(pipe(update(items), set({ m: 5 }), where(eq(items.id, 1))))
        return tx.all(pipe(update(items), set({ n: mul(items.n, 1) }), where(eq(items.id, 1)), returning(items)))()
      })()
      expect(outcome).toEqual(E.right([{ id: 1, n: 1, m: 5 }]))
    })
  },
)
