/**
 * The paper reserve of an evening on a real embedded PostgreSQL: a ward of 12,000 households in 45 groups, every one named
 * in the register, set as PDF and kept. Run: node bench/reserve.ts [households] [groups]. Limit: 20 s for 45 groups.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantOf } from '#core/clock.ts';
import { openMigrated, reachEmbedded } from '#platform/boot/database.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { createLog } from '#platform/log.server.ts';
import { startEmbedded } from '#platform/postgres/embedded.server.ts';
import { chanceOf } from '#platform/rehearsal/chance.ts';
import { listReserves, reserveOfEvening } from '#features/reports/reserve/reserve.server.ts';
import { reportPorts } from '#registry/report-ports.server.ts';
import { makeSampleWard } from '#registry/sample-ward.server.ts';

const [households = 12_000, groups = 45] = process.argv.slice(2).map(Number);
const LIMIT_SECONDS = (20 * groups) / 45;

const folder = mkdtempSync(join(tmpdir(), 'tungnha-bench-'));
// The account PostgreSQL runs as must be able to walk in.
chmodSync(folder, 0o711);
const log = createLog('silent');
const embedded = await startEmbedded({ folder });
const { database } = await openMigrated(
  reachEmbedded((name, user) => embedded.connection(name, user)),
  'rehearsal',
  log,
);
const files = folderFiles(join(folder, 'media'));
const wish = { name: 'Phường', code: '11602', cityCode: '31', groups, households };
const sample = await makeSampleWard({ database, files }, wish, chanceOf('bench'));
const { wardId } = sample;
const campaign = sample.campaign.campaignId;

/** One lane a group, as many doors as the group declared. */
const client = await database.ownerPool.connect();
await client.query(`begin; set local app.ward_id = '${wardId}'`);
await client.query(
  `insert into areas (ward_id, id, kind, parent_id, name, short_name, valid_from, feed_id, change_n)
   select ward_id, gen_random_uuid(), 'lane', id, 'Ngõ 1', 'Ngõ 1', valid_from, feed_id, 0 from areas
   where kind = 'group' and not exists (select from areas l where l.parent_id = areas.id)`,
);
await client.query(
  `insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
   select g.ward_id, gen_random_uuid(), l.id, g.group_id, s.n::text, 'house', now(), a.feed_id, 0
   from group_households g
   join areas a on a.ward_id = g.ward_id and a.id = g.group_id
   join lateral (select id from areas l where l.parent_id = g.group_id order by id limit 1) l on true
   cross join lateral generate_series(1, g.households) as s (n)
   where not exists (select from dwellings d where d.group_id = g.group_id)`,
);
await client.query(
  `insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, created_at, feed_id, change_n)
   select d.ward_id, gen_random_uuid(), d.id, d.group_id, 1, 'Đào Thị Lành', 'permanent', now(), d.feed_id, 0
   from dwellings d where not exists (select from households h where h.dwelling_id = d.id)`,
);
await client.query('commit');
client.release();
await database.ownerPool.query('analyze households, dwellings');

const began = performance.now();
const papers = await database.inWard(wardId, (trx) =>
  reserveOfEvening(
    { trx, runtime: { files }, actor: { personId: null }, now: instantOf('2025-08-05', '20:00') },
    reportPorts,
    campaign,
  ),
);
const seconds = (performance.now() - began) / 1_000;
const [kept] = await database.inWard(wardId, (trx) => listReserves(trx, campaign));
const bytes = kept?.files.reduce((sum, one) => sum + one.bytes, 0) ?? 0;
process.stdout.write(
  `paper reserve: ${papers} papers, ${households} households, ${(bytes / 1e6).toFixed(1)} MB\n` +
    `limit ${LIMIT_SECONDS.toFixed(1)} s   found ${seconds.toFixed(2)} s   ratio ${(seconds / LIMIT_SECONDS).toFixed(2)}\n`,
);
await database.close();
await embedded.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(papers >= groups && seconds <= LIMIT_SECONDS ? 0 : 1);
