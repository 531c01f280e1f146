// Every id that a test names in its title stands on docs/rows.md, once.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../../', import.meta.url)
const page = readFileSync(new URL('docs/rows.md', root), 'utf8')
const listed = [...page.matchAll(/^\| ([A-Z]{1,3}\d{2,3}[a-z]?|(?:dialect|property|uow|bar) \d+) \|/gm)].map(
  ([, id]) => id,
)

const files = readdirSync(new URL('test', root), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('generated'),
)

const id = /^([A-Z]{1,3}\d{2,3}[a-z]?|(?:dialect|property|uow|bar) \d+)$/

/** The ids that stand in square brackets in a file; several in one pair are parted by commas. */
const named = (file: string): ReadonlyArray<string> =>
  [...readFileSync(new URL(`test/${file}`, root), 'utf8').matchAll(/\[([A-Za-z0-9 ,]+)\]/g)]
    .flatMap(([, tags = '']) => tags.split(/\s*,\s*/))
    .filter((tag) => id.test(tag))

test('every id stands there once', () => {
  expect(listed.length).toBeGreaterThan(700)
  expect(listed.filter((one, i) => listed.indexOf(one) !== i)).toEqual([])
})

test('what tests name stands there', () => {
  const known = new Set<string | undefined>(listed)
  expect([...new Set(files.flatMap(named))].filter((one) => !known.has(one))).toEqual([])
})
