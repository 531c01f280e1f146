// One entry of the catalogue of operators: an expression, and what it is for each row of the fixture.
import type { DialectName } from '../../../src/index.js'
import type { Build } from './fixture.js'

/** Where an expression can stand. */
export const positions = [
  'select',
  'where',
  'order by',
  'having',
  'on',
  'group by',
  'values',
  'set',
  'derived',
] as const
export type Position = (typeof positions)[number]

/** Of rows, of groups, or of windows: what says where it may not stand. */
export type Kind = 'scalar' | 'aggregate' | 'window'

export interface Entry {
  readonly name: string
  readonly kind: Kind
  readonly build: Build
  /** One value a row of the fixture. */
  readonly values: ReadonlyArray<unknown>
  /** The last digits are the engine's own. */
  readonly loose: boolean
  /** Whether the interpreter knows it. */
  readonly inMemory: boolean
  /** Dialects that refuse it, everywhere or in some places. */
  readonly refused: Readonly<Partial<Record<DialectName | 'all', 'everywhere' | ReadonlyArray<Position>>>>
}

export const entry = (
  name: string,
  build: Build,
  values: ReadonlyArray<unknown>,
  more: Partial<Pick<Entry, 'kind' | 'loose' | 'inMemory' | 'refused'>> = {},
): Entry => ({ name, build, values, kind: 'scalar', loose: false, inMemory: true, refused: {}, ...more })
