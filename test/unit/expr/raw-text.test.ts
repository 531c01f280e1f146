// What is code in a text of SQL, and where a parameter may stand in it.
import { describe, expect, it } from 'vitest'

import { namedText, rawProblem } from '../../../src/expr/raw-text.js'

const namesIn = (text: string): ReadonlyArray<string> => namedText(text).names

describe('names in a text', () => {
  it.each([
    ['SELECT :a, :b_1', ['a', 'b_1']],
    [':a', ['a']],
    [':a:b', []],
    ['(:a)', ['a']],
    [':a::text', ['a']],
    ['x::text', []],
    ['a[1:2]', []],
    ['a[n:m]', []],
    ['12:30', []],
    ["':a'", []],
    ["'it''s :a' || :b", ['b']],
    ["E'it\\'s :a' || :b", ['b']],
    ["e'\\\\' || :b", ['b']],
    ["name'x' || :b", ['b']],
    ['":a""b" = :c', ['c']],
    ['`:a` = :c', ['c']],
    ['-- :a\n:b', ['b']],
    ['-- :a', []],
    ['/* :a */ :b', ['b']],
    ['/**/ :b', ['b']],
    ['/*! :a */ :b', ['b']],
    ['$$ :a $$ :b', ['b']],
    ['$x$ :a $$ :y $x$ :b', ['b']],
    ['a$b$ :c', ['c']],
    ["'\n:a\n' :b", ['b']],
    ["data -> '$.a' ->> :k", ['k']],
    ["data #>> '{a,:b}'", []],
    ['@x := :a', ['a']],
    ['@x :=5', []],
    ['\\:a :b', ['b']],
    [':1 : a', []],
    ['', []],
  ])('%j has %j', (text, names) => {
    expect(namesIn(text)).toEqual(names)
  })

  it('the rest of the text is as it was, but for what is escaped', () => {
    expect(namedText("SELECT ':x', :a || \\:b -- \\:c\n").texts).toEqual(["SELECT ':x', ", ' || :b -- \\:c\n'])
    const long = `SELECT '${"''".repeat(20_000)}', :a, "${'x'.repeat(20_000)}" /* ${'*'.repeat(20_000)} */`
    expect(namesIn(long)).toEqual(['a'])
  })
})

describe('parameters between texts', () => {
  it.each([
    [['a = ', '']],
    [["'a' = ", " and b = 'c'"]],
    [['a = ', ' -- the end']],
    [["E'\\'' = ", '']],
    [['/* a */ ', ' /* b */']],
  ])('%j is code on both sides', (texts) => {
    expect(rawProblem(texts, 'postgres')).toBe(null)
    expect(rawProblem(texts, 'mysql')).toBe(null)
  })

  it.each([
    [["'%", "%'"]],
    [['"', '"']],
    [['`', '`']],
    [['-- ', '']],
    [['-- ', '\n']],
    [['/* ', ' */']],
    [['$$ ', ' $$']],
    [["E'", "'"]],
    [["'a"]],
    [['"a']],
    [['/* a']],
    [['/*/']],
    [['$a$ x']],
    [["'"]],
    [["'a\\' = ", " or 'b'"]],
  ])('%j is not', (texts) => {
    expect(rawProblem(texts, 'postgres')).not.toBe(null)
    expect(rawProblem(texts, 'sqlite')).not.toBe(null)
  })

  it('placeholders of the user are those of the engine', () => {
    expect(rawProblem(['data ? 1'], 'postgres')).toBe(null)
    expect(rawProblem(['data ? 1'], 'sqlite')).toContain('placeholder')
    expect(rawProblem(["'?' /* ? */"], 'mysql')).toBe(null)
    expect(rawProblem(['$1'], 'postgres')).toContain('placeholder')
    expect(rawProblem(["'$1'"], 'postgres')).toBe(null)
  })
})
