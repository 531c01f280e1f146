// However hostile an input is, the statement has the tokens of a statement with an input that does no harm.
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  type AnyQuery,
  compileDdl,
  type Ddl,
  type Dialect,
  mariadbDialect,
  mysqlDialect,
  postgresDialect,
  sqliteDialect,
  toSql,
  toSqlInline,
} from '../../../src/index.js'
import { inputs, isHuge, valueOf } from '../../hostile/inputs.js'
import { mutate } from '../../hostile/mutate.js'
import { oneOf, randomOf } from '../../hostile/random.js'
import { all } from '../../hostile/tables.js'
import { tokensOf } from '../../hostile/tokens.js'
import { clauseWays } from '../../hostile/ways/clauses.js'
import { functionWays } from '../../hostile/ways/functions.js'
import { nameWays } from '../../hostile/ways/names.js'
import { rowWays, valueWays } from '../../hostile/ways/values.js'
import { R, type Way } from '../../hostile/ways/way.js'

const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]
const random = randomOf(Number(process.env['RELVAR_TEST_SEED'] ?? 3))
const small = inputs.filter((input) => !isHuge(input)).map(valueOf)
const texts = small.filter((value) => typeof value === 'string' && value.length < 5_000)
const mutated = Array.from({ length: 200 }, () => mutate(oneOf(random, small), oneOf(random, small), random))
const mutatedTexts = Array.from({ length: 150 }, () =>
  mutate(oneOf(random, texts), oneOf(random, texts), random),
).filter((value) => typeof value === 'string')

/** The statement of a way, or null where the input is refused. */
const sqlOf = (dialect: Dialect, way: Way, input: unknown): string | null => {
  try {
    const built = way.make(input)
    const query = way.kind === 'expr' ? R.select({ v: built })(R.from(all)) : built
    const made =
      way.kind === 'ddl'
        ? // A way of this kind makes DDL.
          E.map((load: unknown) => (load as { readonly statement?: { readonly sql: string } }).statement?.sql ?? '')(
            compileDdl(dialect)(query as Ddl),
          )
        : E.map(({ sql }: { readonly sql: string }) => sql)(toSql(dialect)(query as AnyQuery))
    return E.isRight(made) ? made.right : null
  } catch {
    return null
  }
}

// Words of relvar's own, each with its own SQL; and `fn`, which takes nothing but letters and a dot.
const words = /^(fn|extract|truncateTo|compareRows|anyOf|allOf)$/

const values = Object.values(valueWays).flat().concat(rowWays, functionWays, clauseWays)

describe.each(dialects.map((dialect) => [dialect.name, dialect] as const))('%s', (name, dialect) => {
  // How many digits a decimal number has is in the text of a cast.
  const shape = (sql: string): ReadonlyArray<string> => tokensOf(name, sql).map((t) => (/^\d+$/.test(t) ? '0' : t))

  test('[bar 16] no value of a text changes a token of its statement', () => {
    // Ways whose input is a text: the same statement for all of them.
    const ways = values.filter((way) => typeof way.good === 'string' && sqlOf(dialect, way, way.good) !== null)
    expect(ways.length).toBeGreaterThan(20)
    let seen = 0
    for (const way of ways) {
      const wanted = sqlOf(dialect, way, way.good)
      for (const input of [...texts, ...mutatedTexts.slice(0, 50)]) {
        const sql = sqlOf(dialect, way, input)
        if (sql === null) continue
        seen += 1
        if (sql !== wanted) expect([way.name, shape(sql)]).toEqual([way.name, shape(wanted ?? '')])
      }
    }
    expect(seen).toBeGreaterThan(1_000)
  })

  test('[bar 16] no name changes the number of tokens', () => {
    const ways = nameWays.filter((way) => way.kind !== 'plain' && typeof way.good === 'string' && !words.test(way.name))
    let seen = 0
    for (const way of ways) {
      const wanted = sqlOf(dialect, way, way.good)
      if (wanted === null) continue
      for (const input of [...texts, ...mutatedTexts]) {
        const sql = sqlOf(dialect, way, input)
        if (sql === null) continue
        seen += 1
        const tokens = tokensOf(name, sql)
        if (tokens.length !== tokensOf(name, wanted).length)
          expect([way.name, input, tokens]).toEqual([way.name, input, tokensOf(name, wanted)])
      }
    }
    expect(seen).toBeGreaterThan(1_000)
  })

  test('[bar 16] values that are written into the text for reading are one token each', () => {
    const asked = (x: unknown): AnyQuery => R.where(R.eq(all.text, x))(R.from(all)) as unknown as AnyQuery
    const inline = toSqlInline(dialect)
    const count = (x: unknown): number | null => {
      const made = inline(asked(x))
      return E.isRight(made) ? tokensOf(name, made.right).length : null
    }
    const wanted = count('a')
    expect(wanted).not.toBeNull()
    for (const input of [...texts, ...mutatedTexts, ...mutated]) {
      const found = count(input)
      if (found !== null && found !== wanted) expect([input, inline(asked(input))]).toEqual([input, wanted])
    }
  })
})
