// Relations are open queries: what SQLAlchemy asks with any, has, contains, with_parent and dynamic collections.
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  any,
  eq,
  from,
  given,
  has,
  include,
  innerJoin,
  isDistinctFrom,
  isNull,
  like,
  many,
  none,
  optional,
  orderBy,
  select,
  where,
} from 'relvar'
import { run } from 'relvar/promise'

import { all, type Case, each, steps } from '../../../support/conformance/case.js'
import {
  addresses,
  host,
  host_to_host_user,
  host_user,
  keywords,
  member,
  nodes,
  post_keywords,
  posts,
  role,
  users,
} from '../../../support/conformance/tables.js'

const addressesOf = pipe(from(addresses), where(eq(addresses.user_id, users.id)), orderBy(addresses.id))
const userOf = pipe(from(users), where(eq(users.id, addresses.user_id)))
const postsOf = pipe(from(posts), where(eq(posts.user_id, users.id)))
const keywordsOf = pipe(
  from(post_keywords),
  innerJoin(keywords, eq(keywords.id, post_keywords.keyword_id)),
  where(eq(post_keywords.post_id, posts.id)),
)
const membersOf = pipe(from(member), where(eq(member.role, role.rid)), orderBy(member.nid))
const roleOf = pipe(from(role), where(eq(role.rid, member.role)))
const hostUsersOf = pipe(
  from(host_to_host_user),
  innerJoin(host_user, eq(host_user.nid, host_to_host_user.host_user_id)),
  where(eq(host_to_host_user.host_id, host.nid)),
  orderBy(host_user.nid),
)

const parent = pipe(nodes, alias('parent'))
const child = pipe(nodes, alias('child'))
const parentOf = pipe(from(parent), where(eq(parent.id, nodes.parent_id)))
const childrenOf = pipe(from(child), where(eq(child.parent_id, nodes.id)), orderBy(child.id))

const jack = pipe(from(users), where(eq(users.id, 5)))
const wendy = pipe(from(users), where(eq(users.name, 'wendy')))

const names = pipe(from(users), select({ name: users.name }), orderBy(users.id))
const emails = pipe(from(addresses), select({ email: addresses.email_address }), orderBy(addresses.id))
const memberNames = pipe(from(member), select({ name: member.name }), orderBy(member.nid))
const nodeNames = pipe(from(nodes), select({ name: nodes.name }), orderBy(nodes.id))
const headlines = pipe(from(posts), select({ headline: posts.headline }))
const isFirstpost = any(keywordsOf, eq(keywords.keyword, 'firstpost'))

const predicates: ReadonlyArray<Case> = [
  all('q42', pipe(names, where(any(addressesOf)))),
  all('q43', pipe(names, where(any(addressesOf, pipe(addresses.email_address, like('%google%')))))),
  all('q44', pipe(from(addresses), where(none(userOf, eq(users.name, 'jack'))))),
  all('q45', pipe(emails, where(has(userOf, eq(users.name, 'jack'))))),
  steps('q46', async (world) => {
    const address = await run(world.one(pipe(from(addresses), where(eq(addresses.id, 1)))))
    return run(world.all(pipe(names, where(any(addressesOf, eq(addresses.id, address.id))))))
  }),
  all('q48', pipe(memberNames, where(isNull(member.role)))),
  all('q49', pipe(headlines, where(isFirstpost))),
  steps('q50', async (world) => {
    const { id } = await run(world.one(wendy))
    return run(world.all(pipe(headlines, where(eq(posts.user_id, id)), where(isFirstpost))))
  }),
  all('q76', pipe(from(addresses), where(isNull(addresses.user_id)))),
  all('q77', pipe(names, where(none(addressesOf)))),
  each('q78', (world) => [
    world.all(pipe(memberNames, where(none(roleOf)))),
    world.all(pipe(memberNames, where(none(roleOf, eq(role.role_name, 'dba'))))),
  ]),
]

const ofOneRow: ReadonlyArray<Case> = [
  steps('q47', async (world) => {
    const row = await run(world.one(jack))
    return run(world.all(pipe(emails, where(has(userOf, eq(users.id, row.id))))))
  }),
  steps('q51', async (world) => {
    const row = await run(world.one(wendy))
    return run(world.all(pipe(postsOf, given(users, row), where(isFirstpost), select(posts.headline))))
  }),
  steps('q57', async (world) => {
    const dba = await run(world.one(pipe(from(role), where(eq(role.role_name, 'dba')))))
    const members = pipe(membersOf, given(role, dba), select({ name: member.name }))
    return run(world.all(pipe(members, include({ role: optional(pipe(roleOf, select(role.role_name))) }))))
  }),
  steps('q58', async (world) => {
    const c2 = await run(world.one(pipe(from(host), where(eq(host.hostname, 'c2')))))
    return run(world.all(pipe(hostUsersOf, given(host, c2), select(host_user.username))))
  }),
  steps('q73', async (world) => {
    const row = await run(world.one(jack))
    return run(world.all(pipe(addressesOf, given(users, row))))
  }),
  steps('q74', async (world) => {
    const row = await run(world.one(wendy))
    return run(world.all(pipe(emails, where(isDistinctFrom(addresses.user_id, row.id)))))
  }),
  steps('q75', async (world) => {
    const dba = await run(world.one(pipe(from(role), where(eq(role.rid, 1)))))
    return run(world.all(pipe(memberNames, where(isDistinctFrom(member.role, dba.rid)))))
  }),
]

const ofItself: ReadonlyArray<Case> = [
  each('q114', (world) => [
    world.all(pipe(nodeNames, where(has(parentOf, eq(parent.name, 'child 1'))))),
    world.all(pipe(nodeNames, where(any(childrenOf, eq(child.name, 'leaf 50%'))))),
    world.all(pipe(nodeNames, where(none(childrenOf)))),
  ]),
  steps('q115', async (world) => {
    const family = pipe(
      from(nodes),
      include({
        parent: optional(pipe(parentOf, select(parent.name))),
        children: many(pipe(childrenOf, select(child.name))),
      }),
    )
    const node = await run(world.one(pipe(family, where(eq(nodes.id, 2)))))
    const root = await run(world.one(pipe(family, where(eq(nodes.id, 1)))))
    return [node.parent, node.children, root.parent]
  }),
]

export const relations: ReadonlyArray<Case> = [...predicates, ...ofOneRow, ...ofItself]
