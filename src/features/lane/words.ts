/** Words of the closed lists, for screens. */
import { m } from '#messages/messages.js';
import type { RESIDENCES } from '#features/households/schema.ts';
import type { Outcome } from '#features/visits/schema.ts';
import type { DoorState, Filter } from '#features/lane/model.ts';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/states.ts';

export type Residence = (typeof RESIDENCES)[number];

const OUTCOME: Readonly<Record<Outcome, () => string>> = {
  met: () => m.lane_outcome_met(),
  'nobody-home': () => m.lane_outcome_nobody_home(),
  'working-away': () => m.lane_outcome_working_away(),
  refused: () => m.lane_outcome_refused(),
  'moved-away': () => m.lane_outcome_moved_away(),
  vacant: () => m.lane_outcome_vacant(),
  duplicate: () => m.lane_outcome_duplicate(),
  ineligible: () => m.lane_outcome_ineligible(),
  inaccessible: () => m.lane_outcome_inaccessible(),
};
export const outcomeWord = (outcome: Outcome): string => OUTCOME[outcome]();

interface Look {
  readonly word: () => string;
  readonly tone: Tone;
  readonly icon: IconName;
}

export const DOOR_LOOK: Readonly<Record<DoorState, Look>> = {
  left: { word: () => m.lane_state_left(), tone: 'neutral', icon: 'door' },
  absent: { word: () => m.lane_state_absent(), tone: 'attention', icon: 'clock' },
  away: { word: () => m.lane_state_away(), tone: 'neutral', icon: 'flag' },
  // Refusing is a household's right: no word and no colour of blame.
  refused: { word: () => m.lane_state_refused(), tone: 'neutral', icon: 'minus' },
  done: { word: () => m.lane_state_done(), tone: 'done', icon: 'done' },
  out: { word: () => m.lane_state_out(), tone: 'neutral', icon: 'pause' },
};

const FILTER: Readonly<Record<Filter, () => string>> = {
  all: () => m.lane_filter_all(),
  left: () => m.lane_filter_left(),
  absent: () => m.lane_filter_absent(),
  refused: () => m.lane_filter_refused(),
  done: () => m.lane_filter_done(),
};
export const filterWord = (filter: Filter): string => FILTER[filter]();

const RESIDENCE: Readonly<Record<Residence, () => string>> = {
  permanent: () => m.lane_residence_permanent(),
  temporary: () => m.lane_residence_temporary(),
  boarding: () => m.lane_residence_boarding(),
};
export const residenceWord = (residence: Residence): string => RESIDENCE[residence]();
