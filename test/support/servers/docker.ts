// A throwaway server in a container, where a Docker engine runs.
import type { Keeper } from './keeper.js'
import { find, run, untilItAnswers } from './programs.js'
import { type Server, type ServerName, versionOf } from './server.js'

/** Whether an engine answers; the client alone is not enough. */
export const dockerRuns = async (): Promise<boolean> =>
  find('docker').length > 0 && (await run('docker', ['info'], { timeout: 10_000 })).ok

// either image reads its own variables and leaves the other's alone
const given = (called: string): ReadonlyArray<string> => {
  const environment = ['MARIADB', 'MYSQL'].flatMap((who) => [`${who}_ROOT_PASSWORD=pw`, `${who}_DATABASE=relvar`])
  return [
    'run',
    '--detach',
    '--rm',
    `--name=${called}`,
    '--publish=127.0.0.1::3306',
    ...environment.flatMap((one) => ['--env', one]),
  ]
}

export const container = async (
  keeper: Keeper,
  name: Exclude<ServerName, 'postgres'>,
  image: string,
  settings: ReadonlyArray<string>,
): Promise<Server> => {
  const called = `relvar-test-${name}-${process.pid}`
  keeper.command(['docker', 'rm', '--force', '--volumes', called])
  const started = await run(
    'docker',
    [...given(called), image, ...settings],
    // the image may have to be fetched first
    { timeout: 300_000 },
  )
  if (!started.ok) throw new Error(`docker run ${image} failed: ${started.text}`)
  const published = await run('docker', ['port', called, '3306/tcp'])
  const port = /:(\d+)\s*$/m.exec(published.text)?.[1]
  if (port === undefined) throw new Error(`docker port ${called} says: ${published.text}`)
  const url = `${name}://root:pw@127.0.0.1:${port}/relvar`
  // the image's first, temporary server listens on no port, so the first answer is the real one's
  await untilItAnswers(() => versionOf(name, url), null, 120_000)
  return { name, url, from: `Docker image ${image}` }
}
