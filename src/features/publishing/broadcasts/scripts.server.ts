// What is read at the microphone: the public version's loudspeaker piece as the ward edited it, and its recording.
import { dayOf } from '#core/clock.ts';
import { listRecordings } from '#features/publishing/broadcasts/store.server.ts';
import type { RecordingRow } from '#features/publishing/broadcasts/store.server.ts';
import { makePiece } from '#features/publishing/kit.ts';
import { addressOf, publicVersion, speakerOf, USUAL_PACE } from '#features/publishing/reading.server.ts';
import { readingSeconds } from '#features/publishing/speech.ts';
import { spokenWords } from '#features/publishing/starter/starter.ts';
import * as store from '#features/publishing/store.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';

export interface Script {
  readonly title: string;
  readonly version: number;
  /** Null: no longer public, so it must not be heard either. */
  readonly words: string | null;
  readonly seconds: number | null;
  readonly recording: RecordingRow | null;
}

/** By text. A recording of an older version is none: it says what was changed since. */
export async function scriptsOf(
  { trx, now, runtime }: Pick<Call, 'trx' | 'now' | 'runtime'>,
  textIds: readonly string[],
): Promise<Map<string, Script>> {
  const wanted = new Set(textIds);
  if (wanted.size === 0) return new Map();
  const heads = (await store.listHeads(trx)).filter(({ id }) => wanted.has(id));
  const versions = Map.groupBy(await store.listVersions(trx, [...wanted]), ({ textId }) => textId);
  const recordings = await listRecordings(trx, { textIds: [...wanted] });
  const settings = await store.readSettings(trx);
  const code = await store.wardCode(trx);
  const found = new Map<string, Script>();
  for (const head of heads) {
    const own = versions.get(head.id) ?? [];
    const shown = publicVersion(head, own, dayOf(now));
    const title = (shown ?? own.at(-1))?.body.title ?? '';
    if (!shown) {
      found.set(head.id, { title, version: 0, words: null, seconds: null, recording: null });
      continue;
    }
    const url = code === null ? null : addressOf({ origin: runtime.origin, code }, head.slug);
    const speaker = speakerOf(settings, url);
    const pieces = await store.listPieces(trx, head.id, shown.version);
    const words =
      pieces.find(({ form }) => form === 'loudspeaker')?.body ??
      makePiece('loudspeaker', shown.body, speaker, { ...spokenWords, ...settings.spokenWords });
    const recording =
      recordings.find(
        (one) => one.textId === head.id && one.version === shown.version && one.state === 'ready',
      ) ?? null;
    const read = readingSeconds(words, settings.syllablesPerMinute ?? USUAL_PACE);
    found.set(head.id, {
      ...{ title, version: shown.version, words, recording },
      seconds: recording?.seconds ?? read,
    });
  }
  return found;
}
