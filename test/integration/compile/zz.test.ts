import { describe, it, beforeAll, afterAll } from 'vitest'
import { engines } from '../../support/engines.js'
import { openWorld, type World } from '../../support/run-load.js'
import { must, define, ask } from '../effects/raw.js'
describe.each(engines().filter((e) => e.name === 'mysql' || e.name==='mariadb'))('$label', (engine) => {
  let w: World
  beforeAll(async () => { w = await openWorld(engine) })
  afterAll(() => w.close())
  it('x', async () => {
    await define(w.db, 'create table t (id integer primary key auto_increment, n bigint, d double, key (n))')
    await must(w.db, `insert into t (n,d) values ${Array.from({length:1000},(_,i)=>`(${i},${i}.5)`).join(',')}`, [], {text:'once'})
    for (const cast of ['?', 'CAST(? AS SIGNED)']) {
      for (const q of [`select * from t where n = ${cast}`, `select * from t where n in (${cast}, ${cast}, ${cast}, ${cast})`, `select * from t where id between ${cast} and ${cast}`]) {
        const n = q.split('?').length - 1
        const r = await must(w.db, 'explain ' + q, Array.from({length:n},(_,i)=>BigInt(i+5)))
        console.log(engine.label, q, JSON.stringify(r.rows, (_, v) => typeof v === 'bigint' ? String(v) : v))
      }
      console.log(JSON.stringify(await ask(w.db, `select ${cast}, sum(n)+${cast}, coalesce(sum(n), ${cast}), coalesce(null, ${cast}), case when n=1 then ${cast} else ${cast} end, n / 2 * ${cast}, abs(${cast}), -7 DIV ${cast}, mod(-15, ${cast}) from t group by n limit 1`, Array.from({length:9},(_,i)=>BigInt(i+5))), (_, v) => typeof v === 'bigint' ? String(v)+'n' : v))
      console.log(JSON.stringify(await ask(w.db, `select coalesce(d, ?), ? from t limit 1`, [1.5, 'x']), (_, v) => typeof v === 'bigint' ? String(v)+'n' : v))
    }
  })
})
