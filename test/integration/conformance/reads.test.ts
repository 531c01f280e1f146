// What SQLAlchemy read, relvar reads in its own words: the same rows on every engine and in memory.
import { runCases } from '../../support/conformance/suite.js'
import { reads } from './cases.js'

runCases(reads, false)
