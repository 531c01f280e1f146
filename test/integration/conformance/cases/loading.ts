// Relations loaded beside their rows: one statement a level, whatever the number of rows.
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import {
  alias,
  any,
  eq,
  from,
  given,
  include,
  innerJoin,
  isNull,
  like,
  limit,
  many,
  optional,
  orderBy,
  select,
  Uow,
  where,
} from 'relvar'
import { run } from 'relvar/promise'

import { all, type Case, sends, steps } from '../../../support/conformance/case.js'
import {
  addresses,
  host,
  host_to_host_user,
  host_user,
  keywords,
  nodes,
  post_keywords,
  posts,
  tutorial,
  users,
} from '../../../support/conformance/tables.js'

const addressesOf = pipe(from(addresses), where(eq(addresses.user_id, users.id)), orderBy(addresses.id))
const emailsOf = pipe(addressesOf, select(addresses.email_address))
const google = pipe(emailsOf, where(pipe(addresses.email_address, like('%google%'))))

const names = pipe(from(users), select({ name: users.name }), orderBy(users.id))
const withEmails = pipe(names, include({ emails: many(emailsOf) }))
const jackWithEmails = pipe(withEmails, where(eq(users.name, 'jack')))

const authorOf = pipe(from(users), where(eq(users.id, posts.user_id)), select(users.name))
const keywordsOf = pipe(
  from(post_keywords),
  innerJoin(keywords, eq(keywords.id, post_keywords.keyword_id)),
  where(eq(post_keywords.post_id, posts.id)),
  orderBy(keywords.id),
  select(keywords.keyword),
)
const wholePosts = pipe(
  from(posts),
  select({ headline: posts.headline }),
  include({ author: optional(authorOf), keywords: many(keywordsOf) }),
  orderBy(posts.id),
)

const child = pipe(nodes, alias('child'))
const grandchild = pipe(nodes, alias('grandchild'))
const grandchildrenOf = pipe(
  from(grandchild),
  where(eq(grandchild.parent_id, child.id)),
  orderBy(grandchild.id),
  select(grandchild.name),
)
const childrenOf = pipe(
  from(child),
  where(eq(child.parent_id, nodes.id)),
  orderBy(child.id),
  select({ name: child.name }),
  include({ children: many(grandchildrenOf) }),
)
const roots = pipe(
  from(nodes),
  where(isNull(nodes.parent_id)),
  select({ name: nodes.name }),
  include({ children: many(childrenOf) }),
  orderBy(nodes.id),
)

const hostUsersOf = pipe(
  from(host_to_host_user),
  innerJoin(host_user, eq(host_user.nid, host_to_host_user.host_user_id)),
  where(eq(host_to_host_user.host_id, host.nid)),
  orderBy(host_user.nid),
  select(host_user.username),
)

const empty = Uow.empty(tutorial)

// SQLAlchemy's strategies are words of its queries; relvar's answer to all three is the same query.
const strategies = (ids: ReadonlyArray<string>, of: (id: string) => Case, selects: number): ReadonlyArray<Case> =>
  ids.map((id) => sends({ select: selects })(of(id)))

export const loading: ReadonlyArray<Case> = [
  pipe(all('q52', withEmails), sends({ select: 2 })),
  pipe(all('q53', jackWithEmails), sends({ select: 2 })),
  ...strategies(['q118', 'q119', 'q120'], (id) => all(id, withEmails), 2),
  ...strategies(['q121', 'q122', 'q123'], (id) => all(id, wholePosts), 3),
  ...strategies(['q124', 'q125', 'q126'], (id) => all(id, roots), 3),
  pipe(
    all(
      'q127',
      pipe(
        from(host),
        select({ hostname: host.hostname }),
        include({ users: many(hostUsersOf) }),
        orderBy(host.nid),
        limit(2),
      ),
    ),
    sends({ select: 2 }),
  ),
  all('q128', pipe(names, where(any(google)), include({ emails: many(google) }))),
  pipe(
    steps('q79', async (world) => {
      const row = await run(world.one(pipe(from(users), where(eq(users.id, 2)))))
      const uow = Uow.load(users)([row])(empty)
      const again = [Uow.get(users)({ id: 2 })(uow), Uow.get(users)({ id: 2 })(uow)].map(O.toNullable)
      return [again[0], again[0] === again[1]]
    }),
    sends({ select: 1 }),
  ),
  pipe(
    // Nothing is loaded behind a value's back: the program asks for the collection, and holds the parent.
    steps('q81', async (world) => {
      const jack = await run(world.one(pipe(from(users), where(eq(users.name, 'jack')))))
      const emails = await run(world.all(pipe(emailsOf, given(users, jack))))
      return [...emails, ...emails.map(() => jack.name)]
    }),
    sends({ select: 2 }),
  ),
]
