// Keeping sites: opening, hanging, looking again, taking down; and how each stands.
import { dayOf, isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { postIn, targetOf } from '#features/publishing/channels.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { nextCheckOn, SITE_CHANNELS, siteState } from '#features/publishing/sites/model.ts';
import type * as shape from '#features/publishing/sites/schema.ts';
import * as store from '#features/publishing/sites/store.server.ts';
import { listChannels } from '#features/publishing/store-channels.server.ts';
import type { ChannelRow } from '#features/publishing/store-channels.server.ts';
import { RawReply } from '#platform/api/endpoint.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { Readable } from 'node:stream';

const ACTION = 'publishing.post';
const refused = () => problem('people.not-allowed', { status: 403 });

const note = (call: Call, action: string, siteId: string, after: object = {}) =>
  audit(call.trx, call, {
    action: `publishing.${action}`,
    subjectKind: 'site',
    subjectId: siteId,
    after,
  });

async function ownChannel(call: Call, id: string): Promise<ChannelRow | Problem> {
  const [channel] = await listChannels(call.trx, id);
  return channel && SITE_CHANNELS.includes(channel.kind) && call.may(ACTION, await targetOf(call, channel))
    ? channel
    : refused();
}

async function ownSite(call: Call, id: string): Promise<store.SiteRow | Problem> {
  const [site] = await store.listSites(call.trx, id);
  const channel = site ? await ownChannel(call, site.channelId) : refused();
  return site && !isProblem(channel) ? site : refused();
}

export async function openSite(
  call: Call,
  channelId: string,
  wish: shape.NewSite,
): Promise<{ id: string } | Problem> {
  const channel = await ownChannel(call, channelId);
  if (isProblem(channel)) return channel;
  const id = newId();
  await store.insertSite(call.trx, {
    ...{ id, channel_id: channelId, kind: wish.kind, name: wish.name, address: wish.address || null },
    ...{ check_days: wish.checkDays, opened_on: dayOf(call.now), closed_on: null },
  });
  await note(call, 'site-opened', id, wish);
  return { id };
}

export async function closeSite(call: Call, id: string): Promise<{ id: string } | Problem> {
  const site = await ownSite(call, id);
  if (isProblem(site)) return site;
  await store.closeSite(call.trx, id, dayOf(call.now));
  await note(call, 'site-closed', id);
  return { id };
}

/** A post in the site's channel under the hanging's own id: evidence of every duty that asks for it, once. */
export async function hang(
  call: Call,
  ports: PublishingPorts,
  siteId: string,
  wish: shape.HangBody,
): Promise<{ id: string; itemIds: string[]; workOn: string } | Problem> {
  const site = await ownSite(call, siteId);
  if (isProblem(site)) return site;
  const posted = await postIn(call, ports, site.channelId, {
    ...{ id: wish.id, textId: wish.textId, postedAt: wish.hungAt, picture: wish.picture },
    note: `${site.name}: ${wish.what}`.slice(0, 500),
  });
  if (isProblem(posted)) return posted;
  const { what, copies } = wish;
  await store.insertHanging(call.trx, {
    ...{ id: wish.id, site_id: siteId, what, copies },
    hung_on: posted.workOn,
  });
  await note(call, 'site-hung', siteId, { hanging: wish.id, what, copies });
  return posted;
}

export async function takeDown(call: Call, hangingId: string): Promise<{ id: string } | Problem> {
  const [hanging] = await store.listHangings(call.trx, { id: hangingId });
  const site = hanging ? await ownSite(call, hanging.siteId) : refused();
  if (!hanging || isProblem(site)) return refused();
  await store.takeDown(call.trx, hangingId, { personId: call.actor.personId, on: dayOf(call.now) });
  await note(call, 'site-taken-down', site.id, { hanging: hangingId });
  return { id: hangingId };
}

export async function check(
  call: Call,
  siteId: string,
  wish: shape.CheckBody,
): Promise<{ id: string } | Problem> {
  const site = await ownSite(call, siteId);
  if (isProblem(site)) return site;
  const picture = wish.picture === null ? null : Buffer.from(wish.picture, 'hex');
  if (picture && (await store.mediaOf(call.trx, picture)) === null)
    return problem('evidence.picture-missing', { status: 422 });
  await store.insertCheck(call.trx, {
    ...{ id: wish.id, site_id: siteId, condition: wish.condition, picture_sha256: picture },
    ...{ note: wish.note || null, checked_at: new Date(call.now), checked_by: call.actor.personId },
  });
  await note(call, 'site-checked', siteId, { check: wish.id, condition: wish.condition });
  return { id: wish.id };
}

// ── reading

const seenBy = (call: Call, { areaId }: ChannelRow): boolean => {
  const scope = call.scope('publishing.read-channels');
  return scope.everything || (areaId !== null && scope.areaIds.includes(areaId));
};

const hangingView = ({ siteId: _, ...row }: store.HangingRow) => row;

async function viewOf(
  call: Call,
  site: store.SiteRow,
  channel: ChannelRow,
  hangings: readonly store.HangingRow[],
  checks: readonly store.CheckRow[],
): Promise<shape.SiteView> {
  const hanging = hangings.filter(({ downOn }) => downOn === null);
  const [last] = checks;
  const seen = {
    hangsSince: hanging[0]?.hungOn ?? null,
    checkDays: site.checkDays,
    lastCheck: last ? { on: dayOf(last.at.getTime()), condition: last.condition } : null,
  };
  return {
    ...site,
    owner: channel.owner,
    state: siteState(seen, dayOf(call.now)),
    hanging: hanging.map(hangingView),
    lastCheckOn: seen.lastCheck?.on ?? null,
    nextCheckOn: nextCheckOn(seen),
    mayKeep: call.may(ACTION, await targetOf(call, channel)),
  };
}

export async function readSites(call: Call): Promise<shape.SitesReply> {
  const channels = (await listChannels(call.trx)).filter(
    (channel) => SITE_CHANNELS.includes(channel.kind) && seenBy(call, channel),
  );
  const known = new Map(channels.map((channel) => [channel.id, channel]));
  const hangings = Map.groupBy(await store.listHangings(call.trx, {}), ({ siteId }) => siteId);
  const checks = Map.groupBy(await store.listChecks(call.trx, {}), ({ siteId }) => siteId);
  const sites = [];
  for (const site of await store.listSites(call.trx)) {
    const channel = known.get(site.channelId);
    if (channel)
      sites.push(await viewOf(call, site, channel, hangings.get(site.id) ?? [], checks.get(site.id) ?? []));
  }
  const own = [];
  for (const channel of channels)
    if (call.may(ACTION, await targetOf(call, channel)))
      own.push({ id: channel.id, name: `${channel.name} (${channel.owner})` });
  return { sites, channels: own };
}

async function seenSite(call: Call, id: string) {
  const [site] = await store.listSites(call.trx, id);
  const [channel] = site ? await listChannels(call.trx, site.channelId) : [];
  return site && channel && seenBy(call, channel) ? { site, channel } : refused();
}

export async function readSite(call: Call, id: string): Promise<shape.SiteReply | Problem> {
  const found = await seenSite(call, id);
  if (isProblem(found)) return found;
  const hangings = await store.listHangings(call.trx, { siteId: id });
  const checks = await store.listChecks(call.trx, { siteId: id });
  return {
    site: await viewOf(call, found.site, found.channel, hangings, checks),
    past: hangings.filter(({ downOn }) => downOn !== null).map(hangingView),
    checks: checks.map(({ id: checkId, condition, note: words, picture, by, at }) => ({
      ...{ id: checkId, condition, note: words, hasPicture: picture !== null, by },
      at: isoOf(at.getTime()),
    })),
  };
}

/** A picture goes out only through the look that names it. */
export async function sendCheckPicture(call: Call, checkId: string): Promise<RawReply | Problem> {
  const [row] = await store.listChecks(call.trx, { id: checkId });
  const found = row?.picture ? await seenSite(call, row.siteId) : refused();
  if (!row?.picture || isProblem(found)) return refused();
  const media = await store.mediaOf(call.trx, row.picture);
  const stream = media && call.runtime.files.read(call.trx.wardId, row.picture);
  if (!media || !stream) return problem('evidence.picture-gone', { status: 404 });
  return new RawReply(
    new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': media.mediaType,
        'content-length': String(media.bytes),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, max-age=86400, immutable',
      },
    }),
  );
}
