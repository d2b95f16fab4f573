// A ward ready for work at the doors: campaign, groups with lanes and households, people with bound phones; and records
// as a phone makes them. Plain SQL and the product's own door, so benches and slow suites use it too.
import { newId } from '#core/ids.ts';
import { isoOf } from '#core/clock.ts';
import { personSortKey } from '#core/vietnamese.ts';
import type { PeopleTables } from '#features/people/tables.ts';
import { credentialHash } from '#features/people/store-devices.server.ts';
import { keyed } from '#features/people/secrets.server.ts';
import type { Role } from '#platform/api/actor.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { openFeed, wardFeed } from '#platform/feeds.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import type { FieldRecord, PushBatch } from '#protocol/envelope.ts';
import { dwellingId, firstHouseholdId, laneId } from '#protocol/identity.ts';

type AnyTables = Record<string, Record<string, unknown>>;
const any = (trx: WardTransaction) => trx.withTables<AnyTables>();

export interface FieldPhone {
  readonly personId: string;
  readonly deviceId: string;
  readonly grantId: string;
  readonly groupId: string;
  readonly cookie: string;
}

export interface FieldGroup {
  readonly id: string;
  readonly laneId: string;
  readonly households: readonly string[];
  readonly dwellings: readonly string[];
}

export interface FieldWard {
  readonly ward: number;
  readonly campaignId: string;
  readonly groups: readonly FieldGroup[];
}

const BEGAN = new Date('2025-07-01T00:00:00+07:00');

export async function insertGroup(trx: WardTransaction, name: string): Promise<string> {
  const id = newId();
  await openFeed(trx, id, 'group');
  await any(trx)
    .insertInto('areas')
    .values({
      ward_id: trx.wardId,
      id,
      kind: 'group',
      name,
      short_name: name,
      valid_from: '2025-07-01',
      feed_id: id,
      change_n: 0,
    })
    .execute();
  return id;
}

export async function insertCampaign(
  trx: WardTransaction,
  from = '2025-08-02',
  to = '2025-08-14',
): Promise<string> {
  const id = newId();
  await any(trx)
    .insertInto('campaigns')
    .values({
      ward_id: trx.wardId,
      id,
      name: 'Đợt cao điểm',
      short_name: 'Cao điểm',
      from_on: from,
      to_on: to,
      state: 'active',
      created_at: BEGAN,
      feed_id: await wardFeed(trx),
      change_n: 0,
    })
    .execute();
  return id;
}

async function insertHouseholds(
  trx: WardTransaction,
  groupId: string,
  households: number,
): Promise<FieldGroup> {
  const lane = laneId(groupId, 'Ngõ 12');
  const common = { ward_id: trx.wardId, feed_id: groupId, change_n: 0 };
  await any(trx)
    .insertInto('areas')
    .values({
      ...common,
      id: lane,
      kind: 'lane',
      parent_id: groupId,
      name: 'Ngõ 12',
      short_name: 'Ngõ 12',
      valid_from: '2025-07-01',
    })
    .execute();
  const numbers = Array.from({ length: households }, (_, at) => String(at + 1));
  const dwellings = numbers.map((number) => dwellingId(lane, number));
  const ids = dwellings.map((id) => firstHouseholdId(id));
  for (let at = 0; at < households; at += 1000) {
    const part = numbers.slice(at, at + 1000);
    await any(trx)
      .insertInto('dwellings')
      .values(
        part.map((house_number, i) => ({
          ...common,
          id: dwellings[at + i],
          lane_id: lane,
          group_id: groupId,
          house_number,
          kind: 'house',
          position_lat: 20.85 + (at + i) * 0.0001,
          position_lon: 106.68,
          created_at: BEGAN,
        })),
      )
      .execute();
    await any(trx)
      .insertInto('households')
      .values(
        part.map((number, i) => ({
          ...common,
          id: ids[at + i],
          dwelling_id: dwellings[at + i],
          group_id: groupId,
          n: 1,
          head_name: `Nguyễn Văn ${number}`,
          residence: 'permanent',
          created_at: BEGAN,
        })),
      )
      .execute();
  }
  return { id: groupId, laneId: lane, households: ids, dwellings };
}

