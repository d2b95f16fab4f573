// SQL of the groups' Zalo groups; households as the visits' published views tell of them.
import { sql } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Contact, FoundBy } from '#features/publishing/chats/member-list.ts';
import type { KEEPER_PARTS, MODERATIONS } from '#features/publishing/chats/model.ts';

type Part = (typeof KEEPER_PARTS)[number];
type Act = (typeof MODERATIONS)[number];

export type ChatTables = {
  chat_settings: {
    ward_id: number;
    channel_id: string;
    keepers_only: boolean;
    approves_members: boolean;
    invite_url: string | null;
    members: number | null;
    set_by: string;
    set_at: Date;
  };
  chat_keepers: {
    ward_id: number;
    channel_id: string;
    id: string;
    person_id: string;
    part: Part;
    since_on: string;
    until_on: string | null;
  };
  chat_moderations: {
    ward_id: number;
    channel_id: string;
    id: string;
    act: Act;
    note: string;
    done_at: Date;
    done_by: string;
  };
  chat_matches: {
    ward_id: number;
    campaign_id: string;
    household_id: string;
    id: string;
    channel_id: string;
    list_id: string;
    found_by: FoundBy;
    matched_at: Date;
    matched_on: string;
    matched_by: string;
    undone_at: Date | null;
    undone_by: string | null;
    change_n: number;
  };
  household_contacts: {
    ward_id: number;
    household_id: string;
    group_id: string;
    head_name: string;
    phone: string | null;
    lane: string;
    house_number: string;
  };
  people: { ward_id: number; id: string; name: string };
};
const tables = (trx: WardTransaction) => trx.withTables<ChatTables>();

export interface SettingsRow {
  readonly channelId: string;
  readonly keepersOnly: boolean;
  readonly approvesMembers: boolean;
  readonly inviteUrl: string | null;
  readonly members: number | null;
  readonly setBy: string;
  readonly setAt: Date;
}

export const listSettings = (trx: WardTransaction): Promise<SettingsRow[]> =>
  tables(trx)
    .selectFrom('chat_settings as s')
    .innerJoin('people as p', (join) =>
      join.onRef('p.ward_id', '=', 's.ward_id').onRef('p.id', '=', 's.set_by'),
    )
    .select([
      's.channel_id as channelId',
      's.keepers_only as keepersOnly',
      's.approves_members as approvesMembers',
      's.invite_url as inviteUrl',
      's.members',
      'p.name as setBy',
      's.set_at as setAt',
    ])
    .where('s.ward_id', '=', trx.wardId)
    .execute();

export async function putSettings(
  trx: WardTransaction,
  row: Omit<ChatTables['chat_settings'], 'ward_id'>,
): Promise<void> {
  const { channel_id: _channel, ...rest } = row;
  await tables(trx)
    .insertInto('chat_settings')
    .values({ ward_id: trx.wardId, ...row })
    .onConflict((conflict) => conflict.columns(['ward_id', 'channel_id']).doUpdateSet(rest))
    .execute();
}

export const listKeepers = (
  trx: WardTransaction,
): Promise<{ id: string; channelId: string; personId: string; name: string; part: Part }[]> =>
  tables(trx)
    .selectFrom('chat_keepers as k')
    .innerJoin('people as p', (join) =>
      join.onRef('p.ward_id', '=', 'k.ward_id').onRef('p.id', '=', 'k.person_id'),
    )
    .select(['k.id', 'k.channel_id as channelId', 'k.person_id as personId', 'p.name', 'k.part'])
    .where('k.ward_id', '=', trx.wardId)
    .where('k.until_on', 'is', null)
    .orderBy('k.part', 'desc')
    .orderBy('p.name')
    .execute();

export async function insertKeeper(
  trx: WardTransaction,
  row: { channelId: string; id: string; personId: string; part: Part; on: string },
): Promise<void> {
  await tables(trx)
    .insertInto('chat_keepers')
    .values({
      ward_id: trx.wardId,
      channel_id: row.channelId,
      id: row.id,
      person_id: row.personId,
      part: row.part,
      since_on: row.on,
      until_on: null,
    })
    .execute();
}

