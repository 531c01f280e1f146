/**
 * Changes of a table in memory: what it is afterwards, and what becomes of its rows.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { altered } from '../../compile/ddl-altered.js'
import type { Alteration, AlterTable } from '../../expr/alter-table.js'
import { type NamingConvention, tableIdentity } from '../../expr/schema.js'
import type { ColumnInfo, TableInfo } from '../../expr/source.js'
import { invalidValue } from '../../compile/load-error.js'
import * as cast from '../../interpret/cast.js'
import { checkTables } from '../../interpret/check-tables.js'
import { notNullViolation } from '../../interpret/constraint-error.js'
import { heldIn, paramsOfTable, type Refusal, ruled, valueFor } from '../../interpret/row-rules.js'
import { runOf } from '../../interpret/run.js'
import { infoNamed, rowsOfInfo, type Tables } from '../../interpret/tables.js'
import { put, type Row } from '../../interpret/value.js'
import type { DbError } from '../error.js'
import { aboutNow, byKey, byName, named, settledIn, withReferences } from './memory-definition.js'
import { fromEvaluation, refused } from './memory-error.js'

type Outcome<A = Tables> = E.Either<DbError, A>

const statement = 'ALTER TABLE'

const no = (message: string): DbError => refused(statement, message)

// -------------------------------------------------------------------------------------
// definition
// -------------------------------------------------------------------------------------

/** What stands in the way of a change of the table that is there; null where nothing does. */
const obstacle = (tables: Tables, info: TableInfo, change: Alteration): DbError | null => {
  const has = (name: string): boolean => info.columns.some((c) => c.name === name)
  const absent = (name: string): DbError | null => (has(name) ? null : no(`"${info.name}" has no column "${name}"`))
  switch (change._tag) {
    case 'AddColumn':
      return has(change.column.name) ? no(`"${info.name}" has a column "${change.column.name}" already`) : null
    case 'DropColumn':
      return absent(change.name) ?? (info.columns.length === 1 ? no(`"${info.name}" would have no column`) : null)
    case 'RenameColumn':
      return absent(change.from) ?? (has(change.to) ? no(`"${info.name}" has a column "${change.to}" already`) : null)
    case 'AlterColumn':
      return absent(change.column.name)
    case 'AddPrimaryKey':
      return info.primaryKey.length > 0 ? no(`"${info.name}" has a primary key already`) : null
    case 'DropConstraint':
      return namesOf(info, change.kind).includes(change.kind === 'primaryKey' ? info.primaryKeyName : change.name)
        ? null
        : no(`"${info.name}" has no constraint "${change.name}"`)
    case 'RenameTable':
      return infoNamed(tables, { schema: info.schema, name: change.to }) === undefined
        ? null
        : no(`there is a table "${change.to}" already`)
    case 'AddForeignKey':
    case 'AddUnique':
    case 'AddCheck':
    case 'SetComment':
      return null
  }
}

type Dropped = Extract<Alteration, { readonly _tag: 'DropConstraint' }>['kind']

const namesOf = (info: TableInfo, kind: Dropped): ReadonlyArray<string | null> => {
  switch (kind) {
    case 'primaryKey':
      return info.primaryKey.length === 0 ? [] : [info.primaryKeyName]
    case 'foreignKey':
      return info.foreignKeys.map((key) => key.target.name)
    case 'unique':
      return info.uniques.map((unique) => unique.name)
    case 'check':
      return info.checks.map((check) => check.name)
  }
}

/** The constraints of one kind are dropped by their name; those of another kind stay. */
const withoutConstraint = (info: TableInfo, kind: Dropped, name: string): TableInfo => {
  switch (kind) {
    case 'primaryKey':
      return altered(info, { _tag: 'DropConstraint', kind, name })
    case 'foreignKey':
      return { ...info, foreignKeys: info.foreignKeys.filter((key) => key.target.name !== name) }
    case 'unique':
      return { ...info, uniques: info.uniques.filter((unique) => unique.name !== name) }
    case 'check':
      return { ...info, checks: info.checks.filter((check) => check.name !== name) }
  }
}

/** A column whose key is none of those that the table has. */
const ownKey = (info: TableInfo, column: ColumnInfo): ColumnInfo =>
  info.columns.some((c) => c.key === column.key) ? { ...column, key: JSON.stringify([column.name]) } : column

/** The table after a change, with its constraints named and its expressions about the columns that it has by then. */
const definitionAfter = (info: TableInfo, change: Alteration, naming: NamingConvention): TableInfo => {
  const settled = (after: TableInfo): TableInfo => settledIn(after, byKey(after))
  const [only = info] = named([after(info, change, settled)], naming)
  return only
}

