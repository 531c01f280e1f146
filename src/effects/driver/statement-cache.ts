/**
 * What a connection keeps of statements that it has prepared, by their text: bounded, the least used leave first.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface StatementCache<V> {
  readonly get: (sql: string) => V | undefined
  readonly set: (sql: string, value: V) => void
  readonly delete: (sql: string) => void
  /** Lets go of everything. */
  readonly clear: () => void
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * A cache of at most `limit` statements in two generations: a hit in the younger costs one lookup, and what was not asked
 * for while half the cache was filled anew is given to `dispose`.
 */
export const makeStatementCache = <V>(limit: number, dispose: (value: V) => void): StatementCache<V> => {
  const half = Math.max(1, Math.floor(limit / 2))
  let young = new Map<string, V>()
  let old = new Map<string, V>()

  const set = (sql: string, value: V): void => {
    if (young.size >= half) {
      for (const left of old.values()) dispose(left)
      old = young
      young = new Map()
    }
    young.set(sql, value)
  }

  return {
    get: (sql) => {
      const value = young.get(sql)
      if (value !== undefined) return value
      const older = old.get(sql)
      if (older === undefined) return undefined
      old.delete(sql)
      set(sql, older)
      return older
    },
    set,
    delete: (sql) => {
      const value = young.get(sql) ?? old.get(sql)
      young.delete(sql)
      old.delete(sql)
      if (value !== undefined) dispose(value)
    },
    clear: () => {
      for (const value of [...young.values(), ...old.values()]) dispose(value)
      young = new Map()
      old = new Map()
    },
  }
}
