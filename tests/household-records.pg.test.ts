// What a record leaves with a household, and what is not kept: which photos belong to its pledge, what a card read at
// the door may leave.
import { beforeAll, describe, expect, it } from 'vitest';
import { isProblem } from '#core/problem.ts';
import { dwellingId, firstHouseholdId, laneId, pledgeIdOfVisit } from '#protocol/identity.ts';
import { sync } from '#registry/sync.server.ts';
import { makeWard, testRuntime } from './support/database.ts';
import { batchOf, bindPhone, fieldRecord, makeFieldWard, visitBody } from './support/field.ts';
import type { FieldPhone, FieldWard } from './support/field.ts';

const { runtime, clock, database } = await testRuntime();
let field: FieldWard;
let phone: FieldPhone;

beforeAll(async () => {
  const ward = await makeWard(database, '11602');
  field = await makeFieldWard(runtime, ward, { groups: 1, households: 10 });
  phone = await bindPhone(runtime, ward, field.groups[0]!.id);
});

const text = async (query: string, ...values: unknown[]) => {
  const client = await database.ownerPool.connect();
  try {
    await client.query(`begin; set local app.ward_id = '${field.ward}'`);
    const { rows } = await client.query(query, values);
    await client.query('commit');
    return rows as Record<string, unknown>[];
  } finally {
    client.release();
  }
};

async function push(records: readonly unknown[]) {
  const reply = await sync.push({
    runtime,
    cookies: phone.cookie,
    actor: null,
    parts: [Buffer.from(JSON.stringify(batchOf(phone.groupId, records, clock.at, runtime.epoch)))],
    receivedAt: clock.at,
  });
  if (isProblem(reply)) throw new Error(JSON.stringify(reply));
  return reply.answers;
}

describe('what belongs to a household and what does not', () => {
  it('a photo of the door is no photo of the signed paper', async () => {
    const [paper, other] = ['a1'.repeat(32), 'b2'.repeat(32)];
    const household = field.groups[0]!.households[7]!;
    const pledge = { original: 'paper', signer: 'head', adult: true, textVersion: 1, consents: [] };
    const more = { outcome: 'met', mediaIds: [paper, other], otherMediaIds: [other], pledge };
    const body = visitBody(household, clock.at, more);
    const sent = fieldRecord(field, phone, { type: 'visit', at: clock.at, body });
    expect((await push([sent]))[0]?.answer).toBe('applied');
    expect(await text('select media from pledges where id = $1', pledgeIdOfVisit(sent.id))).toEqual([
      { media: 1 },
    ]);
    const kept = await text(
      `select encode(sha256, 'hex') as hex, of_paper from record_media where record_id = $1 order by 1`,
      sent.id,
    );
    expect(kept).toEqual([
      { hex: paper, of_paper: true },
      { hex: other, of_paper: false },
    ]);
  });

  it('a card read at the door leaves its year, and its number only where the ward keeps it', async () => {
    const group = field.groups[0]!;
    const lane = laneId(group.id, 'Ngõ thẻ');
    const made = async (number: string) => {
      const dwelling = dwellingId(lane, number);
      const household = firstHouseholdId(dwelling);
      const records = [
        { type: 'lane', body: { laneId: lane, name: 'Ngõ thẻ' } },
        {
          type: 'dwelling',
          body: { dwellingId: dwelling, laneId: lane, houseNumber: number, kind: 'house' },
        },
        {
          type: 'household',
          body: {
            ...{ householdId: household, dwellingId: dwelling, n: 1, headName: 'Đào Thị Lành' },
            ...{ residence: 'permanent', headBornYear: 1952, identityMasked: '031••••••234' },
          },
        },
      ].map((one) => fieldRecord(field, phone, { ...one, at: clock.at }));
      for (const record of records) expect((await push([record]))[0]?.answer).toBe('applied');
      const [row] = await text(
        'select head_born_year as born, identity_masked as number from households where id = $1',
        household,
      );
      return row;
    };
    expect(await made('1')).toEqual({ born: 1952, number: null });
    const set = (keep: boolean) =>
      text(
        `update campaigns set settings = settings || jsonb_build_object('identityCard',
           jsonb_build_object('on', true, 'keepNumber', $1::boolean)) where ward_id = $2`,
        keep,
        field.ward,
      );
    await set(false);
    expect(await made('2')).toEqual({ born: 1952, number: null });
    await set(true);
    expect(await made('3')).toEqual({ born: 1952, number: '031••••••234' });
  });
});
