// One household with everything behind its figures: visits, pledges, exclusions, what it absorbed, who else lives at
// the door, and entries that may be the same household written twice.
import { sql } from 'kysely';
import { isoOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { nameKey } from '#features/households/address.ts';
import { exclusionsOf } from '#features/households/exclusions.server.ts';
import { readLines } from '#features/households/list.server.ts';
import type { HouseholdReply } from '#features/households/office-schema.ts';

interface Facts {
  address_written: string | null;
  members: Record<string, number> | null;
  smartphone: boolean | null;
  head_born_year: number | null;
  identity_masked: string | null;
  created_at: Date;
  creator: string | null;
  erased_at: Date | null;
  merged_into: string | null;
  merged_name: string | null;
  group_id: string;
  dwelling_id: string;
  head_name: string;
  campaign_id: string | null;
}

async function readFacts(call: Call, id: string): Promise<Facts | undefined> {
  const { rows } = await sql<Facts>`
    select h.address_written, h.members, h.smartphone, h.head_born_year, h.identity_masked, h.created_at, p.name as creator, h.erased_at, h.merged_into,
      m.head_name as merged_name, h.group_id, h.dwelling_id, h.head_name,
      (select c.id from campaigns c where c.ward_id = h.ward_id order by (c.state = 'active') desc, c.created_at desc limit 1)
        as campaign_id
    from households h
    left join people p on p.ward_id = h.ward_id and p.id = h.created_by
    left join households m on m.ward_id = h.ward_id and m.id = h.merged_into
    where h.ward_id = ${call.trx.wardId} and h.id = ${id}`.execute(call.trx);
  return rows[0];
}

async function readVisits(call: Call, id: string): Promise<HouseholdReply['visits']> {
  const { rows } = await sql<{
    id: string;
    outcome: string;
    channel: string;
    place: string;
    how: string;
    zalo_state: string | null;
    members_told: number | null;
    work_on: string;
    done_at: Date;
    received_at: Date;
    author: string | null;
    enterer: string | null;
    flags: string[];
    taken_back_at: Date | null;
    taken_back_reason: string | null;
    taker: string | null;
  }>`
    select v.id, v.outcome, v.channel, v.place, v.how, v.zalo_state, v.members_told, v.work_on, v.done_at, v.received_at,
      a.name as author, e.name as enterer, v.flags, v.taken_back_at, v.taken_back_reason, t.name as taker
    from visits v
    join households h on h.ward_id = v.ward_id and h.id = v.household_id
    left join people a on a.ward_id = v.ward_id and a.id = v.author_id
    left join people e on e.ward_id = v.ward_id and e.id = v.entered_by
    left join people t on t.ward_id = v.ward_id and t.id = v.taken_back_by
    where v.ward_id = ${call.trx.wardId} and (v.household_id = ${id} or h.merged_into = ${id})
    order by v.done_at desc limit 200`.execute(call.trx);
  return rows.map((row) => ({
    id: row.id,
    outcome: row.outcome,
    channel: row.channel,
    place: row.place,
    how: row.how,
    zalo: row.zalo_state,
    membersTold: row.members_told,
    workOn: row.work_on,
    doneAt: isoOf(row.done_at.getTime()),
    receivedAt: isoOf(row.received_at.getTime()),
    author: row.author,
    enteredBy: row.enterer,
    flags: row.flags,
    takenBack: row.taken_back_at
      ? { at: isoOf(row.taken_back_at.getTime()), reason: row.taken_back_reason, by: row.taker }
      : null,
  }));
}

async function readPledges(call: Call, id: string): Promise<HouseholdReply['pledges']> {
  const { rows } = await sql<HouseholdReply['pledges'][number]>`
    select p.id, p.original, p.signer, p.work_on as "workOn",
      (p.withdrawn_at is not null or p.taken_back_at is not null) as withdrawn,
      exists (select 1 from paper_handover_pledges x join paper_handovers o on o.ward_id = x.ward_id and o.id = x.handover_id
        where x.ward_id = p.ward_id and x.pledge_id = p.id and o.taken_at is not null) as "atWard"
    from pledges p
    join households h on h.ward_id = p.ward_id and h.id = p.household_id
    where p.ward_id = ${call.trx.wardId} and (p.household_id = ${id} or h.merged_into = ${id})
    order by p.signed_at desc limit 50`.execute(call.trx);
  return rows;
}

async function readAbsorbed(call: Call, id: string): Promise<HouseholdReply['absorbed']> {
  const { rows } = await sql<{
    id: string;
    headName: string;
    at: Date;
    mergedBy: string | null;
    reason: string | null;
  }>`
    select a.absorbed_id as id, h.head_name as "headName", a.merged_at as at, p.name as "mergedBy", a.reason
    from household_aliases a
    join households h on h.ward_id = a.ward_id and h.id = a.absorbed_id
    left join people p on p.ward_id = a.ward_id and p.id = a.merged_by
    where a.ward_id = ${call.trx.wardId} and a.household_id = ${id} and a.undone_at is null
    order by a.merged_at`.execute(call.trx);
  return rows.map(({ at, ...row }) => ({ ...row, mergedAt: isoOf(at.getTime()) }));
}

/** Proposed only: the same name in the group, or nearly the same place. */
async function readAlike(call: Call, id: string, facts: Facts) {
  const { rows } = await sql<{ id: string; head_name: string; dwelling_id: string }>`
    select id, head_name, dwelling_id from households
    where ward_id = ${call.trx.wardId} and group_id = ${facts.group_id} and id <> ${id}
      and merged_into is null and closed_at is null`.execute(call.trx);
  const key = nameKey(facts.head_name);
  const alike = rows.filter(({ head_name }) => nameKey(head_name) === key).slice(0, 10);
  const neighbours = rows.filter(({ dwelling_id }) => dwelling_id === facts.dwelling_id);
  return { alike: alike.map((row) => row.id), neighbours: neighbours.map((row) => row.id) };
}

async function readConflicts(call: Call, id: string): Promise<HouseholdReply['conflicts']> {
  const { rows } = await sql<{ id: string; field: string; kept: unknown; other: unknown; noted_at: Date }>`
    select id, field, kept, other, noted_at from field_conflicts
    where ward_id = ${call.trx.wardId} and subject_id = ${id} and reviewed_at is null order by noted_at`.execute(
    call.trx,
  );
  return rows.map(({ noted_at, ...row }) => ({ ...row, notedAt: isoOf(noted_at.getTime()) }));
}

export async function readHousehold(call: Call, id: string): Promise<HouseholdReply | Problem> {
  const facts = await readFacts(call, id);
  const [household] = facts ? await readLines(call, facts.campaign_id ?? undefined, [id]) : [];
  if (!facts || !household) return problem('households.no-such-household', { status: 404 });
  const { alike, neighbours } = await readAlike(call, id, facts);
  const beside = await readLines(call, undefined, neighbours);
  const target = { areaPath: [facts.group_id] };
  return {
    household,
    addressWritten: facts.address_written,
    memberBands: facts.members ?? {},
    smartphone: facts.smartphone,
    headBornYear: facts.head_born_year,
    identityMasked: facts.identity_masked,
    createdAt: isoOf(facts.created_at.getTime()),
    createdBy: facts.creator,
    erased: facts.erased_at !== null,
    mergedInto: facts.merged_into ? { id: facts.merged_into, headName: facts.merged_name ?? '' } : null,
    absorbed: await readAbsorbed(call, id),
    neighbours: beside.map(({ id: other, headName, n }) => ({ id: other, headName, n })),
    alike: await readLines(call, facts.campaign_id ?? undefined, alike),
    visits: await readVisits(call, id),
    pledges: await readPledges(call, id),
    exclusions: await exclusionsOf(call, id),
    conflicts: await readConflicts(call, id),
    may: {
      change: call.may('households.change', target),
      merge: call.may('households.merge', target),
      ask: call.may('exclusions.ask', target),
      erase: call.may('households.erase', target),
    },
  };
}
