// Queries with functions of times, documents and arrays survive JSON, the types of documents that relvar makes among them.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { expect, test } from 'vitest'

import {
  addInterval,
  array,
  arrayContains,
  bigint,
  date,
  extract,
  from,
  integer,
  json,
  jsonArray,
  jsonContains,
  jsonObject,
  jsonPath,
  queryCodec,
  queryEq,
  select,
  table,
  text,
  where,
} from '../../../src/index.js'

const things = table('things', { id: bigint, day: date, n: integer, doc: json(t.UnknownRecord), tags: array(text) })
const codec = queryCodec({ things })

test.each([
  [
    'times',
    pipe(
      from(things),
      select({ a: addInterval(things.day, { months: things.n, days: -1 }), b: extract(things.day, 'isoWeek') }),
    ),
  ],
  [
    'a document of values',
    pipe(from(things), select(jsonObject({ id: things.id, list: jsonArray(things.n, things.doc) }))),
  ],
  [
    'a path',
    pipe(
      from(things),
      where(jsonContains(things.doc, { a: { b: 1 } })),
      select(jsonPath(things.doc, ['a', 0], integer)),
    ),
  ],
  ['an array', pipe(from(things), where(arrayContains(things.tags, ['sql'])))],
])('%s', (_, query) => {
  const again = pipe(
    codec.encode(query),
    E.map((stored): unknown => JSON.parse(JSON.stringify(stored))),
    E.chain(codec.decode),
  )
  expect(E.isRight(again) ? queryEq.equals(again.right, query) : again.left.message).toBe(true)
})
