// Every case of the data runs or says why it does not yet; the tables are declared as the data says.
import { expect, test } from 'vitest'

import { type ColumnData, conformance } from '../../support/conformance/data.js'
import { tutorial } from '../../support/conformance/tables.js'
import { reads, writes } from './cases.js'
import { todo } from './todo.js'

const running = [...reads, ...writes].map(({ id }) => id)

test('every case of the data runs or waits, none does both, none runs twice', () => {
  expect([...running, ...Object.keys(todo)].sort()).toEqual(conformance.cases.map(({ id }) => id).sort())
})

test('at least 40 cases run on every engine and in memory', () => {
  expect(running.length).toBeGreaterThanOrEqual(40)
})

test('a case whose answer differs between engines says what relvar means', () => {
  const differing = conformance.cases.filter(({ rows_by_engine }) => rows_by_engine !== undefined).map(({ id }) => id)
  const silent = [...reads, ...writes].filter(({ id, meaning }) => differing.includes(id) && meaning === null)
  expect(silent.map(({ id }) => id)).toEqual([])
})

type Info = (typeof tutorial.infos)[number]

/** What SQLAlchemy calls the types that have another name. */
const theirNames: Readonly<Record<string, string>> = {
  Double: 'FLOAT',
  Binary: 'BLOB',
  Timestamp: 'DATETIME',
  Enumeration: 'ENUM',
}

const typeName = (type: Info['columns'][number]['type']): string => {
  const name = theirNames[type._tag] ?? type._tag.toUpperCase()
  if (type._tag === 'Numeric') return `${name}(${type.precision}, ${type.scale})`
  if (type._tag === 'Enumeration') return `${name}(${type.members.join(', ')})`
  return type.length === null ? name : `${name}(${type.length})`
}

/** The columns as relvar has them, in the words of the data. */
const declared = (info: Info): ReadonlyArray<ColumnData> =>
  info.columns.map((column) => {
    const target = info.foreignKeys.find((key) => key.columns.includes(column.key))?.target
    return {
      name: column.name,
      type: typeName(column.type),
      nullable: column.nullable,
      primaryKey: column.primaryKey,
      references: target === undefined ? null : `${target.table}.${target.columns.join('+')}`,
      unique: column.unique,
      index: column.index,
    }
  })

test('the tables are those of the data, column by column', () => {
  const found = Object.fromEntries(tutorial.infos.map((info) => [info.name, declared(info)]))
  expect(found).toEqual(
    Object.fromEntries(Object.entries(conformance.tables).map(([name, { columns }]) => [name, columns])),
  )
})
