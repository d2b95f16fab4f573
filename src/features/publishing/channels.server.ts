// Channels and posts: opening, closing, posting, confirming, taking back; and how each channel stands today.
import { addDays } from '#core/calendar.ts';
import { dayOf, isoOf, parseInstant, timeOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import {
  askedOf,
  doubtsOf,
  foreseenSince,
  pastPeriods,
  servedBy,
  shownBy,
  standingOf,
} from '#features/publishing/channels.ts';
import type {
  ChannelView,
  NewChannel,
  NewPost,
  Past,
  PostView,
} from '#features/publishing/channels-schema.ts';
import type { PublishingPorts, RunningCampaign } from '#features/publishing/ports.ts';
import { publicVersion } from '#features/publishing/reading.server.ts';
import * as store from '#features/publishing/store-channels.server.ts';
import { findHead, listVersions } from '#features/publishing/store.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';

const ACTION = 'publishing.post';

export const targetOf = async (call: Pick<Call, 'trx'>, { unitId, areaId }: store.ChannelRow) => ({
  unitId,
  areaPath: await store.pathOfArea(call.trx, areaId),
});

const feedOf = async (call: Call, areaId: string | null) => areaId ?? (await wardFeed(call.trx));

export async function openChannel(call: Call, wish: NewChannel): Promise<{ id: string }> {
  const id = newId();
  const feedId = await feedOf(call, wish.areaId);
  const change = await nextChange(call.trx, feedId);
  await store.insertChannels(call.trx, [{ ...wish, id, openedOn: dayOf(call.now), feedId, change }]);
  await audit(call.trx, call, {
    action: 'publishing.channel-opened',
    subjectKind: 'channel',
    subjectId: id,
    after: wish,
  });
  return { id };
}

/** One press for the 45 groups whose chats the plan asks for; each can be renamed or closed afterwards. */
export async function openGroupChats(call: Call): Promise<{ opened: number }> {
  const groups = await store.groupsWithoutChat(call.trx);
  // Feeds in ascending order, or two such presses wait for each other for ever.
  const sorted = groups.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, shortName } of sorted)
    await openChannel(call, {
      kind: 'zalo-group',
      name: `Zalo ${shortName}`,
      unitId: null,
      areaId: id,
      address: null,
    });
  return { opened: groups.length };
}

export async function closeChannel(call: Call, id: string): Promise<{ id: string } | Problem> {
  const [channel] = await store.listChannels(call.trx, id);
  if (!channel) return problem('publishing.no-such-channel', { status: 404 });
  const change = await nextChange(call.trx, await feedOf(call, channel.areaId));
  await store.closeChannel(call.trx, id, dayOf(call.now), change);
  await audit(call.trx, call, { action: 'publishing.channel-closed', subjectKind: 'channel', subjectId: id });
  return { id };
}

/** The campaign whose plan asks something of this channel, else the newest that runs. */
export function campaignFor(campaigns: readonly RunningCampaign[], channel: store.ChannelRow, on: string) {
  const asked = campaigns.map((campaign) => ({
    campaign,
    items: [...servedBy(campaign.versions, channel, on), ...shownBy(campaign.versions, channel, on)],
  }));
  return asked.find(({ items }) => items.length > 0) ?? asked[0];
}

export async function textOf(call: Pick<Call, 'trx' | 'now'>, textId: string | null | undefined) {
  if (!textId) return null;
  const head = await findHead(call.trx, { id: textId });
  const shown = head && publicVersion(head, await listVersions(call.trx, [textId]), dayOf(call.now));
  return shown
    ? { id: textId, version: shown.version }
    : problem('publishing.text-not-approved', { status: 409 });
}

