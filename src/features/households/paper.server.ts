// What typing in from paper needs of one lane: its doors in walking order, who may have walked it, the text they signed.
import { sql } from 'kysely';
import { dayOf, isoOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { readCampaign } from '#features/households/coverage.server.ts';
import type { PaperReply } from '#features/households/paper-schema.ts';

const FIELD_ROLES = ['area-officer', 'group-leader', 'deputy-leader', 'field-member'];

async function readVisitors(call: Call, area: string): Promise<PaperReply['visitors']> {
  const { rows } = await sql<PaperReply['visitors'][number]>`
    select p.id, p.name from people p
    join grants g on g.ward_id = p.ward_id and g.person_id = p.id
    where p.ward_id = ${call.trx.wardId} and g.area_id = ${area} and g.role = any(${FIELD_ROLES})
      and g.from_at <= ${new Date(call.now)} and (g.to_at is null or g.to_at > ${new Date(call.now)})
    group by p.id, p.name
    order by min(array_position(array['group-leader', 'deputy-leader', 'field-member', 'area-officer'], g.role)), p.name`.execute(
    call.trx,
  );
  return rows;
}

async function readDoors(
  call: Call,
  campaign: string,
  area: string,
  lane: string | null,
): Promise<PaperReply['doors']> {
  const { rows } = await sql<PaperReply['doors'][number]>`
    select h.id, h.head_name as "headName", d.house_number as "houseNumber", h.n,
      case when ${lane}::uuid is null then l.name end as lane,
      s.reached_on as "reachedOn", s.pledged_on as "pledgedOn"
    from households h
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    left join household_standing s on s.ward_id = h.ward_id and s.household_id = h.id and s.campaign_id = ${campaign}
    where h.ward_id = ${call.trx.wardId} and h.group_id = ${area}
      and (${lane}::uuid is null or d.lane_id = ${lane}::uuid) and h.merged_into is null and h.closed_at is null
    order by l.position, l.name, (substring(d.house_number from '^[0-9]{1,8}'))::int nulls last, d.house_number, h.n`.execute(
    call.trx,
  );
  return rows;
}

/** A household counts once, however often it was typed in. */
async function readGatherings(call: Call, campaign: string, area: string): Promise<PaperReply['gatherings']> {
  const { rows } = await sql<PaperReply['gatherings'][number]>`
    select v.work_on as day, v.place, count(distinct v.household_id)::int as households,
      count(distinct p.household_id)::int as signed
    from visits v
    left join pledges p on p.ward_id = v.ward_id and p.visit_id = v.id and p.withdrawn_at is null
      and p.taken_back_at is null
    where v.ward_id = ${call.trx.wardId} and v.campaign_id = ${campaign} and v.feed_id = ${area}
      and v.place in ('meeting', 'culture-house', 'leader-house') and v.taken_back_at is null
    group by v.work_on, v.place order by v.work_on desc, v.place limit 50`.execute(call.trx);
  return rows;
}

export async function readPaper(
  call: Call,
  campaignId: string,
  area: string,
  { lane, day }: { readonly lane?: string | undefined; readonly day?: string | undefined },
): Promise<PaperReply | Problem> {
  const { trx } = call;
  const campaign = await readCampaign(trx, campaignId);
  if (!campaign) return problem('plan.no-such-campaign', { status: 404 });
  const { rows: lanes } = await sql<{
    id: string;
    name: string;
  }>`select id, name from areas where ward_id = ${trx.wardId}
    and parent_id = ${area} and kind = 'lane' and valid_to is null order by position, name`.execute(trx);
  const today = dayOf(call.now);
  const { rows: texts } = await sql<{
    version: number;
  }>`select version from pledge_texts where ward_id = ${trx.wardId}
    and campaign_id = ${campaignId} and in_force_from <= ${day !== undefined && day < today ? day : today} order by version desc limit 1`.execute(
    trx,
  );
  const known = lane !== undefined && lanes.some(({ id }) => id === lane);
  return {
    campaign,
    today,
    now: isoOf(call.now),
    me: call.actor.personId,
    textVersion: texts[0]?.version ?? null,
    lanes,
    visitors: await readVisitors(call, area),
    gatherings: await readGatherings(call, campaignId, area),
    doors:
      lane === 'all' || known ? await readDoors(call, campaignId, area, lane === 'all' ? null : lane) : [],
  };
}
