// Owed reports as somebody sees them who must write or read one: filled from the records, with what was said before.
import { addDays, type DateOn } from '#core/calendar.ts';
import { dayOf, isoOf, type Instant } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { itemisedOf } from '#features/reports/itemised.server.ts';
import { linesOf, standingOf } from '#features/reports/model.ts';
import type { ExcusedPlace, ReportPorts } from '#features/reports/ports.ts';
import { owedOn, placeOf, type Owed } from '#features/reports/regime.ts';
import { morningNear, readRegime, windowFor, type Regime } from '#features/reports/regime.server.ts';
import { carriedBy, predecessorsOf, sumFigures, totalsOnly } from '#features/reports/rollup.ts';
import type { OwedShape, VersionShape } from '#features/reports/schema.ts';
import { arrivalOf } from '#features/reports/keep.server.ts';
import { isOfPlace, targetOf } from '#features/reports/send.server.ts';
import * as store from '#features/reports/store.server.ts';
import type { ReportRow } from '#features/reports/store.server.ts';

type Names = Awaited<ReturnType<typeof store.peopleNames>>;

const iso = (at: Date | null): string | null => (at ? isoOf(at.getTime()) : null);

export function versionView(row: ReportRow, names: Names): VersionShape {
  const named = (id: string) => ({ id, name: names.get(id)?.name ?? '' });
  return {
    id: row.id,
    version: row.version,
    lines: linesOf(row.body, row.itemised),
    work: (row.body.work ?? []).map(({ title = '', counted = 0, owed = null, ...one }) => ({
      ...one,
      title,
      counted,
      owed,
    })),
    households: row.body.households,
    nothingReason: row.body.nothingReason,
    remarks: row.body.remarks,
    words: row.words,
    correction: row.correction,
    composedAt: iso(row.composed_at),
    receivedAt: isoOf(row.received_at.getTime()),
    author: named(row.author_id),
    enteredBy: row.entered_by ? named(row.entered_by) : null,
    reachedBy: row.reached_by,
    reachedAt: iso(row.reached_at),
    proof: row.proof,
    window: {
      kind: row.window_kind,
      from: isoOf(row.window_from.getTime()),
      to: isoOf(row.window_to.getTime()),
    },
    countedN: row.counted_n,
  };
}

interface Told {
  readonly rows: readonly ReportRow[];
  readonly drafts: Awaited<ReturnType<typeof store.draftsOn>>;
  readonly groups: readonly store.PlaceRow[];
  readonly units: Awaited<ReturnType<typeof store.readUnits>>;
  readonly names: Names;
  readonly excused: readonly ExcusedPlace[];
}

export const isExcused = (owed: Owed, excused: Told['excused']): boolean =>
  excused.some(
    (one) => one.itemId === owed.itemId && one.areaId === owed.areaId && one.periodStart === owed.periodStart,
  );

/** What a group stated before: its own last report, or for one that has none those of the groups merged into it. */
export function statedBefore(
  areaId: string,
  regime: Regime,
  last: ReadonlyMap<string, ReportRow>,
): OwedShape['earlier'] {
  const rows = carriedBy(areaId, regime.plan.areas, last);
  const [only] = rows;
  if (only?.area_id === areaId) return { reportOn: only.report_on, figures: only.body.figures };
  return {
    reportOn: rows.map(({ report_on }) => report_on).sort()[0] ?? null,
    figures: sumFigures(rows.map(({ body }) => totalsOnly(body.figures))),
  };
}

async function earlierOf(call: Call, regime: Regime, owed: Owed): Promise<OwedShape['earlier']> {
  if (!owed.areaId) return { reportOn: null, figures: {} };
  const places = [owed.areaId, ...predecessorsOf(owed.areaId, regime.plan.areas).map(({ id }) => id)];
  const before = addDays(owed.reportOn, -1);
  const rows = await store.lastReports(call.trx, regime.plan.campaign.id, before, places);
  return statedBefore(owed.areaId, regime, new Map(rows.map((row) => [row.area_id ?? '', row])));
}

const countedNow = (areaId: string, { plan }: Regime) => ({
  areaId,
  upTo: null,
  before: predecessorsOf(areaId, plan.areas).map(({ id }) => id),
});

