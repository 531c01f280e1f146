// Each change of a table, as the statements of the servers: which column, constraint and name of several it is about, what goes
// before it, and what comes with it.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import type { Reply } from '../../../src/compile/statement.js'
import {
  addColumn,
  addConstraint,
  alterColumn,
  alterTable,
  bigint,
  checkConstraint,
  collation,
  comment,
  compileDdl,
  type Ddl,
  dropColumn,
  dropConstraint,
  enumeration,
  foreignKey,
  gt,
  index,
  integer,
  type Load,
  mariadbDialect,
  mysqlDialect,
  named,
  nullable,
  postgresDialect,
  primaryKey,
  primaryKeyConstraint,
  references,
  renameColumn,
  renameTable,
  serverDefault,
  setComment,
  smallint,
  tableIn,
  text,
  unique,
  uniqueConstraint,
  unsigned,
  varchar,
} from '../../../src/index.js'

const people = tableIn('shop')('people', { id: pipe(integer, primaryKey), ref: pipe(varchar(9), unique) })
const goods = tableIn('shop')('goods', {
  id: pipe(integer, primaryKey),
  name: varchar(20),
  code: pipe(varchar(9), nullable),
  state: pipe(enumeration(['new', 'sold']), named('the state')),
  ownerId: pipe(integer, nullable, named('owner_id'), references(people.id)),
  count: pipe(smallint, unsigned, serverDefault(0)),
})
/** What the columns of `goods` become, and three more. */
const after = tableIn('shop')('goods', {
  id: pipe(integer, primaryKey),
  name: pipe(varchar(40), nullable),
  code: text,
  state: pipe(enumeration(['new', 'sold', 'lost']), named('the state'), serverDefault('new')),
  ownerId: pipe(integer, named('owner_id'), references(people.id)),
  count: bigint,
  extra: pipe(enumeration(['a', 'b']), nullable, comment('what else')),
  buyer: pipe(integer, nullable, unique, references(people.id)),
  seller: pipe(integer, nullable, index),
})
const said = tableIn('shop')('goods', { name: pipe(varchar(20), collation('C')), code: pipe(varchar(9), nullable) })

const none: Reply = { rows: [], affected: 0, insertId: null }

const textsOf = (load: Load<unknown>): ReadonlyArray<string> => {
  if (load._tag === 'Done') return []
  const { sql, parameters } = load.statement
  const rest = load.next(none)
  return [
    [sql, ...parameters.map((value) => `-- ${String(value)}`)].join(' '),
    ...(E.isLeft(rest) ? [`${rest.left._tag}`] : textsOf(rest.right)),
  ]
}

const postgres = postgresDialect()
const family = [mysqlDialect(), mariadbDialect()]

const made = (dialect: typeof postgres, ddl: Ddl): ReadonlyArray<string> =>
  pipe(
    compileDdl(dialect)(ddl),
    E.match(({ message }) => [message], textsOf),
  )

const constraintsOf = (name: string): string =>
  'SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM information_schema.table_constraints ' +
  `WHERE table_schema = coalesce(?, database()) AND table_name = ? AND constraint_name = ?) -- shop -- goods -- ${name}`

/** What drops a check that may not be there any more: MySQL has no IF EXISTS for it. */
const dropsOwn = (dialect: typeof postgres, name: string): ReadonlyArray<string> =>
  dialect.name === 'mysql'
    ? [constraintsOf(name), `DROP CONSTRAINT \`${name}\``]
    : [`DROP CONSTRAINT IF EXISTS \`${name}\``]

type Family = (dialect: typeof postgres) => ReadonlyArray<string>

