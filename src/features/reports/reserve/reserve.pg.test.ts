// The paper reserve: made once an evening by the campaign's clock, readable by other software, gone after three evenings.
import { sql } from 'kysely';
import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { Zip } from '#platform/zip/zip.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { dropOldReserves, reserveOfEvening } from '#features/reports/reserve/reserve.server.ts';
import type { ReserveList } from '#features/reports/reserve/schema.ts';
import { api } from '#registry/api.server.ts';
import { reportPorts } from '#registry/report-ports.server.ts';
import { ask, planStage } from '../../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
const PATH = () => `/campaigns/${campaign}/paper-reserves`;
const at = (text: string) => Date.parse(`2025-08-${text}:00+07:00`);

const evening = (now: number) =>
  runtime().database.inWard(on.stage.ward, (trx) =>
    reserveOfEvening(
      { trx, runtime: { files: runtime().files }, actor: { personId: null }, now },
      reportPorts,
      campaign,
    ),
  );
const kept = async () => (await ask(on.head, 'GET', PATH())).body as ReserveList;
async function file(path: string): Promise<Uint8Array> {
  const request = new Request(`http://test/api/wards/${on.stage.ward}${PATH()}${path}`);
  const reply = await api.fetch(request, { actor: on.head, origin: 'test' });
  expect(reply.status, path).toBe(200);
  return new Uint8Array(await reply.arrayBuffer());
}
async function wordsOf(pdf: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(pdf), { mergePages: true });
  return text.normalize('NFC').replaceAll(/\s+/g, ' ');
}

beforeAll(async () => {
  on = await planStage();
  campaign = await on.running();
  await runtime().database.asOwnerInWard(on.stage.ward, async (trx) => {
    const { ward, group } = on.stage;
    await sql`
      with lane as (
        insert into areas (ward_id, id, kind, parent_id, name, short_name, valid_from, feed_id, change_n)
        select ward_id, gen_random_uuid(), 'lane', id, 'Ngõ 12', 'Ngõ 12', valid_from, feed_id, 0 from areas
        where ward_id = ${ward} and id = ${group} returning *),
      door as (
        insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
        select ward_id, gen_random_uuid(), id, ${group}::uuid, '7', 'house', now(), feed_id, 0 from lane returning *)
      insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, created_at, feed_id, change_n)
      select ward_id, gen_random_uuid(), id, group_id, 1, 'Vũ Thị Na', 'permanent', now(), feed_id, 0
      from door`.execute(trx);
  });
});

describe('the paper reserve', () => {
  it('is made at 20:00 of the campaign’s clock, once', async () => {
    on.clock.at = at('05T20:00');
    expect(await evening(at('05T19:59'))).toBe(0);
    const papers = await evening(at('05T20:00'));
    expect(papers).toBeGreaterThan(1);
    expect(await evening(at('05T20:01'))).toBe(0);
    const { evenings } = await kept();
    expect(evenings.map(({ madeOn, files }) => [madeOn, files.length])).toEqual([['2025-08-05', papers]]);
  });

  it('holds the doors of a group, its blank sheets and telephone numbers', async () => {
    const [first] = (await kept()).evenings;
    const words = await wordsOf(await file(`/places/${on.stage.group}?on=2025-08-05`));
    for (const one of ['Ngõ 12', 'Vũ Thị Na', 'BÁO CÁO NHANH', 'PHIẾU ĐẾM', 'Số điện thoại', '06/8'])
      expect(words).toContain(one);
    const leader = on.stage.actors.groupLeader.name;
    expect(words).toContain(leader);
    const all = Zip.open(await file('/all'));
    expect(typeof all === 'string' ? all : all.parts.length).toBe(first?.files.length);
    const ward = await wordsOf(await file(`/places/${campaign}?on=2025-08-05`));
    expect(ward).toContain('BẢNG NHẬN BÁO CÁO');
    expect(ward).not.toContain('Vũ Thị Na');
  });

  it('is for those who answer for the morning alone', async () => {
    expect((await ask(on.stage.actors.groupLeader, 'GET', PATH())).status).toBe(403);
    expect((await ask(on.stage.actors.cultureHead, 'GET', PATH())).status).toBe(403);
  });

  it('goes after three evenings, rows and files', async () => {
    const { database, files } = runtime();
    expect(await dropOldReserves(database, files, on.stage.ward, at('07T20:00'))).toBe(0);
    const gone = await dropOldReserves(database, files, on.stage.ward, at('08T20:00'));
    expect(gone).toBeGreaterThan(1);
    expect((await kept()).evenings).toEqual([]);
  });
});
