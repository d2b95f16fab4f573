// Writing what a flight decided: the journal, what was held, each type's own rows, and the feeds' new numbers.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Flight } from '#platform/sync/flight.server.ts';
import { insertions } from '#platform/sync/rows.server.ts';
import type { RowTarget } from '#platform/sync/rows.server.ts';
import type { Facts } from '#platform/sync/facts.server.ts';
import type { AnyRecordType, Placed } from '#platform/sync/record-type.server.ts';
import type { Scene } from '#platform/sync/scene.ts';
import type { Going, Holding } from '#platform/sync/verdicts.server.ts';

const JOURNAL: RowTarget = {
  table: 'field_records',
  columns: [
    'ward_id',
    'id',
    'campaign_id',
    'type',
    'type_version',
    'group_id',
    'feed_id',
    'n',
    'subject_id',
    'author_id',
    'entered_by',
    'device_id',
    'recorded_at',
    'clock_offset',
    'happened_at',
    'work_on',
    'received_at',
    'stored_at',
    'body_hash',
    'body',
    'released_by',
  ],
};

const HELD: RowTarget = {
  table: 'held_records',
  columns: [
    'ward_id',
    'id',
    'campaign_id',
    'type',
    'group_id',
    'author_id',
    'entered_by',
    'device_id',
    'recorded_at',
    'happened_at',
    'received_at',
    'stored_at',
    'body_hash',
    'record',
    'why',
  ],
};

function journalRow(wardId: number, storedAt: Date, scene: Scene, { entry, placed }: Going): unknown[] {
  const { record, type, body } = entry;
  const kept = type.keep ? type.keep(body, scene) : body;
  return [
    wardId,
    record.id,
    record.campaignId,
    type.name,
    type.version,
    record.groupId,
    placed.feed,
    placed.n,
    type.subject(record, body),
    record.authorId,
    placed.enteredBy,
    record.deviceId,
    new Date(entry.recordedAt),
    record.clockOffset,
    new Date(placed.happenedAt),
    placed.workOn,
    new Date(placed.receivedAt),
    storedAt,
    entry.hash,
    kept === null ? null : JSON.stringify(kept),
    entry.released?.by ?? null,
  ];
}

function heldRow(wardId: number, storedAt: Date, held: Holding): unknown[] {
  const { record, hash, recordedAt } = held.entry;
  return [
    wardId,
    record.id,
    record.campaignId,
    record.type,
    record.groupId,
    record.authorId,
    held.enteredBy,
    record.deviceId,
    new Date(recordedAt),
    new Date(held.at),
    new Date(held.receivedAt),
    storedAt,
    hash,
    JSON.stringify(record),
    held.why,
  ];
}

export function sendHeld(flight: Flight, holding: readonly Holding[]): void {
  const at = new Date();
  flight.sendAll(
    insertions(
      HELD,
      holding.map((held) => heldRow(flight.wardId, at, held)),
    ),
  );
}

/** What an administrator let in is settled by the transaction that writes it. */
export function settleReleased(flight: Flight, going: readonly Going[]): void {
  const released = going.filter(({ entry }) => entry.released !== undefined);
  if (released.length === 0) return;
  flight.send({
    text: `update held_records h set settled_at = $4, settled_by = r.by, settled_how = 'applied'
      from unnest($2::uuid[], $3::uuid[]) as r (id, by) where h.ward_id = $1 and h.id = r.id and h.settled_at is null`,
    values: [
      flight.wardId,
      released.map(({ entry }) => entry.record.id),
      released.map(({ entry }) => entry.released?.by),
      new Date(),
    ],
  });
}

/** The lock is held since the facts were read, so the last number given is the feed's. */
export function sendNumbers(flight: Flight, facts: Facts, taken: ReadonlyMap<string, number>): void {
  const moved = [...taken].filter(([feed, n]) => n !== facts.feeds.get(feed));
  if (moved.length === 0) return;
  flight.send({
    name: 'sync_take_numbers',
    text: `update feeds f set n = t.n from unnest($2::uuid[], $3::bigint[]) as t (feed_id, n)
      where f.ward_id = $1 and f.feed_id = t.feed_id`,
    values: [flight.wardId, moved.map(([feed]) => feed), moved.map(([, n]) => n)],
  });
}

/** From so many records on a flight is written in several turns of the loop, see `Turns`. */
const LONG = 50;

/** In the order in which types first appear: what others stand on comes before them. */
export async function writeGoing(flight: Flight, facts: Facts, going: readonly Going[]): Promise<void> {
  const at = new Date();
  flight.sendAll(
    insertions(
      JOURNAL,
      going.map((one) => journalRow(flight.wardId, at, facts.scene, one)),
    ),
  );
  if (going.length >= LONG) await nextTurn();
  const byType = new Map<AnyRecordType, Placed<unknown>[]>();
  for (const { entry, placed } of going) {
    const of = byType.get(entry.type);
    if (of) of.push(placed);
    else byType.set(entry.type, [placed]);
  }
  for (const [type, placed] of [...byType].sort(([a], [b]) => a.rank - b.rank))
    await type.write(flight, facts.scene, placed);
}
