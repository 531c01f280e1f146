/**
 * The example: imports real data, asks questions about it, and changes it. All of it is one effect, put together of smaller
 * ones and run at the end of this file; `npm start -- --help` tells the options.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import pc from 'picocolors'
import { type Database, withSignal } from 'relvar'

import { help, readArgs } from './args.js'
import { readData } from './data.js'
import { type Place, placeOf } from './database.js'
import { exitCode, type Failure, showFailure } from './failure.js'
import { program } from './program.js'
import { title } from './report.js'

const say = (text: string): TE.TaskEither<never, void> => TE.fromIO(() => void process.stdout.write(`${text}\n`))

/** Ctrl-C aborts: the statement that runs is cancelled and its transaction rolled back, then the program ends by itself. */
const interruption = (): AbortSignal => {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}

const onDatabase = ({ database, where }: Place): TE.TaskEither<Failure, void> =>
  pipe(
    say(title(database.dialect.name, where)),
    TE.flatMap(() => readData),
    TE.flatMap((data) => program(data)(withSignal(interruption())<Database>(database))),
  )

/** All of it: the database is closed however the rest ends. */
const main = (argv: ReadonlyArray<string>): TE.TaskEither<Failure, void> =>
  pipe(
    TE.fromEither(readArgs(argv)),
    TE.flatMap((args) =>
      args.help ? say(help) : TE.bracket(placeOf(args.database), onDatabase, ({ database }) => database.close()),
    ),
  )

// A reader such as `head` may stop reading: there is no one to print for then.
process.stdout.on('error', () => process.exit(0))

void pipe(
  main(process.argv.slice(2)),
  TE.match(
    (failure) => {
      process.stderr.write(`${pc.red(showFailure(failure))}\n`)
      process.exitCode = exitCode(failure)
    },
    () => undefined,
  ),
)()
