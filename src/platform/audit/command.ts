// `tung-nha verify-audit`: recomputes every ward's audit chain, beside a running product or without one, and prints the
// chain's head, which can be kept elsewhere to show later that nothing before it was changed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { verifyWard, wardIds } from '#platform/audit/seal.server.ts';
import type { ChainCheck } from '#platform/audit/seal.server.ts';
import { reachEmbedded, reachServer } from '#platform/boot/database.server.ts';
import type { Reach } from '#platform/boot/database.server.ts';
import { dataFolder } from '#platform/boot/data-folder.ts';
import { openDatabase } from '#platform/database/database.server.ts';
import { attachEmbedded } from '#platform/postgres/embedded.server.ts';

interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly cwd: string;
}

function tell(check: ChainCheck, io: Io): void {
  const { wardId, seals, entries, unsealed, erased, head, faults } = check;
  const rest = [
    unsealed > 0 ? `, ${unsealed} not sealed yet` : '',
    erased > 0 ? `, values of ${erased} erased on request` : '',
  ];
  io.out(`ward ${wardId}: ${seals} seals over ${entries} entries${rest.join('')}; head ${head}`);
  for (const fault of faults) io.err(`ward ${wardId}: ${fault}`);
}

async function verifyAll(reach: Reach, io: Io): Promise<number> {
  const database = openDatabase({ app: reach.as('tungnha_app'), owner: reach.as('tungnha_owner') });
  try {
    const wards = await wardIds(database);
    if (wards.length === 0) io.out('There is no ward yet.');
    let faults = 0;
    for (const wardId of wards) {
      const check = await verifyWard(database, wardId);
      tell(check, io);
      faults += check.faults.length;
    }
    io.out(faults === 0 ? 'The audit chain is whole.' : `The audit chain has ${faults} faults.`);
    return faults === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

export async function runVerifyAudit(args: readonly string[], io: Io): Promise<number> {
  const found = dataFolder(args, process.env, io.cwd);
  const wrong = typeof found === 'string' ? found : found.rest[0] && `unknown option "${found.rest[0]}"`;
  if (typeof found === 'string' || wrong) {
    io.err(`tung-nha verify-audit: ${wrong ?? ''}`);
    return 2;
  }
  const url = process.env['DATABASE_URL'];
  if (url) return verifyAll(reachServer(url), io);
  if (!existsSync(join(found.folder, 'pg'))) {
    io.err(`tung-nha verify-audit: there is no data in ${found.folder}`);
    return 1;
  }
  const embedded = await attachEmbedded(found.folder);
  try {
    return await verifyAll(
      reachEmbedded((database, user) => embedded.connection(database, user)),
      io,
    );
  } finally {
    await embedded.stop();
  }
}
