// A text as sound: brought by a person, or read by the machine's voice in the background.
import { isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { RecordingsReply } from '#features/publishing/broadcasts/schema.ts';
import { scriptsOf } from '#features/publishing/broadcasts/scripts.server.ts';
import * as store from '#features/publishing/broadcasts/store.server.ts';
import type { RawReply, Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { addJob } from '#platform/jobs.server.ts';
import type { Task } from '#platform/jobs.server.ts';
import { failureDetail } from '#platform/log.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { keepSound, soundReply } from '#platform/sound.server.ts';
import { findVoice } from '#platform/voice.server.ts';

/** Ten minutes of speech as MP3, or three as WAV. */
export const LARGEST_SOUND = 16 * 1024 * 1024;
export const SPEAK = 'broadcasts.speak';

const voiceOf = (runtime: Runtime) => findVoice(runtime.voiceModel ?? null);

async function shown(call: Call, textId: string) {
  const script = (await scriptsOf(call, [textId])).get(textId);
  return script?.words == null ? null : { version: script.version, words: script.words };
}
const notApproved = () => problem('publishing.text-not-approved', { status: 409 });

export async function bringRecording(call: Call, textId: string): Promise<{ id: string } | Problem> {
  const declared = Number(call.request.headers.get('content-length') ?? 0);
  if (declared > LARGEST_SOUND + 4_096) return problem('publishing.sound-too-large', { status: 413 });
  const text = await shown(call, textId);
  if (!text) return notApproved();
  const form = await call.request.formData().catch(() => null);
  const field = form?.get('recording');
  if (!(field instanceof File) || field.size === 0)
    return problem('publishing.sound-missing', { status: 422 });
  if (field.size > LARGEST_SOUND) return problem('publishing.sound-too-large', { status: 413 });
  const by = { personId: call.actor.personId, at: new Date(call.now) };
  const sound = await keepSound(call.runtime.files, call.trx, new Uint8Array(await field.arrayBuffer()), by);
  if (!sound) return problem('publishing.sound-kind', { status: 415 });
  const id = newId();
  await store.insertRecording(call.trx, { id, textId, version: text.version, voice: null, sound, ...by });
  await noted(call, textId, { id, version: text.version, source: 'uploaded' });
  return { id };
}

const noted = (call: Call, textId: string, after: object) =>
  audit(call.trx, call, {
    action: 'publishing.recording-made',
    subjectKind: 'text',
    subjectId: textId,
    after,
  });

/** Asked for here, made by a job: a voice needs seconds, and nobody should wait for it. */
export async function askVoice(call: Call, textId: string): Promise<{ id: string } | Problem> {
  const voice = voiceOf(call.runtime);
  if (!voice) return problem('publishing.no-voice', { status: 409 });
  const text = await shown(call, textId);
  if (!text) return notApproved();
  const id = newId();
  const by = { personId: call.actor.personId, at: new Date(call.now) };
  await store.insertRecording(call.trx, {
    ...{ id, textId, version: text.version, voice: voice.name, sound: null },
    ...by,
  });
  await addJob(call.trx, SPEAK, { recordingId: id, script: text.words, personId: by.personId });
  await noted(call, textId, { id, version: text.version, source: 'voice', voice: voice.name });
  return { id };
}

interface SpeakWish {
  readonly wardId: number;
  readonly recordingId: string;
  readonly script: string;
  readonly personId: string;
}
function wishOf(payload: unknown): SpeakWish {
  const { wardId, recordingId, script, personId } = Object(payload) as Record<string, unknown>;
  if (
    typeof wardId !== 'number' ||
    typeof recordingId !== 'string' ||
    typeof script !== 'string' ||
    typeof personId !== 'string'
  )
    throw new TypeError('a voice without words');
  return { wardId, recordingId, script, personId };
}

export async function speak(runtime: Runtime, payload: unknown): Promise<void> {
  const { wardId, recordingId, script, personId } = wishOf(payload);
  const spoken = await voiceOf(runtime)
    ?.speak(script)
    .catch((error: unknown) => {
      runtime.log.warn('broadcasts.voice-failed', failureDetail(error));
      return null;
    });
  await runtime.database.inWard(wardId, async (trx) => {
    const at = new Date(runtime.campaignClock.now());
    const sound = spoken ? await keepSound(runtime.files, trx, spoken, { personId, at }) : null;
    await store.endRecording(trx, recordingId, sound);
  });
}

export const broadcastTasks = (runtime: () => Runtime): Readonly<Record<string, Task>> => ({
  [SPEAK]: (payload) => speak(runtime(), payload),
});

export async function readRecordings(call: Call, textId: string): Promise<RecordingsReply> {
  const rows = await store.listRecordings(call.trx, { textIds: [textId] });
  return {
    recordings: rows.map(({ id, version, state, source, voice, seconds, by, at }) => ({
      ...{ id, version, state, source, voice, seconds, by },
      at: isoOf(at.getTime()),
    })),
    voice: voiceOf(call.runtime)?.name ?? null,
    may: { record: call.may('publishing.write') && (await shown(call, textId)) !== null },
  };
}

export async function sendRecording(call: Call, id: string): Promise<RawReply | Problem> {
  const [row] = await store.listRecordings(call.trx, { id });
  const missing = problem('publishing.no-such-recording', { status: 404 });
  if (!row?.sha256 || row.mediaType === null || row.bytes === null) return missing;
  const { sha256, mediaType, bytes } = row;
  return soundReply(call.runtime.files, call.trx.wardId, { sha256, mediaType, bytes }, id) ?? missing;
}
