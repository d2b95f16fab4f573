// SQL of connected accounts and of posts on their way. Moments are the machine's unless said otherwise.
import { sql } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Provider, SendState, Step, Way } from '#features/publishing/outlets/model.ts';

interface AccountsTable {
  ward_id: number;
  id: string;
  provider: Provider;
  name: string;
  account_ref: string;
  app_id: string | null;
  sealed: Buffer | null;
  access_expires_at: Date | null;
  renewing_until: Date | null;
  renewals: number;
  renewed_at: Date | null;
  state: 'unchecked' | 'works' | 'trouble' | 'ended';
  trouble: string | null;
  checked_at: Date | null;
  connected_by: string;
  connected_at: Date;
}
interface SendsTable {
  ward_id: number;
  id: string;
  channel_id: string;
  text_id: string;
  text_version: number;
  title: string;
  summary: string;
  body: string;
  link: string | null;
  marker: string;
  asked_by: string;
  asked_at: Date;
  state: SendState;
  attempts: number;
  looks: number;
  blind: number;
  next_at: Date;
  begun_at: Date | null;
  ended_at: Date | null;
  receipt: string | null;
  external_id: string | null;
  external_url: string | null;
  last_code: string | null;
  settled_by: string | null;
}
export type OutletTables = {
  outlet_accounts: AccountsTable;
  outlet_links: {
    ward_id: number;
    channel_id: string;
    account_id: string;
    way: Way;
    target: string | null;
    cover_url: string | null;
  };
  outlet_sends: SendsTable;
  channels: { ward_id: number; id: string; name: string; closed_on: string | null };
  people: { ward_id: number; id: string; name: string };
};
const tables = (trx: WardTransaction) => trx.withTables<OutletTables>();

export type AccountRow = Omit<AccountsTable, 'ward_id'>;
export type SendRow = Omit<SendsTable, 'ward_id'>;
export type LinkRow = Omit<OutletTables['outlet_links'], 'ward_id'>;

export const listAccounts = (trx: WardTransaction): Promise<AccountRow[]> =>
  tables(trx)
    .selectFrom('outlet_accounts')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('state', '<>', 'ended')
    .orderBy('connected_at')
    .execute();

export const findAccount = (trx: WardTransaction, id: string): Promise<AccountRow | undefined> =>
  tables(trx)
    .selectFrom('outlet_accounts')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();

export async function insertAccount(trx: WardTransaction, row: AccountRow): Promise<void> {
  await tables(trx)
    .insertInto('outlet_accounts')
    .values({ ward_id: trx.wardId, ...row })
    .execute();
}

export async function changeAccount(
  trx: WardTransaction,
  id: string,
  set: Partial<Omit<AccountRow, 'id'>>,
): Promise<void> {
  await tables(trx)
    .updateTable('outlet_accounts')
    .set(set)
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .execute();
}

/** One renewal at a time: a refresh token that is used twice ends the account. */
export async function claimRenewal(
  trx: WardTransaction,
  id: string,
  renewals: number,
  now: Date,
  until: Date,
): Promise<boolean> {
  const claimed = await tables(trx)
    .updateTable('outlet_accounts')
    .set({ renewing_until: until })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('renewals', '=', renewals)
    .where((eb) => eb.or([eb('renewing_until', 'is', null), eb('renewing_until', '<=', now)]))
    .executeTakeFirst();
  return claimed.numUpdatedRows === 1n;
}

/** Unless somebody connected the account anew meanwhile. */
export async function keepRenewal(
  trx: WardTransaction,
  id: string,
  renewals: number,
  set: { readonly sealed: Buffer; readonly access_expires_at: Date; readonly renewed_at: Date },
): Promise<void> {
  await tables(trx)
    .updateTable('outlet_accounts')
    .set({ ...set, renewing_until: null, renewals: renewals + 1 })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('renewals', '=', renewals)
    .where('state', '<>', 'ended')
    .execute();
}

export const listLinks = (trx: WardTransaction): Promise<LinkRow[]> =>
  tables(trx)
    .selectFrom('outlet_links')
    .select(['channel_id', 'account_id', 'way', 'target', 'cover_url'])
    .where('ward_id', '=', trx.wardId)
    .execute();

export const findLink = (trx: WardTransaction, channelId: string): Promise<LinkRow | undefined> =>
  tables(trx)
    .selectFrom('outlet_links')
    .select(['channel_id', 'account_id', 'way', 'target', 'cover_url'])
    .where('ward_id', '=', trx.wardId)
    .where('channel_id', '=', channelId)
    .executeTakeFirst();

export async function putLink(trx: WardTransaction, link: LinkRow): Promise<void> {
  const { channel_id: _channel, ...rest } = link;
  await tables(trx)
    .insertInto('outlet_links')
    .values({ ward_id: trx.wardId, ...link })
    .onConflict((conflict) => conflict.columns(['ward_id', 'channel_id']).doUpdateSet(rest))
    .execute();
}

