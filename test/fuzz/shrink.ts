// The smallest value that still goes wrong, by fast-check's own shrinking.
import type * as fc from 'fast-check'

/** Goes down from a value as long as a smaller one goes wrong, too, until the time is over. */
export const shrunk = async <A>(
  of: fc.Arbitrary<A>,
  from: fc.Value<A>,
  goesWrong: (smaller: A) => Promise<boolean>,
  until: number,
): Promise<fc.Value<A>> => {
  let now = from
  const smaller = async (): Promise<fc.Value<A> | null> => {
    for (const next of of.shrink(now.value_, now.context)) {
      if (Date.now() > until) return null
      if (await goesWrong(next.value)) return next
    }
    return null
  }
  for (let next = await smaller(); next !== null; next = await smaller()) now = next
  return now
}
