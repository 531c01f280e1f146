// Recursions: up and down a tree.
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  alias,
  eq,
  exists,
  from,
  innerJoin,
  integer,
  literal,
  not,
  orderBy,
  select,
  where,
  withRecursive,
} from 'relvar'

import { all, type Case } from '../../../support/conformance/case.js'
import { nodes } from '../../../support/conformance/tables.js'

const n1 = pipe(nodes, alias('n1'))
const child = pipe(nodes, alias('child'))

/** A node and how far it is from where the walk began. */
const first = (id: number) =>
  pipe(
    from(nodes),
    where(eq(nodes.id, id)),
    select({ id: nodes.id, parentId: nodes.parent_id, name: nodes.name, depth: literal(0, integer) }),
  )

const up = withRecursive(
  'up',
  first(5),
  (self) =>
    pipe(
      from(n1),
      innerJoin(self, eq(n1.id, self.parentId)),
      select({ id: n1.id, parentId: n1.parent_id, name: n1.name, depth: add(self.depth, 1) }),
    ),
  { all: true },
)

const down = withRecursive(
  'down',
  first(1),
  (self) =>
    pipe(
      from(n1),
      innerJoin(self, eq(n1.parent_id, self.id)),
      select({ id: n1.id, parentId: n1.parent_id, name: n1.name, depth: add(self.depth, 1) }),
    ),
  { all: true },
)

export const recursion: ReadonlyArray<Case> = [
  all('q116', pipe(from(up), orderBy(up.depth), select({ name: up.name, depth: up.depth }))),
  all(
    'q117',
    pipe(
      from(down),
      where(not(exists(pipe(from(child), where(eq(child.parent_id, down.id)))))),
      orderBy(down.id),
      select({ name: down.name }),
    ),
  ),
]
