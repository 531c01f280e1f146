// What SQLAlchemy wrote, relvar writes in its own words: each case finds the tables as the data has them.
import { runCases } from '../../support/conformance/suite.js'
import { writes } from './cases.js'

runCases(writes, true)
