/**
 * The next number of a sequence, as SQL.
 */
import { type SequenceFunction, type SequenceInfo, sequenceOfWords } from '../expr/sequence.js'
import { illFormed, unsupported } from './compile-error.js'
import { form, type FunctionForm, type Render } from './function-form.js'
import { sql } from './sql.js'
import { tableSql } from './table-sql.js'

const said =
  (render: (name: string, sequence: SequenceInfo, call: Parameters<Render>[0]) => ReturnType<Render>): Render =>
  (call) => {
    const sequence = sequenceOfWords(call.node.words)
    return sequence === null
      ? illFormed(`nextValue knows no ${JSON.stringify(call.node.words)}`)
      : render(tableSql(call.dialect, sequence), sequence, call)
  }

const none: Render = said((_name, sequence, { dialect }) =>
  unsupported(dialect.name, `count in a sequence ("${sequence.name}")`, 'use autoIncrement, or a table that counts'),
)

export const sequenceFunctions: { readonly [N in SequenceFunction]: FunctionForm } = {
  nextValue: form(() => null, none, {
    // Its argument is the name as text, in which the quotes of the name stand.
    postgres: said(
      (name, _sequence, { dialect, node }) =>
        sql`CAST(nextval(${dialect.ddl.literal(name)}) AS ${dialect.type(node.type).ddl})`,
    ),
    mariadb: said((name) => sql`nextval(${name})`),
  }),
}
