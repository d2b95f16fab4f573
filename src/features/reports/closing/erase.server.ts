// The day of deletion, kept: signatures, photos and telephone numbers of a closed campaign go, in the living database and
// in every backup put back later. What was counted stays.
import { CompiledQuery, sql } from 'kysely';
import { dayOf, isoOf, type Instant } from '#core/clock.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { noteErasure } from '#platform/backup/restore.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import type { ClosingPorts } from '#features/reports/closing/ports.ts';
import { addAct } from '#features/reports/closing/store.server.ts';

/** Closed, with a day that has come and was not kept yet. A campaign opened again waits until it is closed. */
async function due(trx: WardTransaction, now: Instant): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from campaigns c
    join lateral (select n, data ->> 'on' as on_day from closing_acts a
      where a.ward_id = c.ward_id and a.campaign_id = c.id and a.act = 'deletion-set' order by n desc limit 1) s on true
    where c.ward_id = ${trx.wardId} and c.state = 'closed' and s.on_day <= ${dayOf(now)}
      and not exists (select 1 from closing_acts d where d.ward_id = c.ward_id and d.campaign_id = c.id
        and d.act = 'deleted' and d.n > s.n)`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Safe to run twice: what is empty is emptied again. @returns campaigns whose day was kept */
export async function keepDeletions(
  runtime: Pick<Runtime, 'database' | 'files' | 'folder'>,
  ports: Pick<ClosingPorts, 'eraseCampaign'>,
  wardId: number,
  now: Instant,
): Promise<number> {
  const { database, files, folder } = runtime;
  const campaigns = await database.inWard(wardId, (trx) => due(trx, now));
  for (const id of campaigns) {
    const at = new Date(now);
    // The list first, outside the database: no backup from before now may bring them back.
    noteErasure(folder, { wardId, kind: 'campaign', id, at: isoOf(now) });
    const gone = await database.asOwnerInWard(wardId, async (trx) => {
      const erased = await ports.eraseCampaign(
        async <T extends object>(text: string, values: readonly unknown[]) =>
          (await trx.executeQuery<T>(CompiledQuery.raw(text, [...values]))).rows,
        { wardId, id, at },
      );
      await addAct(trx, id, { act: 'deleted', at, by: null, data: erased.emptied });
      await audit(
        trx,
        { actor: null, now, origin: 'job' },
        { action: 'closing.deleted', subjectKind: 'campaign', subjectId: id, after: erased.emptied },
      );
      return erased.files;
    });
    for (const sha256 of gone) await files.remove(wardId, sha256);
  }
  return campaigns.length;
}
