// Random expressions of text functions give on every engine what they give in memory.
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { CallNode } from '../../../src/expr/call-node.js'
import { type AnyExpr, expr, nodeOf } from '../../../src/expr/expr.js'
import * as node from '../../../src/expr/node.js'
import type { ExprNode } from '../../../src/expr/node.js'
import { showExpr } from '../../../src/expr/show.js'
import { integerType, textType } from '../../../src/expr/sql-type.js'
import {
  from,
  insertInto,
  integer,
  nullable,
  orderBy,
  primaryKey,
  select,
  table,
  text,
  varchar,
} from '../../../src/index.js'
import { emptyTables, interpret, withRows } from '../../../src/memory.js'
import { type Asked, type Context, type Maybe, someOf } from '../../../src/testing/context.js'
import type { Family } from '../../../src/testing/family.js'
import { textFunctions } from '../../../src/testing/text-functions.js'
import { engines } from '../../support/engines.js'
import { openWorld, type World } from '../../support/run-load.js'

const words = table('words', {
  id: pipe(integer, primaryKey),
  word: pipe(text, nullable),
  short: varchar(20),
  n: pipe(integer, nullable),
})

const rows = [
  { id: 1, word: 'abab', short: 'b', n: 2 },
  { id: 2, word: ' が🐍é%_! ', short: '', n: -1 },
  { id: 3, word: null, short: 'A', n: 0 },
  { id: 4, word: '', short: 'ab\nB', n: null },
]

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

const own: ReadonlyArray<ExprNode> = [words.word, words.short, words.n, words.id].map((e: AnyExpr) => nodeOf(e))

const leaves: Partial<Readonly<Record<Family, fc.Arbitrary<ExprNode>>>> = {
  text: fc.oneof(
    fc.constantFrom(...own.slice(0, 2)),
    fc.constantFrom('', 'ab', '%a', 'が🐍', '  x ').map((value) => node.value(value, textType)),
  ),
  integer: fc.oneof(
    fc.constantFrom(...own.slice(2)),
    fc.integer({ min: -2, max: 5 }).map((value) => node.value(value, integerType)),
  ),
}

// What a generator of a text function looks at: the columns that it may mention.
const context = { own, outer: [], aggregated: false } as unknown as Context

/** Calls of text functions, so many deep. */
const calls = (family: Family, depth: number): Maybe<CallNode> => {
  const below = (f: Family): Maybe<ExprNode> =>
    depth <= 1 ? (leaves[f] ?? null) : someOf([leaves[f] ?? null, calls(f, depth - 1)])
  const asked: Asked = { context, family, depth, below, inside: () => null }
  return someOf(Object.values(textFunctions).map((generator) => generator(asked)))
}

const filled = pipe(emptyTables, withRows(words)(rows))

describe.each(engines())('random text functions on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ words })
    await world.rows(insertInto(words)(rows))
  })
  afterAll(() => world.close())

  it.each(['text', 'integer', 'boolean'] as const)(
    '[property 25] that give a %s are what they are in memory',
    async (family) => {
      const some = calls(family, 3)
      if (some === null) throw new Error(`no function gives a ${family}`)
      await fc.assert(
        fc.asyncProperty(fc.array(some, { minLength: 1, maxLength: 4 }), async (nodes) => {
          // The types of the nodes are theirs alone: the query is made of them as it is of expressions.
          const outputs = Object.fromEntries(nodes.map((e, i) => [`e${i}`, expr<unknown, 'words', never>(e)]))
          const query = pipe(from(words), orderBy(words.id), select(outputs))
          const known = pipe(filled, E.chainW(interpret(query)))
          const found = await world.outcome(query)
          const shown = nodes.map((e) => showExpr(e)).join('\n')
          if (E.isLeft(known)) return expect(E.isLeft(found) ? found.left._tag : 'Right', shown).toBe(known.left._tag)
          expect(E.isRight(found) ? found.right.rows : found.left, shown).toEqual(known.right)
        }),
        { numRuns: 60 * times, seed },
      )
    },
  )
})
