// All SQL of the loudspeakers' schedule and of recordings.
import { sql } from 'kysely';
import type { DateOn } from '#core/calendar.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Sound } from '#platform/sound.server.ts';

type Source = 'uploaded' | 'voice';
type BroadcastTables = {
  recordings: {
    ward_id: number;
    id: string;
    text_id: string;
    text_version: number;
    state: 'making' | 'ready' | 'failed';
    source: Source;
    voice: string | null;
    sha256: Buffer | null;
    media_type: string | null;
    bytes: number | null;
    seconds: number | null;
    made_by: string;
    made_at: Date;
  };
  broadcasts: {
    ward_id: number;
    id: string;
    channel_id: string;
    on_day: string;
    at_time: string;
    text_id: string;
    planned_by: string;
    planned_at: Date;
    cancelled_by: string | null;
    cancelled_at: Date | null;
    post_id: string | null;
  };
  people: { ward_id: number; id: string; name: string };
};
const tables = (trx: WardTransaction) => trx.withTables<BroadcastTables>();

export interface BroadcastRow {
  readonly id: string;
  readonly channelId: string;
  readonly channel: string;
  readonly day: DateOn;
  readonly time: string;
  readonly textId: string;
  readonly cancelledAt: Date | null;
  /** The post that stands for it; null: none, or it was taken back. */
  readonly playedAt: Date | null;
  readonly playedBy: string | null;
}

interface Wanted {
  readonly id?: string;
  readonly channelId?: string | undefined;
  readonly from?: DateOn;
  readonly to?: DateOn;
}

/** In the order in which they are played. */
export async function listBroadcasts(trx: WardTransaction, wanted: Wanted): Promise<BroadcastRow[]> {
  const { rows } = await sql<BroadcastRow>`
    select b.id, b.channel_id as "channelId", c.name as channel, b.on_day as day, b.at_time as time,
      b.text_id as "textId", b.cancelled_at as "cancelledAt", p.posted_at as "playedAt", w.name as "playedBy"
    from broadcasts b
    join channels c on c.ward_id = b.ward_id and c.id = b.channel_id
    left join posts p on p.ward_id = b.ward_id and p.id = b.post_id and p.undone_at is null
    left join people w on w.ward_id = p.ward_id and w.id = p.author_id
    where b.ward_id = ${trx.wardId}
      and (${wanted.id ?? null}::uuid is null or b.id = ${wanted.id ?? null}::uuid)
      and (${wanted.channelId ?? null}::uuid is null or b.channel_id = ${wanted.channelId ?? null}::uuid)
      and (${wanted.from ?? null}::date is null or b.on_day >= ${wanted.from ?? null}::date)
      and (${wanted.to ?? null}::date is null or b.on_day <= ${wanted.to ?? null}::date)
    order by b.on_day, b.at_time, c.name, b.id`.execute(trx);
  return rows;
}

export interface NewBroadcast {
  readonly id: string;
  readonly channelId: string;
  readonly day: DateOn;
  readonly time: string;
  readonly textId: string;
}

