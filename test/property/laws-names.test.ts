// The laws of names hold in memory and on every engine.
import { holdEverywhere } from './everywhere.js'
import { nameLaws } from './laws-of/names.js'

holdEverywhere(nameLaws)
