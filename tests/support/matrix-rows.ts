// Rows the permission matrix aims at: one of each kind in the own group or unit, one in the other's.
import { newId } from '#core/ids.ts';
import type { AreaTables } from '#features/areas/tables.ts';
import type { HouseholdTables } from '#features/households/tables.ts';
import type { PeopleTables } from '#features/people/tables.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import { wardFeed } from '#platform/feeds.server.ts';
import type { Stage } from './cast.ts';

/** By the name of the address's part: `:area`, `:person` … */
export interface MatrixRows {
  readonly area: string;
  readonly unit: string;
  readonly person: string;
  readonly device: string;
  readonly campaign: string;
  readonly household: string;
}

async function bindPhone(trx: WardTransaction, personId: string): Promise<string> {
  const tables = trx.withTables<PeopleTables>();
  const [card, device] = [newId(), newId()];
  const at = new Date();
  const hash = () => Buffer.from(newId());
  await tables
    .insertInto('sign_in_cards')
    .values({
      ward_id: trx.wardId,
      id: card,
      person_id: personId,
      token_hash: hash(),
      code_hash: hash(),
      issued_at: at,
      expires_at: at,
      redeemed_at: at,
    })
    .execute();
  await tables
    .insertInto('devices')
    .values({
      ward_id: trx.wardId,
      id: device,
      person_id: personId,
      card_id: card,
      label: 'Android · Chrome',
      key_hash: hash(),
      credential_hash: hash(),
      bound_at: at,
      last_used_at: at,
    })
    .execute();
  return device;
}

async function openCampaign(trx: WardTransaction, unitId: string): Promise<string> {
  const id = newId();
  await trx
    .withTables<{ campaigns: Record<string, unknown> }>()
    .insertInto('campaigns')
    .values({
      ward_id: trx.wardId,
      id,
      name: 'Đợt cao điểm',
      short_name: 'Cao điểm',
      leading_unit_id: unitId,
      from_on: '2025-08-02',
      to_on: '2025-08-14',
      state: 'draft',
      created_at: new Date(),
      feed_id: await wardFeed(trx),
      change_n: 1,
    })
    .execute();
  return id;
}

async function openHousehold(trx: WardTransaction, group: string): Promise<string> {
  const [lane, dwelling, household] = [newId(), newId(), newId()];
  const common = { ward_id: trx.wardId, feed_id: group, change_n: 1 };
  await trx
    .withTables<AreaTables>()
    .insertInto('areas')
    .values({
      ...common,
      id: lane,
      kind: 'lane',
      parent_id: group,
      name: 'Ngõ 1',
      short_name: 'Ngõ 1',
      valid_from: '2025-07-01',
      valid_to: null,
      decision: null,
      decision_on: null,
      closed_by: null,
      closed_by_on: null,
    })
    .execute();
  const doors = trx.withTables<HouseholdTables>();
  const made = { ...common, group_id: group, created_at: new Date() };
  await doors
    .insertInto('dwellings')
    .values({
      ...made,
      id: dwelling,
      lane_id: lane,
      house_number: '7',
      kind: 'house',
      position_lat: null,
      position_lon: null,
    })
    .execute();
  await doors
    .insertInto('households')
    .values({
      ...made,
      id: household,
      dwelling_id: dwelling,
      n: 1,
      head_name: 'Bùi Thị Mơ',
      residence: 'permanent',
      members: null,
      phone: null,
      created_by: null,
    })
    .execute();
  return household;
}

export function openForMatrix(
  database: Database,
  stage: Stage,
): Promise<{ own: MatrixRows; other: MatrixRows; nowhere: MatrixRows }> {
  return database.asOwnerInWard(stage.ward, async (trx) => ({
    own: {
      area: stage.group,
      unit: stage.police,
      person: stage.actors.groupLeader.personId,
      device: await bindPhone(trx, stage.actors.groupLeader.personId),
      campaign: await openCampaign(trx, stage.police),
      household: await openHousehold(trx, stage.group),
    },
    other: {
      area: stage.otherGroup,
      unit: stage.culture,
      person: stage.actors.otherGroupLeader.personId,
      device: await bindPhone(trx, stage.actors.otherGroupLeader.personId),
      campaign: await openCampaign(trx, stage.culture),
      household: await openHousehold(trx, stage.otherGroup),
    },
    nowhere: {
      area: newId(),
      unit: newId(),
      person: newId(),
      device: newId(),
      campaign: newId(),
      household: newId(),
    },
  }));
}