export async function endKeeper(
  trx: WardTransaction,
  channelId: string,
  id: string,
  on: string,
): Promise<boolean> {
  const ended = await tables(trx)
    .updateTable('chat_keepers')
    .set({ until_on: on })
    .where('ward_id', '=', trx.wardId)
    .where('channel_id', '=', channelId)
    .where('id', '=', id)
    .where('until_on', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

export const listModerations = (
  trx: WardTransaction,
  channelId: string,
): Promise<{ id: string; act: Act; note: string; by: string; at: Date }[]> =>
  tables(trx)
    .selectFrom('chat_moderations as m')
    .innerJoin('people as p', (join) =>
      join.onRef('p.ward_id', '=', 'm.ward_id').onRef('p.id', '=', 'm.done_by'),
    )
    .select(['m.id', 'm.act', 'm.note', 'p.name as by', 'm.done_at as at'])
    .where('m.ward_id', '=', trx.wardId)
    .where('m.channel_id', '=', channelId)
    .orderBy('m.done_at', 'desc')
    .limit(100)
    .execute();

/** A repeat of the same id writes nothing. */
export async function insertModeration(
  trx: WardTransaction,
  row: Omit<ChatTables['chat_moderations'], 'ward_id'>,
): Promise<void> {
  await tables(trx)
    .insertInto('chat_moderations')
    .values({ ward_id: trx.wardId, ...row })
    .onConflict((conflict) => conflict.columns(['ward_id', 'channel_id', 'id']).doNothing())
    .execute();
}

/** People with a role in the group or above it: its leader, the area officer, the branches. */
export async function peopleOf(
  trx: WardTransaction,
  areaId: string,
  now: Date,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct r.person_id as id, r.person as name
    from responsibilities r
    where r.ward_id = ${trx.wardId} and r.from_at <= ${now} and (r.to_at is null or r.to_at > ${now})
      and r.area_id = any (
        select unnest(path) from area_paths where ward_id = ${trx.wardId} and area_id = ${areaId})
    order by name`.execute(trx);
  return rows;
}

// ── households found in a pasted member list

/** Doors of a group, in the order of the register. */
export const listContacts = (trx: WardTransaction, groupId: string): Promise<Contact[]> =>
  tables(trx)
    .selectFrom('household_contacts')
    .select([
      'household_id as householdId',
      'head_name as headName',
      'phone',
      'lane',
      'house_number as house',
    ])
    .where('ward_id', '=', trx.wardId)
    .where('group_id', '=', groupId)
    .orderBy('lane')
    .orderBy('house_number')
    .orderBy('household_id')
    .execute();

/** Households of a group that Zalo reaches already, by what was said or found last. */
export async function listReached(
  trx: WardTransaction,
  campaignId: string,
  households: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select household_id as id from household_zalo
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId}
      and household_id = any(${[...households]}::uuid[]) and zalo_state in ('own-member', 'received-by')`.execute(
    trx,
  );
  return new Set(rows.map(({ id }) => id));
}

export type NewMatch = Omit<ChatTables['chat_matches'], 'ward_id' | 'undone_at' | 'undone_by'>;

/** How many were written: a household that stands matched keeps its match. */
export async function insertMatches(trx: WardTransaction, rows: readonly NewMatch[]): Promise<number> {
  if (rows.length === 0) return 0;
  const written = await tables(trx)
    .insertInto('chat_matches')
    .values(rows.map((row) => ({ ward_id: trx.wardId, ...row, undone_at: null, undone_by: null })))
    .onConflict((conflict) =>
      conflict.columns(['ward_id', 'campaign_id', 'household_id']).where('undone_at', 'is', null).doNothing(),
    )
    .returning('id')
    .execute();
  return written.length;
}

export async function undoMatches(
  trx: WardTransaction,
  list: { readonly channelId: string; readonly listId: string },
  by: { readonly personId: string; readonly at: Date; readonly change: number },
): Promise<number> {
  const undone = await tables(trx)
    .updateTable('chat_matches')
    .set({ undone_at: by.at, undone_by: by.personId, change_n: by.change })
    .where('ward_id', '=', trx.wardId)
    .where('channel_id', '=', list.channelId)
    .where('list_id', '=', list.listId)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return Number(undone.numUpdatedRows);
}

export interface ListRow {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly households: number;
  readonly undone: boolean;
}

/** Lists that were confirmed, newest first. */
export async function listMemberLists(trx: WardTransaction, channelId: string): Promise<ListRow[]> {
  const { rows } = await sql<ListRow>`
    select m.list_id as id, max(m.matched_at) as at, max(p.name) as by, count(*)::int as households,
      bool_and(m.undone_at is not null) as undone
    from chat_matches m join people p on p.ward_id = m.ward_id and p.id = m.matched_by
    where m.ward_id = ${trx.wardId} and m.channel_id = ${channelId}
    group by m.list_id order by 2 desc limit 50`.execute(trx);
  return rows;
}
