// A bank whose connections die while its workers move money: the short form of `npm run soak`.
import { describe, expect, it } from 'vitest'

import { runBank } from '../../soak/bank.js'
import { openBranch } from '../../soak/branches.js'
import { times } from '../../support/draws.js'
import { engines } from '../../support/engines.js'

const ends = { transfers: 5_000 * times, kills: 50 * times, ms: 120_000 * times, everyMs: 80 }
// (in memory nothing dies but what is aborted)
const fewer = { ...ends, transfers: 1_000 * times, everyMs: 20 }
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '7')

describe.each([['memory', 'memory' as const] as const, ...engines().map((engine) => [engine.label, engine] as const)])(
  'a bank on %s',
  (_, engine) => {
    it('[bar 1] transfers under 50 kills: every read sums, nothing that was acknowledged is lost, nothing is done twice', async () => {
      const { transfers, kills } = engine === 'memory' ? fewer : ends
      const branch = await openBranch(engine)
      try {
        const { counts, wrong } = await runBank(branch, seed, engine === 'memory' ? fewer : ends)
        expect(wrong).toEqual([])
        expect(counts).toMatchObject({ unknown: counts.committed + counts.rolledBack })
        expect(counts.acknowledged).toBeGreaterThanOrEqual(transfers)
        expect(counts.kills).toBeGreaterThanOrEqual(kills)
        expect(counts.reads).toBeGreaterThan(0)
      } finally {
        await branch.close()
      }
    })
  },
)
