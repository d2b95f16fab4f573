// What was received and kept outside the figures: seen by the ward's administrator, let in, or put aside with a reason.
import { sql } from 'kysely';
import { z } from 'zod';
import { dayOf, instantOf, isoOf } from '#core/clock.ts';
import { isDateOn } from '#core/calendar.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { HeldRecord, SyncService } from '#platform/sync/service.server.ts';
import { FieldRecord, HELD_WHY } from '#protocol/envelope.ts';

const ACTION = 'field.settle-held';
/** As many as are looked at in one go. */
const MOST = 200;

export const HeldLine = z.object({
  id: z.string(),
  type: z.string(),
  groupId: z.string(),
  group: z.string(),
  author: z.string(),
  why: z.enum(HELD_WHY),
  happenedAt: z.string(),
  receivedAt: z.string(),
});
export const HeldReply = z.object({ waiting: z.number(), lines: z.array(HeldLine) });
export type HeldReply = z.infer<typeof HeldReply>;

const Path = z.object({ ward: z.coerce.number().int().positive() });
const Ids = z.array(z.uuid()).min(1).max(MOST);
export const ReleaseWish = z.strictObject({
  ids: Ids,
  /** The day they count for, where their own time cannot be believed. */
  day: z.string().refine(isDateOn).optional(),
});
export const PutAsideWish = z.strictObject({ ids: Ids, reason: z.string().trim().min(1).max(300) });
export const ReleasedReply = z.object({
  applied: z.array(z.string()),
  waiting: z.array(z.object({ id: z.string().nullable(), code: z.string() })),
});

async function list({ trx }: Call): Promise<HeldReply> {
  const { rows } = await sql<{
    id: string;
    type: string;
    group_id: string;
    group_name: string | null;
    author: string | null;
    why: HeldReply['lines'][number]['why'];
    happened_at: Date;
    received_at: Date;
    total: number;
  }>`
    select h.id, h.type, h.group_id, g.short_name as group_name, p.name as author, h.why, h.happened_at, h.received_at,
      count(*) over ()::int as total
    from held_records h
    left join areas g on g.ward_id = h.ward_id and g.id = h.group_id
    left join people p on p.ward_id = h.ward_id and p.id = h.author_id
    where h.ward_id = ${trx.wardId} and h.settled_at is null
    order by h.received_at, h.id limit ${MOST}`.execute(trx);
  return {
    waiting: rows[0]?.total ?? 0,
    lines: rows.map((row) => ({
      id: row.id,
      type: row.type,
      groupId: row.group_id,
      group: row.group_name ?? '',
      author: row.author ?? '',
      why: row.why,
      happenedAt: isoOf(row.happened_at.getTime()),
      receivedAt: isoOf(row.received_at.getTime()),
    })),
  };
}

async function readHeld({ trx }: Call, ids: readonly string[]) {
  const { rows } = await sql<{
    id: string;
    record: unknown;
    why: string;
    happened_at: Date;
    received_at: Date;
    entered_by: string | null;
  }>`
    select id, record, why, happened_at, received_at, entered_by from held_records
    where ward_id = ${trx.wardId} and id = any(${[...ids]}::uuid[]) and settled_at is null and record is not null
    order by received_at, id`.execute(trx);
  return rows;
}

async function release(
  service: SyncService,
  call: Call,
  wish: z.infer<typeof ReleaseWish>,
): Promise<z.infer<typeof ReleasedReply> | Problem> {
  const rows = await readHeld(call, wish.ids);
  const needsDay = () => problem('sync.held-needs-day', { status: 422, pointer: '/body/day' });
  if (wish.day !== undefined && wish.day > dayOf(call.now)) return needsDay();
  if (wish.day === undefined && rows.some(({ why }) => why === 'time-unbelievable')) return needsDay();
  const stated = wish.day === undefined ? null : instantOf(wish.day, '12:00');
  const held = rows.flatMap(({ record, why, happened_at, received_at, entered_by }): HeldRecord[] => {
    const parsed = FieldRecord.safeParse(record);
    if (!parsed.success) return [];
    const receivedAt = received_at.getTime();
    const at = why === 'time-unbelievable' && stated !== null ? stated : happened_at.getTime();
    return [{ record: parsed.data, receivedAt, enteredBy: entered_by, at: Math.min(at, receivedAt) }];
  });
  const { personId: by } = call.actor;
  const answers = await service.release({ runtime: call.runtime, wardId: call.trx.wardId, held, by });
  return {
    applied: answers.flatMap((answer) => (answer.answer === 'applied' ? [answer.id] : [])),
    // What stands on another held record comes in once that one is in.
    waiting: answers.flatMap((answer) => ('code' in answer ? [{ id: answer.id, code: answer.code }] : [])),
  };
}

async function putAside(call: Call, wish: z.infer<typeof PutAsideWish>): Promise<{ done: true }> {
  const { trx } = call;
  const { rows } = await sql<{ id: string }>`
    update held_records set settled_at = ${new Date()}, settled_by = ${call.actor.personId}, settled_how = 'dropped',
      settled_reason = ${wish.reason}
    where ward_id = ${trx.wardId} and id = any(${wish.ids}::uuid[]) and settled_at is null returning id`.execute(
    trx,
  );
  for (const { id } of rows)
    await audit(trx, call, {
      action: 'field.held-put-aside',
      subjectKind: 'held-record',
      subjectId: id,
      after: { reason: wish.reason },
    });
  return { done: true };
}

export const heldEndpoints = (service: SyncService): readonly Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/held-records',
    summary: 'Records that were received and are kept outside the figures',
    action: ACTION,
    params: Path,
    reply: HeldReply,
    handle: (call) => list(call),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/held-records/release',
    summary: 'Lets held records into the figures',
    action: ACTION,
    params: Path,
    body: ReleaseWish,
    reply: ReleasedReply,
    handle: (call, { body }) => release(service, call, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/held-records/put-aside',
    summary: 'Keeps held records outside the figures for good, with a reason',
    action: ACTION,
    params: Path,
    body: PutAsideWish,
    reply: z.object({ done: z.literal(true) }),
    handle: (call, { body }) => putAside(call, body),
  }),
];
