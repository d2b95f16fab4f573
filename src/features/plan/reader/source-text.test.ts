import { deflateRawSync } from 'node:zlib';
import { Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { describe, expect, test } from 'vitest';
import { docxText } from './docx-text.ts';
import { readPlanBytes, readPlanFile } from './plan-file.ts';
import { readPlan } from './read-plan.ts';
import { type NoPlan, type Reading, isReading } from './reading.ts';
import { textOf } from './source-text.ts';

const TEXT = `KẾ HOẠCH
Giữ gìn đường phố sạch đẹp năm 2025
I. TỔ CHỨC THỰC HIỆN
1. Công an phường
- Tuần tra 02 lượt/ngày, từ ngày 02/8 đến ngày 13/8/2025.
2. Trạm Y tế
a) Phun hóa chất 01 lần/tháng.
b) Báo cáo kết quả về UBND phường trước ngày 20/8/2025.
STT | Nội dung | Đơn vị chủ trì | Thời gian
1 | Mở 02 lớp tập huấn | Hội Phụ nữ | Quý IV/2025
Nơi nhận:
- Lưu: VT.`;

const claims = (reading: Reading): unknown => ({
  targets: reading.targets.map(({ value, unit, per }) => ({ value, unit, per })),
  duties: reading.duties.map(({ actor, cadence, by, between }) => ({ actor, cadence, by, between })),
  reports: reading.reports.map(({ from, to, cadence, before }) => ({ from, to, cadence, before })),
});
function reading(answer: Awaited<ReturnType<typeof readPlanBytes>>): Reading {
  if (!isReading(answer)) throw new Error(answer.why);
  return answer;
}

/** The same plan as Word keeps it: numbers made by lists, runs split inside words, the table a table. */
async function wordCopy(): Promise<Uint8Array> {
  const split = (text: string): TextRun[] => text.split(/(?<=[aeo\d])/u).map((part) => new TextRun(part));
  const listed = (text: string, level: number): Paragraph =>
    new Paragraph({ children: split(text), numbering: { reference: 'plan', level } });
  const cell = (text: string): TableCell =>
    new TableCell({ children: [new Paragraph({ children: split(text) })] });
  const row = (...texts: string[]): TableRow => new TableRow({ children: texts.map(cell) });
  const document = new Document({
    numbering: {
      config: [
        {
          reference: 'plan',
          levels: [
            { level: 0, format: LevelFormat.UPPER_ROMAN, text: '%1.' },
            { level: 1, format: LevelFormat.DECIMAL, text: '%2.' },
            { level: 2, format: LevelFormat.LOWER_LETTER, text: '%3)' },
            { level: 3, format: LevelFormat.BULLET, text: '\uf0b7' },
          ],
        },
      ],
    },
    sections: [
      {
        children: [
          new Paragraph('KẾ HOẠCH'),
          new Paragraph('Giữ gìn đường phố sạch đẹp năm 2025'),
          listed('TỔ CHỨC THỰC HIỆN', 0),
          listed('Công an phường', 1),
          listed('Tuần tra 02 lượt/ngày, từ ngày 02/8 đến ngày 13/8/2025.', 3),
          listed('Trạm Y tế', 1),
          listed('Phun hóa chất 01 lần/tháng.', 2),
          listed('Báo cáo kết quả về UBND phường trước ngày 20/8/2025.', 2),
          new Table({
            rows: [
              row('STT', 'Nội dung', 'Đơn vị chủ trì', 'Thời gian'),
              row('1', 'Mở 02 lớp tập huấn', 'Hội Phụ nữ', 'Quý IV/2025'),
            ],
          }),
          new Paragraph('Nơi nhận:'),
          new Paragraph('- Lưu: VT.'),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

/** A ZIP of one part, with the sizes it should claim. */
function zipOf(name: string, data: Uint8Array, { claimed = data.length, flags = 0 } = {}): Uint8Array {
  const packed = deflateRawSync(data);
  const file = new TextEncoder().encode(name);
  const local = new Uint8Array(30 + file.length + packed.length);
  const a = new DataView(local.buffer);
  a.setUint32(0, 0x04034b50, true);
  a.setUint16(6, flags, true);
  a.setUint16(8, 8, true);
  a.setUint16(26, file.length, true);
  local.set(file, 30);
  local.set(packed, 30 + file.length);
  const central = new Uint8Array(46 + file.length + 22);
  const b = new DataView(central.buffer);
  b.setUint32(0, 0x02014b50, true);
  b.setUint16(8, flags, true);
  b.setUint16(10, 8, true);
  b.setUint32(20, packed.length, true);
  b.setUint32(24, claimed, true);
  b.setUint16(28, file.length, true);
  central.set(file, 46);
  const end = 46 + file.length;
  b.setUint32(end, 0x06054b50, true);
  b.setUint16(end + 10, 1, true);
  b.setUint32(end + 16, local.length, true);
  return new Uint8Array([...local, ...central]);
}
/** The text, or why there is none. */
const spoken = (text: string | NoPlan): string => (typeof text === 'string' ? text : text.code);
const code = (answer: unknown): string | undefined => (answer as { code?: string }).code;

describe('Word files', () => {
  test('the same content gives the same plan as text', async () => {
    const fromText = readPlan(TEXT);
    if (!isReading(fromText)) throw new Error(fromText.why);
    expect(claims(reading(await readPlanBytes(await wordCopy())))).toEqual(claims(fromText));
    expect(fromText.duties).toHaveLength(3);
  });
  test('list numbers are written out and rows become bars', async () => {
    const text = docxText(await wordCopy());
    expect(text).toContain('I. TỔ CHỨC THỰC HIỆN\n1. Công an phường\n- Tuần tra');
    expect(text).toContain('2. Trạm Y tế\na) Phun hóa chất');
    expect(text).toContain('1 | Mở 02 lớp tập huấn | Hội Phụ nữ | Quý IV/2025');
  });
  test('deleted words, field codes and fallback copies are not read, text boxes once', () => {
    const xml = `<w:document><w:body><w:p><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Mở &amp; đóng</w:t></w:r></w:p>
      <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p></w:body></w:document>`;
    const text = docxText(zipOf('word/document.xml', new TextEncoder().encode(xml)));
    expect(
      spoken(text)
        .split('\n')
        .filter((line) => line.trim() !== ''),
    ).toEqual(['Mở & đóng', 'Trong khung']);
  });
  test('half a file, a locked one, another archive and a bomb are said in one line each', async () => {
    const whole = await wordCopy();
    expect(code(await readPlanBytes(whole.subarray(0, whole.length / 2)))).toBe('plan.file-broken');
    expect(code(await readPlanBytes(zipOf('word/document.xml', new Uint8Array(10), { flags: 1 })))).toBe(
      'plan.file-locked',
    );
    expect(code(await readPlanBytes(zipOf('mimetype', new Uint8Array(10))))).toBe('plan.file-kind');
    const bomb = new Uint8Array(60_000_000);
    expect(code(await readPlanBytes(zipOf('word/document.xml', bomb)))).toBe('plan.file-too-large');
    expect(code(await readPlanBytes(zipOf('word/document.xml', bomb, { claimed: 100 })))).toBe(
      'plan.file-too-large',
    );
  });
  test('the old container: an encrypted file and an old .doc', async () => {
    const magic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    const named = (name: string): Uint8Array =>
      new Uint8Array([...magic, ...Buffer.from(name, 'utf16le'), ...new Uint8Array(200)]);
    expect(code(await textOf(named('EncryptedPackage')))).toBe('plan.file-locked');
    expect(code(await textOf(named('WordDocument')))).toBe('plan.file-kind');
  });
});

describe('text files', () => {
  test('UTF-8 with and without its mark, and UTF-16 both ways, read alike', async () => {
    const le = new Uint8Array(Buffer.from(TEXT, 'utf16le'));
    const be = new Uint8Array(le.length);
    for (let at = 0; at < le.length; at += 2) be.set([le[at + 1] ?? 0, le[at] ?? 0], at);
    const plain = new TextEncoder().encode(TEXT);
    for (const bytes of [
      plain,
      new Uint8Array([0xef, 0xbb, 0xbf, ...plain]),
      new Uint8Array([0xff, 0xfe, ...le]),
      new Uint8Array([0xfe, 0xff, ...be]),
    ])
      expect(spoken(await textOf(bytes)).replace(/^\uFEFF/, '')).toBe(TEXT);
  });
  test('bytes typed in the old TCVN3 fonts come back as Unicode', async () => {
    const words = 'KÕ ho¹ch tuyªn truyÒn, phßng chèng téi ph¹m; ®¶m b¶o an ninh trËt tù trªn ®Þa bµn x·. ';
    const text = await textOf(Uint8Array.from(words.repeat(5), (unit) => unit.charCodeAt(0)));
    expect(text).toBe(
      'Kế hoạch tuyên truyền, phòng chống tội phạm; đảm bảo an ninh trật tự trên địa bàn xã. '.repeat(5),
    );
  });
  test('pictures, programs and nothing are no text', async () => {
    expect(code(await textOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3])))).toBe(
      'plan.file-kind',
    );
    expect(code(await textOf(new Uint8Array(0)))).toBe('plan.empty');
    expect(code(await readPlanFile('/nowhere/plan.txt'))).toBe('plan.file-missing');
  });
});

/** A one-page PDF of positioned lines, in a font whose words are plain ASCII. */
function pdfOf(lines: [x: number, y: number, text: string][]): Uint8Array {
  const stream = lines.map(([x, y, text]) => `BT /F1 12 Tf ${x} ${y} Td (${text}) Tj ET`).join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = out.length;
    out += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF`;
  return new TextEncoder().encode(out);
}

describe('PDF files', () => {
  test('lines broken by the page are joined, columns kept apart, the page number dropped', async () => {
    const text = await textOf(
      pdfOf([
        [290, 820, '2'],
        [70, 780, 'UBND PHUONG AN LAC'],
        [380, 780, 'Doc lap - Tu do'],
        [70, 700, '1. Cong an phuong tuan tra moi ngay hai luot tren cac tuyen duong va tai cac'],
        [70, 684, 'diem cong cong trong phuong.'],
        [70, 660, '2. Tram Y te phun hoa chat moi thang mot lan tai cac khu dan cu trong phuong,'],
        [70, 644, 'bao cao truoc ngay 20/8/2025.'],
      ]),
    );
    expect(text).toBe(
      'UBND PHUONG AN LAC    Doc lap - Tu do\n1. Cong an phuong tuan tra moi ngay hai luot tren cac tuyen duong va tai cac diem cong cong trong phuong.\n2. Tram Y te phun hoa chat moi thang mot lan tai cac khu dan cu trong phuong, bao cao truoc ngay 20/8/2025.',
    );
  });
  test('a scan without words and half a file are said to be that', async () => {
    expect(code(await textOf(pdfOf([])))).toBe('plan.scan-without-text');
    expect(code(await textOf(new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<< /Type')))).toBe(
      'plan.file-broken',
    );
  });
});
