// The pages of the guide are numbered without a gap, lead from one to the next, and stand in docs/README.md; every link leads to a file.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const pages = readdirSync(join(root, 'docs/guide')).sort()

test('the pages are numbered without a gap', () => {
  expect(pages.map((page) => Number(page.slice(0, 2)))).toEqual(pages.map((_, i) => i + 1))
})

test('docs/README.md lists the pages in their order', () => {
  const listed = [...read('docs/README.md').matchAll(/^(\d+)\. \[.*?\]\(guide\/(.*?)\)/gm)].map(([, n, page]) => [
    n,
    page,
  ])
  expect(listed).toEqual(pages.map((page, i) => [String(i + 1), page]))
})

describe.each(pages)('docs/guide/%s', (page) => {
  const text = read(`docs/guide/${page}`)
  const at = pages.indexOf(page)

  test('begins with its number and with what one can do after it', () => {
    expect(text).toMatch(new RegExp(`^# ${at + 1}\\. \\S.*\\n\\nAfter this page you `))
  })

  test('ends with the page that follows', () => {
    const next = pages[at + 1] ?? '../dialects.md'
    expect(/\nNext: \[.*?\]\((.*?)\)\.\n$/.exec(text)?.[1]).toBe(next)
  })
})

const texts = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].concat(
  readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
)

test.each(texts)('the links of %s lead to files', (path) => {
  const targets = [...read(path).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target)
  expect(targets.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([])
})
