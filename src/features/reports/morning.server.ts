// The morning board: every group's report at once, as it stands now; and the picture taken at the hour it is owed, which
// stays for good. Later arrivals are seen beside it, never in it.
import { createHash } from 'node:crypto';
import type { DateOn } from '#core/calendar.ts';
import { dayOf, isoOf, type Instant } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { canonicalJson } from '#platform/audit/canonical.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { occurrenceKey } from '#features/plan/engine/calendar.ts';
import { decidingInstant, figureOf, standingOf, TROUBLE } from '#features/reports/model.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import type { Owed } from '#features/reports/regime.ts';
import { morningNear, quickOn, readRegime, type Regime } from '#features/reports/regime.server.ts';
import { readTold } from '#features/reports/reading.server.ts';
import {
  MorningPicture,
  type MorningCell,
  type MorningReply,
  type UnitCell,
} from '#features/reports/schema.ts';
import { arrivalOf } from '#features/reports/keep.server.ts';
import { unitCellsAt } from '#features/reports/units/unit-cells.ts';
import { unitsOwed } from '#features/reports/units/unit-owed.ts';
import * as store from '#features/reports/store.server.ts';
import type { ReportRow } from '#features/reports/store.server.ts';

type Told = Awaited<ReturnType<typeof readTold>>;

const iso = (at: Date | null | undefined): string | null => (at ? isoOf(at.getTime()) : null);

function cellOf(owed: Owed, told: Told, at: Instant): MorningCell {
  const rows = told.rows.filter(
    (row) =>
      row.item_id === owed.itemId && row.area_id === owed.areaId && decidingInstant(arrivalOf(row)) <= at,
  );
  const [first, last]: (ReportRow | undefined)[] = [rows[0], rows.at(-1)];
  const excuse = told.excused.find(
    (one) => one.itemId === owed.itemId && one.areaId === owed.areaId && one.periodStart === owed.periodStart,
  );
  const drafted = told.drafts.some(
    (one) => one.item_id === owed.itemId && one.place_id === owed.areaId && one.saved_at.getTime() <= at,
  );
  const group = told.groups.find(({ id }) => id === owed.areaId);
  const reached = last ? figureOf(last.body.figures, 'reached') : { day: null, total: null };
  return {
    areaId: owed.areaId ?? '',
    name: group?.name ?? '',
    shortName: group?.shortName ?? '',
    ...standingOf(owed.dueAt, at, {
      first: first ? { arrival: arrivalOf(first), complete: first.complete } : null,
      drafted,
      excused: excuse !== undefined,
    }),
    composedAt: iso(first?.composed_at),
    receivedAt: iso(first?.received_at),
    reachedAt: iso(first?.reached_at),
    enteredBy: first?.entered_by ? (told.names.get(first.entered_by)?.name ?? '') : null,
    version: last?.version ?? null,
    reached: reached.day,
    total: reached.total,
    households: group?.households ?? null,
    excuse: excuse?.reason ?? null,
  };
}

const worstFirst = (a: MorningCell, b: MorningCell): number =>
  TROUBLE.indexOf(a.state) - TROUBLE.indexOf(b.state) || b.minutesLate - a.minutesLate;

const cellsAt = (owed: readonly Owed[], told: Told, at: Instant): MorningCell[] =>
  owed.map((one) => cellOf(one, told, at)).sort(worstFirst);

/** Units stand in the picture as groups do: by what had come at the hour. */
const unitsAt = (owed: readonly Owed[], told: Told, at: Instant): UnitCell[] =>
  unitCellsAt(
    owed,
    {
      name: (unitId) => told.units.find(({ id }) => id === unitId)?.name ?? '',
      sent: told.rows.flatMap((row) =>
        row.unit_id === null
          ? []
          : [
              {
                itemId: row.item_id,
                unitId: row.unit_id,
                arrival: arrivalOf(row),
                complete: row.complete,
                nothingReason: row.body.nothingReason,
              },
            ],
      ),
      drafts: told.drafts.map((one) => ({
        itemId: one.item_id,
        placeId: one.place_id,
        savedAt: one.saved_at.getTime(),
      })),
    },
    at,
  );

