// Forms are made and read back by other software than what fills them: hucre for workbooks, docx and mammoth for Word.
import { deflateRawSync } from 'node:zlib';
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { isProblem } from '#core/problem.ts';
import { Zip, zipOf } from '#platform/zip/zip.server.ts';
import { sampleData } from '#features/reports/papers/sample.ts';
import { openPlaces } from '#features/reports/papers/form-picture.ts';
import type { FormCell } from '#features/reports/papers/form-schema.ts';
import { openOffice } from '#features/reports/papers/office-file.server.ts';
import { fillForm, pictureOf } from '#features/reports/papers/superior-form.server.ts';

const data = sampleData('daily-report');
const of = (measure: string) => data.figures.find((one) => one.measure === measure);

function opened(bytes: Uint8Array): Zip {
  const zip = Zip.open(bytes);
  if (typeof zip === 'string') throw new Error(zip);
  return zip;
}
function filled(form: Uint8Array, cells: readonly FormCell[]) {
  const done = fillForm(form, cells, data);
  if (isProblem(done)) throw new Error(done.code);
  return done;
}
function blocksOf(form: Uint8Array) {
  const file = openOffice(form);
  if (isProblem(file)) throw new Error(file.code);
  const blocks = pictureOf(file);
  if (isProblem(blocks)) throw new Error(blocks.code);
  return blocks;
}
const refusal = (bytes: Uint8Array): string | null => {
  const file = openOffice(bytes);
  return isProblem(file) ? file.code : null;
};

async function cityWorkbook(): Promise<Uint8Array> {
  return new Uint8Array(
    await writeXlsx({
      sheets: [
        {
          name: 'Biểu 01',
          merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 2 }],
          columns: [{ width: 5 }, { width: 44 }, { width: 15 }],
          rows: [
            ['CÔNG AN THÀNH PHỐ', null, null],
            ['TT', 'Chỉ tiêu', 'Kết quả'],
            [1, 'Số hộ được tuyên truyền', null],
            [2, 'Số hộ ký cam kết', null],
            [3, 'Tin báo', null],
            [4, 'Cơ quan, doanh nghiệp', null],
            [5, 'Lưu trú', 'giữ nguyên'],
            [6, 'Tỷ lệ', null],
            [7, 'Tổng', null],
          ],
          cells: new Map([
            ['7,2', { value: null, style: { numFmt: '0.0%' } }],
            ['8,2', { formula: 'C3+C4', formulaResult: 0 }],
          ]),
        },
        { name: 'Ghi chú', rows: [['Không sửa trang này']] },
      ],
    }),
  );
}
const cell = (
  ref: string,
  figure: string,
  part: FormCell['part'] = 'total',
  sheet = 'Biểu 01',
): FormCell => ({
  sheet,
  ref,
  figure,
  part,
});

async function rowsOf(bytes: Uint8Array, sheet: string) {
  const book = await readXlsx(bytes);
  return book.sheets.find(({ name }) => name === sheet)?.rows ?? [];
}

