// A text that is signed, as sound: brought by the office, or read by the machine's voice. Phones keep it with the text, so
// that whoever cannot read it hears what they sign. It belongs to one version and is replaced, never mixed with another's.
import { sql } from 'kysely';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { leadOf } from '#features/pledges/texts.server.ts';
import type { Call, RawReply } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';
import { addJob } from '#platform/jobs.server.ts';
import type { Task } from '#platform/jobs.server.ts';
import { failureDetail } from '#platform/log.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { keepSound, soundReply } from '#platform/sound.server.ts';
import { findVoice } from '#platform/voice.server.ts';

/** Every phone of the ward loads it over its own line: five minutes of speech as MP3, or two of a voice's WAV. */
export const LARGEST_RECORDING = 6 * 1024 * 1024;
export const READ_ALOUD = 'pledges.read-aloud';

export const voiceName = (runtime: Runtime): string | null =>
  findVoice(runtime.voiceModel ?? null)?.name ?? null;

interface Text {
  readonly title: string;
  readonly body: string;
  readonly consents: readonly { readonly text: string }[];
}

async function textOf(call: Call, campaign: string, version: number): Promise<Text | Problem> {
  if ((await leadOf(call, campaign)) === undefined) return problem('plan.no-such-campaign', { status: 404 });
  const { rows } = await sql<Text>`select title, body, consents from pledge_texts
    where ward_id = ${call.trx.wardId} and campaign_id = ${campaign} and version = ${version}`.execute(
    call.trx,
  );
  return rows[0] ?? problem('pledges.no-such-text', { status: 404 });
}

/** The next number of the ward's feed comes with it: phones hear of the sound as they hear of a new text. */
async function nameSound(
  trx: WardTransaction,
  at: { readonly campaign: string; readonly version: number },
  sha256: Buffer | null,
): Promise<void> {
  const feed = await wardFeed(trx);
  const n = await nextChange(trx, feed);
  await sql`update pledge_texts set audio_sha256 = ${sha256}, feed_id = ${feed}, change_n = ${n}
    where ward_id = ${trx.wardId} and campaign_id = ${at.campaign} and version = ${at.version}`.execute(trx);
}

const noted = (call: Call, campaign: string, action: string, after: object) =>
  audit(call.trx, call, { action, subjectKind: 'campaign', subjectId: campaign, after });

export async function bringRecording(
  call: Call,
  campaign: string,
  version: number,
): Promise<{ version: number } | Problem> {
  const declared = Number(call.request.headers.get('content-length') ?? 0);
  const tooLarge = problem('pledges.recording-too-large', { status: 413 });
  if (declared > LARGEST_RECORDING + 4_096) return tooLarge;
  const text = await textOf(call, campaign, version);
  if (isProblem(text)) return text;
  const form = await call.request.formData().catch(() => null);
  const field = form?.get('recording');
  if (!(field instanceof File) || field.size === 0)
    return problem('pledges.recording-missing', { status: 422 });
  if (field.size > LARGEST_RECORDING) return tooLarge;
  const by = { personId: call.actor.personId, at: new Date(call.now) };
  const sound = await keepSound(call.runtime.files, call.trx, new Uint8Array(await field.arrayBuffer()), by);
  if (!sound) return problem('pledges.recording-kind', { status: 415 });
  await nameSound(call.trx, { campaign, version }, sound.sha256);
  await noted(call, campaign, 'pledges.recording-brought', { version, bytes: sound.bytes });
  return { version };
}

export async function removeRecording(
  call: Call,
  campaign: string,
  version: number,
): Promise<{ version: number } | Problem> {
  const text = await textOf(call, campaign, version);
  if (isProblem(text)) return text;
  await nameSound(call.trx, { campaign, version }, null);
  await noted(call, campaign, 'pledges.recording-removed', { version });
  return { version };
}

/** As a person reads a sheet aloud: title, lines, and what consent is asked for, each a sentence of its own. */
export const scriptOf = ({ title, body, consents }: Text): string =>
  [title, ...body.split('\n'), ...consents.map(({ text }) => text)]
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => (/[.!?;:…]$/.test(line) ? line : `${line}.`))
    .join('\n');

/** Asked for here, made by a job: a voice needs seconds, and nobody should wait for it. */
export async function askVoice(
  call: Call,
  campaign: string,
  version: number,
): Promise<{ version: number } | Problem> {
  const voice = voiceName(call.runtime);
  if (voice === null) return problem('pledges.no-voice', { status: 409 });
  const text = await textOf(call, campaign, version);
  if (isProblem(text)) return text;
  await addJob(call.trx, READ_ALOUD, {
    ...{ campaign, version, script: scriptOf(text), personId: call.actor.personId },
  });
  await noted(call, campaign, 'pledges.voice-asked', { version, voice });
  return { version };
}

interface Wish {
  readonly wardId: number;
  readonly campaign: string;
  readonly version: number;
  readonly script: string;
  readonly personId: string;
}
function wishOf(payload: unknown): Wish {
  const { wardId, campaign, version, script, personId } = Object(payload) as Record<string, unknown>;
  if (
    typeof wardId !== 'number' ||
    typeof campaign !== 'string' ||
    typeof version !== 'number' ||
    typeof script !== 'string' ||
    typeof personId !== 'string'
  )
    throw new TypeError('a voice without words');
  return { wardId, campaign, version, script, personId };
}

export async function readAloud(runtime: Runtime, payload: unknown): Promise<void> {
  const { wardId, campaign, version, script, personId } = wishOf(payload);
  const spoken = await findVoice(runtime.voiceModel ?? null)
    ?.speak(script)
    .catch((error: unknown) => {
      runtime.log.warn('pledges.voice-failed', failureDetail(error));
      return null;
    });
  if (!spoken) return;
  if (spoken.length > LARGEST_RECORDING) {
    runtime.log.warn('pledges.voice-too-large', { bytes: spoken.length });
    return;
  }
  await runtime.database.inWard(wardId, async (trx) => {
    const at = new Date(runtime.campaignClock.now());
    const sound = await keepSound(runtime.files, trx, spoken, { personId, at });
    if (sound) await nameSound(trx, { campaign, version }, sound.sha256);
  });
}

export const pledgeTasks = (runtime: () => Runtime): Readonly<Record<string, Task>> => ({
  [READ_ALOUD]: (payload) => readAloud(runtime(), payload),
});

export async function sendRecording(
  call: Call,
  campaign: string,
  version: number,
): Promise<RawReply | Problem> {
  const { rows } = await sql<{ sha256: Buffer; media_type: string; bytes: number }>`
    select m.sha256, m.media_type, m.bytes from pledge_texts t
    join media m on m.ward_id = t.ward_id and m.sha256 = t.audio_sha256
    where t.ward_id = ${call.trx.wardId} and t.campaign_id = ${campaign} and t.version = ${version}`.execute(
    call.trx,
  );
  const [found] = rows;
  const missing = problem('pledges.no-recording', { status: 404 });
  if (!found) return missing;
  const sound = { sha256: found.sha256, mediaType: found.media_type, bytes: Number(found.bytes) };
  return soundReply(call.runtime.files, call.trx.wardId, sound, `ban-cam-ket-${version}`) ?? missing;
}
