// Four mornings of quick reports for a sample ward, made of the days already drawn: what the groups did is what they
// report, at the hours at which they told of it. One sent nothing but an empty form, one has begun and not sent, one
// corrected itself, and the first morning has nothing to count yet.
import { addDays } from '#core/calendar.ts';
import { instantOf } from '#core/clock.ts';
import { sql } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import type { Figures } from '#features/reports/figures.ts';
import { itemisedOf } from '#features/reports/itemised.server.ts';
import { isComplete, windowOf, type ReportBody, type Window } from '#features/reports/model.ts';
import { freezeMornings } from '#features/reports/morning.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { isQuick, owedOn, type Owed } from '#features/reports/regime.ts';
import { runSampleUnitReports, type SampleUnitOfReports } from '#features/reports/rehearsal-units.server.ts';
import type { ReportSettings } from '#features/reports/settings.ts';
import * as store from '#features/reports/store.server.ts';
import type { ReportRow } from '#features/reports/store.server.ts';

export interface SampleReports {
  readonly campaignId: string;
  readonly settings: ReportSettings;
  readonly headId: string;
  readonly groups: readonly { readonly id: string; readonly leaderId: string; readonly households: number }[];
  readonly units: readonly SampleUnitOfReports[];
}

const DAYS = ['2025-08-02', '2025-08-03', '2025-08-04', '2025-08-05'] as const;
const LAST = DAYS[3];
const DUE = '08:30';
/** Places in the list of groups that show a state of their own on the last morning. */
const EMPTY_AT = 13;
const DRAFTED_AT = [6, 23];
const CORRECTED_AT = 11;

interface ToldRow {
  readonly id: string;
  readonly area_id: string;
  readonly work_on: string;
  readonly done_at: Date;
  readonly received_at: Date;
  readonly author_id: string;
  readonly entered_by: string | null;
  readonly feed_id: string;
  readonly change_n: number;
}

/** Households done by group and day, as the days were drawn. */
async function doneBy(trx: WardTransaction, campaignId: string) {
  const { rows } = await sql<{ area_id: string; work_on: string; activity: string; count: number }>`
    select e.area_id, e.work_on, min(i.body ->> 'activity') as activity, max(e.count)::int as count
    from evidence e
    join evidence_items x on x.ward_id = e.ward_id and x.campaign_id = e.campaign_id and x.evidence_id = e.id
    join plan_confirmed_items i on i.ward_id = e.ward_id and i.campaign_id = e.campaign_id and i.item_id = x.item_id
    where e.ward_id = ${trx.wardId} and e.campaign_id = ${campaignId} and e.area_id is not null
      and e.undone_at is null and i.body ->> 'activity' in ('visit', 'pledge')
    group by e.id, e.area_id, e.work_on`.execute(trx);
  return (areaId: string, activity: string, from: string, to: string): number =>
    rows
      .filter((row) => row.area_id === areaId && row.activity === activity)
      .filter((row) => row.work_on >= from && row.work_on <= to)
      .reduce((sum, { count }) => sum + count, 0);
}

async function toldOn(trx: WardTransaction, campaignId: string, itemId: string): Promise<ToldRow[]> {
  const { rows } = await sql<ToldRow>`
    select e.id, e.area_id, e.work_on, e.done_at, e.received_at, e.author_id, e.entered_by, e.feed_id, e.change_n
    from evidence e
    join evidence_items x on x.ward_id = e.ward_id and x.campaign_id = e.campaign_id and x.evidence_id = e.id
    where e.ward_id = ${trx.wardId} and e.campaign_id = ${campaignId} and x.item_id = ${itemId}
      and e.area_id is not null
    order by e.area_id, e.received_at`.execute(trx);
  return rows;
}

const most = (a: number, b: number | null | undefined): number => Math.max(a, b ?? 0);

type NewReport = Omit<ReportRow, 'ward_id'>;

class Mornings {
  readonly #trx: WardTransaction;
  readonly #sample: SampleReports;
  readonly #chance: Chance;
  readonly #done: Awaited<ReturnType<typeof doneBy>>;
  readonly #zalo = new Map<string, number>();

  constructor(
    trx: WardTransaction,
    sample: SampleReports,
    chance: Chance,
    done: Awaited<ReturnType<typeof doneBy>>,
  ) {
    this.#trx = trx;
    this.#sample = sample;
    this.#chance = chance;
    this.#done = done;
  }

