// The same ten lines in a CommonJS project.
const assert = require('node:assert/strict')
const E = require('fp-ts/lib/Either')
const { pipe } = require('fp-ts/lib/function')
const { createAll, Db, eq, from, insertInto, integer, primaryKey, schema, select, table, text, where } = require('relvar')
const { sqlite } = require('relvar/sqlite')

const users = table('users', { id: pipe(integer, primaryKey), name: text })
const db = sqlite('sqlite::memory:')
const program = async () => {
  await Db.execute(createAll(schema({ users })))(db)()
  await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }]))(db)()
  const ed = await Db.all(pipe(from(users), where(eq(users.name, 'ed')), select({ id: users.id })))(db)()
  assert.deepStrictEqual(ed, E.right([{ id: 1 }]))
  console.log('rows read by', db.status().driver)
  await db.close()()
  // the file that a thread or a process of SQLite starts with is in the package
  for (const run of ['worker', 'process']) {
    const elsewhere = sqlite({ file: 'elsewhere.db', run })
    assert.deepStrictEqual(await elsewhere.ping(), E.right(true))
    await elsewhere.close()()
  }
}
void program()
