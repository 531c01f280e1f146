// What is code in a text of SQL as each engine reads it, and where a parameter may stand in it.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { EngineName } from '../../../src/index.js'
import { endsInComment, namedText, rawProblem } from '../../../src/expr/raw-text.js'

const all: ReadonlyArray<EngineName> = ['postgres', 'mysql', 'mariadb', 'sqlite']
const namesIn = (text: string, engine: EngineName): ReadonlyArray<string> => namedText(text, engine).names

describe('names in a text', () => {
  it.each([
    ['SELECT :a, :b_1', ['a', 'b_1']],
    [':a', ['a']],
    [':a:b', []],
    ['(:a)', ['a']],
    [':a::text', ['a']],
    ['x::text', []],
    ['12:30', []],
    ["':a'", []],
    ["'it''s :a' || :b", ['b']],
    ["name'x' || :b", ['b']],
    ['":a""b" = :c', ['c']],
    ['-- :a\n:b', ['b']],
    ['-- :a', []],
    ['/* :a */ :b', ['b']],
    ['/**/ :b', ['b']],
    ["'\n:a\n' :b", ['b']],
    ["data -> '$.a' ->> :k", ['k']],
    ["data #>> '{a,:b}'", []],
    ['@x := :a', ['a']],
    ['@x :=5', []],
    ['\\:a :b', ['b']],
    [':1 : a', []],
    ['', []],
  ])('%j has %j on every engine', (text, names) => {
    for (const engine of all.filter((name) => !text.includes('#') || name === 'postgres' || name === 'sqlite'))
      expect(namesIn(text, engine), engine).toEqual(names)
  })

  it.each<readonly [string, Readonly<Record<EngineName, ReadonlyArray<string>>>]>([
    // Backslashes: in E'…' of PostgreSQL, in every string of MySQL and MariaDB.
    ["'it\\'s :a' || :b", { postgres: ['a'], mysql: ['b'], mariadb: ['b'], sqlite: ['a'] }],
    ["E'it\\'s :a' || :b", { postgres: ['b'], mysql: ['b'], mariadb: ['b'], sqlite: ['a'] }],
    ["e'\\\\' || :b", { postgres: ['b'], mysql: ['b'], mariadb: ['b'], sqlite: ['b'] }],
    ['"it\\" :a" || :b', { postgres: ['a'], mysql: ['b'], mariadb: ['b'], sqlite: ['a'] }],
    // Backticks quote names, but on PostgreSQL.
    ['`:a` = :c', { postgres: ['a', 'c'], mysql: ['c'], mariadb: ['c'], sqlite: ['c'] }],
    // Brackets quote names on SQLite, and are slices on PostgreSQL.
    ['a[:n] = :c', { postgres: ['n', 'c'], mysql: ['n', 'c'], mariadb: ['n', 'c'], sqlite: ['c'] }],
    ['a[1:2]', { postgres: [], mysql: [], mariadb: [], sqlite: [] }],
    // Comments: nested on PostgreSQL, run where they are marked on MySQL or MariaDB, # and a blank after -- there.
    ['/* /* :a */ :b */ :c', { postgres: ['c'], mysql: ['b', 'c'], mariadb: ['b', 'c'], sqlite: ['b', 'c'] }],
    ['/*! :a */ :b', { postgres: ['b'], mysql: ['a', 'b'], mariadb: ['a', 'b'], sqlite: ['b'] }],
    ['/*M! :a */ :b', { postgres: ['b'], mysql: ['b'], mariadb: ['a', 'b'], sqlite: ['b'] }],
    ['1 # :a\n + :b', { postgres: ['a', 'b'], mysql: ['b'], mariadb: ['b'], sqlite: ['a', 'b'] }],
    ['1--:a', { postgres: [], mysql: ['a'], mariadb: ['a'], sqlite: [] }],
    // Dollar quotes on PostgreSQL alone.
    ['$$ :a $$ :b', { postgres: ['b'], mysql: ['a', 'b'], mariadb: ['a', 'b'], sqlite: ['a', 'b'] }],
    [
      '$x$ :a $$ :y $x$ :b',
      { postgres: ['b'], mysql: ['a', 'y', 'b'], mariadb: ['a', 'y', 'b'], sqlite: ['a', 'y', 'b'] },
    ],
    ['a$b$ :c', { postgres: ['c'], mysql: ['c'], mariadb: ['c'], sqlite: ['c'] }],
  ])('%j is read as each engine reads it', (text, names) => {
    for (const engine of all) expect(namesIn(text, engine), engine).toEqual(names[engine])
  })

  it('the rest of the text is as it was, but for what is escaped', () => {
    const said = namedText("SELECT ':x', :a || \\:b -- \\:c\n", 'postgres')
    expect(said.texts).toEqual(["SELECT ':x', ", ' || :b -- \\:c\n'])
    const long = `SELECT '${"''".repeat(20_000)}', :a, "${'x'.repeat(20_000)}" /* ${'*'.repeat(20_000)} */`
    for (const engine of all) expect(namesIn(long, engine)).toEqual(['a'])
  })
})

