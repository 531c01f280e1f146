/**
 * Names that relvar gives to things of its own in SQLite. They stand alone, so that a worker thread which knows them loads no compiler.
 */

/** What the name of a table begins with while it is made anew. */
export const newTable = 'relvar_new_'

/** The name of the function for regular expressions that every connection of relvar's has. */
export const sqliteRegex = 'relvar_regex'