describe('a superior’s workbook', () => {
  it('is filled in its tied cells and read back by other software, all else as it was', async () => {
    const form = await cityWorkbook();
    const { bytes, left } = filled(form, [
      cell('C3', 'reached'),
      cell('C4', 'pledged'),
      cell('C5', 'tips', 'day'),
      cell('C6', 'Cơ quan, doanh nghiệp quán triệt', 'value'),
      cell('C8', 'reached', 'share'),
      cell('E1', 'date', 'value'),
      cell('B12', 'households', 'value'),
    ]);
    expect(left).toEqual([]);
    const rows = await rowsOf(bytes, 'Biểu 01');
    expect(rows.slice(2, 8).map((row) => row[2])).toEqual([
      of('reached')?.total,
      of('pledged')?.total,
      2,
      31,
      'giữ nguyên',
      // A cell shown in percent holds the fraction.
      Number(((of('reached')?.share ?? 0) / 100).toFixed(3)),
    ]);
    expect(rows[0]?.[4]).toBe('05/08/2025');
    expect(rows[11]?.[1]).toBe(data.households);
    expect((await rowsOf(bytes, 'Ghi chú'))[0]?.[0]).toBe('Không sửa trang này');
  });

  it('keeps every byte of the other parts, every style, and has its formulas counted again', async () => {
    const bytes = await cityWorkbook();
    const form = opened(bytes);
    const after = opened(filled(bytes, [cell('C3', 'reached'), cell('C4', 'pledged')]).bytes);
    expect(after.parts.map(({ name }) => name)).toEqual(form.parts.map(({ name }) => name));
    const changed = form.parts.filter(({ name, data: before }) =>
      Buffer.compare(Buffer.from(before), Buffer.from(after.part(name) ?? [])),
    );
    expect(changed.map(({ name }) => name)).toEqual(['xl/worksheets/sheet1.xml']);
    expect(after.text('xl/workbook.xml')).toContain('fullCalcOnLoad="1"');
    const before = form.text('xl/worksheets/sheet1.xml') ?? '';
    const now = after.text('xl/worksheets/sheet1.xml') ?? '';
    const bare = (xml: string) => xml.replaceAll(/<c r="C[349]"[^>]*?(?:\/>|>.*?<\/c>)/g, '');
    expect(bare(now)).toBe(bare(before));
    const style = (xml: string) => /<c r="C8"[^>]*>/.exec(xml)?.[0];
    expect(style(now)).toBe(style(before));
    expect(now).toMatch(/<f>C3\+C4<\/f>(?!<v>)/);
  });

  it('shows its places: merged cells once, formulas closed', async () => {
    const places = openPlaces(blocksOf(await cityWorkbook()));
    expect(places).toContain('Biểu 01!C3');
    expect(places).toContain('Biểu 01!A1');
    expect(places).not.toContain('Biểu 01!B1');
    expect(places).not.toContain('Biểu 01!C9');
  });

  it('names the cells it has no figure for and leaves them, never a zero', async () => {
    const cells = [cell('C7', 'notices'), cell('C3', 'unheard-of')];
    const { bytes, left } = filled(await cityWorkbook(), cells);
    expect(left).toEqual(cells);
    const rows = await rowsOf(bytes, 'Biểu 01');
    expect([rows[6]?.[2], rows[2]?.[2]]).toEqual(['giữ nguyên', null]);
  });

  it('writes into rows that are there but empty, and keeps their height', async () => {
    const form = opened(await cityWorkbook());
    const path = 'xl/worksheets/sheet1.xml';
    const sheet = (form.text(path) ?? '').replace(
      '</sheetData>',
      '<row r="15" ht="33" customHeight="1"/></sheetData>',
    );
    const { bytes, left } = filled(form.with(new Map([[path, sheet]])), [
      cell('B15', 'reached'),
      cell('A15', 'told', 'value'),
    ]);
    expect(left).toEqual([]);
    expect(opened(bytes).text(path)).toContain('<row r="15" ht="33" customHeight="1"><c r="A15">');
    expect((await rowsOf(bytes, 'Biểu 01'))[14]?.slice(0, 2)).toEqual([data.told, of('reached')?.total]);
  });
});

const wordCell = (text: string, bold = false) =>
  new TableCell({
    children: [new Paragraph({ children: text === '' ? [] : [new TextRun({ text, bold })] })],
  });