describe('any text', () => {
  const pieces = fc.constantFrom(
    "'",
    '"',
    '`',
    '$',
    '$t$',
    '-',
    '--',
    '/*',
    '*/',
    '#',
    '[',
    ']',
    ':a',
    ':',
    'e',
    'E',
    ' ',
    '\n',
    '1',
    '?',
  )
  it('is cut at its names and nowhere else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.array(pieces, { maxLength: 30 }), (engine, made) => {
        const text = made.join('')
        const { texts, names } = namedText(text, engine)
        expect(texts.length).toBe(names.length + 1)
        expect(texts.map((part, i) => (i === 0 ? part : `:${names[i - 1]}${part}`)).join('')).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it('has no parameter where a text in quotes or a comment stands around it', () => {
    const around: Readonly<Record<EngineName, ReadonlyArray<readonly [string, string]>>> = {
      postgres: [
        ["'", "'"],
        ["E'", "'"],
        ['"', '"'],
        ['--', '\n'],
        ['/*', '*/'],
        ['$t$', '$t$'],
      ],
      mysql: [
        ["'", "'"],
        ['"', '"'],
        ['`', '`'],
        ['-- ', '\n'],
        ['#', '\n'],
        ['/*', '*/'],
      ],
      mariadb: [
        ["'", "'"],
        ['"', '"'],
        ['`', '`'],
        ['-- ', '\n'],
        ['#', '\n'],
        ['/*', '*/'],
      ],
      sqlite: [
        ["'", "'"],
        ['"', '"'],
        ['`', '`'],
        ['--', '\n'],
        ['[', ']'],
        ['/*', '*/'],
      ],
    }
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.nat({ max: 5 }),
        fc.array(pieces, { maxLength: 10 }),
        (engine, at, made) => {
          const [begin = '', end = ''] = around[engine][at] ?? []
          // What would end it is left out; a mark after the beginning of a comment, too.
          const inside = made
            .filter((piece) => !end.includes(piece) && !piece.includes(end) && !/[*/]/.test(piece))
            .join('')
          expect(namesIn(`:b ${begin}${inside} :c${end} :d`, engine)).toEqual(['b', 'd'])
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('parameters between texts', () => {
  it.each([[['a = ', '']], [["'a' = ", " and b = 'c'"]], [['a = ', ' -- the end']], [['/* a */ ', ' /* b */']]])(
    '%j is code on both sides',
    (texts) => {
      for (const engine of all) expect(rawProblem(texts, engine), engine).toBe(null)
    },
  )

  it.each([
    [["'%", "%'"]],
    [['"', '"']],
    [['-- ', '']],
    [['-- ', '\n']],
    [['/* ', ' */']],
    [["E'", "'"]],
    [["'a"]],
    [['"a']],
    [['/* a']],
    [['/*/']],
    [["'"]],
    [["'a\\' = ", " or 'b'"]],
  ])('%j is not', (texts) => {
    for (const engine of all) expect(rawProblem(texts, engine), engine).not.toBe(null)
  })

  it('what one engine closes is code on another', () => {
    expect(rawProblem(['$$ ', ' $$'], 'postgres')).not.toBe(null)
    expect(rawProblem(['$a$ x'], 'postgres')).not.toBe(null)
    expect(rawProblem(['/* /* */ ', ' */'], 'postgres')).not.toBe(null)
    expect(rawProblem(['/* /* */ ', ''], 'sqlite')).toBe(null)
    expect(rawProblem(['`', '`'], 'mysql')).not.toBe(null)
    expect(rawProblem(['# ', ''], 'mysql')).not.toBe(null)
    expect(rawProblem(['[', ']'], 'sqlite')).not.toBe(null)
    expect(rawProblem(['a[', ']'], 'postgres')).toBe(null)
    expect(rawProblem(["'it\\'s' || ", ''], 'mysql')).toBe(null)
    expect(rawProblem(["E'\\'' = ", ''], 'postgres')).toBe(null)
  })

  it('placeholders of the user are those of the engine', () => {
    expect(rawProblem(['data ? 1'], 'postgres')).toBe(null)
    expect(rawProblem(['data ?| a, data ?& b, data @> c'], 'postgres')).toBe(null)
    expect(rawProblem(['data ? 1'], 'sqlite')).toContain('placeholder')
    for (const own of ['?1', ':a', '@a', '$a']) expect(rawProblem([`1 = ${own}`], 'sqlite')).toContain('placeholder')
    expect(rawProblem(['a$b = 1'], 'sqlite')).toBe(null)
    expect(rawProblem(["'?' /* ? */"], 'mysql')).toBe(null)
    expect(rawProblem(['/*! ? */'], 'mysql')).toContain('placeholder')
    expect(rawProblem(['$1'], 'postgres')).toContain('placeholder')
    expect(rawProblem(["'$1'"], 'postgres')).toBe(null)
    expect(rawProblem(['a$1'], 'postgres')).toBe(null)
  })

  it('a comment at the end hides what follows', () => {
    expect(endsInComment('1 -- a', 'postgres')).toBe(true)
    expect(endsInComment("'--'", 'postgres')).toBe(false)
    expect(endsInComment('1 # a', 'mysql')).toBe(true)
    expect(endsInComment('1 # a', 'postgres')).toBe(false)
  })
})
