// Keeping reports: judged against plan and records, kept as the next version, told to the calendar and the audit log,
// those of one ward that come together by the same few statements. A repeat of the same id gets the answer given before.
import { createHash } from 'node:crypto';
import { isoOf, type Instant } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { auditAll, type AuditContext, type Audited, type AuditEvent } from '#platform/audit/audit.server.ts';
import { canonicalJson } from '#platform/audit/canonical.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChanges, wardFeed } from '#platform/feeds.server.ts';
import type { Figures } from '#features/reports/figures.ts';
import { itemisedOf } from '#features/reports/itemised.server.ts';
import {
  decidingInstant,
  isComplete,
  refuseReport,
  refuseVersion,
  standingOf,
  type Arrival,
  type ReportBody,
  type WorkLine,
} from '#features/reports/model.ts';
import type { ReportAct, ReportPorts } from '#features/reports/ports.ts';
import { owedOn, placeOf, type Owed } from '#features/reports/regime.ts';
import { windowFor, type Regime } from '#features/reports/regime.server.ts';
import { predecessorsOf } from '#features/reports/rollup.ts';
import type { SentReply } from '#features/reports/schema.ts';
import { followsGroups, unitsOwed, workTold } from '#features/reports/units/unit-owed.ts';
import { isOfUnit, workOf } from '#features/reports/units/work.server.ts';
import * as store from '#features/reports/store.server.ts';
import type { ReportRow } from '#features/reports/store.server.ts';

export interface Parcel {
  readonly id: string;
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly itemId: string;
  readonly reportOn: string;
  readonly body: ReportBody;
  readonly correction: string | null;
  readonly words: string | null;
  readonly arrival: Arrival;
  readonly authorId: string;
  readonly enteredBy: string | null;
  readonly reachedBy: ReportRow['reached_by'];
  readonly picture: string | null;
  readonly sentIn: AuditContext;
}

const hashOf = (parcel: Parcel): Buffer =>
  createHash('sha256')
    .update(
      canonicalJson([
        parcel.authorId,
        parcel.areaId,
        parcel.unitId,
        parcel.itemId,
        parcel.reportOn,
        parcel.body,
      ]),
    )
    .digest();

export function replyOf(row: ReportRow, first: ReportRow, now: Instant): SentReply {
  const { state, minutesLate } = standingOf(row.due_at.getTime(), now, {
    first: { arrival: arrivalOf(first), complete: first.complete },
    drafted: false,
    excused: false,
  });
  return {
    id: row.id,
    version: row.version,
    reportOn: row.report_on,
    state,
    minutesLate,
    composedAt: row.composed_at ? isoOf(row.composed_at.getTime()) : null,
    receivedAt: isoOf(row.received_at.getTime()),
  };
}

export const arrivalOf = (row: ReportRow): Arrival => ({
  composedAt: row.composed_at?.getTime() ?? null,
  receivedAt: row.received_at.getTime(),
  forAnother: row.reached_at ? { reachedAt: row.reached_at.getTime(), proof: row.proof } : null,
});

/** A parcel that may be kept, with what it is the answer to. */
interface Judged {
  readonly parcel: Parcel;
  readonly hash: Buffer;
  readonly owed: Owed;
  readonly before: readonly ReportRow[];
}

const turnOf = (campaignId: string, { itemId, areaId, unitId, reportOn }: Parcel): string =>
  `${campaignId}/${itemId}/${areaId ?? unitId ?? ''}/${reportOn}`;

/** Against plan and what was kept before; the stored answer where it is a repeat. */
function judge(
  regime: Regime,
  parcel: Parcel,
  kept: readonly ReportRow[],
  now: Instant,
): Judged | SentReply | Problem {
  const place = parcel.areaId ?? parcel.unitId;
  const before = kept.filter(
    (row) =>
      row.item_id === parcel.itemId &&
      (row.area_id ?? row.unit_id) === place &&
      row.report_on === parcel.reportOn,
  );
  const hash = hashOf(parcel);
  const same = kept.find(({ id }) => id === parcel.id);
  if (same)
    return same.body_hash.equals(hash)
      ? replyOf(same, before[0] ?? same, now)
      : problem('reports.id-reused', { status: 409 });
  if (regime.plan.campaign.state !== 'active') return problem('reports.campaign-not-active', { status: 409 });
  const all = parcel.unitId
    ? unitsOwed(regime.plan, regime.settings.unitReports, parcel.reportOn)
    : owedOn(regime.plan, parcel.reportOn);
  const owed = all.find((one) => one.itemId === parcel.itemId && placeOf(one) === place);
  if (!owed) return problem('reports.not-owed', { status: 422 });
  if (now < owed.opensAt) return problem('reports.too-early', { status: 422 });
  return refuseVersion(before.length + 1, parcel.correction) ?? { parcel, hash, owed, before };
}

