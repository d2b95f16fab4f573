// Evidence as it is read: lists with names and pictures, one record, its history. Narrowed in SQL to the groups a
// reader may see.
import { isoOf } from '#core/clock.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Call } from '#platform/api/endpoint.server.ts';
import { mayUndo } from '#features/evidence/record.server.ts';
import type { EvidenceQuery, EvidenceView, ExcuseView } from '#features/evidence/schema.ts';
import type { EvidenceList } from '#features/evidence/schema.ts';
import type { EvidenceRow, ExcuseRow } from '#features/evidence/store.server.ts';

interface Row extends EvidenceRow {
  readonly items: string[];
  readonly pictures: string[];
  readonly area_name: string | null;
  readonly area_path: string[] | null;
  readonly unit_name: string | null;
  readonly author: string;
  readonly enterer: string | null;
  readonly undoer: string | null;
}

export interface Wanted extends Partial<EvidenceQuery> {
  readonly ids?: readonly string[];
  /** Of one occurrence: acts of these groups. */
  readonly areas?: readonly string[];
}

const conditions = (call: Call, campaignId: string, wanted: Wanted) => {
  const scope = call.scope('evidence.read');
  const all = [sql`e.ward_id = ${call.trx.wardId} and e.campaign_id = ${campaignId}`];
  if (!scope.everything) all.push(sql`e.area_id = any(${[...scope.areaIds]}::uuid[])`);
  if (wanted.ids) all.push(sql`e.id = any(${[...wanted.ids]}::uuid[])`);
  if (wanted.undone !== '1') all.push(sql`e.undone_at is null`);
  if (wanted.area) all.push(sql`e.area_id = ${wanted.area}::uuid`);
  if (wanted.areas) all.push(sql`e.area_id = any(${[...wanted.areas]}::uuid[])`);
  if (wanted.unit) all.push(sql`e.unit_id = ${wanted.unit}::uuid`);
  if (wanted.person)
    all.push(sql`(e.author_id = ${wanted.person}::uuid or e.entered_by = ${wanted.person}::uuid)`);
  if (wanted.from) all.push(sql`e.work_on >= ${wanted.from}::date`);
  if (wanted.to) all.push(sql`e.work_on <= ${wanted.to}::date`);
  if (wanted.item)
    all.push(sql`exists (select 1 from evidence_items x where x.ward_id = e.ward_id
      and x.campaign_id = e.campaign_id and x.evidence_id = e.id and x.item_id = ${wanted.item}::uuid)`);
  return sql.join(all, sql` and `);
};

const rowsOf = async (call: Call, campaignId: string, wanted: Wanted): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    select e.*, a.name as area_name, ap.path as area_path, u.name as unit_name,
      p.name as author, q.name as enterer, r.name as undoer,
      array(select i.item_id from evidence_items i where i.ward_id = e.ward_id
        and i.campaign_id = e.campaign_id and i.evidence_id = e.id) as items,
      array(select encode(m.sha256, 'hex') from evidence_media m where m.ward_id = e.ward_id
        and m.campaign_id = e.campaign_id and m.evidence_id = e.id order by 1) as pictures
    from evidence e
    join people p on p.ward_id = e.ward_id and p.id = e.author_id
    left join people q on q.ward_id = e.ward_id and q.id = e.entered_by
    left join people r on r.ward_id = e.ward_id and r.id = e.undone_by
    left join areas a on a.ward_id = e.ward_id and a.id = e.area_id
    left join area_paths ap on ap.ward_id = e.ward_id and ap.area_id = e.area_id
    left join units u on u.ward_id = e.ward_id and u.id = e.unit_id
    where ${conditions(call, campaignId, wanted)}
    order by e.done_at desc, e.id desc limit ${wanted.limit ?? 200}`.execute(call.trx);
  return rows;
};

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

function viewOf(call: Call, row: Row): EvidenceView {
  return {
    id: row.id,
    itemIds: row.items,
    area: named(row.area_id, row.area_name),
    unit: named(row.unit_id, row.unit_name),
    workOn: row.work_on,
    doneAt: isoOf(row.done_at.getTime()),
    receivedAt: isoOf(row.received_at.getTime()),
    author: { id: row.author_id, name: row.author },
    enteredBy: named(row.entered_by, row.enterer),
    reachedBy: row.reached_by,
    reachedAt: row.reached_at ? isoOf(row.reached_at.getTime()) : null,
    channel: row.channel,
    note: row.note,
    link: row.link,
    count: row.count,
    source: row.source,
    pictures: row.pictures,
    undone: row.undone_at && {
      at: isoOf(row.undone_at.getTime()),
      by: named(row.undone_by, row.undoer),
      reason: row.undone_reason ?? '',
    },
    mayUndo: row.undone_at === null && mayUndo(call, row, row.area_path ?? []),
  };
}

export const listEvidence = async (call: Call, campaignId: string, wanted: Wanted): Promise<EvidenceView[]> =>
  (await rowsOf(call, campaignId, wanted)).map((row) => viewOf(call, row));

/** Each act once, however many duties it serves. */
export async function countEvidence(
  call: Call,
  campaignId: string,
  wanted: Wanted,
): Promise<{ acts: number; count: number }> {
  const { rows } = await sql<{ acts: number; count: number }>`
    select count(*)::int as acts, coalesce(sum(e.count), 0)::int as count from evidence e
    where ${conditions(call, campaignId, { ...wanted, undone: '0' })}`.execute(call.trx);
  return rows[0] ?? { acts: 0, count: 0 };
}

export async function readEvidenceList(
  call: Call,
  campaignId: string,
  query: EvidenceQuery,
): Promise<z.infer<typeof EvidenceList>> {
  return {
    evidence: await listEvidence(call, campaignId, query),
    total: await countEvidence(call, campaignId, query),
  };
}

interface NamedExcuse extends ExcuseRow {
  readonly area_name: string | null;
  readonly granter: string;
  readonly revoker: string | null;
}

/** With those taken back: they are the occurrence's history. */
export async function listExcuses(
  call: Call,
  campaignId: string,
  of: { readonly itemId: string; readonly areaId: string | null; readonly periodStart: string },
  mayRevoke: boolean,
): Promise<ExcuseView[]> {
  const { rows } = await sql<NamedExcuse>`
    select x.*, a.name as area_name, p.name as granter, r.name as revoker from excuses x
    join people p on p.ward_id = x.ward_id and p.id = x.granted_by
    left join people r on r.ward_id = x.ward_id and r.id = x.revoked_by
    left join areas a on a.ward_id = x.ward_id and a.id = x.area_id
    where x.ward_id = ${call.trx.wardId} and x.campaign_id = ${campaignId} and x.item_id = ${of.itemId}
      and x.period_start = ${of.periodStart}::date and x.area_id is not distinct from ${of.areaId}::uuid
    order by x.granted_at desc`.execute(call.trx);
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    area: named(row.area_id, row.area_name),
    periodStart: row.period_start,
    reason: row.reason,
    grantedAt: isoOf(row.granted_at.getTime()),
    grantedBy: { id: row.granted_by, name: row.granter },
    revoked: row.revoked_at && {
      at: isoOf(row.revoked_at.getTime()),
      by: named(row.revoked_by, row.revoker),
      reason: row.revoked_reason,
    },
    mayRevoke: mayRevoke && row.revoked_at === null,
  }));
}
