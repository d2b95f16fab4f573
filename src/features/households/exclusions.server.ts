// Exclusions: asked for, decided by a second person, ended when the reason is gone. Every step is on record.
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { dayOf, isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Problem, Result } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { nextChange } from '#platform/feeds.server.ts';
import { noSuchHousehold } from '#features/households/commands.server.ts';
import { visibleGroups } from '#features/households/coverage.server.ts';
import { barredFromDeciding } from '#features/households/exclusion-rules.ts';
import type { ExclusionLine, ExclusionsReply } from '#features/households/office-schema.ts';

interface Row {
  id: string;
  household_id: string;
  head_name: string;
  house_number: string;
  lane: string;
  group_id: string;
  group_name: string;
  reason: string;
  note: string | null;
  asked_by: string;
  asker: string | null;
  asked_team: string[];
  asked_by_officer: boolean;
  asked_at: Date;
  from_on: string;
  decision: string | null;
  decider: string | null;
  decided_at: Date | null;
  decided_reason: string | null;
  ended_at: Date | null;
  feed_id: string;
  leading_unit_id: string | null;
}

async function readRows(call: Call, where: RawBuilder<unknown>, lock = false): Promise<Row[]> {
  const { trx } = call;
  const { rows } = await sql<Row>`
    select e.id, e.household_id, h.head_name, d.house_number, l.name as lane, h.group_id, g.short_name as group_name,
      e.reason, e.note, e.asked_by, a.name as asker, e.asked_team, e.asked_at, e.from_on, e.decision, b.name as decider,
      e.decided_at, e.decided_reason, e.ended_at, e.feed_id, c.leading_unit_id,
      exists (select 1 from grants r where r.ward_id = e.ward_id and r.person_id = e.asked_by
        and r.role = 'area-officer' and r.area_id = h.group_id and r.from_at <= e.asked_at
        and (r.to_at is null or r.to_at > e.asked_at)) as asked_by_officer
    from exclusions e
    join households h on h.ward_id = e.ward_id and h.id = e.household_id
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    join areas g on g.ward_id = h.ward_id and g.id = h.group_id
    join campaigns c on c.ward_id = e.ward_id and c.id = e.campaign_id
    left join people a on a.ward_id = e.ward_id and a.id = e.asked_by
    left join people b on b.ward_id = e.ward_id and b.id = e.decided_by
    where e.ward_id = ${trx.wardId} and ${where}
    order by e.asked_at, e.id ${lock ? sql`for update of e` : sql``}`.execute(trx);
  return rows;
}

function barred(call: Call, row: Row): string | null {
  const by = {
    personId: call.actor.personId,
    isOfficer: call.actor.grants.some(
      ({ role, areaId }) => role === 'area-officer' && areaId === row.group_id,
    ),
    isPolice: call.actor.grants.some(
      ({ role, unitId }) =>
        (role === 'unit-head' || role === 'unit-member') && unitId !== null && unitId === row.leading_unit_id,
    ),
  };
  return barredFromDeciding(
    { askedBy: row.asked_by, askedTeam: row.asked_team, askedByOfficer: row.asked_by_officer },
    by,
  );
}

const lineOf = (call: Call, row: Row): ExclusionLine => ({
  id: row.id,
  householdId: row.household_id,
  headName: row.head_name,
  place: `${row.lane}, ${row.house_number}`,
  groupId: row.group_id,
  group: row.group_name,
  reason: row.reason,
  note: row.note,
  askedBy: row.asker,
  askedAt: isoOf(row.asked_at.getTime()),
  fromOn: row.from_on,
  decision: row.decision,
  decidedBy: row.decider,
  decidedAt: row.decided_at === null ? null : isoOf(row.decided_at.getTime()),
  decidedReason: row.decided_reason,
  ended: row.ended_at !== null,
  barred: barred(call, row),
});

const STATES = {
  waiting: sql`e.decision is null and e.ended_at is null`,
  approved: sql`e.decision = 'approved' and e.ended_at is null`,
  refused: sql`(e.decision = 'refused' or e.ended_at is not null)`,
  all: sql`true`,
} as const;

export async function listExclusions(
  call: Call,
  campaignId: string,
  query: { readonly state: keyof typeof STATES; readonly area?: string | undefined },
): Promise<ExclusionsReply> {
  const { trx } = call;
  const visible = visibleGroups(call, 'households.read');
  const within = visible === null ? sql`true` : sql`h.group_id = any(${visible}::uuid[])`;
  const area = query.area ? sql`h.group_id = ${query.area}` : sql`true`;
  const of = sql`e.campaign_id = ${campaignId} and ${within} and ${area}`;
  const rows = await readRows(call, sql`${of} and ${STATES[query.state]}`);
  const counts = await sql<{ waiting: number; approved: number; refused: number }>`
    select count(*) filter (where ${STATES.waiting})::int as waiting,
      count(*) filter (where ${STATES.approved})::int as approved,
      count(*) filter (where ${STATES.refused})::int as refused
    from exclusions e join households h on h.ward_id = e.ward_id and h.id = e.household_id
    where e.ward_id = ${trx.wardId} and ${of}`.execute(trx);
  return {
    exclusions: rows.map((row) => lineOf(call, row)),
    counts: counts.rows[0] ?? { waiting: 0, approved: 0, refused: 0 },
  };
}

