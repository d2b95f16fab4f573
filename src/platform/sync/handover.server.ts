// Work brought by a file instead of by its own phone. The box proves that only we can read it; the proof inside, given
// to that phone at a sign-in, proves whose it is. From there on it goes the way of every push: the author's rights at
// the time of recording, an ended phone's records held, a repeat answered as before.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { OpenCall } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { openSealed } from '#platform/phone/recovery.server.ts';
import { fromBase64 } from '#platform/phone/sealed-box.ts';
import { inFlight } from '#platform/sync/flight.server.ts';
import { putMedia } from '#platform/sync/media.server.ts';
import type { Sender } from '#platform/sync/parts.server.ts';
import type { SyncService } from '#platform/sync/service.server.ts';
import { PROTOCOL } from '#protocol/envelope.ts';
import { HANDOVER_LIMIT, HandoverFile, HandoverInside } from '#protocol/handover.ts';
import type { HandoverReply } from '#protocol/handover.ts';
import type { Runtime } from '#platform/runtime.server.ts';

/** Kept sealed on the phone; good for delivering its own author's records and for nothing else. */
export const handoverProof = (runtime: Runtime, wardId: number, personId: string, deviceId: string): string =>
  createHmac('sha256', runtime.secrets.get('links') ?? '')
    .update(`handover\n${wardId} ${personId} ${deviceId}`)
    .digest('base64url');

const sameText = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const notOurs = () => problem('sync.handover-not-ours', { status: 422 });

async function opened(runtime: Runtime, wardId: number, text: string): Promise<HandoverInside | Problem> {
  try {
    const file = HandoverFile.parse(JSON.parse(text));
    if (file.ward !== wardId) return notOurs();
    const plain = await openSealed(runtime, file.sealed);
    if (plain === null) return notOurs();
    const inside = HandoverInside.parse(JSON.parse(new TextDecoder().decode(plain)));
    const proof = handoverProof(runtime, wardId, inside.personId, inside.deviceId);
    return inside.ward === wardId && sameText(inside.proof, proof) ? inside : notOurs();
  } catch {
    // Whatever is wrong with a file, its bearer can do one thing: bring another.
    return notOurs();
  }
}

/** The phone that packed it, ended or not; its person must still be the one whose proof this is. */
async function senderOf(runtime: Runtime, wardId: number, inside: HandoverInside): Promise<Sender | null> {
  const [device] = await inFlight(runtime.database, wardId, (flight) =>
    flight.read<{ credential_hash: Buffer }>({
      name: 'handover_device',
      text: 'select credential_hash from devices where ward_id = $1 and id = $2 and person_id = $3',
      values: [wardId, inside.deviceId, inside.personId],
    }),
  );
  if (!device) return null;
  return { via: 'device', wardId, deviceId: inside.deviceId, credentialHash: device.credential_hash };
}

/** @param carrier whoever is signed in and brings the file: anybody of the ward, office or field */
export async function takeHandover(
  call: OpenCall,
  service: SyncService,
  carrier: Actor,
): Promise<HandoverReply | Problem> {
  const { runtime, now, origin } = call;
  const text = await call.request.text();
  // Stamped at the last byte, before any queue.
  const receivedAt = runtime.campaignClock.now();
  if (text.length > HANDOVER_LIMIT)
    return problem('platform.too-large', { status: 413, params: { limit: HANDOVER_LIMIT } });
  const inside = await opened(runtime, carrier.wardId, text);
  if (isProblem(inside)) return inside;
  const sender = await senderOf(runtime, carrier.wardId, inside);
  if (!sender) return notOurs();
  const told = { applied: 0, held: 0, refused: 0, later: 0, media: 0 };
  for (const { groupId, records } of inside.batches) {
    // A file may lie for days: its own clock says nothing about the phone's, so none is measured by it.
    const sentAt = new Date(receivedAt).toISOString();
    const delivery = await service.deliver({
      ...{ runtime, sender, receivedAt },
      batch: { protocol: PROTOCOL, epoch: null, groupId, sentAt, records: [...records] },
    });
    if (isProblem(delivery)) return delivery;
    for (const { answer } of delivery) told[answer === 'retry-later' ? 'later' : answer] += 1;
  }
  for (const { id, content } of inside.media) {
    const request = new Request('http://handover/', { method: 'PUT', body: fromBase64(content) });
    if (!isProblem(await putMedia(runtime, sender, id, request))) told.media += 1;
  }
  await runtime.database.inWard(carrier.wardId, (trx) =>
    audit(
      trx,
      { actor: carrier, now, origin },
      { action: 'sync.handover', subjectKind: 'device', subjectId: inside.deviceId, after: told },
    ),
  );
  return told;
}
