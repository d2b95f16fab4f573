/**
 * Makes the rehearsal's plan: node examples/make-plan.ts
 *
 * The facts and figures are those of a ward's real plan of August 2025; the words are our own and the signer is
 * invented. Laid out as Decree 30/2020/NĐ-CP, Annex I, asks. Headings and dashes are numbered by Word itself, letterhead
 * and signature stand in tables, as in papers that offices send.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Header,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  type IParagraphOptions,
  type IRunOptions,
} from 'docx';
import { PLAN, type Block } from './hong-an-2025.ts';

const mm = convertMillimetersToTwip;
/** docx counts letters in half points. */
const pt = (points: number) => points * 2;
const PAGE = { width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 20 };
const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right;

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
};

const line = (text: string, run: IRunOptions = {}, paragraph: IParagraphOptions = {}): Paragraph =>
  new Paragraph({
    spacing: { before: 0, after: 0 },
    ...paragraph,
    children: [new TextRun({ text, ...run })],
  });

/** The short line below a name: a third to a half of the text above it. */
const rule = (share: number, of: number): Paragraph => {
  const side = mm((of * (1 - share)) / 2);
  return new Paragraph({
    spacing: { before: 0, after: 60, line: 120, lineRule: LineRuleType.EXACT },
    indent: { left: side, right: side },
    border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } },
    children: [],
  });
};

const columns = (left: Paragraph[], right: Paragraph[], leftWidth: number): Table => {
  const widths = [leftWidth, TEXT_WIDTH - leftWidth];
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(TEXT_WIDTH), type: WidthType.DXA },
    columnWidths: widths.map(mm),
    borders: noBorders,
    rows: [
      new TableRow({
        cantSplit: true,
        children: [left, right].map(
          (children, n) =>
            new TableCell({
              children,
              verticalAlign: VerticalAlign.TOP,
              width: { size: mm(widths[n] ?? 0), type: WidthType.DXA },
              margins: { left: 0, right: 0 },
            }),
        ),
      }),
    ],
  });
};

const centred = { alignment: AlignmentType.CENTER } as const;

const letterhead = (): Table =>
  columns(
    [
      line('ỦY BAN NHÂN DÂN', { bold: true, size: pt(13) }, centred),
      line('PHƯỜNG HỒNG AN', { bold: true, size: pt(13) }, centred),
      rule(0.4, 65),
      line(`Số: ${PLAN.number}`, { size: pt(13) }, centred),
    ],
    [
      line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true, size: pt(13) }, centred),
      line('Độc lập - Tự do - Hạnh phúc', { bold: true, size: pt(14) }, centred),
      rule(0.68, TEXT_WIDTH - 65),
      line(PLAN.place, { italics: true, size: pt(14) }, centred),
    ],
    65,
  );

const title = (): Paragraph[] => [
  line('KẾ HOẠCH', { bold: true, size: pt(14) }, { ...centred, spacing: { before: 360, after: 0 } }),
  ...PLAN.title.map((text) => line(text, { bold: true, size: pt(14) }, centred)),
  rule(0.35, TEXT_WIDTH),
];

const closing = (): Table =>
  columns(
    [
      line('Nơi nhận:', { bold: true, italics: true, size: pt(12) }),
      ...PLAN.recipients.map((name) =>
        line(name, { size: pt(11) }, { numbering: { reference: 'recipients', level: 0 } }),
      ),
    ],
    [
      line(PLAN.signer.capacity, { bold: true, size: pt(14) }, centred),
      line(PLAN.signer.title, { bold: true, size: pt(14) }, centred),
      ...Array.from({ length: 4 }, () => line('', { size: pt(14) }, centred)),
      line(PLAN.signer.name, { bold: true, size: pt(14) }, centred),
    ],
    95,
  );

/** A stretch between asterisks is bold, and so a run of its own. */
const runs = (text: string): TextRun[] =>
  text.split('*').map((piece, n) => new TextRun({ text: piece, bold: n % 2 === 1 }));

const LEVELS = { part: 0, section: 1 } as const;

function block({ kind, text }: Block): Paragraph {
  const spacing = { before: 120, after: 0, line: 276, lineRule: LineRuleType.AUTO };
  const common = { spacing, alignment: AlignmentType.JUSTIFIED };
  switch (kind) {
    case 'part':
    case 'section':
      return new Paragraph({
        ...common,
        keepNext: true,
        numbering: { reference: 'headings', level: LEVELS[kind] },
        children: [new TextRun({ text, bold: true })],
      });
    case 'numbered':
      return new Paragraph({
        ...common,
        numbering: { reference: 'headings', level: 1 },
        children: runs(text),
      });
    case 'dash':
      return new Paragraph({ ...common, numbering: { reference: 'dashes', level: 0 }, children: runs(text) });
    case 'plus':
      return new Paragraph({ ...common, numbering: { reference: 'dashes', level: 1 }, children: runs(text) });
    case 'words':
      return new Paragraph({ ...common, indent: { firstLine: mm(12.7) }, children: runs(text) });
  }
}

const numbering = (text: string, format: (typeof LevelFormat)[keyof typeof LevelFormat], level: number) => ({
  level,
  format,
  text,
  alignment: AlignmentType.LEFT,
  style: {
    paragraph: { indent: { left: 0, firstLine: mm(12.7) } },
    run: format === LevelFormat.BULLET ? {} : { bold: true },
  },
});

const plan = new Document({
  creator: 'UBND phường Hồng An (diễn tập)',
  title: PLAN.title.join(' '),
  styles: { default: { document: { run: { font: 'Times New Roman', size: pt(14), color: '000000' } } } },
  numbering: {
    config: [
      {
        reference: 'headings',
        levels: [
          numbering('%1.', LevelFormat.UPPER_ROMAN, 0),
          numbering('%2.', LevelFormat.DECIMAL, 1),
        ],
      },
      {
        reference: 'dashes',
        levels: [numbering('-', LevelFormat.BULLET, 0), numbering('+', LevelFormat.BULLET, 1)],
      },
      {
        reference: 'recipients',
        levels: [
          {
            level: 0,
            format: LevelFormat.BULLET,
            text: '-',
            alignment: AlignmentType.LEFT,
            style: { paragraph: { indent: { left: mm(3), hanging: mm(3) } } },
          },
        ],
      },
    ],
  },
  sections: [
    {
      properties: {
        titlePage: true,
        page: {
          size: { width: mm(PAGE.width), height: mm(PAGE.height) },
          margin: {
            top: mm(PAGE.top),
            bottom: mm(PAGE.bottom),
            left: mm(PAGE.left),
            right: mm(PAGE.right),
            header: mm(10),
          },
        },
      },
      headers: {
        // The first page carries no number.
        first: new Header({ children: [new Paragraph({})] }),
        default: new Header({
          children: [
            new Paragraph({
              ...centred,
              children: [new TextRun({ children: [PageNumber.CURRENT], size: pt(13) })],
            }),
          ],
        }),
      },
      children: [letterhead(), ...title(), ...PLAN.blocks.map(block), line('', {}), closing()],
    },
  ],
});

const file = path.join(import.meta.dirname, 'ke-hoach-hong-an-2025.docx');
writeFileSync(file, await Packer.toBuffer(plan));
process.stdout.write(`${file}\n`);
