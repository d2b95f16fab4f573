// Papers through their doors: a superior's form brought once and filled for a day, with the ward's own figures.
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { FormView } from '#features/reports/papers/form-schema.ts';
import { api } from '#registry/api.server.ts';
import { ask, itemThat, planStage } from '../../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
const base = (path: string) => `/campaigns/${campaign}${path}`;

async function file(by: Actor, path: string): Promise<Uint8Array> {
  const reply = await api.fetch(new Request(`http://test/api/wards/${by.wardId}${base(path)}`), {
    actor: by,
    origin: 'test',
  });
  expect(reply.status, path).toBe(200);
  return new Uint8Array(await reply.arrayBuffer());
}

beforeAll(async () => {
  on = await planStage();
  campaign = await on.running();
  on.clock.at = Date.parse('2025-08-05T08:00:00+07:00');
  const sent = await ask(on.stage.actors.groupLeader, 'POST', base('/reports'), {
    id: newId(),
    areaId: on.stage.group,
    itemId: itemThat(await on.planOf(campaign), 'báo cáo nhanh').id,
    reportOn: '2025-08-05',
    body: { figures: { reached: { day: 12, total: 41 }, tips: { day: 1, total: null } } },
  });
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
});

const bring = async (by: Actor, bytes: Uint8Array, name: string, id = newId()) => {
  const form = new FormData();
  form.set('id', id);
  form.set('name', 'Biểu 01 của Công an thành phố');
  form.set('file', new File([new Uint8Array(bytes)], name));
  return ask(by, 'POST', base('/superior-forms'), form);
};
const workbook = async () =>
  new Uint8Array(
    await writeXlsx({
      sheets: [
        {
          name: 'Biểu 01',
          rows: [
            ['Chỉ tiêu', 'Kết quả'],
            ['Số hộ', null],
            ['Tin báo', null],
            ['Khác', null],
          ],
        },
      ],
    }),
  );

describe('a superior’s form', () => {
  it('is brought once, tied once, filled for a day and read back', async () => {
    const id = newId();
    expect(await bring(on.member, await workbook(), 'bieu.xlsx', id)).toMatchObject({ status: 201 });
    const cells = [
      { sheet: 'Biểu 01', ref: 'B2', figure: 'reached', part: 'total' },
      { sheet: 'Biểu 01', ref: 'B3', figure: 'tips', part: 'day' },
      { sheet: 'Biểu 01', ref: 'B4', figure: 'notices', part: 'day' },
    ];
    const tied = await ask(on.member, 'PUT', base(`/superior-forms/${id}/cells`), { cells });
    expect(tied, JSON.stringify(tied.body)).toMatchObject({ status: 200 });
    const view = (await ask(on.head, 'GET', base(`/superior-forms/${id}?on=2025-08-05`))).body as FormView;
    expect(view.values).toEqual([41, 1, null]);
    const book = await readXlsx(await file(on.head, `/superior-forms/${id}/filled?on=2025-08-05`));
    expect(book.sheets[0]?.rows.map((row) => row[1] ?? null)).toEqual(['Kết quả', 41, 1, null]);
  });

  it('is tied to places it has, each once, and only by the leading unit', async () => {
    const id = newId();
    await bring(on.member, await workbook(), 'bieu.xlsx', id);
    const tie = (by: Actor, ...refs: string[]) =>
      ask(by, 'PUT', base(`/superior-forms/${id}/cells`), {
        cells: refs.map((ref) => ({ sheet: 'Biểu 01', ref, figure: 'reached', part: 'total' })),
      });
    expect((await tie(on.member, 'Z99')).body).toMatchObject({ code: 'documents.no-such-cell' });
    expect((await tie(on.member, 'B2', 'B2')).body).toMatchObject({ code: 'documents.cell-twice' });
    expect((await tie(on.stage.actors.groupLeader, 'B2')).status).toBe(403);
  });

  it('is refused where it is no form, and is put away and taken out again', async () => {
    const text = new TextEncoder().encode('mấy dòng chữ');
    expect((await bring(on.member, text, 'bieu.xlsx')).body).toMatchObject({
      code: 'documents.file-not-office',
    });
    const id = newId();
    await bring(on.member, await workbook(), 'bieu.xlsx', id);
    const shown = async () =>
      ((await ask(on.member, 'GET', base('/superior-forms'))).body.forms as { id: string }[]).some(
        (one) => one.id === id,
      );
    expect(await shown()).toBe(true);
    await ask(on.member, 'POST', base(`/superior-forms/${id}/close`));
    expect(await shown()).toBe(false);
    await ask(on.member, 'POST', base(`/superior-forms/${id}/close`));
    expect(await shown()).toBe(true);
  });
});
