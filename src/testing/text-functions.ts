/**
 * Generators of functions of text.
 */
import * as fc from 'fast-check'

import { call, type CallNode } from '../expr/call-node.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { booleanType, integerType, type SqlType, textType } from '../expr/sql-type.js'
import type { TextFunction } from '../expr/text-functions.js'
import { type Asked, given, type Maybe, someOf } from './context.js'
import type { Family } from './family.js'
import { columnsWhere } from './value-generators.js'

/** ASCII alone: engines agree on nothing else when they change case. */
const foldable = (asked: Asked): Maybe<ExprNode> =>
  someOf([
    asked.context.aggregated
      ? null
      : fc.constantFrom('a', 'Ab', 'B%').map((text): ExprNode => node.value(text, textType)),
    columnsWhere(asked, (e) => e.type._tag === 'Varchar' && e.of._tag === 'TableSource'),
  ])

type Make = (asked: Asked) => Maybe<CallNode>
type Name = TextFunction

/** A call that gives a value of a family, of a text and of what else it takes. */
const made =
  (family: Family, name: Name, type: SqlType<unknown>, others: ReadonlyArray<fc.Arbitrary<ExprNode>> = []): Make =>
  (asked) =>
    asked.family === family
      ? given(asked.below('text'), (all) => fc.tuple(all, ...others).map((operands) => call(name, operands, type)))
      : null

const numbers = (most: number): fc.Arbitrary<ExprNode> =>
  fc.integer({ min: -1, max: most }).map((n) => node.value(n, integerType))

const texts = (...all: ReadonlyArray<string>): fc.Arbitrary<ExprNode> =>
  fc.constantFrom(...all).map((text) => node.value(text, textType))

const short = texts('', 'a', 'b%', '!', 'が', ' ')

/** Parts of texts by numbers that the rows bring, which may be null. */
const byRows =
  (name: 'substring' | 'takeLeft' | 'takeRight'): Make =>
  (asked) =>
    asked.family === 'text'
      ? given(asked.below('text'), (text) =>
          given(asked.below('integer'), (place) =>
            fc.tuple(text, place).map((operands) => call(name, operands, textType)),
          ),
        )
      : null

const either =
  (...makes: ReadonlyArray<Make>): Make =>
  (asked) =>
    someOf(makes.map((make) => make(asked)))

const twoTexts =
  (family: Family, name: 'indexOf' | 'replace', type: SqlType<unknown>): Make =>
  (asked) =>
    asked.family === family
      ? given(asked.below('text'), (text) =>
          fc.tuple(text, text, text).map(([a, b, c]) => call(name, name === 'indexOf' ? [a, b] : [a, b, c], type)),
        )
      : null

const concatWs: Make = (asked) =>
  asked.family === 'text'
    ? given(asked.below('text'), (text) =>
        fc
          .tuple(someOf([short, text]) ?? text, fc.array(text, { minLength: 1, maxLength: 3 }))
          .map(([separator, parts]) => call('concatWs', [separator, ...parts], textType, { nulls: 'may' })),
      )
    : null

const patterns = texts('', 'a', '^a', 'b$', 'a|b', '(?:a|b)+', '[^a]', '[a-b ]{1,2}', '^.$', '\\w', '\\D', 'が?$')

const regexMatches: Make = (asked) =>
  asked.family === 'boolean'
    ? given(asked.below('text'), (text) =>
        fc
          .tuple(text, patterns, fc.constantFrom('', 'i'))
          .map(([e, pattern, words]) => call('regexMatches', [e, pattern], booleanType, { words })),
      )
    : null

/** What engines have in no common form, or not at all. */
const none: Make = () => null

export const textFunctions: { readonly [N in TextFunction]: (asked: Asked) => Maybe<CallNode> } = {
  lower: made('text', 'lower', textType),
  upper: (asked) =>
    asked.family === 'text' ? given(foldable(asked), (all) => all.map((e) => call('upper', [e], textType))) : null,
  charLength: made('integer', 'charLength', integerType),
  byteLength: made('integer', 'byteLength', integerType),
  trim: made('text', 'trim', textType),
  ltrim: made('text', 'ltrim', textType),
  rtrim: made('text', 'rtrim', textType),
  concatWs,
  substring: either(
    made('text', 'substring', textType, [numbers(3)]),
    made('text', 'substring', textType, [numbers(3), numbers(3)]),
    byRows('substring'),
  ),
  indexOf: either(made('integer', 'indexOf', integerType, [short]), twoTexts('integer', 'indexOf', integerType)),
  replace: either(made('text', 'replace', textType, [short, short]), twoTexts('text', 'replace', textType)),
  takeLeft: either(made('text', 'takeLeft', textType, [numbers(3)]), byRows('takeLeft')),
  takeRight: either(made('text', 'takeRight', textType, [numbers(3)]), byRows('takeRight')),
  lpad: made('text', 'lpad', textType, [numbers(5), texts('a', 'が', 'ab')]),
  rpad: made('text', 'rpad', textType, [numbers(5), texts('a', 'が', 'ab')]),
  repeat: made('text', 'repeat', textType, [numbers(3)]),
  // SQLite has none.
  reverse: none,
  literally: made('text', 'literally', textType),
  regexMatches,
  // Full text is what an index makes of it, and no collation has the same name everywhere.
  matches: none,
  collate: none,
}
