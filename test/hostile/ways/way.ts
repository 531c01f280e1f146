// A way that input can go: one call of a public function with the input in one place.
import * as relvar from '../../../src/index.js'

/** What an untyped caller sees: functions that take anything. */
export interface Loose {
  (...args: ReadonlyArray<unknown>): Loose
  readonly [key: string]: Loose
}

/** relvar as an untyped caller sees it: what the types refuse must be refused in words, too. */
export const R = relvar as unknown as { readonly [K in keyof typeof relvar]: Loose }

export interface Way {
  /** The export that is tried, with the place of the input where there are several. */
  readonly name: string
  /** What the call gives. */
  readonly kind: 'expr' | 'query' | 'ddl' | 'plain'
  readonly make: (input: unknown) => unknown
  /** Input that does no harm and is right there. */
  readonly good: unknown
  /** The input is a name or an option: a definition that cannot be right is a TypeError. */
  readonly defines: boolean
}

type Make = Way['make']

/** Ways of one kind: by the name of the export, the input that is right there and the calls. */
export const ways =
  (kind: Way['kind'], defines: boolean) =>
  (of: Readonly<Record<string, readonly [good: unknown, ...calls: ReadonlyArray<Make>]>>): ReadonlyArray<Way> =>
    Object.entries(of).flatMap(([name, [good, ...calls]]) =>
      calls.map((make, i) => ({ name: i === 0 ? name : `${name}#${i + 1}`, kind, make, good, defines })),
    )

/** The export that a way tries. */
export const exportOf = (way: Pick<Way, 'name'>): string => way.name.replace(/[#@].*/, '')
