// Mutation testing of the compiler and the interpreter: small changes to the code, each of which a test should notice.
//
//   npm run mutation -- --sample 1000 --seed 1 [--paths src/compile,src/interpret] [--workers 2] [--report file.json]
//                       [--only 12,34] [--tests unit|all] [--files test/unit/compile] [--cost 1] [--from a copy of the project]
//
// Takes a random sample of all mutants, builds them into one program that a number switches, and runs for each the tests that
// reach it until one fails: the golden statements, the random ones, the other unit tests, and with `--tests all` (the default)
// those of test/property and test/integration on SQLite and in memory. The tests are the committed ones; nothing else kills a
// mutant. Prints the score with its 95 % interval, and each survivor. test/mutation/SURVIVORS.md says what is counted and how.
import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { build, copy, filesIn, findMutants } from './mutation/build.mjs'

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    paths: { type: 'string', default: 'src/compile,src/interpret' },
    workers: { type: 'string', default: '2' },
    report: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    tests: { type: 'string', default: 'all' },
    files: { type: 'string', default: '' },
    cost: { type: 'string', default: '1' },
    from: { type: 'string' },
  },
})

// How long a mutant may keep a worker busy without a word before it is taken for endless; how many of the groups of random
// statements are run for it; and what the tests of each stage may cost, in milliseconds. `--cost 4` gives each four times that.
const silence = 300_000
const more = Number(options.cost)
const mostDrawn = 12 * more
const mostOf = [Infinity, Infinity, 5_000 * more, 6_000 * more]

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(0)} s`

// The sample ------------------------------------------------------------------------------------------------------------

/** Random numbers below one of a seed (mulberry32). */
const randomOf = (seed) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** So many of them, each as likely as any other. */
const sampleOf = (all, count, seed) => {
  const random = randomOf(seed)
  const left = [...all]
  return Array.from(
    { length: Math.min(count, all.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0],
  )
}

// Workers ---------------------------------------------------------------------------------------------------------------

/** A process that does one thing after the other; one that hangs or dies is replaced, and gives null. */
const worker = () => {
  let child = null
  const started = () =>
    new Promise((resolve, reject) => {
      const own = fork(fileURLToPath(new URL('mutation/worker.mjs', import.meta.url)), {
        execArgv: ['--max-old-space-size=3072', '--no-warnings'],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        env: { ...process.env, RELVAR_TEST_TIMES: '0.1', RELVAR_GOLDEN: '', RELVAR_MUTATED: options.paths },
      })
      child = own
      own.once('message', () => resolve())
      own.once('error', reject)
      own.on('exit', () => {
        if (child === own) child = null
      })
    })
  const ask = async (message) => {
    if (child === null) await started()
    const own = child
    return new Promise((resolve) => {
      const end = (reply) => {
        clearTimeout(timer)
        own.off('message', end)
        own.off('exit', gone)
        if (reply === null) {
          own.kill('SIGKILL')
          if (child === own) child = null
        }
        resolve(reply)
      }
      const gone = () => end(null)
      const timer = setTimeout(gone, silence)
      own.once('message', end)
      own.once('exit', gone)
      own.send(message, (error) => {
        if (error !== null) gone()
      })
    })
  }
  return { ask, close: () => child?.kill() }
}

/** Gives each of the list to whichever worker is free. */
const eachOn = async (workers, list, work) => {
  const waiting = [...list]
  const serve = async (one) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(one, next)
  }
  await Promise.all(workers.map(serve))
}

// Tests -----------------------------------------------------------------------------------------------------------------

/** The tests of SQLite and memory that are about what the compiler and the interpreter mean, and take no minutes. */
const onEngines = ['compile', 'computed', 'ddl', 'explain', 'functions', 'operators', 'parts', 'types', 'writes'].map(
  (name) => `test/integration/${name}/`,
)

const isTest = (file) =>
  file.startsWith('test/unit/') ||
  file === 'test/property/engines.test.ts' ||
  onEngines.some((folder) => file.startsWith(folder))

/** A test that compares durations says nothing where many things run at once. */
const isTimed = (name) => /linear|time that|fast|under a second/.test(name)

/** The stages in their order: what is cheap and strict comes first. */
const stageOf = (file) =>
  file === 'test/unit/golden.test.ts'
    ? 0
    : file === 'test/unit/random.test.ts'
      ? 1
      : file.startsWith('test/unit/')
        ? 2
        : 3

const stageNames = ['golden statements', 'random statements', 'unit tests', 'SQLite and memory']

/** Evenly so many of a list. */
const spread = (list, most) =>
  list.length <= most ? list : Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)])

/**
 * Which tests of which files to run for a mutant: those that reach it, all of a file where loading it does. What costs more than
 * its stage may is left out, which can only lower the score.
 */
const jobsOf = (learned, id) => {
  const jobs = learned.flatMap(({ file, stage, turns, milliseconds, loaded, tests }) => {
    const sound = tests.flatMap((test, i) => (test === null ? [] : [i]))
    const all = sound.filter((i) => loaded.has(id) || tests[i].reaches.has(id))
    if (all.length === 0) return []
    // Tests on an engine may go on where another one of their file ended.
    if (stage === 3) return [{ file, stage, turns, cost: milliseconds, tests: sound }]
    const reaching = stage === 1 ? spread(all, mostDrawn) : all
    const cost = reaching.reduce((sum, i) => sum + tests[i].milliseconds, 0)
    return [{ file, stage, turns, cost, tests: reaching }]
  })
  const spent = mostOf.map(() => 0)
  const ordered = jobs.toSorted((a, b) => a.stage - b.stage || a.cost - b.cost)
  const run = ordered.filter(({ stage, cost }) => {
    spent[stage] += cost
    return spent[stage] <= mostOf[stage]
  })
  return { run, leftOut: ordered.filter((job) => !run.includes(job)).map(({ file }) => file) }
}

// The report ------------------------------------------------------------------------------------------------------------

/** The score with Wilson's interval, which holds near one, too. */
const scoreOf = (killed, all) => {
  if (all === 0) return 'no mutants'
  const [p, z] = [killed / all, 1.96]
  const middle = (p + (z * z) / (2 * all)) / (1 + (z * z) / all)
  const half = (z / (1 + (z * z) / all)) * Math.sqrt((p * (1 - p)) / all + (z * z) / (4 * all * all))
  const percent = (x) => `${(100 * x).toFixed(1)} %`
  return `${percent(p)} (${killed} of ${all}; 95 %: ${percent(middle - half)} to ${percent(middle + half)})`
}

const short = (text) => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 90 ? `${line.slice(0, 87)}...` : line
}

const lineOf = ({ id, file, line, operator, original, replacement, reached, leftOut }) =>
  `#${id} ${file}:${line} ${operator}${reached ? '' : ', reached by no test'}: ${short(original)}  =>  ${short(replacement)}` +
  (leftOut.length === 0 ? '' : ` (${leftOut.length} files left out for their cost)`)

