// A paper as a Word document the office goes on editing: the font named, the heading a table without lines, the rules
// borders of narrowed paragraphs, the page number a field that the first page does not show.
import {
  AlignmentType,
  BorderStyle,
  Document,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import type { ISectionOptions } from 'docx';
import { Zip } from '#platform/zip/zip.server.ts';
import { MARKS, withControls, type DatingPlace } from '#features/reports/papers/dating.ts';
import { textWidthMm, type Layout } from '#features/reports/papers/layouts.ts';
import {
  MOTTO,
  NATION,
  recipientLines,
  type Block,
  type Paper,
  type PaperTable,
  writtenDate,
  writtenNumber,
} from '#features/reports/papers/paper.ts';
import { lineWidthMm } from '#features/reports/papers/type-width.server.ts';

const MAIN = 'word/document.xml';
const TWIPS_PER_MM = 1440 / 25.4;
const twips = (mm: number): number => Math.round(mm * TWIPS_PER_MM);

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = {
  top: NONE,
  bottom: NONE,
  left: NONE,
  right: NONE,
  insideHorizontal: NONE,
  insideVertical: NONE,
};
const NO_MARGINS = { top: 0, bottom: 0, left: 0, right: 0 };

interface Letters {
  readonly size: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
}

type Part = string | { readonly text: string; readonly place: DatingPlace };
const numbered = ({ number }: Paper): Part => ({ text: writtenNumber(number), place: 'number' });
const dated = ({ datedOn, draftedOn }: Paper): Part => ({
  text: writtenDate(datedOn, draftedOn),
  place: 'date',
});
const numberParts = (paper: Paper): Part[] => ['Số: ', numbered(paper), `/${paper.symbol}`];

class Setting {
  readonly #layout: Layout;
  constructor(layout: Layout) {
    this.#layout = layout;
  }

  run(text: string, { size, bold = false, italics = false }: Letters, style?: string): TextRun {
    return new TextRun({
      ...(style === undefined ? {} : { style }),
      text,
      size: size * 2,
      bold,
      italics,
      font: this.#layout.font,
      color: '000000',
    });
  }

  /** Parts of a line; those for number and date are marked, so that they become controls. */
  centred(text: string | readonly Part[], letters: Letters): Paragraph {
    const parts: readonly Part[] = typeof text === 'string' ? [text] : text;
    return new Paragraph({
      alignment: AlignmentType.CENTER,
      children: parts.map((part) =>
        typeof part === 'string' ? this.run(part, letters) : this.run(part.text, letters, MARKS[part.place]),
      ),
      spacing: { before: 0, after: 0 },
    });
  }

  /** A rule of this length in the middle of a column of that width. */
  rule(lengthMm: number, columnMm: number): Paragraph {
    const side = twips(Math.max(0, (columnMm - lengthMm) / 2));
    return new Paragraph({
      indent: { left: side, right: side },
      border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
      spacing: { before: 20, after: 0, line: 120, lineRule: LineRuleType.EXACT },
      children: [],
    });
  }

  columns(widthsMm: readonly number[], cells: readonly (readonly Paragraph[])[]): Table {
    return new Table({
      layout: TableLayoutType.FIXED,
      width: { size: twips(widthsMm.reduce((sum, width) => sum + width, 0)), type: WidthType.DXA },
      columnWidths: widthsMm.map(twips),
      borders: NO_BORDERS,
      margins: NO_MARGINS,
      rows: [
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (children, n) =>
              new TableCell({
                width: { size: twips(widthsMm[n] ?? 0), type: WidthType.DXA },
                borders: NO_BORDERS,
                margins: NO_MARGINS,
                verticalAlign: VerticalAlignTable.TOP,
                children: [...children],
              }),
          ),
        }),
      ],
    });
  }

  heading(paper: Paper): Table {
    const { size, headLeft, shortRule } = this.#layout;
    const width = textWidthMm(this.#layout);
    const [left, right] = [width * headLeft, width * (1 - headLeft)];
    const issuerMm = Math.min(left, lineWidthMm(paper.issuer, size.issuer, 'bold'));
    const empty = new Paragraph({ children: [], spacing: { before: 0, after: 0 } });
    return this.columns(
      [left, right],
      [
        [
          ...(paper.superior === '' ? [] : [this.centred(paper.superior, { size: size.superior })]),
          this.centred(paper.issuer, { size: size.issuer, bold: true }),
          this.rule(issuerMm * shortRule, left),
          empty,
          this.centred(numberParts(paper), { size: size.number }),
        ],
        [
          this.centred(NATION, { size: size.nation, bold: true }),
          this.centred(MOTTO, { size: size.motto, bold: true }),
          this.rule(lineWidthMm(MOTTO, size.motto, 'bold'), right),
          empty,
          this.centred([`${paper.place}${paper.place === '' ? '' : ', '}`, dated(paper)], {
            size: size.date,
            italics: true,
          }),
        ],
      ],
    );
  }

  title({ kind, subject }: Paper): Paragraph[] {
    const { size, shortRule } = this.#layout;
    const width = textWidthMm(this.#layout);
    const subjectMm = Math.min(width, lineWidthMm(subject, size.subject, 'bold'));
    const gap = new Paragraph({ children: [], spacing: { before: 0, after: 0 } });
    return [
      gap,
      this.centred(kind, { size: size.kind, bold: true }),
      this.centred(subject, { size: size.subject, bold: true }),
      this.rule(subjectMm * shortRule, width),
    ];
  }

  /** One addressee on the line; several under one another, each with a dash. */
  addressees({ addressees }: Paper): Paragraph[] {
    const { size } = this.#layout;
    const letters = { size: size.body };
    const [only] = addressees;
    if (only === undefined) return [];
    if (addressees.length === 1)
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { before: 120, after: 120 },
          children: [this.run(`Kính gửi: ${only}.`, letters)],
        }),
      ];
    return addressees.map(
      (name, n) =>
        new Paragraph({
          indent: { left: twips(n === 0 ? 30 : 30 + lineWidthMm('Kính gửi: ', size.body, 'regular')) },
          spacing: { before: n === 0 ? 120 : 0, after: n === addressees.length - 1 ? 120 : 0 },
          children: [
            this.run(
              `${n === 0 ? 'Kính gửi: ' : ''}- ${name}${n === addressees.length - 1 ? '.' : ';'}`,
              letters,
            ),
          ],
        }),
    );
  }

  block(block: Block): (Paragraph | Table)[] {
    const { size, firstLineMm, paragraphGapPt, lineSpacing } = this.#layout;
    if (block.kind === 'table') return [this.table(block.table)];
    const bold = block.kind !== 'paragraph';
    return [
      new Paragraph({
        alignment: AlignmentType.JUSTIFIED,
        keepNext: bold,
        indent: { firstLine: twips(firstLineMm) },
        spacing: {
          before: paragraphGapPt * 20,
          after: 0,
          line: Math.round(lineSpacing * 240),
          lineRule: LineRuleType.AUTO,
        },
        children: [this.run(block.text, { size: size.body, bold })],
      }),
    ];
  }

  table({ head, rows, widths, figures }: PaperTable): Table {
    const { size } = this.#layout;
    const width = textWidthMm(this.#layout);
    const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;
    const cell = (text: string, n: number, bold: boolean) =>
      new TableCell({
        width: { size: twips(width * (widths[n] ?? 0)), type: WidthType.DXA },
        margins: { top: 20, bottom: 20, left: 60, right: 60 },
        verticalAlign: VerticalAlignTable.CENTER,
        children: [
          new Paragraph({
            alignment: bold
              ? AlignmentType.CENTER
              : figures.includes(n)
                ? AlignmentType.RIGHT
                : AlignmentType.LEFT,
            children: [this.run(text, { size: size.table, bold })],
          }),
        ],
      });
    return new Table({
      layout: TableLayoutType.FIXED,
      width: { size: twips(width), type: WidthType.DXA },
      columnWidths: widths.map((share) => twips(width * share)),
      borders: {
        top: line,
        bottom: line,
        left: line,
        right: line,
        insideHorizontal: line,
        insideVertical: line,
      },
      rows: [
        new TableRow({ tableHeader: true, children: head.map((text, n) => cell(text, n, true)) }),
        ...rows.map(
          (row) => new TableRow({ cantSplit: true, children: row.map((text, n) => cell(text, n, false)) }),
        ),
      ],
    });
  }

  signature(paper: Paper): Table {
    const { size } = this.#layout;
    const width = textWidthMm(this.#layout);
    const [left, right] = [width * 0.48, width * 0.52];
    const small = (text: string, letters: Letters) =>
      new Paragraph({ spacing: { before: 0, after: 0 }, children: [this.run(text, letters)] });
    return this.columns(
      [left, right],
      [
        [
          small('Nơi nhận:', { size: size.recipientsHead, bold: true, italics: true }),
          ...recipientLines(paper).map((text) => small(text, { size: size.recipients })),
        ],
        [
          ...paper.signLines.map((text) => this.centred(text, { size: size.sign, bold: true })),
          ...Array.from({ length: 4 }, () => this.centred('', { size: size.sign })),
          this.centred(paper.signName, { size: size.sign, bold: true }),
        ],
      ],
    );
  }

  section(children: (Paragraph | Table)[]): ISectionOptions {
    const { page, marginMm, size } = this.#layout;
    const number = new Paragraph({
      alignment: AlignmentType.CENTER,
      children: [
        new TextRun({ children: [PageNumber.CURRENT], size: size.pageNumber * 2, font: this.#layout.font }),
      ],
    });
    return {
      properties: {
        titlePage: true,
        page: {
          size: { width: twips(page.widthMm), height: twips(page.heightMm) },
          margin: {
            top: twips(marginMm.top),
            bottom: twips(marginMm.bottom),
            left: twips(marginMm.left),
            right: twips(marginMm.right),
            header: twips(10),
            footer: twips(10),
          },
          pageNumbers: { start: 1 },
        },
      },
      headers: {
        default: new Header({ children: [number] }),
        first: new Header({ children: [new Paragraph({})] }),
      },
      children,
    };
  }

  annex(paper: Paper, { number, title, blocks }: Paper['annexes'][number]): ISectionOptions {
    const { size } = this.#layout;
    const [head, sub] = [
      { size: size.annex, bold: true },
      { size: size.annex, italics: true },
    ];
    return this.section([
      this.centred(`Phụ lục ${number}`, head),
      this.centred(title, head),
      this.centred(
        [
          `(Kèm theo ${sentence(paper.kind)} số `,
          numbered(paper),
          `/${paper.symbol} `,
          dated(paper),
          ` của ${sentenceCase(paper.issuer)})`,
        ],
        sub,
      ),
      ...blocks.flatMap((block) => this.block(block)),
    ]);
  }
}

/** "BÁO CÁO" → "Báo cáo". */
const sentence = (text: string): string => text.charAt(0) + text.slice(1).toLocaleLowerCase('vi');

/** "CÔNG AN PHƯỜNG MAI LÂM" → "Công an phường Mai Lâm": words of a body small, names of places large. */
export function sentenceCase(text: string): string {
  const [first = '', ...rest] = text.toLocaleLowerCase('vi').split(' ');
  const small = new Set([
    'an',
    'ban',
    'nhân',
    'dân',
    'phường',
    'xã',
    'thành',
    'phố',
    'tỉnh',
    'quận',
    'huyện',
    'đặc',
    'khu',
  ]);
  const large = (word: string) => word.charAt(0).toLocaleUpperCase('vi') + word.slice(1);
  return [large(first), ...rest.map((word) => (small.has(word) ? word : large(word)))].join(' ');
}

export async function docxOf(paper: Paper, layout: Layout): Promise<Buffer> {
  const setting = new Setting(layout);
  const content: (Paragraph | Table)[] = [
    setting.heading(paper),
    ...setting.title(paper),
    ...setting.addressees(paper),
    ...paper.blocks.flatMap((block) => setting.block(block)),
    new Paragraph({ children: [], spacing: { before: 120, after: 0 } }),
    setting.signature(paper),
  ];
  const document = new Document({
    creator: sentenceCase(paper.issuer),
    title: paper.subject,
    styles: { default: { document: { run: { font: layout.font, size: layout.size.body * 2 } } } },
    sections: [setting.section(content), ...paper.annexes.map((annex) => setting.annex(paper, annex))],
  });
  const zip = Zip.open(await Packer.toBuffer(document));
  if (typeof zip === 'string') throw new Error(`the drafted paper is no whole file: ${zip}`);
  const body = withControls(zip.text(MAIN) ?? '');
  return Buffer.from(zip.with(new Map([[MAIN, body]])));
}