export const exclusionsOf = async (call: Call, householdId: string): Promise<ExclusionLine[]> =>
  (await readRows(call, sql`e.household_id = ${householdId}`)).map((row) => lineOf(call, row));

export async function askExclusion(
  call: Call,
  campaignId: string,
  wish: { readonly householdId: string; readonly reason: string; readonly note?: string | undefined },
): Promise<Result<{ id: string }>> {
  const { trx, actor, now } = call;
  const { rows } = await sql<{ feed_id: string; open: boolean }>`select h.feed_id,
      exists (select 1 from exclusions e where e.ward_id = h.ward_id and e.campaign_id = ${campaignId}
        and e.household_id = h.id and e.ended_at is null and e.decision is distinct from 'refused') as open
    from households h where h.ward_id = ${trx.wardId} and h.id = ${wish.householdId} and h.erased_at is null
      and h.merged_into is null`.execute(trx);
  const row = rows[0];
  if (!row) return noSuchHousehold();
  if (row.open) return problem('exclusions.asked-already', { status: 409 });
  const id = newId();
  await sql`insert into exclusions (ward_id, id, campaign_id, household_id, reason, note, asked_by, asked_at, from_on, feed_id, change_n)
    values (${trx.wardId}, ${id}, ${campaignId}, ${wish.householdId}, ${wish.reason}, ${wish.note ?? null}, ${actor.personId},
      ${new Date(now)}, ${dayOf(now)}, ${row.feed_id}, ${await nextChange(trx, row.feed_id)})`.execute(trx);
  await audit(trx, call, {
    action: 'exclusions.asked',
    subjectKind: 'household',
    subjectId: wish.householdId,
    after: { exclusionId: id, reason: wish.reason },
  });
  return { id };
}

export async function decideExclusion(
  call: Call,
  campaignId: string,
  id: string,
  wish: { readonly decision: 'approved' | 'refused'; readonly reason?: string | undefined },
): Promise<Problem | { done: true }> {
  const { trx, actor, now } = call;
  const [row] = await readRows(call, sql`e.id = ${id} and e.campaign_id = ${campaignId}`, true);
  if (!row) return problem('exclusions.no-such-request', { status: 404 });
  const why = barred(call, row);
  if (why) return problem(why, { status: 403 });
  if (row.decision !== null || row.ended_at) return problem('exclusions.decided-already', { status: 409 });
  await sql`update exclusions set decision = ${wish.decision}, decided_by = ${actor.personId}, decided_at = ${new Date(now)},
      decided_reason = ${wish.reason ?? null}, change_n = ${await nextChange(trx, row.feed_id)}
    where ward_id = ${trx.wardId} and id = ${id}`.execute(trx);
  await audit(trx, call, {
    action: `exclusions.${wish.decision}`,
    subjectKind: 'household',
    subjectId: row.household_id,
    after: { exclusionId: id, reason: wish.reason },
  });
  return { done: true };
}

/** The family is back, the house is open again: from now on it counts like any other. */
export async function endExclusion(
  call: Call,
  campaignId: string,
  id: string,
  reason: string,
): Promise<Problem | { done: true }> {
  const { trx, actor, now } = call;
  const [row] = await readRows(call, sql`e.id = ${id} and e.campaign_id = ${campaignId}`, true);
  if (!row) return problem('exclusions.no-such-request', { status: 404 });
  if (row.ended_at) return problem('exclusions.decided-already', { status: 409 });
  const isAsker = row.asked_by === actor.personId && row.decision === null;
  const scope = call.scope('exclusions.decide');
  const decides =
    scope.areaIds.includes(row.group_id) ||
    (row.leading_unit_id !== null && scope.unitIds.includes(row.leading_unit_id));
  if (!isAsker && !decides) return problem('people.not-allowed', { status: 403 });
  await sql`update exclusions set ended_at = ${new Date(now)}, ended_by = ${actor.personId}, ended_reason = ${reason},
      change_n = ${await nextChange(trx, row.feed_id)}
    where ward_id = ${trx.wardId} and id = ${id}`.execute(trx);
  await audit(trx, call, {
    action: 'exclusions.ended',
    subjectKind: 'household',
    subjectId: row.household_id,
    after: { exclusionId: id, reason },
  });
  return { done: true };
}
