// One push as it came: each record taken apart by itself, so that a malformed one does not stop the others.
import { createHmac, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { parseInstant } from '#core/clock.ts';
import { isProblem } from '#core/problem.ts';
import { canonicalJson } from '#platform/audit/canonical.ts';
import { FieldRecord, Uuid } from '#protocol/envelope.ts';
import type { PushBatch, RecordAnswer } from '#protocol/envelope.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import type { Sender } from '#platform/sync/parts.server.ts';
import type { AnyRecordType } from '#platform/sync/record-type.server.ts';

export interface Entry {
  readonly record: FieldRecord;
  readonly type: AnyRecordType;
  readonly body: unknown;
  readonly hash: Buffer;
  readonly recordedAt: number;
  /** It was held, and the ward's administrator has let it in. */
  readonly released?: Released;
}

export interface Released {
  /** Campaign time it counts at. */
  readonly at: number;
  readonly by: string;
  readonly enteredBy: string | null;
}

export interface Parcel {
  readonly sender: Sender;
  readonly groupId: string;
  readonly sentAt: number;
  readonly waiting: number | null;
  /** Campaign time of the last byte. */
  readonly receivedAt: number;
  /** In the order sent: what is left to judge, or the answer it already has. */
  readonly entries: readonly (Entry | RecordAnswer)[];
}

export const isAnswer = (entry: Entry | RecordAnswer): entry is RecordAnswer => 'answer' in entry;

const refused = (id: string | null, code: string, pointer?: string): RecordAnswer => ({
  id,
  answer: 'refused',
  code,
  ...(pointer === undefined ? {} : { pointer }),
});

const keys = new WeakMap<Runtime, KeyObject>();

/** Made once: preparing it for every record costs as much as the hash of a short one. */
function keyOf(runtime: Runtime): KeyObject {
  let key = keys.get(runtime);
  if (!key) keys.set(runtime, (key = createSecretKey(runtime.secrets.get('links') ?? '', 'utf8')));
  return key;
}

/** Written to the same place each time: the memory for ten kilobytes costs more than hashing them. */
const room = Buffer.allocUnsafeSlow(136 * 1024);
const bytesOf = (text: string): Uint8Array =>
  text.length * 3 > room.length ? Buffer.from(text) : room.subarray(0, room.write(text));

/**
 * Keyed, because a name and a telephone number could be guessed behind a plain hash once the row is erased. The offset
 * of the clock is no part of it: two phones that hand over one record may have measured differently.
 */
export function recordHash(runtime: Runtime, record: FieldRecord): Buffer {
  const { type, typeVersion, campaignId, groupId, authorId, recordedAt, body } = record;
  const text = canonicalJson([type, typeVersion, campaignId, groupId, authorId, recordedAt, body]);
  return createHmac('sha256', keyOf(runtime))
    .update(bytesOf(`record\n${text}`))
    .digest();
}

const idOf = (value: unknown): string | null => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? Uuid.safeParse(value.id) : null;
  return id?.success ? id.data : null;
};

function upgraded(type: AnyRecordType, record: FieldRecord): unknown {
  let body = record.body;
  for (let version = record.typeVersion; version < type.version; version++) {
    const upgrade = type.upgrades[version];
    if (!upgrade) throw new Error(`No upgrade of ${type.name} from version ${version}`);
    body = upgrade(body);
  }
  return body;
}

export function entryOf(
  runtime: Runtime,
  types: ReadonlyMap<string, AnyRecordType>,
  groupId: string,
  value: unknown,
): Entry | RecordAnswer {
  const parsed = FieldRecord.safeParse(value);
  if (!parsed.success)
    return refused(
      idOf(value),
      'sync.wrong-shape',
      `/${(parsed.error.issues[0]?.path ?? []).map(String).join('/')}`,
    );
  const record = parsed.data;
  if (record.groupId !== groupId) return refused(record.id, 'sync.one-group-a-batch', '/groupId');
  const type = types.get(record.type);
  // A phone newer than the server keeps what it has until the server is as new.
  if (!type || record.typeVersion > type.version)
    return { id: record.id, answer: 'retry-later', code: 'sync.newer-than-server' };
  const body = type.parse(upgraded(type, record));
  if (isProblem(body)) return refused(record.id, body.code, body.pointer);
  return {
    record,
    type,
    body,
    hash: recordHash(runtime, record),
    recordedAt: parseInstant(record.recordedAt) ?? 0,
  };
}

export function openParcel(
  runtime: Runtime,
  types: ReadonlyMap<string, AnyRecordType>,
  sender: Sender,
  batch: PushBatch,
  receivedAt: number,
): Parcel {
  return {
    sender,
    groupId: batch.groupId,
    sentAt: parseInstant(batch.sentAt) ?? receivedAt,
    waiting: batch.waiting ?? null,
    receivedAt,
    entries: batch.records.map((value) => entryOf(runtime, types, batch.groupId, value)),
  };
}
