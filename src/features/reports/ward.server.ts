// The ward's sum for a morning: lines, figures with their proof, change since the morning before, stated figures.
import { addDays, type DateOn } from '#core/calendar.ts';
import { dayOf, isoOf } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { MEASURES, type Measure } from '#features/reports/figures.ts';
import { recountWard } from '#features/reports/itemised.server.ts';
import { morningText } from '#features/reports/morning-text.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { morningNear, quickOn, readRegime, windowFor, type Regime } from '#features/reports/regime.server.ts';
import {
  brokenEqualities,
  predecessorsOf,
  successorsOf,
  wardLines,
  wardSum,
  type GroupTold,
  type Recounts,
  type WardLine,
  type WardSum,
} from '#features/reports/rollup.ts';
import type { WardReply } from '#features/reports/schema.ts';
import * as store from '#features/reports/store.server.ts';
import type { ReportRow } from '#features/reports/store.server.ts';

const toldOf = (row: ReportRow): GroupTold => ({
  areaId: row.area_id ?? '',
  reportOn: row.report_on,
  version: row.version,
  figures: row.body.figures,
  itemised: row.itemised,
  reasons: row.body.reasons,
  nothingReason: row.body.nothingReason,
});

export interface WardMorning {
  readonly on: DateOn;
  readonly lines: readonly WardLine[];
  readonly sum: WardSum;
  readonly recount: ReadonlyMap<Measure, number>;
  readonly groups: readonly store.PlaceRow[];
}

/** The sum as the reports received so far give it. */
export async function sumOf(trx: WardTransaction, regime: Regime, on: DateOn): Promise<WardMorning> {
  const campaignId = regime.plan.campaign.id;
  const rows = await store.lastReports(trx, campaignId, on);
  const groups = await store.readGroups(trx);
  const successors = new Map(regime.plan.areas.map((area) => [area.id, area.successors]));
  const lives = groups.map((group) => ({ ...group, successors: successors.get(group.id) ?? [] }));
  const lines = wardLines(lives, rows.map(toldOf), on);
  const closed = new Set(lives.filter(({ validTo }) => validTo !== null).map(({ id }) => id));
  const used = new Set(
    lines.flatMap(({ areaId, version, inherited }) => (version === null ? inherited : [areaId])),
  );
  const recount = await recountWard(
    trx,
    campaignId,
    rows
      .filter((row) => used.has(row.area_id ?? ''))
      .map((row) => ({
        areaId: row.area_id ?? '',
        upTo: closed.has(row.area_id ?? '') ? null : row.counted_n,
        before: predecessorsOf(row.area_id ?? '', lives).map(({ id }) => id),
        after: closed.has(row.area_id ?? '') ? successorsOf(row.area_id ?? '', lives) : [],
        receivedBy: row.received_at.getTime(),
        window: { from: row.window_from.getTime(), to: row.window_to.getTime() },
      })),
  );
  const recounts: Recounts = Object.fromEntries(
    [...recount].map(([measure, distinct]) => [measure, { distinct }]),
  );
  return { on, lines, sum: wardSum(lines, recounts), recount, groups };
}

/** Change of what stands: the running total against the morning before. */
const changeOf = (today: WardSum, before: WardSum) => (measure: Measure) => {
  const total = (sum: WardSum) => sum.figures.find((one) => one.measure === measure)?.total ?? null;
  const [now, then] = [total(today), total(before)];
  return now === null || then === null ? null : now - then;
};

export async function statedOf(
  trx: WardTransaction,
  campaignId: string,
  on: DateOn,
): Promise<WardReply['stated']> {
  const rows = await store.statedUpTo(trx, campaignId, on);
  const names = await store.peopleNames(
    trx,
    rows.map(({ stated_by }) => stated_by),
  );
  return rows.map((row) => ({
    id: row.id,
    figure: row.figure,
    ofOn: row.of_on,
    value: row.value,
    source: row.source,
    by: names.get(row.stated_by)?.name ?? '',
    at: isoOf(row.stated_at.getTime()),
  }));
}

export async function readWard(
  call: Call,
  ports: ReportPorts,
  campaignId: string,
  wished: DateOn | undefined,
): Promise<WardReply | Problem> {
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  const on = wished ?? morningNear(regime, dayOf(call.now)) ?? dayOf(call.now);
  const [today, before] = [await sumOf(call.trx, regime, on), await sumOf(call.trx, regime, addDays(on, -1))];
  const [owed] = quickOn(regime, on);
  const window = owed ? windowFor(regime, owed) : null;
  const change = changeOf(today.sum, before.sum);
  const named = (id: string) => today.groups.find((group) => group.id === id);
  const { sum, lines } = today;
  return {
    now: isoOf(call.now),
    on,
    dueAt: owed ? isoOf(owed.dueAt) : null,
    window: window && { kind: regime.settings.window, from: isoOf(window.from), to: isoOf(window.to) },
    households: sum.households,
    groups: sum.groups,
    told: sum.told,
    lines: lines.map((line) => ({
      areaId: line.areaId,
      name: named(line.areaId)?.name ?? '',
      shortName: named(line.areaId)?.shortName ?? '',
      households: line.households,
      told: line.told,
      carriedFrom: line.carriedFrom,
      version: line.version,
      undivided: line.undivided,
      inherited: [...line.inherited],
      nothingReason: line.nothingReason,
      figures: line.figures,
      itemised: line.itemised,
    })),
    figures: sum.figures.map((figure) => ({
      ...figure,
      differences: [...figure.differences],
      change: MEASURES[figure.measure] === 'event' ? null : change(figure.measure),
    })),
    stated: await statedOf(call.trx, campaignId, on),
    broken: brokenEqualities(lines, sum, (measure) => today.recount.get(measure) ?? null),
    text: morningText({
      on,
      at: owed ? Math.min(owed.dueAt, call.now) : null,
      sum,
      lines,
      nameOf: (id) => named(id)?.shortName ?? '',
    }),
  };
}
