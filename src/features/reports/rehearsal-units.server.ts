// Mornings of the units' reports of a sample ward, filled from the evidence already drawn and confirmed by their heads. On
// the last morning one is only begun and one is not there yet; before it one came late and one never.
import { createHash } from 'node:crypto';
import { type DateOn } from '#core/calendar.ts';
import { instantOf, type Instant } from '#core/clock.ts';
import { isProblem } from '#core/problem.ts';
import { canonicalJson } from '#platform/audit/canonical.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChanges, wardFeed } from '#platform/feeds.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import { isComplete, type ReportBody, type WorkLine } from '#features/reports/model.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import type { Owed } from '#features/reports/regime.ts';
import { windowFor, type Regime } from '#features/reports/regime.server.ts';
import * as store from '#features/reports/store.server.ts';
import type { ReportRow } from '#features/reports/store.server.ts';
import { unitsOwed, workTold } from '#features/reports/units/unit-owed.ts';
import { isOfUnit, workOf } from '#features/reports/units/work.server.ts';

export interface SampleUnitOfReports {
  readonly id: string;
  readonly headId: string;
}

type OfUnit = Owed & { readonly unitId: string };
type How = 'sent' | 'late' | 'silent' | 'drafted';

/** Places in the list of units that owe one, and what became of theirs on which of the mornings, the last being 0. */
const ODD: Readonly<Record<number, Readonly<Record<number, How>>>> = {
  0: { 0: 'silent' },
  1: { 1: 'late' },
  2: { 0: 'drafted' },
  3: { 2: 'silent' },
};
const LATE = '08:52';
const FIRST_HOUR = '06:40';
/** Minutes over which they come in: the sample's clock stands at 07:50 of the last morning. */
const SPREAD = 65;
const MINUTE = 60_000;

const EARLY = 'Bắt đầu đợt cao điểm, chưa phát sinh số liệu';
const QUIET = 'Hôm qua đơn vị chưa có việc đến lịch';

function bodyOf(work: readonly WorkLine[], nothingReason: string | null): ReportBody {
  return { figures: {}, households: null, reasons: {}, nothingReason, remarks: null, work };
}

/** Why a report without any work is one all the same. */
function reasonOf(first: boolean, work: readonly WorkLine[]): string | null {
  if (first) return EARLY;
  return work.some(({ stated }) => stated > 0) ? null : QUIET;
}

interface Parcel {
  readonly regime: Regime;
  readonly owed: OfUnit;
  readonly headId: string;
  readonly body: ReportBody;
  readonly at: Instant;
  readonly id: string;
  readonly feedId: string;
  readonly changeN: number;
}

function rowOf({ regime, owed, headId, body, at, id, feedId, changeN }: Parcel): Omit<ReportRow, 'ward_id'> {
  const window = windowFor(regime, owed);
  return {
    campaign_id: regime.plan.campaign.id,
    id,
    item_id: owed.itemId,
    area_id: null,
    unit_id: owed.unitId,
    report_on: owed.reportOn,
    version: 1,
    due_at: new Date(owed.dueAt),
    window_kind: regime.settings.window,
    window_from: new Date(window.from),
    window_to: new Date(window.to),
    body,
    itemised: {},
    counted_n: null,
    complete: isComplete(body),
    composed_at: new Date(at - 2 * MINUTE),
    received_at: new Date(at),
    decided_at: new Date(at),
    author_id: headId,
    entered_by: null,
    reached_by: null,
    reached_at: null,
    proof: null,
    proof_sha256: null,
    words: null,
    correction: null,
    body_hash: createHash('sha256')
      .update(canonicalJson([headId, owed.unitId, owed.itemId, body]))
      .digest(),
    feed_id: feedId,
    change_n: changeN,
  };
}

interface Sample {
  readonly ports: ReportPorts;
  readonly regime: Regime;
  readonly units: readonly SampleUnitOfReports[];
  /** In order; the last is the morning the sample stands at. */
  readonly days: readonly DateOn[];
}

/** Whose report is owed on the morning, in the order of the units. */
function quickOf({ regime, units }: Sample, day: DateOn): { owed: OfUnit; headId: string }[] {
  const owed = unitsOwed(regime.plan, regime.settings.unitReports, day).filter(isOfUnit);
  return units.flatMap(({ id, headId }) =>
    owed
      .filter(({ unitId, kind }) => unitId === id && kind === 'quick')
      .map((one) => ({ owed: one, headId })),
  );
}

export async function runSampleUnitReports(
  trx: WardTransaction,
  sample: Sample,
  chance: Chance,
): Promise<void> {
  const { ports, regime, days } = sample;
  const feedId = await wardFeed(trx);
  const rows: Omit<ReportRow, 'ward_id'>[] = [];
  for (const [n, day] of days.entries())
    for (const [place, { owed, headId }] of quickOf(sample, day).entries()) {
      const how = ODD[place]?.[days.length - 1 - n] ?? 'sent';
      if (how === 'silent') continue;
      const soon = instantOf(day, FIRST_HOUR) + chance.int(0, SPREAD) * MINUTE;
      const at = how === 'late' ? instantOf(day, LATE) : soon;
      const told = workTold(await workOf(trx, ports, regime, owed, at), []);
      const work = isProblem(told) ? [] : told;
      const body = bodyOf(work, reasonOf(n === 0, work));
      if (how === 'drafted') {
        const key = { itemId: owed.itemId, placeId: owed.unitId, reportOn: owed.reportOn };
        const by = { at: new Date(at), personId: headId };
        await store.saveDraft(trx, regime.plan.campaign.id, key, body, by);
        continue;
      }
      const [changeN = 0] = await nextChanges(trx, [feedId]);
      rows.push(rowOf({ regime, owed, headId, body, at, id: chance.ids(at)(), feedId, changeN }));
    }
  if (rows.length > 0) await store.insertReports(trx, rows);
}
