// Ten lines of relvar in an ESM project that has no database driver.
import assert from 'node:assert/strict'
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { compile, eq, from, integer, postgres, primaryKey, select, table, text, where } from 'relvar'

const users = table('users', { id: pipe(integer, primaryKey), name: text })
const ed = pipe(from(users), where(eq(users.name, 'ed')), select({ id: users.id }))
const load = compile(postgres)(ed)

assert(isRight(load))
console.log(load.right.steps[0].statement.text)
