/**
 * Makes the Word copies of a few annotated papers: node tests/plans/make-docx.ts [dev/ID …]
 *
 * The words stay those of the text; the make-up is what offices send: headings numbered by Word itself (so the
 * number is not in the text), bullets partly real and partly typed with a tab, task tables, letterhead and
 * signatures in tables without borders, and runs cut in the middle of words and figures.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  AlignmentType,
  BorderStyle,
  Document,
  LevelFormat,
  Packer,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IParagraphOptions,
} from 'docx';

const PAPERS = [
  'dev/phuong-sot-xuat-huyet',
  'dev/hoi-phu-nu-bang-viec',
  'holdout/phuong-phan-loai-rac',
  'holdout/hoi-nong-dan-bang-viec',
];

/** Lengths of the runs, repeated: none divides a paragraph so that cuts avoid words and figures. */
const CUTS = [3, 7, 2, 11, 5, 1, 13];

/** A heading's mark and the list level that replaces it. */
const HEADINGS: readonly (readonly [RegExp, number])[] = [
  [/^[IVX]+\.\s+/, 0],
  [/^\d+\.\s+/, 1],
  [/^[a-zđ]\)\s+/, 2],
];

const noBorder = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = {
  top: noBorder,
  bottom: noBorder,
  left: noBorder,
  right: noBorder,
  insideHorizontal: noBorder,
  insideVertical: noBorder,
};

function runs(text: string, bold = false): TextRun[] {
  const made: TextRun[] = [];
  for (let at = 0, cut = 0; at < text.length; cut++) {
    const length = CUTS[cut % CUTS.length] ?? 1;
    made.push(
      new TextRun({ text: text.slice(at, at + length), bold, ...(cut % 3 === 1 ? { noProof: true } : {}) }),
    );
    at += length;
  }
  return made;
}

const paragraph = (text: string, options: IParagraphOptions = {}, bold = false): Paragraph =>
  new Paragraph({ ...options, children: runs(text, bold) });

const cell = (lines: readonly string[], bold: boolean, width: number): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.PERCENTAGE },
    children: lines.map((line) => paragraph(line, {}, bold)),
  });

/** Two columns without borders: letterhead above, distribution list and signature below. */
function columns(lines: readonly string[]): Table {
  const left: string[] = [];
  const right: string[] = [];
  for (const line of lines) {
    const [first = '', ...rest] = line.replace(/\s*\|\s*$/, '').split(/\s{2,}|\s\|\s/);
    if (first.trim()) left.push(first.trim());
    if (rest.length) right.push(rest.join(' ').trim());
  }
  const row = new TableRow({
    children: [cell(left, false, 45), cell(right.length ? right : [''], true, 55)],
  });
  return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, borders: noBorders, rows: [row] });
}

function taskTable(lines: readonly string[]): Table {
  const rows = lines.map((line, index) => {
    const cells = line.split(' | ');
    return new TableRow({
      ...(index === 0 ? { tableHeader: true } : {}),
      children: cells.map((text) => cell([text.trim()], index === 0, 100 / cells.length)),
    });
  });
  return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows });
}

/** Every second run of dashes is typed by hand, as in a paper put together from several hands. */
function bullet(text: string, typed: boolean): Paragraph {
  if (!typed) return paragraph(text, { numbering: { reference: 'dashes', level: 0 } });
  return new Paragraph({
    children: [new TextRun('-'), new TextRun({ children: [new Tab()] }), ...runs(text)],
  });
}

function body(lines: readonly string[]): (Paragraph | Table)[] {
  const made: (Paragraph | Table)[] = [];
  let units = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.split(' | ').length > 3) {
      const start = at;
      while ((lines[at + 1] ?? '').split(' | ').length > 3) at++;
      made.push(taskTable(lines.slice(start, at + 1)));
      continue;
    }
    const heading = HEADINGS.find(([mark]) => mark.test(line));
    if (heading) {
      const [mark, level] = heading;
      if (level === 1) units++;
      made.push(
        paragraph(
          line.replace(mark, ''),
          { numbering: { reference: 'headings', level } },
          level === 0 || line.length < 60,
        ),
      );
    } else if (/^-\s+/.test(line)) made.push(bullet(line.replace(/^-\s+/, ''), units % 2 === 1));
    else made.push(paragraph(line, { alignment: AlignmentType.JUSTIFIED }));
  }
  return made;
}

const level = (at: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
  level: at,
  format,
  text,
  alignment: AlignmentType.LEFT,
});

async function make(id: string): Promise<void> {
  const lines = readFileSync(path.join(import.meta.dirname, `${id}.txt`), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const title = lines.findIndex((line) => line.trim() === 'KẾ HOẠCH');
  const end = lines.findIndex((line) => line.startsWith('Nơi nhận'));
  const opening = lines.findIndex((line, at) => at > title && line.length > 160);
  if (title < 0 || end < 0 || opening < 0)
    throw new Error(`${id}: no letterhead, opening or distribution list found`);
  const document = new Document({
    numbering: {
      config: [
        {
          reference: 'headings',
          levels: [
            level(0, LevelFormat.UPPER_ROMAN, '%1.'),
            level(1, LevelFormat.DECIMAL, '%2.'),
            level(2, LevelFormat.LOWER_LETTER, '%3)'),
          ],
        },
        { reference: 'dashes', levels: [level(0, LevelFormat.BULLET, '-')] },
      ],
    },
    sections: [
      {
        children: [
          columns(lines.slice(0, title)),
          ...lines
            .slice(title, opening)
            .map((line) => paragraph(line.trim(), { alignment: AlignmentType.CENTER }, true)),
          ...body(lines.slice(opening, end)),
          columns(lines.slice(end)),
        ],
      },
    ],
  });
  const file = path.join(import.meta.dirname, path.dirname(id), 'docx', `${path.basename(id)}.docx`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await Packer.toBuffer(document));
}

const wanted = process.argv.slice(2);
for (const id of PAPERS) if (wanted.length === 0 || wanted.includes(id)) await make(id);
