/**
 * Households one by one, through what their owner publishes: on which day each was first reached, signed, joined the
 * chat; and the denominator that named households and approved exclusions leave. What was read is kept between requests;
 * only groups whose feed has moved are read anew. Feeds say what is new, so any number of processes answer alike.
 */
import { sql } from 'kysely';
import type { MeasureKey } from '#features/dashboards/model.ts';
import type { MeasureAsk, MeasureDay, MeasureSource, Running } from '#features/dashboards/ports.ts';
import type { Database } from '#platform/database/database.server.ts';

const NAMES: Readonly<Partial<Record<MeasureKey, string>>> = {
  'household.reached': 'reached',
  'household.pledged': 'pledged',
  'household.in-chat': 'zalo',
};

interface Gain {
  readonly areaId: string;
  readonly measure: string;
  /** null: a number of today, `named` or `excluded`. */
  readonly day: string | null;
  readonly n: number;
}

interface Coverage {
  /** The groups it was read for: a merged or founded one asks for all anew. */
  readonly groups: string;
  readonly feeds: ReadonlyMap<string, number>;
  readonly byGroup: ReadonlyMap<string, readonly Gain[]>;
}

const kept = new WeakMap<Database, Map<string, Coverage>>();
/** A process that serves many wards forgets the longest unasked one. */
const MOST_KEPT = 200;
/** From here on the views, which count the whole ward in one go, are quicker than group by group. */
const FEW = 20;

async function readFeeds({ call: { trx } }: MeasureAsk): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('feeds')
    .select(['feed_id', 'n'])
    .where('ward_id', '=', trx.wardId)
    .execute();
  return new Map(rows.map(({ feed_id, n }) => [feed_id, n]));
}

async function readAll({ call: { trx }, running }: MeasureAsk): Promise<readonly Gain[]> {
  const { rows } = await sql<Gain>`
    select group_id as "areaId", measure, day, n from household_coverage
    where ward_id = ${trx.wardId} and campaign_id = ${running.campaign.id}
    union all
    select group_id, m.measure, null, m.n from group_coverage
      cross join lateral (values ('named', named), ('excluded', excluded)) as m (measure, n)
    where ward_id = ${trx.wardId} and campaign_id = ${running.campaign.id} and m.n > 0`.execute(trx);
  return rows;
}

async function readSome(
  { call: { trx }, running }: MeasureAsk,
  groups: readonly string[],
): Promise<readonly Gain[]> {
  const { rows } = await sql<Gain>`
    select group_id as "areaId", measure, day, n
    from household_gains(${trx.wardId}, ${running.campaign.id}::uuid, ${[...groups]}::uuid[])`.execute(trx);
  return rows;
}

async function readCoverage(ask: MeasureAsk): Promise<Coverage> {
  const all = kept.get(ask.call.runtime.database) ?? new Map<string, Coverage>();
  kept.set(ask.call.runtime.database, all);
  const key = `${ask.call.trx.wardId}/${ask.running.campaign.id}`;
  const groups = ask.groupIds.join(' ');
  const feeds = await readFeeds(ask);
  const found = all.get(key);
  // A group's feed bears the group's id.
  const moved = ask.groupIds.filter((id) => feeds.get(id) !== found?.feeds.get(id));
  let byGroup = found?.byGroup;
  if (!byGroup || found?.groups !== groups || moved.length > FEW) {
    byGroup = Map.groupBy(await readAll(ask), ({ areaId }) => areaId);
  } else if (moved.length > 0) {
    const anew = Map.groupBy(await readSome(ask, moved), ({ areaId }) => areaId);
    byGroup = new Map([...byGroup, ...moved.map((id) => [id, anew.get(id) ?? []] as const)]);
  }
  all.delete(key);
  all.set(key, { groups, feeds, byGroup });
  const [oldest] = all.keys();
  if (all.size > MOST_KEPT && oldest !== undefined) all.delete(oldest);
  return { groups, feeds, byGroup };
}

/** One page asks for several measures of the same campaign at the same moment. */
const asked = new WeakMap<Running, Promise<Coverage>>();

function coverageOf(ask: MeasureAsk): Promise<Coverage> {
  const reading = asked.get(ask.running) ?? readCoverage(ask);
  asked.set(ask.running, reading);
  return reading;
}

export const coverageSource: MeasureSource = {
  name: 'households',
  weight: 'itemised',
  items: () => [],
  async daily(ask) {
    const name = NAMES[ask.measure];
    if (name === undefined) return undefined;
    const { byGroup } = await coverageOf(ask);
    let counted = false;
    const days: MeasureDay[] = [];
    for (const gains of byGroup.values())
      for (const { areaId, measure, day, n } of gains) {
        counted ||= day !== null;
        if (measure === name && day !== null) days.push({ areaId, day, n });
      }
    // A ward where nobody has knocked on a named door has nothing to say here, rather than noughts.
    return counted ? days : undefined;
  },
  async wholes(ask) {
    if (NAMES[ask.measure] === undefined) return undefined;
    const { byGroup } = await coverageOf(ask);
    const of = (gains: readonly Gain[], wanted: string) =>
      gains.find(({ measure }) => measure === wanted)?.n ?? 0;
    return new Map(
      [...byGroup].map(([id, gains]) => [id, { named: of(gains, 'named'), excluded: of(gains, 'excluded') }]),
    );
  },
};
