// Which lane is walked on which evening, and by whom. Told to people beforehand, so changed by cancelling and adding.
import { sql } from 'kysely';
import { dayOf, isoOf } from '#core/clock.ts';
import { isDateOn } from '#core/calendar.ts';
import { derivedId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { RoundsReply, RoundWish } from '#features/visits/rounds-schema.ts';

const FIELD_ROLES = ['group-leader', 'deputy-leader', 'field-member', 'area-officer'];

async function readLanes(call: Call, area: string): Promise<RoundsReply['lanes']> {
  const { rows } = await sql<RoundsReply['lanes'][number]>`select id, name from areas
    where ward_id = ${call.trx.wardId} and parent_id = ${area} and kind = 'lane' and valid_to is null
    order by position, name`.execute(call.trx);
  return rows;
}

async function readPeople(call: Call, area: string): Promise<RoundsReply['people']> {
  const { rows } = await sql<RoundsReply['people'][number]>`
    select p.id, p.name from people p
    join grants g on g.ward_id = p.ward_id and g.person_id = p.id
    where p.ward_id = ${call.trx.wardId} and g.area_id = ${area} and g.role = any(${FIELD_ROLES})
      and g.from_at <= ${new Date(call.now)} and (g.to_at is null or g.to_at > ${new Date(call.now)})
    group by p.id, p.name order by min(array_position(${FIELD_ROLES}, g.role)), p.name`.execute(call.trx);
  return rows;
}

interface Head {
  ward: string;
  group: string;
  fromOn: string;
  toOn: string;
}

export async function readRounds(call: Call, campaign: string, area: string): Promise<RoundsReply | Problem> {
  const { trx } = call;
  const { rows: heads } = await sql<Head>`
    select w.name as ward, a.short_name as "group", c.from_on as "fromOn", c.to_on as "toOn"
    from campaigns c
    join wards w on w.ward_id = c.ward_id
    join areas a on a.ward_id = c.ward_id and a.id = ${area} and a.kind = 'group'
    where c.ward_id = ${trx.wardId} and c.id = ${campaign}`.execute(trx);
  const [head] = heads;
  if (!head) return problem('plan.no-such-campaign', { status: 404 });
  const { rows: rounds } = await sql<RoundsReply['rounds'][number]>`
    select r.id, l.name as lane, r.on_day as "onDay", left(r.from_time::text, 5) as "fromTime",
      left(r.to_time::text, 5) as "toTime",
      array(select p.name from unnest(r.people) with ordinality n (id, place)
        join people p on p.ward_id = r.ward_id and p.id = n.id order by n.place) as team
    from visit_rounds r
    join areas l on l.ward_id = r.ward_id and l.id = r.lane_id
    where r.ward_id = ${trx.wardId} and r.campaign_id = ${campaign} and r.group_id = ${area} and r.cancelled_at is null
    order by r.on_day, r.from_time, l.position, l.name limit 1000`.execute(trx);
  return {
    ward: head.ward,
    group: head.group,
    campaign: { fromOn: head.fromOn, toOn: head.toOn },
    today: dayOf(call.now),
    lanes: await readLanes(call, area),
    people: await readPeople(call, area),
    rounds,
    mayChange: call.may('visits.schedule', { areaPath: [area] }),
  };
}

export async function addRounds(
  call: Call,
  campaign: string,
  area: string,
  wish: RoundWish,
): Promise<{ done: true } | Problem> {
  const { trx, actor, now } = call;
  if (!isDateOn(wish.onDay) || wish.toTime <= wish.fromTime)
    return problem('visits.wrong-hours', { status: 422 });
  const lanes = new Set((await readLanes(call, area)).map(({ id }) => id));
  const people = new Set((await readPeople(call, area)).map(({ id }) => id));
  if (!wish.lanes.every((id) => lanes.has(id)) || !wish.people.every((id) => people.has(id)))
    return problem('visits.not-of-this-group', { status: 422 });
  for (const lane of new Set(wish.lanes))
    // The id of each lane's round follows from the wish's own: sent twice it stands once.
    await sql`insert into visit_rounds (ward_id, id, campaign_id, group_id, lane_id, on_day, from_time, to_time, people,
        made_at, made_by)
      values (${trx.wardId}, ${derivedId(wish.id, lane)}, ${campaign}, ${area}, ${lane}, ${wish.onDay},
        ${wish.fromTime}, ${wish.toTime}, ${wish.people}::uuid[], ${new Date(now)}, ${actor.personId})
      on conflict (ward_id, id) do nothing`.execute(trx);
  await audit(trx, call, {
    action: 'visits.rounds-planned',
    subjectKind: 'area',
    subjectId: area,
    after: { ...wish, at: isoOf(now) },
  });
  return { done: true };
}

export async function cancelRound(
  call: Call,
  area: string,
  round: string,
): Promise<{ done: true } | Problem> {
  const { trx, actor, now } = call;
  const { rows } = await sql`update visit_rounds set cancelled_at = coalesce(cancelled_at, ${new Date(now)}),
      cancelled_by = coalesce(cancelled_by, ${actor.personId})
    where ward_id = ${trx.wardId} and id = ${round} and group_id = ${area} returning id`.execute(trx);
  if (rows.length === 0) return problem('visits.no-such-round', { status: 404 });
  await audit(trx, call, { action: 'visits.round-cancelled', subjectKind: 'visit-round', subjectId: round });
  return { done: true };
}
