// Where a sample ward speaks and what it said: the first days' posts are the evidence that stands already, seen from
// their channels; the days after are drawn when the rehearsal's clock has come to them.
import { addDays } from '#core/calendar.ts';
import { dayOf, instantOf, MINUTE } from '#core/clock.ts';
import type { Instant } from '#core/clock.ts';
import { sql } from 'kysely';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Files } from '#platform/files.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import { versionOn, withLinked } from '#features/evidence/model.ts';
import { keepSampleActs } from '#features/evidence/rehearsal.server.ts';
import type { KeptAct } from '#features/evidence/rehearsal.server.ts';
import type { PlanVersion } from '#features/plan/model.ts';
import { servedBy } from '#features/publishing/channels.ts';
import { drawPosts } from '#features/publishing/rehearsal-days.ts';
import type { SpeakingChannel, SpokenPost } from '#features/publishing/rehearsal-days.ts';
import { fillSampleLibrary, openSampleChannels } from '#features/publishing/rehearsal.server.ts';
import * as voice from '#features/publishing/rehearsal-voice.server.ts';
import type { WrittenPost } from '#features/publishing/rehearsal-voice.server.ts';
import { listChannels } from '#features/publishing/store-channels.server.ts';
import type { ChannelRow } from '#features/publishing/store-channels.server.ts';
import { publishingPorts } from '#registry/publishing-ports.server.ts';

interface Unit {
  readonly id: string;
  readonly headId: string;
}

export interface SampleVoice {
  readonly campaignId: string;
  readonly acts: readonly KeptAct[];
  readonly police: Unit;
  readonly culture: Unit;
  readonly service: Unit;
  readonly writerId: string;
  readonly groups: readonly {
    readonly id: string;
    readonly shortName: string;
    readonly households: number;
  }[];
  readonly schools: readonly string[];
}

interface Speaking {
  readonly row: ChannelRow;
  readonly speaks: SpeakingChannel;
}

/** Channels with who posts there: of a group its leader, beside whom the deputy looks; of a unit a member, else its head. */
async function speakingChannels(trx: WardTransaction): Promise<Speaking[]> {
  const { rows } = await sql<{ place: string; role: string; person: string }>`
    select coalesce(area_id, unit_id) as place, role, person_id as person from grants
    where ward_id = ${trx.wardId} and to_at is null and stands_in_for is null
      and role in ('group-leader', 'deputy-leader', 'unit-member', 'unit-head')
    order by id`.execute(trx);
  const holder = (place: string | null, ...roles: readonly string[]) =>
    roles.map((role) => rows.find((row) => row.place === place && row.role === role)?.person).find(Boolean);
  const turns = new Map<string, number>();
  return (await listChannels(trx)).flatMap((row) => {
    const turn = turns.get(row.kind) ?? 0;
    turns.set(row.kind, turn + 1);
    const authorId = row.areaId
      ? holder(row.areaId, 'group-leader')
      : holder(row.unitId, 'unit-member', 'unit-head');
    const otherId = row.areaId ? (holder(row.areaId, 'deputy-leader') ?? null) : null;
    const group = row.areaId ? turn : null;
    return authorId ? [{ row, speaks: { id: row.id, kind: row.kind, group, turn, authorId, otherId } }] : [];
  });
}

const clustersOf = (channels: readonly Speaking[]) =>
  channels.filter(({ row }) => row.kind === 'loudspeaker').map(({ speaks }) => speaks);

/** What was said of a group's chat or a unit's channel is a post there, under the same id. */
function postsOf(acts: readonly KeptAct[], channels: readonly Speaking[]): WrittenPost[] {
  return acts.flatMap(({ id, act, picture }, n) => {
    const found = channels.find(
      ({ row }) => row.kind === act.channel && row.areaId === act.areaId && row.unitId === act.unitId,
    );
    // Without a word it was the chat being made; a count of several was no single post.
    if (!found || act.note === null || act.count !== 1) return [];
    const isChat = found.row.areaId !== null;
    return [
      {
        ...{ id, channel: found.row, authorId: act.authorId, at: act.doneAt, note: act.note, link: act.link },
        ...{ text: n, picture, undoneAt: act.undone?.at ?? null },
        confirmedBy: isChat && n % 3 === 0 ? found.speaks.otherId : null,
        slot: found.row.kind === 'loudspeaker' ? voice.slotOf(act.doneAt) : null,
      },
    ];
  });
}

