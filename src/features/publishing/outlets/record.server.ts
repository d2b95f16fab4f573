// A post that stands at a provider becomes a post of the channel and evidence of every duty that asks for it, in the same
// transaction as the end of its sending: one id, one row, whoever looks for it.
import { dayOf, isoOf } from '#core/clock.ts';
import { campaignFor } from '#features/publishing/channels.server.ts';
import { publicVersion } from '#features/publishing/reading.server.ts';
import type { Tools } from '#features/publishing/outlets/renew.server.ts';
import * as outlets from '#features/publishing/outlets/store.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { insertPost, listChannels } from '#features/publishing/store-channels.server.ts';
import { findHead, listVersions, readSettings } from '#features/publishing/store.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';

type Row = Pick<
  outlets.SendRow,
  'id' | 'channel_id' | 'text_id' | 'text_version' | 'link' | 'asked_by' | 'title'
>;

/** May it still go, and under whose name. @param now campaign time */
export async function stillStands(
  trx: WardTransaction,
  row: Pick<Row, 'text_id' | 'text_version'>,
  now: number,
): Promise<{ stands: boolean; author: string }> {
  const head = await findHead(trx, { id: row.text_id });
  const shown = head && publicVersion(head, await listVersions(trx, [row.text_id]), dayOf(now));
  const settings = await readSettings(trx);
  return {
    stands: shown !== undefined,
    author: settings.speakerName ?? settings.wardName,
  };
}

export interface Found {
  readonly externalId: string | null;
  readonly url: string | null;
  readonly settledBy: string | null;
}

/** Inside the caller's transaction. @param now campaign time @param at machine time */
export async function keepSent(
  trx: WardTransaction,
  ports: PublishingPorts,
  row: Row,
  found: Found,
  { now, at }: { readonly now: number; readonly at: Date },
): Promise<void> {
  if (!(await outlets.markSent(trx, row.id, found, at))) return;
  const [channel] = await listChannels(trx, row.channel_id);
  const campaign = channel && campaignFor(await ports.campaigns(trx), channel, dayOf(now));
  if (!channel || !campaign) return;
  const { areaId, unitId } = channel;
  const act = {
    id: row.id,
    itemIds: campaign.items.map(({ id }) => id),
    areaId,
    unitId,
    doneAt: isoOf(now),
    channel: channel.kind,
    note: channel.name,
    link: found.url,
    pictures: [],
  };
  const feedId = areaId ?? (await wardFeed(trx));
  if (act.itemIds.length > 0)
    await ports.keep(trx, campaign.campaign.id, act, {
      personId: row.asked_by,
      now,
      feedId,
      change: await nextChange(trx, feedId),
    });
  await insertPost(trx, {
    id: row.id,
    channelId: channel.id,
    campaignId: campaign.campaign.id,
    text: { id: row.text_id, version: row.text_version },
    authorId: row.asked_by,
    postedAt: new Date(now),
    workOn: dayOf(now),
    link: found.url,
    picture: null,
    note: null,
    feedId,
    change: await nextChange(trx, feedId),
  });
  const context = { actor: null, now, origin: 'outlet' };
  await audit(trx, context, {
    action: 'publishing.posted-by-outlet',
    subjectKind: 'post',
    subjectId: row.id,
    after: { ...act, externalId: found.externalId, settledBy: found.settledBy },
  });
}

export async function recordSent(
  tools: Tools,
  ports: PublishingPorts,
  row: Row,
  found: Found,
): Promise<void> {
  const { runtime, wardId } = tools;
  const times = { now: runtime.campaignClock.now(), at: new Date(tools.now()) };
  await runtime.database.inWard(wardId, (trx) => keepSent(trx, ports, row, found, times));
}
