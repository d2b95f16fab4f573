// Groups that closed and go on as another. A record keeps the group it was made in; its rows belong to today's. The
// first push, pull or snapshot after a merger moves the closed group's rows: tombstones in its feed, new numbers in the
// successor's. A group split in several is not followed by itself: which door went where is a person's decision.
import type { DateOn } from '#core/calendar.ts';
import { dayOf } from '#core/clock.ts';
import { inFlight } from '#platform/sync/flight.server.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import type { SyncParts } from '#platform/sync/parts.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export interface Closing {
  readonly area_id: string;
  readonly valid_to: string;
  readonly successors: readonly string[];
}

export const CLOSINGS = `select s.area_id, a.valid_to, array_agg(s.successor_id) as successors
  from area_successors s join areas a on a.ward_id = s.ward_id and a.id = s.area_id
  where s.ward_id = $1 and a.valid_to is not null
  group by s.area_id, a.valid_to`;

/** Kept between flights because the feeds to lock must be known before anything is read; read anew in each. */
export class Successors {
  #closings = new Map<string, Closing>();

  /** Today's group; the same one where it stands or was split. */
  of(id: string, today: DateOn): string {
    let at = id;
    for (let step = 0; step < 20; step++) {
      const closing = this.#closings.get(at);
      const [only, ...others] = closing?.successors ?? [];
      if (!closing || only === undefined || others.length > 0 || closing.valid_to > today) return at;
      at = only;
    }
    return at;
  }

  async refresh(flight: Flight): Promise<void> {
    const rows = await flight.read<Closing>({
      name: 'sync_closings',
      text: CLOSINGS,
      values: [flight.wardId],
    });
    this.keep(rows);
  }

  keep(closings: readonly Closing[]): void {
    this.#closings = new Map(closings.map((row) => [row.area_id, row]));
  }
}

const kept = new WeakMap<Runtime, Map<number, Successors>>();

export function successorsOf(runtime: Runtime, wardId: number): Successors {
  let wards = kept.get(runtime);
  if (!wards) kept.set(runtime, (wards = new Map<number, Successors>()));
  let successors = wards.get(wardId);
  if (!successors) wards.set(wardId, (successors = new Successors()));
  return successors;
}

/** Moves the rows of those of these groups that closed; nothing happens to the others. Safe to repeat. */
export async function followMerger(
  runtime: Runtime,
  parts: SyncParts,
  wardId: number,
  groups: readonly string[],
): Promise<void> {
  const today = dayOf(runtime.campaignClock.now());
  const successors = successorsOf(runtime, wardId);
  for (const from of groups) {
    const to = successors.of(from, today);
    if (to === from) continue;
    await inFlight(runtime.database, wardId, async (flight) => {
      const rows = await flight.read<{ id: string; n: number }>({
        text: `select feed_id as id, n from feeds where ward_id = $1 and feed_id = any($2::uuid[])
          order by feed_id for update`,
        values: [wardId, [from, to]],
      });
      const n = new Map(rows.map((row) => [row.id, row.n + 1]));
      const step = { from, to, fromN: n.get(from) ?? 1, toN: n.get(to) ?? 1 };
      for (const { move } of parts.movers) move(flight, step);
      flight.send({
        text: 'update feeds set n = n + 1 where ward_id = $1 and feed_id = any($2::uuid[])',
        values: [wardId, [from, to]],
      });
    });
  }
}

/** SQL of a mover for a plain table: rows of one group's feed go to another's. Every such table has group and feed. */
export const moveRows =
  (table: string, kind: string | null, groupColumn: string | null = 'group_id', id = 'id') =>
  (flight: Flight, step: { from: string; to: string; fromN: number; toN: number }): void => {
    if (kind !== null)
      flight.send({
        text: `insert into feed_tombstones (ward_id, feed_id, kind, id, change_n)
          select ward_id, $2, $3, ${id}, $4 from ${table} where ward_id = $1 and feed_id = $2
          on conflict (ward_id, feed_id, kind, id) do update set change_n = excluded.change_n`,
        values: [flight.wardId, step.from, kind, step.fromN],
      });
    flight.send({
      text: `update ${table} set feed_id = $3, change_n = $4 ${groupColumn === null ? '' : `, ${groupColumn} = $3`}
        where ward_id = $1 and feed_id = $2`,
      values: [flight.wardId, step.from, step.to, step.toN],
    });
  };
