// Writes the sample ward's four days: the plan's issue and launch, what was done and taken back, what was excused. In
// few large statements, with the numbers of the feeds taken together, because a first start must not take a minute.
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { dayOf, instantOf } from '#core/clock.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { wardFeed } from '#platform/feeds.server.ts';
import { feedNumbers } from '#platform/rehearsal/feed-numbers.server.ts';
import type { Files } from '#platform/files.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import { samplePicture } from '#platform/rehearsal/sample-picture.ts';
import { readRunningPlan } from '#features/evidence/plan-reading.server.ts';
import { drawDays } from '#features/evidence/rehearsal-days.ts';
import type { DayCast, SampleAct } from '#features/evidence/rehearsal-days.ts';
import * as store from '#features/evidence/store.server.ts';
import { evidenceTables } from '#features/evidence/tables.server.ts';

export interface SampleIssue {
  readonly campaignId: string;
  readonly number: string | null;
  readonly issuedOn: string | null;
  /** Head of the leading unit. */
  readonly headId: string;
  readonly clerkId: string;
}

/** PostgreSQL takes at most 65,535 parameters in one statement; a row of evidence has 22. */
const ROWS_AT_ONCE = 1_000;

function chunked<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, n) =>
    rows.slice(n * ROWS_AT_ONCE, (n + 1) * ROWS_AT_ONCE),
  );
}

async function keepPictures(
  trx: WardTransaction,
  files: Files,
  acts: readonly SampleAct[],
): Promise<Map<number, Buffer>> {
  const kept = new Map<number, Buffer>();
  for (const { picture, authorId, receivedAt } of acts) {
    if (picture === null || kept.has(picture)) continue;
    const stored = await files.put(trx.wardId, samplePicture(picture));
    kept.set(picture, stored.sha256);
    const upload = { ...stored, mediaType: 'image/png', personId: authorId, at: new Date(receivedAt) };
    await store.keepUpload(trx, upload);
  }
  return kept;
}

export interface KeptAct {
  readonly id: string;
  readonly act: SampleAct;
  readonly picture: Buffer | null;
}

/** Acts as the rows they would have become, in a few statements; an act that has an id keeps it. */
export async function keepSampleActs(
  trx: WardTransaction,
  files: Files,
  campaignId: string,
  acts: readonly (SampleAct & { readonly id?: string })[],
  id: () => string,
): Promise<KeptAct[]> {
  const numbers = await feedNumbers(trx);
  const ward = await wardFeed(trx);
  const pictures = await keepPictures(trx, files, acts);
  const key = { ward_id: trx.wardId, campaign_id: campaignId };
  const rows = acts.map((act) => {
    const feed_id = act.areaId ?? ward;
    return {
      ...key,
      id: act.id ?? id(),
      area_id: act.areaId,
      unit_id: act.unitId,
      work_on: dayOf(act.doneAt),
      done_at: new Date(act.doneAt),
      received_at: new Date(act.receivedAt),
      author_id: act.authorId,
      entered_by: act.enteredBy,
      channel: act.channel,
      note: act.note,
      link: act.link,
      count: act.count,
      source: 'typed',
      undone_at: act.undone ? new Date(act.undone.at) : null,
      undone_by: act.undone?.by ?? null,
      undone_reason: act.undone?.reason ?? null,
      reached_by: act.enteredBy ? ('zalo' as const) : null,
      reached_at: act.enteredBy ? new Date(act.doneAt) : null,
      feed_id,
      change_n: numbers.next(feed_id),
    };
  });
  const idAt = (n: number) => rows[n]?.id ?? '';
  const items = acts.flatMap(({ itemIds }, n) =>
    itemIds.map((item_id) => ({ ...key, evidence_id: idAt(n), item_id })),
  );
  const media = acts.flatMap(({ picture }, n) => {
    const sha256 = picture === null ? undefined : pictures.get(picture);
    return sha256 ? [{ ...key, evidence_id: idAt(n), sha256 }] : [];
  });
  const tables = evidenceTables(trx);
  for (const part of chunked(rows)) await tables.insertInto('evidence').values(part).execute();
  for (const part of chunked(items)) await tables.insertInto('evidence_items').values(part).execute();
  for (const part of chunked(media)) await tables.insertInto('evidence_media').values(part).execute();
  await numbers.keep();
  return acts.map((act, n) => ({
    ...{ id: idAt(n), act },
    picture: act.picture === null ? null : (pictures.get(act.picture) ?? null),
  }));
}

async function keepIssue(trx: WardTransaction, issue: SampleIssue, id: () => string): Promise<void> {
  const { campaignId, number, issuedOn, headId, clerkId } = issue;
  const bare = { campaign_id: campaignId, link: null, media_sha256: null };
  const issued = issuedOn ?? '2025-08-01';
  await store.insertAct(trx, {
    ...bare,
    id: id(),
    kind: 'issued',
    done_on: issued,
    number,
    note: 'Đã gửi theo nơi nhận',
    recorded_at: new Date(instantOf(issued, '16:10')),
    recorded_by: clerkId,
  });
  await store.insertAct(trx, {
    ...bare,
    id: id(),
    kind: 'launched',
    done_on: '2025-08-02',
    number: null,
    note: 'Lễ phát động tại nhà văn hóa phường, 214 người dự',
    recorded_at: new Date(instantOf('2025-08-02', '09:40')),
    recorded_by: headId,
  });
}

/** @returns the acts that were written */
export async function runSampleDays(
  trx: WardTransaction,
  files: Files,
  issue: SampleIssue,
  cast: DayCast,
  chance: Chance,
): Promise<readonly KeptAct[] | Problem> {
  const plan = await readRunningPlan(trx, issue.campaignId);
  const version = plan?.versions[0];
  if (!version) return problem('evidence.no-such-campaign', { status: 404 });
  const { acts, excuses } = drawDays(version, cast, chance);
  const id = chance.branch('ids').ids(instantOf('2025-08-05', '07:50'));
  await keepIssue(trx, issue, id);
  const kept = await keepSampleActs(trx, files, issue.campaignId, acts, id);
  for (const excuse of excuses) {
    await store.insertExcuse(trx, {
      campaign_id: issue.campaignId,
      id: id(),
      item_id: excuse.itemId,
      area_id: excuse.areaId,
      period_start: excuse.periodStart,
      reason: excuse.reason,
      granted_at: new Date(instantOf(excuse.periodStart, '07:30')),
      granted_by: issue.headId,
    });
  }
  const context = { actor: null, now: instantOf('2025-08-05', '07:50'), origin: 'rehearsal' };
  await audit(trx, context, {
    action: 'evidence.sample-written',
    subjectKind: 'campaign',
    subjectId: issue.campaignId,
    after: { acts: acts.length, excuses: excuses.length },
  });
  return kept;
}
