/**
 * Tests of truth as SQL.
 */
import type { TruthFunction } from '../expr/truth-functions.js'
import { all, form, type FunctionForm } from './function-form.js'
import { sql } from './sql.js'

const test = (words: string): FunctionForm =>
  form(all(['Boolean'], 'a criterion'), ({ operand }) => sql`(${operand(0)} IS ${words})`)

export const truthFunctions: { readonly [N in TruthFunction]: FunctionForm } = {
  isTrue: test('TRUE'),
  isFalse: test('FALSE'),
  isNotTrue: test('NOT TRUE'),
  isNotFalse: test('NOT FALSE'),
}