/** The post and, where the plan asks for it, its evidence: both or neither. */
export async function postIn(
  call: Call,
  ports: PublishingPorts,
  channelId: string,
  wish: NewPost,
): Promise<{ id: string; itemIds: string[]; workOn: string } | Problem> {
  const { trx } = call;
  const [channel] = await store.listChannels(trx, channelId);
  if (!channel || !call.may(ACTION, await targetOf(call, channel)))
    return problem('people.not-allowed', { status: 403 });
  if (channel.closedOn !== null) return problem('publishing.channel-closed', { status: 409 });
  const text = await textOf(call, wish.textId);
  if (isProblem(text)) return text;
  const at = parseInstant(wish.postedAt) ?? call.now;
  const found = campaignFor(await ports.campaigns(trx), channel, dayOf(Math.min(at, call.now)));
  if (!found) return problem('publishing.no-campaign', { status: 409 });
  const itemIds = found.items.map(({ id }) => id);
  const { areaId, unitId } = channel;
  const act = {
    id: wish.id,
    itemIds,
    areaId,
    unitId,
    doneAt: wish.postedAt,
    channel: channel.kind,
    note: wish.note || channel.name,
    link: wish.link ?? null,
    pictures: wish.picture ? [wish.picture] : [],
  };
  const recorded =
    itemIds.length === 0 ? { workOn: dayOf(at) } : await ports.record(call, found.campaign.id, act);
  if (isProblem(recorded)) return recorded;
  const feedId = await feedOf(call, areaId);
  await store.insertPost(trx, {
    id: wish.id,
    channelId,
    campaignId: found.campaign.id,
    text,
    authorId: call.actor.personId,
    postedAt: new Date(Math.min(at, call.now)),
    workOn: recorded.workOn,
    link: wish.link ?? null,
    picture: wish.picture ? Buffer.from(wish.picture, 'hex') : null,
    note: wish.note || null,
    feedId,
    change: await nextChange(trx, feedId),
  });
  await audit(trx, call, {
    action: 'publishing.posted',
    subjectKind: 'post',
    subjectId: wish.id,
    after: act,
  });
  return { id: wish.id, itemIds, workOn: recorded.workOn };
}

async function onePost(call: Call, id: string) {
  const [post] = await store.listPosts(call.trx, { id });
  const [channel] = post ? await store.listChannels(call.trx, post.channelId) : [];
  if (!post || !channel || !call.may(ACTION, await targetOf(call, channel)))
    return problem('people.not-allowed', { status: 403 });
  return { post, channel };
}

/** Somebody else who keeps the channel saw it there. */
export async function confirmPost(call: Call, id: string): Promise<{ id: string } | Problem> {
  const found = await onePost(call, id);
  if (isProblem(found)) return found;
  if (found.post.authorId === call.actor.personId) return problem('publishing.own-post', { status: 409 });
  const by = { confirmed_by: call.actor.personId, confirmed_at: new Date(call.now) };
  await store.markPost(call.trx, id, by);
  await audit(call.trx, call, { action: 'publishing.post-confirmed', subjectKind: 'post', subjectId: id });
  return { id };
}

export async function undoPost(
  call: Call,
  ports: PublishingPorts,
  id: string,
  reason: string,
): Promise<{ id: string } | Problem> {
  const found = await onePost(call, id);
  if (isProblem(found)) return found;
  const { post, channel } = found;
  const served = campaignFor(await ports.campaigns(call.trx), channel, post.workOn)?.items ?? [];
  if (served.length > 0) {
    const undone = await ports.undo(call, post.campaignId, id, reason);
    if (isProblem(undone)) return undone;
  }
  await store.markPost(call.trx, id, { undone_at: new Date(call.now) });
  await audit(call.trx, call, {
    action: 'publishing.post-undone',
    subjectKind: 'post',
    subjectId: id,
    after: { reason },
  });
  return { id };
}

// ── reading

/** What the plan asks of the channel today, and the posts' days it is counted in. */
function askedToday(
  call: Pick<Call, 'now'>,
  campaigns: readonly RunningCampaign[],
  channel: store.ChannelRow,
  posts: readonly store.PostRow[],
) {
  const today = dayOf(call.now);
  const asked = campaigns.map((one) => ({
    campaign: one,
    items: askedOf(one.versions, one.words, channel, today),
  }));
  const found = asked.find(({ items }) => items.length > 0);
  const days = posts.filter(({ undoneAt }) => undoneAt === null).map(({ workOn }) => workOn);
  return { today, campaign: found?.campaign, items: found?.items ?? [], days };
}

/** A month of days or half a year of weeks: more is a report's work. */
const MOST_PAST = 31;

