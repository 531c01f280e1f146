/**
 * Structural equality of sources, and of what there is to know of a table.
 */
import type { ExprNode } from './node.js'
import type { OrderNode, StatementNode, TextNode } from './query-node.js'
import { anyValue, list, sameNames, type SameParam } from './same-data.js'
import type { ColumnInfo, DerivedColumn, ForeignKeyInfo, IndexInfo, Source, TableInfo, UniqueInfo } from './source.js'

/** How what stands below a source compares. */
interface Parts {
  readonly param: SameParam
  readonly expr: (a: ExprNode, b: ExprNode) => boolean
  readonly maybe: (a: ExprNode | null, b: ExprNode | null) => boolean
  readonly order: (a: OrderNode, b: OrderNode) => boolean
  readonly statement: (a: StatementNode, b: StatementNode) => boolean
  readonly text: (a: TextNode, b: TextNode) => boolean
}

interface SameSource {
  readonly source: (a: Source, b: Source) => boolean
  readonly output: (a: DerivedColumn, b: DerivedColumn) => boolean
  /** Whether a write to one table is one to the other: also by what reading does not ask, its keys and what they do. */
  readonly written: (a: TableInfo, b: TableInfo) => boolean
}

const sameColumn = (a: ColumnInfo, b: ColumnInfo): boolean =>
  a.key === b.key &&
  a.name === b.name &&
  a.type.id === b.type.id &&
  a.nullable === b.nullable &&
  a.primaryKey === b.primaryKey &&
  a.autoIncrement === b.autoIncrement &&
  a.collation === b.collation

const sameUnique = (a: UniqueInfo, b: UniqueInfo): boolean =>
  a.name === b.name && a.deferrable === b.deferrable && sameNames(a.columns, b.columns)

const sameForeignKey = (a: ForeignKeyInfo, b: ForeignKeyInfo): boolean =>
  a === b ||
  (sameNames(a.columns, b.columns) &&
    a.target.schema === b.target.schema &&
    a.target.table === b.target.table &&
    sameNames(a.target.columns, b.target.columns) &&
    a.target.onDelete === b.target.onDelete &&
    a.target.onUpdate === b.target.onUpdate &&
    a.target.deferrable === b.target.deferrable)

/** Equality of sources, over that of what stands below them. */
export const sameSource = ({ param, expr, maybe, order, statement, text }: Parts): SameSource => {
  const output = (a: DerivedColumn, b: DerivedColumn): boolean =>
    a.key === b.key && a.type.id === b.type.id && a.nullable === b.nullable

  const table = (a: TableInfo, b: TableInfo): boolean =>
    a === b ||
    (a.shape === b.shape &&
      a.name === b.name &&
      a.schema === b.schema &&
      list(a.columns, b.columns, sameColumn) &&
      (a.view === null || b.view === null
        ? a.view === b.view
        : a.view.materialized === b.view.materialized && statement(a.view.query, b.view.query)))

  const index = (a: IndexInfo, b: IndexInfo): boolean =>
    a === b || (a.name === b.name && a.unique === b.unique && list(a.parts, b.parts, order) && maybe(a.where, b.where))

  const writtenColumn = (a: ColumnInfo, b: ColumnInfo): boolean =>
    a.generated?.stored === b.generated?.stored &&
    maybe(a.generated?.expr ?? null, b.generated?.expr ?? null) &&
    a.identity?.always === b.identity?.always &&
    (a.identity === null) === (b.identity === null) &&
    maybe(a.serverDefault, b.serverDefault)

  const written = (a: TableInfo, b: TableInfo): boolean =>
    a === b ||
    (a.primaryKeyName === b.primaryKeyName &&
      sameNames(a.primaryKey, b.primaryKey) &&
      list(a.columns, b.columns, writtenColumn) &&
      list(a.uniques, b.uniques, sameUnique) &&
      list(a.indexes, b.indexes, index) &&
      list(a.foreignKeys, b.foreignKeys, sameForeignKey))

  const source = (a: Source, b: Source): boolean =>
    (a === b && ((a._tag === 'TableSource' && a.computed.length === 0) || param === anyValue)) ||
    (a.name === b.name && rows(a, b))

  const rows = (a: Source, b: Source): boolean => {
    switch (a._tag) {
      case 'TableSource':
        return (
          b._tag === 'TableSource' &&
          table(a.table, b.table) &&
          list(a.computed, b.computed, (x, y) => x.key === y.key && expr(x.expr, y.expr))
        )
      case 'DerivedSource':
        return (
          b._tag === 'DerivedSource' &&
          a.cte?.name === b.cte?.name &&
          a.cte?.materialized === b.cte?.materialized &&
          statement(a.query, b.query)
        )
      case 'RecursiveSource':
        return (
          b._tag === 'RecursiveSource' &&
          a.cte.name === b.cte.name &&
          a.all === b.all &&
          statement(a.base, b.base) &&
          statement(a.step, b.step)
        )
      case 'WorkingSource':
        return b._tag === 'WorkingSource' && a.of === b.of && list(a.columns, b.columns, output)
      case 'TextSource':
        return b._tag === 'TextSource' && text(a.statement, b.statement)
      case 'ValuesSource':
        return (
          b._tag === 'ValuesSource' &&
          list(a.columns, b.columns, output) &&
          list(a.rows, b.rows, (x, y) => list(x, y, expr))
        )
    }
  }

  return { source, output, written }
}
