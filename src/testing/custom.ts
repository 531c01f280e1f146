/**
 * Calls of expressions of the user's own, with operands of their types.
 */
import * as fc from 'fast-check'

import { custom, type CustomForm, type CustomNode } from '../expr/custom-node.js'
import type { ExprNode } from '../expr/node.js'
import { type Asked, type Generator, type Maybe, someOf } from './context.js'
import { familyOf } from './family.js'

/** Values of a codec's type, and data, are their user's to make. */
const isPlain = ({ takes, gives, data }: CustomForm): boolean =>
  data === null && [...takes, gives].every(({ type }) => type.refinement === null)

const callOf = (asked: Asked, form: CustomForm): Maybe<CustomNode> => {
  const operands: Array<fc.Arbitrary<ExprNode>> = []
  for (const { type } of form.takes) {
    const operand = asked.below(familyOf(type))
    if (operand === null) return null
    operands.push(operand)
  }
  return fc.tuple(...operands).map((made) => custom(form, made, null))
}

export const customOf: Generator<'Custom'> = (asked) => {
  const forms = asked.context.world.custom.filter((form) => isPlain(form) && familyOf(form.gives.type) === asked.family)
  return forms.length === 0 ? null : someOf(forms.map((form) => callOf(asked, form)))
}
