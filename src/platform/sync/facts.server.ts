// Everything a flight must know before it judges, read in one go behind the locks of its feeds: who sends, what is
// already here, who had which rights when, and the rows the records speak of.
import type { Role } from '#platform/api/actor.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import { byKeys } from '#platform/sync/keys.server.ts';
import { CLOSINGS } from '#platform/sync/mergers.server.ts';
import type { Closing } from '#platform/sync/mergers.server.ts';
import { isAnswer } from '#platform/sync/parcel.server.ts';
import type { Entry, Parcel } from '#platform/sync/parcel.server.ts';
import type { SyncParts } from '#platform/sync/parts.server.ts';
import type { SubjectReader } from '#platform/sync/record-type.server.ts';
import type { DatedGrant } from '#platform/sync/rights.ts';
import { Scene } from '#platform/sync/scene.ts';

export interface DeviceFact {
  readonly id: string;
  readonly person_id: string;
  readonly credential_hash: string;
  /** Machine time. */
  readonly ended_at: number | null;
  readonly ended_why: string | null;
}

export interface RecordFact {
  readonly id: string;
  /** Hexadecimal. */
  readonly body_hash: string;
  readonly feed_id: string;
  readonly n: number;
  readonly received_at: number;
  readonly work_on: string;
}

export interface HeldFact {
  readonly id: string;
  readonly body_hash: string;
  readonly received_at: number;
  readonly why: 'rights-ended' | 'device-ended' | 'time-unbelievable';
}

interface GrantFact {
  readonly person_id: string;
  readonly role: Role;
  readonly area_id: string | null;
  readonly parent_id: string | null;
  readonly from_at: number;
  readonly to_at: number | null;
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
  readonly closings: readonly Closing[];
  readonly scene: Scene;
}

/** What comes as one JSON text: a row's instants are milliseconds there, its hashes hexadecimal. */
const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const gathered = (name: string, text: string): string =>
  `(select coalesce(json_agg(f), '[]') from (${text}) f) as "${name}"`;

/*
 * Feeds in one order, then phones: locked against being ended until the commit, so that who was let in cannot be put
 * out halfway. A locked row is read as it is once the lock is got, whatever the statement saw when it began.
 */
const LOCKS = `with feed as materialized (select feed_id as id, n from feeds
    where ward_id = $1 and feed_id = any($2::uuid[]) order by feed_id for update),
  device as materialized (select id, person_id, encode(credential_hash, 'hex') as credential_hash,
    ${ms('ended_at')} as ended_at, ended_why from devices
    where ward_id = $1 and id = any($3::uuid[]) and (select count(*) from feed) >= 0 for share)
  select ${gathered('feeds', 'select * from feed')}, ${gathered('devices', 'select * from device')}`;

const RECORDS = byKeys(
  'field_records',
  `r.id, encode(r.body_hash, 'hex') as body_hash, r.feed_id, r.n, ${ms('r.received_at')} as received_at, r.work_on`,
  'r',
);
const HELD = byKeys(
  'held_records',
  `h.id, encode(h.body_hash, 'hex') as body_hash, ${ms('h.received_at')} as received_at, h.why`,
  'h',
);
const GRANTS = byKeys(
  'grants',
  `g.person_id, g.role, g.area_id, ${ms('g.from_at')} as from_at, ${ms('g.to_at')} as to_at,
    (select parent_id from areas a where a.ward_id = $1 and a.id = g.area_id) as parent_id`,
  'g',
  'person_id',
);
const CAMPAIGNS = byKeys('campaigns', 'c.id, c.state, c.from_on', 'c');
const GROUPS = byKeys('areas', 'a.id', 'a', 'id', `a.kind = 'group'`);

/** `$2` of a text becomes the parameter at this place. */
const placed = (text: string, at: number): string => text.replaceAll('$2', `$${at}`);

interface Locked {
  readonly feeds: readonly { readonly id: string; readonly n: number }[];
  readonly devices: readonly DeviceFact[];
}

interface Gathered {
  readonly records: readonly RecordFact[];
  readonly held: readonly HeldFact[];
  readonly grants: readonly GrantFact[];
  readonly campaigns: readonly CampaignFact[];
  readonly groups: readonly { readonly id: string }[];
  readonly closings: readonly Closing[];
  /** Rows by kind, under the kind's own name. */
  readonly [kind: string]: readonly object[];
}

const texts = new Map<string, string>();

