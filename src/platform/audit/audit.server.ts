// The audit row is written by the same transaction as the change it tells of: both stand or neither does. Values go to
// a side table under a salt and the entry holds only their hash, so that erasing a person's data keeps the chain valid.
import { createHash, randomBytes } from 'node:crypto';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import { canonicalJson } from '#platform/audit/canonical.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export interface AuditEvent {
  /** Such as `plan.confirmed`: feature and past tense. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** What changed, without secrets: no password, PIN, token or key ever comes here. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface AuditContext {
  readonly actor: Pick<Actor, 'personId' | 'grants'> | null;
  /** Campaign time, epoch ms. */
  readonly now: number;
  readonly origin: string;
}

export function valueHash(salt: Buffer, before: unknown, after: unknown): Buffer {
  return createHash('sha256')
    .update(salt)
    .update(canonicalJson([before ?? null, after ?? null]))
    .digest();
}

export interface Audited {
  readonly context: AuditContext;
  readonly event: AuditEvent;
}

export const audit = (trx: WardTransaction, context: AuditContext, event: AuditEvent): Promise<void> =>
  auditAll(trx, [{ context, event }]);

/** Several at once, in their order. */
export async function auditAll(trx: WardTransaction, audited: readonly Audited[]): Promise<void> {
  if (audited.length === 0) return;
  const told = audited.map((one) => ({ ...one, id: newId(), salt: randomBytes(16) }));
  await trx
    .insertInto('audit_entries')
    .values(
      told.map(({ context, event, id, salt }) => ({
        ward_id: trx.wardId,
        id,
        at: new Date(),
        campaign_at: new Date(context.now),
        person_id: context.actor?.personId ?? null,
        role: context.actor?.grants[0]?.role ?? null,
        origin: context.origin,
        action: event.action,
        subject_kind: event.subjectKind,
        subject_id: event.subjectId,
        value_hash: valueHash(salt, event.before, event.after),
        seal_n: null,
      })),
    )
    .execute();
  await trx
    .insertInto('audit_values')
    .values(
      told.map(({ event, id, salt }) => ({
        ward_id: trx.wardId,
        entry_id: id,
        salt,
        before: event.before === undefined ? null : JSON.stringify(event.before),
        after: event.after === undefined ? null : JSON.stringify(event.after),
      })),
    )
    .execute();
}