  body(areaId: string, households: number, on: string, itemised: Figures): ReportBody {
    const none = { households, reasons: {}, remarks: null };
    if (on === DAYS[0])
      return { ...none, figures: {}, nothingReason: 'Bắt đầu đợt cao điểm, chưa phát sinh số liệu' };
    const day = addDays(on, -1);
    const reached = most(this.#done(areaId, 'visit', day, day), itemised.reached?.day);
    const pledged = most(this.#done(areaId, 'pledge', day, day), itemised.pledged?.day);
    const reachedTotal = most(this.#done(areaId, 'visit', DAYS[0], day), itemised.reached?.total);
    const pledgedTotal = most(this.#done(areaId, 'pledge', DAYS[0], day), itemised.pledged?.total);
    const members = Math.min(
      households,
      (this.#zalo.get(areaId) ?? Math.round(households * 0.5)) + this.#chance.int(2, 14),
    );
    this.#zalo.set(areaId, members);
    if (reached === 0)
      return {
        ...none,
        figures: { reached: { day: 0, total: reachedTotal }, pledged: { day: 0, total: pledgedTotal } },
        nothingReason: 'Tối qua mưa to, chuyển sang tối nay',
      };
    const away = this.#chance.int(0, 4);
    return {
      ...none,
      figures: {
        reached: { day: reached, total: reachedTotal },
        pledged: { day: pledged, total: pledgedTotal },
        absent: { day: null, total: this.#chance.int(1, 6) },
        away: { day: null, total: away },
        zaloGroups: { day: null, total: 1 },
        zaloMembers: { day: null, total: members },
        posts: { day: this.#chance.int(0, 2), total: null },
        broadcasts: { day: this.#chance.int(0, 2), total: null },
        tips: { day: this.#chance.next() < 0.06 ? 1 : 0, total: null },
      },
      nothingReason: null,
      remarks: away > 2 ? `${away} hộ đi làm ăn xa, đã gửi tài liệu qua Zalo` : null,
    };
  }

  async #counted(areaId: string, window: Window): Promise<Figures> {
    const counted = await itemisedOf(this.#trx, this.#sample.campaignId, [{ areaId, upTo: null }], window);
    return counted.get(areaId) ?? {};
  }

  async keep(owed: Owed, told: ToldRow, n: number): Promise<void> {
    const { campaignId, settings } = this.#sample;
    const group = this.#sample.groups[n];
    if (!group) return;
    const window = windowOf(settings.window, owed.reportOn, DUE);
    const itemised = await this.#counted(group.id, window);
    const empty = n === EMPTY_AT && owed.reportOn === LAST;
    const full = this.body(group.id, group.households, owed.reportOn, itemised);
    const body: ReportBody = empty ? { ...full, figures: {}, nothingReason: null, remarks: null } : full;
    const { done_at: composed, received_at: received } = told;
    const reachedAt = told.entered_by ? composed : null;
    const row: NewReport = {
      campaign_id: campaignId,
      id: told.id,
      item_id: owed.itemId,
      area_id: group.id,
      unit_id: null,
      report_on: owed.reportOn,
      version: 1,
      due_at: new Date(owed.dueAt),
      window_kind: settings.window,
      window_from: new Date(window.from),
      window_to: new Date(window.to),
      body,
      itemised: empty ? {} : itemised,
      counted_n: told.change_n,
      complete: isComplete(body),
      composed_at: told.entered_by ? null : composed,
      received_at: received,
      decided_at: reachedAt ?? received,
      author_id: told.author_id,
      entered_by: told.entered_by,
      reached_by: told.entered_by ? 'zalo' : null,
      reached_at: reachedAt,
      proof: told.entered_by ? 'call' : null,
      proof_sha256: null,
      words: null,
      correction: null,
      body_hash: Buffer.alloc(32),
      feed_id: told.feed_id,
      change_n: told.change_n,
    };
    const corrected = n === CORRECTED_AT && owed.reportOn === DAYS[2] ? this.#mended(row) : null;
    await store.insertReports(this.#trx, corrected ? [row, corrected] : [row]);
  }

  /** A second version, an hour and a half later, with one household more. */
  #mended(row: NewReport): NewReport | null {
    const { reached } = row.body.figures;
    if (!reached) return null;
    const at = row.received_at.getTime() + 5_400_000;
    return {
      ...row,
      id: this.#chance.branch('correction').ids(at)(),
      version: 2,
      body: {
        ...row.body,
        figures: {
          ...row.body.figures,
          reached: { day: (reached.day ?? 0) + 1, total: (reached.total ?? 0) + 1 },
        },
      },
      received_at: new Date(at),
      composed_at: new Date(at - 60_000),
      decided_at: new Date(at),
      correction: 'Bổ sung 01 hộ ghi trên giấy tối 03/8',
    };
  }

  async draft(owed: Owed, n: number): Promise<void> {
    const group = this.#sample.groups[n];
    if (!group) return;
    await store.saveDraft(
      this.#trx,
      this.#sample.campaignId,
      { itemId: owed.itemId, placeId: group.id, reportOn: owed.reportOn },
      this.body(group.id, group.households, owed.reportOn, {}),
      { at: new Date(instantOf(LAST, '07:44')), personId: group.leaderId },
    );
  }
}

export async function runSampleReports(
  trx: WardTransaction,
  ports: ReportPorts,
  sample: SampleReports,
  chance: Chance,
): Promise<void> {
  const { campaignId, settings, headId } = sample;
  const since = new Date(instantOf('2025-08-01', '15:30'));
  await store.insertSettings(trx, campaignId, 1, settings, { at: since, personId: headId });
  const plan = await ports.plan(trx, campaignId);
  if (!plan) return;
  // Before the pictures are taken, in which units stand too.
  const regime = { plan, settings, settingsVersion: 1 };
  await runSampleUnitReports(trx, { ports, regime, units: sample.units, days: DAYS }, chance.branch('units'));
  const mornings = new Mornings(trx, sample, chance, await doneBy(trx, campaignId));
  for (const day of DAYS) {
    const owed = owedOn(plan, day).filter(isQuick);
    const [first] = owed;
    if (!first) continue;
    const told = await toldOn(trx, campaignId, first.itemId);
    for (const [n, group] of sample.groups.entries()) {
      const one = owed.find(({ areaId }) => areaId === group.id);
      const act = told.find(({ area_id, work_on }) => area_id === group.id && work_on === day);
      if (one && act) await mornings.keep(one, act, n);
      else if (one && day === LAST && DRAFTED_AT.includes(n)) await mornings.draft(one, n);
    }
    if (day !== LAST) await freezeMornings(trx, ports, campaignId, first.dueAt + 60_000);
  }
}
