// Sending a report: parsed, judged against plan and records, kept as the next version, told to the calendar. The answer
// to a repeat of the same id is the one given before.
import { createHash } from 'node:crypto';
import { isoOf, machineClock, parseInstant, type Instant } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { Actor } from '#platform/api/actor.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { canonicalJson } from '#platform/audit/canonical.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
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
} from '#features/reports/model.ts';
import type { PlanOfReports, ReportAct, ReportPorts } from '#features/reports/ports.ts';
import { owedOn, placeOf, type Owed } from '#features/reports/regime.ts';
import { readRegime, windowFor, type Regime } from '#features/reports/regime.server.ts';
import type { SendReport, SentReply } from '#features/reports/schema.ts';
import * as store from '#features/reports/store.server.ts';
import type { ReportRow } from '#features/reports/store.server.ts';

/** Campaign time of the request's last byte: what waited in a queue of ours is not the leader's delay. */
export const receivedAt = (call: Pick<Call, 'now' | 'receivedAt'>): Instant =>
  call.now - Math.max(0, machineClock.now() - call.receivedAt);

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
}

const instant = (text: string | null | undefined): Instant | null =>
  text === null || text === undefined ? null : (parseInstant(text) ?? null);

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

async function owedFor(regime: Regime, parcel: Parcel): Promise<Owed | Problem> {
  const place = parcel.areaId ?? parcel.unitId;
  const owed = owedOn(regime.plan, parcel.reportOn).find(
    (one) => one.itemId === parcel.itemId && placeOf(one) === place,
  );
  return Promise.resolve(owed ?? problem('reports.not-owed', { status: 422 }));
}

/** Writes what was judged; the caller has checked who may. */
export async function keepReport(
  trx: WardTransaction,
  ports: ReportPorts,
  campaignId: string,
  parcel: Parcel,
  now: Instant,
  plan?: PlanOfReports,
): Promise<SentReply | Problem> {
  const placeId = parcel.areaId ?? parcel.unitId ?? '';
  const of = { itemId: parcel.itemId, placeId, reportOn: parcel.reportOn };
  await store.takeTurn(trx, `${campaignId}/${parcel.itemId}/${placeId}/${parcel.reportOn}`);
  const before = await store.versionsOf(trx, campaignId, of);
  const hash = hashOf(parcel);
  const same =
    before.find(({ id }) => id === parcel.id) ?? (await store.findReport(trx, campaignId, parcel.id));
  if (same)
    return same.body_hash.equals(hash)
      ? replyOf(same, before[0] ?? same, now)
      : problem('reports.id-reused', { status: 409 });
  const regime = await readRegime(trx, ports, campaignId, plan);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  if (regime.plan.campaign.state !== 'active') return problem('reports.campaign-not-active', { status: 409 });
  const owed = await owedFor(regime, parcel);
  if (isProblem(owed)) return owed;
  if (now < owed.opensAt) return problem('reports.too-early', { status: 422 });
  const version = before.length + 1;
  const refusedVersion = refuseVersion(version, parcel.correction);
  if (refusedVersion) return refusedVersion;
  return keepVersion(trx, ports, regime, owed, parcel, { hash, before }, now);
}

interface Before {
  readonly hash: Buffer;
  readonly before: readonly ReportRow[];
}

