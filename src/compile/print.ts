/**
 * A statement's text for one dialect, where it takes so many parameters.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import { type CompileError, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { print, type Slot, type Sql } from './sql.js'

/** The text and its slots; Left where the engine takes fewer parameters. */
export const printFor = (
  dialect: Dialect,
  fragment: Sql,
): Either<CompileError, { readonly text: string; readonly slots: ReadonlyArray<Slot> }> => {
  const printed = print(fragment, dialect.placeholder)
  const { maxParameters } = dialect.features
  return printed.slots.length > maxParameters
    ? left(
        unsupported(
          dialect.name,
          `take ${printed.slots.length} parameters in one statement`,
          `it takes ${maxParameters}: use fewer, or longer lists with inList`,
        ),
      )
    : right(printed)
}
