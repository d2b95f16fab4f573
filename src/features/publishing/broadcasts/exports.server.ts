// A cluster's schedule to take along: a calendar, a playlist, and a stick's contents with the sound itself.
import ical from 'ical-generator';
import { instantOf } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { readBroadcasts } from '#features/publishing/broadcasts/commands.server.ts';
import { fileName, playlistOf } from '#features/publishing/broadcasts/model.ts';
import type { BroadcastView } from '#features/publishing/broadcasts/schema.ts';
import { listRecordings } from '#features/publishing/broadcasts/store.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { RawReply } from '#platform/api/endpoint.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { endOf } from '#platform/sound.server.ts';
import { zipOf } from '#platform/zip/zip.server.ts';
import type { ZipPart } from '#platform/zip/zip.server.ts';

interface Range {
  readonly from: string;
  readonly to: string;
}

/** What is still to be heard: neither called off nor of a text that was withdrawn. */
async function toPlay(
  call: Call,
  ports: PublishingPorts,
  channel: string,
  range: Range,
): Promise<{ name: string; lines: BroadcastView[] } | Problem> {
  const { broadcasts, clusters } = await readBroadcasts(call, ports, { ...range, channel });
  const cluster = clusters.find(({ id }) => id === channel);
  if (!cluster) return problem('people.not-allowed', { status: 403 });
  return {
    name: cluster.name,
    lines: broadcasts.filter(({ state, script }) => state !== 'cancelled' && script !== null),
  };
}

const file = (body: string | Uint8Array<ArrayBuffer>, type: string, name: string) =>
  new RawReply(
    new Response(body, {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    }),
  );

export async function calendarFile(call: Call, ports: PublishingPorts, channel: string, range: Range) {
  const found = await toPlay(call, ports, channel, range);
  if (isProblem(found)) return found;
  const calendar = ical({
    name: found.name,
    prodId: { company: 'Tung Nha', product: 'Lich phat thanh', language: 'VI' },
  });
  for (const line of found.lines) {
    const start = instantOf(line.day, line.time);
    calendar.createEvent({
      id: `${line.id}@${new URL(call.runtime.origin).hostname}`,
      stamp: new Date(call.now),
      start: new Date(start),
      end: new Date(start + Math.max(60, line.seconds ?? 0) * 1_000),
      summary: line.title,
      location: found.name,
      description: line.script ?? '',
    });
  }
  return file(calendar.toString(), 'text/calendar; charset=utf-8', 'lich-phat-thanh.ics');
}

interface Listed {
  readonly playlist: string;
  /** Files of the list, each once: a text played for a week is one file. */
  readonly sounds: ReadonlyMap<string, { readonly sha256: Buffer; readonly bytes: number }>;
  readonly script: string;
}

async function listed(call: Call, lines: readonly BroadcastView[]): Promise<Listed> {
  const textIds = [...new Set(lines.map(({ textId }) => textId))];
  const recordings = new Map((await listRecordings(call.trx, { textIds })).map((row) => [row.id, row]));
  const sounds = new Map<string, { sha256: Buffer; bytes: number }>();
  const names = new Map<string, string>();
  const tracks = [];
  const script = [];
  for (const line of lines) {
    script.push(`${line.day} ${line.time} · ${line.title}`, '', line.script ?? '', '', '');
    const sound = line.recordingId === null ? undefined : recordings.get(line.recordingId);
    if (!sound?.sha256 || sound.mediaType === null) continue;
    const name = names.get(sound.id) ?? fileName(line, endOf(sound.mediaType));
    names.set(sound.id, name);
    sounds.set(name, { sha256: sound.sha256, bytes: sound.bytes ?? 0 });
    tracks.push({ title: `${line.time} ${line.title}`, seconds: line.seconds, file: name });
  }
  return { playlist: playlistOf(tracks), sounds, script: script.join('\n') };
}

export async function playlistFile(call: Call, ports: PublishingPorts, channel: string, range: Range) {
  const found = await toPlay(call, ports, channel, range);
  if (isProblem(found)) return found;
  const { playlist } = await listed(call, found.lines);
  return file(playlist, 'audio/x-mpegurl; charset=utf-8', 'danh-sach-phat.m3u8');
}

/** An amplifier's stick holds gigabytes, this process should not: a few weeks of a handful of texts fit well. */
const MOST_BYTES = 128 * 1024 * 1024;

export async function stickFile(call: Call, ports: PublishingPorts, channel: string, range: Range) {
  const found = await toPlay(call, ports, channel, range);
  if (isProblem(found)) return found;
  const { playlist, sounds, script } = await listed(call, found.lines);
  const size = [...sounds.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  if (size > MOST_BYTES) return problem('publishing.stick-too-large', { status: 413 });
  const parts: ZipPart[] = [
    { name: 'danh-sach-phat.m3u8', data: Buffer.from(playlist) },
    { name: 'bai-phat.txt', data: Buffer.from(`\ufeff${script}`) },
  ];
  for (const [name, { sha256 }] of sounds) {
    const stream = call.runtime.files.read(call.trx.wardId, sha256);
    if (stream) parts.push({ name, data: Buffer.concat(await stream.toArray()) });
  }
  return file(Uint8Array.from(zipOf(parts, call.now)), 'application/zip', 'phat-thanh.zip');
}
