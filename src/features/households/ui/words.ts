// Words for the closed lists of the register and its visits.
import { m } from '#messages/messages.js';

const OUTCOMES: Readonly<Record<string, () => string>> = {
  met: m.households_outcome_met,
  'nobody-home': m.households_outcome_nobody_home,
  'working-away': m.households_outcome_working_away,
  refused: m.households_outcome_refused,
  'moved-away': m.households_outcome_moved_away,
  vacant: m.households_outcome_vacant,
  duplicate: m.households_outcome_duplicate,
  ineligible: m.households_outcome_ineligible,
  inaccessible: m.households_outcome_inaccessible,
  none: m.households_outcome_none,
};
export const outcomeWord = (outcome: string): string => OUTCOMES[outcome]?.() ?? outcome;

const RESIDENCES: Readonly<Record<string, () => string>> = {
  permanent: m.households_permanent,
  temporary: m.households_temporary,
  boarding: m.households_boarding,
};
export const residenceWord = (residence: string): string => RESIDENCES[residence]?.() ?? residence;

const FLAGS: Readonly<Record<string, () => string>> = {
  'possible-duplicate': m.households_flag_possible_duplicate,
  'too-fast': m.households_flag_too_fast,
  'outside-hours': m.households_flag_outside_hours,
  'far-from-door': m.households_flag_far_from_door,
  clock: m.households_flag_clock,
};
export const flagWord = (flag: string): string => FLAGS[flag]?.() ?? flag;

const CHANNELS: Readonly<Record<string, () => string>> = {
  direct: m.households_channel_direct,
  phone: m.households_channel_phone,
  zalo: m.households_channel_zalo,
};
export const channelWord = (channel: string): string => CHANNELS[channel]?.() ?? channel;

const FIELDS: Readonly<Record<string, () => string>> = {
  headName: m.households_head,
  residence: m.households_residence,
  members: m.households_members,
  phone: m.households_phone,
  addressWritten: m.households_address,
  smartphone: m.households_smartphone,
  respected: m.households_respected,
};
export const fieldWord = (field: string): string => FIELDS[field]?.() ?? field;

const BARRED: Readonly<Record<string, () => string>> = {
  'exclusions.not-yours-to-decide': m.problem_exclusions_not_yours_to_decide,
  'exclusions.own-request': m.problem_exclusions_own_request,
  'exclusions.own-team': m.problem_exclusions_own_team,
  'exclusions.officer-asked': m.problem_exclusions_officer_asked,
  'exclusions.officer-decides': m.problem_exclusions_officer_decides,
};
export const barredWord = (code: string): string => BARRED[code]?.() ?? code;

const PLACES: Readonly<Record<string, () => string>> = {
  home: m.households_place_home,
  meeting: m.households_place_meeting,
  'culture-house': m.households_place_culture_house,
  'leader-house': m.households_place_leader_house,
  elsewhere: m.households_place_elsewhere,
};
export const placeWord = (place: string): string => PLACES[place]?.() ?? place;
