/**
 * The Load that asks whether a table or a view is there.
 */
import { right } from 'fp-ts/lib/Either.js'

import type { TableInfo } from '../expr/source.js'
import { presence } from './ddl-present.js'
import type { Dialect } from './dialect.js'
import { done, type Load, step } from './load.js'
import { noTables } from './statement.js'

/** A table by what is known of it, or by its name alone. */
export const hasTableLoad = (dialect: Dialect, table: Pick<TableInfo, 'schema' | 'name' | 'view'>): Load<boolean> =>
  step(
    {
      ...presence(dialect, table, 'asked'),
      text: 'once',
      returnsRows: true,
      bigints: false,
      tables: noTables,
      ...(dialect.evaluates === true ? { meaning: { _tag: 'HasTable', table } as const } : {}),
    },
    ({ rows }) => right(done(rows.length > 0)),
  )
