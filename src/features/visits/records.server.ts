// What records about visits do: the visit itself with its advice, its pictures and, where signed at the same door, its
// pledge; taking one back; and that somebody was, or may have been, defrauded.
import { MINUTE, parseInstant } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import { byKeys } from '#platform/sync/keys.server.ts';
import { moveRows } from '#platform/sync/mergers.server.ts';
import type { GroupMover } from '#platform/sync/parts.server.ts';
import { parser } from '#platform/sync/parser.ts';
import { recordType } from '#platform/sync/record-type.server.ts';
import type { AnyRecordType, Placed, SubjectReader } from '#platform/sync/record-type.server.ts';
import { insertions } from '#platform/sync/rows.server.ts';
import type { Scene } from '#platform/sync/scene.ts';
import { pledgeIdOfVisit } from '#protocol/identity.ts';
import { unsigned } from '#features/pledges/schema.ts';
import type { Signing } from '#features/pledges/schema.ts';
import { flagsOf } from '#features/visits/model.ts';
import { looks, othersSeen } from '#features/visits/looks.server.ts';
import { TakeBackBody, VictimSignalBody, VisitBody } from '#features/visits/schema.ts';

export interface VisitRow {
  readonly id: string;
  readonly group_id: string;
  readonly author_id: string;
  /** Who typed it in for the author; absent of one made within this very batch, which is of one sender. */
  readonly entered_by?: string | null;
}

/** What a visit needs to know of a household, as its owner's subject reader gives it. */
interface HouseholdSeen {
  readonly id: string;
  readonly group_id: string;
  readonly position_lat: number | null;
  readonly position_lon: number | null;
  readonly erased_at: string | null;
}

/** Pledges are another feature's rows: the roof hands over its command. */
export interface VisitPorts {
  readonly writePledges: (
    flight: Flight,
    signed: readonly {
      readonly placed: Placed<unknown>;
      readonly pledgeId: string;
      readonly householdId: string;
      readonly signing: Signing;
      readonly media: number;
    }[],
  ) => void;
  readonly takeBackPledge: (flight: Flight, visitId: string, at: Date, n: number) => void;
}

export const visitSubjects: readonly SubjectReader[] = [
  {
    kind: 'visit',
    text: byKeys('visits', 'v.id, v.feed_id as group_id, v.author_id, v.entered_by', 'v'),
  },
];

export const visitMovers: readonly GroupMover[] = [{ kind: 'visit', move: moveRows('visits', null, null) }];

const VISITS = {
  table: 'visits',
  columns: [
    'ward_id',
    'id',
    'campaign_id',
    'household_id',
    'group_id',
    'outcome',
    'channel',
    'place',
    'how',
    'come_back_at',
    'met_who',
    'members_told',
    'topics',
    'zalo_state',
    'zalo_received_by',
    'flyer_left',
    'team_id',
    'position_lat',
    'position_lon',
    'media',
    'author_id',
    'entered_by',
    'done_at',
    'work_on',
    'received_at',
    'flags',
    'feed_id',
    'change_n',
  ],
};

export const RECORD_MEDIA = {
  table: 'record_media',
  columns: ['ward_id', 'record_id', 'sha256', 'household_id', 'group_id', 'of_paper'],
  tail: 'on conflict do nothing',
};

/** Moments passed between doing and writing down, by the phone's own clock, which is right in differences. */
function doneAt({ record, body, happenedAt }: Placed<VisitBody>): number {
  if (body.how === 'from-paper') return happenedAt;
  const lag = (parseInstant(record.recordedAt) ?? 0) - (parseInstant(body.doneAt) ?? 0);
  return lag > 0 && lag < 12 * 60 * MINUTE ? happenedAt - lag : happenedAt;
}

