// Measures a paper's own files: the XML of a DOCX, the positions of text in a PDF. Each row says rule, wanted, found.
import { inflateRawSync } from 'node:zlib';
import { getDocumentProxy } from 'unpdf';
import { layoutOn } from '#features/reports/papers/layouts.ts';
import {
  dateLine,
  MOTTO,
  NATION,
  numberLine,
  recipientLines,
  type Paper,
} from '#features/reports/papers/paper.ts';
import { lineWidthMm } from '#features/reports/papers/type-width.server.ts';

const layout = layoutOn('2025-08-05');

/** One part of a zip by its central directory. */
function partOf(zip: Buffer, name: string): string {
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\u0005\u0006', zip.length, 'latin1') + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [size, nameLength, extra, comment] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    const local = zip.readUInt32LE(at + 42);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(from, from + size);
      return (zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8');
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`no ${name}`);
}

interface Paragraph {
  readonly text: string;
  readonly xml: string;
  readonly sizePt: number;
  readonly bold: boolean;
  readonly italic: boolean;
}

const paragraphsOf = (xml: string): Paragraph[] =>
  (xml.match(/<w:p[ >].*?<\/w:p>/gs) ?? []).map((one) => ({
    xml: one,
    text: [...one.matchAll(/<w:t[^>]*>([^<]*)</g)]
      .map(([, text = '']) => text)
      .join('')
      .replaceAll('&amp;', '&'),
    sizePt: Number(/<w:sz w:val="(\d+)"/.exec(one)?.[1] ?? 0) / 2,
    bold: /<w:b\/>/.test(one) || /<w:b w:val="true"/.test(one),
    italic: /<w:i\/>/.test(one) || /<w:i w:val="true"/.test(one),
  }));

const mmOf = (twips: string | undefined): number => (Number(twips) / 1440) * 25.4;

export interface Row {
  readonly rule: string;
  readonly wanted: string;
  readonly found: string;
  readonly holds: boolean;
}

const within = (value: number, from: number, to: number): boolean =>
  value >= from - 0.05 && value <= to + 0.05;

