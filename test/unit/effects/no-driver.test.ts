// Importing relvar and making Databases loads no driver; the first effect does.
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'

const require = createRequire(import.meta.url)
const drivers = /node_modules\/(pg|mysql2|better-sqlite3|node-sqlite3-wasm)\//

const loaded = (): ReadonlyArray<string> => [
  ...new Set(Object.keys(require.cache).flatMap((file) => drivers.exec(file.replaceAll('\\', '/'))?.[1] ?? [])),
]

it('loads a driver with the first effect and not before', async () => {
  const { Db, from, integer, table } = await import('relvar')
  const { postgres } = await import('relvar/postgres')
  const { mariadb, mysql } = await import('relvar/mysql')
  const { sqlite } = await import('relvar/sqlite')
  const db = sqlite('sqlite::memory:')
  postgres('postgres://localhost/x')
  mysql('mysql://localhost/x')
  mariadb('mariadb://localhost/x')
  const effect = Db.all(from(table('t', { id: integer })))(db)
  expect(loaded()).toEqual([])
  await effect()
  expect(loaded().length).toBeGreaterThan(0)
  expect(loaded()).not.toContain('pg')
  expect(loaded()).not.toContain('mysql2')
  await db.close()()
})
