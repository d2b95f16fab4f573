// How lanes, dwellings, households, exclusions and doors taken are read into a phone's feed.
import { isoOf } from '#core/clock.ts';
import { feedReader } from '#platform/sync/feed-reader.server.ts';
import type { FeedReader } from '#platform/sync/record-type.server.ts';

interface Lane {
  id: string;
  n: number;
  name: string;
  position: number;
  valid_to: string | null;
  order: string[] | null;
}
interface Group {
  id: string;
  n: number;
  name: string;
  short_name: string;
  valid_to: string | null;
  households: number | null;
  temporary_households: number | null;
  successors: string[] | null;
}
interface Dwelling {
  id: string;
  n: number;
  lane_id: string;
  house_number: string;
  kind: string;
  position_lat: number | null;
  position_lon: number | null;
  closed_at: Date | null;
}
interface Household {
  id: string;
  n: number;
  dwelling_id: string;
  ordinal: number;
  head_name: string;
  residence: string;
  members: unknown;
  phone: string | null;
  address_written: string | null;
  smartphone: boolean | null;
  respected: boolean;
  merged_into: string | null;
  closed_at: Date | null;
  erased_at: Date | null;
  in_review: boolean;
}
interface Exclusion {
  id: string;
  n: number;
  campaign_id: string;
  household_id: string;
  reason: string;
  decision: string | null;
  ended_at: Date | null;
}
interface Claim {
  id: string;
  n: number;
  person_id: string;
  name: string;
  until: Date;
}
interface FormCode {
  id: string;
  n: number;
  campaign_id: string;
  code: string;
}

const SPAN = `ward_id = $1 and feed_id = $2 and change_n > $3 and change_n <= $4`;

export const householdReaders: readonly FeedReader[] = [
  feedReader<Group>('group', {
    text: `select a.id, a.change_n as n, a.name, a.short_name, a.valid_to, g.households, g.temporary_households,
        (select array_agg(s.successor_id) from area_successors s where s.ward_id = a.ward_id and s.area_id = a.id)
          as successors
      from areas a join group_households g on g.ward_id = a.ward_id and g.group_id = a.id
      where a.ward_id = $1 and a.feed_id = $2 and a.change_n > $3 and a.change_n <= $4 and a.kind = 'group'
      order by a.change_n`,
    row: (row) => ({
      name: row.name,
      shortName: row.short_name,
      declared: row.households,
      declaredTemporary: row.temporary_households,
      ...(row.valid_to === null ? {} : { closedOn: row.valid_to, successors: row.successors ?? [] }),
    }),
  }),
  feedReader<Lane>('lane', {
    text: `select a.id, a.change_n as n, a.name, a.position, a.valid_to, o.dwelling_ids as "order"
      from areas a left join lane_orders o on o.ward_id = a.ward_id and o.lane_id = a.id
      where a.ward_id = $1 and a.feed_id = $2 and a.change_n > $3 and a.change_n <= $4 and a.kind = 'lane'
      order by a.change_n`,
    row: (row) => ({
      name: row.name,
      position: row.position,
      ...(row.order ? { order: row.order } : {}),
      ...(row.valid_to === null ? {} : { closedOn: row.valid_to }),
    }),
  }),
  feedReader<Dwelling>('dwelling', {
    text: `select id, change_n as n, lane_id, house_number, kind, position_lat, position_lon, closed_at
      from dwellings where ${SPAN} order by change_n`,
    row: (row) => ({
      laneId: row.lane_id,
      houseNumber: row.house_number,
      dwellingKind: row.kind,
      ...(row.position_lat === null || row.position_lon === null
        ? {}
        : { position: { lat: row.position_lat, lon: row.position_lon } }),
      ...(row.closed_at ? { closed: true } : {}),
    }),
  }),
  feedReader<Household>('household', {
    text: `select h.id, h.change_n as n, h.dwelling_id, h.n as ordinal, h.head_name, h.residence, h.members, h.phone,
        h.address_written, h.smartphone, h.respected, h.merged_into, h.closed_at, h.erased_at,
        exists (select 1 from field_conflicts c
          where c.ward_id = h.ward_id and c.subject_id = h.id and c.reviewed_at is null) as in_review
      from households h
      where h.ward_id = $1 and h.feed_id = $2 and h.change_n > $3 and h.change_n <= $4 order by h.change_n`,
    row: (row) => ({
      dwellingId: row.dwelling_id,
      ordinal: row.ordinal,
      headName: row.head_name,
      residence: row.residence,
      ...(row.members ? { members: row.members } : {}),
      ...(row.phone === null ? {} : { phone: row.phone }),
      ...(row.address_written === null ? {} : { addressWritten: row.address_written }),
      ...(row.smartphone === null ? {} : { smartphone: row.smartphone }),
      ...(row.respected ? { respected: true } : {}),
      ...(row.merged_into === null ? {} : { mergedInto: row.merged_into }),
      ...(row.closed_at ? { closed: true } : {}),
      ...(row.erased_at ? { erased: true } : {}),
      ...(row.in_review ? { inReview: true } : {}),
    }),
  }),
  feedReader<Exclusion>('exclusion', {
    text: `select id, change_n as n, campaign_id, household_id, reason, decision, ended_at from exclusions
      where ${SPAN} order by change_n`,
    row: (row) => ({
      campaignId: row.campaign_id,
      householdId: row.household_id,
      reason: row.reason,
      state: row.ended_at ? 'ended' : (row.decision ?? 'asked'),
    }),
  }),
  feedReader<Claim>('claim', {
    text: `select c.dwelling_id as id, c.change_n as n, c.person_id, p.name, c.until
      from door_claims c join people p on p.ward_id = c.ward_id and p.id = c.person_id
      where c.ward_id = $1 and c.feed_id = $2 and c.change_n > $3 and c.change_n <= $4 order by c.change_n`,
    row: (row) => ({ personId: row.person_id, personName: row.name, until: isoOf(row.until.getTime()) }),
  }),
  feedReader<FormCode>('form-code', {
    text: `select household_id as id, change_n as n, campaign_id, code from form_codes where ${SPAN}
      order by change_n`,
    row: (row) => ({ campaignId: row.campaign_id, code: row.code }),
  }),
];
