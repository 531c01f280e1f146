/**
 * A turn for everything else. SQLite answers inside this process without any waiting, so a program that asks it much would
 * leave no moment in which the progress bar can be drawn or Ctrl-C be heard.
 */
import type { Task } from 'fp-ts/lib/Task.js'

export const breathe: Task<void> = () => new Promise((resolve) => setImmediate(resolve))
