/**
 * CASE and COALESCE.
 */
import type { Decimal } from './decimal.js'
import type { AnyExpr, Expr, Literal, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { criterion, expr, nodeOf, operand } from './expr.js'
import * as node from './node.js'
import { isExprNode } from './node.js'
import type { NameOf, Problem } from './problem.js'
import {
  beside,
  bigintType,
  booleanType,
  doubleType,
  integerType,
  type SqlType,
  textType,
  unified,
} from './sql-type.js'

type Widen<A> = A extends string
  ? Decimal extends A
    ? A
    : string
  : A extends number
    ? number
    : A extends bigint
      ? bigint
      : A extends boolean
        ? boolean
        : A

/** One more branch: a decimal beside decimals stays one. */
type Joined<A, B> = [B] extends [A] ? A : A | Widen<B>

/** The type of a literal that stands alone. */
const literalType = (x: unknown): SqlType<unknown> =>
  typeof x === 'string'
    ? textType
    : typeof x === 'boolean'
      ? booleanType
      : typeof x === 'bigint'
        ? bigintType
        : Number.isInteger(x)
          ? integerType
          : doubleType

/** The type of values that stand for each other: what fits none of the others is refused when it is bound or compiled. */
const typeFor = (xs: ReadonlyArray<unknown>): SqlType<unknown> => {
  const typed = xs.filter(node.isExprNode).map((e) => e.type)
  const literals = xs.filter((x) => x !== null && x !== undefined && !node.isExprNode(x))
  const [first] = typed
  const types = first === undefined ? literals.map(literalType) : [...typed, ...literals.map((x) => beside(x, first))]
  return types.reduce((a, b) => unified(a, b) ?? a, types[0] ?? textType)
}

/** CASE under construction: more branches, then `otherwise`. */
export interface CaseBuilder<out A, out S extends string, out N extends string> {
  readonly when: <W extends string, M extends string, B extends Literal | AnyExpr>(
    condition: Expr<boolean | null, W, M>,
    result: B & Same<A, ValueOf<B>>,
  ) => CaseBuilder<Joined<A, ValueOf<B>>, S | W | SrcOf<B>, N | NulOf<B>>
  /** The value where no condition is true. */
  readonly otherwise: <B extends Literal | null | AnyExpr>(
    value: B & Same<A, ValueOf<B>>,
  ) => Expr<Joined<A, ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>>
  /** Null where no condition is true. */
  readonly end: Expr<A | null, S, N>
}

type Same<A, B> = [NonNullable<Widen<B>>] extends [NonNullable<A>]
  ? unknown
  : [NonNullable<A>] extends [NonNullable<Widen<B>>]
    ? unknown
    : Problem<`the branches have different types: ${NameOf<A>} and ${NameOf<B>}`>

interface Branch {
  readonly condition: unknown
  readonly result: unknown
}

const built = (branches: ReadonlyArray<Branch>, otherwise: unknown): AnyExpr => {
  const type = typeFor([...branches.map((b) => b.result), otherwise])
  const made = branches.map((b) => ({ when: criterion(b.condition, booleanType), result: operand(b.result, type) }))
  return expr(node.caseOf(made, otherwise === null || otherwise === undefined ? null : operand(otherwise, type), type))
}

const builder = (branches: ReadonlyArray<Branch>): CaseBuilder<unknown, string, string> =>
  Object.freeze({
    when: (condition: unknown, result: unknown) => builder([...branches, { condition, result }]),
    otherwise: (value: unknown) => built(branches, value),
    end: built(branches, null),
  }) as CaseBuilder<unknown, string, string>

/**
 * `CASE WHEN condition THEN value …`: the first branch whose condition is true.
 *
 * @example
 * import { caseWhen, gt, integer, table } from 'relvar'
 *
 * const users = table('users', { age: integer })
 * caseWhen(gt(users.age, 64), 'old').when(gt(users.age, 18), 'grown').otherwise('young')
 *
 * @category constructors
 * @since 0.1.0
 */
export const caseWhen = <S extends string, M extends string, B extends string | number | bigint | boolean | AnyExpr>(
  condition: Expr<boolean | null, S, M>,
  result: B,
): CaseBuilder<Widen<ValueOf<B>>, S | SrcOf<B>, NulOf<B>> =>
  // The builder carries no types at run time; those of its methods follow from the signature.
  builder([{ condition, result }]) as CaseBuilder<Widen<ValueOf<B>>, S | SrcOf<B>, NulOf<B>>

/**
 * The first of the two that is not null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { coalesce, nullable, table, text } from 'relvar'
 *
 * const users = table('users', { nickname: pipe(text, nullable), name: text })
 * coalesce(users.nickname, users.name)
 *
 * @category constructors
 * @since 0.1.0
 */
export const coalesce = <A, S extends string, B extends NonNullable<A> | Expr<A | null, string, string>>(
  a: Expr<A, S, string>,
  b: B,
): Expr<NonNullable<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, NulOf<B>> => {
  const left = nodeOf(a, isExprNode(b) ? b.type : booleanType)
  const right = operand(b, left.type)
  return expr(node.coalesce([left, right], unified(left.type, right.type) ?? left.type))
}
