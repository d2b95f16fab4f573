// Records about walking a lane: its order, doors taken and given back, and households asked out of the denominator.
import { recordType } from '#platform/sync/record-type.server.ts';
import type { AnyRecordType } from '#platform/sync/record-type.server.ts';
import { parser } from '#platform/sync/parser.ts';
import { insertions } from '#platform/sync/rows.server.ts';
import type { DwellingRow, HouseholdRow, LaneRow } from '#features/households/seen.ts';
import { DoorClaimBody, ExclusionRequestBody, LaneOrderBody } from '#features/households/schema.ts';

const laneOrder = recordType<LaneOrderBody>({
  name: 'lane-order',
  version: 1,
  rank: 4,
  upgrades: {},
  parse: parser(LaneOrderBody),
  action: 'field.record',
  refs: (body) => [{ kind: 'lane', id: body.laneId }],
  subject: (_, body) => body.laneId,
  group: (scene, body) => scene.get<LaneRow>('lane', body.laneId)?.group_id,
  write(flight, _, placed) {
    for (const { record, body, happenedAt, n } of placed) {
      flight.send({
        name: 'lane_order_upsert',
        text: `insert into lane_orders (ward_id, lane_id, dwelling_ids, ordered_at, record_id)
          values ($1, $2, $3, $4, $5)
          on conflict (ward_id, lane_id) do update
          set dwelling_ids = excluded.dwelling_ids, ordered_at = excluded.ordered_at, record_id = excluded.record_id
          where (lane_orders.ordered_at, lane_orders.record_id) < (excluded.ordered_at, excluded.record_id)`,
        values: [flight.wardId, body.laneId, body.dwellingIds, new Date(happenedAt), record.id],
      });
      flight.send({
        name: 'lane_touch',
        text: 'update areas set change_n = $3 where ward_id = $1 and id = $2',
        values: [flight.wardId, body.laneId, n],
      });
    }
  },
});

const exclusionRequest = recordType<ExclusionRequestBody>({
  name: 'exclusion-request',
  version: 1,
  rank: 5,
  upgrades: {},
  parse: parser(ExclusionRequestBody),
  action: 'field.record',
  refs: (body) => [{ kind: 'household', id: body.householdId }],
  subject: (_, body) => body.householdId,
  group: (scene, body) => scene.get<HouseholdRow>('household', body.householdId)?.group_id,
  write(flight, _, placed) {
    flight.sendAll(
      insertions(
        {
          table: 'exclusions',
          columns: [
            'ward_id',
            'id',
            'campaign_id',
            'household_id',
            'reason',
            'note',
            'asked_by',
            'asked_at',
            'asked_team',
            'from_on',
            'feed_id',
            'change_n',
          ],
        },
        placed.map(({ record, body, happenedAt, workOn, group, n }) => [
          flight.wardId,
          record.id,
          record.campaignId,
          body.householdId,
          body.reason,
          body.note ?? null,
          record.authorId,
          new Date(happenedAt),
          body.team ?? [],
          workOn,
          group,
          n,
        ]),
      ),
    );
  },
});

const doorClaim = recordType<DoorClaimBody>({
  name: 'door-claim',
  version: 1,
  rank: 6,
  upgrades: {},
  parse: parser(DoorClaimBody),
  action: 'field.record',
  refs: (body) => [{ kind: 'dwelling', id: body.dwellingId }],
  subject: (_, body) => body.dwellingId,
  group: (scene, body) => scene.get<DwellingRow>('dwelling', body.dwellingId)?.group_id,
  write(flight, scene, placed) {
    for (const { record, body, happenedAt, group, n } of placed) {
      const row = scene.get<DwellingRow>('dwelling', body.dwellingId);
      const taken = row?.claim_until && row.claim_until > happenedAt;
      // Somebody else's door as long as it is theirs: the first to say so has it.
      if (!row || (taken && row.claim_person !== record.authorId)) continue;
      const until = new Date(body.until === null ? happenedAt : Date.parse(body.until));
      scene.put('dwelling', row.id, { ...row, claim_person: record.authorId, claim_until: until.getTime() });
      flight.send({
        name: 'door_claim_upsert',
        text: `insert into door_claims
            (ward_id, dwelling_id, campaign_id, record_id, person_id, claimed_at, until, feed_id, change_n)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
          on conflict (ward_id, dwelling_id) do update
          set campaign_id = excluded.campaign_id, record_id = excluded.record_id, person_id = excluded.person_id,
            claimed_at = excluded.claimed_at, until = excluded.until, feed_id = excluded.feed_id,
            change_n = excluded.change_n`,
        values: [
          flight.wardId,
          row.id,
          record.campaignId,
          record.id,
          record.authorId,
          new Date(happenedAt),
          until,
          group,
          n,
        ],
      });
    }
  },
});

export const doorRecords: readonly AnyRecordType[] = [laneOrder, exclusionRequest, doorClaim];
