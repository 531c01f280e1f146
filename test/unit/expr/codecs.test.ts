// The codecs of a table's rows take what the table takes, name what they refuse, and tell all of it.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'

import {
  array,
  asDate,
  autoIncrement,
  bigint,
  binary,
  defaultTo,
  enumeration,
  insertCodec,
  integer,
  json,
  nullable,
  numeric,
  patchCodec,
  primaryKey,
  refine,
  rowCodec,
  table,
  text,
  timestamptz,
  uuid,
  varchar,
} from '../../../src/index.js'

interface EmailBrand {
  readonly Email: unique symbol
}
const Email = t.brand(t.string, (s): s is t.Branded<string, EmailBrand> => s.includes('@'), 'Email')
const email = (s: string) => s as t.TypeOf<typeof Email>

const thrower = new t.Type<string, string, unknown>(
  'Thrower',
  (u): u is string => {
    throw new Error(`asked of ${typeof u}`)
  },
  t.string.validate,
  (s) => s,
)

const users = table('users', {
  id: pipe(bigint, primaryKey, autoIncrement),
  email: pipe(varchar(20), refine(Email)),
  state: pipe(enumeration(['on', 'off']), defaultTo('on')),
  born: pipe(timestamptz, asDate, nullable),
  photo: pipe(binary, nullable),
  rate: pipe(numeric(5, 2), nullable),
  extra: pipe(json(t.type({ size: t.number })), nullable),
  key: pipe(uuid, nullable),
  tags: pipe(array(text), nullable),
})

const row = {
  id: 7n,
  email: email('ed@x'),
  state: 'on',
  born: new Date('2012-10-15T12:57:18.396Z'),
  photo: Uint8Array.of(0, 255),
  rate: '1.50',
  extra: { size: 1 },
  key: null,
  tags: ['a'],
} as const
const inJson = {
  id: '7',
  email: 'ed@x',
  state: 'on',
  born: '2012-10-15T12:57:18.396Z',
  photo: '00ff',
  rate: '1.50',
  extra: { size: 1 },
  key: null,
  tags: ['a'],
}

/** Each error by its path. */
const paths = (validation: t.Validation<unknown>): ReadonlyArray<string> =>
  E.isRight(validation)
    ? []
    : validation.left.map((e) =>
        e.context
          .map((c) => c.key)
          .filter((k) => k !== '')
          .join('.'),
      )
const messages = (validation: t.Validation<unknown>): ReadonlyArray<string | undefined> =>
  E.isRight(validation) ? [] : validation.left.map((e) => e.message)

describe('rowCodec', () => {
  it('decodes a row, and its JSON, and leaves out what is no column', () => {
    const codec = rowCodec(users)
    expect(codec.decode(row)).toEqual(E.right(row))
    expect(codec.decode({ ...inJson, admin: true })).toEqual(E.right(row))
    expect(codec.decode(JSON.parse(JSON.stringify(codec.encode(row))))).toEqual(E.right(row))
    expect(codec.is(row)).toBe(true)
    expect(codec.name).toBe('rowCodec(users)')
  })

  it('wants every column', () => {
    const { email: _, ...without } = row
    expect(paths(rowCodec(users).decode(without))).toEqual(['email'])
    expect(paths(rowCodec(users).decode(null))).toEqual([''])
    expect(paths(rowCodec(users).decode([row]))).toEqual([''])
  })
})

describe('insertCodec', () => {
  it('may leave out what the table fills in [L03]', () => {
    expect(insertCodec(users).decode({ email: 'a@b' })).toEqual(E.right({ email: 'a@b' }))
    expect(insertCodec(users).decode({ email: 'a@b', state: undefined })).toEqual(E.right({ email: 'a@b' }))
    expect(insertCodec(users).encode({ email: email('a@b') })).toEqual({ email: 'a@b' })
  })

  it('tells every error with its path, and the key that is no column [L03, L04]', () => {
    const wrong = insertCodec(users).decode({
      email: 'nobody',
      state: 'gone',
      rate: '1.234',
      extra: { size: 'x' },
      key: 'x',
      tags: [1],
      born: 'now',
      photo: 'zz',
      admin: true,
    })
    expect(paths(wrong)).toEqual(['email', 'state', 'born', 'photo', 'rate', 'extra.size', 'key', 'tags', 'admin'])
    expect(messages(wrong).at(-1)).toBe('"users" has no column "admin"')
    expect(paths(insertCodec(users).decode({ email: 'a@b'.repeat(10) }))).toEqual(['email'])
  })

  it('takes nothing that a prototype has, and no value that a codec throws at', () => {
    expect(paths(insertCodec(users).decode(Object.create({ email: 'a@b' })))).toEqual(['email'])
    const odd = table('odd', { id: integer, v: pipe(text, refine(thrower)) })
    expect(paths(insertCodec(odd).decode({ id: 1, v: 'a' }))).toEqual(['v'])
  })
})

describe('patchCodec', () => {
  it('takes any of the columns, and no other key [L04]', () => {
    expect(patchCodec(users).decode({})).toEqual(E.right({}))
    expect(patchCodec(users).decode({ rate: null, id: '9' })).toEqual(E.right({ rate: null, id: 9n }))
    expect(paths(patchCodec(users).decode({ rates: '1', id: null }))).toEqual(['id', 'rates'])
    expect(patchCodec(users).encode({ id: 9n })).toEqual({ id: '9' })
  })
})
