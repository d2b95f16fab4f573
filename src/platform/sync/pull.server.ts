// What changed after a number, and a group's first load. The feed's number is read first and nothing beyond it is
// given: what commits meanwhile is found by the next pull.
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { dayOf } from '#core/clock.ts';
import type { Actor } from '#platform/api/actor.ts';
import { scopeOf } from '#platform/api/permission.ts';
import type { PullReply, Snapshot } from '#protocol/envelope.ts';
import { inFlight } from '#platform/sync/flight.server.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import { followMerger, successorsOf } from '#platform/sync/mergers.server.ts';
import type { SyncParts } from '#platform/sync/parts.server.ts';
import type { FeedRowOut } from '#platform/sync/record-type.server.ts';
import { serverWord } from '#platform/sync/service.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export const PULL_ACTION = 'field.pull';
const PAGE = 1_000;

interface Ask {
  readonly runtime: Runtime;
  readonly parts: SyncParts;
  readonly actor: Actor;
}

interface FeedState {
  readonly n: number;
  readonly isWard: boolean;
}

/** May this person see the feed: its group, a group that closed into it, or what is the whole ward's. */
function mayFollow({ runtime, parts, actor }: Ask, feed: string, state: FeedState | undefined): boolean {
  if (!state) return false;
  const scope = scopeOf(parts.permissions, actor, PULL_ACTION);
  if (state.isWard || scope.everything)
    return state.isWard ? scope.everything || scope.areaIds.length > 0 : true;
  const today = dayOf(runtime.campaignClock.now());
  const successors = successorsOf(runtime, actor.wardId);
  return scope.areaIds.some((id) => id === feed || successors.of(id, today) === feed);
}

async function feedsOf(flight: Flight): Promise<Map<string, FeedState>> {
  const rows = await flight.read<{ id: string; n: number; kind: string }>({
    name: 'sync_all_feeds',
    text: 'select feed_id as id, n, kind from feeds where ward_id = $1',
    values: [flight.wardId],
  });
  return new Map(rows.map(({ id, n, kind }) => [id, { n, isWard: kind === 'ward' }]));
}

interface Span {
  readonly feed: string;
  readonly isWardFeed: boolean;
  readonly after: number;
  readonly upTo: number;
}

async function readSpan(
  flight: Flight,
  { runtime, parts }: Ask,
  span: Span,
  limit: number,
): Promise<{ rows: FeedRowOut[]; n: number }> {
  const now = runtime.campaignClock.now();
  const lists = await Promise.all(parts.readers.map(({ read }) => read(flight, { ...span, limit, now })));
  // A list as long as its limit may go on; what it has is whole up to its last number.
  const n = Math.min(
    span.upTo,
    ...lists.filter((list) => list.length >= limit).map((list) => list.at(-1)?.n ?? 0),
  );
  const rows = lists
    .flat()
    .filter((row) => row.n <= n)
    .sort((a, b) => a.n - b.n);
  return { rows, n };
}

/** Rows of a merged group must stand in the feed before anybody reads it. */
async function settle({ runtime, parts, actor }: Ask, group: string): Promise<void> {
  const successors = successorsOf(runtime, actor.wardId);
  const closed = await inFlight(runtime.database, actor.wardId, async (flight) => {
    await successors.refresh(flight);
    const rows = await flight.read<{ id: string }>({
      name: 'sync_unmoved',
      text: `select distinct d.group_id as id from dwellings d
        join area_successors s on s.ward_id = d.ward_id and s.area_id = d.group_id
        where d.ward_id = $1`,
      values: [flight.wardId],
    });
    return rows.map(({ id }) => id);
  });
  const today = dayOf(runtime.campaignClock.now());
  const waiting = closed.filter((id) => id === group || successors.of(id, today) === group);
  if (waiting.length > 0) await followMerger(runtime, parts, actor.wardId, waiting);
}

export async function pull(
  ask: Ask,
  wish: { readonly feed: string; readonly after: number; readonly epoch: string },
): Promise<PullReply | Problem> {
  const { runtime, actor } = ask;
  await settle(ask, wish.feed);
  return inFlight(runtime.database, actor.wardId, async (flight) => {
    const state = (await feedsOf(flight)).get(wish.feed);
    if (!state || !mayFollow(ask, wish.feed, state)) return problem('people.not-allowed', { status: 403 });
    const word = serverWord(runtime);
    // Numbers of another life of the database mean nothing here.
    if (wish.epoch !== runtime.epoch || wish.after > state.n)
      return { ...word, feed: wish.feed, n: 0, more: false, reload: true, rows: [] };
    const span = { feed: wish.feed, isWardFeed: state.isWard, after: wish.after, upTo: state.n };
    const { rows, n } = await readSpan(flight, ask, span, PAGE);
    await notePull(flight, actor, wish.feed, n);
    return { ...word, feed: wish.feed, n, more: n < state.n, reload: false, rows };
  });
}

async function notePull(flight: Flight, actor: Actor, feed: string, n: number): Promise<void> {
  if (actor.deviceId === null) return;
  await flight.read({
    name: 'sync_note_pull',
    text: `insert into device_syncs (ward_id, device_id, pulled_at, pulled_feed, pulled_n) values ($1, $2, $3, $4, $5)
      on conflict (ward_id, device_id) do update
      set pulled_at = excluded.pulled_at, pulled_feed = excluded.pulled_feed, pulled_n = excluded.pulled_n`,
    values: [flight.wardId, actor.deviceId, new Date(), feed, n],
  });
}

/** Everything of a group, and of the ward what every phone needs. */
export async function snapshot(ask: Ask, groupId: string): Promise<Snapshot | Problem> {
  const { runtime, actor } = ask;
  await settle(ask, groupId);
  return inFlight(runtime.database, actor.wardId, async (flight) => {
    const feeds = await feedsOf(flight);
    const state = feeds.get(groupId);
    const ward = [...feeds].find(([, { isWard }]) => isWard);
    if (!state || state.isWard || !ward || !mayFollow(ask, groupId, state))
      return problem('people.not-allowed', { status: 403 });
    const [wardFeed, wardState] = ward;
    const everything = Number.MAX_SAFE_INTEGER;
    const [own, all] = await Promise.all([
      readSpan(flight, ask, { feed: groupId, isWardFeed: false, after: -1, upTo: state.n }, everything),
      readSpan(flight, ask, { feed: wardFeed, isWardFeed: true, after: -1, upTo: wardState.n }, everything),
    ]);
    await notePull(flight, actor, groupId, state.n);
    return {
      ...serverWord(runtime),
      groupId,
      feed: groupId,
      n: state.n,
      wardFeed,
      wardN: wardState.n,
      // A first load has nothing to forget.
      rows: [...all.rows, ...own.rows].filter((row) => !row.deleted),
    };
  });
}
