// Takes what phones send. One transaction for all that waits: locks of the feeds, one reading of everything that must be
// known, pure judgement, one writing, commit; only then an answer. Where the writing fails, everything is judged again
// and each record written by itself under a savepoint, so that one bad record cannot keep back another.
import { timingSafeEqual } from 'node:crypto';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { dayOf } from '#core/clock.ts';
import { problemOfDatabase } from '#platform/api/problem-response.server.ts';
import type { RecordAnswer } from '#protocol/envelope.ts';
import { readFacts } from '#platform/sync/facts.server.ts';
import type { Facts } from '#platform/sync/facts.server.ts';
import { inFlight } from '#platform/sync/flight.server.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import { sendHeld, sendNumbers, settleReleased, writeGoing } from '#platform/sync/journal.server.ts';
import { followMerger, successorsOf } from '#platform/sync/mergers.server.ts';
import type { Parcel } from '#platform/sync/parcel.server.ts';
import type { SyncParts } from '#platform/sync/parts.server.ts';
import { judgeAll, OtherGroups } from '#platform/sync/verdicts.server.ts';
import type { Verdicts } from '#platform/sync/verdicts.server.ts';
import { insertions } from '#platform/sync/rows.server.ts';
import type { RowTarget } from '#platform/sync/rows.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

/** What a parcel gets: its answers, or one refusal for all of it. */
export type Delivery = readonly RecordAnswer[] | Problem;

const sameHash = (hex: string, hash: Buffer): boolean => {
  const kept = Buffer.from(hex, 'hex');
  return kept.length === hash.length && timingSafeEqual(kept, hash);
};

/** Somebody of the office was let in by a session; a phone is known by its credential alone, ended or not. */
function isKnown({ sender }: Parcel, facts: Facts): boolean {
  if (sender.via === 'office') return true;
  const device = facts.devices.get(sender.deviceId);
  return device !== undefined && sameHash(device.credential_hash, sender.credentialHash);
}

interface Trip {
  readonly runtime: Runtime;
  readonly parts: SyncParts;
  readonly wardId: number;
  readonly parcels: readonly Parcel[];
}

interface Judgement {
  readonly known: readonly Parcel[];
  readonly facts: Facts;
  readonly verdicts: Verdicts;
}

async function judgeTrip(flight: Flight, trip: Trip, more: ReadonlySet<string>): Promise<Judgement> {
  const { runtime, parts, parcels } = trip;
  const today = dayOf(runtime.campaignClock.now());
  const successors = successorsOf(runtime, trip.wardId);
  const presentGroup = (id: string) => successors.of(id, today);
  const groups = new Set([...parcels.map(({ groupId }) => presentGroup(groupId)), ...more]);
  const senders = parcels.flatMap(({ sender }) => (sender.via === 'device' ? [sender.deviceId] : []));
  const facts = await readFacts(flight, parts, parcels, [...groups], senders);
  successors.keep(facts.closings);
  // Meanwhile a merger was decided: the feeds we hold are not the ones we need.
  const moved = parcels.map(({ groupId }) => presentGroup(groupId)).filter((id) => !groups.has(id));
  if (moved.length > 0) throw new OtherGroups(moved);
  const known = parcels.filter((parcel) => isKnown(parcel, facts));
  const machineAhead = Date.now() - runtime.campaignClock.now();
  return { known, facts, verdicts: judgeAll({ parts, facts, machineAhead, presentGroup }, known) };
}

const deliveries = (trip: Trip, { known, verdicts }: Judgement): Delivery[] =>
  trip.parcels.map((parcel) => {
    const at = known.indexOf(parcel);
    return at < 0 ? problem('people.not-signed-in', { status: 401 }) : (verdicts.answers[at] ?? []);
  });

const DEVICE_SYNCS: RowTarget = {
  table: 'device_syncs',
  columns: ['ward_id', 'device_id', 'pushed_at', 'waiting'],
  tail: `on conflict (ward_id, device_id) do update
    set pushed_at = excluded.pushed_at, waiting = excluded.waiting`,
};

