// Writes what a sample ward posted, played, hung and printed, in a few large statements: a start must not take a minute.
import { addDays } from '#core/calendar.ts';
import type { DateOn } from '#core/calendar.ts';
import { dayOf, instantOf, timeOf } from '#core/clock.ts';
import type { Instant } from '#core/clock.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { wardFeed } from '#platform/feeds.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import { feedNumbers } from '#platform/rehearsal/feed-numbers.server.ts';
import { insertBroadcasts, namePosts } from '#features/publishing/broadcasts/store.server.ts';
import { publicVersion } from '#features/publishing/reading.server.ts';
import { drawChecks, drawLines, SLOTS } from '#features/publishing/rehearsal-days.ts';
import type { SpeakingChannel } from '#features/publishing/rehearsal-days.ts';
import { nextCheckOn } from '#features/publishing/sites/model.ts';
import * as sites from '#features/publishing/sites/store.server.ts';
import { insertPosts } from '#features/publishing/store-channels.server.ts';
import type { ChannelRow } from '#features/publishing/store-channels.server.ts';
import { listHeads, listVersions } from '#features/publishing/store.server.ts';

/** A post to be written, its picture already kept. */
export interface WrittenPost {
  readonly id: string;
  readonly channel: Pick<ChannelRow, 'id' | 'areaId'>;
  readonly authorId: string;
  readonly at: Instant;
  readonly text: number;
  readonly link: string | null;
  readonly picture: Buffer | null;
  readonly note: string | null;
  readonly confirmedBy: string | null;
  readonly undoneAt: Instant | null;
  /** Of a loudspeaker: the hour of its plan. */
  readonly slot: string | null;
}

const ROWS_AT_ONCE = 2_000;
const HOUR_MS = 3_600_000;

/** Texts the public may read on a day, in the order of the library. */
async function textsOn(trx: WardTransaction, on: DateOn): Promise<{ id: string; version: number }[]> {
  const versions = await listVersions(trx);
  return (await listHeads(trx)).flatMap((head) => {
    const shown = publicVersion(
      head,
      versions.filter(({ textId }) => textId === head.id),
      on,
    );
    return shown ? [{ id: head.id, version: shown.version }] : [];
  });
}

const nth = <T>(list: readonly T[], n: number): T | null => list[n % Math.max(1, list.length)] ?? null;

export async function writePosts(
  trx: WardTransaction,
  campaignId: string,
  posts: readonly WrittenPost[],
): Promise<void> {
  const [last] = posts.toSorted((a, b) => b.at - a.at);
  if (!last) return;
  const texts = await textsOn(trx, dayOf(last.at));
  const numbers = await feedNumbers(trx);
  const ward = await wardFeed(trx);
  const rows = posts.map((post) => {
    const feedId = post.channel.areaId ?? ward;
    return {
      ...{ id: post.id, channelId: post.channel.id, campaignId, authorId: post.authorId, note: post.note },
      text: nth(texts, post.text),
      postedAt: new Date(post.at),
      workOn: dayOf(post.at),
      ...{ link: post.link, picture: post.picture },
      confirmed: post.confirmedBy ? { by: post.confirmedBy, at: new Date(post.at + HOUR_MS) } : null,
      undoneAt: post.undoneAt === null ? null : new Date(post.undoneAt),
      ...{ feedId, change: numbers.next(feedId) },
    };
  });
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await insertPosts(trx, rows.slice(at, at + ROWS_AT_ONCE));
  await numbers.keep();
}

/** The clusters' plan of these days and the days ahead, with the posts that say what was played. */
export async function writeBroadcasts(
  trx: WardTransaction,
  clusters: readonly SpeakingChannel[],
  days: { readonly from: DateOn; readonly to: DateOn },
  played: readonly WrittenPost[],
  chance: Chance,
): Promise<void> {
  const [first] = clusters;
  if (!first) return;
  const texts = await textsOn(trx, days.from);
  const id = chance.branch(`lines/${days.from}`).ids(instantOf(days.from));
  const lines = drawLines(clusters, days.from, days.to).flatMap(({ text, ...line }) => {
    const shown = nth(texts, text);
    return shown ? [{ id: id(), ...line, textId: shown.id }] : [];
  });
  await insertBroadcasts(trx, lines, {
    personId: first.authorId,
    at: new Date(instantOf(addDays(days.from, -1), '16:00')),
  });
  const told = played
    .filter(({ undoneAt, slot }) => undoneAt === null && slot !== null)
    .map((post) => ({
      ...{ channelId: post.channel.id, day: dayOf(post.at), time: post.slot ?? '', postId: post.id },
    }));
  await namePosts(trx, told);
}

/** The hour of the plan that something played at this time belongs to. */
export const slotOf = (at: Instant): string => (timeOf(at) < '12:00' ? SLOTS[0] : SLOTS[1]);

// ── places where something hangs

export interface SitePlaces {
  readonly posterChannelId: string;
  readonly panelChannelId: string;
  readonly houses: readonly string[];
  readonly schools: readonly string[];
  readonly openedOn: DateOn;
}

