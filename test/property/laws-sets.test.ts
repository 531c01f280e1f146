// The laws of set operations and of aggregates hold in memory and on every engine.
import { holdEverywhere } from './everywhere.js'
import { setLaws } from './laws-of/sets.js'

holdEverywhere(setLaws)
