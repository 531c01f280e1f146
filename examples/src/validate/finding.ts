/**
 * What was wrong with rows of a file, as data: a row is refused, or mended and kept.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** `refused`: the row is not imported. `mended`: it is, with one of its values read as it must have been meant. */
export type Outcome = 'refused' | 'mended'

/** One reason for one row. */
export interface Finding {
  readonly file: string
  /** The row's number in its file, from 1. */
  readonly row: number
  readonly outcome: Outcome
  readonly reason: string
  /** What the file says there. */
  readonly found: string
}

/** All rows of a file with the same reason. */
export interface FindingGroup {
  readonly file: string
  readonly outcome: Outcome
  readonly reason: string
  readonly rows: number
  readonly example: Finding
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** How many rows each reason has, with the first of them. */
export const grouped = (findings: ReadonlyArray<Finding>): ReadonlyArray<FindingGroup> => {
  const groups = new Map<string, FindingGroup>()
  for (const finding of findings) {
    const { file, outcome, reason } = finding
    const id = JSON.stringify([file, outcome, reason])
    const group = groups.get(id) ?? { file, outcome, reason, rows: 0, example: finding }
    groups.set(id, { ...group, rows: group.rows + 1 })
  }
  return [...groups.values()]
}

/** How many rows were refused, whatever the number of reasons. */
export const refusedRows = (findings: ReadonlyArray<Finding>): number =>
  new Set(findings.flatMap(({ outcome, row }) => (outcome === 'refused' ? [row] : []))).size
