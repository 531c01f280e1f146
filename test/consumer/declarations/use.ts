// Sees only the declarations that the library emitted: they must mean what the library's own types mean.
import { pipe } from 'fp-ts/lib/function.js'
import { exists, from, where } from 'relvar'
import { postsOf, users } from './dist/library.js'

export const authors = pipe(from(users), where(exists(postsOf)))