export async function openSampleVoice(
  trx: WardTransaction,
  sample: SampleVoice,
  chance: Chance,
): Promise<void> {
  const { groups, police, culture, service, writerId } = sample;
  const places = { groups, policeId: police.id, cultureId: culture.id, serviceId: service.id };
  await openSampleChannels(trx, places);
  const cast = { writerId, checkerId: culture.headId, approverId: police.headId };
  await fillSampleLibrary(trx, cast);
  const channels = await speakingChannels(trx);
  const posts = postsOf(sample.acts, channels);
  await voice.writePosts(trx, sample.campaignId, posts);
  const days = { from: '2025-08-02', to: '2025-08-05' };
  await voice.writeBroadcasts(trx, clustersOf(channels), days, posts, chance);
  const ofKind = (kind: string) => channels.find(({ row }) => row.kind === kind)?.row.id ?? '';
  const hung = posts
    .filter(({ channel }) => channel.id === ofKind('poster'))
    .map(({ id, at, note }) => ({ id, at, isSchool: note?.includes('trường học') ?? false }));
  const sites = {
    ...{ posterChannelId: ofKind('poster'), panelChannelId: ofKind('panel'), openedOn: '2025-08-01' },
    houses: groups.slice(0, 6).map(({ shortName }) => `Nhà văn hóa ${shortName}`),
    schools: sample.schools.slice(0, 3),
  };
  await voice.writeSites(trx, sites, hung, chance);
  await voice.writePrints(trx, groups, writerId, chance);
}

// ── the days that have passed since

const MAKING_NOTE: Readonly<Record<string, string>> = {
  website: 'Tin cảnh báo',
  panel: 'Pano: 5 không, 2 phải',
};

/** Where a portal's item can be read: a name that leads nowhere. */
const linkOf = (post: SpokenPost): string | null =>
  post.hasLink ? `https://phuong.example/tin/${post.id.slice(-8)}` : null;

/** The evidence a post is; none where the plan asks nothing of its channel. */
function actOf(versions: readonly PlanVersion[], post: SpokenPost, row: ChannelRow) {
  const day = dayOf(post.at);
  const version = versionOn(versions, day);
  const itemIds = servedBy(versions, row, day).map(({ id }) => id);
  if (!version || itemIds.length === 0) return [];
  return [
    {
      ...{ id: post.id, itemIds: withLinked(version, itemIds), areaId: row.areaId, unitId: row.unitId },
      ...{ authorId: post.authorId, doneAt: post.at, receivedAt: post.at + MINUTE, channel: row.kind },
      ...{ note: MAKING_NOTE[row.kind] ?? row.name, link: linkOf(post), count: 1, picture: post.picture },
      enteredBy: null,
      undone: post.undone
        ? { at: post.at + 20 * MINUTE, by: post.authorId, reason: 'Ghi nhầm, xin lấy lại' }
        : null,
    },
  ];
}

/** What was posted, played, hung and looked at after `after`, until `until`, as if its people had entered it. */
export async function goOnSpeaking(
  trx: WardTransaction,
  files: Files,
  span: { readonly after: Instant; readonly until: Instant },
  chance: Chance,
): Promise<number> {
  const [campaign] = await publishingPorts.campaigns(trx);
  const channels = await speakingChannels(trx);
  if (!campaign || channels.length === 0) return 0;
  const byId = new Map(channels.map((one) => [one.row.id, one]));
  const spoken = drawPosts(
    channels.map(({ speaks }) => speaks),
    span.after,
    span.until,
    chance.branch('posts'),
  ).flatMap((post) => {
    const row = byId.get(post.channelId)?.row;
    return row ? [{ post, row }] : [];
  });
  const acts = spoken.flatMap(({ post, row }) => actOf(campaign.versions, post, row));
  const ids = chance.branch(`acts/${span.after}`).ids(span.until);
  const pictures = new Map(
    (await keepSampleActs(trx, files, campaign.id, acts, ids)).map(({ id, picture }) => [id, picture]),
  );
  const posts = spoken.map(({ post, row }): WrittenPost => ({
    ...{
      id: post.id,
      channel: row,
      authorId: post.authorId,
      at: post.at,
      text: post.text,
      link: linkOf(post),
    },
    ...{ picture: pictures.get(post.id) ?? null, note: MAKING_NOTE[row.kind] ?? null, slot: post.slot },
    confirmedBy: post.picture === null ? post.confirmedBy : null,
    undoneAt: post.undone ? post.at + 20 * MINUTE : null,
  }));
  await voice.writePosts(trx, campaign.id, posts);
  const days = { from: addDays(dayOf(span.after), 1), to: dayOf(span.until) };
  await voice.writeBroadcasts(trx, clustersOf(channels), days, posts, chance);
  const keeper = channels.find(({ row }) => row.kind === 'poster')?.speaks.authorId;
  const panels = posts.filter(({ channel }) => byId.get(channel.id)?.row.kind === 'panel');
  if (keeper) await voice.goOnWithSites(trx, keeper, panels, span, chance);
  const context = { actor: null, now: span.until, origin: 'rehearsal' };
  await audit(trx, context, {
    action: 'publishing.sample-went-on',
    subjectKind: 'campaign',
    subjectId: campaign.id,
    after: { posts: posts.length, from: instantOf(days.from), until: span.until },
  });
  return posts.length;
}