async function keepVersion(
  trx: WardTransaction,
  ports: ReportPorts,
  regime: Regime,
  owed: Owed,
  parcel: Parcel,
  { hash, before }: Before,
  now: Instant,
): Promise<SentReply | Problem> {
  const campaignId = regime.plan.campaign.id;
  const placeId = placeOf(owed);
  const window = windowFor(regime, owed);
  const feedId = await store.feedOf(trx, parcel.areaId);
  const changeN = await store.nextChange(trx, feedId);
  const groups = parcel.areaId ? [{ areaId: parcel.areaId, upTo: changeN }] : [];
  const itemised = (await itemisedOf(trx, campaignId, groups, window)).get(placeId) ?? {};
  const refused = refuseReport(parcel.body, itemised);
  if (refused) return refused;
  const row = rowOf(regime, owed, parcel, { hash, itemised, version: before.length + 1, feedId, changeN });
  await store.insertReport(trx, row);
  await store.dropDraft(trx, campaignId, { itemId: parcel.itemId, placeId, reportOn: parcel.reportOn });
  if (row.complete && !before.some(({ complete }) => complete)) await ports.keepAct(trx, actOf(row, owed));
  const kept: ReportRow = { ...row, ward_id: trx.wardId };
  return replyOf(kept, before[0] ?? kept, now);
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

export const targetOf = async (
  call: Pick<Call, 'trx'>,
  place: { readonly areaId?: string | null | undefined; readonly unitId?: string | null | undefined },
  leadingUnitId: string | null,
) => ({
  areaPath: place.areaId ? await store.pathOfArea(call.trx, place.areaId) : [],
  // What groups owe is theirs and that of the unit the campaign is led by.
  unitId: place.unitId ?? (place.areaId ? leadingUnitId : null),
});

/** Of the place itself: its leader and deputy, the head of the unit. Everybody else enters for another. */
export function isOfPlace(
  actor: Actor,
  place: { readonly areaId?: string | null | undefined; readonly unitId?: string | null | undefined },
): boolean {
  return actor.grants.some(({ role, areaId, unitId }) =>
    place.areaId
      ? areaId === place.areaId && (role === 'group-leader' || role === 'deputy-leader')
      : unitId !== null && unitId === place.unitId && role === 'unit-head',
  );
}

async function forAnother(
  call: Call,
  ports: ReportPorts,
  wish: SendReport,
): Promise<Arrival['forAnother'] | Problem> {
  const { onBehalf } = wish;
  if (!onBehalf) return null;
  const reachedAt = instant(onBehalf.reachedAt);
  if (reachedAt === null || reachedAt > call.now)
    return problem('reports.reached-in-future', { pointer: '/onBehalf/reachedAt' });
  const known = await store.peopleNames(call.trx, [onBehalf.personId]);
  if (!known.has(onBehalf.personId)) return problem('reports.no-such-person', { status: 422 });
  const proof = onBehalf.proof ?? null;
  // A picture that was not brought shows nothing.
  if (proof === 'zalo-picture' && !(onBehalf.picture && (await ports.broughtPicture(call, onBehalf.picture))))
    return problem('reports.picture-needed', { pointer: '/onBehalf/picture' });
  return { reachedAt, proof };
}

export async function sendReport(
  call: Call,
  ports: ReportPorts,
  campaignId: string,
  wish: SendReport,
): Promise<SentReply | Problem> {
  const plan = await ports.plan(call.trx, campaignId);
  if (!plan) return problem('reports.no-such-campaign', { status: 404 });
  const target = await targetOf(call, wish, plan.campaign.leadingUnitId);
  if (!call.may('reports.send', target)) return problem('people.not-allowed', { status: 403 });
  if (!wish.onBehalf && !isOfPlace(call.actor, wish)) return problem('reports.say-for-whom', { status: 422 });
  const told = await forAnother(call, ports, wish);
  if (isProblem(told)) return told;
  const composedAt = instant(wish.composedAt);
  const arrived = receivedAt(call);
  const sent = await keepReport(
    call.trx,
    ports,
    campaignId,
    {
      id: wish.id,
      areaId: wish.areaId ?? null,
      unitId: wish.unitId ?? null,
      itemId: wish.itemId,
      reportOn: wish.reportOn,
      body: wish.body,
      correction: wish.correction ?? null,
      words: wish.words ?? null,
      // Nobody composes after it has arrived: a phone's clock ahead of ours says no more than the receipt.
      arrival: {
        composedAt: composedAt === null ? null : Math.min(composedAt, arrived),
        receivedAt: arrived,
        forAnother: told,
      },
      authorId: wish.onBehalf?.personId ?? call.actor.personId,
      enteredBy: wish.onBehalf ? call.actor.personId : null,
      reachedBy: wish.onBehalf?.reachedBy ?? null,
      picture: wish.onBehalf?.picture ?? null,
    },
    call.now,
    plan,
  );
  if (isProblem(sent)) return sent;
  await audit(call.trx, call, {
    action: sent.version === 1 ? 'reports.sent' : 'reports.corrected',
    subjectKind: 'report',
    subjectId: sent.id,
    after: { on: sent.reportOn, version: sent.version, correction: wish.correction ?? null },
  });
  return sent;
}