/** Sites, and what was hung at the first of them: one hanging a post, in the order of the posts. */
export async function writeSites(
  trx: WardTransaction,
  places: SitePlaces,
  hung: readonly { readonly id: string; readonly at: Instant; readonly isSchool: boolean }[],
  chance: Chance,
): Promise<void> {
  const id = chance.branch('sites').ids(instantOf(places.openedOn, '09:00'));
  const site = (
    kind: 'cultural-house' | 'school' | 'market' | 'board' | 'pano',
    name: string,
    channel: string,
  ) => ({
    ...{ id: id(), channel_id: channel, kind, name, address: null },
    ...{ check_days: kind === 'pano' ? 30 : 14, opened_on: places.openedOn, closed_on: null },
  });
  const houses = places.houses.map((name) => site('cultural-house', name, places.posterChannelId));
  const schools = places.schools.map((name) => site('school', name, places.posterChannelId));
  const others = [
    site('market', 'Chợ phường', places.posterChannelId),
    site('board', 'Bảng tin trụ sở UBND phường', places.posterChannelId),
    site('pano', 'Pano đầu đường trục chính', places.panelChannelId),
  ];
  await sites.insertSites(trx, [...houses, ...schools, ...others]);
  const free = { school: [...schools], house: [...houses] };
  for (const post of hung) {
    const at = free[post.isSchool ? 'school' : 'house'].shift();
    if (at)
      await sites.insertHanging(trx, {
        ...{ id: post.id, site_id: at.id, what: 'Áp phích A3 cảnh báo lừa đảo', copies: 1 },
        hung_on: dayOf(post.at),
      });
  }
}

/** The panel's picture goes up once; the other sites are looked at when it is due. */
export async function goOnWithSites(
  trx: WardTransaction,
  keeperId: string,
  panels: readonly WrittenPost[],
  span: { readonly after: Instant; readonly until: Instant },
  chance: Chance,
): Promise<void> {
  const known = await sites.listSites(trx);
  const hangings = (await sites.listHangings(trx, {})).filter(({ downOn }) => downOn === null);
  for (const post of panels) {
    const empty = known.find(
      ({ id, channelId }) => channelId === post.channel.id && !hangings.some(({ siteId }) => siteId === id),
    );
    if (!empty || post.undoneAt !== null) continue;
    const hanging = {
      id: post.id,
      site_id: empty.id,
      what: 'Pano 3 × 4 m',
      copies: 1,
      hung_on: dayOf(post.at),
    };
    await sites.insertHanging(trx, hanging);
    break;
  }
  const checks = await sites.listChecks(trx, {});
  const seen = known.flatMap(({ id, checkDays }) => {
    const hangsSince = hangings.find(({ siteId }) => siteId === id)?.hungOn ?? null;
    const last = checks.find(({ siteId }) => siteId === id);
    const lastCheck = last ? { on: dayOf(last.at.getTime()), condition: last.condition } : null;
    const dueOn = nextCheckOn({ hangsSince, checkDays, lastCheck });
    return dueOn === null ? [] : [{ id, dueOn, everyDays: checkDays }];
  });
  const found = drawChecks(seen, span.after, span.until, chance.branch('checks'));
  for (const { id, siteId, at, condition } of found)
    await sites.insertCheck(trx, {
      ...{ id, site_id: siteId, condition, picture_sha256: null, note: null },
      ...{ checked_at: new Date(at), checked_by: keeperId },
    });
}

/** Posters and leaflets from the printer, most groups have fetched theirs. */
export async function writePrints(
  trx: WardTransaction,
  groups: readonly { readonly id: string; readonly households: number }[],
  keeperId: string,
  chance: Chance,
): Promise<void> {
  const id = chance.branch('prints').ids(instantOf('2025-07-31', '15:00'));
  const run = (kind: 'poster' | 'leaflet', what: string, printed: number) => ({
    ...{ id: id(), kind, what, printed, printed_on: '2025-07-31', noted_by: keeperId },
  });
  const posters = run('poster', 'Áp phích A3 “5 không, 2 phải”', 4 * groups.length + 60);
  const all = groups.reduce((sum, { households }) => sum + households, 0);
  const leaflets = run('leaflet', 'Tờ rơi A4 gấp đôi', all + 500);
  await sites.insertRun(trx, posters);
  await sites.insertRun(trx, leaflets);
  await sites.insertHandouts(
    trx,
    // Of ten groups one has not come for its own yet.
    groups
      .filter((_, n) => n % 10 !== 9)
      .flatMap(({ id: areaId, households }, n) => {
        const given = {
          area_id: areaId,
          note: null,
          given_on: `2025-08-0${1 + (n % 4)}`,
          given_by: keeperId,
        };
        return [
          { ...given, run_id: leaflets.id, id: id(), copies: households },
          { ...given, run_id: posters.id, id: id(), copies: 3 },
        ];
      }),
  );
}