/** Statements without `ALTER TABLE goods` where they begin with it. */
const cases: ReadonlyArray<readonly [string, Ddl, ReadonlyArray<string>, Family]> = [
  [
    'a column with a check of its type and a comment',
    alterTable(goods)(addColumn(after.extra)),
    [
      'ADD COLUMN "extra" text',
      `ADD CONSTRAINT "ck_goods_extra" CHECK ("extra" IN ('a', 'b'))`,
      `COMMENT ON COLUMN "shop"."goods"."extra" IS 'what else'`,
    ],
    () => [
      "ADD COLUMN `extra` varchar(1) COMMENT 'what else'",
      "ADD CONSTRAINT `ck_goods_extra` CHECK (`extra` IN ('a', 'b'))",
    ],
  ],
  [
    'an indexed column',
    alterTable(goods)(addColumn(after.seller)),
    ['ADD COLUMN "seller" integer', 'CREATE INDEX "ix_goods_seller" ON "shop"."goods" ("seller")'],
    () => ['ADD COLUMN `seller` integer', 'CREATE INDEX `ix_goods_seller` ON `shop`.`goods` (`seller`)'],
  ],
  [
    'a unique column that refers',
    alterTable(goods)(addColumn(after.buyer)),
    [
      'ADD COLUMN "buyer" integer',
      'ADD CONSTRAINT "uq_goods_buyer" UNIQUE ("buyer")',
      'ADD CONSTRAINT "fk_goods_buyer" FOREIGN KEY ("buyer") REFERENCES "shop"."people" ("id")',
    ],
    () => [
      'ADD COLUMN `buyer` integer',
      'ADD CONSTRAINT `uq_goods_buyer` UNIQUE (`buyer`)',
      'ADD CONSTRAINT `fk_goods_buyer` FOREIGN KEY (`buyer`) REFERENCES `shop`.`people` (`id`)',
    ],
  ],
  [
    'a column less that its type checks',
    alterTable(goods)(dropColumn('the state')),
    ['DROP COLUMN "the state"'],
    (dialect) => [...dropsOwn(dialect, 'ck_goods_the state'), 'DROP COLUMN `the state`'],
  ],
  [
    'a column less that refers',
    alterTable(goods)(dropColumn('owner_id')),
    ['DROP COLUMN "owner_id"'],
    () => ['DROP FOREIGN KEY `fk_goods_owner_id`', 'DROP COLUMN `owner_id`'],
  ],
  [
    'a column less that the definition does not know',
    alterTable(goods)(dropColumn('old')),
    ['DROP COLUMN "old"'],
    () => ['DROP COLUMN `old`'],
  ],
  [
    'a column by another name',
    alterTable(goods)(renameColumn('the state', 'state')),
    ['RENAME COLUMN "the state" TO "state"'],
    () => ['RENAME COLUMN `the state` TO `state`'],
  ],
  [
    'a longer column that may be null',
    alterTable(goods)(alterColumn(after.name)),
    [
      'ALTER COLUMN "name" DROP DEFAULT',
      'ALTER COLUMN "name" TYPE varchar(40)',
      'ALTER COLUMN "name" DROP NOT NULL',
      'COMMENT ON COLUMN "shop"."goods"."name" IS NULL',
    ],
    () => ['MODIFY COLUMN `name` varchar(40)'],
  ],
  [
    'a column of the same type',
    alterTable(goods)(alterColumn(said.code)),
    [
      'ALTER COLUMN "code" DROP DEFAULT',
      'ALTER COLUMN "code" DROP NOT NULL',
      'COMMENT ON COLUMN "shop"."goods"."code" IS NULL',
    ],
    () => ['MODIFY COLUMN `code` varchar(9)'],
  ],
  [
    'a column in another collation',
    alterTable(goods)(alterColumn(said.name)),
    [
      'ALTER COLUMN "name" DROP DEFAULT',
      'ALTER COLUMN "name" TYPE varchar(20) COLLATE "C"',
      'ALTER COLUMN "name" SET NOT NULL',
      'COMMENT ON COLUMN "shop"."goods"."name" IS NULL',
    ],
    () => ['MODIFY COLUMN `name` varchar(20) COLLATE `C` NOT NULL'],
  ],
  [
    'an enumeration of more members, with a default',
    alterTable(goods)(alterColumn(after.state)),
    [
      'DROP CONSTRAINT IF EXISTS "ck_goods_the state"',
      'ALTER COLUMN "the state" DROP DEFAULT',
      'ALTER COLUMN "the state" TYPE text',
      'ALTER COLUMN "the state" SET NOT NULL',
      `ALTER COLUMN "the state" SET DEFAULT 'new'::text`,
      'COMMENT ON COLUMN "shop"."goods"."the state" IS NULL',
      `ADD CONSTRAINT "ck_goods_the state" CHECK ("the state" IN ('new', 'sold', 'lost'))`,
    ],
    (dialect) => [
      ...dropsOwn(dialect, 'ck_goods_the state'),
      "MODIFY COLUMN `the state` varchar(4) NOT NULL DEFAULT 'new'",
      "ADD CONSTRAINT `ck_goods_the state` CHECK (`the state` IN ('new', 'sold', 'lost'))",
    ],
  ],
  [
    'a wider number, without the check and the default of before',
    alterTable(goods)(alterColumn(after.count)),
    [
      'DROP CONSTRAINT IF EXISTS "ck_goods_count"',
      'ALTER COLUMN "count" DROP DEFAULT',
      'ALTER COLUMN "count" TYPE bigint',
      'ALTER COLUMN "count" SET NOT NULL',
      'COMMENT ON COLUMN "shop"."goods"."count" IS NULL',
    ],
    () => ['MODIFY COLUMN `count` bigint NOT NULL'],
  ],
  [
    'another primary key',
    alterTable(goods)(
      dropConstraint('primaryKey', 'pk_of_before'),
      addConstraint(primaryKeyConstraint([goods.id, goods.name])),
    ),
    ['DROP CONSTRAINT "pk_of_before"', 'ADD CONSTRAINT "pk_goods" PRIMARY KEY ("id", "name")'],
    () => ['DROP PRIMARY KEY', 'ADD PRIMARY KEY (`id`, `name`)'],
  ],
  [
    'constraints more: the last of the table is each of them',
    alterTable(goods)(
      addConstraint(uniqueConstraint([goods.name, goods.code])),
      addConstraint(foreignKey(goods.code, people.ref)),
      addConstraint(checkConstraint(gt(goods.id, goods.count))),
    ),
    [
      'ADD CONSTRAINT "uq_goods_name_code" UNIQUE ("name", "code")',
      'ADD CONSTRAINT "fk_goods_code" FOREIGN KEY ("code") REFERENCES "shop"."people" ("ref")',
      'ADD CONSTRAINT "ck_goods_1" CHECK (("id" > "count"))',
    ],
    () => [
      'ADD CONSTRAINT `uq_goods_name_code` UNIQUE (`name`, `code`)',
      'ADD CONSTRAINT `fk_goods_code` FOREIGN KEY (`code`) REFERENCES `shop`.`people` (`ref`)',
      'ADD CONSTRAINT `ck_goods_1` CHECK ((`id` > `count`))',
    ],
  ],
  [
    'a constraint less',
    alterTable(goods)(dropConstraint('foreignKey', 'of old')),
    ['DROP CONSTRAINT "of old"'],
    () => ['DROP CONSTRAINT `of old`'],
  ],
  [
    'another name of the table, which stays in its schema, and a comment under it',
    alterTable(goods)(renameTable('wares'), setComment('what is left')),
    ['RENAME TO "wares"', `COMMENT ON TABLE "shop"."wares" IS 'what is left'`],
    () => ['RENAME TO `shop`.`wares`', "ALTER TABLE `shop`.`wares` COMMENT = 'what is left'"],
  ],
]

