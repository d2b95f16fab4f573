/**
 * Unsent work as a sealed file. It is sealed to the ward's server and says nothing to whoever carries it; the author
 * stays the author. Making it changes nothing here: the records wait until the server itself has answered for them.
 */
import { sealTo } from '#platform/phone/sealed-box.ts';
import type { Holder } from '#platform/phone/who.ts';
import type { Work } from '#platform/phone/work.ts';

export interface HandOverFile {
  readonly name: string;
  readonly content: string;
  readonly count: number;
}

export async function makeHandOver(
  work: Work,
  holder: Holder,
  epoch: string | null,
  now: number,
): Promise<HandOverFile> {
  const waiting = (await work.outbox()).filter(
    ({ standing }) => standing === 'queued' || standing === 'refused',
  );
  const records = await Promise.all(waiting.map((row) => work.record(row)));
  const { wardId, personId, deviceId, recovery } = holder;
  const inside = { v: 1, ward: wardId, person: personId, device: deviceId, epoch, madeAt: now, records };
  const box = await sealTo(recovery.id, recovery.publicKey, new TextEncoder().encode(JSON.stringify(inside)));
  const day = new Date(now).toISOString().slice(0, 16).replaceAll(/[:T]/g, '-');
  return {
    name: `tung-nha-${day}.ban-giao`,
    content: JSON.stringify({ kind: 'tung-nha/hand-over', ...box }),
    count: records.length,
  };
}
