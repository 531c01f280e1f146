// Faults at random and cuts at each byte, in short: `npm run faults` runs the same for as long as one likes.
import { describe, expect, it } from 'vitest'

import { aroundCommit, atRandom, everyByte, type Summary } from '../../faults/run.js'
import { draw, times } from '../../support/draws.js'
import { recorded } from '../../support/faults.js'
import { serverOf, servers } from './ground.js'

const sound = ({ wrong }: Summary): void => expect(wrong).toEqual([])

describe.each(servers)('faults at random on %s', (_, engine) => {
  it('[bar 4, bar 5] 100 faults: in time, with the right tag, nothing left behind, and the next effect works', async () => {
    const count = 100 * times
    const summary = await atRandom(engine, draw, (done) => done >= count)
    sound(summary)
    expect(summary.runs).toBe(count)
    expect(Object.keys(summary.tags).length).toBeGreaterThan(2)
  })

  it('[bar 2] cuts after some bytes of connect, query, cursor, write, transaction and cancel', async () => {
    const summary = await everyByte(engine, draw, 9 * times)
    sound(summary)
    expect(summary.runs).toBeGreaterThanOrEqual(100)
  })

  it('fault: connection lost at COMMIT [bar 9]', async () => {
    const summary = await aroundCommit(engine, 2 * times)
    sound(summary)
    expect(summary.tags['CommitUnknown']).toBeGreaterThan(20)
    recorded({
      fault: 'connection lost at COMMIT',
      engine: serverOf(engine),
      sees: '`CommitUnknown`, or `Right`',
      checked:
        'cut before, in and after the request and its answer, by RST, FIN and a hole: what was acknowledged is there, and every other Left means that it is not',
    })
  })
})