function pastOf(
  call: Pick<Call, 'now'>,
  campaigns: readonly RunningCampaign[],
  channel: store.ChannelRow,
  posts: readonly store.PostRow[],
): Past[] {
  const { today, campaign, items, days } = askedToday(call, campaigns, channel, posts);
  if (!campaign) return [];
  const { versions } = campaign;
  const inForce = versions[0]?.inForceFrom ?? campaign.days.from;
  const since = inForce > channel.openedOn ? inForce : channel.openedOn;
  return items
    .filter(({ per }) => per !== 'campaign')
    .map((item) => ({
      ...{ itemId: item.id, title: item.title, per: item.per },
      periods: pastPeriods(item, days, since, today, campaign.days, MOST_PAST),
    }))
    .filter(({ periods }) => periods.length > 0);
}

async function viewOf(
  call: Call,
  campaigns: readonly RunningCampaign[],
  channel: store.ChannelRow,
  posts: readonly store.PostRow[],
): Promise<ChannelView> {
  const standing = posts.filter(({ undoneAt }) => undoneAt === null);
  const { today, campaign, items, days } = askedToday(call, campaigns, channel, posts);
  const range = campaign?.days ?? { from: today, to: today };
  const { id, kind, name, unitId, areaId, owner, address } = channel;
  return {
    ...{ id, kind, name, unitId, areaId, owner, address },
    lastPostAt: standing[0] ? isoOf(standing[0].postedAt.getTime()) : null,
    posts: standing.length,
    asked: items.map((item) => {
      const { needed, done, foreseenShort, daysLeft, period } = standingOf(item, days, today, range);
      return {
        ...{ itemId: item.id, title: item.title, per: item.per, needed, done, foreseenShort, daysLeft },
        foreseenSince: foreseenSince(item, days, today, range),
        periodTo: period.to,
      };
    }),
    mayPost: call.may(ACTION, await targetOf(call, channel)),
  };
}

/** A year back: the longest period a plan counts in. */
const YEAR = 366;

export async function readChannels(call: Call, ports: PublishingPorts): Promise<ChannelView[]> {
  const scope = call.scope('publishing.read-channels');
  const channels = (await store.listChannels(call.trx)).filter(
    ({ areaId }) => scope.everything || (areaId !== null && scope.areaIds.includes(areaId)),
  );
  const posts = Map.groupBy(
    await store.listPosts(call.trx, { since: addDays(dayOf(call.now), -YEAR) }),
    ({ channelId }) => channelId,
  );
  const campaigns = await ports.campaigns(call.trx);
  const views = [];
  for (const channel of channels)
    views.push(await viewOf(call, campaigns, channel, posts.get(channel.id) ?? []));
  return views;
}

export async function readChannel(call: Call, ports: PublishingPorts, id: string) {
  const [channel] = await store.listChannels(call.trx, id);
  if (!channel) return problem('publishing.no-such-channel', { status: 404 });
  const rows = await store.listPosts(call.trx, { channelId: id });
  const campaigns = await ports.campaigns(call.trx);
  const shared = await store.sharedPictures(call.trx);
  const windows = (campaignFor(campaigns, channel, dayOf(call.now))?.items ?? []).flatMap((item) =>
    item.kind === 'duty' ? item.windows : [],
  );
  const view = await viewOf(call, campaigns, channel, rows);
  const posts = rows.map((row): PostView => {
    const mine = row.authorId === call.actor.personId;
    const proof = {
      link: row.link,
      pictures: row.picture === null ? [] : [row.picture],
      time: timeOf(row.postedAt.getTime()),
      confirmed: row.confirmedBy !== null,
      linkGone: row.linkState === 'gone',
    };
    return {
      ...{ id: row.id, campaignId: row.campaignId, textId: row.textId, title: row.title, author: row.author },
      ...{ link: row.link, picture: row.picture, note: row.note },
      postedAt: isoOf(row.postedAt.getTime()),
      confirmed: row.confirmedBy !== null,
      linkState: row.linkState,
      linkLookedAt: row.linkLookedAt && isoOf(row.linkLookedAt.getTime()),
      doubts: row.undoneAt === null ? doubtsOf(proof, shared, windows) : [],
      undone: row.undoneAt !== null,
      withdrawn: row.withdrawn,
      may: {
        confirm: view.mayPost && !mine && row.confirmedBy === null && row.undoneAt === null,
        undo: view.mayPost && mine && row.undoneAt === null,
      },
    };
  });
  return { channel: view, past: pastOf(call, campaigns, channel, rows), posts };
}
