// The example as a program: its output, its options, its exit codes. Twice on one file, since the second run meets the first's.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { questions } from '../../../examples/src/questions.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the example as `npm start` does, without a terminal. */
const run = (
  args: ReadonlyArray<string>,
  onOutput: (out: string, kill: () => void) => void = () => {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'examples/src/main.ts', ...args], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString()
      onOutput(out, () => child.kill('SIGINT'))
    })
    child.stderr.on('data', (part: Buffer) => {
      err += part.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })

const sqlite = engines().filter(({ name }) => name === 'sqlite')

describe.each(sqlite)('npm start', (engine) => {
  let fresh: FreshDatabase
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
  })
  afterAll(() => fresh.drop())

  test.each(['first', 'second'])('a %s run answers all questions and shows the change', async () => {
    const { code, out, err } = await run(['--database', fresh.url])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const [at, { words }] of questions.entries()) expect(out).toContain(`${at + 1}. ${words}`)
    expect(out.match(/\d rows? in \d+\.\d ms, \d statements?/g)?.length).toBe(questions.length)
    expect(out).toContain('4 inserts, 1 update, 3 deletes')
    expect(out).toMatch(/Victor Fleming[^\n]+Treasure Island[^\n]+Adventure/)
    expect(out).not.toMatch(/undefined|NaN|\[object/)
  })

  test('an interrupted run says so, and the next one works', async () => {
    const interrupted = await run(['--database', fresh.url], (out, kill) => out.includes('The questions') && kill())
    expect(interrupted.code).toBe(130)
    expect(interrupted.err).toContain('Interrupted')
    expect((await run(['--database', fresh.url])).code).toBe(0)
  })
})

test('--help tells the options', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--database URL'), err: '' })
})

test.each([
  [['--datbase', 'x'], "Unknown option '--datbase'"],
  [['x'], "Unexpected argument 'x'"],
  [['--database'], 'argument missing'],
  [['--database', 'oracle://x'], 'a URL begins with sqlite:'],
  [['--database', 'sqlite:x?poolSize=many'], 'poolSize'],
])('%j is a mistake', async (args, message) => {
  const { code, out, err } = await run(args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(message)
})

test('a server that is not there is an error in words', async () => {
  const { code, err } = await run(['--database', 'postgres://ed:secret@127.0.0.1:1/nowhere'])
  expect(code).toBe(1)
  expect(err).toContain('RV101')
  expect(err).not.toContain('secret')
})
