/**
 * The linter in front of a Database: each statement is looked at before it is sent, and findings are reported or refused.
 */
import { type Finding, findings, type FindingTag } from '../expr/lint.js'
import type { StatementNode } from '../expr/query-node.js'
import { showStatement } from '../expr/show.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is done with findings. */
export interface Linting {
  /** Told of each finding and of the query as code, before the query is sent. What it throws ends the effect with a `Defect`. */
  readonly report?: (finding: Finding, query: string) => void
  /** The findings that end the effect with a Left: all of them, or those of these kinds. None where left out. */
  readonly errors?: boolean | ReadonlyArray<FindingTag>
}

/** The linter found what is not let through. */
export interface Linted {
  readonly _tag: 'Linted'
  readonly code: 'RV715'
  readonly message: string
  readonly findings: ReadonlyArray<Finding>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const linted = (findings: ReadonlyArray<Finding>): Linted => ({
  _tag: 'Linted',
  code: 'RV715',
  message: findings.map((f) => `${f._tag}${f.place === '' ? '' : ` (${f.place})`}: ${f.message}`).join('; '),
  findings,
})

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const known = new WeakMap<StatementNode, ReadonlyArray<Finding>>()

/** A value never changes, so it is looked at once. */
const findingsOf = (statement: StatementNode): ReadonlyArray<Finding> => {
  const before = known.get(statement)
  if (before !== undefined) return before
  const found = findings(statement)
  known.set(statement, found)
  return found
}

/** Reports what is found in a statement; the error where a finding of it is one, else null. */
export const check = ({ report, errors = false }: Linting, statement: StatementNode): Linted | null => {
  const found = findingsOf(statement)
  if (found.length === 0) return null
  if (report !== undefined) for (const finding of found) report(finding, showStatement(statement))
  const wrong = found.filter((f) => (typeof errors === 'boolean' ? errors : errors.includes(f._tag)))
  return wrong.length === 0 ? null : linted(wrong)
}
