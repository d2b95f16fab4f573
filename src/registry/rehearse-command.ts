// `tung-nha rehearse`: makes a sample ward or city from a seed into a folder, ready to be served as a rehearsal.
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { openMigrated, reachEmbedded } from '#platform/boot/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { createLog } from '#platform/log.server.ts';
import { startEmbedded } from '#platform/postgres/embedded.server.ts';
import { CannotHost } from '#platform/postgres/host.server.ts';
import { chanceOf } from '#platform/rehearsal/chance.ts';
import { markMade, SEED, WARD } from '#registry/rehearsal.server.ts';
import { makeSampleWard } from '#registry/sample-ward.server.ts';
import type { SampleWard, SampleWish } from '#registry/sample-ward.server.ts';

interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly cwd: string;
}

interface Wish {
  readonly wards: number;
  readonly groups: number;
  readonly households: number;
  readonly seed: string;
  readonly folder: string;
}

/** Beyond these a sample tells nothing more: the country's largest city has under 200 wards. */
const MOST = { wards: 200, groups: 500, households: 200_000 } as const;
/** The least a group of a sample has on average, so that none comes out empty. */
const LEAST_IN_GROUP = 10;

const count = (name: keyof typeof MOST, text: string | undefined): number | string => {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && value >= 1 && value <= MOST[name]
    ? value
    : `--${name} takes a whole number from 1 to ${MOST[name]}, not "${text ?? ''}"`;
};

/** The wish, or the line that says what is wrong with it. */
export function readWish(args: readonly string[], cwd: string): Wish | string {
  const wish = {
    wards: 1,
    groups: WARD.groups,
    households: WARD.households,
    seed: SEED,
    data: process.env['DATA_DIR'] || 'data',
  };
  for (let at = 0; at < args.length; at += 2) {
    const [option, value] = [args[at], args[at + 1]];
    if (option === '--wards' || option === '--groups' || option === '--households') {
      const name = option.slice(2) as keyof typeof MOST;
      const read = count(name, value);
      if (typeof read === 'string') return read;
      wish[name] = read;
    } else if (option === '--seed' || option === '--data') {
      if (!value) return `${option} needs a value`;
      wish[option === '--seed' ? 'seed' : 'data'] = value;
    } else return `unknown option "${option ?? ''}"`;
  }
  if (wish.households < wish.groups * LEAST_IN_GROUP)
    return `${wish.households} households are too few for ${wish.groups} groups`;
  const { data, ...rest } = wish;
  return { ...rest, folder: join(isAbsolute(data) ? data : resolve(cwd, data), 'rehearsal') };
}

/** The first is the rehearsal's own ward; the others bear codes no real unit has. */
const wardWish = (wish: Wish, n: number): SampleWish => ({
  ...(n === 1
    ? { name: WARD.name, code: WARD.code }
    : { name: `Phường Mẫu ${n}`, code: `M${String(n).padStart(4, '0')}`, accountSuffix: `.${n}` }),
  cityCode: WARD.cityCode,
  groups: wish.groups,
  households: wish.households,
});

async function makeWards(database: Database, wish: Wish, io: Io): Promise<SampleWard[]> {
  const files = folderFiles(join(wish.folder, 'media'));
  const made: SampleWard[] = [];
  for (let n = 1; n <= wish.wards; n++) {
    // The first ward of the default seed is the very ward that `npm start` makes.
    const chance = n === 1 ? chanceOf(wish.seed) : chanceOf(wish.seed).branch(`ward ${n}`);
    const ward = await makeSampleWard({ database, files }, wardWish(wish, n), chance);
    io.out(
      `${ward.name} (${ward.code}): ${ward.areas.length} groups, ${ward.households} households, ` +
        `${ward.people.units.length} units, ${ward.people.people.length} people`,
    );
    made.push(ward);
  }
  await markMade({ database }, { seed: wish.seed, wards: wish.wards });
  return made;
}

export async function runRehearse(args: readonly string[], io: Io): Promise<number> {
  const wish = readWish(args, io.cwd);
  if (typeof wish === 'string') {
    io.err(`tung-nha rehearse: ${wish}`);
    return 2;
  }
  if (existsSync(join(wish.folder, 'pg'))) {
    io.err(`tung-nha rehearse: there is data in ${wish.folder} already; choose another --data`);
    return 1;
  }
  const began = performance.now();
  try {
    const embedded = await startEmbedded({ folder: wish.folder });
    try {
      const reach = reachEmbedded((name, user) => embedded.connection(name, user));
      const { database } = await openMigrated(reach, 'rehearsal', createLog('warn'));
      try {
        const made = await makeWards(database, wish, io);
        const households = made.reduce((sum, ward) => sum + ward.households, 0);
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        io.out(`${made.length} wards, ${households} households from seed "${wish.seed}" in ${seconds} s`);
        io.out(`Serve it: DATA_DIR=${join(wish.folder, '..')} npm start`);
        return 0;
      } finally {
        await database.close();
      }
    } finally {
      await embedded.stop();
    }
  } catch (error) {
    if (!(error instanceof CannotHost)) throw error;
    io.err(`tung-nha rehearse: ${error.message}`);
    return 1;
  }
}
