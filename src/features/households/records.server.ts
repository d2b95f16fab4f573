// What records about lanes, dwellings and households do. Each is written under the lock of its group's feed, so of two
// phones that make or change the same thing the second sees what the first did.
import { newId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import { byKeys } from '#platform/sync/keys.server.ts';
import { moveRows } from '#platform/sync/mergers.server.ts';
import type { GroupMover } from '#platform/sync/parts.server.ts';
import { parser } from '#platform/sync/parser.ts';
import { recordType } from '#platform/sync/record-type.server.ts';
import type { AnyRecordType, Placed, SubjectReader } from '#platform/sync/record-type.server.ts';
import { insertions } from '#platform/sync/rows.server.ts';
import { dwellingId, firstHouseholdId, laneId } from '#protocol/identity.ts';
import { applyEdit, differences } from '#features/households/engine/merging.ts';
import type { Noted } from '#features/households/engine/merging.ts';
import { doorRecords } from '#features/households/door-records.server.ts';
import type { DwellingRow, HouseholdRow, LaneRow } from '#features/households/seen.ts';
import { DwellingBody, HouseholdBody, HouseholdEditBody, LaneBody } from '#features/households/schema.ts';

export const householdSubjects: readonly SubjectReader[] = [
  {
    kind: 'lane',
    text: byKeys('areas', 'l.id, l.parent_id as group_id', 'l', 'id', `l.kind = 'lane'`),
  },
  {
    kind: 'dwelling',
    text: byKeys(
      'dwellings',
      `d.id, d.group_id, d.house_number, d.kind,
        (select person_id from door_claims c where c.ward_id = $1 and c.dwelling_id = d.id) as claim_person,
        (select extract(epoch from until) * 1000 from door_claims c where c.ward_id = $1 and c.dwelling_id = d.id)::float8
          as claim_until`,
      'd',
    ),
  },
  {
    kind: 'household',
    text: byKeys(
      'households',
      `h.id, h.group_id, h.dwelling_id, h.head_name as "headName", h.residence, h.members, h.phone,
        h.address_written as "addressWritten", h.smartphone, h.respected, h.marks, h.erased_at,
        (select position_lat from dwellings d where d.ward_id = $1 and d.id = h.dwelling_id) as position_lat,
        (select position_lon from dwellings d where d.ward_id = $1 and d.id = h.dwelling_id) as position_lon`,
      'h',
    ),
  },
];

export const householdMovers: readonly GroupMover[] = [
  { kind: 'dwelling', move: moveRows('dwellings', 'dwelling') },
  { kind: 'household', move: moveRows('households', 'household') },
  { kind: 'exclusion', move: moveRows('exclusions', 'exclusion', null) },
  { kind: 'claim', move: moveRows('door_claims', 'claim', null, 'dwelling_id') },
  { kind: 'form-code', move: moveRows('form_codes', 'form-code', null, 'household_id') },
];

const asIs = {} as const;

const lane = recordType<LaneBody>({
  name: 'lane',
  version: 1,
  rank: 0,
  upgrades: asIs,
  parse: parser(LaneBody),
  action: 'field.record',
  refs: () => [],
  subject: (_, body) => body.laneId,
  group: (scene, body) => scene.get<LaneRow>('lane', body.laneId)?.group_id,
  makes: (_, body, group) => [{ kind: 'lane', id: body.laneId, row: { id: body.laneId, group_id: group } }],
  check: (_, { record, body }) =>
    body.laneId === laneId(record.groupId, body.name) ? null : problem('sync.id-not-derived'),
  write(flight, _, placed) {
    for (const { body, group, n, workOn } of placed) {
      flight.send({
        name: 'lane_insert',
        text: `insert into areas (ward_id, id, kind, parent_id, name, short_name, position, valid_from, feed_id, change_n)
          values ($1, $2, 'lane', $3, $4, $4,
            (select coalesce(max(position), 0) + 1 from areas where ward_id = $1 and parent_id = $3), $5, $3, $6)
          on conflict (ward_id, id) do update set valid_to = null, change_n = excluded.change_n
            where areas.valid_to is not null`,
        values: [flight.wardId, body.laneId, group, body.name, workOn, n],
      });
      flight.send({
        name: 'lane_name_insert',
        text: `insert into area_names (ward_id, area_id, name, short_name, valid_from) values ($1, $2, $3, $3, $4)
          on conflict do nothing`,
        values: [flight.wardId, body.laneId, body.name, workOn],
      });
    }
  },
});

const CONFLICTS = {
  table: 'field_conflicts',
  columns: [
    'ward_id',
    'id',
    'subject_kind',
    'subject_id',
    'field',
    'record_id',
    'other_record_id',
    'kept',
    'other',
    'group_id',
    'noted_at',
  ],
};

function sendConflicts(
  flight: Flight,
  kind: 'household' | 'dwelling',
  subjectId: string,
  { record, group, receivedAt }: Placed<unknown>,
  conflicts: readonly Noted[],
): void {
  flight.sendAll(
    insertions(
      CONFLICTS,
      conflicts.map(({ field, kept, other, otherRecordId }) => [
        flight.wardId,
        newId(),
        kind,
        subjectId,
        field,
        record.id,
        otherRecordId,
        JSON.stringify(kept ?? null),
        JSON.stringify(other ?? null),
        group,
        new Date(receivedAt),
      ]),
    ),
  );
}

const dwelling = recordType<DwellingBody>({
  name: 'dwelling',
  version: 1,
  rank: 1,
  upgrades: asIs,
  parse: parser(DwellingBody),
  action: 'field.record',
  refs: (body) => [{ kind: 'lane', id: body.laneId }],
  subject: (_, body) => body.dwellingId,
  group: (scene, body) =>
    scene.get<DwellingRow>('dwelling', body.dwellingId)?.group_id ??
    scene.get<LaneRow>('lane', body.laneId)?.group_id,
  makes: (_, body, group) => [
    {
      kind: 'dwelling',
      id: body.dwellingId,
      row: {
        id: body.dwellingId,
        group_id: group,
        house_number: body.houseNumber,
        kind: body.kind,
        claim_person: null,
        claim_until: null,
        made: true,
      },
    },
  ],
  check: (_, { body }) =>
    body.dwellingId === dwellingId(body.laneId, body.houseNumber) ? null : problem('sync.id-not-derived'),
  write(flight, scene, placed) {
    flight.sendAll(
      insertions(
        {
          table: 'dwellings',
          columns: [
            'ward_id',
            'id',
            'lane_id',
            'group_id',
            'house_number',
            'kind',
            'position_lat',
            'position_lon',
            'created_at',
            'feed_id',
            'change_n',
          ],
          tail: 'on conflict (ward_id, id) do nothing',
        },
        placed.map(({ body, group, n, receivedAt }) => [
          flight.wardId,
          body.dwellingId,
          body.laneId,
          group,
          body.houseNumber,
          body.kind,
          body.position?.lat ?? null,
          body.position?.lon ?? null,
          new Date(receivedAt),
          group,
          n,
        ]),
      ),
    );
    for (const one of placed) {
      const there = scene.get<DwellingRow>('dwelling', one.body.dwellingId);
      if (there && there.kind !== one.body.kind)
        sendConflicts(flight, 'dwelling', there.id, one, [
          { field: 'kind', kept: there.kind, other: one.body.kind, otherRecordId: null },
        ]);
    }
  },
});

const household = recordType<HouseholdBody>({
  name: 'household',
  version: 1,
  rank: 2,
  upgrades: asIs,
  parse: parser(HouseholdBody),
  action: 'field.record',
  refs: (body) => [{ kind: 'dwelling', id: body.dwellingId }],
  subject: (_, body) => body.householdId,
  group: (scene, body) =>
    scene.get<HouseholdRow>('household', body.householdId)?.group_id ??
    scene.get<DwellingRow>('dwelling', body.dwellingId)?.group_id,
  makes: (record, body, group) => [
    { kind: 'household', id: body.householdId, row: madeHousehold(record.id, body, group) },
  ],
  check: (_, { body }) =>
    (body.n === 1) === (body.householdId === firstHouseholdId(body.dwellingId))
      ? null
      : problem('sync.id-not-derived'),
  write(flight, scene, placed) {
    flight.sendAll(
      insertions(
        HOUSEHOLDS,
        placed.map((one) => householdRow(flight.wardId, one)),
      ),
    );
    for (const one of placed) {
      keepIdentity(flight, one);
      const there = scene.get<HouseholdRow & { madeBy?: string }>('household', one.body.householdId);
      const noted = there && there.madeBy !== one.record.id ? differences(there, one.body) : [];
      if (!there || noted.length === 0) continue;
      sendConflicts(flight, 'household', there.id, one, noted);
      // Phones show that it waits for a look.
      flight.send({
        name: 'household_touch',
        text: 'update households set change_n = $3 where ward_id = $1 and id = $2',
        values: [flight.wardId, there.id, one.n],
      });
    }
  },
});

/** A number that the ward does not keep is dropped here, whatever a phone with older settings sent. */
function keepIdentity(flight: Flight, { record, body }: Placed<HouseholdBody>): void {
  if (body.identityMasked === undefined) return;
  flight.send({
    name: 'household_identity',
    text: `update households set identity_masked = $3 where ward_id = $1 and id = $2 and erased_at is null
        and exists (select 1 from campaigns c where c.ward_id = $1 and c.id = $4
          and c.settings -> 'identityCard' @> '{"on": true, "keepNumber": true}')`,
    values: [flight.wardId, body.householdId, body.identityMasked, record.campaignId],
  });
}

const HOUSEHOLDS = {
  table: 'households',
  columns: [
    'ward_id',
    'id',
    'dwelling_id',
    'group_id',
    'n',
    'head_name',
    'residence',
    'members',
    'phone',
    'address_written',
    'smartphone',
    'head_born_year',
    'created_at',
    'created_by',
    'feed_id',
    'change_n',
  ],
  tail: 'on conflict (ward_id, id) do nothing',
};

const householdRow = (wardId: number, { record, body, group, n, receivedAt }: Placed<HouseholdBody>) => [
  wardId,
  body.householdId,
  body.dwellingId,
  group,
  body.n,
  body.headName,
  body.residence,
  body.members ? JSON.stringify(body.members) : null,
  body.phone ?? null,
  body.addressWritten ?? null,
  body.smartphone ?? null,
  body.headBornYear ?? null,
  new Date(receivedAt),
  record.authorId,
  group,
  n,
];

const madeHousehold = (recordId: string, body: HouseholdBody, group: string) => ({
  id: body.householdId,
  group_id: group,
  dwelling_id: body.dwellingId,
  headName: body.headName,
  residence: body.residence,
  members: body.members ?? null,
  phone: body.phone ?? null,
  addressWritten: body.addressWritten ?? null,
  smartphone: body.smartphone ?? null,
  respected: false,
  marks: {},
  position_lat: null,
  position_lon: null,
  erased_at: null,
  madeBy: recordId,
});

const householdEdit = recordType<HouseholdEditBody>({
  name: 'household-edit',
  version: 1,
  rank: 3,
  upgrades: asIs,
  parse: parser(HouseholdEditBody),
  action: 'field.record',
  refs: (body) => [{ kind: 'household', id: body.householdId }],
  subject: (_, body) => body.householdId,
  group: (scene, body) => scene.get<HouseholdRow>('household', body.householdId)?.group_id,
  keep: (body, scene) => (scene.get<HouseholdRow>('household', body.householdId)?.erased_at ? null : body),
  write(flight, scene, placed) {
    for (const one of placed) {
      const row = scene.get<HouseholdRow>('household', one.body.householdId);
      // Erased on request: what arrives later brings nothing back.
      if (!row || row.erased_at) continue;
      const edited = applyEdit(row, one.body.set, { at: one.happenedAt, recordId: one.record.id });
      scene.put('household', row.id, { ...row, ...edited.household });
      sendConflicts(flight, 'household', row.id, one, edited.conflicts);
      const { household: to } = edited;
      flight.send({
        name: 'household_update',
        text: `update households set head_name = $3, residence = $4, members = $5, phone = $6, address_written = $7,
            smartphone = $8, respected = $9, marks = $10, change_n = $11
          where ward_id = $1 and id = $2 and erased_at is null`,
        values: [
          flight.wardId,
          row.id,
          to.headName,
          to.residence,
          to.members ? JSON.stringify(to.members) : null,
          to.phone,
          to.addressWritten,
          to.smartphone,
          to.respected,
          JSON.stringify(to.marks),
          one.n,
        ],
      });
    }
  },
});

export const householdRecords: readonly AnyRecordType[] = [
  lane,
  dwelling,
  household,
  householdEdit,
  ...doorRecords,
];
