// The queries that docs/tpch.md shows are the files that the tests run. `RELVAR_DOCS=write` writes that part of the page anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

import { queryNames } from '../../tpch/queries/all.js'

const page = fileURLToPath(new URL('../../../docs/tpch.md', import.meta.url))
const marker = /<!-- what follows is made of test\/tpch: .* -->\n/

const source = (path: string): string => readFileSync(new URL(`../../tpch/${path}`, import.meta.url), 'utf8')

/** What a file says in its first comment, as one line. */
const headerOf = (text: string): string =>
  (/^\/\*\*\n([\s\S]*?)\n \*\//.exec(text)?.[1] ?? '')
    .split('\n')
    .map((line) => line.replace(/^ \* ?/, ''))
    .join(' ')

/** What a file says after its imports. */
const bodyOf = (text: string): string => {
  const last = [...text.matchAll(/^(import [^;]*?|\} )from '.*'$/gm)].at(-1)
  return last === undefined ? text : text.slice(last.index + last[0].length).trim()
}

const block = (path: string): string => `\`\`\`ts\n${bodyOf(source(path))}\n\`\`\`\n`

const queryOf = (name: string): string => {
  const path = `queries/${name}.ts`
  const [, number = '', title = ''] = /^(\d+)\. (.*)$/.exec(headerOf(source(path))) ?? []
  return `## ${number}\n\n${title}\n\n${block(path)}`
}

const made = [
  `## Tables\n\n${block('tables.ts')}`,
  `## Amounts\n\n${block('queries/amounts.ts')}`,
  ...queryNames.map(queryOf),
]

test('docs/tpch.md shows the queries that the tests run', () => {
  const text = readFileSync(page, 'utf8')
  const from = marker.exec(text)
  expect(from).not.toBeNull()
  const start = text.slice(0, (from?.index ?? 0) + (from?.[0].length ?? 0))
  const expected = `${start}\n${made.join('\n')}`
  if (process.env['RELVAR_DOCS'] === 'write') writeFileSync(page, expected)
  expect(readFileSync(page, 'utf8')).toBe(expected)
})

test('every query says in a sentence what it asks', () => {
  expect(made.filter((text) => !/^## \w+\n\n(```|[A-Z].*\.\n\n```)/.test(text))).toEqual([])
})
