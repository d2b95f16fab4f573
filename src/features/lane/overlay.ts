/**
 * What this phone's own records mean in its book before the server has answered: a door recorded in the lane shows as
 * done at once. A record that was refused means nothing here.
 */
import { parseInstant, isoOf } from '#core/clock.ts';
import type { FieldRecord } from '#protocol/envelope.ts';
import { pledgeIdOfVisit } from '#protocol/identity.ts';
import { progressKey } from '#features/lane/book.ts';
import type { Book } from '#features/lane/book.ts';
import * as households from '#features/households/schema.ts';
import { PledgeWithdrawalBody } from '#features/pledges/schema.ts';
import { VisitBody } from '#features/visits/schema.ts';

/** By the campaign's clock: rows of the server speak it, records speak the phone's own. */
function corrected(record: FieldRecord, text: string): string {
  const at = parseInstant(text);
  return at === undefined ? text : isoOf(at + (record.clockOffset ?? 0));
}

function ownVisit(book: Book, record: FieldRecord): void {
  const parsed = VisitBody.safeParse(record.body);
  if (!parsed.success) return;
  const { householdId, outcome, channel, how, pledge, zalo, comeBackAt } = parsed.data;
  const { campaignId, authorId } = record;
  const doneAt = how === 'on-the-spot' ? corrected(record, parsed.data.doneAt) : parsed.data.doneAt;
  const known = book.get('progress', progressKey(campaignId, householdId));
  const mine = { id: record.id, outcome, channel, doneAt, authorId, comeBackAt: comeBackAt ?? null };
  const later = !known?.last || (parseInstant(known.last.doneAt) ?? 0) <= (parseInstant(doneAt) ?? 0);
  book.put('progress', {
    ...{ id: householdId, campaignId },
    reached: known?.reached === true || (outcome === 'met' && channel === 'direct'),
    pledged: known?.pledged ?? pledge?.original,
    pledgeId: known?.pledgeId ?? (pledge ? pledgeIdOfVisit(record.id) : undefined),
    zalo: zalo?.state ?? known?.zalo,
    last: later ? mine : known.last,
  });
}

/** A signature taken back: the household is unsigned again, whoever recorded it. */
function ownWithdrawal(book: Book, record: FieldRecord): void {
  const parsed = PledgeWithdrawalBody.safeParse(record.body);
  if (!parsed.success) return;
  const { pledgeId } = parsed.data;
  const signed = book.all('progress').find((row) => row.pledgeId === pledgeId);
  if (signed) book.put('progress', { ...signed, pledged: null, pledgeId: null });
}

function ownHouse(book: Book, record: FieldRecord): void {
  const { type, body, groupId } = record;
  if (type === 'lane') {
    const parsed = households.LaneBody.safeParse(body);
    if (parsed.success && !book.get('lane', parsed.data.laneId))
      book.put('lane', { id: parsed.data.laneId, groupId, name: parsed.data.name });
  } else if (type === 'dwelling') {
    const parsed = households.DwellingBody.safeParse(body);
    if (!parsed.success || book.get('dwelling', parsed.data.dwellingId)) return;
    const { dwellingId, laneId, houseNumber, kind } = parsed.data;
    book.put('dwelling', { id: dwellingId, laneId, houseNumber, dwellingKind: kind });
  } else if (type === 'household') {
    const parsed = households.HouseholdBody.safeParse(body);
    if (!parsed.success || book.get('household', parsed.data.householdId)) return;
    const { householdId, n, ...rest } = parsed.data;
    book.put('household', { id: householdId, ordinal: n, ...rest });
  }
}

function ownEdit(book: Book, record: FieldRecord): void {
  const parsed = households.HouseholdEditBody.safeParse(record.body);
  const row = parsed.success ? book.get('household', parsed.data.householdId) : undefined;
  if (!parsed.success || !row) return;
  const mended = Object.entries(parsed.data.set).flatMap(([field, change]) =>
    change ? [[field, change.to] as const] : [],
  );
  book.put('household', { ...row, ...Object.fromEntries(mended) });
}

export function lay(book: Book, record: FieldRecord): void {
  const { type, body } = record;
  if (type === 'visit') ownVisit(book, record);
  else if (type === 'pledge-withdrawal') ownWithdrawal(book, record);
  else if (type === 'household-edit') ownEdit(book, record);
  else if (type === 'lane-order') {
    const parsed = households.LaneOrderBody.safeParse(body);
    const lane = parsed.success ? book.get('lane', parsed.data.laneId) : undefined;
    if (parsed.success && lane) book.put('lane', { ...lane, order: parsed.data.dwellingIds });
  } else ownHouse(book, record);
}
