/**
 * The linter in front of a Database: each statement is looked at before it is sent, and findings are reported or refused.
 */
import type { EngineName } from '../expr/custom-node.js'
import type { Ddl } from '../expr/ddl-node.js'
import { findings } from '../expr/lint.js'
import { lintDdl } from '../expr/lint-ddl.js'
import type { Finding, FindingTag, LintOptions } from '../expr/lint-facts.js'
import type { StatementNode } from '../expr/query-node.js'
import { showStatement } from '../expr/show.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is done with findings. */
export interface Linting extends LintOptions {
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

const known = new WeakMap<StatementNode, Map<string, ReadonlyArray<Finding>>>()

/** A value never changes, so it is looked at once for what is looked for. */
const findingsOf = (statement: StatementNode, options: LintOptions): ReadonlyArray<Finding> => {
  const asked = (options.also ?? []).join()
  const before = known.get(statement)
  const same = before?.get(asked)
  if (same !== undefined) return same
  const found = findings(statement, options)
  known.set(statement, new Map([...(before ?? []), [asked, found]]))
  return found
}

/** Reports what is found in a statement; the error where a finding of it is one, else null. */
export const check = (linting: Linting, statement: StatementNode): Linted | null =>
  judged(linting, findingsOf(statement, { also: linting.also ?? [] }), () => showStatement(statement))

/** The same of DDL, as the engine will have it. */
export const checkDdl = (linting: Linting, ddl: Ddl, engine: EngineName): Linted | null =>
  judged(linting, lintDdl(engine)(ddl), () => ddl._tag)

const judged = (
  { report, errors = false }: Linting,
  found: ReadonlyArray<Finding>,
  show: () => string,
): Linted | null => {
  if (found.length === 0) return null
  if (report !== undefined) for (const finding of found) report(finding, show())
  const wrong = found.filter((f) => (typeof errors === 'boolean' ? errors : errors.includes(f._tag)))
  return wrong.length === 0 ? null : linted(wrong)
}
