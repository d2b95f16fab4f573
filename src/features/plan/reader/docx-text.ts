/**
 * DOCX → text as it is printed: list numbers written out, table rows as "a | b | c", text boxes in their place, headers,
 * footers, notes and deleted words left out. Runs may be split anywhere; only paragraphs and cells matter here.
 */
import { DocxNumbers } from './docx-numbers.ts';
import type { NoPlan } from './reading.ts';
import { type XmlTag, attribute, xmlEvents } from './xml-events.ts';
import { Zip } from './zip-parts.ts';

interface Paragraph {
  text: string;
  style: string | null;
  numId: string | null;
  level: number;
}
interface Table {
  rows: string[][][];
}

/** Elements whose words are not the plan's: fallback copies, deletions, notes, field codes. */
const SKIPPED = new Set([
  'mc:Fallback',
  'w:del',
  'w:moveFrom',
  'w:instrText',
  'w:delText',
  'w:footnote',
  'w:endnote',
  'w:comment',
  'w:pPrChange',
  'w:rPrChange',
  'w:sectPrChange',
  'w:tblPrChange',
  'm:oMathPara',
]);

class Builder {
  private readonly numbers: DocxNumbers;
  private readonly lines: string[] = [];
  private readonly paragraphs: Paragraph[] = [];
  private readonly tables: Table[] = [];
  private hidden = false;

  constructor(numbers: DocxNumbers) {
    this.numbers = numbers;
  }

  get text(): string {
    return this.lines.join('\n');
  }

  private get paragraph(): Paragraph | undefined {
    return this.paragraphs.at(-1);
  }

  words(text: string): void {
    if (this.paragraph && !this.hidden) this.paragraph.text += text;
  }

  open(tag: XmlTag): void {
    const { paragraph } = this;
    switch (tag.name) {
      case 'w:p':
        if (!tag.close) this.paragraphs.push({ text: '', style: null, numId: null, level: 0 });
        else this.put('');
        break;
      case 'w:pStyle':
        if (paragraph) paragraph.style = attribute(tag, 'w:val');
        break;
      case 'w:numId':
        if (paragraph) paragraph.numId = attribute(tag, 'w:val');
        break;
      case 'w:ilvl':
        if (paragraph) paragraph.level = Number(attribute(tag, 'w:val') ?? 0);
        break;
      case 'w:r':
        this.hidden = false;
        break;
      case 'w:vanish':
        this.hidden = attribute(tag, 'w:val') !== '0' && attribute(tag, 'w:val') !== 'false';
        break;
      case 'w:tab':
        // A tab stop of the paragraph's settings carries a position, a typed tab does not.
        if (attribute(tag, 'w:pos') === null) this.words('    ');
        break;
      case 'w:br':
      case 'w:cr':
        this.words('\n');
        break;
      case 'w:noBreakHyphen':
        this.words('-');
        break;
      case 'w:tbl':
        this.tables.push({ rows: [] });
        break;
      case 'w:tr':
        this.tables.at(-1)?.rows.push([]);
        break;
      case 'w:tc':
        this.tables.at(-1)?.rows.at(-1)?.push([]);
        break;
      default:
    }
  }

  close(name: string): void {
    if (name === 'w:p') {
      const done = this.paragraphs.pop();
      if (done) this.put(this.labelled(done));
    } else if (name === 'w:r') this.hidden = false;
    else if (name === 'w:tbl') {
      const table = this.tables.pop();
      if (table) for (const line of printTable(table)) this.put(line);
    }
  }

  private labelled(done: Paragraph): string {
    if (done.text.trim() === '') return '';
    // numId 0 takes a paragraph out of its style's list.
    const ref =
      done.numId === null ? this.numbers.ofStyle(done.style) : { numId: done.numId, level: done.level };
    return ref && ref.numId !== '0' ? this.numbers.next(ref) + done.text.trimStart() : done.text;
  }

  /** A finished line goes into the open cell, else into the paper. */
  private put(line: string): void {
    const cell = this.tables.at(-1)?.rows.at(-1)?.at(-1);
    if (cell) cell.push(line);
    else this.lines.push(line);
  }
}

const HEAD_OR_FOOT =
  /CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập|ĐẢNG CỘNG SẢN|Nơi nhận|(?:^|\n)(?:TM\.|T\/M|KT\.|TL\.)/iu;

function printTable(table: Table): string[] {
  const whole = table.rows.map((row) => row.map((cell) => cell.join('\n')).join('\n')).join('\n');
  const narrow = table.rows.every((row) => row.length <= 3) && table.rows.length <= 6;
  const lines: string[] = [];
  for (const row of table.rows) {
    const cells = row.map((cell) =>
      cell
        .flatMap((line) => line.split('\n'))
        .map((line) => line.replaceAll('|', '/').trim())
        .filter((line) => line !== ''),
    );
    if (cells.length <= 1) lines.push(...(cells[0] ?? []));
    else if (narrow && HEAD_OR_FOOT.test(whole))
      // Letterhead and signature stand side by side only on paper: line by line they stay readable.
      for (let at = 0; at < Math.max(...cells.map((cell) => cell.length)); at++)
        lines.push(`${cells.map((cell) => cell[at] ?? '').join(' | ')} |`);
    else lines.push(cells.map((cell) => cell.join(' ')).join(' | '));
  }
  return lines;
}

export function docxText(bytes: Uint8Array): string | NoPlan {
  const zip = Zip.open(bytes);
  if (!(zip instanceof Zip)) return zip;
  if (!zip.has('word/document.xml'))
    return { code: 'plan.file-kind', why: 'Tệp nén này không phải văn bản Word (.docx).' };
  const document = zip.text('word/document.xml');
  if (document === null || typeof document !== 'string')
    return document ?? { code: 'plan.file-broken', why: 'Tệp bị hỏng hoặc tải chưa hết.' };
  const part = (name: string): string | null => {
    const text = zip.text(name);
    return typeof text === 'string' ? text : null;
  };
  const builder = new Builder(new DocxNumbers(part('word/numbering.xml'), part('word/styles.xml')));
  let skipping: string | null = null;
  let depth = 0;
  let inText = false;
  for (const event of xmlEvents(document)) {
    if (typeof event === 'string') {
      if (inText && skipping === null) builder.words(event);
      continue;
    }
    if (skipping !== null) {
      if (event.name === skipping) depth += (event.open ? 1 : 0) - (event.close ? 1 : 0);
      if (depth <= 0) skipping = null;
      continue;
    }
    if (event.open && !event.close && SKIPPED.has(event.name)) {
      skipping = event.name;
      depth = 1;
      continue;
    }
    if (event.name === 'w:t') inText = event.open && !event.close;
    if (event.open) builder.open(event);
    if (event.close && !(event.open && event.name === 'w:p')) builder.close(event.name);
  }
  return builder.text;
}
