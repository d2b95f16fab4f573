/**
 * Channels and what is posted in them: which duties of the plan a post serves, how a channel stands against the number
 * the plan asks in a period, and what somebody should look at again. Pure; a figure never changes by a doubt.
 */
import {
  addDays,
  daysBetween,
  fortnightOf,
  halfYearOf,
  lengthOf,
  monthOf,
  quarterOf,
  weekOf,
  yearOf,
} from '#core/calendar.ts';
import type { ClosedRange, DateOn } from '#core/calendar.ts';
import { fold } from '#core/vietnamese.ts';
import { isTheirs, versionOn } from '#features/evidence/model.ts';
import type { Duty, PlanItem, PlanVersion, Target } from '#features/plan/model.ts';

/** A subset of the plan's channels: what can be opened, named and posted in. */
export const CHANNEL_KINDS = [
  'zalo-group',
  'zalo',
  'facebook',
  'website',
  'loudspeaker',
  'poster',
  'banner',
  'panel',
] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export interface Channel {
  readonly kind: ChannelKind;
  readonly unitId: string | null;
  /** A group's own chat. */
  readonly areaId: string | null;
}

type Counted = (Duty | Target) & { readonly per: Period; readonly count: number };
type Period = 'day' | 'week' | 'fortnight' | 'month' | 'quarter' | 'half-year' | 'year' | 'campaign';

const ACTS = new Set(['post', 'broadcast', 'display', 'inform']);

/** Words of a plan that mean a page of whichever network. */
const COVERS: Readonly<Partial<Record<string, readonly ChannelKind[]>>> = {
  social: ['zalo', 'facebook'],
  press: ['website'],
};

const named = (item: Duty | Target, kind: ChannelKind): boolean =>
  item.channels.some((channel) => channel === kind || (COVERS[channel]?.includes(kind) ?? false));

function countedOf(item: PlanItem): Counted | null {
  if (item.kind === 'duty')
    return item.cadence?.per && ACTS.has(item.activity)
      ? { ...item, per: item.cadence.per, count: item.cadence.count }
      : null;
  if (item.kind === 'target')
    return item.per && item.unit !== 'percent' ? { ...item, per: item.per, count: item.value } : null;
  return null;
}

/**
 * What of the plan a post in this channel counts for, by the version in force on the day. A target of news items names
 * no channel where the paper says "cổng": any website of the ward serves it.
 */
export function servedBy(versions: readonly PlanVersion[], channel: Channel, on: DateOn): Counted[] {
  const items = versionOn(versions, on)?.items ?? [];
  return items
    .map(countedOf)
    .filter((item) => item !== null)
    .filter(
      (item) =>
        named(item, channel.kind) ||
        (item.kind === 'target' && item.channels.length === 0 && channel.kind === 'website'),
    )
    .filter((item) => isTheirs(item, channel));
}

const HANGING: readonly ChannelKind[] = ['poster', 'banner', 'panel'];

/**
 * Notices the paper wants put up without saying how many ("niêm yết tại nhà văn hóa, trường học"): each one hung is
 * evidence, though there is no number to count towards.
 */
export function shownBy(versions: readonly PlanVersion[], channel: Channel, on: DateOn): Duty[] {
  if (!HANGING.includes(channel.kind)) return [];
  return (versionOn(versions, on)?.items ?? []).filter(
    (item): item is Duty =>
      item.kind === 'duty' &&
      item.cadence === null &&
      ACTS.has(item.activity) &&
      named(item, channel.kind) &&
      isTheirs(item, channel),
  );
}

/**
 * What stands against a channel: what a post there counts for, and the paper's figure of news items where it names the
 * owner of the site too ("đăng trên Cổng thông tin của UBND phường và của Công an phường": five on each of two). One
 * unit answers for that figure and has the evidence; the other's site is counted for itself. `words`: the paper's own,
 * which a title may cut off.
 */
export function askedOf(
  versions: readonly PlanVersion[],
  words: ReadonlyMap<string, string | null>,
  channel: Channel & { readonly owner: string },
  on: DateOn,
): Counted[] {
  const own = servedBy(versions, channel, on);
  if (channel.kind !== 'website' || channel.unitId === null || channel.owner === '') return own;
  const owner = fold(channel.owner);
  const said = (versionOn(versions, on)?.items ?? [])
    .filter(
      (item) =>
        item.kind === 'target' &&
        item.channels.length === 0 &&
        fold(words.get(item.id) ?? item.title).includes(owner),
    )
    .map(countedOf)
    .filter((item) => item !== null);
  return [...own, ...said.filter(({ id }) => !own.some((item) => item.id === id))];
}

