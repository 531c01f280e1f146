// Ten lines of relvar in an ESM project, from a table to its rows.
import assert from 'node:assert/strict'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { createAll, Db, eq, from, insertInto, integer, primaryKey, schema, select, table, text, where } from 'relvar'
import { sqlite } from 'relvar/sqlite'

const users = table('users', { id: pipe(integer, primaryKey), name: text })
const db = sqlite('sqlite::memory:')
await Db.execute(createAll(schema({ users })))(db)()
await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }]))(db)()
const ed = await Db.all(pipe(from(users), where(eq(users.name, 'ed')), select({ id: users.id })))(db)()
assert.deepStrictEqual(ed, E.right([{ id: 1 }]))
console.log('rows read by', db.status().driver)
await db.close()()

// The file that a thread or a process of SQLite starts with is in the package.
for (const run of ['worker', 'process']) {
  const elsewhere = sqlite({ file: 'elsewhere.db', run })
  assert.deepStrictEqual(await elsewhere.ping(), E.right(true))
  await elsewhere.close()()
}
