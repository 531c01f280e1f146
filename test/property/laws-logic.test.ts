// The laws of logic hold in memory and on every engine.
import { holdEverywhere } from './everywhere.js'
import { logicLaws } from './laws-of/logic.js'

holdEverywhere(logicLaws)
