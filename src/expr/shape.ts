/**
 * Shapes: a hash of all in a value that can change its SQL text, its parameters' types or its decoder.
 * Two values of one shape share one compiled statement, once a structural comparison has agreed.
 */

/** Mixes one more number into a hash (32 bits; the finaliser of MurmurHash3 spreads them). */
export const mix = (hash: number, part: number): number => {
  let h = Math.imul(hash ^ part, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}

/** FNV-1a over the UTF-16 units of a name. */
export const hashText = (text: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h | 0
}