const grouped = (list, keyOf) => {
  const groups = new Map()
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return [...groups].toSorted(([, a], [, b]) => b.length - a.length)
}

const table = (title, list, keyOf) => {
  console.log(`\n${title}`)
  for (const [key, own] of grouped(list, keyOf))
    console.log(`  ${key.padEnd(22)} ${scoreOf(own.filter(({ killer }) => killer !== null).length, own.length)}`)
}

// The run ---------------------------------------------------------------------------------------------------------------

const since = Date.now()
copy(options.from)
const { parsed, mutants } = findMutants(options.paths.split(','))
const drawn = sampleOf(mutants, Number(options.sample), Number(options.seed)).map((mutant, id) => ({ ...mutant, id }))
const only = options.only === '' ? null : new Set(options.only.split(',').map(Number))
const sampled = only === null ? drawn : drawn.filter(({ id }) => only.has(id))
build(parsed, drawn)
console.log(
  `${mutants.length} mutants, ${sampled.length} of them by seed ${options.seed}; built after ${seconds(since)}`,
)

const workers = Array.from({ length: Number(options.workers) }, worker)
const files = [
  ...filesIn('test/unit', '.test.ts'),
  ...(options.tests === 'all'
    ? [...filesIn('test/property', '.test.ts'), ...filesIn('test/integration', '.test.ts')]
    : []),
].filter((file) => isTest(file) && options.files.split(',').some((path) => file.startsWith(path)))
const learned = []
await eachOn(workers, files, async (one, file) => {
  const reply = await one.ask({ learn: file })
  if (reply === null) {
    console.log(`left out: ${file} did not end`)
    return
  }
  const { loaded, tests, turns, milliseconds, error } = reply.learned
  const failed = tests.filter((test) => test === null || test.error !== null)
  // Those that fail without a mutant, such as a test of the machine's own programs, say nothing.
  if (error !== null || failed.length > 0)
    console.log(
      `left out: ${file}${error === null ? `, ${failed.length} of ${tests.length}` : ''}: ${short(error ?? failed.map((t) => `${t?.name}: ${t?.error}`).join('; '))}`,
    )
  if (error !== null) return
  learned.push({
    file,
    stage: stageOf(file),
    turns,
    milliseconds,
    loaded: new Set(loaded),
    tests: tests.map((test) =>
      test === null || test.error !== null || isTimed(test.name)
        ? null
        : { reaches: new Set(test.reaches), milliseconds: test.milliseconds },
    ),
  })
})
console.log(`${learned.length} of ${files.length} test files learned after ${seconds(since)}`)

const results = []
const report = () => {
  if (options.report !== '') writeFileSync(options.report, JSON.stringify(results, null, 1))
}
await eachOn(workers, sampled, async (one, mutant) => {
  const { run: jobs, leftOut } = jobsOf(learned, mutant.id)
  const reply = jobs.length === 0 ? { killer: null } : await one.ask({ id: mutant.id, jobs })
  const killer = reply === null ? { file: jobs[0].file, test: 'the process', endless: true } : reply.killer
  const result = { ...mutant, node: undefined, killer, reached: jobs.length > 0, leftOut }
  results.push(result)
  if (killer === null) console.log(`${results.length} after ${seconds(since)}: ${lineOf(result)}`)
  if (results.length % 10 === 0) report()
})
for (const one of workers) one.close()

const survivors = results
  .filter(({ killer }) => killer === null)
  .toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
console.log('\nsurvivors')
for (const survivor of survivors) console.log(`  ${lineOf(survivor)}`)
table('by operator', results, ({ operator }) => operator)
table('by folder', results, ({ file }) => file.split('/').slice(0, 2).join('/'))
console.log('\nkilled by')
for (const [stage, own] of grouped(
  results.filter(({ killer }) => killer !== null),
  ({ killer }) => stageNames[stageOf(killer.file)],
))
  console.log(`  ${stage.padEnd(22)} ${own.length}`)
console.log(`  (endless               ${results.filter(({ killer }) => killer?.endless === true).length})`)
console.log(
  `\nscore ${scoreOf(results.length - survivors.length, results.length)}, seed ${options.seed}, ${seconds(since)}`,
)
report()
