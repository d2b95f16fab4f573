// The loudspeakers' schedule: planning, calling off, saying that it was played; and how the days look.
import { dayOf, isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { isInside, slotsOf, stateOf, windowsOf } from '#features/publishing/broadcasts/model.ts';
import type * as shape from '#features/publishing/broadcasts/schema.ts';
import { scriptsOf } from '#features/publishing/broadcasts/scripts.server.ts';
import * as store from '#features/publishing/broadcasts/store.server.ts';
import { campaignFor, postIn, targetOf, textOf } from '#features/publishing/channels.server.ts';
import type { PublishingPorts, RunningCampaign } from '#features/publishing/ports.ts';
import { listChannels } from '#features/publishing/store-channels.server.ts';
import type { ChannelRow } from '#features/publishing/store-channels.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';

const ACTION = 'publishing.post';
const refused = () => problem('people.not-allowed', { status: 403 });

async function ownCluster(call: Call, channelId: string): Promise<ChannelRow | Problem> {
  const [channel] = await listChannels(call.trx, channelId);
  if (channel?.kind !== 'loudspeaker' || !call.may(ACTION, await targetOf(call, channel))) return refused();
  return channel.closedOn === null ? channel : problem('publishing.channel-closed', { status: 409 });
}

async function ownLine(call: Call, id: string): Promise<store.BroadcastRow | Problem> {
  const [line] = await store.listBroadcasts(call.trx, { id });
  if (!line) return refused();
  const cluster = await ownCluster(call, line.channelId);
  return isProblem(cluster) ? cluster : line;
}

export async function planBroadcasts(
  call: Call,
  channelId: string,
  wish: shape.PlanBody,
): Promise<{ planned: number; taken: number } | Problem> {
  const cluster = await ownCluster(call, channelId);
  if (isProblem(cluster)) return cluster;
  const text = await textOf(call, wish.textId);
  if (isProblem(text)) return text;
  const slots = slotsOf({ from: wish.from, to: wish.to }, wish.times);
  if (slots === null) return problem('publishing.broadcast-days', { status: 422 });
  const rows = slots.map((slot) => ({ id: newId(), channelId, textId: wish.textId, ...slot }));
  const by = { personId: call.actor.personId, at: new Date(call.now) };
  const planned = await store.insertBroadcasts(call.trx, rows, by);
  await audit(call.trx, call, {
    action: 'publishing.broadcasts-planned',
    subjectKind: 'channel',
    subjectId: channelId,
    after: { ...wish, planned },
  });
  return { planned, taken: rows.length - planned };
}

export async function cancelBroadcast(call: Call, id: string): Promise<{ id: string } | Problem> {
  const line = await ownLine(call, id);
  if (isProblem(line)) return line;
  if (line.playedAt !== null) return problem('publishing.broadcast-played', { status: 409 });
  await store.cancelBroadcast(call.trx, id, { personId: call.actor.personId, at: new Date(call.now) });
  await audit(call.trx, call, {
    action: 'publishing.broadcast-cancelled',
    subjectKind: 'broadcast',
    subjectId: id,
  });
  return { id };
}

/** A post in the cluster like any other: evidence of every duty that asks for it, once. */
export async function sayPlayed(
  call: Call,
  ports: PublishingPorts,
  id: string,
  { postId, playedAt }: shape.PlayedBody,
): Promise<{ id: string; itemIds: string[]; workOn: string } | Problem> {
  const line = await ownLine(call, id);
  if (isProblem(line)) return line;
  if (line.cancelledAt !== null) return problem('publishing.broadcast-cancelled', { status: 409 });
  // Two people tapped: the first stands, the second learns the same.
  if (line.playedAt !== null) return { id: line.id, itemIds: [], workOn: dayOf(line.playedAt.getTime()) };
  const posted = await postIn(call, ports, line.channelId, {
    ...{ id: postId, textId: line.textId, postedAt: playedAt },
  });
  if (!isProblem(posted)) await store.namePost(call.trx, id, postId);
  return posted;
}

// ── reading

function hoursOf(campaigns: readonly RunningCampaign[], channel: ChannelRow, on: string) {
  const items = campaignFor(campaigns, channel, on)?.items ?? [];
  return windowsOf(items.flatMap((item) => (item.kind === 'duty' ? item.windows : [])));
}

/** Clusters whose schedule the reader may see. */
async function clustersOf(call: Call): Promise<ChannelRow[]> {
  const scope = call.scope('publishing.read-channels');
  return (await listChannels(call.trx)).filter(
    ({ kind, areaId }) =>
      kind === 'loudspeaker' && (scope.everything || (areaId !== null && scope.areaIds.includes(areaId))),
  );
}

export async function readBroadcasts(
  call: Call,
  ports: PublishingPorts,
  wanted: { readonly from: string; readonly to: string; readonly channel?: string | undefined },
): Promise<shape.ListReply> {
  const campaigns = await ports.campaigns(call.trx);
  const clusters = await Promise.all(
    (await clustersOf(call)).map(async (channel) => ({
      ...{ id: channel.id, name: channel.name, windows: [...hoursOf(campaigns, channel, dayOf(call.now))] },
      mayPlan: call.may(ACTION, await targetOf(call, channel)),
    })),
  );
  const known = new Map(clusters.map((one) => [one.id, one]));
  const range = { from: wanted.from, to: wanted.to, channelId: wanted.channel };
  const rows = (await store.listBroadcasts(call.trx, range)).filter(({ channelId }) => known.has(channelId));
  const scripts = await scriptsOf(call, [...new Set(rows.map(({ textId }) => textId))]);
  const broadcasts = rows.map((row): shape.BroadcastView => {
    const cluster = known.get(row.channelId);
    const script = scripts.get(row.textId);
    const played = row.playedAt !== null;
    const state = stateOf({ ...row, played, cancelled: row.cancelledAt !== null }, call.now);
    const open = cluster?.mayPlan === true && !played && state !== 'cancelled';
    return {
      ...{ id: row.id, channelId: row.channelId, channel: row.channel, day: row.day, time: row.time },
      ...{ textId: row.textId, title: script?.title ?? '', script: script?.words ?? null, state },
      seconds: script?.seconds ?? null,
      recordingId: script?.recording?.id ?? null,
      insideWindow: isInside(row.time, cluster?.windows ?? []),
      played: row.playedAt ? { by: row.playedBy ?? '', at: isoOf(row.playedAt.getTime()) } : null,
      may: { play: open && state !== 'planned' && script?.words != null, cancel: open },
    };
  });
  return { broadcasts, clusters };
}