/** How many were written: an hour that is taken keeps what stands there. */
export async function insertBroadcasts(
  trx: WardTransaction,
  rows: readonly NewBroadcast[],
  by: { readonly personId: string; readonly at: Date },
): Promise<number> {
  if (rows.length === 0) return 0;
  const written = await tables(trx)
    .insertInto('broadcasts')
    .values(
      rows.map((row) => ({
        ward_id: trx.wardId,
        id: row.id,
        channel_id: row.channelId,
        on_day: row.day,
        at_time: row.time,
        text_id: row.textId,
        planned_by: by.personId,
        planned_at: by.at,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['ward_id', 'channel_id', 'on_day', 'at_time'])
        .where('cancelled_at', 'is', null)
        .doNothing(),
    )
    .returning('id')
    .execute();
  return written.length;
}

export async function cancelBroadcast(
  trx: WardTransaction,
  id: string,
  by: { readonly personId: string; readonly at: Date },
): Promise<void> {
  await tables(trx)
    .updateTable('broadcasts')
    .set({ cancelled_by: by.personId, cancelled_at: by.at })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('cancelled_at', 'is', null)
    .execute();
}

export async function namePost(trx: WardTransaction, id: string, postId: string): Promise<void> {
  await tables(trx)
    .updateTable('broadcasts')
    .set({ post_id: postId })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

/** The same for many, each line found by its place and hour. */
export async function namePosts(
  trx: WardTransaction,
  played: readonly {
    readonly channelId: string;
    readonly day: DateOn;
    readonly time: string;
    readonly postId: string;
  }[],
): Promise<void> {
  if (played.length === 0) return;
  const of = (key: 'channelId' | 'day' | 'time' | 'postId') => played.map((one) => one[key]);
  await sql`
    update broadcasts b set post_id = v.post
    from unnest(${of('channelId')}::uuid[], ${of('day')}::date[], ${of('time')}::text[], ${of('postId')}::uuid[])
      as v (channel, day, time, post)
    where b.ward_id = ${trx.wardId} and b.channel_id = v.channel and b.on_day = v.day and b.at_time = v.time
      and b.cancelled_at is null`.execute(trx);
}

// ── recordings

export interface RecordingRow {
  readonly id: string;
  readonly textId: string;
  readonly version: number;
  readonly state: 'making' | 'ready' | 'failed';
  readonly source: Source;
  readonly voice: string | null;
  readonly sha256: Buffer | null;
  readonly mediaType: string | null;
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly by: string;
  readonly at: Date;
}

/** Newest first. */
export async function listRecordings(
  trx: WardTransaction,
  wanted: { readonly textIds?: readonly string[]; readonly id?: string },
): Promise<RecordingRow[]> {
  let query = tables(trx)
    .selectFrom('recordings as r')
    .innerJoin('people as p', (join) =>
      join.onRef('p.ward_id', '=', 'r.ward_id').onRef('p.id', '=', 'r.made_by'),
    )
    .select([
      'r.id',
      'r.text_id as textId',
      'r.text_version as version',
      'r.state',
      'r.source',
      'r.voice',
      'r.sha256',
      'r.media_type as mediaType',
      'r.bytes',
      'r.seconds',
      'p.name as by',
      'r.made_at as at',
    ])
    .where('r.ward_id', '=', trx.wardId);
  if (wanted.id !== undefined) query = query.where('r.id', '=', wanted.id);
  if (wanted.textIds) query = query.where('r.text_id', '=', sql<string>`any(${[...wanted.textIds]}::uuid[])`);
  return query.orderBy('r.made_at', 'desc').orderBy('r.id', 'desc').execute();
}

export async function insertRecording(
  trx: WardTransaction,
  row: {
    readonly id: string;
    readonly textId: string;
    readonly version: number;
    readonly voice: string | null;
    readonly sound: Sound | null;
    readonly personId: string;
    readonly at: Date;
  },
): Promise<void> {
  await tables(trx)
    .insertInto('recordings')
    .values({
      ward_id: trx.wardId,
      id: row.id,
      text_id: row.textId,
      text_version: row.version,
      state: row.sound ? 'ready' : 'making',
      source: row.sound ? 'uploaded' : 'voice',
      voice: row.voice,
      sha256: row.sound?.sha256 ?? null,
      media_type: row.sound?.mediaType ?? null,
      bytes: row.sound?.bytes ?? null,
      seconds: row.sound?.seconds ?? null,
      made_by: row.personId,
      made_at: row.at,
    })
    .execute();
}

/** null: the voice failed. Only what is still being made ends; a second run of the job changes nothing. */
export async function endRecording(trx: WardTransaction, id: string, sound: Sound | null): Promise<void> {
  await tables(trx)
    .updateTable('recordings')
    .set(
      sound
        ? {
            state: 'ready',
            sha256: sound.sha256,
            media_type: sound.mediaType,
            bytes: sound.bytes,
            seconds: sound.seconds,
          }
        : { state: 'failed' },
    )
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('state', '=', 'making')
    .execute();
}
