// Runs what the compiler made of the library.
import assert from 'node:assert/strict'
import { compiles, withAuthors } from './dist/library.js'

assert(compiles)
assert(Object.isFrozen(withAuthors))
console.log('compiled and ran')