/** What the records show for each, up to its own change number, asked once for each window. */
async function countFor(
  trx: WardTransaction,
  regime: Regime,
  judged: readonly (Judged & { readonly changeN: number })[],
): Promise<Figures[]> {
  const windows = Map.groupBy(judged, ({ owed }) => windowFor(regime, owed).to);
  const found = new Map<Judged, Figures>();
  for (const together of windows.values()) {
    const [first] = together;
    if (!first) continue;
    const groups = together.flatMap(({ parcel, changeN }) =>
      parcel.areaId
        ? [
            {
              areaId: parcel.areaId,
              upTo: changeN,
              before: predecessorsOf(parcel.areaId, regime.plan.areas).map(({ id }) => id),
              receivedBy: parcel.arrival.receivedAt,
            },
          ]
        : [],
    );
    const window = windowFor(regime, first.owed);
    const itemised = await itemisedOf(trx, regime.plan.campaign.id, groups, window);
    for (const one of together) found.set(one, itemised.get(placeOf(one.owed)) ?? {});
  }
  return judged.map((one) => found.get(one) ?? {});
}

/** Of units: their duties as recorded now, with what the head states of them. */
async function workFor(
  trx: WardTransaction,
  regime: Regime,
  ports: ReportPorts,
  judged: readonly Judged[],
  now: Instant,
): Promise<Map<Parcel, readonly WorkLine[] | Problem>> {
  const works = new Map<Parcel, readonly WorkLine[] | Problem>();
  for (const { parcel, owed } of judged)
    if (isOfUnit(owed))
      works.set(parcel, workTold(await workOf(trx, ports, regime, owed, now), parcel.body.work ?? []));
  return works;
}

/**
 * Keeps what was judged; the caller has checked who may.
 * @param parcels no two of one place and morning
 */
export async function keepReports(
  trx: WardTransaction,
  regime: Regime,
  ports: ReportPorts,
  parcels: readonly Parcel[],
  now: Instant,
): Promise<(SentReply | Problem)[]> {
  const campaignId = regime.plan.campaign.id;
  const placed = (parcel: Parcel) => ({ ...parcel, placeId: parcel.areaId ?? parcel.unitId ?? '' });
  await store.takeTurns(
    trx,
    parcels.map((parcel) => turnOf(campaignId, parcel)),
  );
  const kept = await store.keptBefore(trx, campaignId, parcels.map(placed));
  const answers = new Map<Parcel, SentReply | Problem>();
  const judged: Judged[] = [];
  for (const parcel of parcels) {
    const verdict = judge(regime, parcel, kept, now);
    if ('parcel' in verdict) judged.push(verdict);
    else answers.set(parcel, verdict);
  }
  if (judged.length > 0)
    for (const [parcel, answer] of await keepJudged(trx, regime, ports, judged, now))
      answers.set(parcel, answer);
  return parcels.map((parcel) => answers.get(parcel) ?? problem('platform.failed', { status: 500 }));
}

