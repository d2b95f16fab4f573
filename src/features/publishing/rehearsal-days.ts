// What a sample ward posts, plays and looks after, day by day, as uneven as a real one: groups far ahead, steady, behind
// and silent, a portal on pace and one that will fall short, a week without a post. Pure, and drawn for each channel and
// day by itself, so that days drawn in two goes are the same as in one.
import { addDays, daysOf, weekday, weekOf } from '#core/calendar.ts';
import type { DateOn } from '#core/calendar.ts';
import { dayOf, instantOf, MINUTE } from '#core/clock.ts';
import type { Instant } from '#core/clock.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import type { ChannelKind } from '#features/publishing/channels.ts';

export interface SpeakingChannel {
  readonly id: string;
  readonly kind: ChannelKind;
  /** Of a group's chat: which of the ward's groups it is; else null. */
  readonly group: number | null;
  /** Which of the units that have such a channel. */
  readonly turn: number;
  readonly authorId: string;
  /** Another keeper, who may say they saw it. */
  readonly otherId: string | null;
}

export interface SpokenPost {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly at: Instant;
  /** Which of the approved texts. */
  readonly text: number;
  readonly hasLink: boolean;
  readonly picture: number | null;
  readonly confirmedBy: string | null;
  readonly undone: boolean;
  /** Of a loudspeaker: the hour of its plan. */
  readonly slot: string | null;
}

/** Hours of the loudspeakers' plan: early morning, late afternoon. */
export const SLOTS = ['05:30', '17:00'] as const;

/** Of ten groups, the same as at their doors: three far ahead, three steady, one late, one by Zalo, one behind, one silent. */
const PER_WEEK = [2, 1, 1, 1, 1, 2, 0.5, 1, 2, 0] as const;
const MONDAY = 1;
/** Days of a month on which a site has something new: the first on pace, the second not. */
const NEWS = [
  [7, 12, 15, 19, 22, 28],
  [6, 12, 20],
] as const;
/** The week in which the first page was forgotten, counted from the first Monday of the month. */
const FORGOTTEN_WEEK = 2;
const EVENING = { from: 18 * 60 + 30, to: 21 * 60 + 15 } as const;
const OFFICE = { from: 8 * 60 + 30, to: 16 * 60 } as const;

const weekOfMonth = (day: DateOn): number => Math.floor((Number(weekOf(day).from.slice(8)) - 1) / 7);

/** Posts of this day, each with the minute of the day. */
function minutesOn(
  channel: SpeakingChannel,
  day: DateOn,
  chance: Chance,
): { minute: number; slot?: string }[] {
  const within = ({ from, to }: typeof EVENING | typeof OFFICE) => ({ minute: chance.int(from, to) });
  switch (channel.kind) {
    case 'zalo-group': {
      const perWeek = PER_WEEK[(channel.group ?? 0) % PER_WEEK.length] ?? 1;
      const away = perWeek < 1 && weekOfMonth(day) % 2 === 0;
      // A group has its own evenings, the late one only the last of the week.
      const first = 2 + ((channel.group ?? 0) % 5);
      const evenings = perWeek === 0 || away ? [] : perWeek === 2 ? [first, first === 6 ? 3 : 6] : [first];
      return evenings.includes(weekday(day)) ? [within(EVENING)] : [];
    }
    case 'zalo':
      return (weekday(day) === 2 || weekday(day) === 5) && weekOfMonth(day) !== FORGOTTEN_WEEK
        ? [within(OFFICE)]
        : [];
    case 'facebook':
      return weekday(day) === 4 ? [within(OFFICE)] : [];
    case 'website':
      return NEWS[channel.turn % 2]?.some((date) => date === Number(day.slice(8))) ? [within(OFFICE)] : [];
    case 'loudspeaker': {
      const hours = channel.turn === 0 ? SLOTS : SLOTS.slice(1);
      return hours
        .filter(() => chance.odds(0.92))
        .map((slot) => ({
          minute: Number(slot.slice(0, 2)) * 60 + Number(slot.slice(3)) + chance.int(0, 9),
          slot,
        }));
    }
    // The design was agreed in the first week; the panel stands from its end.
    case 'panel':
      return day.endsWith('-08') ? [within(OFFICE)] : [];
    default:
      return [];
  }
}

function postsOn(channel: SpeakingChannel, day: DateOn, chance: Chance): SpokenPost[] {
  const id = chance.branch('ids').ids(instantOf(day));
  const isChat = channel.kind === 'zalo-group';
  return minutesOn(channel, day, chance).map(({ minute, slot }) => {
    const shown = chance.next();
    return {
      ...{ id: id(), channelId: channel.id, authorId: channel.authorId, slot: slot ?? null },
      at: instantOf(day) + minute * MINUTE + chance.int(0, 59) * 1_000,
      text: chance.int(0, 999),
      hasLink: !isChat && slot === undefined,
      // A screenshot of three in ten; of those left, some were seen by another keeper, and some have only the tap.
      picture: isChat && shown < 0.3 ? chance.int(10, 29) : null,
      confirmedBy: isChat && shown > 0.6 ? channel.otherId : null,
      undone: (isChat || slot !== undefined) && chance.odds(0.03),
    };
  });
}

/** After `after`, until `until`, both to the minute. */
export function drawPosts(
  channels: readonly SpeakingChannel[],
  after: Instant,
  until: Instant,
  chance: Chance,
): SpokenPost[] {
  const days = daysOf({ from: dayOf(after), to: dayOf(until) });
  return channels
    .flatMap((channel) => days.flatMap((day) => postsOn(channel, day, chance.branch(`${channel.id}/${day}`))))
    .filter(({ at }) => at > after && at <= until)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Lines of a cluster's plan: what was to be played on these days, and a week ahead. */
export function drawLines(
  channels: readonly SpeakingChannel[],
  from: DateOn,
  to: DateOn,
): { channelId: string; day: DateOn; time: string; text: number }[] {
  return channels
    .filter(({ kind }) => kind === 'loudspeaker')
    .flatMap(({ id, turn }) =>
      daysOf({ from, to: addDays(to, 7 - ((weekday(to) - MONDAY + 7) % 7)) }).flatMap((day) =>
        (turn === 0 ? SLOTS : SLOTS.slice(1)).map((time) => ({
          ...{ channelId: id, day, time },
          text: Number(day.slice(8)) + (time === SLOTS[0] ? 0 : 1),
        })),
      ),
    );
}

export type SeenState = 'good' | 'worn' | 'damaged';

/** A look at a site on the day it is due or a day or two later; one in nine is forgotten until somebody asks. */
export function drawChecks(
  sites: readonly { readonly id: string; readonly dueOn: DateOn; readonly everyDays: number }[],
  after: Instant,
  until: Instant,
  chance: Chance,
): { siteId: string; id: string; at: Instant; condition: SeenState }[] {
  return sites.flatMap(({ id: siteId, dueOn, everyDays }, n) => {
    if (n % 9 === 8) return [];
    const found = [];
    let due = dueOn;
    while (due <= dayOf(until)) {
      const drawn = chance.branch(`${siteId}/${due}`);
      const day = addDays(due, drawn.int(0, 2));
      const at = instantOf(day) + drawn.int(OFFICE.from, OFFICE.to) * MINUTE;
      const how = drawn.next();
      const condition: SeenState = how < 0.7 ? 'good' : how < 0.9 ? 'worn' : 'damaged';
      if (at > after && at <= until) found.push({ siteId, id: drawn.ids(at)(), at, condition });
      due = addDays(day, everyDays);
    }
    return found;
  });
}
