// What comes of one statement on one engine, beside what the interpreter says of it.
import * as E from 'fp-ts/lib/Either.js'

import type { DbError } from '../../../src/index.js'
import type { ConstraintError, EvalError } from '../../../src/memory.js'
import type { Engine } from '../servers/engine.js'
import { showRows } from './rows.js'
import { isRefusal, unsupportedIn } from './unsaid.js'

// -- model ------------------------------------------------------------------------------------------------------------

/**
 * `same`: the same rows. `errors`: both refuse it alike. `unsupported`: the compiler says that the engine cannot say it. `refused`:
 * the engine says so, as is known. `overflow`: engines differ in how far their integers go. `wrong`: they disagree.
 */
export type Outcome = 'same' | 'errors' | 'unsupported' | 'refused' | 'overflow' | 'wrong'

export interface Verdict {
  readonly verdict: Outcome
  /** What the engine cannot say, or said; of what is wrong: all that is needed to see it. */
  readonly why: string
  /** What is wrong in a word, so that what it shrinks to is wrong in the same way; else empty. */
  readonly kind: string
}

export type Mine<A> = E.Either<EvalError | ConstraintError, A>
export type Theirs<A> = E.Either<DbError, A>

// -- constructors -----------------------------------------------------------------------------------------------------

export const verdict = (of: Outcome, why = '', kind = ''): Verdict => ({ verdict: of, why, kind })

/** Two answers that differ. */
export const wrong = (what: string, mine: unknown, theirs: unknown, kind: string): Verdict =>
  verdict('wrong', `${what}\n  interpreter ${showRows(mine)}\n  engine      ${showRows(theirs)}`, kind)

// -- destructors ------------------------------------------------------------------------------------------------------

/** An outer row too many and one without any: which of them is met first is nobody's promise. */
const rowErrors: ReadonlyArray<string> = ['NoRows', 'MultipleRows']

/** Which of two broken constraints is named is nobody's promise either. */
const constraints: ReadonlyArray<string> = [
  'UniqueViolation',
  'ForeignKeyViolation',
  'NotNullViolation',
  'CheckViolation',
]

const alikeTags = [rowErrors, constraints]

/** Whether an engine's error is the one that the interpreter names. A query that stands for a value has no error of its own. */
const isSameError = (mine: EvalError | ConstraintError, theirs: DbError): boolean =>
  theirs._tag === mine._tag ||
  alikeTags.some((tags) => tags.includes(theirs._tag) && tags.includes(mine._tag)) ||
  (theirs._tag === 'Compile' && theirs.error._tag === mine._tag) ||
  (theirs._tag === 'Sql' && mine._tag === 'MultipleRows')

const said = (error: EvalError | ConstraintError | DbError): string => {
  const cause = 'cause' in error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error._tag}: ${error.message}${cause}`
}

/** Compares what an engine answers with what the interpreter means. `what`: the statement, for messages. */
export const compared = <A>(
  engine: Engine,
  what: () => string,
  mine: Mine<A>,
  theirs: Theirs<A>,
  same: (a: A, b: A) => boolean,
): Verdict => {
  const feature = E.isLeft(theirs) ? unsupportedIn(theirs.left) : null
  // What the interpreter refuses in the same words is refused on all engines.
  if (feature !== null && !(E.isLeft(mine) && mine.left._tag === 'Unsupported'))
    return verdict('unsupported', `${feature} (interpreter: ${E.isLeft(mine) ? mine.left._tag : 'rows'})`)
  if (E.isLeft(theirs) && isRefusal(engine, theirs.left)) return verdict('refused', theirs.left.message)
  // Engines differ in how far their integers go.
  if (E.isLeft(mine) && mine.left._tag === 'Overflow') return verdict('overflow')
  if (E.isLeft(mine) && E.isLeft(theirs) && isSameError(mine.left, theirs.left)) return verdict('errors')
  if (E.isRight(mine) && E.isRight(theirs) && same(mine.right, theirs.right)) return verdict('same')
  const { statement = null } = E.isLeft(theirs) ? theirs.left : {}
  return wrong(
    `${what()}${statement === null ? '' : `\n  ${statement}`}`,
    E.isLeft(mine) ? said(mine.left) : mine.right,
    E.isLeft(theirs) ? said(theirs.left) : theirs.right,
    `${E.isLeft(mine) ? mine.left._tag : 'rows'} ${E.isLeft(theirs) ? theirs.left._tag : 'rows'}`,
  )
}
