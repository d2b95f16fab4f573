/**
 * From what was tapped at a door to frozen records. Every body passes the same schema the server holds it against, here,
 * before it is queued: what the phone accepts the server will not refuse for its shape.
 */
import { isoOf } from '#core/clock.ts';
import { dwellingId, firstHouseholdId, foldHouseNumber, laneId } from '#protocol/identity.ts';
import type { FieldRecord } from '#protocol/envelope.ts';
import { EDITABLE, sameValue } from '#features/households/engine/merging.ts';
import * as households from '#features/households/schema.ts';
import type { HouseholdRow } from '#features/lane/rows.ts';
import type { Residence } from '#features/lane/words.ts';
import { TakeBackBody, VictimSignalBody, VisitBody } from '#features/visits/schema.ts';
import type { Outcome } from '#features/visits/schema.ts';
import { PledgeWithdrawalBody } from '#features/pledges/schema.ts';
import type { Signing } from '#features/pledges/schema.ts';
import type * as z from 'zod/mini';

/** Who records, where and when; time and ids are arguments. */
export interface Pen {
  readonly campaignId: string;
  readonly groupId: string;
  readonly personId: string;
  readonly deviceId: string | null;
  /** The phone's own clock, right or wrong. */
  readonly phoneNow: number;
  /** Campaign time minus the phone's, as last measured. */
  readonly offset: number | null;
  readonly newId: () => string;
}

/** What stands half filled at a door, per household; kept after every tap, so a dead battery costs nothing. */
export interface DoorDraft {
  readonly householdId: string;
  readonly outcome: Outcome | null;
  /** Campaign instant. */
  readonly comeBackAt: number | null;
  readonly metWho: 'head' | 'member' | 'owner' | 'other' | null;
  readonly membersTold: number | null;
  readonly topics: readonly string[];
  readonly zalo: 'own-member' | 'received-by' | 'no-smartphone' | 'not-yet' | null;
  readonly zaloReceivedBy: string;
  readonly flyerLeft: boolean;
  readonly place: 'home' | 'leader-house' | 'culture-house' | 'meeting' | 'elsewhere';
  readonly fromPaper: boolean;
  readonly signed: 'paper' | 'phone' | null;
  readonly signer: Signing['signer'];
  readonly witness: string;
  readonly consents: readonly string[];
  readonly strokes: string | null;
  readonly mediaIds: readonly string[];
  /** Of these, what is not of the signed paper; drafts of an earlier build have none. */
  readonly otherMediaIds?: readonly string[];
}

export const emptyDraft = (householdId: string): DoorDraft => ({
  householdId,
  outcome: null,
  comeBackAt: null,
  metWho: null,
  membersTold: null,
  topics: [],
  zalo: null,
  zaloReceivedBy: '',
  flyerLeft: false,
  place: 'home',
  fromPaper: false,
  signed: null,
  signer: 'head',
  witness: '',
  consents: [],
  strokes: null,
  mediaIds: [],
});

export type Missing = 'outcome' | 'witness' | 'strokes' | 'received-by';

/** What still has to be said before it can be recorded; null: complete. */
export function missingIn(draft: DoorDraft): Missing | null {
  if (draft.outcome === null) return 'outcome';
  if (draft.outcome !== 'met') return null;
  if (draft.signed !== null && draft.signer === 'relative-for-signer' && draft.witness.trim() === '')
    return 'witness';
  if (draft.signed === 'phone' && draft.strokes === null) return 'strokes';
  return null;
}

function frozen(
  pen: Pen,
  type: string,
  id: string,
  body: Record<string, unknown>,
  needs: readonly string[] = [],
): FieldRecord {
  return {
    id,
    type,
    typeVersion: 1,
    campaignId: pen.campaignId,
    groupId: pen.groupId,
    authorId: pen.personId,
    deviceId: pen.deviceId,
    recordedAt: isoOf(pen.phoneNow),
    clockOffset: pen.offset === null ? null : Math.round(pen.offset),
    ...(needs.length > 0 ? { needs: [...needs] } : {}),
    body,
  };
}

/** Throws for a bug of ours only: screens do not offer what these schemas refuse. */
function checked<T extends z.ZodMiniType>(shape: T, body: unknown): Record<string, unknown> {
  return shape.parse(body) as Record<string, unknown>;
}

const campaignNow = (pen: Pen): number => pen.phoneNow + (pen.offset ?? 0);

