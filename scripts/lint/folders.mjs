// The folders of src, and who may import whom: an oxlint plugin.
//
// relvar/folders    a folder imports those above it in `order`, never those below; an entry point is imported by nobody
// relvar/packages   which packages a folder may import
// relvar/no-class   data is plain: no class in src
//
// Patterns in .oxlintrc.json could not say this: they see the text of an import, not the file that it points to.
import { dirname, posix, resolve, sep } from 'node:path'

const order = ['expr', 'compile', 'interpret', 'relations', 'effects', 'session', 'testing']
const pure = ['expr', 'compile', 'interpret', 'relations']
const drivers = ['pg', 'mysql2', 'better-sqlite3', 'node-sqlite3-wasm', 'node:sqlite']

/** Where a file stands under src: its folder (null for an entry point) and its path there. */
const place = (file) => {
  const parts = file.split(sep)
  const src = parts.lastIndexOf('src')
  if (src === -1) return null
  const inside = parts.slice(src + 1)
  return {
    root: parts.slice(0, src + 1).join(sep),
    path: inside.join(posix.sep),
    folder: inside.length > 1 ? inside[0] : null,
  }
}

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const among = (list, specifier) => list.includes(specifier) || list.includes(packageOf(specifier))

// Relative imports ---------------------------------------------------------------------------------------------------

const relativeProblem = (from, specifier) => {
  const target = place(resolve(from.root, dirname(from.path), specifier))
  if (target === null || target.root !== from.root) return `${specifier} leaves src`
  if (from.folder === null) {
    return target.folder === 'testing' && from.path !== 'testing.ts'
      ? 'only src/testing.ts may import src/testing'
      : null
  }
  if (target.folder === null) return `${specifier} is an entry point: nothing in src imports it`
  if (target.folder === from.folder) return null
  const here = order.indexOf(from.folder)
  const there = order.indexOf(target.folder)
  if (here === -1 || there === -1)
    return `src/${here === -1 ? from.folder : target.folder} is not in the order of folders`
  return there < here
    ? null
    : `src/${from.folder} may not import src/${target.folder}: the order is ${order.join(' < ')}`
}

// Packages -----------------------------------------------------------------------------------------------------------

const fpTsProblem = (from, specifier) => {
  if (!specifier.startsWith('fp-ts/lib/')) return `write fp-ts/lib/….js: ${specifier} fails under Node's ESM loader`
  if (!specifier.endsWith('.js')) return `${specifier} needs its .js ending`
  const effectful = /Task|IO|Console|Date|Random/.test(specifier.slice('fp-ts/lib/'.length))
  return effectful && pure.includes(from.folder) ? `src/${from.folder} is pure: no ${specifier}` : null
}

const packageProblem = (from, specifier) => {
  if (packageOf(specifier) === 'fp-ts') return fpTsProblem(from, specifier)
  if (packageOf(specifier) === 'io-ts') return null
  if (packageOf(specifier) === 'relvar') return 'inside src, import the file itself'
  if (among(drivers, specifier)) {
    return from.path.startsWith('effects/driver/') ? null : `only src/effects/driver may import ${specifier}`
  }
  if (specifier.startsWith('node:'))
    return from.folder === 'effects' ? null : `only src/effects may import ${specifier}`
  if (packageOf(specifier) === 'fast-check') {
    return from.folder === 'testing' ? null : 'only src/testing may import fast-check'
  }
  if (packageOf(specifier) === '@opentelemetry/api') {
    return from.path === 'effects/tracing.ts' ? null : 'only src/effects/tracing.ts may import @opentelemetry/api'
  }
  return `${specifier} is no dependency of relvar`
}

// Rules --------------------------------------------------------------------------------------------------------------

const rule = (problemOf) => ({
  meta: { type: 'problem', schema: [] },
  create: (context) => {
    const from = place(context.filename)
    if (from === null) return {}
    const check = (source) => {
      const specifier = source?.type === 'TSLiteralType' ? source.literal.value : source?.value
      const problem = typeof specifier === 'string' ? problemOf(from, specifier) : null
      if (problem !== null) context.report({ node: source, message: problem })
    }
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument),
      CallExpression: (node) => {
        if (node.callee.type === 'Identifier' && node.callee.name === 'require') check(node.arguments[0])
      },
    }
  },
})

const noClass = {
  meta: { type: 'problem', schema: [] },
  create: (context) => {
    const report = (node) =>
      context.report({ node, message: 'no class in src: data is plain, and functions stand beside it' })
    return { ClassDeclaration: report, ClassExpression: report }
  },
}

const isRelative = (specifier) => specifier.startsWith('.')

export default {
  meta: { name: 'relvar' },
  rules: {
    folders: rule((from, specifier) => (isRelative(specifier) ? relativeProblem(from, specifier) : null)),
    'no-class': noClass,
    packages: rule((from, specifier) => (isRelative(specifier) ? null : packageProblem(from, specifier))),
  },
}