async function keepJudged(
  trx: WardTransaction,
  regime: Regime,
  ports: ReportPorts,
  judged: readonly Judged[],
  now: Instant,
): Promise<Map<Parcel, SentReply | Problem>> {
  const campaignId = regime.plan.campaign.id;
  // A group's feed carries the group's own id; what units report goes to the ward's.
  const ward = judged.some(({ parcel }) => parcel.areaId === null) ? await wardFeed(trx) : '';
  const feeds = judged.map(({ parcel }) => parcel.areaId ?? ward);
  const numbers = await nextChanges(trx, feeds);
  const counted = judged.map((one, at) => ({
    ...one,
    feedId: feeds[at] ?? ward,
    changeN: numbers[at] ?? 0,
    version: one.before.length + 1,
  }));
  const figures = await countFor(trx, regime, counted);
  const works = await workFor(trx, regime, ports, judged, now);
  const answers = new Map<Parcel, SentReply | Problem>();
  const rows: Omit<ReportRow, 'ward_id'>[] = [];
  const acts: ReportAct[] = [];
  const told: Audited[] = [];
  counted.forEach((one, at) => {
    const { parcel, owed, before } = one;
    const itemised = figures[at] ?? {};
    const work = works.get(parcel);
    const refused = refuseReport(parcel.body, itemised) ?? (isProblem(work) ? work : null);
    if (refused) return answers.set(parcel, refused);
    const body = isProblem(work) || work === undefined ? parcel.body : { ...parcel.body, work };
    const row = rowOf(regime, owed, { ...parcel, body }, { ...one, itemised });
    rows.push(row);
    const known = followsGroups(owed) || before.some(({ complete }) => complete);
    if (row.complete && !known) acts.push(actOf(row, owed));
    told.push({ context: parcel.sentIn, event: sentEvent(row) });
    const whole: ReportRow = { ...row, ward_id: trx.wardId };
    return answers.set(parcel, replyOf(whole, before[0] ?? whole, now));
  });
  if (rows.length === 0) return answers;
  await store.insertReports(trx, rows);
  await store.dropDrafts(
    trx,
    campaignId,
    rows.map((row) => ({
      itemId: row.item_id,
      placeId: row.area_id ?? row.unit_id ?? '',
      reportOn: row.report_on,
    })),
  );
  await ports.keepActs(trx, acts);
  await auditAll(trx, told);
  return answers;
}

const actOf = (row: Omit<ReportRow, 'ward_id'>, owed: Owed): ReportAct => ({
  id: row.id,
  campaignId: row.campaign_id,
  itemId: row.item_id,
  areaId: row.area_id,
  unitId: row.unit_id,
  workOn: owed.periodStart,
  doneAt: (row.composed_at ?? row.decided_at).getTime(),
  decidedAt: row.decided_at.getTime(),
  authorId: row.author_id,
  enteredBy: row.entered_by,
  reachedBy: row.reached_by,
  feedId: row.feed_id,
  changeN: row.change_n,
});

const sentEvent = ({ id, report_on, version, correction }: Omit<ReportRow, 'ward_id'>): AuditEvent => ({
  action: version === 1 ? 'reports.sent' : 'reports.corrected',
  subjectKind: 'report',
  subjectId: id,
  after: { on: report_on, version, correction },
});

interface Counted {
  readonly hash: Buffer;
  readonly itemised: Figures;
  readonly version: number;
  readonly feedId: string;
  readonly changeN: number;
}

function rowOf(
  regime: Regime,
  owed: Owed,
  parcel: Parcel,
  { hash, itemised, version, feedId, changeN }: Counted,
): Omit<ReportRow, 'ward_id'> {
  const window = windowFor(regime, owed);
  const { composedAt, receivedAt: arrived, forAnother: told } = parcel.arrival;
  return {
    campaign_id: regime.plan.campaign.id,
    id: parcel.id,
    item_id: parcel.itemId,
    area_id: parcel.areaId,
    unit_id: parcel.unitId,
    report_on: parcel.reportOn,
    version,
    due_at: new Date(owed.dueAt),
    window_kind: regime.settings.window,
    window_from: new Date(window.from),
    window_to: new Date(window.to),
    body: parcel.body,
    itemised,
    counted_n: parcel.areaId ? changeN : null,
    complete: isComplete(parcel.body),
    composed_at: composedAt === null ? null : new Date(composedAt),
    received_at: new Date(arrived),
    decided_at: new Date(decidingInstant(parcel.arrival)),
    author_id: parcel.authorId,
    entered_by: parcel.enteredBy,
    reached_by: parcel.reachedBy,
    reached_at: told ? new Date(told.reachedAt) : null,
    proof: told?.proof ?? null,
    proof_sha256: parcel.picture ? Buffer.from(parcel.picture, 'hex') : null,
    words: parcel.words,
    correction: parcel.correction,
    body_hash: hash,
    feed_id: feedId,
    change_n: changeN,
  };
}