const after = (info: TableInfo, change: Alteration, settled: (after: TableInfo) => TableInfo): TableInfo => {
  switch (change._tag) {
    case 'AddColumn': {
      const column = ownKey(info, change.column)
      const made = altered(info, { ...change, column })
      const { generated } = column
      const about = byName(made)
      return settledIn(
        {
          ...made,
          columns: made.columns.map((c) =>
            c === column && generated !== null
              ? { ...c, generated: { ...generated, expr: aboutNow(made, about, generated.expr) } }
              : c,
          ),
          indexes: made.indexes.map((index) => ({
            ...index,
            parts: index.parts.map((part) => ({ ...part, expr: aboutNow(made, about, part.expr) })),
          })),
        },
        byKey(made),
      )
    }
    case 'DropColumn': {
      const key = info.columns.find((c) => c.name === change.name)?.key ?? ''
      const made = altered(info, change)
      return info.primaryKey.includes(key) ? { ...made, primaryKey: [], primaryKeyName: null } : made
    }
    case 'AddCheck':
      return altered(info, {
        ...change,
        check: { ...change.check, expr: aboutNow(info, byName(info), change.check.expr) },
      })
    case 'AddPrimaryKey': {
      const made = altered(info, change)
      return {
        ...made,
        columns: made.columns.map((c) => (made.primaryKey.includes(c.key) ? { ...c, nullable: false } : c)),
      }
    }
    case 'DropConstraint':
      return withoutConstraint(info, change.kind, change.name)
    case 'RenameColumn':
    case 'AlterColumn':
    case 'RenameTable':
      return settled(altered(info, change))
    case 'AddForeignKey':
    case 'AddUnique':
    case 'SetComment':
      return altered(info, change)
  }
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** A value of a column that becomes another one. */
const becoming = (info: TableInfo, was: ColumnInfo, is: ColumnInfo, value: unknown): E.Either<Refusal, unknown> => {
  if (value === null) return is.nullable ? E.right(null) : E.left(notNullViolation(info.name, is.key))
  const made = was.type.id === is.type.id ? value : cast.altered(value, was.type, is.type)
  return made === null
    ? E.left(invalidValue(`${info.name}.${is.key}`, 'the value is none of the new type'))
    : heldIn(info, is, made)
}

/** The rows of the table as it was, as rows of what it is. */
const rowsAfter = (tables: Tables, was: TableInfo, is: TableInfo): E.Either<Refusal, ReadonlyArray<Row>> =>
  pipe(
    runOf(paramsOfTable(is), {}, tables),
    E.chainW((run) =>
      pipe(
        rowsOfInfo(tables, was),
        E.traverseArray((row) => {
          const made: Record<string, unknown> = {}
          for (const column of is.columns) {
            const old = was.columns.find((c) => c.key === column.key)
            const value =
              old !== undefined
                ? becoming(is, old, column, row[column.key])
                : column.serverDefault === null
                  ? E.right(null)
                  : valueFor({ run, scope: null, group: null }, is, column, column.serverDefault)
            if (E.isLeft(value)) return value
            put(made, column.key, value.right)
          }
          return ruled(run, is, Object.freeze(made))
        }),
      ),
    ),
  )

const moved = <A>(map: ReadonlyMap<string, A>, from: string, to: string): Map<string, A> => {
  const after = new Map(map)
  const held = after.get(from)
  after.delete(from)
  if (held !== undefined) after.set(to, held)
  return after
}

/** Foreign keys that lead to a table, or to a column of it, lead there by its new name. */
const followed = (infos: ReadonlyArray<TableInfo>, was: TableInfo, is: TableInfo): ReadonlyArray<TableInfo> =>
  infos.map((info) => {
    const foreignKeys = info.foreignKeys.map((key) => {
      const { target } = key
      if (target.schema !== was.schema || target.table !== was.name) return key
      const names = target.columns.map((c, i) => is.columns.find((own) => own.key === c)?.name ?? target.names[i] ?? c)
      return { ...key, target: { ...target, table: is.name, names } }
    })
    return foreignKeys.every((key, i) => key === info.foreignKeys[i]) ? info : Object.freeze({ ...info, foreignKeys })
  })

const sameSet = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean =>
  a.length === b.length && a.every((key) => b.includes(key))

/** A foreign key leads to a key of a table that is there. */
export const unkeyed = (tables: Tables, statement: string): DbError | null => {
  for (const { name, foreignKeys } of tables.infos)
    for (const { target } of foreignKeys) {
      const there = infoNamed(tables, { schema: target.schema, name: target.table })
      if (there === undefined) return refused(statement, `"${name}" refers to "${target.table}", which is not there`)
      const keys = [there.primaryKey, ...there.uniques.map((unique) => unique.columns)]
      if (!keys.some((key) => sameSet(key, target.columns)))
        return refused(statement, `"${name}" refers to what is no key of "${target.table}"`)
    }
  return null
}

// -------------------------------------------------------------------------------------
// statement
// -------------------------------------------------------------------------------------

const changed = (tables: Tables, was: TableInfo, change: Alteration, naming: NamingConvention): Outcome => {
  const stopped = obstacle(tables, was, change)
  if (stopped !== null) return E.left(stopped)
  const is = definitionAfter(was, change, naming)
  const [from, to] = [tableIdentity(was), tableIdentity(is)]
  return pipe(
    rowsAfter(tables, was, is),
    E.mapLeft(fromEvaluation(statement)),
    E.map((rows): Tables => {
      const infos = followed(
        tables.infos.map((info) => (info === was ? is : info)),
        was,
        is,
      )
      const held = moved(tables.rows, from, to).set(to, Object.freeze(rows))
      return withReferences(Object.freeze({ ...tables, infos, rows: held, keys: moved(tables.keys, from, to) }))
    }),
    E.chainFirst((made) => {
      const loose = unkeyed(made, statement)
      return loose === null ? E.right(null) : E.left(loose)
    }),
    E.chainFirst((made) => pipe(checkTables(tables, made), E.mapLeft(fromEvaluation(statement)))),
  )
}

/** The tables after the changes of one of them. */
export const alteredTables = (tables: Tables, { table, changes, naming }: AlterTable): Outcome => {
  let { name } = table
  let now: Outcome = E.right(tables)
  for (const change of changes) {
    if (E.isLeft(now)) return now
    const own = infoNamed(now.right, { schema: table.schema, name })
    if (own === undefined || own.view !== null) return E.left(no(`there is no table "${name}"`))
    now = changed(now.right, own, change, naming)
    if (change._tag === 'RenameTable') name = change.to
  }
  return now
}
