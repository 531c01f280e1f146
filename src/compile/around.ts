/**
 * Text of a derived dialect's own around writes: hints and comments after the first word, and what stands at the end.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import type { WriteNode } from '../expr/query-node.js'
import { endsInComment, rawProblem } from '../expr/raw-text.js'
import { targetOfWrite } from '../expr/write-parts.js'
import { type CompileError, illFormed } from './compile-error.js'
import type { Context } from './context.js'
import type { Around, AroundWrite, Dialect } from './dialect.js'
import { type Sql, sql } from './sql.js'

const kinds: Readonly<Record<WriteNode['_tag'], AroundWrite['kind']>> = {
  Insert: 'insert',
  Update: 'update',
  Delete: 'delete',
}

/** What the user's function gives; what it throws is said. */
const chosen = (around: Around, write: AroundWrite): Either<CompileError, ReturnType<Around>> => {
  try {
    return right(around(write))
  } catch (thrown) {
    return left(illFormed(`around a write: ${thrown instanceof Error ? thrown.message : String(thrown)}`))
  }
}

/** A text with the blank beside it, or with the end of its line where a comment would hide what follows. */
const apart = (dialect: Dialect, text: string | null): string =>
  text === null ? '' : text + (endsInComment(text, dialect.name) ? '\n' : ' ')

/**
 * How a write is said, given its SQL from its first word on: with what a derived dialect puts around it. What is wrong with that is
 * among the errors of the context.
 */
export const aroundWrite = (context: Context, node: WriteNode): ((write: Sql) => Sql) => {
  const { dialect, errors } = context
  const { around } = dialect.renderers
  if (around === null) return (write) => write
  const { table } = targetOfWrite(node)
  const kind = kinds[node._tag]
  const text = chosen(around, { kind, table: { schema: table.schema, name: table.name } })
  if (text._tag === 'Left') {
    errors.push(text.left)
    return (write) => write
  }
  const { after, end } = text.right
  for (const one of [after, end]) {
    const problem = one === null ? null : rawProblem([one], dialect.name)
    if (problem !== null) errors.push(illFormed(`around a write: ${problem}`))
  }
  const word = `${kind.toUpperCase()} `
  return ([first, ...rest]) =>
    typeof first === 'string' && first.startsWith(word)
      ? sql`${word}${apart(dialect, after)}${first.slice(word.length)}${rest}${end === null ? '' : ` ${end}`}`
      : [first ?? '', ...rest]
}