function visitRow(wardId: number, one: Placed<VisitBody>, at: number, flags: readonly string[]): unknown[] {
  const { record, body, enteredBy, workOn, receivedAt, feed, n } = one;
  return [
    wardId,
    record.id,
    record.campaignId,
    body.householdId,
    record.groupId,
    body.outcome,
    body.channel,
    body.place,
    body.how,
    body.comeBackAt === undefined ? null : new Date(parseInstant(body.comeBackAt) ?? 0),
    body.metWho ?? null,
    body.membersTold ?? null,
    body.topics,
    body.zalo?.state ?? null,
    body.zalo?.receivedBy ?? null,
    body.flyerLeft ?? null,
    body.teamId ?? null,
    body.position?.lat ?? null,
    body.position?.lon ?? null,
    body.mediaIds.length,
    record.authorId,
    enteredBy,
    new Date(at),
    workOn,
    new Date(receivedAt),
    flags,
    feed,
    n,
  ];
}

function sendVisits(flight: Flight, scene: Scene, placed: readonly Placed<VisitBody>[]): void {
  const others = othersSeen(scene);
  const rows = placed.map((one) => {
    const { body, record } = one;
    const at = doneAt(one);
    const seen = scene.get<HouseholdSeen>('household', body.householdId);
    const door =
      seen && seen.position_lat !== null && seen.position_lon !== null
        ? { lat: seen.position_lat, lon: seen.position_lon }
        : null;
    const { householdId, channel, place, how, outcome, position = null } = body;
    const visit = {
      householdId,
      channel,
      place,
      how,
      outcome,
      authorId: record.authorId,
      doneAt: at,
      position,
      door,
    };
    const flags = [...one.flags, ...flagsOf(visit, others.near(visit))];
    others.add({ ...visit, onTheSpot: how === 'on-the-spot' && place === 'home' });
    return visitRow(flight.wardId, one, at, flags);
  });
  flight.sendAll(insertions(VISITS, rows));
}

export const mediaRows = (
  wardId: number,
  placed: readonly {
    record: { id: string };
    group: string;
    householdId: string;
    mediaIds: readonly string[];
    otherMediaIds?: readonly string[] | undefined;
  }[],
): unknown[][] =>
  placed.flatMap(({ record, group, householdId, mediaIds, otherMediaIds = [] }) =>
    mediaIds.map((hex) => [
      wardId,
      record.id,
      Buffer.from(hex, 'hex'),
      householdId,
      group,
      !otherMediaIds.includes(hex),
    ]),
  );

/** Photos that belong to the pledge signed within a visit. */
const paperPhotos = ({ mediaIds, otherMediaIds = [] }: VisitBody): number =>
  mediaIds.filter((hex) => !otherMediaIds.includes(hex)).length;

const isErased = (scene: Scene, household: string): boolean =>
  (scene.get<HouseholdSeen>('household', household)?.erased_at ?? null) !== null;

/** Who asked to be forgotten is visited and counted; what a visit recorded before tells of the people is not kept. */
function withoutPeople({ position: _, comeBackAt: __, zalo, pledge, ...body }: VisitBody): VisitBody {
  const bare = { ...body, mediaIds: [], otherMediaIds: [], ...(zalo ? { zalo: { state: zalo.state } } : {}) };
  return pledge ? { ...bare, pledge: unsigned(pledge) } : bare;
}

const pledgeIds = new WeakMap<object, string>();

/** Asked for when it is read, judged and written: derived once. */
function pledgeIdOf(record: { readonly id: string }): string {
  let id = pledgeIds.get(record);
  if (id === undefined) pledgeIds.set(record, (id = pledgeIdOfVisit(record.id)));
  return id;
}

