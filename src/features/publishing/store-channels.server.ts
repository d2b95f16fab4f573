// All SQL of channels and posts.
import { sql } from 'kysely';
import type { DateOn } from '#core/calendar.ts';
import type { ChannelKind } from '#features/publishing/channels.ts';
import type { LinkState } from '#features/publishing/links/look.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

/** A type and not an interface: `withTables` asks for an open record. */
type ChannelTables = {
  channels: {
    ward_id: number;
    id: string;
    kind: ChannelKind;
    name: string;
    unit_id: string | null;
    area_id: string | null;
    address: string | null;
    opened_on: string;
    closed_on: string | null;
    feed_id: string;
    change_n: number;
  };
  posts: {
    ward_id: number;
    id: string;
    channel_id: string;
    campaign_id: string;
    text_id: string | null;
    text_version: number | null;
    author_id: string;
    posted_at: Date;
    work_on: string;
    link: string | null;
    picture_sha256: Buffer | null;
    note: string | null;
    confirmed_by: string | null;
    confirmed_at: Date | null;
    undone_at: Date | null;
    link_state: LinkState | null;
    link_looked_at: Date | null;
    feed_id: string;
    change_n: number;
  };
  people: { ward_id: number; id: string; name: string };
  units: { ward_id: number; id: string; short_name: string };
  areas: {
    ward_id: number;
    id: string;
    short_name: string;
    position: number;
    kind: string;
    valid_to: string | null;
  };
  area_paths: { ward_id: number; area_id: string; path: string[] };
  text_versions: { ward_id: number; text_id: string; version: number; body: unknown };
};
const tables = (trx: WardTransaction) => trx.withTables<ChannelTables>();

export interface ChannelRow {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly unitId: string | null;
  readonly areaId: string | null;
  readonly address: string | null;
  readonly openedOn: DateOn;
  readonly closedOn: DateOn | null;
  /** Short name of the unit or group it belongs to. */
  readonly owner: string;
}

export async function listChannels(trx: WardTransaction, id?: string): Promise<ChannelRow[]> {
  let query = tables(trx)
    .selectFrom('channels')
    .leftJoin('units', (join) =>
      join.onRef('units.ward_id', '=', 'channels.ward_id').onRef('units.id', '=', 'channels.unit_id'),
    )
    .leftJoin('areas', (join) =>
      join.onRef('areas.ward_id', '=', 'channels.ward_id').onRef('areas.id', '=', 'channels.area_id'),
    )
    .select([
      'channels.id',
      'channels.kind',
      'channels.name',
      'channels.unit_id as unitId',
      'channels.area_id as areaId',
      'channels.address',
      'channels.opened_on as openedOn',
      'channels.closed_on as closedOn',
      sql<string>`coalesce(units.short_name, areas.short_name, '')`.as('owner'),
    ])
    .where('channels.ward_id', '=', trx.wardId);
  query =
    id === undefined ? query.where('channels.closed_on', 'is', null) : query.where('channels.id', '=', id);
  return query
    .orderBy(sql`channels.area_id is not null`)
    .orderBy(sql`areas.position nulls first`)
    .orderBy('channels.kind')
    .orderBy('channels.name')
    .execute();
}

export async function pathOfArea(trx: WardTransaction, areaId: string | null): Promise<string[]> {
  if (areaId === null) return [];
  const row = await tables(trx)
    .selectFrom('area_paths')
    .select('path')
    .where('ward_id', '=', trx.wardId)
    .where('area_id', '=', areaId)
    .executeTakeFirst();
  return row?.path ?? [];
}

interface Place {
  readonly feedId: string;
  readonly change: number;
}
type NewChannel = Omit<ChannelRow, 'owner' | 'closedOn'> & Place;

export async function insertChannels(trx: WardTransaction, rows: readonly NewChannel[]): Promise<void> {
  if (rows.length === 0) return;
  await tables(trx)
    .insertInto('channels')
    .values(
      rows.map((row) => ({
        ward_id: trx.wardId,
        id: row.id,
        kind: row.kind,
        name: row.name,
        unit_id: row.unitId,
        area_id: row.areaId,
        address: row.address,
        opened_on: row.openedOn,
        closed_on: null,
        feed_id: row.feedId,
        change_n: row.change,
      })),
    )
    .execute();
}