function signing(draft: DoorDraft, textVersion: number, receiptCode: string | null): Signing | undefined {
  if (draft.signed === null) return undefined;
  return {
    original: draft.signed,
    signer: draft.signer,
    adult: true,
    textVersion,
    consents: [...draft.consents],
    ...(draft.signer === 'relative-for-signer' ? { witness: draft.witness.trim() } : {}),
    ...(draft.signed === 'phone' && draft.strokes !== null ? { strokes: draft.strokes } : {}),
    ...(draft.signed === 'phone' && receiptCode !== null ? { receiptCode } : {}),
  };
}

export interface VisitExtras {
  readonly textVersion: number;
  readonly receiptCode: string | null;
  readonly needs: readonly string[];
}

export function visitRecord(pen: Pen, draft: DoorDraft, extras: VisitExtras): FieldRecord {
  const met = draft.outcome === 'met';
  const pledge = met ? signing(draft, extras.textVersion, extras.receiptCode) : undefined;
  const body = checked(VisitBody, {
    householdId: draft.householdId,
    outcome: draft.outcome,
    topics: met ? [...draft.topics] : [],
    channel: 'direct',
    place: draft.place,
    how: draft.fromPaper ? 'from-paper' : 'on-the-spot',
    doneAt: isoOf(draft.fromPaper ? campaignNow(pen) : pen.phoneNow),
    mediaIds: [...draft.mediaIds],
    ...(draft.otherMediaIds && draft.otherMediaIds.length > 0
      ? { otherMediaIds: [...draft.otherMediaIds] }
      : {}),
    ...(draft.outcome === 'nobody-home' && draft.comeBackAt !== null
      ? { comeBackAt: isoOf(draft.comeBackAt) }
      : {}),
    ...(met && whoMet(draft) !== null ? { metWho: whoMet(draft) } : {}),
    ...(met && draft.membersTold !== null ? { membersTold: draft.membersTold } : {}),
    ...(met && draft.zalo !== null ? { zalo: zaloOf(draft) } : {}),
    ...(draft.flyerLeft ? { flyerLeft: true } : {}),
    ...(pledge ? { pledge } : {}),
  });
  return frozen(pen, 'visit', pen.newId(), body, extras.needs);
}

/** Who signed was met; nobody is asked twice. */
function whoMet({ metWho, signed, signer }: DoorDraft): DoorDraft['metWho'] {
  if (metWho !== null || signed === null) return metWho;
  return signer === 'head' || signer === 'owner' ? signer : 'member';
}

function zaloOf({ zalo, zaloReceivedBy }: DoorDraft) {
  const by = zaloReceivedBy.trim();
  return zalo === 'received-by' && by !== '' ? { state: zalo, receivedBy: by } : { state: zalo };
}

export const takeBackRecord = (pen: Pen, visitId: string, reason: string): FieldRecord =>
  frozen(pen, 'take-back', pen.newId(), checked(TakeBackBody, { visitId, reason }));

export const withdrawalRecord = (
  pen: Pen,
  pledgeId: string,
  reason: string,
  needs: readonly string[],
): FieldRecord =>
  frozen(pen, 'pledge-withdrawal', pen.newId(), checked(PledgeWithdrawalBody, { pledgeId, reason }), needs);

export function victimSignal(
  pen: Pen,
  isHousehold: boolean,
  told: 'duty-desk' | 'area-officer' | 'none',
): FieldRecord {
  const body = checked(VictimSignalBody, { at: isoOf(campaignNow(pen)), isHousehold, told });
  return frozen(pen, 'victim-signal', pen.newId(), body);
}

export function exclusionRequest(
  pen: Pen,
  householdId: string,
  reason: (typeof households.EXCLUSION_REASONS)[number],
): FieldRecord {
  const body = checked(households.ExclusionRequestBody, { householdId, reason });
  return frozen(pen, 'exclusion-request', pen.newId(), body);
}

export interface NewHousehold {
  readonly laneName: string;
  readonly houseNumber: string;
  readonly headName: string;
  readonly residence: Residence;
  readonly boarding: boolean;
  /** Read off a citizen card. */
  readonly headBornYear?: number | undefined;
  readonly addressWritten?: string | undefined;
  readonly identityMasked?: string | undefined;
}

/** Ids of lanes and doors that are here already; what is there is not recorded a second time. */
export interface Known {
  lane(id: string): boolean;
  dwelling(id: string): boolean;
  /** Ordinals of the households behind a door. */
  ordinals(dwellingId: string): readonly number[];
}

const laneRecord = (pen: Pen, id: string, name: string): FieldRecord =>
  frozen(pen, 'lane', pen.newId(), checked(households.LaneBody, { laneId: id, name }));

