// The fixed cast of the tests: one person for each role in one ward, somebody with no role, and a stranger from another
// ward. They are rows of a real database; `actors` are what the door would make of them once signed in.
import { newId } from '#core/ids.ts';
import { personSortKey } from '#core/vietnamese.ts';
import { insertAccount, joinWard } from '#features/people/store-accounts.server.ts';
import { hashPassword } from '#features/people/office-auth.server.ts';
import { isFieldRole } from '#features/people/model.ts';
import type { PeopleTables } from '#features/people/tables.ts';
import type { Actor, Grant, Role } from '#platform/api/actor.ts';
import type { Database } from '#platform/database/database.server.ts';
import { openFeed } from '#platform/feeds.server.ts';
import { makeWard } from './database.ts';

export type Player =
  | 'administrator'
  | 'leader'
  | 'policeHead'
  | 'policeMember'
  | 'cultureHead'
  | 'cultureMember'
  | 'areaOfficer'
  | 'groupLeader'
  | 'deputy'
  | 'fieldMember'
  | 'otherGroupLeader'
  | 'dutyDesk'
  | 'clerk'
  | 'cityViewer'
  | 'auditor'
  | 'nobody'
  | 'stranger';

export interface Stage {
  readonly ward: number;
  readonly otherWard: number;
  /** Own is where the field roles are; the other group has only `otherGroupLeader`. */
  readonly group: string;
  readonly otherGroup: string;
  /** A group of the other ward. */
  readonly foreignGroup: string;
  readonly police: string;
  readonly culture: string;
  readonly actors: Readonly<Record<Player, Actor>>;
}

type Place = 'group' | 'otherGroup' | 'police' | 'culture' | null;

const CAST: Readonly<Record<Exclude<Player, 'stranger'>, readonly [string, Role | null, Place]>> = {
  administrator: ['Nguyễn Thị Quản Trị', 'administrator', null],
  leader: ['Trần Văn Chủ Tịch', 'leader', null],
  policeHead: ['Phạm Văn Trưởng', 'unit-head', 'police'],
  policeMember: ['Lê Thị Chiến Sĩ', 'unit-member', 'police'],
  cultureHead: ['Đỗ Văn Hóa', 'unit-head', 'culture'],
  cultureMember: ['Hoàng Thị Loan', 'unit-member', 'culture'],
  areaOfficer: ['Vũ Văn Khu Vực', 'area-officer', 'group'],
  groupLeader: ['Đào Thị Lành', 'group-leader', 'group'],
  deputy: ['Bùi Văn Phó', 'deputy-leader', 'group'],
  fieldMember: ['Ngô Thị Hội Viên', 'field-member', 'group'],
  otherGroupLeader: ['Phan Văn Tổ Khác', 'group-leader', 'otherGroup'],
  dutyDesk: ['Đặng Văn Trực', 'duty-desk', null],
  clerk: ['Mai Thị Văn Thư', 'clerk', null],
  cityViewer: ['Tô Văn Thành Phố', 'city-viewer', null],
  auditor: ['Lý Thị Kiểm Tra', 'auditor', null],
  nobody: ['Cao Văn Chưa Việc', null, null],
};

export const PLAYERS = Object.keys(CAST) as Exclude<Player, 'stranger'>[];

const BEGAN = new Date('2025-07-01T00:00:00+07:00');

async function makePlaces(database: Database, ward: number) {
  const ids = { group: newId(), otherGroup: newId(), police: newId(), culture: newId() };
  await database.asOwnerInWard(ward, async (trx) => {
    for (const [id, name] of [
      [ids.group, 'Tổ dân phố Đình Hạ 2'],
      [ids.otherGroup, 'Tổ dân phố Nghĩa Lộ 1'],
    ] as const) {
      await openFeed(trx, id, 'group');
      await trx
        .withTables<{ areas: Record<string, unknown> }>()
        .insertInto('areas')
        .values({
          ward_id: ward,
          id,
          kind: 'group',
          name,
          short_name: name.replace('Tổ dân phố', 'TDP'),
          valid_from: '2025-07-01',
          feed_id: id,
          change_n: 1,
        })
        .execute();
    }
    for (const [id, kind, name] of [
      [ids.police, 'police', 'Công an phường'],
      [ids.culture, 'office', 'Phòng Văn hóa - Xã hội'],
    ] as const)
      await trx
        .withTables<PeopleTables>()
        .insertInto('units')
        .values({ ward_id: ward, id, kind, name, short_name: name, valid_from: '2025-07-01', valid_to: null })
        .execute();
  });
  return ids;
}

async function makePerson(
  database: Database,
  wardId: number,
  name: string,
  grant: Grant | null,
): Promise<Actor> {
  const personId = newId();
  await database.asOwnerInWard(wardId, async (trx) => {
    const tables = trx.withTables<PeopleTables>();
    await tables
      .insertInto('people')
      .values({ ward_id: wardId, id: personId, name, sort_key: personSortKey(name) })
      .execute();
    if (grant)
      await tables
        .insertInto('grants')
        .values({
          ward_id: wardId,
          id: newId(),
          person_id: personId,
          role: grant.role,
          area_id: grant.areaId,
          unit_id: grant.unitId,
          from_at: BEGAN,
        })
        .execute();
  });
  const via = grant && isFieldRole(grant.role) ? 'field' : 'office';
  return {
    accountId: newId(),
    wardId,
    personId,
    name,
    grants: grant ? [grant] : [],
    via,
    deviceId: via === 'field' ? newId() : null,
    sessionId: newId(),
    ...(via === 'office' ? { provedAt: Date.now() } : {}),
  };
}

/** Two wards with two groups and two units each, and the cast. */
export async function makeStage(database: Database): Promise<Stage> {
  const ward = await makeWard(database, '11602', 'Phường Hồng An');
  const otherWard = await makeWard(database, '11600', 'Phường Bên Cạnh');
  const places = await makePlaces(database, ward);
  const foreign = await makePlaces(database, otherWard);
  const actors: Partial<Record<Player, Actor>> = {};
  for (const player of PLAYERS) {
    const [name, role, place] = CAST[player];
    const isArea = place === 'group' || place === 'otherGroup';
    const grant = role && {
      role,
      areaId: isArea ? places[place] : null,
      unitId: place && !isArea ? places[place] : null,
    };
    actors[player] = await makePerson(database, ward, name, grant);
  }
  const everywhere = { role: 'administrator', areaId: null, unitId: null } as const;
  actors.stranger = await makePerson(database, otherWard, 'Người Phường Khác', everywhere);
  return {
    ward,
    otherWard,
    ...places,
    foreignGroup: foreign.group,
    actors: actors as Record<Player, Actor>,
  };
}

/** An office account for one of the cast; answers its id. */
export async function giveAccount(
  database: Database,
  actor: Actor,
  username: string,
  password: string,
  temporary = false,
): Promise<string> {
  const passwordHash = await hashPassword(password);
  return database.asOwnerInWard(actor.wardId, async (trx) => {
    const id = await insertAccount(database.outside, { username, passwordHash, temporary });
    if (id === null) throw new Error(`The username ${username} is taken`);
    await joinWard(database.outside, id, { wardId: actor.wardId, personId: actor.personId });
    await trx
      .withTables<PeopleTables>()
      .updateTable('people')
      .set({ account_id: id })
      .where('ward_id', '=', actor.wardId)
      .where('id', '=', actor.personId)
      .execute();
    return id;
  });
}
