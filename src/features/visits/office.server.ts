// Flags are advice: the figure stands while somebody looks. A visit, or a person's whole day, is taken back with a
// reason; its pledge goes with it, the rows stay, and the household counts by what else was done.
import { sql } from 'kysely';
import { isoOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { nextChange } from '#platform/feeds.server.ts';
import type { FlagDay, FlagsReply } from '#features/visits/office-schema.ts';

interface Row {
  id: string;
  household_id: string;
  head_name: string;
  house_number: string;
  lane: string;
  group_id: string;
  group_name: string;
  done_at: Date;
  work_on: string;
  outcome: string;
  flags: string[];
  author_id: string;
  name: string | null;
  of_day: number;
}

/** More than a ward looks at in a morning. */
const MOST = 500;

/** Whoever decides for a group: its area officer, or the unit that leads the campaign. */
async function mayIn(call: Call, campaignId: string): Promise<(groupId: string) => boolean> {
  const { rows } = await sql<{ unit: string | null }>`select leading_unit_id as unit from campaigns
    where ward_id = ${call.trx.wardId} and id = ${campaignId}`.execute(call.trx);
  const unitId = rows[0]?.unit ?? null;
  return (groupId) => call.may('visits.take-back', { areaPath: [groupId], unitId });
}

export async function listFlags(call: Call, campaignId: string): Promise<FlagsReply> {
  const { trx } = call;
  const scope = call.scope('households.read');
  const within = scope.everything ? sql`true` : sql`h.group_id = any(${scope.areaIds}::uuid[])`;
  const { rows } = await sql<Row>`
    select v.id, v.household_id, h.head_name, d.house_number, l.name as lane, h.group_id, g.short_name as group_name,
      v.done_at, v.work_on, v.outcome, v.flags, v.author_id, p.name,
      (select count(*)::int from visits o where o.ward_id = v.ward_id and o.author_id = v.author_id
        and o.work_on = v.work_on and o.campaign_id = v.campaign_id and o.taken_back_at is null) as of_day
    from visits v
    join households h on h.ward_id = v.ward_id and h.id = v.household_id
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    join areas g on g.ward_id = h.ward_id and g.id = h.group_id
    left join people p on p.ward_id = v.ward_id and p.id = v.author_id
    where v.ward_id = ${trx.wardId} and v.campaign_id = ${campaignId} and v.flags <> '{}' and v.taken_back_at is null
      and ${within}
      and not exists (select 1 from visit_reviews r where r.ward_id = v.ward_id and r.visit_id = v.id)
    order by v.work_on desc, v.done_at limit ${MOST}`.execute(trx);
  const looked = await sql<{ n: number }>`select count(*)::int as n from visit_reviews r
    join visits v on v.ward_id = r.ward_id and v.id = r.visit_id
    where r.ward_id = ${trx.wardId} and v.campaign_id = ${campaignId}`.execute(trx);
  const may = await mayIn(call, campaignId);
  const byDay = Map.groupBy(rows, (row) => `${row.author_id}/${row.work_on}/${row.group_id}`);
  const days = [...byDay.values()].flatMap((list): FlagDay[] => {
    const [first] = list;
    if (!first) return [];
    return [
      {
        personId: first.author_id,
        name: first.name ?? '',
        day: first.work_on,
        groupId: first.group_id,
        group: first.group_name,
        flagged: list.length,
        visits: first.of_day,
        mayTakeBack: may(first.group_id) && first.author_id !== call.actor.personId,
        items: list.map((row) => ({
          id: row.id,
          householdId: row.household_id,
          headName: row.head_name,
          place: `${row.lane}, ${row.house_number}`,
          doneAt: isoOf(row.done_at.getTime()),
          outcome: row.outcome,
          flags: row.flags,
        })),
      },
    ];
  });
  return {
    days: days.toSorted((a, b) => b.flagged - a.flagged || (a.day < b.day ? 1 : -1)),
    looked: looked.rows[0]?.n ?? 0,
  };
}

interface Taken {
  id: string;
  feed_id: string;
  household_id: string;
  author_id: string;
  group_id: string;
}

async function takeBack(
  call: Call,
  visits: readonly Taken[],
  reason: string,
  subject: { kind: string; id: string },
): Promise<void> {
  const { trx, actor, now } = call;
  for (const [feed, rows] of [...Map.groupBy(visits, ({ feed_id }) => feed_id)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const n = await nextChange(trx, feed);
    const ids = rows.map(({ id }) => id);
    await sql`update visits set taken_back_at = ${new Date(now)}, taken_back_by = ${actor.personId},
        taken_back_reason = ${reason}, change_n = ${n}
      where ward_id = ${trx.wardId} and id = any(${ids}::uuid[]) and taken_back_at is null`.execute(trx);
    await sql`update pledges set taken_back_at = ${new Date(now)}, change_n = ${n}
      where ward_id = ${trx.wardId} and visit_id = any(${ids}::uuid[]) and taken_back_at is null`.execute(
      trx,
    );
  }
  await audit(trx, call, {
    action: 'visits.taken-back',
    subjectKind: subject.kind,
    subjectId: subject.id,
    after: { visits: visits.map(({ id }) => id), reason },
  });
}

export async function takeBackVisit(
  call: Call,
  campaignId: string,
  wish: { visit: string; reason: string },
): Promise<Problem | { taken: number }> {
  const { rows } = await sql<Taken>`select v.id, v.feed_id, v.household_id, v.author_id, h.group_id
    from visits v join households h on h.ward_id = v.ward_id and h.id = v.household_id
    where v.ward_id = ${call.trx.wardId} and v.campaign_id = ${campaignId} and v.id = ${wish.visit}
      and v.taken_back_at is null for update of v`.execute(call.trx);
  const [row] = rows;
  if (!row) return problem('visits.no-such-visit', { status: 404 });
  const may = await mayIn(call, campaignId);
  if (!may(row.group_id) && row.author_id !== call.actor.personId)
    return problem('people.not-allowed', { status: 403 });
  await takeBack(call, rows, wish.reason, { kind: 'visit', id: row.id });
  return { taken: 1 };
}

export async function takeBackDay(
  call: Call,
  campaignId: string,
  wish: { person: string; day: string; area: string; reason: string },
): Promise<Problem | { taken: number }> {
  const may = await mayIn(call, campaignId);
  if (!may(wish.area)) return problem('people.not-allowed', { status: 403 });
  const { rows } = await sql<Taken>`select v.id, v.feed_id, v.household_id, v.author_id, h.group_id
    from visits v join households h on h.ward_id = v.ward_id and h.id = v.household_id
    where v.ward_id = ${call.trx.wardId} and v.campaign_id = ${campaignId} and v.author_id = ${wish.person}
      and v.work_on = ${wish.day}::date and h.group_id = ${wish.area} and v.taken_back_at is null for update of v`.execute(
    call.trx,
  );
  if (rows.length === 0) return problem('visits.no-such-day', { status: 404 });
  await takeBack(call, rows, wish.reason, { kind: 'person', id: wish.person });
  return { taken: rows.length };
}

export async function review(
  call: Call,
  campaignId: string,
  visits: readonly string[],
): Promise<{ reviewed: number }> {
  const { trx, actor, now } = call;
  const may = await mayIn(call, campaignId);
  const { rows } = await sql<{ id: string; group_id: string }>`select v.id, h.group_id
    from visits v join households h on h.ward_id = v.ward_id and h.id = v.household_id
    where v.ward_id = ${trx.wardId} and v.campaign_id = ${campaignId} and v.id = any(${[...visits]}::uuid[])`.execute(
    trx,
  );
  const own = rows.filter(({ group_id }) => may(group_id)).map(({ id }) => id);
  if (own.length === 0) return { reviewed: 0 };
  await sql`insert into visit_reviews (ward_id, visit_id, reviewed_by, reviewed_at)
    select ${trx.wardId}, id, ${actor.personId}, ${new Date(now)} from unnest(${own}::uuid[]) as id
    on conflict do nothing`.execute(trx);
  await audit(trx, call, {
    action: 'visits.reviewed',
    subjectKind: 'campaign',
    subjectId: campaignId,
    after: { visits: own },
  });
  return { reviewed: own.length };
}
