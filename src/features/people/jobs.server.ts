// Upkeep of signing in: counted tries hold nothing after a day, ended sessions and old challenges nothing at all.
import { sql } from 'kysely';
import { sweepTries } from '#features/people/throttle.server.ts';
import type { Schedule, Task } from '#platform/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export const peopleTasks = (runtime: () => Runtime): Readonly<Record<string, Task>> => ({
  'people.sweep': async () => {
    await sweepTries(runtime());
    const db = runtime().database.outside;
    await sql`delete from auth.session where "expiresAt" < now()`.execute(db);
    await sql`delete from auth.verification where "expiresAt" < now()`.execute(db);
  },
});

/* 02:40 in Viet Nam. */
export const peopleSchedules: readonly Schedule[] = [{ task: 'people.sweep', match: '40 19 * * *' }];
