// No public function is forgotten: each is gone by hostile input, or takes no data.
import { expect, test } from 'vitest'
import * as relvar from '../../../src/index.js'
import * as memory from '../../../src/memory.js'
import * as mysql from '../../../src/mysql.js'
import * as postgres from '../../../src/postgres.js'
import * as promise from '../../../src/promise.js'
import * as sqlite from '../../../src/sqlite.js'
import * as testing from '../../../src/testing.js'
import { anyWays } from '../../hostile/run.js'
import { effectWays } from '../../hostile/ways/effects.js'
import { takesNone } from '../../hostile/ways/none.js'
import { valueWays } from '../../hostile/ways/values.js'
import { exportOf } from '../../hostile/ways/way.js'

const functionsOf = (module: object, of = ''): ReadonlyArray<string> =>
  Object.entries(module).flatMap(([name, value]) => {
    if (name === 'Db' || name === 'Uow') return functionsOf(value as object, `${name}.`)
    // Values with functions in them, too: `exprShow.show`.
    const isMany =
      typeof value === 'object' && value !== null && Object.values(value).some((v) => typeof v === 'function')
    return typeof value === 'function' || isMany ? [`${of}${name}`] : []
  })

const exported = new Set([relvar, memory, mysql, postgres, promise, sqlite, testing].flatMap((m) => functionsOf(m)))
const tried = new Set([...anyWays, ...effectWays, ...Object.values(valueWays).flat()].map(exportOf))
const none = new Set(Object.values(takesNone).flat())

test('[bar 15] every public function is tried with hostile input, or is known to take none', () => {
  expect([...exported].filter((name) => !tried.has(name) && !none.has(name))).toEqual([])
})

test('[bar 15] what is said to take no data is exported, and not tried', () => {
  expect([...none].filter((name) => !exported.has(name) || tried.has(name))).toEqual([])
  expect([...tried].filter((name) => !exported.has(name) && name !== 'sql.text')).toEqual([])
})
