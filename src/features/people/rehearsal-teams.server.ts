// Roles of the sample ward that are not as on the first day: teams that serve a second group, a post handed over, one
// left empty, and stand-ins.
import { createHash } from 'node:crypto';
import type { SamplePeople } from '#features/people/rehearsal.server.ts';
import type { PeopleTables } from '#features/people/tables.ts';
import type { Role } from '#platform/api/actor.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';

/** In the order of the groups: which have nobody going from door to door yet. */
const WITHOUT_TEAM = [9, 23, 31, 40];
const HANDED_OVER = { group: 6, at: '2025-07-20T17:00:00+07:00' };
const WITHOUT_DEPUTY = { group: 11, at: '2025-07-31T17:00:00+07:00' };

interface Place {
  readonly id: string;
}

interface Row {
  readonly personId: string;
  readonly role: Role;
  readonly areaId: string;
  readonly fromAt: Date;
  readonly toAt: Date | null;
  readonly reason: string;
  readonly standsInFor?: string;
}

async function insert(trx: WardTransaction, id: () => string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .withTables<PeopleTables>()
    .insertInto('grants')
    .values(
      rows.map((row) => ({
        ward_id: trx.wardId,
        id: id(),
        person_id: row.personId,
        role: row.role,
        area_id: row.areaId,
        unit_id: null,
        from_at: row.fromAt,
        to_at: row.toAt,
        reason: row.reason,
        stands_in_for: row.standsInFor ?? null,
      })),
    )
    .execute();
}

/** Groups in which nobody goes from door to door get somebody of another group, all but a few. */
function teams(sample: SamplePeople, places: readonly Place[], fromAt: Date): Row[] {
  const fields = sample.grants.filter(({ role }) => role === 'field-member');
  const manned = new Set(fields.map(({ areaId }) => areaId));
  const people = [...new Set(fields.map(({ personId }) => personId))];
  if (people.length === 0) return [];
  return places.flatMap(({ id }, n): Row[] => {
    const personId = people[n % people.length];
    if (manned.has(id) || WITHOUT_TEAM.includes(n) || personId === undefined) return [];
    return [{ personId, role: 'field-member', areaId: id, fromAt, toAt: null, reason: 'Lập tổ công tác' }];
  });
}

async function grantOf(
  trx: WardTransaction,
  personId: string,
  role: Role,
  areaId: string,
): Promise<string | undefined> {
  const row = await trx
    .withTables<PeopleTables>()
    .selectFrom('grants')
    .select('id')
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId)
    .where('role', '=', role)
    .where('area_id', '=', areaId)
    .where('to_at', 'is', null)
    .executeTakeFirst();
  return row?.id;
}

async function change(
  trx: WardTransaction,
  id: string,
  to: { from_at?: Date; to_at?: Date; end_reason?: string },
) {
  await trx
    .withTables<PeopleTables>()
    .updateTable('grants')
    .set(to)
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

/** A leader who came on 20 July, after whoever is deputy now; a deputy who left and was not replaced. */
async function handOvers(
  trx: WardTransaction,
  sample: SamplePeople,
  places: readonly Place[],
  since: number,
): Promise<Row[]> {
  const at = ({ group }: { readonly group: number }) => ({
    place: places[group],
    people: sample.groups[group],
  });
  const [over, left] = [at(HANDED_OVER), at(WITHOUT_DEPUTY)];
  const leaving =
    left.place && left.people && (await grantOf(trx, left.people.deputy.id, 'deputy-leader', left.place.id));
  if (leaving)
    await change(trx, leaving, { to_at: new Date(WITHOUT_DEPUTY.at), end_reason: 'Chuyển nơi cư trú' });
  if (!over.place || !over.people) return [];
  const handedOver = new Date(HANDED_OVER.at);
  const present = await grantOf(trx, over.people.leader.id, 'group-leader', over.place.id);
  if (present === undefined) return [];
  await change(trx, present, { from_at: handedOver });
  return [
    {
      personId: over.people.deputy.id,
      role: 'group-leader',
      areaId: over.place.id,
      fromAt: new Date(since),
      toAt: handedOver,
      reason: 'Quyền tổ trưởng chờ bầu',
    },
  ];
}

export async function settleTeams(
  trx: WardTransaction,
  sample: SamplePeople,
  places: readonly Place[],
  chance: Chance,
  since: number,
): Promise<void> {
  const id = chance.branch('teams').ids(since);
  const rows = [...teams(sample, places, new Date(since)), ...(await handOvers(trx, sample, places, since))];
  await insert(trx, id, rows);
}

export interface SampleStandIn {
  readonly awayId: string;
  readonly standInId: string;
  readonly role: Role;
  readonly areaId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly reason: string;
}

export async function settleStandIns(
  trx: WardTransaction,
  standIns: readonly SampleStandIn[],
  chance: Chance,
  at: number,
): Promise<void> {
  const rows: Row[] = [];
  for (const { awayId, standInId, ...rest } of standIns) {
    const standsInFor = await grantOf(trx, awayId, rest.role, rest.areaId);
    if (standsInFor !== undefined) rows.push({ ...rest, personId: standInId, standsInFor });
  }
  await insert(trx, chance.branch('stand-ins').ids(at), rows);
}

/** Whose number nobody has written down yet, in the order of the groups. */
const WITHOUT_NUMBER = { leader: 27, deputy: 14 };
/** The first groups have no phone bound: cards are tried on them. */
const FIRST_BOUND = 3;

/** Most leaders and deputies have signed in with their card, some have not; two have left no number. */
export async function settlePhones(
  trx: WardTransaction,
  sample: SamplePeople,
  chance: Chance,
  at: number,
): Promise<void> {
  const tables = trx.withTables<PeopleTables>();
  const id = chance.branch('phones').ids(at);
  const bound = sample.groups.flatMap(({ leader, deputy }, n) => [
    ...(n >= FIRST_BOUND && n % 7 !== 0 ? [leader] : []),
    ...(n >= FIRST_BOUND && n % 4 !== 1 ? [deputy] : []),
  ]);
  const phones = bound.map(({ id: personId }) => ({ personId, card: id(), device: id() }));
  if (phones.length === 0) return;
  const when = new Date(at);
  // Keys nobody holds: these phones cannot be used, they only tell that a card was.
  const key = (text: string) => createHash('sha256').update(text).digest();
  await tables
    .insertInto('sign_in_cards')
    .values(
      phones.map(({ personId, card }) => ({
        ward_id: trx.wardId,
        id: card,
        person_id: personId,
        token_hash: key(`token ${card}`),
        code_hash: key(`code ${card}`),
        issued_at: when,
        expires_at: when,
        redeemed_at: when,
      })),
    )
    .execute();
  await tables
    .insertInto('devices')
    .values(
      phones.map(({ personId, card, device }, at) => ({
        ward_id: trx.wardId,
        id: device,
        person_id: personId,
        card_id: card,
        label: 'Android · Chrome',
        key_hash: key(`key ${device}`),
        credential_hash: key(`credential ${device}`),
        bound_at: when,
        last_used_at: when,
        // One in six has not found the time.
        practised_at: at % 6 === 5 ? null : when,
      })),
    )
    .execute();
  const silent = [
    sample.groups[WITHOUT_NUMBER.leader]?.leader.id,
    sample.groups[WITHOUT_NUMBER.deputy]?.deputy.id,
  ].filter((one) => one !== undefined);
  if (silent.length > 0)
    await tables
      .updateTable('people')
      .set({ phone: null })
      .where('ward_id', '=', trx.wardId)
      .where('id', 'in', silent)
      .execute();
}
