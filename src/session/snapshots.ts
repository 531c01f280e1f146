/**
 * What was learnt, newest first: segments, each a native Map built once. A lookup asks the newest that knows;
 * neighbours of like size become one, so that there are few of them however many single rows were learnt one by one.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Values by key, oldest segment last. */
export type Snapshots<K, V> = { readonly map: ReadonlyMap<K, V>; readonly older: Snapshots<K, V> } | null

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** Adds what was learnt now. Each entry is copied at most log n times over its life. */
export const learn = <K, V>(older: Snapshots<K, V>, map: ReadonlyMap<K, V>): Snapshots<K, V> =>
  map.size === 0
    ? older
    : older === null || older.map.size > 2 * map.size
      ? { map, older }
      : learn(older.older, new Map([...older.map, ...map]))

/** What the newest segment that knows the key says of it. */
export const recall = <K, V>(snapshots: Snapshots<K, V>, key: K): V | undefined => {
  for (let at = snapshots; at !== null; at = at.older) {
    const value = at.map.get(key)
    if (value !== undefined) return value
  }
  return undefined
}
