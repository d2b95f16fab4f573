/**
 * Households as duties tell them: an evidence of "visited 24 homes" is a statement of a number, with no row for each
 * home. It counts until a register of households says more, and stays beside it as what was stated.
 */
import { dateOfNumber } from '#core/calendar.ts';
import { isKnown } from '#features/plan/engine/acts.ts';
import type { MeasureAsk, MeasureDay, MeasureSource, Running } from '#features/dashboards/ports.ts';
import type { MeasureKey } from '#features/dashboards/model.ts';
import type { Duty } from '#features/plan/model.ts';

/** What a group does at its doors, and the measure it adds to. */
const ACTIVITY: Readonly<Partial<Record<MeasureKey, Duty['activity']>>> = {
  'household.reached': 'visit',
  'household.pledged': 'pledge',
};

function itemsOf({ version }: Running, measure: MeasureKey): string[] {
  const activity = ACTIVITY[measure];
  return version.items.flatMap((item) =>
    item.kind === 'duty' && item.scope === 'group' && item.activity === activity ? [item.id] : [],
  );
}

/** Duties that ask for the same act twice are one act: each evidence counts once. */
function dailyOf({ running, groupIds }: MeasureAsk, itemIds: readonly string[]): MeasureDay[] {
  const { calendar, acts } = running;
  const wanted = new Set(groupIds);
  return calendar.groups.flatMap((place) => {
    if (place.areaId === null || !wanted.has(place.areaId)) return [];
    const once = new Map<string, { readonly day: number; readonly count: number }>();
    for (const itemId of itemIds)
      for (const act of acts.of(itemId, place)) if (isKnown(act, acts.seenAt)) once.set(act.evidenceId, act);
    return [...once.values()].map(({ day, count }) => ({
      areaId: place.areaId,
      day: dateOfNumber(day),
      n: count,
    }));
  });
}

export const evidenceSource: MeasureSource = {
  name: 'evidence',
  weight: 'stated',
  items: itemsOf,
  daily(ask) {
    const itemIds = itemsOf(ask.running, ask.measure);
    return Promise.resolve(itemIds.length === 0 ? undefined : dailyOf(ask, itemIds));
  },
};
