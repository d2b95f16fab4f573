// A paper becomes a draft, and people mend it. Every command takes the draft's lock first, so that what is decided is
// decided on what stands; a change that names an older revision is told what stands now and changes nothing.
import { newId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { AuditContext } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { stampOf } from '#features/plan/commands.server.ts';
import {
  findItem,
  insertItems,
  listPhrases,
  writeItem,
  writePhrase,
} from '#features/plan/draft-store.server.ts';
import type { Phrase, VersionItem } from '#features/plan/draft-store.server.ts';
import type { Quote } from '#features/plan/reader/reading.ts';
import type { ItemBody } from '#features/plan/schema.ts';
import { lockDraft } from '#features/plan/store.server.ts';
import type { VersionRow } from '#features/plan/store.server.ts';

export const noDraft = (): Problem => problem('plan.no-draft', { status: 404 });
const noSuchItem = (): Problem => problem('plan.no-such-item', { status: 404 });

export interface Place {
  readonly campaignId: string;
  readonly version: number;
}

/** Runs `work` on the locked draft. */
export async function onDraft<T>(
  trx: WardTransaction,
  campaignId: string,
  work: (draft: VersionRow, place: Place) => Promise<T | Problem>,
): Promise<T | Problem> {
  const draft = await lockDraft(trx, campaignId);
  return draft ? work(draft, { campaignId, version: draft.version }) : noDraft();
}

export interface ItemEdit {
  /** The revision the editor saw. */
  readonly revision: number;
  readonly body?: ItemBody | undefined;
  readonly quote?: Quote | null | undefined;
  readonly review?: 'open' | 'accepted' | 'ignored' | undefined;
  /** Asked for with `ignored`. */
  readonly reason?: string | undefined;
}

const outside = (quote: Quote, source: string) => quote.end > source.length;

function edited(item: VersionItem, edit: ItemEdit, source: string): VersionItem | Problem {
  if (edit.body && edit.body.kind !== item.kind) return problem('plan.kind-fixed', { status: 422 });
  if (edit.quote && outside(edit.quote, source)) return problem('plan.quote-outside', { status: 422 });
  const review = edit.review ?? (edit.body ? 'accepted' : item.review);
  const reason = review === 'ignored' ? (edit.reason?.trim() ?? item.ignoredReason) : null;
  if (review === 'ignored' && !reason) return problem('plan.reason-missing', { status: 422 });
  return {
    ...item,
    body: edit.body ?? item.body,
    quote: edit.quote === undefined ? item.quote : edit.quote,
    review,
    ignoredReason: reason,
    revision: item.revision + 1,
  };
}

/** Mend, accept, ignore with a reason, restore. Undoing is one more edit with the values before. */
export async function editItem(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  itemId: string,
  edit: ItemEdit,
): Promise<VersionItem | Problem> {
  return onDraft(trx, campaignId, async (draft, place) => {
    const item = await findItem(trx, place, itemId);
    if (!item) return noSuchItem();
    if (item.revision !== edit.revision) return problem('plan.item-changed', { status: 409, current: item });
    const next = edited(item, edit, draft.source);
    if ('code' in next) return next;
    await writeItem(trx, place, next, stampOf(context));
    await audit(trx, context, {
      action: `plan.item-${edit.body ? 'mended' : next.review}`,
      subjectKind: 'plan-item',
      subjectId: itemId,
      before: auditable(item),
      after: auditable(next),
    });
    return next;
  });
}

const auditable = ({ body, quote, review, ignoredReason }: VersionItem) => ({
  body,
  quote,
  review,
  ignoredReason,
});

/** @param from the phrase it was read from, which is then done with */
export async function addItem(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  wish: {
    readonly body: ItemBody;
    readonly quote: Quote | null;
    readonly from?: string | undefined;
    /** Made by the page, so that a repeated press makes one item. */
    readonly id?: string | undefined;
  },
): Promise<VersionItem | Problem> {
  return onDraft(trx, campaignId, async (draft, place) => {
    if (wish.quote && outside(wish.quote, draft.source))
      return problem('plan.quote-outside', { status: 422 });
    const known = wish.id === undefined ? undefined : await findItem(trx, place, wish.id);
    if (known) return known;
    const item: VersionItem = {
      id: wish.id ?? newId(),
      kind: wish.body.kind,
      position: wish.quote?.start ?? draft.source.length,
      body: wish.body,
      quote: wish.quote,
      review: 'accepted',
      ignoredReason: null,
      revision: 1,
      origin: 'added',
      changedIn: null,
    };
    await insertItems(trx, place, [item]);
    if (wish.from !== undefined) {
      const phrase = (await listPhrases(trx, place)).find(({ id }) => id === wish.from);
      if (!phrase) return problem('plan.no-such-phrase', { status: 404 });
      await writePhrase(trx, place, {
        ...phrase,
        state: 'read',
        itemId: item.id,
        reason: null,
        revision: phrase.revision + 1,
      });
    }
    await audit(trx, context, {
      action: 'plan.item-added',
      subjectKind: 'plan-item',
      subjectId: item.id,
      after: auditable(item),
    });
    return item;
  });
}

/** Accepts several at once; those changed since they were seen, and those ignored, are left as they are. */
export async function acceptItems(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  seen: readonly { readonly id: string; readonly revision: number }[],
): Promise<readonly VersionItem[] | Problem> {
  return onDraft(trx, campaignId, async (_draft, place) => {
    const accepted: VersionItem[] = [];
    for (const { id, revision } of seen) {
      const item = await findItem(trx, place, id);
      if (!item || item.review !== 'open' || item.revision !== revision) continue;
      const next: VersionItem = { ...item, review: 'accepted', revision: item.revision + 1 };
      await writeItem(trx, place, next, stampOf(context));
      accepted.push(next);
    }
    await audit(trx, context, {
      action: 'plan.items-accepted',
      subjectKind: 'plan-version',
      subjectId: `${campaignId}/${place.version}`,
      after: accepted.map(({ id }) => id),
    });
    return accepted;
  });
}

/** A phrase that obliges somebody is set aside with a reason, or opened again; reading it is `addItem` with `from`. */
export async function decidePhrase(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  phraseId: string,
  decision: {
    readonly revision: number;
    readonly state: 'open' | 'ignored' | 'read';
    readonly reason?: string | undefined;
    /** The item that already says it. */
    readonly itemId?: string | undefined;
  },
): Promise<Phrase | Problem> {
  return onDraft(trx, campaignId, async (_draft, place) => {
    const phrase = (await listPhrases(trx, place)).find(({ id }) => id === phraseId);
    if (!phrase) return problem('plan.no-such-phrase', { status: 404 });
    if (phrase.revision !== decision.revision)
      return problem('plan.item-changed', { status: 409, current: phrase });
    const reason = decision.state === 'ignored' ? (decision.reason?.trim() ?? '') : null;
    if (reason === '') return problem('plan.reason-missing', { status: 422 });
    const itemId = decision.state === 'read' ? (decision.itemId ?? null) : null;
    if (decision.state === 'read' && (itemId === null || !(await findItem(trx, place, itemId))))
      return noSuchItem();
    const next = { ...phrase, state: decision.state, reason, itemId, revision: phrase.revision + 1 };
    await writePhrase(trx, place, next);
    await audit(trx, context, {
      action: `plan.phrase-${decision.state}`,
      subjectKind: 'plan-phrase',
      subjectId: phraseId,
      before: { state: phrase.state, reason: phrase.reason },
      after: { state: next.state, reason, itemId },
    });
    return next;
  });
}