/** Who of a group is to be called: its leader. */
async function leadersOf(trx: WardTransaction, now: Instant) {
  const leaders = await store.leadersAt(trx, new Date(now));
  const names = await store.peopleNames(trx, [...leaders.values()]);
  return (areaId: string) => {
    const person = names.get(leaders.get(areaId) ?? '');
    return person ? { name: person.name, phone: person.phone } : null;
  };
}

export async function readMorning(
  call: Call,
  ports: ReportPorts,
  campaignId: string,
  wished: DateOn | undefined,
): Promise<MorningReply | Problem> {
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  const on = wished ?? morningNear(regime, dayOf(call.now)) ?? dayOf(call.now);
  const scope = call.scope('reports.read-morning');
  const owed = quickOn(regime, on).filter(
    ({ areaId }) => scope.everything || scope.areaIds.includes(areaId ?? ''),
  );
  const [first] = owed;
  const told = await readTold(call, ports, campaignId, on, owed);
  const leader = await leadersOf(call.trx, call.now);
  const key = new Map(
    owed.map((one) => [one.areaId ?? '', occurrenceKey(one.itemId, one.areaId, one.periodStart)]),
  );
  const frozen = first ? await store.findMorning(call.trx, campaignId, first.itemId, on) : undefined;
  const picture = frozen ? MorningPicture.parse(frozen.picture) : null;
  const seen = new Set(owed.map(({ areaId }) => areaId));
  const remind = call.scope('reminders.remind');
  return {
    now: isoOf(call.now),
    on,
    itemId: first?.itemId ?? null,
    dueAt: first ? isoOf(first.dueAt) : null,
    mornings: await store.listMornings(call.trx, campaignId),
    live: cellsAt(owed, told, call.now).map((cell) => ({
      ...cell,
      leader: leader(cell.areaId),
      occurrence: key.get(cell.areaId) ?? '',
    })),
    frozen:
      frozen && picture
        ? {
            at: picture.at,
            cells: picture.cells.filter(({ areaId }) => seen.has(areaId)),
            // Who sees some groups alone sees no unit.
            units: scope.everything ? picture.units : undefined,
            hash: frozen.hash.toString('hex'),
          }
        : null,
    may: {
      remind: remind.everything || remind.areaIds.length > 0 || remind.unitIds.length > 0,
      enter: call.may('reports.send', { unitId: regime.plan.campaign.leadingUnitId }),
    },
  };
}

/** How long after the hour a stopped machine still takes the picture: it is computed for the hour itself. */
const STILL_TAKEN = 36 * 3_600_000;

/** Takes the pictures whose hour has come. Safe to run again: a morning has one picture. */
export async function freezeMornings(
  trx: WardTransaction,
  ports: ReportPorts,
  campaignId: string,
  now: Instant,
): Promise<number> {
  const regime: Regime | null = await readRegime(trx, ports, campaignId);
  if (!regime) return 0;
  let taken = 0;
  for (const day of new Set([dayOf(now), dayOf(now - STILL_TAKEN / 2), dayOf(now - STILL_TAKEN)])) {
    const owed = quickOn(regime, day);
    const [first] = owed;
    if (!first || now < first.dueAt) continue;
    if (await store.findMorning(trx, campaignId, first.itemId, day)) continue;
    const told = await readTold({ trx }, ports, campaignId, day, owed);
    const picture: MorningPicture = {
      at: isoOf(first.dueAt),
      cells: cellsAt(owed, told, first.dueAt),
      units: unitsAt(unitsOwed(regime.plan, regime.settings.unitReports, day), told, first.dueAt),
    };
    const hash = createHash('sha256').update(canonicalJson(picture)).digest();
    const morning = { campaignId, itemId: first.itemId, reportOn: day, at: new Date(now), picture, hash };
    if (await store.keepMorning(trx, morning)) taken += 1;
  }
  return taken;
}
