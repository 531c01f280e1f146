/**
 * The options of a Database from a URL. Messages never show any of it but the scheme and the names of options: it has a password.
 */
import { type Form, formOf, type Forms } from './options.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How an engine's URLs begin: `mysql://`, or `mysql+mysql2://` with the one driver that relvar speaks to it through. */
export interface Schemes {
  readonly names: ReadonlyArray<string>
  readonly driver: string
}

/** The dialects by the schemes of their URLs. */
const makers: { readonly [scheme: string]: string } = {
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
}

/** A URL's options, still to be checked. */
type Unchecked = { readonly [option: string]: unknown }

// -------------------------------------------------------------------------------------
// the query
// -------------------------------------------------------------------------------------

const fromText = (form: Form, text: string): unknown => {
  if (form === 'count' || form === 'bytes' || form === 'overflow' || form === 'duration' || form === 'port')
    return /^\d+$/.test(text) ? Number(text) : text
  if (form === 'flag' || form === 'tls') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

/** The options in the query of a URL. `more`: names that are no options, and are texts. */
export const fromQuery = (maker: string, forms: Forms, query: string, more: ReadonlyArray<string> = []): Unchecked => {
  const given = [...new URLSearchParams(query)].map(([option, text]) => {
    const form = more.includes(option) ? 'text' : formOf(maker, forms, option)
    return [option, fromText(form, text)] as const
  })
  const twice = given.find(([option], i) => given.findIndex(([other]) => other === option) < i)
  if (twice !== undefined) throw new TypeError(`${maker}: option "${twice[0]}" stands twice in the URL`)
  return Object.fromEntries(given)
}

// -------------------------------------------------------------------------------------
// what stands before it
// -------------------------------------------------------------------------------------

const decoded = (maker: string, part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new TypeError(`${maker}: a part of the URL has a % that is no escape; write it as %25`)
  }
}

/** What is wrong with how a URL begins; null where it may be this engine's. */
export const wrongScheme = (maker: string, { names, driver }: Schemes, text: string): string | null => {
  const [, scheme = '', library] = /^([a-z][a-z0-9]*)(?:\+([a-z0-9_.:-]+))?:/i.exec(text) ?? []
  if (!names.includes(scheme)) {
    const other = Object.hasOwn(makers, scheme) ? makers[scheme] : undefined
    if (other !== undefined) return `this is a URL of ${other}; use ${other}(…)`
    return /^[a-z][a-z0-9+_.:-]*:\/\//i.test(text)
      ? `there is no dialect "${scheme}"; there are postgres, mysql, mariadb and sqlite`
      : null
  }
  return library === undefined || library === driver
    ? null
    : `there is no driver "${library}"; relvar speaks to ${maker} through ${driver}`
}

/** The options of a server's URL: `scheme://user:password@host:port/database?option=…`. */
export const fromServerUrl = (
  maker: string,
  schemes: Schemes,
  forms: Forms,
  text: string,
  more: ReadonlyArray<string> = [],
): Unchecked => {
  const problem = wrongScheme(maker, schemes, text)
  if (problem !== null) throw new TypeError(`${maker}: ${problem}`)
  const shape = `${schemes.names[0]}://user:password@host:port/database`
  if (!/^[a-z+\d]+:\/\//.test(text) || !URL.canParse(text))
    throw new TypeError(`${maker}: the URL must look like ${shape}`)
  const url = new URL(text)
  // such a password would be taken for a host and a port
  if (url.hash !== '' || url.pathname.includes('@') || url.pathname.slice(1).includes('/')) {
    throw new TypeError(
      `${maker}: the URL must look like ${shape}; write / # ? and @ in its parts as %2F %23 %3F and %40`,
    )
  }
  const parts = {
    // an IPv6 address stands in brackets, which are the URL's
    host: decoded(maker, url.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: url.port,
    user: decoded(maker, url.username),
    password: decoded(maker, url.password),
    database: decoded(maker, url.pathname.slice(1)),
  }
  const given = Object.entries(parts).filter(([, part]) => part !== '')
  const query = fromQuery(maker, forms, url.search, more)
  const twice = given.find(([option]) => Object.hasOwn(query, option))
  if (twice !== undefined) throw new TypeError(`${maker}: option "${twice[0]}" stands twice in the URL`)
  return {
    ...Object.fromEntries(given.map(([option, part]) => [option, option === 'port' ? Number(part) : part])),
    ...query,
  }
}
