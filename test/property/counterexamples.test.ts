// What engines and the interpreter once disagreed about: they agree now, or the compiler says that an engine cannot say it.
import * as E from 'fp-ts/lib/Either.js'
import { type AnyTable, createAll, Db, dropAll, schema } from 'relvar'
import type { Tables } from 'relvar/memory'
import type { AnyClosedQuery, AnyClosedWrite } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { isWrite } from '../../src/expr/query-node.js'
import { nodeOfQuery } from '../../src/expr/query.js'
import { tableOf } from '../../src/expr/table.js'
import { done, fill } from '../support/differential/fill.js'
import { tablesMentioned } from '../support/differential/mentioned.js'
import { asksOf, checkQuery } from '../support/differential/queries.js'
import type { Outcome, Verdict } from '../support/differential/verdict.js'
import { checkWrite, writesTo } from '../support/differential/writes.js'
import { type Engine, engines } from '../support/engines.js'
import { type OpenPlace, placeOf } from '../support/places.js'
import * as aggregateAmongRows from './counterexamples/aggregate-among-rows.js'
import * as boundTextOfAGroup from './counterexamples/bound-text-of-a-group.js'
import * as constantAmongRows from './counterexamples/constant-among-rows.js'
import * as countAmongRows from './counterexamples/count-among-rows.js'
import * as derivedInHaving from './counterexamples/derived-in-having.js'
import * as distinctCountOfNothing from './counterexamples/distinct-count-of-nothing.js'
import * as distinctWindowsOfGroups from './counterexamples/distinct-windows-of-groups.js'
import * as documentOfAnAbsentRow from './counterexamples/document-of-an-absent-row.js'
import * as equalAndSame from './counterexamples/equal-and-same.js'
import * as exceptAllOfDistinct from './counterexamples/except-all-of-distinct.js'
import * as exceptInExists from './counterexamples/except-in-exists.js'
import * as existsInOn from './counterexamples/exists-in-on.js'
import * as existsOfAUnion from './counterexamples/exists-of-a-union.js'
import * as existsWithTies from './counterexamples/exists-with-ties.js'
import * as groupOfAnOuterQuery from './counterexamples/group-of-an-outer-query.js'
import * as groupOfAnOuterRow from './counterexamples/group-of-an-outer-row.js'
import * as groupingOfAnOuterRow from './counterexamples/grouping-of-an-outer-row.js'
import * as groupingSetsOfAConstant from './counterexamples/grouping-sets-of-a-constant.js'
import * as groupingSetsOfAQuery from './counterexamples/grouping-sets-of-a-query.js'
import * as groupsOfBoundBytes from './counterexamples/groups-of-bound-bytes.js'
import * as groupsOfOneName from './counterexamples/groups-of-one-name.js'
import * as groupsOfScalars from './counterexamples/groups-of-scalars.js'
import * as includeOfAnAbsentRow from './counterexamples/include-of-an-absent-row.js'
import * as includeWithExists from './counterexamples/include-with-exists.js'
import * as intersectOfOneGroup from './counterexamples/intersect-of-one-group.js'
import * as intersectReadTwice from './counterexamples/intersect-read-twice.js'
import * as leftJoinByAnOuterRow from './counterexamples/left-join-by-an-outer-row.js'
import * as limitedSideInExists from './counterexamples/limited-side-in-exists.js'
import * as listOrderedByNulls from './counterexamples/list-ordered-by-nulls.js'
import * as neverTrueInUpdate from './counterexamples/never-true-in-update.js'
import * as notOfAnOuterBoolean from './counterexamples/not-of-an-outer-boolean.js'
import * as offsetOfGroups from './counterexamples/offset-of-groups.js'
import * as orderOfOneGroup from './counterexamples/order-of-one-group.js'
import * as orderOfOneGroupWithHaving from './counterexamples/order-of-one-group-with-having.js'
import * as outerBooleanInOn from './counterexamples/outer-boolean-in-on.js'
import * as outerRowBesideAggregates from './counterexamples/outer-row-beside-aggregates.js'
import * as outerRowInHaving from './counterexamples/outer-row-in-having.js'
import * as partsCountedBesideWindows from './counterexamples/parts-counted-beside-windows.js'
import * as rangeOverBoundIntegers from './counterexamples/range-over-bound-integers.js'
import * as refinedValuesInAList from './counterexamples/refined-values-in-a-list.js'
import * as scalesOfARecursion from './counterexamples/scales-of-a-recursion.js'
import * as timeAmongAggregates from './counterexamples/time-among-aggregates.js'
import * as unionOfRightJoins from './counterexamples/union-of-right-joins.js'
import * as upsertJoinsByRow from './counterexamples/upsert-joins-by-row.js'
import * as windowIsNull from './counterexamples/window-is-null.js'
import * as windowsJoinedAsText from './counterexamples/windows-joined-as-text.js'
import * as windowsOverConstants from './counterexamples/windows-over-constants.js'

/** A file as `code` of relvar/testing prints a counterexample. */
interface Counterexample {
  readonly statement: unknown
  readonly tables: E.Either<{ readonly message: string }, Tables>
}

