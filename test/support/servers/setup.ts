// Starts the engines that the tests run on before them, and clears up after them.
import type { TestProject } from 'vitest/node'
import { type EngineReport, start } from './start.js'

declare module 'vitest' {
  export interface ProvidedContext {
    readonly engines: EngineReport
  }
}

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const { report, close } = await start()
  project.provide('engines', report)
  return close
}