/** The period of a cadence that a day lies in. */
export function periodOf(per: Period, on: DateOn, campaign: ClosedRange): ClosedRange {
  switch (per) {
    case 'day':
      return { from: on, to: on };
    case 'week':
      return weekOf(on);
    case 'fortnight':
      return fortnightOf(on, campaign.from);
    case 'month':
      return monthOf(on);
    case 'quarter':
      return quarterOf(on);
    case 'half-year':
      return halfYearOf(on);
    case 'year':
      return yearOf(on);
    case 'campaign':
      return campaign;
  }
}

export interface Standing {
  readonly period: ClosedRange;
  readonly needed: number;
  readonly done: number;
  /** At the pace of this period so far, how many will be missing at its end; 0: none. Null: it has only begun. */
  readonly foreseenShort: number | null;
  readonly daysLeft: number;
}

/** `days` are the days of standing posts, one entry a post. */
export function standingOf(
  item: Pick<Counted, 'per' | 'count'>,
  days: readonly DateOn[],
  today: DateOn,
  campaign: ClosedRange,
): Standing {
  const period = periodOf(item.per, today, campaign);
  const done = days.filter((day) => day >= period.from && day <= period.to).length;
  const all = lengthOf(period);
  const passed = Math.min(all, daysBetween(period.from, today) + 1);
  const short = Math.max(0, item.count - done);
  // A third of the period must have passed before its pace says anything: on a Monday nobody is behind.
  const foreseen = Math.max(0, item.count - Math.floor((done / passed) * all));
  return {
    period,
    needed: item.count,
    done,
    foreseenShort: short === 0 ? 0 : passed * 3 < all ? null : Math.max(foreseen, passed === all ? short : 0),
    daysLeft: all - passed,
  };
}

/**
 * Since when the shortfall said today has been said without a break: the first day on which somebody could have known
 * and acted. Null where none is said.
 */
export function foreseenSince(
  item: Pick<Counted, 'per' | 'count'>,
  days: readonly DateOn[],
  today: DateOn,
  campaign: ClosedRange,
): DateOn | null {
  const { from } = periodOf(item.per, today, campaign);
  let since: DateOn | null = null;
  for (let day = today; day >= from; day = addDays(day, -1)) {
    const known = days.filter((one) => one <= day);
    if ((standingOf(item, known, day, campaign).foreseenShort ?? 0) === 0) break;
    since = day;
  }
  return since;
}

export interface PastPeriod extends ClosedRange {
  readonly needed: number;
  readonly done: number;
  readonly foreseenSince: DateOn | null;
}

/** Periods that are over, newest first, back to the one in which the plan began to ask; at most `most`. */
export function pastPeriods(
  item: Pick<Counted, 'per' | 'count'>,
  days: readonly DateOn[],
  askedFrom: DateOn,
  today: DateOn,
  campaign: ClosedRange,
  most: number,
): PastPeriod[] {
  const past: PastPeriod[] = [];
  let last = addDays(periodOf(item.per, today, campaign).from, -1);
  while (last >= askedFrom && past.length < most) {
    const { period, done, needed } = standingOf(item, days, last, campaign);
    past.push({ ...period, needed, done, foreseenSince: foreseenSince(item, days, last, campaign) });
    last = addDays(period.from, -1);
  }
  return past;
}

export const DOUBTS = ['same-picture', 'no-proof', 'outside-window', 'dead-link'] as const;
export type Doubt = (typeof DOUBTS)[number];

interface Proof {
  readonly link: string | null;
  readonly pictures: readonly string[];
  /** `HH:MM` in campaign time. */
  readonly time: string;
  readonly confirmed: boolean;
  /** Its link was looked at, and nothing is there any more. */
  readonly linkGone?: boolean;
}

/**
 * What a person should look at: the same screenshot as another post's, nothing but a tap, outside the plan's hours, a
 * link that leads nowhere.
 */
export function doubtsOf(
  proof: Proof,
  othersPictures: ReadonlySet<string>,
  windows: readonly { readonly from: string; readonly to: string }[],
): Doubt[] {
  const found: Doubt[] = [];
  if (proof.pictures.some((hash) => othersPictures.has(hash))) found.push('same-picture');
  if (proof.link === null && proof.pictures.length === 0 && !proof.confirmed) found.push('no-proof');
  if (windows.length > 0 && !windows.some(({ from, to }) => proof.time >= from && proof.time < to))
    found.push('outside-window');
  if (proof.linkGone === true) found.push('dead-link');
  return found;
}