/** One statement for all that is read behind the locks; it differs only in the kinds of rows the records speak of. */
function factsText(kinds: readonly SubjectReader[], name: string): string {
  let text = texts.get(name);
  if (text === undefined) {
    const own = [
      gathered('records', RECORDS),
      gathered('held', placed(HELD, 3)),
      gathered('grants', placed(GRANTS, 4)),
      gathered('campaigns', placed(CAMPAIGNS, 5)),
      gathered('groups', placed(GROUPS, 6)),
      gathered('closings', CLOSINGS),
    ];
    const subjects = kinds.map(({ kind, text: one }, at) => gathered(`of-${kind}`, placed(one, 7 + at)));
    texts.set(name, (text = `select ${[...own, ...subjects].join(', ')}`));
  }
  return text;
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

function grantsByPerson(rows: readonly GrantFact[]): Map<string, DatedGrant[]> {
  const found = new Map<string, DatedGrant[]>();
  for (const row of rows) {
    const grant: DatedGrant = {
      role: row.role,
      areaId: row.area_id,
      parentId: row.parent_id,
      from: row.from_at,
      to: row.to_at,
    };
    const of = found.get(row.person_id);
    if (of) of.push(grant);
    else found.set(row.person_id, [grant]);
  }
  return found;
}

export const entriesOf = (parcels: readonly Parcel[]): Entry[] =>
  parcels.flatMap(({ entries }) => entries.filter((entry): entry is Entry => !isAnswer(entry)));

/** Ids of the rows the records speak of, by kind. */
function wantedRows(entries: readonly Entry[]): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  const want = (kind: string, id: string) => {
    const ids = wanted.get(kind);
    if (ids) ids.add(id);
    else wanted.set(kind, new Set([id]));
  };
  for (const { type, body, record } of entries) {
    for (const { kind, id } of type.refs(body)) want(kind, id);
    // A row that a record brings may be there already, made alike on another phone.
    for (const { kind, id, own } of type.makes?.(record, body, '') ?? []) if (!own) want(kind, id);
  }
  return wanted;
}

async function readLooks(flight: Flight, entries: readonly Entry[], scene: Scene) {
  const byType = new Map<Entry['type'], Entry[]>();
  for (const entry of entries) {
    const of = byType.get(entry.type);
    if (of) of.push(entry);
    else byType.set(entry.type, [entry]);
  }
  const looks = [...byType].flatMap(([type, of]) => type.looks?.(flight.wardId, of) ?? []);
  await Promise.all(looks.map(async (look) => scene.setLook(look.as, await flight.read<object>(look))));
}

const distinct = (ids: Iterable<string | null>): string[] => [
  ...new Set([...ids].filter((id): id is string => id !== null)),
];

async function readRows(
  flight: Flight,
  parts: SyncParts,
  parcels: readonly Parcel[],
  entries: readonly Entry[],
  scene: Scene,
): Promise<Gathered | undefined> {
  const records = entries.map(({ record }) => record);
  const own = records.map(({ id }) => id);
  const persons = parcels.flatMap(({ sender }) => (sender.via === 'office' ? [sender.personId] : []));
  const wanted = wantedRows(entries);
  const kinds = parts.subjects.filter(({ kind }) => wanted.has(kind));
  const name = ['sync_facts', ...kinds.map(({ kind }) => kind)].join('_');
  const [rows] = await flight.read<Gathered>({
    name,
    text: factsText(kinds, name),
    values: [
      flight.wardId,
      distinct([...own, ...records.flatMap(({ needs = [] }) => needs)]),
      distinct(own),
      distinct([...records.map(({ authorId }) => authorId), ...persons]),
      distinct(records.map(({ campaignId }) => campaignId)),
      distinct(parcels.map(({ groupId }) => groupId)),
      ...kinds.map(({ kind }) => [...(wanted.get(kind) ?? [])]),
    ],
  });
  for (const { kind } of kinds)
    for (const row of rows?.[`of-${kind}`] ?? []) if (hasId(row)) scene.put(kind, row.id, row);
  return rows;
}

const hasId = (row: object): row is { readonly id: string } => 'id' in row && typeof row.id === 'string';

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
  const phones = distinct([...senders, ...entries.map(({ record }) => record.deviceId)]);
  // The locks go first: whatever is read behind them is read after they were got.
  const [[locked], rows] = await Promise.all([
    flight.read<Locked>({ name: 'sync_locks', text: LOCKS, values: [flight.wardId, groups, phones] }),
    readRows(flight, parts, parcels, entries, scene),
    readLooks(flight, entries, scene),
  ]);
  return {
    feeds: new Map((locked?.feeds ?? []).map(({ id, n }) => [id, n])),
    devices: byId(locked?.devices ?? []),
    records: byId(rows?.records ?? []),
    held: byId(rows?.held ?? []),
    grants: grantsByPerson(rows?.grants ?? []),
    campaigns: byId(rows?.campaigns ?? []),
    groups: new Set((rows?.groups ?? []).map(({ id }) => id)),
    closings: rows?.closings ?? [],
    scene,
  };
}
