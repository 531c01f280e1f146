/**
 * The program: three parts, one after the other, each an effect that needs a Database.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import pc from 'picocolors'
import { type Database, Db, type DbError, Uow } from 'relvar'

import { type Before, concernedDirectors, readBefore, totals, workOf } from './change.js'
import type { Data } from './data.js'
import type { Failure } from './failure.js'
import { importData, recreate, rowsToImport } from './import.js'
import { progressBar } from './progress.js'
import { observed, type Question } from './question.js'
import { questions } from './questions.js'
import { heading, milliseconds, showAnswer, showData, showDirectors, showLines, showTotals, story } from './report.js'
import { counted } from './table-print.js'

type Program<A> = RTE.ReaderTaskEither<Database, Failure, A>

const say = (text: string): Program<void> => pipe(RTE.fromIO(() => void process.stdout.write(`${text}\n`)))

// -------------------------------------------------------------------------------------
// the import
// -------------------------------------------------------------------------------------

/** Why SQLite runs on another library than better-sqlite3, where it does. The first effect has loaded one by now. */
const sayNotice: Program<void> = (db) => {
  const { notice } = db.status()
  return notice === null ? RTE.right<Database, Failure, void>(undefined)(db) : say(pc.yellow(notice))(db)
}

/** A bar is on the screen as long as the import runs, however that ends. */
const withProgressBar = (data: Data): RTE.ReaderTaskEither<Database, DbError, void> =>
  RTE.bracket(
    RTE.fromIO(progressBar(rowsToImport(data))),
    (progress) => importData(data, progress),
    (progress) => RTE.fromIO(progress.end),
  )

const anew =
  'The tables were dropped, where an earlier run had left them, and made anew. The rows that are not refused go into them:'

const importing = (data: Data): Program<void> =>
  pipe(
    recreate,
    RTE.flatMap(() => sayNotice),
    RTE.flatMap(() => say(`${heading('The data')}\n\n${showData(data)}\n\n${anew}`)),
    RTE.flatMap(() => observed(withProgressBar(data))),
    RTE.flatMap(({ statements, ms }) =>
      say(`${counted(statements.length, 'statement')} in one transaction, ${milliseconds(ms)}.`),
    ),
  )

// -------------------------------------------------------------------------------------
// the questions
// -------------------------------------------------------------------------------------

const asking = (question: Question, at: number): Program<void> =>
  pipe(
    observed(question.answer),
    RTE.flatMap((answer) => say(showAnswer(at, question, answer))),
  )

const askingAll: Program<void> = pipe(
  say(heading('The questions')),
  RTE.flatMap(() =>
    pipe(
      questions,
      RTE.traverseSeqArrayWithIndex((at, question) => asking(question, at + 1)),
    ),
  ),
  RTE.asUnit,
)

// -------------------------------------------------------------------------------------
// the change
// -------------------------------------------------------------------------------------

const state: Program<void> = pipe(
  RTE.Do,
  RTE.apS('counts', totals),
  RTE.apS('rows', Db.all(concernedDirectors)),
  RTE.flatMap(({ counts, rows }) => say(`${showDirectors(rows)}\n${showTotals(counts)}`)),
)

/** The plan is a value: it is printed here, and nothing is written yet. */
const planning = (before: Before): Program<void> =>
  pipe(
    RTE.asks((db: Database) => Uow.plan(db.dialect)(workOf(before))),
    RTE.flatMapEither((plan) => plan),
    RTE.flatMap((plan) =>
      say(`\n${pc.bold('The plan, before anything is written')}\n\n${showLines(Uow.showPlan(plan))}`),
    ),
  )

const committing = (before: Before): Program<void> =>
  pipe(
    observed(Uow.commit(workOf(before))),
    RTE.flatMap(({ statements, ms }) =>
      say(
        `\n${pc.bold('Afterwards')} ${pc.dim(`(the commit: ${counted(statements.length, 'statement')}, ${milliseconds(ms)})`)}\n`,
      ),
    ),
  )

const changing: Program<void> = pipe(
  say(`${heading('A change')}\n\n${story}`),
  RTE.flatMap(() => say(`\n${pc.bold('Before')}\n`)),
  RTE.flatMap(() => state),
  RTE.flatMap(() => readBefore),
  RTE.tap(planning),
  RTE.flatMap(committing),
  RTE.flatMap(() => state),
)

// -------------------------------------------------------------------------------------
// all of it
// -------------------------------------------------------------------------------------

/** Imports the data, asks all questions, and changes something. */
export const program = (data: Data): Program<void> =>
  pipe(
    importing(data),
    RTE.flatMap(() => askingAll),
    RTE.flatMap(() => changing),
  )