const dwellingRecord = (
  pen: Pen,
  id: string,
  lane: string,
  houseNumber: string,
  kind: (typeof households.DWELLING_KINDS)[number],
  needs: readonly string[],
): FieldRecord =>
  frozen(
    pen,
    'dwelling',
    pen.newId(),
    checked(households.DwellingBody, { dwellingId: id, laneId: lane, houseNumber, kind }),
    needs,
  );

/** A household found at the door: lane and door are made on the way where they are not here yet. */
export function householdRecords(pen: Pen, wish: NewHousehold, known: Known): FieldRecord[] {
  const lane = laneId(pen.groupId, wish.laneName);
  const dwelling = dwellingId(lane, wish.houseNumber);
  const records: FieldRecord[] = [];
  if (!known.lane(lane)) records.push(laneRecord(pen, lane, wish.laneName.trim()));
  if (!known.dwelling(dwelling))
    records.push(
      dwellingRecord(
        pen,
        dwelling,
        lane,
        wish.houseNumber.trim(),
        wish.boarding ? 'boarding-house' : 'house',
        records.map(({ id }) => id),
      ),
    );
  const n = Math.max(0, ...known.ordinals(dwelling)) + 1;
  const body = checked(households.HouseholdBody, {
    householdId: n === 1 ? firstHouseholdId(dwelling) : pen.newId(),
    dwellingId: dwelling,
    n,
    headName: wish.headName.trim(),
    residence: wish.residence,
    ...(wish.headBornYear === undefined ? {} : { headBornYear: wish.headBornYear }),
    ...(wish.addressWritten ? { addressWritten: wish.addressWritten.slice(0, 300) } : {}),
    ...(wish.identityMasked === undefined ? {} : { identityMasked: wish.identityMasked }),
  });
  records.push(
    frozen(
      pen,
      'household',
      pen.newId(),
      body,
      records.map(({ id }) => id),
    ),
  );
  return records;
}

/** What stands in the form of a household; an empty text is nothing known. */
export interface HouseholdWish {
  readonly headName: string;
  readonly residence: Residence;
  /** E.164. */
  readonly phone: string | null;
  readonly members: households.Members | null;
  readonly smartphone: boolean | null;
  readonly addressWritten: string | null;
  readonly respected: boolean;
}

export const wishOf = (seen: HouseholdRow): HouseholdWish => ({
  headName: seen.headName,
  residence: seen.residence,
  phone: seen.phone ?? null,
  members: seen.members ?? null,
  smartphone: seen.smartphone ?? null,
  addressWritten: seen.addressWritten ?? null,
  respected: seen.respected ?? false,
});

/**
 * What was mended of a household, field by field with what its author saw, so that a change made elsewhere meanwhile is
 * told and not written over unseen. null: nothing was.
 */
export function householdEdit(
  pen: Pen,
  seen: HouseholdRow,
  wish: HouseholdWish,
  needs: readonly string[],
): FieldRecord | null {
  const before = wishOf(seen);
  const changed = EDITABLE.filter((field) => !sameValue(before[field], wish[field]));
  if (changed.length === 0) return null;
  const set = Object.fromEntries(changed.map((field) => [field, { from: before[field], to: wish[field] }]));
  const body = checked(households.HouseholdEditBody, { householdId: seen.id, set });
  return frozen(pen, 'household-edit', pen.newId(), body, needs);
}

/** "Ngõ 12, số 1–45 lẻ": the doors of a lane at one stroke, to be filled while walking. */
export function layOutRecords(
  pen: Pen,
  laneName: string,
  numbers: readonly string[],
  known: Known,
): FieldRecord[] {
  const lane = laneId(pen.groupId, laneName);
  const records: FieldRecord[] = [];
  if (!known.lane(lane)) records.push(laneRecord(pen, lane, laneName.trim()));
  const needs = records.map(({ id }) => id);
  const made = new Set<string>();
  for (const number of numbers) {
    const id = dwellingId(lane, number);
    if (known.dwelling(id) || made.has(foldHouseNumber(number))) continue;
    made.add(foldHouseNumber(number));
    records.push(dwellingRecord(pen, id, lane, number, 'house', needs));
  }
  return records;
}

export function laneOrderRecord(pen: Pen, lane: string, dwellingIds: readonly string[]): FieldRecord {
  const body = checked(households.LaneOrderBody, { laneId: lane, dwellingIds: [...dwellingIds] });
  return frozen(pen, 'lane-order', pen.newId(), body);
}

/** until null: the door is given back. */
export function doorClaim(
  pen: Pen,
  dwelling: string,
  until: number | null,
  needs: readonly string[],
): FieldRecord {
  const body = checked(households.DoorClaimBody, {
    dwellingId: dwelling,
    until: until === null ? null : isoOf(until),
  });
  return frozen(pen, 'door-claim', pen.newId(), body, needs);
}
