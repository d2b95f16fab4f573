// Custody of the pledge papers: given out as blank forms, signed, handed to the ward police, taken by a second person,
// filed. The gap between "signed" and "the paper is with the ward" is a list of households, never only a number.
import { sql } from 'kysely';
import { isoOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type {
  AreaPapersReply,
  FormReply,
  HandoverWish,
  PapersReply,
} from '#features/pledges/papers-schema.ts';

const at = (date: Date | null): string | null => (date === null ? null : isoOf(date.getTime()));

type Line = PapersReply['groups'][number];
type Handover = PapersReply['handovers'][number];

/** Signed on paper and standing: the pledge itself, of a household that stands or was absorbed by one that does. */
const standing = (ward: number, campaign: string) => sql`
  select p.id, p.household_id, p.group_id, p.work_on, p.author_id, x.id as handover_id
  from pledges p
  left join paper_handover_pledges o on o.ward_id = p.ward_id and o.pledge_id = p.id
  left join paper_handovers x on x.ward_id = p.ward_id and x.id = o.handover_id and x.undone_at is null
  where p.ward_id = ${ward} and p.campaign_id = ${campaign} and p.original = 'paper'
    and p.withdrawn_at is null and p.taken_back_at is null`;

async function readLines(call: Call, campaign: string, groups: readonly string[] | null): Promise<Line[]> {
  const ward = call.trx.wardId;
  const { rows } = await sql<Line>`
    with signed as (${standing(ward, campaign)}), counted as (
      select s.group_id, count(*)::int as signed, count(s.handover_id)::int as handed,
        count(h.taken_at)::int as taken, count(h.filed_at)::int as filed
      from signed s left join paper_handovers h on h.ward_id = ${ward} and h.id = s.handover_id
      group by s.group_id
    ), given as (
      select group_id, sum(forms)::int as given from paper_prints
      where ward_id = ${ward} and campaign_id = ${campaign} group by group_id
    )
    select a.id, a.short_name as name, coalesce(g.given, 0) as given, coalesce(c.signed, 0) as signed,
      coalesce(c.handed, 0) as handed, coalesce(c.taken, 0) as taken, coalesce(c.filed, 0) as filed,
      coalesce(c.signed - c.taken, 0) as missing
    from areas a
    left join counted c on c.group_id = a.id
    left join given g on g.group_id = a.id
    where a.ward_id = ${ward} and a.kind = 'group' and (a.valid_to is null or c.signed > 0)
      and (${groups}::uuid[] is null or a.id = any(${groups}::uuid[]))
    order by a.position, a.name`.execute(call.trx);
  return rows;
}

interface HandoverRow {
  id: string;
  group: string;
  groupId: string;
  papers: number;
  handed_at: Date;
  handed_by: string;
  handedBy: string;
  note: string | null;
  taken_at: Date | null;
  takenBy: string | null;
  filed_at: Date | null;
  filedWhere: string | null;
}

async function leadingUnit(trx: WardTransaction, campaign: string): Promise<string | null> {
  const { rows } = await sql<{ unit: string | null }>`select leading_unit_id as unit from campaigns
    where ward_id = ${trx.wardId} and id = ${campaign}`.execute(trx);
  return rows[0]?.unit ?? null;
}

async function readHandovers(
  call: Call,
  campaign: string,
  groups: readonly string[] | null,
): Promise<Handover[]> {
  const { trx, actor } = call;
  const { rows } = await sql<HandoverRow>`
    select h.id, a.short_name as "group", h.group_id as "groupId",
      (select count(*)::int from paper_handover_pledges p where p.ward_id = h.ward_id and p.handover_id = h.id) as papers,
      h.handed_at, h.handed_by, coalesce(b.name, '') as "handedBy", h.note, h.taken_at, t.name as "takenBy",
      h.filed_at, h.filed_where as "filedWhere"
    from paper_handovers h
    join areas a on a.ward_id = h.ward_id and a.id = h.group_id
    left join people b on b.ward_id = h.ward_id and b.id = h.handed_by
    left join people t on t.ward_id = h.ward_id and t.id = h.taken_by
    where h.ward_id = ${trx.wardId} and h.campaign_id = ${campaign} and h.undone_at is null
      and (${groups}::uuid[] is null or h.group_id = any(${groups}::uuid[]))
    order by (h.taken_at is not null), h.handed_at desc limit 300`.execute(trx);
  const unitId = await leadingUnit(trx, campaign);
  return rows.map(({ handed_at, handed_by, taken_at, filed_at, ...row }) => ({
    ...row,
    handedAt: isoOf(handed_at.getTime()),
    takenAt: at(taken_at),
    filedAt: at(filed_at),
    mayTake: call.may('papers.take', { unitId, areaPath: [row.groupId] }) && handed_by !== actor.personId,
    mayUndo: taken_at === null && handed_by === actor.personId,
  }));
}

export async function readPapers(call: Call, campaign: string): Promise<PapersReply> {
  const scope = call.scope('papers.read');
  const groups = scope.everything ? null : scope.areaIds;
  return {
    groups: await readLines(call, campaign, groups),
    handovers: await readHandovers(call, campaign, groups),
  };
}

async function readGaps(call: Call, campaign: string, area: string): Promise<AreaPapersReply['gaps']> {
  const ward = call.trx.wardId;
  const { rows } = await sql<AreaPapersReply['gaps'][number] & { handed_at: Date | null }>`
    with signed as (${standing(ward, campaign)})
    select s.id as "pledgeId", s.household_id as "householdId", h.head_name as "headName",
      l.name || ', ' || d.house_number as place, s.work_on as "signedOn", coalesce(p.name, '') as author,
      o.handed_at
    from signed s
    join households h on h.ward_id = ${ward} and h.id = s.household_id
    join dwellings d on d.ward_id = ${ward} and d.id = h.dwelling_id
    join areas l on l.ward_id = ${ward} and l.id = d.lane_id
    left join people p on p.ward_id = ${ward} and p.id = s.author_id
    left join paper_handovers o on o.ward_id = ${ward} and o.id = s.handover_id
    where s.group_id = ${area} and o.taken_at is null
    order by l.position, l.name, (substring(d.house_number from '^[0-9]{1,8}'))::int nulls last, d.house_number, h.n
    limit 2000`.execute(call.trx);
  return rows.map(({ handed_at, ...row }) => ({ ...row, handedAt: at(handed_at) }));
}

export async function readAreaPapers(
  call: Call,
  campaign: string,
  area: string,
): Promise<AreaPapersReply | Problem> {
  const { trx } = call;
  const [line] = await readLines(call, campaign, [area]);
  if (!line) return problem('pledges.no-such-group', { status: 404 });
  const { rows: lanes } = await sql<AreaPapersReply['lanes'][number]>`
    select l.id, l.name, count(h.id)::int as households from areas l
    left join dwellings d on d.ward_id = l.ward_id and d.lane_id = l.id
    left join households h on h.ward_id = d.ward_id and h.dwelling_id = d.id and h.merged_into is null
      and h.closed_at is null
    where l.ward_id = ${trx.wardId} and l.parent_id = ${area} and l.kind = 'lane' and l.valid_to is null
    group by l.id, l.name, l.position order by l.position, l.name`.execute(trx);
  const { rows: prints } = await sql<AreaPapersReply['prints'][number] & { at: Date }>`
    select p.id, p.kind, l.name as lane, p.forms, p.printed_at as at, coalesce(b.name, '') as "printedBy"
    from paper_prints p
    left join areas l on l.ward_id = p.ward_id and l.id = p.lane_id
    left join people b on b.ward_id = p.ward_id and b.id = p.printed_by
    where p.ward_id = ${trx.wardId} and p.campaign_id = ${campaign} and p.group_id = ${area}
    order by p.printed_at desc limit 50`.execute(trx);
  const { rows: texts } = await sql`select 1 from pledge_texts where ward_id = ${trx.wardId}
    and campaign_id = ${campaign} limit 1`.execute(trx);
  return {
    line,
    lanes,
    prints: prints.map(({ at: printedAt, ...row }) => ({ ...row, printedAt: isoOf(printedAt.getTime()) })),
    handovers: await readHandovers(call, campaign, [area]),
    gaps: await readGaps(call, campaign, area),
    hasText: texts.length > 0,
    mayPrint: call.may('papers.print', { areaPath: [area] }),
    mayHandOver: call.may('papers.hand-over', { areaPath: [area] }),
  };
}

/** Signed papers on their way. A paper goes one way at a time; the same handing over sent again is the same one. */
export async function handOver(
  call: Call,
  campaign: string,
  area: string,
  wish: HandoverWish,
): Promise<{ id: string } | Problem> {
  const { trx, actor, now } = call;
  const ward = trx.wardId;
  const { rows: before } =
    await sql`select 1 from paper_handovers where ward_id = ${ward} and id = ${wish.id}`.execute(trx);
  if (before.length > 0) return { id: wish.id };
  const { rows } = await sql<{ id: string; handover_id: string | null }>`
    with signed as (${standing(ward, campaign)})
    select id, handover_id from signed where group_id = ${area} and id = any(${wish.pledges}::uuid[])`.execute(
    trx,
  );
  if (rows.length !== new Set(wish.pledges).size) return problem('pledges.not-on-paper', { status: 422 });
  if (rows.some(({ handover_id }) => handover_id !== null))
    return problem('pledges.already-handed', { status: 409 });
  await sql`insert into paper_handovers (ward_id, id, campaign_id, group_id, handed_at, handed_by, note)
    values (${ward}, ${wish.id}, ${campaign}, ${area}, ${new Date(now)}, ${actor.personId}, ${wish.note ?? null})`.execute(
    trx,
  );
  await sql`insert into paper_handover_pledges (ward_id, pledge_id, handover_id)
    select ${ward}::int, id, ${wish.id}::uuid from unnest(${rows.map(({ id }) => id)}::uuid[]) as id
    on conflict (ward_id, pledge_id) do update set handover_id = excluded.handover_id`.execute(trx);
  await audit(trx, call, {
    action: 'pledges.papers-handed',
    subjectKind: 'paper-handover',
    subjectId: wish.id,
    after: { papers: rows.length, area, note: wish.note ?? null },
  });
  return { id: wish.id };
}

interface Held {
  handed_by: string;
  taken_at: Date | null;
  filed_at: Date | null;
  undone_at: Date | null;
}

async function lockHandover(trx: WardTransaction, id: string): Promise<Held | null> {
  const { rows } = await sql<Held>`select handed_by, taken_at, filed_at, undone_at from paper_handovers
    where ward_id = ${trx.wardId} and id = ${id} for update`.execute(trx);
  return rows[0]?.undone_at === null ? rows[0] : null;
}

const noHandover = () => problem('pledges.no-such-handover', { status: 404 });

/** Nobody takes what they handed over themselves. */
export async function takePapers(call: Call, id: string): Promise<{ done: true } | Problem> {
  const { trx, actor, now } = call;
  const held = await lockHandover(trx, id);
  if (!held) return noHandover();
  if (held.taken_at !== null) return { done: true };
  if (held.handed_by === actor.personId) return problem('pledges.takes-own', { status: 403 });
  await sql`update paper_handovers set taken_at = ${new Date(now)}, taken_by = ${actor.personId}
    where ward_id = ${trx.wardId} and id = ${id}`.execute(trx);
  await audit(trx, call, { action: 'pledges.papers-taken', subjectKind: 'paper-handover', subjectId: id });
  return { done: true };
}

export async function filePapers(call: Call, id: string, where: string): Promise<{ done: true } | Problem> {
  const { trx, actor, now } = call;
  const held = await lockHandover(trx, id);
  if (!held) return noHandover();
  if (held.taken_at === null) return problem('pledges.not-taken-yet', { status: 409 });
  await sql`update paper_handovers set filed_at = ${new Date(now)}, filed_by = ${actor.personId}, filed_where = ${where}
    where ward_id = ${trx.wardId} and id = ${id}`.execute(trx);
  await audit(trx, call, {
    action: 'pledges.papers-filed',
    subjectKind: 'paper-handover',
    subjectId: id,
    after: { where },
  });
  return { done: true };
}

/** Before anybody took them: the papers are with the group again. The handing over itself stays on record. */
export async function undoHandover(call: Call, id: string): Promise<{ done: true } | Problem> {
  const { trx, actor, now } = call;
  const held = await lockHandover(trx, id);
  if (!held) return noHandover();
  if (held.taken_at !== null || held.handed_by !== actor.personId)
    return problem('pledges.taken-already', { status: 409 });
  await sql`update paper_handovers set undone_at = ${new Date(now)}, undone_by = ${actor.personId}
    where ward_id = ${trx.wardId} and id = ${id}`.execute(trx);
  await audit(trx, call, { action: 'pledges.handover-undone', subjectKind: 'paper-handover', subjectId: id });
  return { done: true };
}

export async function findForm(call: Call, campaign: string, code: string): Promise<FormReply | null> {
  const { trx } = call;
  const scope = call.scope('papers.read');
  const groups = scope.everything ? null : scope.areaIds;
  const { rows } = await sql<
    Omit<FormReply, 'paper'> & {
      handover: string | null;
      taken: Date | null;
      filed: Date | null;
      signed: string | null;
    }
  >`
    select h.id as "householdId", h.head_name as "headName", l.name || ', ' || d.house_number as place,
      g.short_name as "group", g.id as "groupId", p.work_on as "pledgedOn", p.id as signed,
      x.id as handover, x.taken_at as taken, x.filed_at as filed
    from form_codes f
    join households f0 on f0.ward_id = f.ward_id and f0.id = f.household_id
    join households h on h.ward_id = f.ward_id and h.id = coalesce(f0.merged_into, f0.id)
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    join areas g on g.ward_id = h.ward_id and g.id = h.group_id
    left join lateral (select p.id, p.work_on from pledges p where p.ward_id = f.ward_id and p.campaign_id = f.campaign_id
      and p.household_id in (h.id, f.household_id) and p.original = 'paper' and p.withdrawn_at is null
      and p.taken_back_at is null order by p.signed_at limit 1) p on true
    left join paper_handover_pledges o on o.ward_id = f.ward_id and o.pledge_id = p.id
    left join paper_handovers x on x.ward_id = f.ward_id and x.id = o.handover_id and x.undone_at is null
    where f.ward_id = ${trx.wardId} and f.campaign_id = ${campaign} and f.code = ${code}
      and (${groups}::uuid[] is null or h.group_id = any(${groups}::uuid[]))`.execute(trx);
  const [row] = rows;
  if (!row) return null;
  const { handover, taken, filed, signed, ...found } = row;
  const paper = filed ? 'filed' : taken ? 'at-ward' : handover ? 'handed' : signed ? 'with-group' : null;
  return { ...found, paper };
}