export async function deleteLinks(
  trx: WardTransaction,
  by: { readonly channelId: string } | { readonly accountId: string },
): Promise<void> {
  const query = tables(trx).deleteFrom('outlet_links').where('ward_id', '=', trx.wardId);
  await (
    'channelId' in by
      ? query.where('channel_id', '=', by.channelId)
      : query.where('account_id', '=', by.accountId)
  ).execute();
}

export async function insertSend(trx: WardTransaction, row: SendRow): Promise<void> {
  await tables(trx)
    .insertInto('outlet_sends')
    .values({ ward_id: trx.wardId, ...row })
    .execute();
}

export const findSend = (trx: WardTransaction, id: string): Promise<SendRow | undefined> =>
  tables(trx)
    .selectFrom('outlet_sends')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const listSends = (
  trx: WardTransaction,
  channelId: string,
): Promise<(SendRow & { readonly author: string })[]> =>
  tables(trx)
    .selectFrom('outlet_sends')
    .innerJoin('people', (join) =>
      join
        .onRef('people.ward_id', '=', 'outlet_sends.ward_id')
        .onRef('people.id', '=', 'outlet_sends.asked_by'),
    )
    .selectAll('outlet_sends')
    .select('people.name as author')
    .where('outlet_sends.ward_id', '=', trx.wardId)
    .where('channel_id', '=', channelId)
    .orderBy('asked_at', 'desc')
    .limit(50)
    .execute();

/** Whoever was sending and has not been heard of since has died: nobody knows whether it went. */
export async function markOrphans(trx: WardTransaction, now: Date, lookAt: Date): Promise<void> {
  await tables(trx)
    .updateTable('outlet_sends')
    .set({ state: 'looking', looks: 0, blind: 0, last_code: 'process-ended', next_at: lookAt })
    .where('ward_id', '=', trx.wardId)
    .where('state', '=', 'sending')
    .where('next_at', '<=', now)
    .execute();
}

export interface Claimed extends SendRow {
  readonly account_id: string;
  readonly provider: Provider;
  readonly way: Way;
  readonly target: string | null;
  readonly cover_url: string | null;
}

/**
 * The oldest post that can go on, its lease committed before anything is sent. Posts of a channel that is not connected,
 * or whose account needs somebody, wait without being counted as tried.
 */
export async function claimSend(trx: WardTransaction, now: Date, lease: Date): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed>`
    with due as (
      select s.id, l.account_id, a.provider, l.way, l.target, l.cover_url
      from outlet_sends s
      join outlet_links l on l.ward_id = ${trx.wardId} and l.channel_id = s.channel_id
      join outlet_accounts a on a.ward_id = ${trx.wardId} and a.id = l.account_id
      where s.ward_id = ${trx.wardId} and s.state in ('planned', 'making', 'looking') and s.next_at <= ${now}
        and a.state in ('unchecked', 'works')
      order by s.next_at, s.id limit 1 for update of s skip locked)
    update outlet_sends s set next_at = ${lease}
    from due where s.ward_id = ${trx.wardId} and s.id = due.id
    returning s.*, due.account_id, due.provider, due.way, due.target, due.cover_url`.execute(trx);
  return rows[0];
}

/**
 * From here on nobody knows whether it went until somebody says so. Committed before the first byte leaves.
 * @returns the attempt; null where it was cancelled meanwhile
 */
export async function beginSend(trx: WardTransaction, id: string, now: Date): Promise<number | null> {
  const row = await tables(trx)
    .updateTable('outlet_sends')
    .set((eb) => ({ state: 'sending', begun_at: now, attempts: eb('attempts', '+', 1) }))
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('state', '=', 'planned')
    .returning('attempts')
    .executeTakeFirst();
  return row?.attempts ?? null;
}

/** @returns false where somebody settled it meanwhile */
export async function stepSend(
  trx: WardTransaction,
  id: string,
  step: Step,
  now: Date,
  settledBy: string | null = null,
): Promise<boolean> {
  const ended = step.state === 'failed' || step.state === 'cancelled';
  const done = await tables(trx)
    .updateTable('outlet_sends')
    .set({
      state: step.state,
      last_code: step.code,
      ...(step.nextAt === null ? {} : { next_at: new Date(step.nextAt) }),
      ...(step.looks === undefined ? {} : { looks: step.looks }),
      ...(step.blind === undefined ? {} : { blind: step.blind }),
      ...(step.receipt === undefined ? {} : { receipt: step.receipt }),
      ...(settledBy === null ? {} : { settled_by: settledBy }),
      ended_at: ended ? now : null,
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('state', 'not in', ['sent', 'cancelled'])
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function markSent(
  trx: WardTransaction,
  id: string,
  found: {
    readonly externalId: string | null;
    readonly url: string | null;
    readonly settledBy: string | null;
  },
  now: Date,
): Promise<boolean> {
  const done = await tables(trx)
    .updateTable('outlet_sends')
    .set({
      state: 'sent',
      external_id: found.externalId,
      external_url: found.url,
      settled_by: found.settledBy,
      last_code: null,
      ended_at: now,
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('state', 'not in', ['sent', 'cancelled'])
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
