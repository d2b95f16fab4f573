/** How a door is said on screens. */
import { m } from '#messages/messages.js';
import { getLocale } from '#messages/runtime.js';
import { parseInstant } from '#core/clock.ts';
import { comeBackAt } from '#features/lane/model.ts';
import type { Door, HouseholdView } from '#features/lane/model.ts';
import type { LastVisit } from '#features/lane/rows.ts';
import { outcomeWord } from '#features/lane/words.ts';
import { formatDateTime, formatDayNear, formatTime } from '#ui/format.ts';

export const doorName = ({ lane, dwelling }: Door): string =>
  m.lane_door_title({ lane: lane.name, number: dwelling.houseNumber });

/** "Đào Thị Lành", or with how many more behind one door. */
export function peopleAt({ households }: Door): string {
  const [first] = households;
  if (!first) return m.lane_no_household();
  const name = first.household.headName;
  return households.length === 1 ? name : m.lane_households_more({ name, count: households.length - 1 });
}

/** "Hôm nay 19:00" */
export const nearTime = (at: number, now: number): string =>
  `${formatDayNear(at, now, getLocale())} ${formatTime(at)}`;

/** What is known from before: the time somebody is expected, or the last visit. */
export function whatBefore(door: Door, now: number): string {
  const back = comeBackAt(door);
  if (back !== null) return m.lane_expected({ when: nearTime(back, now) });
  const last = door.households.flatMap(({ visit }) => visit ?? []).at(0);
  return last ? lastTime(last) : m.lane_never_visited();
}

/** A household spoken to by telephone or Zalo alone still waits for somebody at its door. */
export function lastTime({ outcome, channel, doneAt }: LastVisit): string {
  const at = parseInstant(doneAt);
  return m.lane_last_time({
    what: outcome === 'met' && channel !== 'direct' ? m.lane_last_remote() : outcomeWord(outcome),
    when: at === undefined ? '' : formatDateTime(at, getLocale()),
  });
}

export function membersCount({ household }: HouseholdView): number | null {
  const members = household.members;
  if (!members) return null;
  const count = (members.under16 ?? 0) + (members.from16to59 ?? 0) + (members.from60 ?? 0);
  return count > 0 ? count : null;
}
