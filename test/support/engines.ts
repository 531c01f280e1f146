// The engines of this run, and empty databases on them.
import { inject } from 'vitest'
import type { Engine } from './servers/engine.js'

export { freshDatabase, type FreshDatabase } from './fresh-database.js'
export type { Engine } from './servers/engine.js'

/** Every engine that runs, SQLite first; for `describe.each(engines())`. */
export const engines = (): ReadonlyArray<Engine> => inject('engines').ran