/** By the file's name; `unsaid`: the engines whose compiler refuses it. */
const examples: Readonly<Record<string, readonly [Counterexample, ReadonlyArray<Engine['name']>]>> = {
  'aggregate-among-rows': [aggregateAmongRows, []],
  'bound-text-of-a-group': [boundTextOfAGroup, []],
  'constant-among-rows': [constantAmongRows, []],
  'count-among-rows': [countAmongRows, []],
  'derived-in-having': [derivedInHaving, []],
  'distinct-count-of-nothing': [distinctCountOfNothing, []],
  'distinct-windows-of-groups': [distinctWindowsOfGroups, []],
  'document-of-an-absent-row': [documentOfAnAbsentRow, []],
  'equal-and-same': [equalAndSame, []],
  'except-all-of-distinct': [exceptAllOfDistinct, []],
  'except-in-exists': [exceptInExists, []],
  'exists-in-on': [existsInOn, []],
  'exists-of-a-union': [existsOfAUnion, []],
  'exists-with-ties': [existsWithTies, []],
  'group-of-an-outer-query': [groupOfAnOuterQuery, []],
  'group-of-an-outer-row': [groupOfAnOuterRow, []],
  'grouping-of-an-outer-row': [groupingOfAnOuterRow, ['mariadb']],
  'grouping-sets-of-a-constant': [groupingSetsOfAConstant, []],
  'grouping-sets-of-a-query': [groupingSetsOfAQuery, []],
  'groups-of-bound-bytes': [groupsOfBoundBytes, []],
  'groups-of-one-name': [groupsOfOneName, []],
  'groups-of-scalars': [groupsOfScalars, []],
  'include-of-an-absent-row': [includeOfAnAbsentRow, []],
  'include-with-exists': [includeWithExists, []],
  'intersect-of-one-group': [intersectOfOneGroup, []],
  'intersect-read-twice': [intersectReadTwice, []],
  'left-join-by-an-outer-row': [leftJoinByAnOuterRow, []],
  'limited-side-in-exists': [limitedSideInExists, []],
  'list-ordered-by-nulls': [listOrderedByNulls, []],
  'never-true-in-update': [neverTrueInUpdate, []],
  'not-of-an-outer-boolean': [notOfAnOuterBoolean, []],
  'offset-of-groups': [offsetOfGroups, []],
  'order-of-one-group': [orderOfOneGroup, []],
  'order-of-one-group-with-having': [orderOfOneGroupWithHaving, []],
  'outer-boolean-in-on': [outerBooleanInOn, []],
  'outer-row-beside-aggregates': [outerRowBesideAggregates, []],
  'outer-row-in-having': [outerRowInHaving, []],
  'parts-counted-beside-windows': [partsCountedBesideWindows, []],
  'range-over-bound-integers': [rangeOverBoundIntegers, []],
  'refined-values-in-a-list': [refinedValuesInAList, []],
  'scales-of-a-recursion': [scalesOfARecursion, []],
  'time-among-aggregates': [timeAmongAggregates, []],
  'union-of-right-joins': [unionOfRightJoins, []],
  'upsert-joins-by-row': [upsertJoinsByRow, ['mariadb']],
  'window-is-null': [windowIsNull, []],
  'windows-joined-as-text': [windowsJoinedAsText, []],
  'windows-over-constants': [windowsOverConstants, []],
}

describe.each(engines().map((engine) => [engine.label, engine] as const))('%s', (_, engine) => {
  let place: OpenPlace

  beforeAll(async () => {
    place = await placeOf(engine).open()
  })

  afterAll(() => place.close())

  const checked = async ({ statement, tables: rows }: Counterexample): Promise<Verdict> => {
    if (E.isLeft(rows)) throw new Error(rows.left.message)
    // Every file has a statement.
    const asked = statement as AnyClosedQuery | AnyClosedWrite
    const node = nodeOfQuery(asked)
    // Those of a schema stand after the ones that they refer to.
    const tables: ReadonlyArray<AnyTable> =
      rows.right.infos.length === 0
        ? tablesMentioned(node)
        : rows.right.infos.map((info) => tableOf({ _tag: 'TableSource', name: info.name, table: info, computed: [] }))
    const all = schema(Object.fromEntries(tables.map((t, i) => [`t${i}`, t])))
    await done(Db.execute(createAll(all))(place.db))
    try {
      await fill(place.db, tables, rows.right)
      // The tag says which of the two it is.
      return isWrite(node)
        ? await checkWrite(engine, place.db, tables, writesTo(asked as AnyClosedWrite, rows.right))
        : await checkQuery(engine, place.db, asksOf(asked as AnyClosedQuery, rows.right))
    } finally {
      await done(Db.execute(dropAll(all))(place.db))
    }
  }

  test.each(Object.entries(examples))('[property 40] %s', async (__, [example, unsaid]) => {
    const { verdict, why } = await checked(example)
    const expected: Outcome = unsaid.includes(engine.name) ? 'unsupported' : 'same'
    expect(verdict, why).toBe(expected)
  })
})
