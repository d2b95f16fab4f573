// A day's list of occurrences as people look for it: by who answers for it, and by group. Pure, for pages on both sides.
import type {
  CalendarReply,
  Chip,
  Counts,
  ItemInfo,
  OccurrenceView,
  Recorder,
} from '#features/evidence/calendar-schema.ts';

/** Needs somebody today: what is due, and what is late and not yet made good. */
export const needsWork = ({ state, fulfilled, required }: OccurrenceView): boolean =>
  state === 'due' || (state === 'late' && fulfilled < required);

/** Owed today or overdue; what may still be done on a later day can wait. */
export const isPressing = (one: OccurrenceView, today: string): boolean =>
  needsWork(one) && (one.state === 'late' || (one.dueOn !== null && one.dueOn <= today));

export interface DutyLine {
  readonly item: ItemInfo;
  readonly periodStart: string;
  /** In the order of the list: what needs looking at first stands first. */
  readonly occurrences: readonly OccurrenceView[];
  readonly counts: Counts;
  /** Owed today or overdue. */
  readonly open: number;
  /** Begun, with days left. */
  readonly later: number;
}

export interface PlaceBlock {
  /** A unit's or group's id; `groups`: what the groups answer for; `outside`; null: nobody is named. */
  readonly id: string | null;
  readonly lines: readonly DutyLine[];
  readonly counts: Counts;
  readonly open: number;
  readonly later: number;
  /** The nearest due time that has not passed. */
  readonly nextDueAt: string | null;
}

type Day = Pick<CalendarReply, 'today' | 'items' | 'units' | 'groups' | 'occurrences'>;

const count = (occurrences: readonly OccurrenceView[]): Counts => {
  const counts: Counts = {
    upcoming: 0,
    due: 0,
    met: 0,
    late: 0,
    missed: 0,
    excused: 0,
    'no-information': 0,
    ongoing: 0,
  };
  for (const { state } of occurrences) counts[state] += 1;
  return counts;
};

const tally = (occurrences: readonly OccurrenceView[], today: string) => {
  const open = occurrences.filter((one) => isPressing(one, today)).length;
  return { counts: count(occurrences), open, later: occurrences.filter(needsWork).length - open };
};

function blockOf(
  id: string | null,
  own: readonly OccurrenceView[],
  items: Map<string, ItemInfo>,
  today: string,
): PlaceBlock {
  const lines = [...Map.groupBy(own, (one) => `${one.itemId} ${one.periodStart}`).values()].flatMap(
    (occurrences): DutyLine[] => {
      const [first] = occurrences;
      const item = first && items.get(first.itemId);
      return item
        ? [
            {
              item,
              periodStart: first.periodStart,
              occurrences,
              ...tally(occurrences, today),
            },
          ]
        : [];
    },
  );
  const due = own.flatMap((one) =>
    isPressing(one, today) && one.dueAt !== null && (one.timeLeft ?? 0) > 0 ? [one.dueAt] : [],
  );
  return {
    id,
    lines,
    ...tally(own, today),
    nextDueAt: due.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null,
  };
}

/** Units in their order, then the groups together, then what names nobody of the ward. Empty ones are left out. */
export function byUnit(day: Day): PlaceBlock[] {
  const items = new Map(day.items.map((item) => [item.id, item]));
  const kept = Map.groupBy(day.occurrences, ({ itemId }) => items.get(itemId)?.accountable ?? null);
  return [...day.units.map(({ id }) => id), 'groups', 'outside', null].flatMap((id) => {
    const own = kept.get(id);
    return own ? [blockOf(id, own, items, day.today)] : [];
  });
}

/** Every group, one without duties too: that nothing is owed there is also an answer. Most open work first. */
export function byGroup(day: Day): PlaceBlock[] {
  const items = new Map(day.items.map((item) => [item.id, item]));
  const kept = Map.groupBy(day.occurrences, ({ areaId }) => areaId);
  return day.groups
    .map(({ id }) => blockOf(id, kept.get(id) ?? [], items, day.today))
    .toSorted((a, b) => b.open - a.open);
}

/** Days of a row's chips; those without a day, or due after the days shown, stand under null. */
export const chipsByDay = (chips: readonly Chip[]): Map<string | null, Chip[]> =>
  Map.groupBy(chips, ({ day }) => day);

/** Which occurrence a sheet is about, as the address says it: `item.period.group`, `*` for all groups of a duty. */
export interface SheetPlace {
  readonly item: string;
  readonly period: string;
  readonly area: string | null;
}

export const ALL_GROUPS = '*';

export const sheetName = (one: {
  readonly itemId: string;
  readonly periodStart: string;
  readonly areaId: string | null;
}): string => [one.itemId, one.periodStart, one.areaId ?? ''].join('.');

export function sheetPlace(name: string | null): SheetPlace | null {
  const [, item, period, area] =
    /^([0-9a-f-]{36})\.(\d{4}-\d{2}-\d{2})\.(\*|[0-9a-f-]{36})?$/.exec(name ?? '') ?? [];
  return item && period ? { item, period, area: area ?? null } : null;
}

/** The reader's unit that answers for a duty or works on it with others; null: they record as the group, or may not. */
export const recordingUnit = (
  item: Pick<ItemInfo, 'accountable' | 'cooperating'>,
  recorder: Pick<Recorder, 'unitIds'>,
): string | null =>
  [item.accountable, ...item.cooperating].find((id) => id !== null && recorder.unitIds.includes(id)) ?? null;

/** Whether it is somebody else's work that the reader would enter: the desk says then who did it and how it reached them. */
export const isForOthers = (
  item: Pick<ItemInfo, 'accountable' | 'cooperating'>,
  recorder: Recorder,
  areaId: string | null,
): boolean =>
  recorder.anywhere &&
  recordingUnit(item, recorder) === null &&
  !(areaId !== null && recorder.areaIds.includes(areaId));

/** The unit an act is recorded under: the reader's own, or the one that answers where the desk enters it. */
export const unitToRecord = (
  item: Pick<ItemInfo, 'accountable' | 'cooperating'>,
  recorder: Recorder,
  areaId: string | null,
): string | null =>
  recordingUnit(item, recorder) ??
  (recorder.anywhere && areaId === null && item.accountable !== 'groups' && item.accountable !== 'outside'
    ? item.accountable
    : null);

const INTRO =
  /^(?:trong|kết thúc|từ ngày|đến ngày|trước ngày|sau khi|hằng|hàng|định kỳ|mỗi|căn cứ|trên cơ sở|thường xuyên)(?!\p{L})[^,:;.]*[,:]\s+(?=\S.{15})/iu;

/** A title for narrow places: what opens the sentence ("Trong đợt cao điểm, từ ngày … đến ngày …,") tells little of the act. */
export function shortTitle(title: string): string {
  let rest = title;
  for (let cut = INTRO.exec(rest); cut; cut = INTRO.exec(rest)) rest = rest.slice(cut[0].length);
  return rest.charAt(0).toLocaleUpperCase('vi') + rest.slice(1);
}
