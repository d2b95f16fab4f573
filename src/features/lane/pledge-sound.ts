/**
 * Pledge texts as they are read aloud, kept on the phone beside the text. A text names nobody, so its sound stands in the
 * browser's own cache, unsealed, and every account of the ward on this phone hears the same one.
 */
import { textInForce } from '#features/lane/model.ts';
import type { PledgeTextRow } from '#features/lane/rows.ts';

const CACHE = 'tungnha-pledge-sounds';

/** Hash in the address: a recording that was replaced is another one. null: the text has none. */
export const soundAddress = (wardId: number, text: PledgeTextRow): string | null =>
  text.audio
    ? `/api/wards/${wardId}/campaigns/${text.campaignId}/pledge-texts/${text.version}/recording?h=${text.audio}`
    : null;

/** What is signed now or later is fetched, everything else of the ward is dropped. What fails is tried again later. */
export async function keepSounds(
  wardId: number,
  texts: readonly PledgeTextRow[],
  today: string,
): Promise<void> {
  const cache = await caches.open(CACHE);
  const wanted = new Set(
    texts
      .filter(
        (text) => text === textInForce(texts, text.campaignId, today) || (text.inForceFrom ?? '') > today,
      )
      .flatMap((text) => soundAddress(wardId, text) ?? []),
  );
  const ward = `/api/wards/${wardId}/`;
  const known = new Set<string>();
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    const address = pathname + search;
    if (wanted.has(address)) known.add(address);
    else if (pathname.startsWith(ward)) await cache.delete(request);
  }
  for (const address of wanted) {
    if (known.has(address)) continue;
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) await cache.put(address, answer);
  }
}

/** null: not on this phone, and there is no network to fetch it by. */
export async function soundOf(wardId: number, text: PledgeTextRow): Promise<Blob | null> {
  const address = soundAddress(wardId, text);
  if (address === null) return null;
  const cache = await caches.open(CACHE);
  const kept = await cache.match(address);
  if (kept) return kept.blob();
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return null;
  await cache.put(address, answer.clone());
  return answer.blob();
}