export async function closeChannel(
  trx: WardTransaction,
  id: string,
  on: DateOn,
  change: number,
): Promise<void> {
  await tables(trx)
    .updateTable('channels')
    .set({ closed_on: on, change_n: change })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

/** Groups that stand and have no chat of their own yet. */
export async function groupsWithoutChat(trx: WardTransaction): Promise<{ id: string; shortName: string }[]> {
  return tables(trx)
    .selectFrom('areas')
    .leftJoin('channels', (join) =>
      join
        .onRef('channels.ward_id', '=', 'areas.ward_id')
        .onRef('channels.area_id', '=', 'areas.id')
        .on('channels.kind', '=', 'zalo-group')
        .on('channels.closed_on', 'is', null),
    )
    .select(['areas.id', 'areas.short_name as shortName'])
    .where('areas.ward_id', '=', trx.wardId)
    .where('areas.kind', '=', 'group')
    .where('areas.valid_to', 'is', null)
    .where('channels.id', 'is', null)
    .orderBy('areas.position')
    .execute();
}

export interface PostRow {
  readonly id: string;
  readonly channelId: string;
  readonly campaignId: string;
  readonly textId: string | null;
  readonly title: string | null;
  readonly authorId: string;
  readonly author: string;
  readonly postedAt: Date;
  readonly workOn: DateOn;
  readonly link: string | null;
  readonly picture: string | null;
  readonly note: string | null;
  /** The text was taken back after it was posted: it should come down here too. */
  readonly withdrawn: boolean;
  readonly confirmedBy: string | null;
  readonly undoneAt: Date | null;
  readonly linkState: LinkState | null;
  readonly linkLookedAt: Date | null;
}

/** Newest first. `since` keeps the ward's overview small. */
export async function listPosts(
  trx: WardTransaction,
  wanted: { readonly channelId?: string; readonly id?: string; readonly since?: DateOn },
): Promise<PostRow[]> {
  let query = tables(trx)
    .selectFrom('posts')
    .innerJoin('people', (join) =>
      join.onRef('people.ward_id', '=', 'posts.ward_id').onRef('people.id', '=', 'posts.author_id'),
    )
    .leftJoin('text_versions', (join) =>
      join
        .onRef('text_versions.ward_id', '=', 'posts.ward_id')
        .onRef('text_versions.text_id', '=', 'posts.text_id')
        .onRef('text_versions.version', '=', 'posts.text_version'),
    )
    .select([
      'posts.id',
      'posts.channel_id as channelId',
      'posts.campaign_id as campaignId',
      'posts.text_id as textId',
      sql<string | null>`text_versions.body ->> 'title'`.as('title'),
      'posts.author_id as authorId',
      'people.name as author',
      'posts.posted_at as postedAt',
      'posts.work_on as workOn',
      'posts.link',
      sql<string | null>`encode(posts.picture_sha256, 'hex')`.as('picture'),
      'posts.note',
      sql<boolean>`exists (select 1 from text_versions w where w.ward_id = posts.ward_id
        and w.text_id = posts.text_id and w.state = 'withdrawn')`.as('withdrawn'),
      'posts.confirmed_by as confirmedBy',
      'posts.undone_at as undoneAt',
      'posts.link_state as linkState',
      'posts.link_looked_at as linkLookedAt',
    ])
    .where('posts.ward_id', '=', trx.wardId);
  if (wanted.channelId !== undefined) query = query.where('posts.channel_id', '=', wanted.channelId);
  if (wanted.id !== undefined) query = query.where('posts.id', '=', wanted.id);
  if (wanted.since !== undefined) query = query.where('posts.work_on', '>=', wanted.since);
  return query.orderBy('posts.posted_at', 'desc').orderBy('posts.id').execute();
}

/** The newest posts that name a link, those taken back left out. */
export async function linksOf(
  trx: WardTransaction,
  channelId: string,
  most: number,
): Promise<{ id: string; link: string }[]> {
  const rows = await tables(trx)
    .selectFrom('posts')
    .select(['id', 'link'])
    .where('ward_id', '=', trx.wardId)
    .where('channel_id', '=', channelId)
    .where('link', 'is not', null)
    .where('undone_at', 'is', null)
    .orderBy('posted_at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.flatMap(({ id, link }) => (link === null ? [] : [{ id, link }]));
}

/** Hashes of pictures that stand under more than one post. */
export async function sharedPictures(trx: WardTransaction): Promise<Set<string>> {
  const rows = await tables(trx)
    .selectFrom('posts')
    .select(sql<string>`encode(picture_sha256, 'hex')`.as('hash'))
    .where('ward_id', '=', trx.wardId)
    .where('picture_sha256', 'is not', null)
    .where('undone_at', 'is', null)
    .groupBy('picture_sha256')
    .having(sql`count(*)`, '>', 1)
    .execute();
  return new Set(rows.map(({ hash }) => hash));
}

export interface NewPost extends Place {
  readonly id: string;
  readonly channelId: string;
  readonly campaignId: string;
  readonly text: { readonly id: string; readonly version: number } | null;
  readonly authorId: string;
  readonly postedAt: Date;
  readonly workOn: DateOn;
  readonly link: string | null;
  readonly picture: Buffer | null;
  readonly note: string | null;
  readonly confirmed?: { readonly by: string; readonly at: Date } | null;
  readonly undoneAt?: Date | null;
}

/** A repeat of the same id writes nothing. */
export const insertPost = (trx: WardTransaction, post: NewPost): Promise<void> => insertPosts(trx, [post]);

/** At most some thousands at once: a statement takes 65,535 parameters. */
export async function insertPosts(trx: WardTransaction, posts: readonly NewPost[]): Promise<void> {
  if (posts.length === 0) return;
  await tables(trx)
    .insertInto('posts')
    .values(
      posts.map((post) => ({
        ward_id: trx.wardId,
        id: post.id,
        channel_id: post.channelId,
        campaign_id: post.campaignId,
        text_id: post.text?.id ?? null,
        text_version: post.text?.version ?? null,
        author_id: post.authorId,
        posted_at: post.postedAt,
        work_on: post.workOn,
        link: post.link,
        picture_sha256: post.picture,
        note: post.note,
        confirmed_by: post.confirmed?.by ?? null,
        confirmed_at: post.confirmed?.at ?? null,
        undone_at: post.undoneAt ?? null,
        feed_id: post.feedId,
        change_n: post.change,
      })),
    )
    .onConflict((conflict) => conflict.columns(['ward_id', 'id']).doNothing())
    .execute();
}

export async function markPost(
  trx: WardTransaction,
  id: string,
  set:
    | { confirmed_by: string; confirmed_at: Date }
    | { undone_at: Date }
    | { link_state: LinkState; link_looked_at: Date },
): Promise<void> {
  await tables(trx)
    .updateTable('posts')
    .set(set)
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}
