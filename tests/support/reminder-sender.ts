// A process of its own that empties a ward's outbox as the product does, to be killed while it sends.
// argv: PostgreSQL socket, database, ward, push secret, origin of the push service, campaign instant
import { openDatabase } from '#platform/database/database.server.ts';
import { createLog } from '#platform/log.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { openSenders } from '#platform/senders.server.ts';
import { deliverWard } from '#features/reminders/deliver.server.ts';

const [host = '', name = '', ward = '', secret = '', pushOrigin = '', now = ''] = process.argv.slice(2);
const reach = (user: string) => ({ host, database: name, user });
const database = openDatabase({ app: reach('tungnha_app'), owner: reach('tungnha_owner') });
const runtime = {
  database,
  campaignClock: { of: 'campaign', now: () => Number(now) },
  senders: openSenders(secret, { mail: null, pushServices: [pushOrigin] }, 'http://localhost'),
  log: createLog('silent'),
  origin: 'http://localhost',
} as unknown as Runtime;
process.stdout.write('sending\n');
await deliverWard(runtime, Number(ward), {
  occurrences: () => Promise.resolve([]),
  pageOf: ({ itemId }) => `/nhiem-vu/${itemId}`,
});
process.stdout.write('done\n');
await database.close();