async function viewOf(call: Call, regime: Regime, told: Told, owed: Owed): Promise<OwedShape> {
  const campaignId = regime.plan.campaign.id;
  const placeId = placeOf(owed);
  const own = told.rows.filter(
    (row) => row.item_id === owed.itemId && (row.area_id ?? row.unit_id) === placeId,
  );
  const draft = told.drafts.find((one) => one.item_id === owed.itemId && one.place_id === placeId);
  const [first] = own;
  const window = windowFor(regime, owed);
  const itemised = owed.areaId
    ? (await itemisedOf(call.trx, campaignId, [countedNow(owed.areaId, regime)], window)).get(placeId)
    : undefined;
  const standing = standingOf(owed.dueAt, call.now, {
    first: first ? { arrival: arrivalOf(first), complete: first.complete } : null,
    drafted: draft !== undefined,
    excused: isExcused(owed, told.excused),
  });
  const group = told.groups.find(({ id }) => id === placeId);
  const place = {
    id: placeId,
    name: group?.name ?? told.units.find(({ id }) => id === placeId)?.name ?? '',
    of: owed.areaId ? ('group' as const) : ('unit' as const),
  };
  const target = await targetOf(call, owed, regime.plan.campaign.leadingUnitId);
  return {
    itemId: owed.itemId,
    kind: owed.kind,
    title: owed.item.title,
    reportOn: owed.reportOn,
    dueAt: isoOf(owed.dueAt),
    place,
    households: group?.households ?? null,
    window: { kind: regime.settings.window, from: isoOf(window.from), to: isoOf(window.to) },
    ...standing,
    itemised: itemised ?? {},
    earlier: await earlierOf(call, regime, owed),
    draft: draft?.body ?? null,
    versions: own.map((row) => versionView(row, told.names)),
    maySend: call.may('reports.send', target),
    forAnother: !isOfPlace(call.actor, owed),
  };
}

/** The places whose reports the actor sees: everything, or those of their groups and units. */
export function withinReach(call: Call, owed: readonly Owed[], leadingUnitId: string | null): Owed[] {
  const scope = call.scope('reports.read');
  if (scope.everything) return [...owed];
  return owed.filter(
    ({ areaId, unitId }) =>
      (areaId !== null && scope.areaIds.includes(areaId)) ||
      (unitId !== null && scope.unitIds.includes(unitId)) ||
      (areaId !== null && leadingUnitId !== null && scope.unitIds.includes(leadingUnitId)),
  );
}

export interface OwedWish {
  readonly on?: DateOn | undefined;
  readonly area?: string | undefined;
  readonly unit?: string | undefined;
}

export async function readOwed(
  call: Call,
  ports: ReportPorts,
  campaignId: string,
  wish: OwedWish,
): Promise<{ now: string; owed: OwedShape[] } | Problem> {
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  const day = wish.on ?? dayForNow(regime, call.now);
  const all =
    day === null ? [] : withinReach(call, owedOn(regime.plan, day), regime.plan.campaign.leadingUnitId);
  const owed = all.filter(
    ({ areaId, unitId }) =>
      (wish.area === undefined || areaId === wish.area) && (wish.unit === undefined || unitId === wish.unit),
  );
  const told = await readTold(call, ports, campaignId, day ?? dayOf(call.now), owed);
  const views: OwedShape[] = [];
  for (const one of owed) views.push(await viewOf(call, regime, told, one));
  return { now: isoOf(call.now), owed: views };
}

/** This morning's report; in the evening tomorrow's may be begun, but today's is what is asked for. */
function dayForNow(regime: Regime, now: Instant): DateOn | null {
  return morningNear(regime, dayOf(now));
}

export async function readTold(
  call: Pick<Call, 'trx'>,
  ports: ReportPorts,
  campaignId: string,
  day: DateOn,
  owed: readonly Owed[],
): Promise<Told> {
  const { trx } = call;
  const rows = await store.reportsOn(trx, campaignId, day);
  const starts = owed.map(({ periodStart }) => periodStart).sort();
  const days = { from: starts[0] ?? day, to: starts.at(-1) ?? day };
  return {
    rows,
    drafts: await store.draftsOn(trx, campaignId, day),
    groups: await store.readGroups(trx),
    units: await store.readUnits(trx),
    names: await store.peopleNames(
      trx,
      rows.flatMap((row) => [row.author_id, row.entered_by]),
    ),
    excused: await ports.excuses(trx, campaignId, days),
  };
}
