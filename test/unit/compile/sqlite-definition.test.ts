// The text of a table of SQLite, taken apart: each thing that a column or a table says is one segment, of the right kind, with all
// of its words; what cannot be read is no definition.
import { describe, expect, it } from 'vitest'

import {
  type ColumnItem,
  countsItself,
  definitionOf,
  definitionSql,
  givenColumns,
  indexWords,
  sameText,
} from '../../../src/compile/sqlite-definition.js'

const columnOf = (said: string): ColumnItem | null => {
  const item = definitionOf(`CREATE TABLE t (${said}, z)`)?.items[0]
  return item?._tag === 'Column' ? item : null
}

/** Kinds and texts of what a column says after its type. */
const saidOf = (column: ColumnItem | null): ReadonlyArray<readonly [string, string]> | null =>
  column === null ? null : column.segments.map(({ kind, text }) => [kind, text] as const)

describe('what a column says', () => {
  const cases: ReadonlyArray<readonly [string, string, ReadonlyArray<readonly [string, string]>]> = [
    ['a', 'a', []],
    ['a INTEGER', 'a INTEGER', []],
    ['a VARCHAR ( 9, 2 ) NULL', 'a VARCHAR ( 9, 2 )', [['notNull', 'NULL']]],
    [
      'a INT NOT NULL UNIQUE',
      'a INT',
      [
        ['notNull', 'NOT NULL'],
        ['unique', 'UNIQUE'],
      ],
    ],
    [
      'a INT DEFAULT 1 UNIQUE',
      'a INT',
      [
        ['default', 'DEFAULT 1'],
        ['unique', 'UNIQUE'],
      ],
    ],
    [
      'a INT DEFAULT -1 UNIQUE',
      'a INT',
      [
        ['default', 'DEFAULT -1'],
        ['unique', 'UNIQUE'],
      ],
    ],
    [
      'a INT DEFAULT + 1 UNIQUE',
      'a INT',
      [
        ['default', 'DEFAULT + 1'],
        ['unique', 'UNIQUE'],
      ],
    ],
    [
      'a INT DEFAULT NULL NOT NULL',
      'a INT',
      [
        ['default', 'DEFAULT NULL'],
        ['notNull', 'NOT NULL'],
      ],
    ],
    [
      'a INT DEFAULT (1 + (2)) CHECK (a > 0)',
      'a INT',
      [
        ['default', 'DEFAULT (1 + (2))'],
        ['check', 'CHECK (a > 0)'],
      ],
    ],
    [
      "a TEXT DEFAULT 'it''s, (' UNIQUE",
      'a TEXT',
      [
        ['default', "DEFAULT 'it''s, ('"],
        ['unique', 'UNIQUE'],
      ],
    ],
    [
      'a TEXT COLLATE NOCASE DEFAULT 1e+5',
      'a TEXT',
      [
        ['collate', 'COLLATE NOCASE'],
        ['default', 'DEFAULT 1e+5'],
      ],
    ],
    [
      'a INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL',
      'a INTEGER',
      [
        ['primaryKey', 'PRIMARY KEY AUTOINCREMENT'],
        ['notNull', 'NOT NULL'],
      ],
    ],
    [
      'a INT PRIMARY KEY DESC ON CONFLICT REPLACE UNIQUE',
      'a INT',
      [
        ['primaryKey', 'PRIMARY KEY DESC ON CONFLICT REPLACE'],
        ['unique', 'UNIQUE'],
      ],
    ],
    [
      'a INT REFERENCES u (id) ON DELETE SET NULL ON UPDATE SET DEFAULT NOT DEFERRABLE NOT NULL',
      'a INT',
      [
        ['foreignKey', 'REFERENCES u (id) ON DELETE SET NULL ON UPDATE SET DEFAULT NOT DEFERRABLE'],
        ['notNull', 'NOT NULL'],
      ],
    ],
    [
      'a INT REFERENCES u ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED DEFAULT 3',
      'a INT',
      [
        ['foreignKey', 'REFERENCES u ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED'],
        ['default', 'DEFAULT 3'],
      ],
    ],
    [
      'a INT GENERATED ALWAYS AS (b * 2) STORED NOT NULL',
      'a INT',
      [
        ['generated', 'GENERATED ALWAYS AS (b * 2) STORED'],
        ['notNull', 'NOT NULL'],
      ],
    ],
    [
      'a INT AS (b) CHECK (a > 0)',
      'a INT',
      [
        ['generated', 'AS (b)'],
        ['check', 'CHECK (a > 0)'],
      ],
    ],
    ['a INT /* of what (, */ NOT -- or not\n NULL', 'a INT', [['notNull', 'NOT -- or not\n NULL']]],
  ]

  it.each(cases)('%s', (said, head, segments) => {
    const column = columnOf(said)
    expect(column?.name).toBe('a')
    expect(column?.head).toBe(head)
    expect(saidOf(column)).toEqual(segments)
  })

  it('has names of its own, in whatever quotes', () => {
    const segments = columnOf(
      'a INT CONSTRAINT "c "" 1" NOT NULL CONSTRAINT [c 2] CHECK (a > 0) CONSTRAINT c3 UNIQUE',
    )?.segments
    expect(segments?.map(({ name, kind }) => [name, kind])).toEqual([
      ['c " 1', 'notNull'],
      ['c 2', 'check'],
      ['c3', 'unique'],
    ])
    expect(segments?.[0]?.text).toBe('CONSTRAINT "c "" 1" NOT NULL')
    expect(columnOf('a INT UNIQUE')?.segments[0]?.name).toBeNull()
    expect(['"the ""a"', '`the "a`', '[the "a]'].map((name) => columnOf(`${name} INT`)?.name)).toEqual([
      'the "a',
      'the "a',
      'the "a',
    ])
    // A quoted word is a name and begins nothing.
    expect(columnOf('a "unique" UNIQUE')?.head).toBe('a "unique"')
  })

  it('mentions words of all that it is about, in lower case', () => {
    expect(columnOf(`a INT CHECK ("B c" > lower(D) AND x <> 'y')`)?.segments[0]?.words).toEqual([
      'check',
      'b c',
      'lower',
      'd',
      'and',
      'x',
    ])
  })
})

