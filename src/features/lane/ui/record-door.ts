/**
 * Records what was tapped at one door: a visit per household, the exclusion that was asked for, and ten seconds in which
 * all of it can be taken back as if it had never been, because nothing has left the phone yet.
 */
import { m } from '#messages/messages.js';
import { EXCLUSION_REASONS } from '#features/households/schema.ts';
import type { Door } from '#features/lane/model.ts';
import { exclusionRequest, visitRecord } from '#features/lane/records.ts';
import type { DoorDraft } from '#features/lane/records.ts';
import { toasts } from '#ui/toasts.svelte.ts';
import type { FieldApp } from './app.svelte.ts';
import { doorName } from './door-words.ts';

export interface DoorEntry {
  readonly dwellingId: string;
  readonly drafts: readonly DoorDraft[];
  /** Households for which an exclusion is asked. */
  readonly exclusions: readonly string[];
  /** Made when the signature is, so that the shown code is the recorded one. */
  readonly receipts: Readonly<Record<string, string>>;
}

export const newReceiptCode = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

export async function recordDoor(
  app: FieldApp,
  door: Door,
  drafts: readonly DoorDraft[],
  entry: Partial<Pick<DoorEntry, 'exclusions' | 'receipts'>> = {},
): Promise<boolean> {
  const pen = app.pen();
  const told = drafts.filter(({ outcome }) => outcome !== null);
  if (!pen || told.length === 0) return false;
  const textVersion = app.pledgeText?.version ?? 1;
  const visits = told.map((draft) =>
    visitRecord(pen, draft, {
      textVersion,
      receiptCode: entry.receipts?.[draft.householdId] ?? null,
      needs: app.needs([draft.householdId]),
    }),
  );
  const asked = told.flatMap(({ householdId, outcome }) => {
    const reason = EXCLUSION_REASONS.find((one) => one === outcome);
    return reason && entry.exclusions?.includes(householdId)
      ? [exclusionRequest(pen, householdId, reason)]
      : [];
  });
  const records = [...visits, ...asked];
  if (!(await app.record(records, { draft: door.dwelling.id }))) return false;
  await app.passed(door.dwelling.id);
  const kept: DoorEntry = {
    dwellingId: door.dwelling.id,
    drafts: told,
    exclusions: entry.exclusions ?? [],
    receipts: entry.receipts ?? {},
  };
  toasts.show({
    text: m.lane_recorded({ door: doorName(door) }),
    undo: () =>
      void takeBack(
        app,
        records.map(({ id }) => id),
        kept,
      ),
  });
  return true;
}

async function takeBack(app: FieldApp, ids: readonly string[], kept: DoorEntry): Promise<void> {
  const taken = await app.takeBack(ids);
  if (taken) await app.keepDraft(kept.dwellingId, kept);
  toasts.show({ text: taken ? m.lane_undone() : m.lane_too_late_to_undo() });
}
