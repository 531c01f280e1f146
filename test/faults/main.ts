// Faults on real servers for as long as one likes:
//
//   npm run faults -- --seconds 60 --seed 1 --engine postgres     faults at random (every engine that there is, where none is named)
//   npm run faults -- --bytes --engine mysql                      a cut after every byte of every scenario, in three ways
//   npm run faults -- --commits 100                               cuts around COMMIT, so many times each
//
// It prints the seed and what the effects ended with, and exits with 1 where something was not as it must be.
import { parseArgs } from 'node:util'

import { drawing } from '../support/draws.js'
import { start } from '../support/servers/start.js'
import { aroundCommit, atRandom, everyByte, type Summary } from './run.js'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string' },
    bytes: { type: 'boolean', default: false },
    commits: { type: 'string' },
  },
})

const seed = Number(values.seed)
if (values.engine !== undefined) process.env['RELVAR_TEST_ENGINES'] = values.engine
const { report, close } = await start()
const engines = report.ran.filter(({ name }) => name !== 'sqlite')
let failed = engines.length === 0

const told = (label: string, { runs, tags, wrong }: Summary): void => {
  const counts = Object.entries(tags).map(([tag, n]) => `${tag} ${n}`)
  console.log(`${label}: seed ${seed}, ${runs} faults: ${counts.join(', ')}; ${wrong.length} wrong`)
  for (const one of wrong.slice(0, 50)) console.log(`  ${one}`)
  failed ||= wrong.length > 0
}

for (const engine of engines) {
  const draw = drawing(seed)
  const until = performance.now() + (Number(values.seconds) * 1_000) / engines.length
  if (values.bytes) told(engine.label, await everyByte(engine, draw))
  else if (values.commits !== undefined) told(engine.label, await aroundCommit(engine, Number(values.commits)))
  else told(engine.label, await atRandom(engine, draw, () => performance.now() > until))
}

await close()
process.exit(failed ? 1 : 0)
