/**
 * All questions, in the order in which they are asked.
 */
import type { Question } from './question.js'
import { askAirportsOfHawaii, askBusiestAirports, askLeftButNotReached, askUnreached } from './questions/airports.js'
import { askDelayByDistance } from './questions/delays.js'
import { askDirectorsWithFilms } from './questions/directors.js'
import { askBetterThanTheirDirector, askGenresByShare, askGrossUnknown } from './questions/films.js'
import { askBoard, askSecondPage } from './questions/pages.js'
import { askSlowestRoutes, askStatesWithAirports } from './questions/routes.js'
import { askDisputedFilms, askOneWayRoutes } from './questions/sets.js'

export const questions: ReadonlyArray<Question> = [
  askSlowestRoutes,
  askBusiestAirports,
  askAirportsOfHawaii,
  askUnreached,
  askLeftButNotReached,
  askStatesWithAirports,
  askDelayByDistance,
  askOneWayRoutes,
  askBoard,
  askDirectorsWithFilms,
  askBetterThanTheirDirector,
  askDisputedFilms,
  askGenresByShare,
  askGrossUnknown,
  askSecondPage,
]
