// One key per door, for whoever types in an evening's sheets. The record is the same as a phone's, told as from paper:
// the stated day decides what it counts for, the time of typing is kept beside it. Pure.
import { instantOf, isoOf, parseInstant } from '#core/clock.ts';

export interface PaperKey {
  readonly key: string;
  readonly outcome:
    'met' | 'nobody-home' | 'working-away' | 'refused' | 'moved-away' | 'vacant' | 'inaccessible';
  readonly signed: boolean;
}

/** What a tick on a collective list, or a signed form that was scanned, says. */
export const SIGNED: PaperKey = { key: '1', outcome: 'met', signed: true };

export const PAPER_KEYS: readonly PaperKey[] = [
  SIGNED,
  { key: '2', outcome: 'met', signed: false },
  { key: '3', outcome: 'nobody-home', signed: false },
  { key: '4', outcome: 'working-away', signed: false },
  { key: '5', outcome: 'refused', signed: false },
  { key: '6', outcome: 'moved-away', signed: false },
  { key: '7', outcome: 'vacant', signed: false },
  { key: '8', outcome: 'inaccessible', signed: false },
];

export const PAPER_PLACES = ['home', 'meeting', 'culture-house', 'leader-house'] as const;
export type PaperPlace = (typeof PAPER_PLACES)[number];

export interface PaperSheet {
  readonly campaignId: string;
  readonly groupId: string;
  readonly visitorId: string;
  /** Who types: what is taken back is their own slip, not the visitor's. */
  readonly typistId: string;
  /** The evening the sheet is of. */
  readonly day: string;
  readonly textVersion: number | null;
  /** At home door by door, or many households at one gathering. */
  readonly place: PaperPlace;
  /** Hashes of the photos of the list it is typed from: the original of each household ticked on it. */
  readonly photos?: readonly string[];
}

export interface Typed {
  readonly id: string;
  readonly householdId: string;
  readonly key: PaperKey;
  /** This machine's clock. */
  readonly at: number;
}

/** An evening's work is told for 19:00 of its day, or for now where that has not come. */
const doneAt = (day: string, now: number): string => isoOf(Math.min(instantOf(day, '19:00'), now));

export function recordOf(sheet: PaperSheet, typed: Typed, clockOffset: number) {
  const { key } = typed;
  const signs = key.signed && sheet.textVersion !== null;
  return {
    id: typed.id,
    type: 'visit',
    typeVersion: 1,
    campaignId: sheet.campaignId,
    groupId: sheet.groupId,
    authorId: sheet.visitorId,
    deviceId: null,
    recordedAt: isoOf(typed.at),
    clockOffset,
    body: {
      householdId: typed.householdId,
      outcome: key.outcome,
      topics: [],
      channel: 'direct',
      place: sheet.place,
      how: 'from-paper',
      doneAt: doneAt(sheet.day, typed.at + clockOffset),
      mediaIds: [...(sheet.photos ?? [])],
      ...(signs
        ? {
            pledge: {
              original: 'paper',
              signer: 'head',
              adult: true,
              textVersion: sheet.textVersion,
              consents: [],
            },
          }
        : {}),
    },
  };
}

/** A slip the ward has already received: the visit, and the pledge signed within it, is taken back and counts nowhere. */
export function slipOf(
  sheet: PaperSheet,
  slip: { readonly id: string; readonly visitId: string; readonly at: number; readonly reason: string },
  clockOffset: number,
) {
  return {
    id: slip.id,
    type: 'take-back',
    typeVersion: 1,
    campaignId: sheet.campaignId,
    groupId: sheet.groupId,
    authorId: sheet.typistId,
    deviceId: null,
    recordedAt: isoOf(slip.at),
    clockOffset,
    body: { visitId: slip.visitId, reason: slip.reason },
  };
}
export type PaperRecord = ReturnType<typeof recordOf> | ReturnType<typeof slipOf>;

/** Campaign time less this machine's, as the page was sent. */
export const offsetOf = (campaignNow: string, machineNow: number): number =>
  (parseInstant(campaignNow) ?? machineNow) - machineNow;
