// Sees only the declarations that the library emitted: they must mean what the library's own types mean.
import { pipe } from 'fp-ts/lib/function.js'
import { eq, exists, from, leftJoin, type RowOfQuery, select, where } from 'relvar'
import { latest, type nested, postsOf, type Tags, tags, users, type withPosts } from './dist/library.js'

export const authors = pipe(from(users), where(exists(postsOf)))
export const lasts = pipe(from(users), leftJoin(latest, eq(latest.author, users.id)), select({ n: latest.n }))

type Post = { readonly id: bigint; readonly title: string | null; readonly authorId: number }
export const postOf = (row: RowOfQuery<typeof withPosts>): Post | null => row.post
export const names: ReadonlyArray<string> = ((row: RowOfQuery<typeof nested>) => row.posts.map((p) => p.author))({
  id: 1,
  name: 'ed',
  posts: [],
})
export const last: number | null = ((row: RowOfQuery<typeof lasts>) => row.n)({ n: null })
export const same: Tags = tags

// @ts-expect-error an id is a number
export const wrong: RowOfQuery<typeof authors> = { id: 'one' }
