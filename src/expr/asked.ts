/**
 * What an untyped caller's value says when it is asked: its getters, and the traps of a proxy, may throw.
 */

/** What `f` gives, or `otherwise` where the value that it looks into throws. */
export const asked = <A>(f: () => A, otherwise: A): A => {
  try {
    return f()
  } catch {
    return otherwise
  }
}