describe.each(cases)('alterTable: %s', (_, ddl, onPostgres, onFamily) => {
  it('on postgres', () => {
    expect(made(postgres, ddl).map((sql) => sql.replace('ALTER TABLE "shop"."goods" ', ''))).toEqual(onPostgres)
  })

  it.each(family)('on $name', (dialect) => {
    expect(made(dialect, ddl).map((sql) => sql.replace('ALTER TABLE `shop`.`goods` ', ''))).toEqual(onFamily(dialect))
  })
})

describe('what alterTable asks', () => {
  it('is whether a check is there at all, which MySQL cannot drop otherwise', () => {
    const load = compileDdl(mysqlDialect())(alterTable(goods)(dropColumn('the state')))
    const asked = E.isRight(load) && load.right._tag === 'Step' ? load.right.next({ ...none, rows: [[1]] }) : load
    expect(E.isRight(asked) ? textsOf(asked.right) : asked.left).toEqual([
      'ALTER TABLE `shop`.`goods` DROP COLUMN `the state`',
    ])
  })

  it('gives no rows and no keys', () => {
    const load = compileDdl(postgres)(alterTable(goods)(dropColumn('code')))
    const end = E.isRight(load) && load.right._tag === 'Step' ? load.right.next(none) : load
    expect(end).toMatchObject(E.right({ _tag: 'Done', value: { rows: [], affected: 0, keys: [] } }))
  })

  it('belongs together where the engine can undo it', () => {
    const ddl = alterTable(goods)(addColumn(after.extra))
    const atomic = [postgres, ...family].map((dialect) => {
      const load = compileDdl(dialect)(ddl)
      return E.isRight(load) && load.right._tag === 'Step' ? load.right.atomic : load
    })
    expect(atomic).toEqual([true, false, false])
  })
})
