// A query, an update and a delete with one criterion are about the same rows.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { deleteFrom, distinct, eq, exists, from, innerJoin, returning, select, set, update, using, where } from 'relvar'
import { rowsIn } from 'relvar/memory'
import { criterion } from 'relvar/testing'

import { nodeOf } from '../../../src/expr/expr.js'
import { query } from '../../../src/expr/query.js'
import { type DeleteNode, noClauses } from '../../../src/expr/query-node.js'
import { showExpr } from '../../../src/expr/show.js'
import { sourceOf } from '../../../src/expr/table.js'
import { showing } from '../../../src/testing/show.js'
import { sameRows } from '../world.js'
import { atEveryPlace, expectBag, undone } from './asking.js'
import { asked, onBoth, onUsers, posts, tables as all, users } from './drawn.js'

/** A value that no drawn row has. */
const mark = 99n

const marked = pipe(from(users), where(eq(users.big, mark)), select(users.id))

/** A criterion about the rows of one of the tables. */
const onAny = fc
  .constantFrom(...all)
  .chain((t) => criterion(t, all).map((p) => showing({ t, p }, () => `${sourceOf(t).name}: ${showExpr(nodeOf(p))}`)))

const without = (rows: ReadonlyArray<unknown>, gone: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  rows.filter((row) => !gone.some((other) => sameRows([row], [other])))

atEveryPlace((holds) => {
  holds(
    '[property 16] an update and a delete touch the rows that a query of their criterion has',
    onUsers,
    async (at, p) => {
      const keys = await at.rows(pipe(from(users), where(p), select(users.id)))
      const updated = await undone(at, async ({ rows, write }) => {
        const { affected } = await write(pipe(update(users), set({ big: mark }), where(p)))
        return { affected, marked: await rows(marked) }
      })
      const deleted = await undone(at, async ({ rows, write }) => {
        const { affected } = await write(pipe(deleteFrom(users), where(p)))
        return { affected, left: await rows(pipe(from(users), select(users.id))) }
      })
      expectBag('the rows that the update changed', updated.marked, keys)
      expectBag(
        'the rows that the delete left',
        deleted.left,
        without(
          rowsIn(users)(at.tables).map((user) => user.id),
          keys,
        ),
      )
      expectBag('how many', [updated.affected, deleted.affected], [keys.length, keys.length])
      expectBag('nothing stays', await at.rows(from(users)), rowsIn(users)(at.tables))
    },
  )

  holds(
    '[property 16] what an update and a delete give back are the rows that a query of their criterion has',
    onUsers,
    async (at, p) => {
      const keys = await at.rows(pipe(from(users), where(p), select({ id: users.id, age: users.age })))
      const back = returning({ id: users.id, age: users.age })
      const updated = await undone(at, ({ write }) => write(pipe(update(users), set({ big: mark }), where(p), back)))
      const deleted = await undone(at, ({ write }) => write(pipe(deleteFrom(users), where(p), back)))
      expectBag('updated', updated.rows, keys)
      expectBag('deleted', deleted.rows, keys)
    },
  )

  holds(
    '[property 16] a delete from any table takes the rows that its criterion is true of',
    onAny,
    async (at, { t, p }) => {
      const source = sourceOf(t)
      if (source._tag !== 'TableSource') throw new TypeError('these are tables')
      const gone = await at.rows(asked({ ...noClauses, from: source, where: nodeOf(p) }))
      const deleteNode: DeleteNode = {
        _tag: 'Delete',
        from: source,
        using: [],
        where: nodeOf(p),
        everyRow: false,
        returning: null,
      }
      const deleted = await undone(at, async ({ rows, write }) => {
        const { affected } = await write(query<unknown, never, never, never, 'delete'>(deleteNode))
        return { affected, left: await rows(asked({ ...noClauses, from: source })) }
      })
      expectBag('how many', [deleted.affected], [gone.length])
      expectBag('what is left', deleted.left, without(rowsIn(t)(at.tables), gone))
    },
  )

  holds('[property 16] what a write uses joins as a query does, each row once', onBoth, async (at, p) => {
    const keys = await at.rows(pipe(from(posts), innerJoin(users, p), select(posts.id), distinct))
    const updated = await undone(at, async ({ rows, write }) => {
      const { affected } = await write(pipe(update(posts), using(users, p), set({ authorId: 99 })))
      return { affected, marked: await rows(pipe(from(posts), where(eq(posts.authorId, 99)), select(posts.id))) }
    })
    const deleted = await undone(at, ({ write }) =>
      write(pipe(deleteFrom(posts), using(users, p), returning(posts.id))),
    )
    expectBag('the rows that the update changed', updated.marked, keys)
    expectBag('the rows that the delete gave back', deleted.rows, keys)
    expectBag('how many', [updated.affected, deleted.affected], [keys.length, keys.length])
  })

  holds('[property 16] so does a write whose criterion asks a query', onBoth, async (at, p) => {
    const matched = exists(pipe(from(users), where(p)))
    const keys = await at.rows(pipe(from(posts), where(matched), select(posts.id)))
    const updated = await undone(at, ({ write }) =>
      write(pipe(update(posts), where(matched), set({ authorId: 99 }), returning(posts.id))),
    )
    const deleted = await undone(at, ({ write }) => write(pipe(deleteFrom(posts), where(matched), returning(posts.id))))
    expectBag('updated', updated.rows, keys)
    expectBag('deleted', deleted.rows, keys)
  })
})
