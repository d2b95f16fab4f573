// The links of a channel, opened when a keeper asks: in the background, a few at once, outside any transaction.
import { problem, type Problem } from '#core/problem.ts';
import { targetOf } from '#features/publishing/channels.server.ts';
import { lookAt } from '#features/publishing/links/look.server.ts';
import type { Reach } from '#features/publishing/links/look.server.ts';
import * as store from '#features/publishing/store-channels.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { addJob } from '#platform/jobs.server.ts';
import type { Task } from '#platform/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export const LOOK = 'links.look';
/** The newest of a channel: what is older has been counted and reported long ago. */
const MOST = 60;
const AT_ONCE = 4;

export async function askLinks(call: Call, channelId: string): Promise<{ links: number } | Problem> {
  const [channel] = await store.listChannels(call.trx, channelId);
  if (!channel) return problem('publishing.no-such-channel', { status: 404 });
  if (!call.may('publishing.post', await targetOf(call, channel)))
    return problem('people.not-allowed', { status: 403 });
  const links = await store.linksOf(call.trx, channelId, MOST);
  if (links.length > 0)
    await addJob(
      call.trx,
      LOOK,
      { channelId },
      { key: `links:${channelId}`, queue: `links:${call.trx.wardId}`, maxAttempts: 1 },
    );
  return { links: links.length };
}

function asked(payload: unknown): { wardId: number; channelId: string } {
  const { wardId, channelId } = (payload ?? {}) as { wardId?: unknown; channelId?: unknown };
  if (typeof wardId !== 'number' || typeof channelId !== 'string')
    throw new TypeError('links to be looked at without a channel');
  return { wardId, channelId };
}

/** @param reach where links may lead; the web unless told */
export async function lookAtLinks(runtime: Runtime, payload: unknown, reach?: Reach): Promise<void> {
  const { wardId, channelId } = asked(payload);
  const { database } = runtime;
  const links = await database.inWard(wardId, (trx) => store.linksOf(trx, channelId, MOST));
  for (let from = 0; from < links.length; from += AT_ONCE) {
    const few = links.slice(from, from + AT_ONCE);
    const states = await Promise.all(few.map(({ link }) => lookAt(link, reach)));
    const at = new Date(runtime.campaignClock.now());
    await database.inWard(wardId, async (trx) => {
      for (const [n, { id }] of few.entries())
        await store.markPost(trx, id, { link_state: states[n] ?? 'unknown', link_looked_at: at });
    });
  }
}

export const linkTasks = (runtime: () => Runtime): Readonly<Record<string, Task>> => ({
  [LOOK]: (payload) => lookAtLinks(runtime(), payload),
});
