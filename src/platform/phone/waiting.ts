/** How much of an account is not sent yet: readable without its key, since where a record stands is kept in clear. */
import { wordOf } from '#protocol/outbox.ts';
import { accounts } from '#platform/phone/account.ts';
import { openWorkDatabase } from '#platform/phone/database.ts';
import type { OutboxRow } from '#platform/phone/database.ts';

/** Whether a row is something a person did: who made the rows says. */
export type IsWork = (row: OutboxRow) => boolean;

export async function waitingOf(account: string, isWork: IsWork): Promise<number> {
  const db = await openWorkDatabase(account);
  try {
    const rows = await db.getAll('outbox');
    return rows.filter((row) => isWork(row) && wordOf(row) === 'not-sent').length;
  } finally {
    db.close();
  }
}

/** Over everybody who keeps work on this phone. */
export async function waitingHere(isWork: IsWork): Promise<number> {
  const counts = await Promise.all((await accounts()).map(({ id }) => waitingOf(id, isWork)));
  return counts.reduce((sum, count) => sum + count, 0);
}
