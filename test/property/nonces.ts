// A statement with values of its own in each place: values that occur nowhere else, so that they can be looked for.
import * as E from 'fp-ts/lib/Either.js'
import type { WindowNode } from '../../src/expr/call-node.js'
import { isAboutRows, visitExpr, visitStatement } from '../../src/expr/children.js'
import { decimalText } from '../../src/expr/decimal.js'
import { frameParams } from '../../src/expr/frame-params.js'
import { column, type ExprNode, type ParamNode, value } from '../../src/expr/node.js'
import { type AnyQuery, nodeOfQuery, query } from '../../src/expr/query.js'
import { type InsertNode, isWrite, noClauses, type SelectNode, type StatementNode } from '../../src/expr/query-node.js'
import { rewriteQuery, rewriteWrite, type Substitution } from '../../src/expr/rewrite.js'
import type { Source } from '../../src/expr/source.js'
import { plainOf, type SqlType } from '../../src/expr/sql-type.js'
import type { Visitor } from '../../src/expr/visitor.js'

/** A value, and what is read of it wherever it is bound; no mark where the type has too few values to know it again. */
interface Nonce {
  readonly value: unknown
  readonly mark: string | null
}

export interface Marked {
  readonly statement: AnyQuery
  /** What each value is known by. */
  readonly marks: ReadonlyArray<string>
  /** The marks of the values that somebody asks for: nobody asks what EXISTS gives, what a list of nothing holds. */
  readonly asked: ReadonlyArray<string>
  /** The values that bear no mark: booleans, members of enumerations, lists without elements. */
  readonly plain: ReadonlyArray<unknown>
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0')

/** No name and no word of SQL has a letter of this script. */
export const script = /[ꀀ-꒏]/
const letters = (n: number): string =>
  [Math.floor(n / 1024), Math.floor(n / 32) % 32, n % 32].map((at) => String.fromCharCode(0xa000 + 256 + at)).join('')

/** A day of the years after 7100. */
const dayOf = (n: number): string =>
  `7${pad(100 + Math.floor(n / 336), 3)}-${pad((Math.floor(n / 28) % 12) + 1, 2)}-${pad((n % 28) + 1, 2)}`
const clockOf = (n: number): string => `23:59:59.${pad(100_000 + n, 6)}`

/** The nth value of a type that is none of the usual ones. */
const plainNonce = (type: SqlType<unknown>, n: number): Nonce => {
  const number = 7001 + n
  switch (type._tag) {
    case 'SmallInt':
    case 'Integer':
    case 'Unsigned':
    case 'Count':
    case 'Real':
    case 'Double':
      return { value: number, mark: String(number) }
    case 'BigInt':
    case 'UnsignedBigInt':
      return { value: BigInt(number), mark: String(number) }
    case 'Numeric': {
      // SQLite counts in the smallest unit: the point is not in the mark.
      return { value: decimalText(BigInt(number), type.scale), mark: String(number) }
    }
    case 'Char':
    case 'Varchar':
    case 'Text':
      return { value: letters(n), mark: letters(n) }
    case 'Uuid':
      return { value: `21001000-0000-4000-8000-${pad(n, 12)}`, mark: pad(n, 12) }
    case 'Binary':
      return { value: Uint8Array.of(171, 205, n >> 8, n & 255), mark: `abcd${n.toString(16).padStart(4, '0')}` }
    case 'Date':
      return { value: dayOf(n), mark: dayOf(n) }
    case 'Time':
      return { value: clockOf(n), mark: clockOf(n) }
    case 'Timestamp':
      return { value: `${dayOf(n)}T00:00:00.000000`, mark: dayOf(n) }
    case 'TimestampTz':
      return { value: `${dayOf(n)}T00:00:00.000000Z`, mark: dayOf(n) }
    case 'Interval':
      return { value: `P${number}D`, mark: String(number) }
    case 'Json':
    case 'Boolean':
    case 'Enumeration':
    case 'Array':
      return { value: null, mark: null }
  }
}

/** The document with another text in the place of each: how it is built may be in the SQL. */
const document = (was: unknown, n: number): Nonce => {
  const go = (u: unknown): unknown => {
    if (typeof u === 'string') return letters(n)
    if (Array.isArray(u)) return u.map(go)
    if (typeof u !== 'object' || u === null) return u
    return Object.fromEntries(Object.entries(u).map(([key, inner]) => [key, go(inner)]))
  }
  const made = go(was)
  return { value: made, mark: JSON.stringify(made).includes(letters(n)) ? letters(n) : null }
}

/** Another value for the one that stands there; the same for the same one. */
const nonces = (
  keepsNull: boolean,
): {
  readonly of: (was: unknown, type: SqlType<unknown>) => Nonce
  readonly all: () => Iterable<Nonce>
} => {
  const known = new Map<string, Nonce>()
  const made = (was: unknown, type: SqlType<unknown>): Nonce => {
    const found = type._tag === 'Json' ? document(was, known.size) : plainNonce(plainOf(type), known.size)
    if (found.mark === null) return { value: was, mark: null }
    if (type.refinement === null) return found
    // A codec of the user's own may take no such value.
    const decoded = type.refinement.codec.decode(found.value)
    return E.isRight(decoded) ? { value: decoded.right, mark: found.mark } : { value: was, mark: null }
  }
  return {
    of: (was, type) => {
      const id = `${type.id} ${text(was)}`
      const before = known.get(id)
      if (before !== undefined) return before
      const nonce = keepsNull && was === null ? { value: null, mark: null } : made(was, type)
      known.set(id, nonce)
      return nonce
    },
    all: () => known.values(),
  }
}

const text = (u: unknown): string =>
  JSON.stringify(u, (_, v: unknown) =>
    typeof v === 'bigint' ? `${v}n` : v instanceof Uint8Array ? [...v].join() : Object.is(v, -0) ? '-0' : v,
  ) ?? 'undefined'

/** What of a query decides whether it has rows. */
const existing = (q: SelectNode): SelectNode => ({
  ...q,
  select: null,
  orderBy: [],
  distinctOn: [],
  groupBy: q.having === null ? [] : q.groupBy,
})

/** The order of a query inside another decides what is left out of it, and nothing else. */
const unordered = (q: SelectNode): SelectNode => (q.distinctOn.length > 0 ? q : { ...q, orderBy: [] })

/** The window without what is the same for all of its rows. */
const onlyRows = (e: WindowNode): WindowNode => ({
  ...e,
  partitionBy: e.partitionBy.filter(isAboutRows),
  orderBy: e.orderBy.filter((o) => isAboutRows(o.expr)),
})

/** The parameters that somebody asks for. */
const askedFor = (statement: StatementNode): ReadonlyArray<ParamNode> => {
  const found: Array<ParamNode> = []
  const visitor: Visitor = {
    expr: (e) => {
      if (e._tag === 'Param') found.push(e)
      // It holds the document that is looked for, and its leaves: an engine takes the one or the others.
      else if (e._tag === 'Call' && e.name === 'jsonContains') e.operands.slice(0, 1).forEach(visitor.expr)
      else if ((e._tag === 'InList' || e._tag === 'InRows') && e.bucket === 0) return
      // A window is whole where its partition is one value.
      else if (e._tag === 'Window') visitExpr(onlyRows(e), visitor)
      else if (e._tag === 'Exists' && e.query._tag === 'Select') enter(existing(e.query))
      else visitExpr(e, visitor)
    },
    query: (q) => enter(q._tag === 'Select' && q.limit === null && q.offset === null ? unordered(q) : q),
  }
  const enter = (s: StatementNode): void => {
    visitStatement(s, visitor)
    if (s._tag === 'Select') for (const include of s.includes) enter(include.relation.query)
  }
  enter(statement)
  return found
}

/** The numbers of rows in frames: they are words where an engine takes no parameter there. */
const framed = (statement: StatementNode): ReadonlySet<ParamNode> => {
  const found = new Set<ParamNode>()
  const visitor: Visitor = {
    expr: (e) => {
      if (e._tag === 'Window') for (const p of frameParams(e.frame)) found.add(p)
      visitExpr(e, visitor)
    },
    query: (q) => enter(q),
  }
  const enter = (s: StatementNode): void => {
    visitStatement(s, visitor)
    if (s._tag === 'Select') for (const include of s.includes) enter(include.relation.query)
  }
  enter(statement)
  return found
}

/** The statement with another parameter in the place of each, in the sources that its columns name, too. */
const reparametrised = (param: (p: ParamNode) => ParamNode, statement: StatementNode): StatementNode => {
  const known = new Map<Source, Source>()
  const sourceOf = (source: Source): Source => {
    const before = known.get(source)
    if (before !== undefined) return before
    const select = rewriteQuery(s, { ...noClauses, from: source })
    const made = select._tag === 'Select' ? select.from : source
    known.set(source, made)
    return made
  }
  const replace = (e: ExprNode): ExprNode | null =>
    e._tag !== 'Column' || e.of._tag === 'TableSource' || e.of._tag === 'WorkingSource'
      ? null
      : column(sourceOf(e.of), e.key, e.name, e.type, e.nullable)
  const s: Substitution = { name: '', column: (c) => c, source: null, mentions: new Set(), param, replace }
  if (!isWrite(statement)) return rewriteQuery(s, statement)
  return statement._tag === 'Text' ? statement : rewriteWrite(s, statement, (table) => table)
}

/** The rows of an insert that are held as they are. */
const heldRows = (insert: InsertNode, of: (was: unknown, type: SqlType<unknown>) => unknown): InsertNode => {
  const { source } = insert
  if (source._tag !== 'Values') return insert
  const rows = source.rows.map((row) =>
    row.map((v, i) => {
      const type = source.columns[i]?.type
      return type === undefined ? v : of(v, type)
    }),
  )
  return { ...insert, source: { ...source, rows } }
}

const heldIn = (s: StatementNode): ReadonlyArray<unknown> =>
  s._tag === 'Insert' && s.source._tag === 'Values' ? s.source.rows.flat() : []

/** The statement with marked values in the places of its own; of the same shape, equal values where there were equal ones. */
export const marked = (q: AnyQuery): Marked => {
  const node = nodeOfQuery(q)
  // Rows that an upsert inserts share a key or not: two rows without one share none.
  const found = nonces(node._tag === 'Insert')
  const plain: Array<unknown> = []
  const one = (was: unknown, type: SqlType<unknown>): unknown => {
    const nonce = found.of(was, type)
    if (nonce.mark === null) plain.push(nonce.value)
    return nonce.value
  }
  const frames = framed(node)
  const param = (p: ParamNode): ParamNode => {
    if (p.kind._tag !== 'Value') return p
    const was = p.kind.value
    if (frames.has(p)) {
      plain.push(was)
      return value(was, p.type, p.nullable)
    }
    if (!Array.isArray(was) || p.type._tag === 'Json') return value(one(was, p.type), p.type, p.nullable)
    if (was.length === 0) plain.push(was)
    return value(
      was.map((v: unknown) => one(v, p.type)),
      p.type,
      p.nullable,
    )
  }
  const rewritten = reparametrised(param, node)
  const whole = rewritten._tag === 'Insert' ? heldRows(rewritten, one) : rewritten
  const marksOf = new Map([...found.all()].flatMap((n) => (n.mark === null ? [] : [[n.value, n.mark] as const])))
  const asked = [
    ...heldIn(whole),
    ...askedFor(whole).flatMap((p) => (p.kind._tag === 'Value' ? [p.kind.value].flat() : [])),
  ]
  return {
    statement: query(whole) as unknown as AnyQuery,
    marks: [...marksOf.values()],
    asked: asked.flatMap((v) => marksOf.get(v) ?? []),
    plain,
  }
}
