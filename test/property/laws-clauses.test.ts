// The laws of clauses hold in memory and on every engine.
import { holdEverywhere } from './everywhere.js'
import { clauseLaws } from './laws-of/clauses.js'

holdEverywhere(clauseLaws)