export async function makeFieldWard(
  runtime: Runtime,
  ward: number,
  size: { readonly groups: number; readonly households: number },
): Promise<FieldWard> {
  return runtime.database.asOwnerInWard(ward, async (trx) => {
    const campaignId = await insertCampaign(trx);
    const groups: FieldGroup[] = [];
    for (let n = 1; n <= size.groups; n++)
      groups.push(await insertHouseholds(trx, await insertGroup(trx, `Tổ dân phố ${n}`), size.households));
    return { ward, campaignId, groups };
  });
}

/** A person with a role in a group and a phone bound to them. */
export async function bindPhone(
  runtime: Runtime,
  ward: number,
  groupId: string,
  role: Role = 'field-member',
): Promise<FieldPhone> {
  const [personId, deviceId, cardId, grantId] = [newId(), newId(), newId(), newId()];
  const cookie = `${ward}.${deviceId}.${keyed(runtime, 'device', deviceId).toString('base64url')}`;
  const at = new Date();
  await runtime.database.asOwnerInWard(ward, async (trx) => {
    const tables = trx.withTables<PeopleTables>();
    const name = `Trần Thị ${deviceId.slice(-4)}`;
    await tables
      .insertInto('people')
      .values({ ward_id: ward, id: personId, name, sort_key: personSortKey(name) })
      .execute();
    await tables
      .insertInto('grants')
      .values({
        ward_id: ward,
        id: grantId,
        person_id: personId,
        role,
        area_id: groupId,
        unit_id: null,
        from_at: BEGAN,
      })
      .execute();
    await tables
      .insertInto('sign_in_cards')
      .values({
        ward_id: ward,
        id: cardId,
        person_id: personId,
        token_hash: Buffer.from(newId()),
        code_hash: Buffer.from(newId()),
        issued_at: at,
        expires_at: at,
        redeemed_at: at,
      })
      .execute();
    await tables
      .insertInto('devices')
      .values({
        ward_id: ward,
        id: deviceId,
        person_id: personId,
        card_id: cardId,
        label: 'Android · Chrome',
        key_hash: Buffer.from(newId()),
        credential_hash: credentialHash(runtime, cookie),
        pin_hash: 'x',
        bound_at: at,
        last_used_at: at,
        unlocked_until: new Date(at.getTime() + 86_400_000),
      })
      .execute();
  });
  return { personId, deviceId, grantId, groupId, cookie: `tn_device=${cookie}` };
}

export interface RecordWish {
  readonly type: string;
  readonly body: Record<string, unknown>;
  readonly at: number;
  readonly id?: string;
  readonly groupId?: string;
  readonly needs?: string[];
  readonly clockOffset?: number | null;
}

export const fieldRecord = (field: FieldWard, phone: FieldPhone, wish: RecordWish): FieldRecord => ({
  id: wish.id ?? newId(),
  type: wish.type,
  typeVersion: 1,
  campaignId: field.campaignId,
  groupId: wish.groupId ?? phone.groupId,
  authorId: phone.personId,
  deviceId: phone.deviceId,
  recordedAt: isoOf(wish.at),
  clockOffset: wish.clockOffset === undefined ? 0 : wish.clockOffset,
  ...(wish.needs ? { needs: wish.needs } : {}),
  body: wish.body,
});

export const visitBody = (
  householdId: string,
  at: number,
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  householdId,
  outcome: 'met',
  metWho: 'head',
  topics: ['otp'],
  channel: 'direct',
  place: 'home',
  how: 'on-the-spot',
  doneAt: isoOf(at),
  mediaIds: [],
  ...more,
});

export const batchOf = (
  groupId: string,
  records: readonly unknown[],
  sentAt: number,
  epoch: string | null = null,
): PushBatch => ({ protocol: 1, epoch, groupId, sentAt: isoOf(sentAt), records: [...records] });
