// A value reads the same inside a JSON document as outside.
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { fromJson, toJson } from '../../../src/compile/json-form.js'
import { done, step } from '../../../src/compile/load.js'
import { print, type Sql, sql } from '../../../src/compile/sql.js'
import { noTables } from '../../../src/compile/statement.js'
import type { ColumnSpec } from '../../../src/expr/column.js'
import { insertInto, integer, nullable, primaryKey, table } from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { openWorld, type World } from '../../support/run-load.js'
import { type Case, cases } from './cases.js'

const tableOf = (c: Case, i: number) =>
  table(`case_${i}`, {
    id: pipe(integer, primaryKey),
    // The types of the cases are many; what is asserted is the values.
    v: pipe(c.spec as ColumnSpec<string, false, false, never>, nullable),
  })
const paired = cases.map((c, i) => [c.name, c, tableOf(c, i)] as const)

const object: Readonly<Record<World['engine'], (value: Sql) => Sql>> = {
  postgres: (value) => sql`jsonb_build_object('v', ${value})`,
  mysql: (value) => sql`JSON_OBJECT('v', ${value})`,
  mariadb: (value) => sql`JSON_OBJECT('v', ${value})`,
  sqlite: (value) => sql`json_object('v', ${value})`,
}

describe.each(engines().map((engine) => [engine.name, engine] as const))('%s', (name, engine) => {
  let world: World
  const here = paired.filter(([, c]) => c.on.includes(name))

  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create(Object.fromEntries(here.map(([, , t], i) => [`t${i}`, t])))
  })
  afterAll(() => world.close())

  it.each(here)(`${name} reads a %s from JSON as it is outside`, async (_, c, t) => {
    const { dialect } = world.db
    await world.answer(
      insertInto(t)([
        ...c.values.map(([v], i) => ({ id: i + 1, v: v as string })),
        { id: c.values.length + 1, v: null },
      ]),
    )
    const { quote } = dialect
    const from = `case_${paired.findIndex(([, , other]) => other === t)}`
    const query = sql`SELECT ${object[name](toJson(dialect, c.spec.type, [quote('v')]))} FROM ${quote(from)} ORDER BY ${quote('id')}`
    const read = fromJson(c.spec.type)
    const outcome = await world.load(
      step(
        {
          sql: print(query, () => '?').text,
          parameters: [],
          text: 'compiled',
          returnsRows: true,
          bigints: false,
          tables: noTables,
        },
        (reply) =>
          right(done(reply.rows.map(([document]): unknown => (JSON.parse(String(document)) as { v: unknown }).v))),
      ),
    )
    if (isLeft(outcome)) throw new Error(outcome.left.message)
    expect(outcome.right.map((json) => (json === null ? null : read(json)))).toStrictEqual([
      ...c.values.map(([, value]) => value),
      null,
    ])
  })
})
