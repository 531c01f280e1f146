/**
 * What rows are made of: one value, a flat record, a whole source, or records of these.
 */
import * as fc from 'fast-check'

import { aggregate } from '../expr/call-node.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import type { ProjectionNode } from '../expr/query-node.js'
import type { Source } from '../expr/source.js'
import { bigintType } from '../expr/sql-type.js'
import { columnsOf, type Context, type Maybe, oneOf, someOf } from './context.js'
import { expression } from './expression.js'
import { type Family, families } from './family.js'
import type { Field, Wanted } from './groups.js'

const valueOf = (context: Context, family: Family): Maybe<ExprNode> =>
  expression(context, family, context.level === 0 ? 2 : 1)

/** A value of the family also where no column has one: the sum of bigints where there are none is that of a literal. */
const someValue = (context: Context, family: Family): fc.Arbitrary<ExprNode> =>
  valueOf(context, family) ??
  (family === 'numeric' && context.rows !== null
    ? fc.constant(aggregate('sum', node.value(0n, bigintType)))
    : anyValue(context))

const anyValue = (context: Context): fc.Arbitrary<ExprNode> =>
  someOf(families.map((family) => valueOf(context, family))) ?? fc.constant(node.logic('and', []))

const one = (expr: ExprNode): ProjectionNode => ({ _tag: 'One', expr })

const record = (fields: ReadonlyArray<readonly [string, ProjectionNode]>): ProjectionNode => ({
  _tag: 'Record',
  fields: fields.map(([key, projection]) => ({ key, projection })),
})

const flat = (context: Context, fields: ReadonlyArray<Field> | null): fc.Arbitrary<ProjectionNode> =>
  fields === null
    ? fc
        .array(anyValue(context), { minLength: 1, maxLength: 3 })
        .map((all) => record(all.map((e, i) => [`c${i}`, one(e)])))
    : fc
        .tuple(...fields.map(({ key, family }) => someValue(context, family).map((e) => [key, one(e)] as const)))
        .map(record)

const nested = (context: Context, whole: Maybe<ProjectionNode>): Maybe<ProjectionNode> =>
  whole === null
    ? null
    : fc.tuple(whole, anyValue(context)).map(([w, e]) =>
        record([
          ['whole', w],
          ['more', record([['value', one(e)]])],
        ]),
      )

/** Projections at a place; null means the whole first source, as where nothing is selected. */
export const projectionOf = (
  context: Context,
  sources: ReadonlyArray<Source>,
  wanted: Wanted,
): fc.Arbitrary<ProjectionNode | null> => {
  // Of a group it is not known whether a source is there that may be all nulls.
  const mentionable = (source: Source): boolean =>
    !context.several &&
    (context.rows === null || columnsOf(source).some((c) => !c.nullable)) &&
    columnsOf(source).every((c) =>
      context.own.some((e) => e._tag === 'Column' && e.of.name === c.of.name && e.key === c.key),
    )
  const wholes = sources.filter(mentionable)
  const whole: Maybe<ProjectionNode> = oneOf(wholes.map((source): ProjectionNode => ({ _tag: 'Whole', source })))
  const first = wholes.length > 0 && wholes[0] === sources[0] ? fc.constant(null) : null
  const records = flat(context, wanted._tag === 'Flat' ? wanted.fields : null)
  switch (wanted._tag) {
    case 'One':
      return someValue(context, wanted.family).map(one)
    case 'Flat':
      return wanted.fields !== null
        ? records
        : (someOf<ProjectionNode | null>([first, whole, records, records]) ?? records)
    case 'Any':
      return (
        someOf<ProjectionNode | null>([
          first,
          anyValue(context).map(one),
          records,
          records,
          whole,
          nested(context, whole),
        ]) ?? records
      )
  }
}
