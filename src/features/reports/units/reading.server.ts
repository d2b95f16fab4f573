// Units' reports as they are seen: all units of a day with how they stand, and one unit's own to be confirmed.
import type { DateOn } from '#core/calendar.ts';
import { dayOf, isoOf, type Instant } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { standingOf, TROUBLE } from '#features/reports/model.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import type { Owed } from '#features/reports/regime.ts';
import { readRegime, windowFor, type Regime } from '#features/reports/regime.server.ts';
import { isExcused, readTold, versionView } from '#features/reports/reading.server.ts';
import { arrivalOf } from '#features/reports/keep.server.ts';
import { isOfPlace } from '#features/reports/send.server.ts';
import * as store from '#features/reports/store.server.ts';
import type { UnitBoard, UnitReport, UnitReports } from '#features/reports/units/schema.ts';
import { followsGroups, unitDayNear, unitsOwed } from '#features/reports/units/unit-owed.ts';
import { isOfUnit, workOf } from '#features/reports/units/work.server.ts';

type Told = Awaited<ReturnType<typeof readTold>>;
type OfUnit = Owed & { readonly unitId: string };

const ownRows = (told: Told, owed: OfUnit) =>
  told.rows.filter((row) => row.item_id === owed.itemId && row.unit_id === owed.unitId);

const ownDraft = (told: Told, owed: OfUnit) =>
  told.drafts.find((one) => one.item_id === owed.itemId && one.place_id === owed.unitId);

function standing(told: Told, owed: OfUnit, now: Instant) {
  const [first] = ownRows(told, owed);
  return standingOf(owed.dueAt, now, {
    first: first ? { arrival: arrivalOf(first), complete: first.complete } : null,
    drafted: ownDraft(told, owed) !== undefined,
    excused: isExcused(owed, told.excused),
  });
}

const owedIn = ({ plan, settings }: Regime, day: DateOn): OfUnit[] =>
  unitsOwed(plan, settings.unitReports, day).filter(isOfUnit);

export async function readUnitBoard(
  call: Call,
  ports: ReportPorts,
  campaignId: string,
  wished: DateOn | undefined,
): Promise<UnitBoard | Problem> {
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  const { plan, settings } = regime;
  const on = unitDayNear(plan, settings.unitReports, wished ?? dayOf(call.now), null);
  const owed = on === null ? [] : owedIn(regime, on);
  const told = await readTold(call, ports, campaignId, on ?? dayOf(call.now), owed);
  const heads = await store.headsAt(call.trx, new Date(call.now));
  const people = await store.peopleNames(call.trx, [...heads.values()]);
  const units = owed.map((one) => {
    const rows = ownRows(told, one);
    const [first] = rows;
    return {
      unitId: one.unitId,
      name: told.units.find(({ id }) => id === one.unitId)?.name ?? '',
      itemId: one.itemId,
      dueAt: isoOf(one.dueAt),
      ...standing(told, one, call.now),
      receivedAt: first ? isoOf(first.received_at.getTime()) : null,
      nothing: rows.at(-1)?.body.nothingReason ?? null,
      version: rows.at(-1)?.version ?? null,
      head: people.get(heads.get(one.unitId) ?? '') ?? null,
    };
  });
  units.sort((a, b) => TROUBLE.indexOf(a.state) - TROUBLE.indexOf(b.state));
  return { now: isoOf(call.now), on, units };
}

async function viewOf(
  call: Call,
  ports: ReportPorts,
  regime: Regime,
  told: Told,
  owed: OfUnit,
): Promise<UnitReport> {
  const rows = ownRows(told, owed);
  const draft = ownDraft(told, owed);
  const body = rows.at(-1)?.body ?? draft?.body;
  const window = windowFor(regime, owed);
  const counted = await workOf(call.trx, ports, regime, owed, call.now);
  return {
    itemId: owed.itemId,
    kind: owed.kind,
    title: followsGroups(owed) ? null : owed.item.title,
    reportOn: owed.reportOn,
    dueAt: isoOf(owed.dueAt),
    window: { from: isoOf(window.from), to: isoOf(window.to) },
    ...standing(told, owed, call.now),
    work: counted.map((one) => {
      const said = body?.work?.find(({ itemId }) => itemId === one.itemId);
      return { ...one, stated: said?.stated ?? one.counted, reason: said?.reason ?? null };
    }),
    nothingReason: body?.nothingReason ?? null,
    remarks: body?.remarks ?? null,
    begun: draft !== undefined,
    versions: rows.map((row) => versionView(row, told.names)),
  };
}

export async function readUnitReports(
  call: Call,
  ports: ReportPorts,
  campaignId: string,
  unitId: string,
  wished: DateOn | undefined,
): Promise<UnitReports | Problem> {
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  const unit = (await store.readUnits(call.trx)).find(({ id }) => id === unitId);
  if (!unit) return problem('reports.no-such-unit', { status: 404 });
  const { plan, settings } = regime;
  const on = wished ?? unitDayNear(plan, settings.unitReports, dayOf(call.now), unitId);
  const owed = on === null ? [] : owedIn(regime, on).filter((one) => one.unitId === unitId);
  const told = await readTold(call, ports, campaignId, on ?? dayOf(call.now), owed);
  const reports: UnitReport[] = [];
  for (const one of owed) reports.push(await viewOf(call, ports, regime, told, one));
  const write = call.may('reports.send', { unitId });
  return {
    now: isoOf(call.now),
    on,
    unit: { id: unit.id, name: unit.name },
    reports,
    may: { write, send: write && isOfPlace(call.actor, { unitId }) },
  };
}