describe('what a table says', () => {
  const text =
    'CREATE TABLE "t" (a INT, "B" TEXT AS (a), CONSTRAINT pk PRIMARY KEY (a, "B"), UNIQUE (b), CHECK (a > 0), ' +
    'CONSTRAINT fk FOREIGN KEY ("B", a) REFERENCES u (x, y) ON DELETE SET NULL) STRICT,  WITHOUT ROWID'

  it('is its constraints with their columns', () => {
    const items = definitionOf(text)?.items ?? []
    expect(
      items.map((item) =>
        item._tag === 'Column' ? item.name : [item.segment.kind, item.segment.name, item.segment.columns],
      ),
    ).toEqual([
      'a',
      'B',
      ['primaryKey', 'pk', ['a', 'b']],
      ['unique', null, ['b']],
      ['check', null, ['a']],
      ['foreignKey', 'fk', ['b', 'a']],
    ])
  })

  it('is the same text again', () => {
    const definition = definitionOf(text)
    expect(definition === null ? null : definitionSql('"t"', definition)).toBe(text)
    const plain = definitionOf('CREATE TABLE t(a,b)')
    expect(plain === null ? null : definitionSql('"u"', plain)).toBe('CREATE TABLE "u" (a, b)')
  })

  it('says which columns are stored as given, and whether it counts', () => {
    const definition = definitionOf(text)
    expect(definition === null ? null : givenColumns(definition)).toEqual(['a'])
    expect(definition === null ? null : countsItself(definition)).toBe(false)
    const counted = definitionOf('CREATE TABLE t (a INTEGER PRIMARY KEY autoincrement, b CHECK (b > 0))')
    expect(counted === null ? null : countsItself(counted)).toBe(true)
  })
})

describe('what cannot be read', () => {
  it.each([
    'CREATE TABLE t',
    'CREATE TABLE t AS SELECT 1',
    'CREATE TABLE t (a INT',
    'CREATE TABLE t (a INT))',
    'CREATE TABLE t (a INT,)',
    'CREATE TABLE t (, a INT)',
    'CREATE VIRTUAL TABLE t USING fts5 (a)',
    'CREATE TABLE t (a INT, CONSTRAINT c)',
    'CREATE TABLE t (a INT, UNIQUE (a) CHECK (a > 0))',
  ])('%s', (text) => {
    expect(definitionOf(text)).toBeNull()
  })
})

describe('texts', () => {
  it('are the same whatever stands between their words', () => {
    expect(sameText('CHECK (a>0)', 'CHECK  ( a > /* at least */ 0 )')).toBe(true)
    expect(sameText('CHECK (a>0)', 'CHECK (a>1)')).toBe(false)
    expect(sameText('CHECK (a>0)', 'CHECK a>0')).toBe(false)
    expect(sameText('CHECK (a', 'CHECK (a')).toBe(false)
    expect(sameText('CHECK a', 'CHECK (a')).toBe(false)
  })

  it('of an index have the words of its columns and its criterion, not its own name', () => {
    expect(indexWords('CREATE INDEX of_what ON t (Lower("A b"), c DESC) WHERE d > 0')).toEqual([
      'lower',
      'a b',
      'c',
      'desc',
      'where',
      'd',
    ])
  })
})
