// Papers through their doors: a superior's form brought once and filled for a day, with the ward's own figures.
import { createHash } from 'node:crypto';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import mammoth from 'mammoth';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import { Zip } from '#platform/zip/zip.server.ts';
import type { DocumentView } from '#features/reports/papers/schema.ts';
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

describe('a paper edited in Word', () => {
  let id = '';
  const paper = () => base(`/documents/${id}`);
  const view = async () => (await ask(on.member, 'GET', paper())).body as DocumentView;
  const bringBack = async (by: Actor, bytes: Uint8Array) => {
    const form = new FormData();
    form.set('revision', String((await view()).revision));
    form.set('file', new File([new Uint8Array(bytes)], 'bao-cao.docx'));
    return ask(by, 'POST', `${paper()}/edited`, form);
  };
  const docx = () => file(on.member, `/documents/${id}/docx`);

  /** As Word would: other words in the same file. */
  async function edit(from: string | RegExp, to: string): Promise<Uint8Array> {
    const zip = Zip.open(await docx());
    if (typeof zip === 'string') throw new Error(zip);
    const xml = zip.text('word/document.xml') ?? '';
    expect(xml.search(from)).toBeGreaterThan(0);
    return zip.with(new Map([['word/document.xml', xml.replace(from, to)]]));
  }

  beforeAll(async () => {
    id = newId();
    const wish = { id, kind: 'daily-report', fromOn: '2025-08-05', toOn: '2025-08-05' };
    expect(await ask(on.member, 'POST', base('/documents'), wish)).toMatchObject({ status: 201 });
  });

  it('is what is read from then on, word for word, beside figures that stay frozen', async () => {
    const before = await view();
    const edited = await edit('PHƯƠNG HƯỚNG', 'PHƯƠNG HƯỚNG NGÀY TỚI');
    const brought = await bringBack(on.member, edited);
    expect(brought, JSON.stringify(brought.body)).toMatchObject({ status: 201 });
    expect(Buffer.from(await docx()).equals(Buffer.from(edited))).toBe(true);
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await docx()) });
    expect(value).toContain('PHƯƠNG HƯỚNG NGÀY TỚI');
    const after = await view();
    expect(after).toMatchObject({
      hash: before.hash,
      unchanged: true,
      edited: { missing: [] },
      mayWrite: false,
    });
    expect(after.edited?.sha256).toBe(createHash('sha256').update(edited).digest('hex'));
    expect(after.steps.at(-1)?.step).toBe('edited');
  });

  it('is not overwritten by words written here, nor by drafting another', async () => {
    const { revision, words } = await view();
    const written = await ask(on.member, 'PUT', `${paper()}/words`, {
      revision,
      words: { ...words, intro: 'Khác' },
    });
    expect(written.body).toMatchObject({ code: 'documents.edited-in-word' });
    const wish = { id: newId(), kind: 'daily-report', fromOn: '2025-08-05', toOn: '2025-08-05' };
    await ask(on.member, 'POST', base('/documents'), wish);
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await docx()) });
    expect(value).toContain('PHƯƠNG HƯỚNG NGÀY TỚI');
    const pdf = await ask(on.member, 'GET', `${paper()}/pdf`);
    expect(pdf.body).toMatchObject({ code: 'documents.edited-in-word' });
  });

  it('says which frozen figures no longer stand in it', async () => {
    await bringBack(on.member, await edit(/(?<![\d.])41(?![\d.])/g, '14'));
    expect((await view()).edited?.missing).toEqual(['41']);
  });

  it('is refused where it is no Word file, or after the check of its form', async () => {
    const refused = await bringBack(on.member, await workbook());
    expect(refused.body).toMatchObject({ code: 'documents.not-a-letter' });
    const half = (await docx()).slice(0, 900);
    expect((await bringBack(on.member, half)).body).toMatchObject({ code: 'documents.file-broken' });
    await ask(on.head, 'POST', `${paper()}/steps`, { step: 'check-content' });
    expect((await bringBack(on.member, await docx())).status).toBe(403);
    const clerk = await bringBack(on.stage.actors.clerk, await docx());
    expect(clerk, JSON.stringify(clerk.body)).toMatchObject({ status: 201 });
    await ask(on.stage.actors.clerk, 'POST', `${paper()}/steps`, { step: 'check-form' });
    expect((await bringBack(on.stage.actors.clerk, await docx())).body).toMatchObject({
      code: 'documents.words-closed',
    });
    await ask(on.head, 'POST', `${paper()}/steps`, { step: 'sign' });
    const form = new FormData();
    form.set('file', new File(['%PDF-1.7 bản đã ký %%EOF'], 'ky.pdf'));
    const signed = await ask(on.stage.actors.clerk, 'POST', `${paper()}/signed`, form);
    expect(signed, JSON.stringify(signed.body)).toMatchObject({ status: 201 });
    expect((await view()).signed).toBe((signed.body as { sha256: string }).sha256);
  });

  it('carries the number and date of the clerk too, and keeps every word of the edit', async () => {
    on.clock.at = Date.parse('2025-08-05T10:00:00+07:00');
    const before = (await mammoth.extractRawText({ buffer: Buffer.from(await docx()) })).value;
    expect(before).toMatch(/Số:\s{2,}\/BC-/);
    const entered = { step: 'number', number: '9', datedOn: '2025-08-05' };
    const numbered = await ask(on.stage.actors.clerk, 'POST', `${paper()}/steps`, entered);
    expect(numbered, JSON.stringify(numbered.body)).toMatchObject({ status: 200 });
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await docx()) });
    expect(value).toContain('PHƯƠNG HƯỚNG NGÀY TỚI');
    expect(value).toContain('Số: 09/BC-');
    expect(value).toContain('ngày 05 tháng 8 năm 2025');
    // In the heading and beneath the title of the annex; all other words as they were.
    expect(value.match(/09\/BC-/g)).toHaveLength(2);
    const without = (text: string) =>
      text.replaceAll(/(?<=[Ss]ố:? )[\s\d]+(?=\/)|(?<=ngày)[\s\d]+(?= tháng)/g, '');
    expect(without(value)).toBe(without(before));
    expect((await view()).edited?.noPlaceFor).toEqual([]);
  });

  it('gives its numbers as a workbook, unknown ones empty', async () => {
    const book = await readXlsx(await file(on.head, `/documents/${id}/xlsx`));
    const sheet = (name: string) => book.sheets.find((one) => one.name === name)?.rows ?? [];
    const reached = sheet('Toàn phường').find(([name]) => name === 'Hộ được tuyên truyền trực tiếp');
    expect(reached?.slice(1, 3)).toEqual([12, 41]);
    const groups = sheet('Từng tổ dân phố');
    const at = (groups[0] ?? []).indexOf('Hộ được tuyên truyền trực tiếp (lũy kế)');
    expect(groups.filter((row) => row[at] === 41)).toHaveLength(1);
    expect(groups.slice(1).some((row) => (row[at] ?? null) === null)).toBe(true);
    const about = sheet('Về tệp này').find(([name]) => name === 'Mã kiểm tra số liệu đã chốt');
    expect(about?.[1]).toBe((await view()).hash);
  });
});
