// What records about pledges do. A second pledge of a household is kept like the first and counts nothing more.
import { instantOf } from '#core/clock.ts';
import { isDateOn } from '#core/calendar.ts';
import { problem } from '#core/problem.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import { byKeys } from '#platform/sync/keys.server.ts';
import { moveRows } from '#platform/sync/mergers.server.ts';
import type { GroupMover } from '#platform/sync/parts.server.ts';
import { parser } from '#platform/sync/parser.ts';
import { recordType } from '#platform/sync/record-type.server.ts';
import type { AnyRecordType, Placed, SubjectReader } from '#platform/sync/record-type.server.ts';
import type { Scene } from '#platform/sync/scene.ts';
import { insertions } from '#platform/sync/rows.server.ts';
import { pledgeIdOfVisit } from '#protocol/identity.ts';
import { pledgeRow, PLEDGES } from '#features/pledges/rows.server.ts';
import { PledgeBody, PledgeWithdrawalBody, unsigned } from '#features/pledges/schema.ts';
import type { Signing } from '#features/pledges/schema.ts';

interface GroupOf {
  readonly group_id: string;
}

const isErased = (scene: Scene, household: string): boolean =>
  (scene.get<{ erased_at: string | null }>('household', household)?.erased_at ?? null) !== null;

export const pledgeSubjects: readonly SubjectReader[] = [
  {
    kind: 'pledge',
    text: byKeys('pledges', 'p.id, p.feed_id as group_id', 'p'),
  },
];

export const pledgeMovers: readonly GroupMover[] = [
  { kind: 'pledge', move: moveRows('pledges', null, null) },
];

/** A pledge signed within a visit is its own row, with an id derived from the visit's. */
export function writePledges(
  flight: Flight,
  signed: readonly {
    readonly placed: Placed<unknown>;
    readonly pledgeId: string;
    readonly householdId: string;
    readonly signing: Signing;
    /** Photos of the paper among those of the visit. */
    readonly media: number;
  }[],
): void {
  flight.sendAll(
    insertions(
      PLEDGES,
      signed.map(({ placed, pledgeId, householdId, signing, media }) =>
        pledgeRow(flight.wardId, placed, {
          id: pledgeId,
          householdId,
          visitId: placed.record.id,
          signing,
          media,
        }),
      ),
    ),
  );
}

export function takeBackPledge(flight: Flight, visitId: string, at: Date, n: number): void {
  flight.send({
    name: 'pledge_take_back',
    text: `update pledges set taken_back_at = $3, change_n = $4
      where ward_id = $1 and id = $2 and taken_back_at is null`,
    values: [flight.wardId, pledgeIdOfVisit(visitId), at, n],
  });
}

const pledge = recordType<PledgeBody>({
  name: 'pledge',
  version: 1,
  rank: 11,
  upgrades: {},
  parse: parser(PledgeBody),
  action: 'field.record',
  refs: ({ householdId }) => [{ kind: 'household', id: householdId }],
  subject: (_, { householdId }) => householdId,
  group: (scene, { householdId }) => scene.get<GroupOf>('household', householdId)?.group_id,
  statedAt: ({ signedOn }) =>
    signedOn !== undefined && isDateOn(signedOn) ? instantOf(signedOn, '12:00') : null,
  fromPaper: ({ original }) => original === 'paper',
  makes: (record, _, group) => [
    { kind: 'pledge', id: record.id, own: true, row: { id: record.id, group_id: group } },
  ],
  check: (_, { body }) =>
    body.signedOn === undefined || isDateOn(body.signedOn)
      ? null
      : problem('sync.wrong-shape', { pointer: '/body/signedOn' }),
  keep: ({ strokes: _, ...body }, scene) => (isErased(scene, body.householdId) ? null : body),
  write(flight, scene, sent) {
    const placed = sent.map((one) =>
      isErased(scene, one.body.householdId) ? { ...one, body: { ...unsigned(one.body), mediaIds: [] } } : one,
    );
    flight.sendAll(
      insertions(
        PLEDGES,
        placed.map((one) =>
          pledgeRow(flight.wardId, one, {
            id: one.record.id,
            householdId: one.body.householdId,
            visitId: one.body.visitId ?? null,
            signing: one.body,
            media: one.body.mediaIds.length,
          }),
        ),
      ),
    );
    flight.sendAll(
      insertions(
        {
          table: 'record_media',
          columns: ['ward_id', 'record_id', 'sha256', 'household_id', 'group_id'],
          tail: 'on conflict do nothing',
        },
        placed.flatMap(({ record, group, body }) =>
          body.mediaIds.map((hex) => [
            flight.wardId,
            record.id,
            Buffer.from(hex, 'hex'),
            body.householdId,
            group,
          ]),
        ),
      ),
    );
  },
});

const withdrawal = recordType<PledgeWithdrawalBody>({
  name: 'pledge-withdrawal',
  version: 1,
  rank: 13,
  upgrades: {},
  parse: parser(PledgeWithdrawalBody),
  action: 'field.record',
  refs: ({ pledgeId }) => [{ kind: 'pledge', id: pledgeId }],
  subject: (_, { pledgeId }) => pledgeId,
  group: (scene, { pledgeId }) => scene.get<GroupOf>('pledge', pledgeId)?.group_id,
  write(flight, _, placed) {
    for (const { record, body, happenedAt, n } of placed)
      flight.send({
        name: 'pledge_withdraw',
        text: `update pledges set withdrawn_at = $3, withdrawn_by = $4, withdrawn_reason = $5, change_n = $6
          where ward_id = $1 and id = $2 and withdrawn_at is null`,
        values: [flight.wardId, body.pledgeId, new Date(happenedAt), record.authorId, body.reason, n],
      });
  },
});

export const pledgeRecords: readonly AnyRecordType[] = [pledge, withdrawal];
