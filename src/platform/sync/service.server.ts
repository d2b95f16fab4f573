// The door of sync: a push from its text to its answer's text, the same behind the node listener and behind the API.
import type { Actor } from '#platform/api/actor.ts';
import { isoOf } from '#core/clock.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { PROTOCOL, PROTOCOLS_TAKEN, PushBatch } from '#protocol/envelope.ts';
import type { FieldRecord, PushReply, RecordAnswer, ServerWord } from '#protocol/envelope.ts';
import { Line } from '#platform/line.server.ts';
import type { LineRules } from '#platform/line.server.ts';
import { parseBatch } from '#platform/sync/batch.server.ts';
import { entryOf, isAnswer, openParcel } from '#platform/sync/parcel.server.ts';
import type { Parcel } from '#platform/sync/parcel.server.ts';
import type { Sender, SyncParts } from '#platform/sync/parts.server.ts';
import { takeParcels } from '#platform/sync/push.server.ts';
import type { Delivery } from '#platform/sync/push.server.ts';
import type { AnyRecordType } from '#platform/sync/record-type.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

/** Said with every answer: this database's life, both clocks, and up to when a verified backup holds what was answered. */
export function serverWord(runtime: Runtime): ServerWord {
  const safe = runtime.backups?.status().safeUpTo;
  return {
    protocol: PROTOCOL,
    epoch: runtime.epoch,
    campaignNow: isoOf(runtime.campaignClock.now()),
    serverNow: new Date().toISOString(),
    safeUpTo: safe ?? null,
  };
}

/** Not one of the protocols still taken: the phone keeps everything, updates itself and sends again. */
export const refuseProtocol = (protocol: unknown): Problem | null =>
  typeof protocol === 'number' && PROTOCOLS_TAKEN.includes(protocol)
    ? null
    : problem('sync.update-app', { status: 426, params: { protocol: PROTOCOL } });

export interface SyncService {
  /** @param actor somebody signed in at the office, who may type in for others */
  push(ask: {
    readonly runtime: Runtime;
    readonly cookies: string;
    readonly actor: Actor | null;
    /** The body as it came, in pieces. */
    readonly parts: readonly Uint8Array[];
    readonly receivedAt: number;
  }): Promise<PushReply | Problem>;
  /** Lets in what was held: it keeps its author, its phone and the time of its receipt. */
  release(ask: {
    readonly runtime: Runtime;
    readonly wardId: number;
    readonly held: readonly HeldRecord[];
    readonly by: string;
  }): Promise<readonly RecordAnswer[]>;
  /** A batch whose sender is known already: what a file brought. */
  deliver(ask: {
    readonly runtime: Runtime;
    readonly sender: Sender;
    readonly batch: PushBatch;
    readonly receivedAt: number;
  }): Promise<Delivery>;
}

export interface HeldRecord {
  readonly record: FieldRecord;
  readonly receivedAt: number;
  readonly enteredBy: string | null;
  /** Campaign time it counts at: as judged, or noon of the day the administrator stated. */
  readonly at: number;
}

const LINE: LineRules<Parcel> = {
  place: ({ groupId }) => groupId,
  weight: ({ entries }) => entries.length,
  // One is judged here while PostgreSQL writes the other; more flights would only be smaller ones.
  flights: 2,
  load: 200,
  // A flight costs as much as some ten records whatever it carries; one by one, from thirty-two phones, waiting for
  // forty let the machine rest a third of the time.
  worthASecond: 10,
};

type WardLine = Line<Parcel, Delivery>;

export function syncService(parts: SyncParts): SyncService {
  const types: ReadonlyMap<string, AnyRecordType> = new Map(parts.types.map((type) => [type.name, type]));
  const lines = new WeakMap<Runtime, Map<number, WardLine>>();

  function lineOf(runtime: Runtime, wardId: number): WardLine {
    let wards = lines.get(runtime);
    if (!wards) lines.set(runtime, (wards = new Map<number, WardLine>()));
    let line = wards.get(wardId);
    if (!line) {
      line = new Line(LINE, (parcels) => takeParcels({ runtime, parts, wardId, parcels }));
      wards.set(wardId, line);
    }
    return line;
  }

  const senderOf = (runtime: Runtime, cookies: string, actor: Actor | null): Sender | null =>
    actor?.via === 'office'
      ? { via: 'office', wardId: actor.wardId, personId: actor.personId }
      : parts.deviceOf(runtime, cookies);

  const deliver: SyncService['deliver'] = ({ runtime, sender, batch, receivedAt }) =>
    lineOf(runtime, sender.wardId).take(openParcel(runtime, types, sender, batch, receivedAt));

  return {
    deliver,
    async push({ runtime, cookies, actor, parts: sent, receivedAt }) {
      const sender = senderOf(runtime, cookies, actor);
      if (!sender) return problem('people.not-signed-in', { status: 401 });
      const batch = readBatch(sent);
      if (isProblem(batch)) return batch;
      const delivery = await deliver({ runtime, sender, batch, receivedAt });
      if (isProblem(delivery)) return delivery;
      return { ...serverWord(runtime), answers: [...delivery] };
    },
    async release({ runtime, wardId, held, by }) {
      const sender: Sender = { via: 'office', wardId, personId: by };
      const deliveries = await Promise.all(
        held.map(({ record, receivedAt, enteredBy, at }) => {
          const entry = entryOf(runtime, types, record.groupId, record);
          return lineOf(runtime, wardId).take({
            sender,
            groupId: record.groupId,
            sentAt: receivedAt,
            waiting: null,
            receivedAt,
            entries: [isAnswer(entry) ? entry : { ...entry, released: { at, by, enteredBy } }],
          });
        }),
      );
      return deliveries.flatMap((delivery) => (isProblem(delivery) ? [] : delivery));
    },
  };
}

function readBatch(parts: readonly Uint8Array[]): PushBatch | Problem {
  let value: unknown;
  try {
    value = parseBatch(parts);
  } catch {
    return problem('platform.not-json', { status: 400 });
  }
  // Before its shape: an old app must be told to update, not that it is wrong.
  const old = refuseProtocol(
    typeof value === 'object' && value !== null && 'protocol' in value ? value.protocol : null,
  );
  if (old) return old;
  const parsed = PushBatch.safeParse(value);
  if (parsed.success) return parsed.data;
  const pointer = `/${(parsed.error.issues[0]?.path ?? []).map(String).join('/')}`;
  return problem('platform.wrong-shape', { status: 422, pointer });
}
