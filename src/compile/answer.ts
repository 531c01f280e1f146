/**
 * What a statement answers.
 */

/** Rows, the number of rows that a write matched, and the keys that the database made, in the order of the rows inserted. */
export interface Answer<out Row> {
  readonly rows: ReadonlyArray<Row>
  readonly affected: number
  readonly keys: ReadonlyArray<Readonly<Record<string, unknown>>>
}
