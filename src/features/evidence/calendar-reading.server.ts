// From rows to what the engine takes. The acts of a campaign are kept between requests and fed what changed since: a
// ward-year holds some hundred thousand, and opening it must not begin by reading them all. What is kept is only a
// copy: change numbers say what is new, so any number of processes answer alike, and one that starts afresh reads anew.
import { addDays, type ClosedRange, type DateOn } from '#core/calendar.ts';
import { sql } from 'kysely';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import type { RunningPlan } from '#features/evidence/plan-reading.server.ts';
import { DAYS_OFF } from '#features/plan/engine/days-off.ts';
import { ActIndex } from '#features/plan/engine/acts.ts';
import { calendarOf, type Calendar } from '#features/plan/engine/calendar.ts';
import type { Excuse, PlanVersion } from '#features/plan/model.ts';

/** A plan kept between requests keeps the calendars made of it: a calendar is never changed. */
const calendars = new WeakMap<RunningPlan, Map<DateOn, Calendar>>();
/** Last days asked about at the same time: today, this week, the campaign. */
const MOST_CALENDARS = 8;

export function calendarUntil(plan: RunningPlan, until: DateOn): Calendar {
  const own = calendars.get(plan) ?? new Map<DateOn, Calendar>();
  calendars.set(plan, own);
  const found = own.get(until);
  if (found) return found;
  const made = calendarOf({ versions: plan.versions, areas: plan.areas, daysOff: DAYS_OFF }, until);
  if (own.size >= MOST_CALENDARS) own.clear();
  own.set(until, made);
  return made;
}

interface ActsRow {
  readonly id: string;
  readonly items: string[];
  readonly area_id: string | null;
  readonly work_on: string;
  readonly done_at: number;
  readonly received_at: number;
  readonly undone_at: number | null;
  readonly channel: string | null;
  readonly count: number;
}

interface KeptActs {
  readonly versions: string;
  readonly index: ActIndex;
  /** Up to which change of each feed it has read. */
  readonly seen: Map<string, number>;
  size: number;
  /** Readings take turns: an older row put after a newer one would bring back what was undone. */
  turn: Promise<unknown>;
}

/** Some hundred bytes each: what a process of modest memory can hold. The longest unasked campaign goes first. */
const MOST_ACTS = 500_000;

const keptByDatabase = new WeakMap<Database, Map<string, KeptActs>>();

async function readChanges(trx: WardTransaction, campaignId: string, kept: KeptActs): Promise<void> {
  const feeds = await trx
    .selectFrom('feeds')
    .select(['feed_id', 'n'])
    .where('ward_id', '=', trx.wardId)
    .execute();
  const news = feeds.filter(({ feed_id, n }) => n > (kept.seen.get(feed_id) ?? -1));
  if (news.length === 0) return;
  const epoch = (column: 'done_at' | 'received_at' | 'undone_at') =>
    sql`(extract(epoch from e.${sql.ref(column)}) * 1000)::float8 as ${sql.ref(column)}`;
  const { rows } = await sql<ActsRow>`
    select e.id, e.area_id, e.work_on, e.channel, e.count, ${epoch('done_at')}, ${epoch('received_at')},
      ${epoch('undone_at')},
      array(select i.item_id from evidence_items i where i.ward_id = e.ward_id
        and i.campaign_id = e.campaign_id and i.evidence_id = e.id) as items
    from evidence e
    join unnest(${news.map(({ feed_id }) => feed_id)}::uuid[],
        ${news.map(({ feed_id }) => kept.seen.get(feed_id) ?? -1)}::bigint[]) as f (feed_id, seen)
      on e.feed_id = f.feed_id and e.change_n > f.seen
    where e.ward_id = ${trx.wardId} and e.campaign_id = ${campaignId}
    order by e.work_on`.execute(trx);
  for (const row of rows) {
    kept.index.put({
      id: row.id,
      itemIds: row.items,
      areaId: row.area_id,
      workOn: row.work_on,
      doneAt: row.done_at,
      channel: row.channel,
      count: row.count,
      receivedAt: row.received_at,
      undoneAt: row.undone_at,
    });
  }
  kept.size += rows.length;
  for (const { feed_id, n } of news) kept.seen.set(feed_id, n);
}

const versionsKey = (versions: readonly PlanVersion[]): string =>
  versions.map(({ number, inForceFrom }) => `${number}@${inForceFrom}`).join(' ');

function makeRoom(all: Map<string, KeptActs>, keep: string): void {
  let size = [...all.values()].reduce((sum, one) => sum + one.size, 0);
  for (const [key, one] of all) {
    if (size <= MOST_ACTS) return;
    if (key === keep) continue;
    all.delete(key);
    size -= one.size;
  }
}

/** All acts of the campaign as committed now. */
export async function readActIndex(
  database: Database,
  trx: WardTransaction,
  plan: RunningPlan,
): Promise<ActIndex> {
  const all = keptByDatabase.get(database) ?? new Map<string, KeptActs>();
  keptByDatabase.set(database, all);
  const key = `${trx.wardId}/${plan.campaign.id}`;
  const versions = versionsKey(plan.versions);
  let kept = all.get(key);
  if (kept?.versions !== versions) {
    const index = new ActIndex(plan.versions);
    kept = { versions, index, seen: new Map(), size: 0, turn: Promise.resolve() };
  }
  // Put last again: a Map gives its entries in the order they were set.
  all.delete(key);
  all.set(key, kept);
  const own = kept;
  const turn = own.turn.then(() => readChanges(trx, plan.campaign.id, own));
  own.turn = turn.catch(() => undefined);
  try {
    await turn;
  } catch (error) {
    if (all.get(key) === own) all.delete(key);
    throw error;
  }
  makeRoom(all, key);
  return own.index;
}

/** Periods of a quarter or half a year begin long before the days one looks at; excuses are few. */
const LONGEST_PERIOD = 400;

export async function readExcuses(
  trx: WardTransaction,
  campaignId: string,
  range: ClosedRange,
): Promise<(Excuse & { readonly id: string; readonly reason: string })[]> {
  const { rows } = await sql<{
    id: string;
    item_id: string;
    area_id: string | null;
    period_start: string;
    reason: string;
    granted_at: Date;
  }>`
    select id, item_id, area_id, period_start, reason, granted_at from excuses
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and revoked_at is null
      and period_start between ${addDays(range.from, -LONGEST_PERIOD)}::date and ${range.to}::date`.execute(
    trx,
  );
  return rows.map((row) => ({
    id: row.id,
    reason: row.reason,
    itemId: row.item_id,
    areaId: row.area_id,
    periodStart: row.period_start,
    grantedAt: row.granted_at.getTime(),
    revokedAt: null,
  }));
}
