// What tells that a ward's public pages may have changed: the last change of a text, the settings, the name, the day.
import { z } from 'zod';
import { dayOf } from '#core/clock.ts';
import { checkedWard } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { wardOfAddress } from '#platform/wards.server.ts';

/** An answer for each statement of the flight; only one of them has a row. */
const Answers = z.array(z.object({ rows: z.array(z.object({ stamp: z.string() })) }));

/**
 * Asked before every public page: one flight to the database, without parameters so that scope and question travel
 * together. Every step of a text takes a number of the ward's feed; a text is public between two days; a restore makes
 * a new epoch. Settings are few words and stand in the stamp by their hash.
 */
export async function publicStamp(runtime: Runtime, code: string): Promise<string | null> {
  const ward = await wardOf(runtime, code);
  if (ward === null) return null;
  const answers: unknown = await runtime.database.appPool.query(
    `begin read only; set local app.ward_id = '${checkedWard(ward)}';
     select concat_ws('|',
       (select code from ward_addresses where ward_id = ${ward} and code = '${code}'),
       (select count(*) || '.' || coalesce(max(change_n), 0) from texts where ward_id = ${ward}),
       (select md5(s::text) from publishing_settings s where ward_id = ${ward}),
       (select md5(name) from wards where ward_id = ${ward})) as stamp;
     commit`,
  );
  const stamp = Answers.parse(answers).flatMap(({ rows }) => rows)[0]?.stamp ?? '';
  if (!stamp.startsWith(`${code}|`)) {
    wards.delete(code);
    return null;
  }
  return `${runtime.epoch}|${dayOf(runtime.campaignClock.now())}|${stamp}`;
}

/** A ward's address is given once; that it still is this ward's is part of the question above. */
const wards = new Map<string, number>();

async function wardOf(runtime: Runtime, code: string): Promise<number | null> {
  if (!/^\d{1,8}$/.test(code)) return null;
  const known = wards.get(code);
  if (known !== undefined) return known;
  const found = await wardOfAddress(runtime.database, code);
  if (found !== null) wards.set(code, found);
  return found;
}
