/**
 * The text of 30 queries over ten tables, thirty fields each, as a user of each library writes them.
 *
 * No two queries have the same joins or fields, so that no compiler can answer one from another. Each states the rows that it
 * expects, so that every library computes them.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A library as a program: what it imports, how it declares the tables, and how it says a query. */
export interface Library {
  readonly name: string
  readonly imports: string
  /** Uses the imports once, so that a program without queries loads the same declarations. */
  readonly tables: string
  readonly query: (plan: Plan) => string
}

/** A column of the tables: each table has the same ones. */
interface Column {
  readonly name: string
  readonly type: 'integer' | 'text' | 'double' | 'boolean'
  readonly nullable: boolean
}

interface Field {
  readonly label: string
  readonly table: string
  readonly column: string
  /** Its TypeScript type in a row of the result. */
  readonly type: string
}

interface Join {
  readonly table: string
  readonly before: string
  readonly left: boolean
}

/** What a query says, whatever the library. */
export interface Plan {
  readonly name: string
  readonly first: string
  readonly joins: ReadonlyArray<Join>
  readonly fields: ReadonlyArray<Field>
  readonly limit: number
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const columns: ReadonlyArray<Column> = [
  { name: 'id', type: 'integer', nullable: false },
  { name: 'before', type: 'integer', nullable: false },
  { name: 'name', type: 'text', nullable: false },
  { name: 'note', type: 'text', nullable: true },
  { name: 'size', type: 'integer', nullable: false },
  { name: 'price', type: 'double', nullable: true },
  { name: 'active', type: 'boolean', nullable: false },
  { name: 'colour', type: 'text', nullable: true },
]

const tables = ['ants', 'bees', 'cats', 'dogs', 'elks', 'fish', 'goats', 'hens', 'ibex', 'jays']

const written = { integer: 'number', text: 'string', double: 'number', boolean: 'boolean' } as const

const at = <A>(list: ReadonlyArray<A>, i: number): A => {
  const found = list[i % list.length]
  if (found === undefined) throw new RangeError('an empty list')
  return found
}

/** Step 3 and 7 go round all ten tables as 1 does, in another order. */
const ordered = (i: number): ReadonlyArray<string> => {
  const step = at([1, 3, 7], i)
  return tables.map((_, k) => at(tables, i + k * step))
}

const plan = (i: number): Plan => {
  const [first, ...rest] = ordered(i)
  if (first === undefined) throw new RangeError('no table')
  const joins = rest.map((table, k): Join => ({ table, before: at([first, ...rest], k), left: (i + k) % 3 === 0 }))
  const absent = new Set(joins.filter(({ left }) => left).map(({ table }) => table))
  const fields = [first, ...rest].flatMap((table, k) =>
    [0, 1, 2].map((n): Field => {
      const column = at(columns, i + k + n * 3)
      const type = `${written[column.type]}${column.nullable || absent.has(table) ? ' | null' : ''}`
      return { label: `${column.name}Of${k}`, table, column: column.name, type }
    }),
  )
  return { name: `q${i}`, first, joins, fields, limit: 10 + i }
}

export const plans: ReadonlyArray<Plan> = Array.from({ length: 30 }, (_, i) => plan(i))

// -------------------------------------------------------------------------------------
// the libraries
// -------------------------------------------------------------------------------------

const lines = (list: ReadonlyArray<string>): string => list.join('\n')

const row = ({ fields }: Plan): string =>
  `{ ${fields.map(({ label, type }) => `readonly ${label}: ${type}`).join('; ')} }`

const record = ({ fields }: Plan): string =>
  `{ ${fields.map(({ label, table, column }) => `${label}: ${table}.${column}`).join(', ')} }`

/** A left-joined side that is asked about would be an inner join: criteria ask the first table. */
const relvar: Library = {
  name: 'relvar',
  imports: lines([
    `import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'`,
    `import { pipe } from 'fp-ts/lib/function.js'`,
    `import { and, boolean, type Database, Db, type DbError, desc, double, eq, from, gt, innerJoin, integer, leftJoin, limit, nullable, orderBy, primaryKey, select, table, text, where } from 'relvar'`,
  ]),
  tables: lines(
    tables.map((name) => {
      const of = columns.map((c) => {
        if (c.name === 'id') return `id: pipe(integer, primaryKey)`
        return c.nullable ? `${c.name}: pipe(${c.type}, nullable)` : `${c.name}: ${c.type}`
      })
      return `export const ${name} = table('${name}', { ${of.join(', ')} })`
    }),
  ),
  query: (p) =>
    lines([
      `const ${p.name} = Db.all(pipe(`,
      `  from(${p.first}),`,
      ...p.joins.map(
        ({ table, before, left }) =>
          `  ${left ? 'leftJoin' : 'innerJoin'}(${table}, eq(${table}.before, ${before}.id)),`,
      ),
      `  where(and(eq(${p.first}.name, 'x'), gt(${p.first}.size, 3))),`,
      `  orderBy(desc(${p.first}.id)),`,
      `  limit(${p.limit}),`,
      `  select(${record(p)}),`,
      `))`,
      `export const rows_${p.name}: ReaderTaskEither<Database, DbError, ReadonlyArray<${row(p)}>> = ${p.name}`,
    ]),
}

const kysely: Library = {
  name: 'kysely',
  imports: `import { Kysely } from 'kysely'`,
  tables: lines([
    ...tables.map((name) => {
      const of = columns.map((c) => `${c.name}: ${written[c.type]}${c.nullable ? ' | null' : ''}`)
      return `export interface ${name} { ${of.join('; ')} }`
    }),
    `export interface Tables { ${tables.map((name) => `${name}: ${name}`).join('; ')} }`,
    `export declare const db: Kysely<Tables>`,
  ]),
  query: (p) =>
    lines([
      `const ${p.name} = db.selectFrom('${p.first}')`,
      ...p.joins.map(
        ({ table, before, left }) =>
          `  .${left ? 'leftJoin' : 'innerJoin'}('${table}', '${table}.before', '${before}.id')`,
      ),
      `  .where('${p.first}.name', '=', 'x').where('${p.first}.size', '>', 3)`,
      `  .orderBy('${p.first}.id', 'desc').limit(${p.limit})`,
      `  .select([${p.fields.map(({ label, table, column }) => `'${table}.${column} as ${label}'`).join(', ')}])`,
      `  .execute()`,
      `export const rows_${p.name}: Promise<ReadonlyArray<${row(p)}>> = ${p.name}`,
    ]),
}

const drizzleType = { integer: 'integer', text: 'text', double: 'doublePrecision', boolean: 'boolean' } as const

const drizzle: Library = {
  name: 'drizzle',
  imports: lines([
    `import { and, desc, eq, gt } from 'drizzle-orm'`,
    `import type { NodePgDatabase } from 'drizzle-orm/node-postgres'`,
    `import { boolean, doublePrecision, integer, pgTable, text } from 'drizzle-orm/pg-core'`,
  ]),
  tables: lines([
    ...tables.map((name) => {
      const of = columns.map((c) => {
        const rest = c.name === 'id' ? '.primaryKey()' : c.nullable ? '' : '.notNull()'
        return `${c.name}: ${drizzleType[c.type]}()${rest}`
      })
      return `export const ${name} = pgTable('${name}', { ${of.join(', ')} })`
    }),
    `export declare const db: NodePgDatabase`,
  ]),
  query: (p) =>
    lines([
      `const ${p.name} = db.select(${record(p)}).from(${p.first})`,
      ...p.joins.map(
        ({ table, before, left }) =>
          `  .${left ? 'leftJoin' : 'innerJoin'}(${table}, eq(${table}.before, ${before}.id))`,
      ),
      `  .where(and(eq(${p.first}.name, 'x'), gt(${p.first}.size, 3)))`,
      `  .orderBy(desc(${p.first}.id)).limit(${p.limit})`,
      `  .execute()`,
      `export const rows_${p.name}: Promise<ReadonlyArray<${row(p)}>> = ${p.name}`,
    ]),
}

export const libraries: ReadonlyArray<Library> = [relvar, kysely, drizzle]
