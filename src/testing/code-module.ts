/**
 * A module in the making: what it imports, what it declares, and the names that are taken. It lives as long as one statement is
 * printed.
 */
import { functions } from './code-names.js'
import { stringText } from './code-text.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A module whose text grows: names are taken, things are declared, and at last it is written. */
export interface Module {
  /** Names an import, and gives its name. */
  readonly use: (from: string, name: string) => string
  /** A name for something that is its user's to bring; one for each thing. */
  readonly own: (thing: object, wish: string) => string
  /** A name that nothing has, like the one that is wished for. */
  readonly fresh: (wish: string) => string
  /** Declares a text in the innermost block, under a name like the one that is wished for. */
  readonly declare: (wish: string, text: string) => string
  /** What is declared while a function's text is written stands in the function. */
  readonly nested: (text: () => string) => string
  /** What is declared meanwhile stands in the module itself. */
  readonly outside: <A>(text: () => A) => A
  /** How many blocks there are around what is written: 0 in the module itself. */
  readonly depth: () => number
  /** The module's text: its imports, what is its user's, its declarations and what stands at its end. */
  readonly text: (end: ReadonlyArray<string>) => string
}

// -------------------------------------------------------------------------------------
// names
// -------------------------------------------------------------------------------------

const words =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
  'finally for function if implements import in instanceof interface let new null package private protected public return ' +
  'static super switch this throw true try typeof undefined var void while with yield'

/** What no declaration may be called: words of the language, what is imported, what the module is made of. */
const reserved: ReadonlyArray<string> = [
  ...words.split(' '),
  ...Object.keys(functions),
  ...['E', 't', 'pipe', 'own', 'row', 'statement', 'tables', 'answer', 'apply', 'interpret', 'emptyTables', 'tablesIn'],
  ...['withRows', 'unusual', 'unusualType', 'unusualClause', 'Object', 'Uint8Array', 'Buffer', 'Date', 'Map', 'Set'],
  ...['NaN', 'Infinity'],
]

const wordOf = (wish: string): string => {
  const word = wish.replace(/[^A-Za-z0-9_$]/g, '_')
  return /^[A-Za-z_$]/.test(word) ? word : `_${word}`
}

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

/** Names that stand for a whole module. */
const namespaces: Readonly<Record<string, string>> = { 'io-ts': 't', 'fp-ts/lib/Either.js': 'E' }

/** Names side by side, as many as a line takes. */
const linesOf = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.reduce<ReadonlyArray<string>>((lines, name) => {
    const last = lines.at(-1)
    return last === undefined || last.length + name.length > 96
      ? [...lines, `${name},`]
      : [...lines.slice(0, -1), `${last} ${name},`]
  }, [])

const importText = (from: string, names: ReadonlySet<string>): string => {
  const namespace = namespaces[from]
  if (namespace !== undefined) return `import * as ${namespace} from ${stringText(from)}`
  const all = [...names].sort()
  const line = `import { ${all.join(', ')} } from ${stringText(from)}`
  return line.length <= 100
    ? line
    : `import {\n${linesOf(all)
        .map((part) => `  ${part}\n`)
        .join('')}} from ${stringText(from)}`
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** An empty module. */
export const emptyModule = (): Module => {
  const imports = new Map<string, Set<string>>()
  const taken = new Set(reserved)
  const owned = new Map<object, string>()
  const top: Array<string> = []
  let blocks: ReadonlyArray<Array<string>> = [top]

  const fresh = (wish: string): string => {
    const word = wordOf(wish)
    let name = word
    for (let n = 2; taken.has(name); n++) name = `${word}${n}`
    taken.add(name)
    return name
  }

  const within = <A>(inner: ReadonlyArray<Array<string>>, text: () => A): A => {
    const before = blocks
    blocks = inner
    try {
      return text()
    } finally {
      blocks = before
    }
  }

  return {
    fresh,
    use: (from, name) => {
      imports.set(from, (imports.get(from) ?? new Set()).add(name))
      return name
    },
    own: (thing, wish) => {
      const name = owned.get(thing) ?? fresh(wish)
      owned.set(thing, name)
      return name
    },
    declare: (wish, text) => {
      const name = fresh(wish)
      blocks.at(-1)?.push(`const ${name} = ${text}`)
      return name
    },
    nested: (text) => {
      const lines: Array<string> = []
      const result = within([...blocks, lines], text)
      if (lines.length === 0) return result
      const body = [...lines, `return ${result}`].join('\n').replaceAll('\n', '\n  ')
      return `{\n  ${body}\n}`
    },
    outside: (text) => within([top], text),
    depth: () => blocks.length - 1,
    text: (end) => {
      const order = [
        'fp-ts/lib/Either.js',
        'fp-ts/lib/function.js',
        'io-ts',
        'relvar',
        'relvar/memory',
        'relvar/testing',
      ]
      const used = order.flatMap((from) => {
        const names = imports.get(from)
        return names === undefined ? [] : [importText(from, names)]
      })
      const yours = owned.size === 0 ? [] : [`// Yours to bring here: ${[...owned.values()].join(', ')}`]
      return `${[used.join('\n'), ...yours, [...top, ...end].join('\n\n')].join('\n\n')}\n`
    },
  }
}