const visit = (ports: VisitPorts) =>
  recordType<VisitBody>({
    name: 'visit',
    version: 1,
    rank: 10,
    upgrades: {},
    parse: parser(VisitBody),
    action: 'field.record',
    refs: ({ householdId }) => [{ kind: 'household', id: householdId }],
    subject: (_, { householdId }) => householdId,
    group: (scene, { householdId }) => scene.get<HouseholdSeen>('household', householdId)?.group_id,
    statedAt: ({ how, doneAt: at }) => (how === 'from-paper' ? (parseInstant(at) ?? null) : null),
    fromPaper: ({ how }) => how === 'from-paper',
    makes: (record, { pledge }, group) => [
      {
        kind: 'visit',
        id: record.id,
        own: true,
        row: { id: record.id, group_id: group, author_id: record.authorId },
      },
      ...(pledge
        ? [{ kind: 'pledge', id: pledgeIdOf(record), own: true, row: { group_id: group } } as const]
        : []),
    ],
    looks,
    // The drawing stands with the pledge; the journal need not hold it twice.
    keep: ({ pledge, ...body }, scene) => {
      if (isErased(scene, body.householdId)) return null;
      if (!pledge) return body;
      const { strokes: _, ...signing } = pledge;
      return { ...body, pledge: signing };
    },
    write(flight, scene, sent) {
      const placed = sent.map((one) =>
        isErased(scene, one.body.householdId) ? { ...one, body: withoutPeople(one.body) } : one,
      );
      sendVisits(flight, scene, placed);
      const signed = placed.flatMap((one) => {
        const { pledge: signing, householdId } = one.body;
        const media = paperPhotos(one.body);
        return signing
          ? [{ placed: one, pledgeId: pledgeIdOf(one.record), householdId, signing, media }]
          : [];
      });
      if (signed.length > 0) ports.writePledges(flight, signed);
      const media = placed.map(({ record, group, body }) => ({ record, group, ...body }));
      flight.sendAll(insertions(RECORD_MEDIA, mediaRows(flight.wardId, media)));
    },
  });

const takeBack = (ports: VisitPorts) =>
  recordType<TakeBackBody>({
    name: 'take-back',
    version: 1,
    rank: 12,
    upgrades: {},
    parse: parser(TakeBackBody),
    action: 'field.record',
    refs: ({ visitId }) => [{ kind: 'visit', id: visitId }],
    subject: (_, { visitId }) => visitId,
    group: (scene, { visitId }) => scene.get<VisitRow>('visit', visitId)?.group_id,
    // Only one's own, or what one typed in oneself; others' by the area officer and ward police, at the office.
    check: (scene, { record, body }) => {
      const seen = scene.get<VisitRow>('visit', body.visitId);
      const own = seen?.author_id === record.authorId || seen?.entered_by === record.authorId;
      return own || (seen !== undefined && seen.entered_by === undefined)
        ? null
        : problem('visits.not-yours-to-take-back');
    },
    write(flight, _, placed) {
      for (const { record, body, receivedAt, n } of placed) {
        flight.send({
          name: 'visit_take_back',
          text: `update visits set taken_back_at = $3, taken_back_by = $4, taken_back_reason = $5, change_n = $6
            where ward_id = $1 and id = $2 and taken_back_at is null`,
          values: [flight.wardId, body.visitId, new Date(receivedAt), record.authorId, body.reason, n],
        });
        ports.takeBackPledge(flight, body.visitId, new Date(receivedAt), n);
      }
    },
  });

const victimSignal = recordType<VictimSignalBody>({
  name: 'victim-signal',
  version: 1,
  rank: 20,
  upgrades: {},
  parse: parser(VictimSignalBody),
  action: 'field.record',
  refs: () => [],
  subject: () => null,
  group: () => undefined,
  write(flight, _, placed) {
    flight.sendAll(
      insertions(
        {
          table: 'victim_signals',
          columns: [
            'ward_id',
            'id',
            'campaign_id',
            'group_id',
            'at',
            'is_household',
            'told',
            'author_id',
            'received_at',
          ],
        },
        placed.map(({ record, body, happenedAt, receivedAt }) => [
          flight.wardId,
          record.id,
          record.campaignId,
          record.groupId,
          new Date(happenedAt),
          body.isHousehold,
          body.told,
          record.authorId,
          new Date(receivedAt),
        ]),
      ),
    );
  },
});

export const visitRecords = (ports: VisitPorts): readonly AnyRecordType[] => [
  visit(ports),
  takeBack(ports),
  victimSignal,
];
