// The cases that do not run yet, and what they wait for. Later issues empty this list.
const rawSql = 'raw SQL (the sql template, sql.text) comes with a later release'
const recursive = 'recursive queries (withRecursive) come with a later release'
const samples = 'the table `samples` has types that come with a later release'
const session = 'the Session program comes with a later release'
const cascades = 'cascades of relations in the schema value come with a later release'
const upsert = 'upsert (onConflict, Uow.upsert) comes with a later release'

export const todo: Readonly<Record<string, string>> = {
  q27: rawSql,
  q28: rawSql,
  q29: rawSql,
  q80: `one key is one value in a Session: ${session}`,
  q82: 'full-text search (matches) comes with a later release',
  q88: rawSql,
  q89: rawSql,
  q116: recursive,
  q117: recursive,
  q129: samples,
  q130: `${samples}, and a function that one engine has is raw SQL`,
  w04: cascades,
  w05: cascades,
  w06: cascades,
  w13: `a bulk update that brings the identity map along: ${session}`,
  w16: 'insert from select (insertFrom) comes with a later release',
  w22: rawSql,
  w23: upsert,
  w28: `a query that flushes before it asks: ${session}`,
  w37: upsert,
  w39: upsert,
  w41: cascades,
  w43: cascades,
  w46: cascades,
  w47: cascades,
  w49: 'validation by a codec over a column (refine) comes with a later release',
  w51: samples,
}
