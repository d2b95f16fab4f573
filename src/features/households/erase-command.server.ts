// Erasing a household because it asked. Its figures stay; what was kept about the people goes, also from every backup
// that is ever put back.
import { CompiledQuery } from 'kysely';
import { sql } from 'kysely';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { Erased, Erasing } from '#platform/backup/erasing.ts';
import { noteErasure } from '#platform/backup/restore.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { EraseWish } from '#features/households/office-schema.ts';

/** The parts are other owners' as well: the roof puts them together. */
export type EraseHousehold = (
  ask: Erasing['ask'],
  asked: { readonly wardId: number; readonly id: string; readonly at: Date },
) => Promise<Erased>;

const asking =
  (trx: WardTransaction): Erasing['ask'] =>
  async <T extends object>(text: string, values: readonly unknown[]) =>
    (await trx.executeQuery<T>(CompiledQuery.raw(text, [...values]))).rows;

/** An absorbed entry leads to the one that stands: both are the same people. */
async function standing(trx: WardTransaction, id: string): Promise<{ id: string; erased: boolean } | null> {
  const { rows } = await sql<{ id: string; erased: boolean }>`
    select s.id, s.erased_at is not null as erased from households h
    join households s on s.ward_id = h.ward_id and s.id = coalesce(h.merged_into, h.id)
    where h.ward_id = ${trx.wardId} and h.id = ${id}`.execute(trx);
  return rows[0] ?? null;
}

export async function askErasure(
  call: Call,
  parts: { readonly erase: EraseHousehold },
  id: string,
  wish: EraseWish,
): Promise<Problem | { done: true }> {
  const { runtime, trx } = call;
  const household = await standing(trx, id);
  if (!household) return problem('households.no-such-household', { status: 404 });
  if (household.erased) return { done: true };
  const { wardId } = trx;
  const at = new Date(call.now);
  // The list first, outside the database: a backup from before now must never bring the household back. Where the
  // transaction fails after it, the list says only what was asked for, and asking again does it.
  noteErasure(runtime.folder, { wardId, kind: 'household', id: household.id, at: at.toISOString() });
  // As the owner: the app's own role may delete neither values of the audit log nor pictures.
  const { files } = await runtime.database.asOwnerInWard(wardId, async (owner) => {
    const erased = await parts.erase(asking(owner), { wardId, id: household.id, at });
    await audit(owner, call, {
      action: 'households.erased',
      subjectKind: 'household',
      subjectId: household.id,
      after: { asked: wish.asked },
    });
    return erased;
  });
  for (const sha256 of files) await runtime.files.remove(wardId, sha256);
  return { done: true };
}
