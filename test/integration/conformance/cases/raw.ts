// Text of the user's own: criteria, orders and whole statements. In memory it has no meaning.
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { and, boolean, from, integer, matches, orderBy, select, sql, text, where } from 'relvar'

import { type Case, program, refusedBy } from '../../../support/conformance/case.js'
import { users } from '../../../support/conformance/tables.js'

const ids = { id: users.id, name: users.name }
const notInMemory = refusedBy({ memory: 'NotEvaluable' })

const below = sql(boolean)`${users.id} < ${224}`
const named = sql.text('SELECT id, name FROM users WHERE id > :low AND id <> :low + 1 AND name <> :name ORDER BY id')
const ed = sql.text('SELECT * FROM users where name=:name').bind({ name: 'ed' })

/** MySQL and MariaDB search by an index; elsewhere this is no statement, and there is nothing to make. */
const fulltextIndex = sql.text('CREATE FULLTEXT INDEX users_name_fulltext ON users (name)').command()

export const rawReads: ReadonlyArray<Case> = [
  pipe(
    program('q27', (world) =>
      world.all(pipe(from(users), where(below), orderBy(sql(integer)`${users.id}`), select({ name: users.name }))),
    ),
    notInMemory,
  ),
  pipe(
    program('q28', (world) =>
      world.one(
        pipe(
          from(users),
          where(and(below, sql(boolean)`${users.name} = ${'fred'}`)),
          orderBy(sql(integer)`${users.id}`),
        ),
      ),
    ),
    notInMemory,
  ),
  pipe(
    program('q29', (world) =>
      pipe(
        sql
          .text('SELECT name, id FROM users where name=:name')
          .bind({ name: 'ed' })
          .columns({ name: text, id: integer }),
        world.text,
        // The data has them in the order of the table.
        TE.map((rows) => rows.map(({ name, id }) => ({ id, name }))),
      ),
    ),
    notInMemory,
  ),
  pipe(
    program('q82', (world) =>
      pipe(
        world.text(fulltextIndex),
        TE.orElseW(() => TE.right([])),
        TE.chain(() => world.all(pipe(from(users), where(matches([users.name], 'wendy')), select(ids)))),
      ),
    ),
    refusedBy({ memory: 'NotEvaluable', sqlite: 'Unsupported' }),
  ),
  pipe(
    program('q88', (world) => world.text(named.bind({ low: 1, name: 'jack' }).columns({ id: integer, name: text }))),
    notInMemory,
  ),
  pipe(
    program('q89', (world) => world.text(ed.columns(users))),
    notInMemory,
  ),
]

export const rawWrites: ReadonlyArray<Case> = [
  pipe(
    program('w22', (world) =>
      world.text(sql.text("INSERT INTO users (name) VALUES ('haofly') RETURNING id").columns({ id: integer })),
    ),
    // MySQL has no RETURNING: a write of relvar's has it there.
    refusedBy({ memory: 'NotEvaluable', mysql: 'Sql' }),
  ),
]
