// The same ten lines in a CommonJS project.
const assert = require('node:assert/strict')
const { isRight } = require('fp-ts/lib/Either')
const { pipe } = require('fp-ts/lib/function')
const { compile, eq, from, integer, postgres, primaryKey, select, table, text, where } = require('relvar')

const users = table('users', { id: pipe(integer, primaryKey), name: text })
const ed = pipe(from(users), where(eq(users.name, 'ed')), select({ id: users.id }))
const load = compile(postgres)(ed)

assert(isRight(load))
console.log(load.right.steps[0].statement.text)
