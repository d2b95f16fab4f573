/**
 * What a phone could not send, packed into a file that only the ward's server can open. Everything stays in the queue:
 * the phone still sends it when it finds a network, and it counts once.
 */
import { nextBatch } from '#protocol/outbox.ts';
import { HANDOVER_KIND, HandoverReply } from '#protocol/handover.ts';
import type { HandoverFile, HandoverInside } from '#protocol/handover.ts';
import { call, heard } from '#platform/phone/line.ts';
import type { Heard } from '#platform/phone/line.ts';
import { sealTo, toBase64 } from '#platform/phone/sealed-box.ts';
import type { Holder } from '#platform/phone/who.ts';
import type { Work } from '#platform/phone/work.ts';
import type { OutboxRow } from '#platform/phone/database.ts';

/** Pictures fill what the records leave: a third goes to base64, twice. */
const MEDIA_BYTES = 5_000_000;
const BATCHES = 100;

async function batchesOf(work: Work, rows: readonly OutboxRow[]): Promise<HandoverInside['batches']> {
  const batches: HandoverInside['batches'] = [];
  let left: readonly OutboxRow[] = rows;
  while (left.length > 0 && batches.length < BATCHES) {
    const batch = new Set(nextBatch(left).map(({ id }) => id));
    const taken = left.filter(({ id }) => batch.has(id));
    const [first] = taken;
    if (!first) break;
    const records = await Promise.all(taken.map((row) => work.record(row)));
    batches.push({ groupId: first.groupId, records });
    left = left.filter(({ id }) => !batch.has(id));
  }
  return batches;
}

async function mediaOf(work: Work): Promise<HandoverInside['media']> {
  const media: HandoverInside['media'] = [];
  let bytes = 0;
  for (const row of await work.media()) {
    if (row.stored || bytes + row.bytes > MEDIA_BYTES) continue;
    bytes += row.bytes;
    media.push({ id: row.id, content: toBase64(await work.mediaContent(row)) });
  }
  return media;
}

export interface Packed {
  readonly file: File;
  readonly records: number;
}

/** null: this phone was never given a proof (no sign-in with a network yet), or has nothing to hand over. */
export async function pack(work: Work, holder: Holder, now: number): Promise<Packed | null> {
  const { wardId, personId, deviceId, handover, recovery } = holder;
  if (deviceId === null || !handover) return null;
  const rows = (await work.outbox()).filter(
    ({ standing, notBefore }) => standing === 'queued' && notBefore <= now,
  );
  if (rows.length === 0) return null;
  const batches = await batchesOf(work, rows);
  const inside: HandoverInside = {
    ...{ ward: wardId, personId, deviceId, proof: handover, batches },
    media: await mediaOf(work),
  };
  const plain = new TextEncoder().encode(JSON.stringify(inside));
  const sealed = await sealTo(recovery.id, recovery.publicKey, plain);
  const whole: HandoverFile = { kind: HANDOVER_KIND, v: 1, ward: wardId, sealed };
  const name = `tung-nha-${new Date(now).toISOString().slice(0, 16).replaceAll(/[-:T]/g, '')}.json`;
  return {
    file: new File([JSON.stringify(whole)], name, { type: 'application/json' }),
    records: batches.reduce((sum, { records }) => sum + records.length, 0),
  };
}

/** Brings another phone's file to the ward, as whoever is signed in here. */
export async function bring(file: Blob): Promise<Heard<HandoverReply>> {
  const answer = await call('/api/sync/handover', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: await file.text(),
  });
  return heard(answer, HandoverReply);
}
