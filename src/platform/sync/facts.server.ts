// Everything a flight must know before it judges, read in one go behind the locks of its feeds: who sends, what is
// already here, who had which rights when, and the rows the records speak of.
import type { Role } from '#platform/api/actor.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import { byKeys } from '#platform/sync/keys.server.ts';
import { isAnswer } from '#platform/sync/parcel.server.ts';
import type { Entry, Parcel } from '#platform/sync/parcel.server.ts';
import type { SyncParts } from '#platform/sync/parts.server.ts';
import type { DatedGrant } from '#platform/sync/rights.ts';
import { Scene } from '#platform/sync/scene.ts';

export interface DeviceFact {
  readonly id: string;
  readonly person_id: string;
  readonly credential_hash: Buffer;
  readonly ended_at: Date | null;
  readonly ended_why: string | null;
}

export interface RecordFact {
  readonly id: string;
  readonly body_hash: Buffer;
  readonly feed_id: string;
  readonly n: number;
  readonly received_at: Date;
  readonly work_on: string;
}

export interface HeldFact {
  readonly id: string;
  readonly body_hash: Buffer;
  readonly received_at: Date;
  readonly why: 'rights-ended' | 'device-ended' | 'time-unbelievable';
}

interface GrantFact {
  readonly person_id: string;
  readonly role: Role;
  readonly area_id: string | null;
  readonly parent_id: string | null;
  readonly from_at: Date;
  readonly to_at: Date | null;
}

interface CampaignFact {
  readonly id: string;
  readonly state: string;
  readonly from_on: string;
}

export interface Facts {
  readonly feeds: ReadonlyMap<string, number>;
  readonly devices: ReadonlyMap<string, DeviceFact>;
  readonly records: ReadonlyMap<string, RecordFact>;
  readonly held: ReadonlyMap<string, HeldFact>;
  readonly grants: ReadonlyMap<string, readonly DatedGrant[]>;
  readonly campaigns: ReadonlyMap<string, CampaignFact>;
  readonly groups: ReadonlySet<string>;
  readonly scene: Scene;
}

const FEEDS = `select feed_id as id, n from feeds where ward_id = $1 and feed_id = any($2::uuid[])
  order by feed_id for update`;
/* Locked against being ended until the commit: who was let in cannot be put out halfway. */
const DEVICES = `select id, person_id, credential_hash, ended_at, ended_why from devices
  where ward_id = $1 and id = any($2::uuid[]) for share`;
const RECORDS = byKeys('field_records', 'r.id, r.body_hash, r.feed_id, r.n, r.received_at, r.work_on', 'r');
const HELD = byKeys('held_records', 'h.id, h.body_hash, h.received_at, h.why', 'h');
const GRANTS = byKeys(
  'grants',
  `g.person_id, g.role, g.area_id, g.from_at, g.to_at,
    (select parent_id from areas a where a.ward_id = $1 and a.id = g.area_id) as parent_id`,
  'g',
  'person_id',
);
const CAMPAIGNS = byKeys('campaigns', 'c.id, c.state, c.from_on', 'c');
const GROUPS = byKeys('areas', 'a.id', 'a', 'id', `a.kind = 'group'`);

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

function grantsByPerson(rows: readonly GrantFact[]): Map<string, DatedGrant[]> {
  const found = new Map<string, DatedGrant[]>();
  for (const row of rows) {
    const grant: DatedGrant = {
      role: row.role,
      areaId: row.area_id,
      parentId: row.parent_id,
      from: row.from_at.getTime(),
      to: row.to_at?.getTime() ?? null,
    };
    const of = found.get(row.person_id);
    if (of) of.push(grant);
    else found.set(row.person_id, [grant]);
  }
  return found;
}

export const entriesOf = (parcels: readonly Parcel[]): Entry[] =>
  parcels.flatMap(({ entries }) => entries.filter((entry): entry is Entry => !isAnswer(entry)));

async function readSubjects(flight: Flight, parts: SyncParts, entries: readonly Entry[], scene: Scene) {
  const wanted = new Map<string, Set<string>>();
  for (const { type, body } of entries)
    for (const { kind, id } of type.refs(body)) wanted.set(kind, (wanted.get(kind) ?? new Set()).add(id));
  // A row that a record brings may be there already, made alike on another phone.
  for (const { type, body, record } of entries)
    for (const { kind, id, own } of type.makes?.(record, body, '') ?? [])
      if (!own) wanted.set(kind, (wanted.get(kind) ?? new Set()).add(id));
  await Promise.all(
    parts.subjects.map(async ({ kind, text }) => {
      const ids = wanted.get(kind);
      if (!ids) return;
      const rows = await flight.read<{ id: string }>({
        name: `sync_${kind}`,
        text,
        values: [flight.wardId, [...ids]],
      });
      for (const row of rows) scene.put(kind, row.id, row);
    }),
  );
}

async function readLooks(flight: Flight, entries: readonly Entry[], scene: Scene) {
  const byType = new Map<Entry['type'], Entry[]>();
  for (const entry of entries) byType.set(entry.type, [...(byType.get(entry.type) ?? []), entry]);
  const looks = [...byType].flatMap(([type, of]) => type.looks?.(flight.wardId, of) ?? []);
  await Promise.all(looks.map(async (look) => scene.setLook(look.as, await flight.read<object>(look))));
}

/** @param groups feeds to take, locked in ascending id */
export async function readFacts(
  flight: Flight,
  parts: SyncParts,
  parcels: readonly Parcel[],
  groups: readonly string[],
  senders: readonly string[],
): Promise<Facts> {
  const entries = entriesOf(parcels);
  const scene = new Scene();
  const distinct = (ids: Iterable<string | null>): string[] => [
    ...new Set([...ids].filter((id): id is string => id !== null)),
  ];
  const ask = <T extends object>(name: string, text: string, ids: Iterable<string | null>): Promise<T[]> =>
    flight.read<T>({ name: `sync_${name}`, text, values: [flight.wardId, distinct(ids)] });
  const records = entries.map(({ record }) => record);
  const persons = parcels.flatMap(({ sender }) => (sender.via === 'office' ? [sender.personId] : []));
  // The locks go first: whatever is read behind them is read after they were got.
  const [feeds, devices, known, held, grants, campaigns, found] = await Promise.all([
    ask<{ id: string; n: number }>('feeds', FEEDS, groups),
    ask<DeviceFact>('devices', DEVICES, [...senders, ...records.map(({ deviceId }) => deviceId)]),
    ask<RecordFact>('records', RECORDS, [
      ...records.map(({ id }) => id),
      ...records.flatMap(({ needs = [] }) => needs),
    ]),
    ask<HeldFact>(
      'held',
      HELD,
      records.map(({ id }) => id),
    ),
    ask<GrantFact>('grants', GRANTS, [...records.map(({ authorId }) => authorId), ...persons]),
    ask<CampaignFact>(
      'campaigns',
      CAMPAIGNS,
      records.map(({ campaignId }) => campaignId),
    ),
    ask<{ id: string }>(
      'groups',
      GROUPS,
      parcels.map(({ groupId }) => groupId),
    ),
    readSubjects(flight, parts, entries, scene),
    readLooks(flight, entries, scene),
  ]);
  return {
    feeds: new Map(feeds.map(({ id, n }) => [id, n])),
    devices: byId(devices),
    records: byId(known),
    held: byId(held),
    grants: grantsByPerson(grants),
    campaigns: byId(campaigns),
    groups: new Set(found.map(({ id }) => id)),
    scene,
  };
}