export function measureDocx(file: Buffer, paper: Paper): Row[] {
  const xml = partOf(file, 'word/document.xml');
  const all = paragraphsOf(xml);
  const rows: Row[] = [];
  const add = (rule: string, wanted: string, found: string, holds: boolean) =>
    rows.push({ rule, wanted, found, holds });
  const one = (text: string) => all.find((paragraph) => paragraph.text === text);
  const letters = (
    rule: string,
    text: string,
    from: number,
    to: number,
    style: 'bold' | 'italic' | 'upright',
  ) => {
    const found = one(text);
    const styled = found ? (found.bold ? 'bold' : found.italic ? 'italic' : 'upright') : 'missing';
    add(
      rule,
      `${from}-${to} pt ${style}`,
      `${found?.sizePt ?? 0} pt ${styled}`,
      found !== undefined && within(found.sizePt, from, to) && styled === style,
    );
  };
  const size = /<w:pgSz [^>]*>/.exec(xml)?.[0] ?? '';
  const [width, height] = [mmOf(/w:w="(\d+)"/.exec(size)?.[1]), mmOf(/w:h="(\d+)"/.exec(size)?.[1])];
  add(
    'Khổ giấy A4',
    '210 × 297 mm',
    `${width.toFixed(1)} × ${height.toFixed(1)} mm`,
    within(width, 210, 210) && within(height, 297, 297),
  );
  const margin = /<w:pgMar [^>]*>/.exec(xml)?.[0] ?? '';
  for (const [side, from, to] of [
    ['top', 20, 25],
    ['bottom', 20, 25],
    ['left', 30, 35],
    ['right', 15, 20],
  ] as const) {
    const found = mmOf(new RegExp(`w:${side}="(\\d+)"`).exec(margin)?.[1]);
    add(`Lề ${side}`, `${from}-${to} mm`, `${found.toFixed(1)} mm`, within(found, from, to));
  }
  const fonts = [...new Set([...xml.matchAll(/w:ascii="([^"]+)"/g)].map(([, name = '']) => name))];
  add('Phông chữ', 'Times New Roman', fonts.join(', '), fonts.length === 1 && fonts[0] === 'Times New Roman');
  const colours = [...new Set([...xml.matchAll(/<w:color w:val="([^"]+)"/g)].map(([, name = '']) => name))];
  add(
    'Màu chữ đen',
    '000000',
    colours.join(', '),
    colours.every((colour) => colour === '000000'),
  );
  letters('Quốc hiệu', NATION, 12, 13, 'bold');
  letters('Tiêu ngữ', MOTTO, 13, 14, 'bold');
  letters('Cơ quan chủ quản', paper.superior, 12, 13, 'upright');
  letters('Cơ quan ban hành', paper.issuer, 12, 13, 'bold');
  letters('Số, ký hiệu', numberLine(paper.number, paper.symbol), 13, 13, 'upright');
  letters('Địa danh, ngày tháng', dateLine(paper.place, paper.datedOn, paper.draftedOn), 13, 14, 'italic');
  letters('Tên loại', paper.kind, 13, 14, 'bold');
  letters('Trích yếu', paper.subject, 13, 14, 'bold');
  letters('Nơi nhận (tiêu đề)', 'Nơi nhận:', 12, 12, 'bold');
  for (const line of recipientLines(paper)) letters(`Nơi nhận: ${line}`, line, 11, 11, 'upright');
  for (const line of paper.signLines) letters('Quyền hạn, chức vụ', line, 13, 14, 'bold');
  letters('Họ tên người ký', paper.signName, 13, 14, 'bold');
  const under = (text: string, column: number, rule: string, from: number, to: number, words: number) => {
    const at = all.findIndex((paragraph) => paragraph.text === text);
    const line = all[at + 1]?.xml ?? '';
    const length = column - mmOf(/w:left="(\d+)"/.exec(line)?.[1]) - mmOf(/w:right="(\d+)"/.exec(line)?.[1]);
    add(
      rule,
      `${from.toFixed(1)}-${to.toFixed(1)} mm (chữ ${words.toFixed(1)} mm)`,
      `${length.toFixed(1)} mm, ${/<w:top w:val="single"/.test(line) ? 'nét liền' : 'không có'}`,
      within(length, from, to) && /<w:top w:val="single"/.test(line),
    );
  };
  const cells = [...xml.matchAll(/<w:tcW w:type="dxa" w:w="(\d+)"/g)].map(([, twips]) => mmOf(twips));
  const [left = 0, right = 0] = cells;
  const text = 210 - layout.marginMm.left - layout.marginMm.right;
  const motto = lineWidthMm(MOTTO, layout.size.motto, 'bold');
  under(MOTTO, right, 'Kẻ dưới Tiêu ngữ bằng dòng chữ', motto - 0.6, motto + 0.6, motto);
  const issuer = lineWidthMm(paper.issuer, layout.size.issuer, 'bold');
  under(paper.issuer, left, 'Kẻ dưới cơ quan ban hành 1/3-1/2', issuer / 3, issuer / 2, issuer);
  const subject = Math.min(text, lineWidthMm(paper.subject, layout.size.subject, 'bold'));
  under(paper.subject, text, 'Kẻ dưới trích yếu 1/3-1/2', subject / 3, subject / 2, subject);
  const nation = lineWidthMm(NATION, layout.size.nation, 'bold');
  add('Quốc hiệu trên một dòng', `≤ ${right.toFixed(1)} mm`, `${nation.toFixed(1)} mm`, nation <= right);
  add(
    'Bảng tiêu đề không kẻ',
    'none',
    [
      ...new Set(
        [
          ...(xml.match(/<w:tbl>.*?<\/w:tbl>/s)?.[0] ?? '').matchAll(
            /<w:(?:top|left|bottom|right|insideH|insideV) w:val="(\w+)"[^>]*w:sz="0"/g,
          ),
        ].map(([, value]) => value),
      ),
    ].join(', '),
    /<w:insideV w:val="none"/.test(xml),
  );
  const body = all.filter(({ text: words }) =>
    paper.blocks.some((block) => block.kind === 'paragraph' && block.text === words),
  );
  add(
    'Nội dung cỡ chữ',
    '13-14 pt',
    [...new Set(body.map(({ sizePt }) => sizePt))].join(', '),
    body.length > 0 && body.every(({ sizePt }) => within(sizePt, 13, 14)),
  );
  add(
    'Nội dung dàn đều hai lề',
    'both',
    [...new Set(body.map(({ xml: words }) => /<w:jc w:val="(\w+)"/.exec(words)?.[1]))].join(', '),
    body.every(({ xml: words }) => words.includes('<w:jc w:val="both"/>')),
  );
  const first = body.map(({ xml: words }) => mmOf(/w:firstLine="(\d+)"/.exec(words)?.[1]));
  add(
    'Lùi đầu dòng',
    '10 hoặc 12,7 mm',
    `${first[0]?.toFixed(1) ?? ''} mm`,
    first.every((mm) => within(mm, 10, 10) || within(mm, 12.7, 12.7)),
  );
  const gap = body.map(({ xml: words }) => Number(/w:before="(\d+)"/.exec(words)?.[1]) / 20);
  add(
    'Khoảng cách đoạn',
    '≥ 6 pt',
    `${gap[0] ?? 0} pt`,
    gap.every((pt) => pt >= 6),
  );
  const spacing = body.map(({ xml: words }) => Number(/w:line="(\d+)"/.exec(words)?.[1]) / 240);
  add(
    'Khoảng cách dòng',
    '1-1,5',
    String(spacing[0]),
    spacing.every((lines) => within(lines, 1, 1.5)),
  );
  const header = ['word/header1.xml', 'word/header2.xml', 'word/header3.xml', 'word/header4.xml'].map(
    (name) => {
      try {
        return partOf(file, name);
      } catch {
        return '';
      }
    },
  );
  const field = header.find((part) => /PAGE/.test(part)) ?? '';
  const number = Number(/<w:sz w:val="(\d+)"/.exec(field)?.[1] ?? 0) / 2;
  add(
    'Số trang: trường, giữa, lề trên',
    'PAGE, 13-14 pt, giữa',
    `${/PAGE/.test(field) ? 'PAGE' : ''}, ${number} pt, ${/<w:jc w:val="(\w+)"/.exec(field)?.[1] ?? ''}`,
    /instrText[^>]*>PAGE/.test(field) && within(number, 13, 14) && field.includes('<w:jc w:val="center"/>'),
  );
  add(
    'Số trang không hiện ở trang 1',
    'titlePg',
    /<w:titlePg/.test(xml) ? 'titlePg' : 'không',
    /<w:titlePg/.test(xml) && header.some((part) => part !== '' && !/PAGE/.test(part)),
  );
  const annex = one('Phụ lục I');
  add(
    'Phụ lục đánh số La Mã, 14 pt đậm',
    '14 pt bold',
    `${annex?.sizePt ?? 0} pt ${annex?.bold ? 'bold' : ''}`,
    annex?.sizePt === 14 && annex.bold,
  );
  const note = all.find(({ text: words }) => words.startsWith('(Kèm theo'));
  add(
    'Phụ lục: (Kèm theo …) nghiêng',
    '13-14 pt italic',
    `${note?.sizePt ?? 0} pt ${note?.italic ? 'italic' : ''}`,
    note !== undefined && within(note.sizePt, 13, 14) && note.italic,
  );
  add(
    'Phụ lục: số trang bắt đầu lại',
    'start=1',
    String((xml.match(/<w:pgNumType w:start="1"/g) ?? []).length),
    (xml.match(/<w:pgNumType w:start="1"/g) ?? []).length === 2,
  );
  add(
    'Kết thúc nội dung bằng ./.',
    './.',
    body.at(-1)?.text.slice(-3) ?? '',
    body.at(-1)?.text.endsWith('./.') ?? false,
  );
  return rows;
}

interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly sizePt: number;
}

const PT = 25.4 / 72;

async function pagesOf(pdf: Buffer): Promise<{ width: number; height: number; items: Placed[] }[]> {
  const file = await getDocumentProxy(new Uint8Array(pdf));
  const pages = [];
  for (let n = 1; n <= file.numPages; n++) {
    const page = await file.getPage(n);
    const view = page.getViewport({ scale: 1 });
    const content = await page.getTextContent();
    const items = content.items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [
            {
              text: item.str.normalize('NFC'),
              x: Number(item.transform[4]) * PT,
              y: (view.height - Number(item.transform[5])) * PT,
              width: item.width * PT,
              sizePt: Math.hypot(Number(item.transform[0]), Number(item.transform[1])),
            },
          ]
        : [],
    );
    pages.push({ width: view.width * PT, height: view.height * PT, items });
  }
  return pages;
}

export async function measurePdf(pdf: Buffer, paper: Paper): Promise<Row[]> {
  const pages = await pagesOf(pdf);
  const rows: Row[] = [];
  const add = (rule: string, wanted: string, found: string, holds: boolean) =>
    rows.push({ rule, wanted, found, holds });
  const [first] = pages;
  const items = first?.items ?? [];
  const every = pages.flatMap((page) => page.items);
  add(
    'PDF: khổ A4',
    '210 × 297 mm',
    `${first?.width.toFixed(1) ?? ''} × ${first?.height.toFixed(1) ?? ''}`,
    within(first?.width ?? 0, 210, 210) && within(first?.height ?? 0, 297, 297),
  );
  const leftmost = Math.min(...every.map(({ x }) => x));
  const rightmost = Math.max(...every.map(({ x, width }) => x + width));
  add('PDF: chữ trong lề trái', '≥ 30 mm', `${leftmost.toFixed(1)} mm`, leftmost >= 29.9);
  add('PDF: chữ trong lề phải', '≤ 195 mm', `${rightmost.toFixed(1)} mm`, rightmost <= 195.3);
  const start = (text: string) => {
    const at = items.findIndex((item) => text.startsWith(item.text) && item.text.length >= 2);
    return at < 0 ? undefined : items[at];
  };
  const line = (text: string) => {
    const found = start(text);
    if (!found) return undefined;
    const same = items.filter(({ y, x }) => Math.abs(y - found.y) < 0.5 && x >= found.x - 0.1);
    return { ...found, right: Math.max(...same.map(({ x, width }) => x + width)) };
  };
  const nation = line(NATION);
  const motto = line(MOTTO);
  add(
    'PDF: Quốc hiệu ở nửa phải, 12-13 pt',
    '> 100 mm',
    `${nation?.x.toFixed(1) ?? ''} mm, ${nation?.sizePt.toFixed(1) ?? ''} pt`,
    nation !== undefined && nation.x > 95 && within(nation.sizePt, 12, 13),
  );
  add(
    'PDF: Tiêu ngữ dưới Quốc hiệu, cùng trục',
    '± 1 mm',
    `${(((motto?.x ?? 0) + (motto?.right ?? 0)) / 2).toFixed(1)} / ${(((nation?.x ?? 0) + (nation?.right ?? 0)) / 2).toFixed(1)} mm`,
    motto !== undefined &&
      nation !== undefined &&
      motto.y > nation.y &&
      Math.abs((motto.x + motto.right) / 2 - (nation.x + nation.right) / 2) < 1,
  );
  const issuer = line(paper.issuer);
  add(
    'PDF: cơ quan ban hành ở nửa trái',
    '< 100 mm',
    `${issuer?.x.toFixed(1) ?? ''} mm`,
    issuer !== undefined && issuer.x < 95,
  );
  const kind = line(paper.kind);
  const middle = layout.marginMm.left + (210 - layout.marginMm.left - layout.marginMm.right) / 2;
  add(
    'PDF: tên loại giữa dòng',
    `${middle.toFixed(1)} mm`,
    `${(((kind?.x ?? 0) + (kind?.right ?? 0)) / 2).toFixed(1)} mm`,
    kind !== undefined && Math.abs((kind.x + kind.right) / 2 - middle) < 1,
  );
  const numbers = pages.map(({ items: list }) =>
    list.filter(({ y, text }) => y < layout.marginMm.top && /^\d+$/.test(text)),
  );
  add(
    'PDF: trang 1 không có số trang',
    'không',
    numbers[0]?.map(({ text }) => text).join('') ?? '',
    (numbers[0]?.length ?? 1) === 0,
  );
  const annex = pages.findIndex(({ items: list }) => list.some(({ text }) => text.startsWith('Phụ lục')));
  const ofAnnex = numbers.slice(annex).map((list) => list.map(({ text }) => text).join(''));
  add(
    'PDF: phụ lục đánh số trang riêng, trang đầu không số',
    'không số, rồi 2, 3 …',
    annex < 0 ? 'không có phụ lục' : ofAnnex.map((text) => text || 'không số').join(', '),
    annex < 0 || ofAnnex.every((text, at) => text === (at === 0 ? '' : String(at + 1))),
  );
  const second = numbers[1]?.[0];
  add(
    'PDF: số trang 2 giữa lề trên, 13-14 pt',
    `2, ${middle.toFixed(1)} mm`,
    second
      ? `${second.text}, ${(second.x + second.width / 2).toFixed(1)} mm, ${second.sizePt.toFixed(1)} pt`
      : 'không',
    second?.text === '2' &&
      Math.abs(second.x + second.width / 2 - middle) < 1 &&
      within(second.sizePt, 13, 14),
  );
  add(
    'PDF: phiên bản',
    '≥ 1.4',
    pdf.toString('latin1', 0, 8),
    /%PDF-(1\.[4-9]|2)/.test(pdf.toString('latin1', 0, 8)),
  );
  return rows;
}
