// Runs test files of the build in this process, each time in modules of their own: first without a mutant, to learn which tests
// reach which mutants; then with one mutant at a time, until a test fails.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'

import { built, copied } from './build.mjs'
import { collector, runSuite, testsOf } from './vitest.mjs'

const require = createRequire(import.meta.url)

// A run beyond this many turns of its loops is taken for endless: so many more than without the mutant.
const patience = 30
const fewTurns = 2_000_000

let active = -1
let turns = 0
let mostTurns = Infinity
let seen = new Set()

const isOn = (id) => {
  seen.add(id)
  return id === active
}

const tick = () => {
  turns += 1
  if (turns > mostTurns) {
    // Code that catches this goes on to turn, and meets it again.
    throw new Error('endless')
  }
}

const compiled = new Map()

const functionOf = (file) => {
  const before = compiled.get(file)
  if (before !== undefined) return before
  const made = vm.compileFunction(
    readFileSync(file, 'utf8'),
    ['exports', 'require', 'module', '__url', '__import', '__m', '__tick'],
    { filename: file },
  )
  compiled.set(file, made)
  return made
}

/** The same of a test file, which may wait at its top: gives a promise. */
const testFunctionOf = (file) => {
  const before = compiled.get(file)
  if (before !== undefined) return before
  const made = vm.compileFunction(
    `return (async () => {${readFileSync(file, 'utf8')}\n})()`,
    ['exports', 'require', 'module', '__url', '__import', '__m', '__tick'],
    { filename: file },
  )
  compiled.set(file, made)
  return made
}

const engines = {
  ran: [{ name: 'sqlite', label: 'sqlite', url: 'sqlite::memory:', version: '', from: 'better-sqlite3' }],
  absent: [],
  notes: [],
}

// Modules below which nothing is mutated are loaded once. The random queries are drawn once, too, and without a mutant: a
// generator that a mutant leads astray would be noticed by all that it draws.
const shared = new Map()
const drawn = join(built, 'test/golden/drawn.js')
const mutated = (process.env['RELVAR_MUTATED'] ?? '').split(',').map((path) => `${join(built, path)}/`)

const fileOf = (from, name) => {
  if (name === 'relvar') return join(built, 'src/index.js')
  if (name.startsWith('relvar/')) return join(built, 'src', `${name.slice('relvar/'.length)}.js`)
  return name.startsWith('.') ? join(dirname(from), name) : null
}

const reached = new Map()

/** Whether code that a mutant may change is at or below a module. */
const reachesMutants = (file) => {
  const before = reached.get(file)
  if (before !== undefined) return before
  // A circle is told by the rest of it.
  reached.set(file, false)
  const below = existsSync(file)
    ? [...readFileSync(file, 'utf8').matchAll(/\brequire\("([^"]+)"\)|__import\('([^']+)'\)/g)]
        .map(([, one, other]) => fileOf(file, one ?? other))
        .filter((one) => one !== null)
    : []
  const found = mutated.some((path) => file.startsWith(path)) || below.some(reachesMutants)
  reached.set(file, found)
  return found
}

const withoutMutant =
  (f) =>
  (...args) => {
    const [before, had] = [active, seen]
    active = -1
    seen = new Set()
    try {
      return f(...args)
    } finally {
      active = before
      seen = had
    }
  }

/** Modules of their own for whoever asks for one; `vitest` is what tests find under that name. */
const world = (vitest, isClean) => {
  const modules = new Map()
  const requireFrom = (from) => (name) => {
    if (name === 'vitest') return vitest
    const file = fileOf(from, name)
    return file === null ? require(name) : moduleOf(file)
  }
  const moduleOf = (file) => {
    const before = modules.get(file) ?? shared.get(file)
    if (before !== undefined) return before.exports
    const module = { exports: {} }
    const keeper = reachesMutants(file) ? modules : shared
    keeper.set(file, module)
    if (file === drawn && !isClean) {
      const own = cleanWorld()
      module.exports = Object.fromEntries(
        Object.entries(own(file)).map(([key, value]) => [
          key,
          typeof value === 'function' ? withoutMutant(value) : value,
        ]),
      )
      return module.exports
    }
    run(file, functionOf(file), module)
    return module.exports
  }
  const run = (file, code, module) => {
    const own = requireFrom(file)
    const at = relative(built, file).replace(/\.js$/, '.ts')
    return code(
      module.exports,
      own,
      module,
      pathToFileURL(join(copied, at)).href,
      async (name) => (fileOf(file, name) === null ? import(name) : own(name)),
      isOn,
      tick,
    )
  }
  const test = async (file) => run(file, testFunctionOf(file), { exports: {} })
  return { moduleOf, test }
}

let clean = null

/** The world that never had a mutant. */
const cleanWorld = () => {
  clean ??= withoutMutant(world({}, true).moduleOf)
  return clean
}

/** Loads a test file, and gives its suite. */
const load = async (testFile) => {
  const { exports: vitest, top } = collector(() => engines)
  await world(vitest, false).test(join(built, testFile.replace(/\.ts$/, '.js')))
  return top
}

const reset = (mutant, most) => {
  active = mutant
  turns = 0
  mostTurns = most
  seen = new Set()
}

const now = () => process.cpuUsage().user / 1000

/** What a test file does without a mutant: which of its tests pass, and what each of them reaches. */
const learn = async (file) => {
  reset(-1, Infinity)
  const since = now()
  try {
    const top = await load(file)
    const loaded = [...seen]
    const tests = testsOf(top)
    const results = tests.map(() => null)
    seen = new Set()
    let start = now()
    await runSuite(
      top,
      () => true,
      (test, error) => {
        results[tests.indexOf(test)] = {
          name: test.name,
          error: error?.message.slice(0, 300) ?? null,
          reaches: [...seen],
          milliseconds: now() - start,
        }
        seen = new Set()
        start = now()
        return true
      },
    )
    return { file, loaded, tests: results, turns, milliseconds: now() - since, error: null }
  } catch (error) {
    return { file, loaded: [], tests: [], turns, milliseconds: now() - since, error: String(error?.stack ?? error) }
  }
}

const wantedOf = (all, tests) => {
  const wanted = new Set(tests.map((i) => all[i]))
  return (test) => wanted.has(test)
}

/** The first test of these that fails with the mutant; null where none does. */
const tryMutant = async (mutant, jobs) => {
  for (const { file, tests, turns: usual } of jobs) {
    reset(mutant, usual * patience + fewTurns)
    let killer = null
    try {
      const top = await load(file)
      const all = testsOf(top)
      const wanted = wantedOf(all, tests)
      // A mutant that changes which tests there are is seen by whoever counts them.
      if (tests.some((i) => all[i] === undefined)) return { file, test: 'the list of tests' }
      await runSuite(top, wanted, (test, error) => {
        if (error === null) return true
        killer = { file, test: test.name, said: error.message.slice(0, 200) }
        return false
      })
    } catch (error) {
      killer ??= { file, test: 'loading', said: String(error?.message ?? error).slice(0, 200) }
    }
    if (killer !== null) return turns > mostTurns ? { ...killer, endless: true } : killer
  }
  return null
}

// What a test leaves behind is none of the next one's business.
process.on('unhandledRejection', () => {})

const answer = async (message) =>
  message.learn !== undefined
    ? { learned: await learn(message.learn) }
    : { id: message.id, killer: await tryMutant(message.id, message.jobs) }

process.on('message', (message) => void answer(message).then((reply) => process.send(reply)))
process.send({ ready: true })