function noteDevices(flight: Flight, known: readonly Parcel[]): void {
  const at = new Date();
  // The last word of a phone that sent twice; one statement may not write a row two times.
  const told = new Map<string, number>();
  for (const { sender, waiting } of known)
    if (sender.via === 'device' && waiting !== null) told.set(sender.deviceId, waiting);
  flight.sendAll(
    insertions(
      DEVICE_SYNCS,
      // In one order, or two flights that carry the same phones could wait for each other.
      [...told]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([device, waiting]) => [flight.wardId, device, at, waiting]),
    ),
  );
}

const recordsSeen = new WeakMap<Runtime, number>();

/** Plans are kept while what is stored does not quadruple: those made for an empty table are soon made again. */
function planMark({ runtime, parcels }: Trip): string {
  const seen =
    (recordsSeen.get(runtime) ?? 0) + parcels.reduce((sum, { entries }) => sum + entries.length, 0);
  recordsSeen.set(runtime, seen);
  return `_${Math.floor(Math.log2(seen + 1) / 2)}`;
}

const flyTogether = (trip: Trip, more: ReadonlySet<string>): Promise<Delivery[]> =>
  inFlight(
    trip.runtime.database,
    trip.wardId,
    async (flight) => {
      const judgement = await judgeTrip(flight, trip, more);
      const { facts, verdicts, known } = judgement;
      sendNumbers(flight, facts, verdicts.taken);
      sendHeld(flight, verdicts.holding);
      await writeGoing(flight, facts, verdicts.going);
      settleReleased(flight, verdicts.going);
      noteDevices(flight, known);
      return deliveries(trip, judgement);
    },
    planMark(trip),
  );

/** What the database refused of one record, as its answer. */
function refusalOf(error: unknown, id: string, parts: SyncParts): RecordAnswer {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // What it stands on went away in between; it will be judged anew.
  if (code === '23503') return { id, answer: 'retry-later', code: 'sync.needs-another' };
  const known = problemOfDatabase(error, parts.constraints);
  if (known && known.status !== 503) return { id, answer: 'refused', code: known.code };
  if (/^2[23]/.test(code)) return { id, answer: 'refused', code: 'sync.refused-by-database' };
  throw error;
}

const flyApart = (trip: Trip, more: ReadonlySet<string>): Promise<Delivery[]> =>
  inFlight(trip.runtime.database, trip.wardId, async (flight) => {
    const judgement = await judgeTrip(flight, trip, more);
    const { facts, verdicts } = judgement;
    sendNumbers(flight, facts, verdicts.taken);
    sendHeld(flight, verdicts.holding);
    await flight.landed();
    for (const one of verdicts.going) {
      flight.raw('savepoint one_record');
      try {
        await writeGoing(flight, facts, [one]);
        settleReleased(flight, [one]);
        flight.raw('release savepoint one_record');
        await flight.landed();
      } catch (error) {
        await flight.landed().catch(() => undefined);
        const { id } = one.entry.record;
        const answer = refusalOf(error, id, trip.parts);
        flight.raw('rollback to savepoint one_record');
        await flight.landed();
        for (const answers of verdicts.answers)
          answers.forEach((given, at) => {
            if (given.id === id && given.answer === 'applied') answers[at] = answer;
          });
      }
    }
    return deliveries(trip, judgement);
  });

const isRowRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^2[23]\w{3}$/.test(String(error.code));

/**
 * @returns for each parcel its answers, all of them committed
 * @throws where nothing was stored: the database is away; the phones send again
 */
export async function takeParcels(trip: Trip): Promise<Delivery[]> {
  const more = new Set<string>();
  let fly = flyTogether;
  for (let tries = 0; ; tries++) {
    try {
      return await fly(trip, more);
    } catch (error) {
      if (tries >= 8) throw error;
      if (error instanceof OtherGroups) {
        await followMerger(trip.runtime, trip.parts, trip.wardId, error.groups);
        for (const group of error.groups) more.add(group);
      } else if (isRowRefusal(error) && fly !== flyApart) fly = flyApart;
      else throw error;
    }
  }
}
