// The steps of set-up. Each is kept as soon as it is sent, so that it can be left and gone on with; each may be sent
// again until set-up is finished. Written as the owner, because the app itself opens no ward and deletes nothing.
import { dayOf } from '#core/clock.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { OpenCall } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { noteSetup, readSetup } from '#platform/setup.server.ts';
import { correctWard, openWard } from '#platform/wards.server.ts';
import type { NewWard } from '#platform/wards.server.ts';
import { keepUnits, knownWards } from '#features/areas/reference-units.server.ts';
import { readFirstGroups, replaceGroups } from '#features/areas/setup.server.ts';
import type { FirstGroup } from '#features/areas/setup.server.ts';
import { readWard } from '#features/areas/ward.server.ts';
import {
  keepFirstAdministrator,
  readFirstAdministrator,
  readFirstUnits,
  replaceUnits,
} from '#features/people/setup.server.ts';
import type { FirstAdministrator, FirstUnit } from '#features/people/setup.server.ts';
import type { z } from 'zod';
import type { SetupReply, WardWish } from '#registry/setup/shapes.ts';

type Answer = Problem | { done: true };
const DONE = { done: true } as const;

/** The day from which the present units of the country stand; a ward of another day is told it at this step. */
const UNITS_SINCE = '2025-07-01';

export async function readSteps(call: OpenCall): Promise<SetupReply> {
  const { database } = call.runtime;
  const note = await readSetup(call.runtime);
  const today = dayOf(call.now);
  const known = (await knownWards(database.ownerPool, today)).map(({ validFrom: _, ...ward }) => ward);
  const nothing = { ward: null, administrator: null, groups: [], units: [] };
  if (note.wardId === undefined) return { unlocked: true, knownWards: known, ...nothing };
  return database.asOwnerInWard(note.wardId, async (trx) => {
    const { name, code, cityCode, cityName } = await readWard(trx, today);
    const { administratorId } = note;
    return {
      unlocked: true as const,
      knownWards: known,
      ward: { name, code: code ?? '', cityCode: cityCode ?? '', cityName },
      administrator:
        administratorId === undefined ? null : await readFirstAdministrator(trx, administratorId),
      groups: await readFirstGroups(trx),
      units: await readFirstUnits(trx),
    };
  });
}

/** The ward as the official list has it, or as it was typed where the list does not know it. */
async function wardMeant(call: OpenCall, wish: z.infer<typeof WardWish>): Promise<NewWard | Problem> {
  const pool = call.runtime.database.ownerPool;
  const known = (await knownWards(pool, dayOf(call.now))).find(({ code }) => code === wish.code);
  if (known && (wish.name === '' || wish.name === known.name))
    return { code: known.code, name: known.name, cityCode: known.cityCode, validFrom: known.validFrom };
  if (wish.name === '') return problem('setup.ward-unknown', { pointer: '/name' });
  if (known) return { ...known, name: wish.name };
  if (wish.cityCode === '') return problem('setup.city-missing', { pointer: '/cityCode' });
  const validFrom = wish.validFrom ?? UNITS_SINCE;
  const source = 'Ghi khi cài đặt';
  const place = { valid_from: validFrom, valid_to: null, source };
  const ward = { code: wish.code, level: 'ward' as const, name: wish.name, parent_code: wish.cityCode };
  const city = { code: wish.cityCode, level: 'city' as const, name: wish.cityName, parent_code: 'VN' };
  const { rowCount } = await pool.query(
    `select 1 from reference_units where level = 'city' and code = $1 and valid_to is null`,
    [wish.cityCode],
  );
  if (!rowCount && wish.cityName === '') return problem('setup.city-missing', { pointer: '/cityName' });
  await keepUnits(
    pool,
    rowCount
      ? [{ ...ward, ...place }]
      : [
          { ...city, ...place },
          { ...ward, ...place },
        ],
  );
  return { code: wish.code, name: wish.name, cityCode: wish.cityCode, validFrom };
}

export async function keepWard(call: OpenCall, wish: z.infer<typeof WardWish>): Promise<Answer> {
  const { runtime } = call;
  const meant = await wardMeant(call, wish);
  if (isProblem(meant)) return meant;
  const { wardId } = await readSetup(runtime);
  if (wardId === undefined) await noteSetup(runtime, { wardId: await openWard(runtime.database, meant) });
  else await correctWard(runtime.database, wardId, meant);
  return DONE;
}

/** Runs a step in the ward opened before; what it did is on record though nobody has signed in yet. */
async function inWard(
  call: OpenCall,
  action: string,
  work: (trx: WardTransaction) => Promise<Problem | { readonly [fact: string]: string | number }>,
): Promise<Answer> {
  const { wardId } = await readSetup(call.runtime);
  if (wardId === undefined) return problem('setup.ward-first', { status: 409 });
  return call.runtime.database.asOwnerInWard(wardId, async (trx) => {
    const facts = await work(trx);
    if (isProblem(facts)) return facts;
    const context = { actor: null, now: call.now, origin: call.origin };
    await audit(trx, context, { action, subjectKind: 'ward', subjectId: String(wardId), after: facts });
    return DONE;
  });
}

export async function keepAdministrator(call: OpenCall, wish: FirstAdministrator): Promise<Answer> {
  const known = (await readSetup(call.runtime)).administratorId ?? null;
  let made = '';
  const answer = await inWard(call, 'setup.administrator-named', async (trx) => {
    const personId = await keepFirstAdministrator(trx, wish, known, call.now);
    if (isProblem(personId)) return personId;
    made = personId;
    return { personId };
  });
  if (!isProblem(answer)) await noteSetup(call.runtime, { administratorId: made });
  return answer;
}

export async function keepGroups(call: OpenCall, groups: readonly FirstGroup[]): Promise<Answer> {
  const { administratorId } = await readSetup(call.runtime);
  if (administratorId === undefined) return problem('setup.administrator-first', { status: 409 });
  return inWard(call, 'setup.groups-listed', async (trx) => {
    const validFrom = await wardSince(trx);
    await replaceGroups(trx, groups, { personId: administratorId, now: call.now, validFrom });
    return { groups: groups.length };
  });
}

export const keepUnitList = (call: OpenCall, units: readonly FirstUnit[]): Promise<Answer> =>
  inWard(call, 'setup.units-listed', async (trx) => {
    await replaceUnits(trx, units, await wardSince(trx));
    return { units: units.length };
  });

async function wardSince(trx: WardTransaction): Promise<string> {
  const row = await trx
    .selectFrom('ward_codes')
    .select('valid_from')
    .where('ward_id', '=', trx.wardId)
    .executeTakeFirst();
  return row?.valid_from ?? UNITS_SINCE;
}

/** From here on everybody signs in. What is still missing can be added in the registers. */
export async function finish(call: OpenCall): Promise<Answer> {
  const { administratorId } = await readSetup(call.runtime);
  if (administratorId === undefined) return problem('setup.administrator-first', { status: 409 });
  const answer = await inWard(call, 'setup.finished', () => Promise.resolve({}));
  if (isProblem(answer)) return answer;
  await noteSetup(call.runtime, { finishedAt: new Date(call.now).toISOString() });
  call.runtime.setupOpen = false;
  return answer;
}