async function cityPaper(): Promise<Uint8Array> {
  const row = (...texts: string[]) => new TableRow({ children: texts.map((text) => wordCell(text)) });
  const paper = new Document({
    sections: [
      {
        children: [
          new Paragraph('BIỂU TỔNG HỢP'),
          new Paragraph({
            children: [
              new TextRun('Ngày ……… tháng ........ năm 2025, có '),
              // Word splits what was typed into runs of its own liking.
              new TextRun({ text: '.....', bold: true }),
              new TextRun('...... hộ được tuyên truyền, đạt ………%; ký cam kết {{số hộ '),
              new TextRun('ký}} hộ.'),
            ],
          }),
          new Table({
            rows: [
              row('TT', 'Chỉ tiêu', 'Kết quả'),
              row('1', 'Số hộ', ''),
              row('2', 'Tin báo & kiến nghị', 'x'),
            ],
          }),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(paper));
}
const word = (ref: string, figure: string, part: FormCell['part'] = 'total') => cell(ref, figure, part, '');

describe('a superior’s Word form', () => {
  it('is filled in table cells, rows of dots and names in braces, and read back by other software', async () => {
    const { bytes, left } = filled(await cityPaper(), [
      word('B1', 'day-of-month', 'value'),
      word('B2', 'month', 'value'),
      word('B3', 'reached'),
      word('B4', 'reached', 'share'),
      word('{{số hộ ký}}', 'pledged'),
      word('T1R2C3', 'households', 'value'),
      word('T1R3C3', 'tips', 'day'),
    ]);
    expect(left).toEqual([]);
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    const vn = (n: number | null | undefined) => String(n).replace(/\B(?=(\d{3})+$)/g, '.');
    const share = String(of('reached')?.share).replace('.', ',');
    expect(value).toContain(
      `Ngày 05 tháng 8 năm 2025, có ${vn(of('reached')?.total)} hộ được tuyên truyền, đạt ${share}%; ký cam kết ${vn(of('pledged')?.total)} hộ.`,
    );
    expect(value.replaceAll(/\s+/g, ' ')).toContain(`1 Số hộ ${vn(data.households)} 2 Tin báo & kiến nghị 2`);
  });

  it('keeps the look of what stood there and every other part', async () => {
    const paper = await cityPaper();
    const before = opened(paper);
    const after = opened(filled(paper, [word('B3', 'reached')]).bytes);
    const changed = before.parts.filter(({ name, data: part }) =>
      Buffer.compare(Buffer.from(part), Buffer.from(after.part(name) ?? [])),
    );
    expect(changed.map(({ name }) => name)).toEqual(['word/document.xml']);
    expect(after.text('word/document.xml')).toMatch(/<w:rPr><w:b\/>.*?<\/w:rPr><w:t[^>]*>[\d.]+<\/w:t>/);
  });

  it('leaves a place without a figure with its dots', async () => {
    const { bytes, left } = filled(await cityPaper(), [word('B1', 'unheard-of'), word('B9', 'reached')]);
    expect(left.map(({ ref }) => ref)).toEqual(['B1', 'B9']);
    expect((await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value).toContain('Ngày ……… tháng');
  });
});

describe('a file that is no form', () => {
  const types = (text: string) => ({ name: '[Content_Types].xml', data: new TextEncoder().encode(text) });
  it('is refused with what is wrong with it', async () => {
    const form = await cityWorkbook();
    const half = form.slice(0, Math.floor(form.length / 2));
    const damaged = form.slice();
    damaged.fill(7, 60, 120);
    const old = new Uint8Array(600);
    old.set([0xd0, 0xcf, 0x11, 0xe0]);
    const macros = opened(form).parts.map((part) =>
      part.name === '[Content_Types].xml'
        ? types('<Types ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>')
        : part,
    );
    const huge = { name: 'xl/workbook.xml', data: new Uint8Array(70 * 1024 * 1024) };
    expect({
      text: refusal(new TextEncoder().encode('không phải bảng tính, chỉ là mấy dòng chữ')),
      empty: refusal(new Uint8Array(0)),
      half: refusal(half),
      damaged: refusal(damaged),
      old: refusal(old),
      macros: refusal(zipOf(macros, 0)),
      hiddenMacros: refusal(
        zipOf([...opened(form).parts, { name: 'xl/vbaProject.bin', data: new Uint8Array(9) }], 0),
      ),
      picture: refusal(zipOf([{ name: 'anh.jpg', data: new Uint8Array(99) }], 0)),
      unfolding: refusal(zipOf([types('<Types/>'), huge], 0)),
    }).toEqual({
      text: 'documents.file-not-office',
      empty: 'documents.file-not-office',
      half: 'documents.file-broken',
      damaged: 'documents.file-broken',
      old: 'documents.file-old-or-locked',
      macros: 'documents.file-with-macros',
      hiddenMacros: 'documents.file-with-macros',
      picture: 'documents.file-not-office',
      unfolding: 'documents.file-too-large',
    });
  });

  it('is refused where the size it declares is a lie', () => {
    const data64 = deflateRawSync(new Uint8Array(70 * 1024 * 1024));
    const bomb = zipOf([types('<Types/>'), { name: 'xl/workbook.xml', data: new Uint8Array(64) }], 0);
    // The packed bytes of the second part are put in place of its own; its declared size stays 64.
    const entry = Buffer.from(bomb).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    expect(entry).toBeGreaterThan(0);
    expect(data64.length).toBeLessThan(80_000);
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
    const local = view.getUint32(entry + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true);
    const packed = view.getUint32(entry + 20, true);
    const lying = Buffer.concat([bomb.subarray(0, start), data64, bomb.subarray(start + packed)]);
    const shift = data64.length - packed;
    const at = entry + shift;
    lying.writeUInt32LE(data64.length, at + 20);
    lying.writeUInt16LE(8, at + 10);
    const end = lying.length - 22;
    lying.writeUInt32LE(lying.readUInt32LE(end + 16) + shift, end + 16);
    expect(refusal(new Uint8Array(lying))).toBe('documents.file-too-large');
  });

  it('is refused where its sheet is not well formed', async () => {
    const zip = opened(await cityWorkbook());
    const file = openOffice(
      zip.with(new Map([['xl/worksheets/sheet1.xml', '<worksheet><sheetData></worksheet>']])),
    );
    const picture = isProblem(file) ? file : pictureOf(file);
    expect(isProblem(picture) && picture.code).toBe('documents.file-broken');
  });
});
