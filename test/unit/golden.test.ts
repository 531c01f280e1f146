// The SQL of every golden statement is what test/golden/<dialect>.sql says, and no value is in it.
// `RELVAR_GOLDEN=write` writes the files anew: read the difference before you keep it.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

import { allStatements } from '../golden/all.js'
import { dialects, shown, textOf } from '../golden/shown.js'

describe.each(dialects.map((dialect) => ({ name: dialect.name, dialect })))('golden statements of $name', (one) => {
  const list = allStatements.map(shown(one.dialect))
  const file = fileURLToPath(new URL(`../golden/${one.name}.sql`, import.meta.url))

  it('are the text of the file', () => {
    const text = textOf(list)
    if (process.env['RELVAR_GOLDEN'] === 'write') writeFileSync(file, text)
    expect(text).toBe(readFileSync(file, 'utf8'))
  })

  it('have names of their own', () => {
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length)
  })

  it('have no value in their text', () => {
    const values = list.flatMap(({ name, statements, markers }) =>
      statements.flatMap(({ sql }) => markers.filter((m) => sql.includes(m)).map((m) => `${name}: ${m} is in ${sql}`)),
    )
    expect(values).toEqual([])
    // All markers begin like this, so that one which a statement changed is found as well.
    expect(list.filter(({ statements }) => statements.some(({ sql }) => sql.includes('770')))).toEqual([])
  })

  it('have every value among their parameters', () => {
    const missing = list
      .filter(({ refused }) => refused === null)
      .flatMap(({ name, statements, markers }) => {
        const bound = statements.flatMap(({ parameters, sets }) =>
          [...parameters, ...(sets?.columns.flat() ?? [])].map(String),
        )
        return markers.filter((m) => !bound.some((p) => p.includes(m))).map((m) => `${name}: ${m}`)
      })
    expect(missing).toEqual([])
  })
})
