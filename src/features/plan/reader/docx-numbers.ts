/**
 * The numbers Word prints in front of list paragraphs. They stand nowhere in the text of the file, yet "2." and "a)"
 * decide who is addressed, so they are counted here as Word counts them.
 */
import { attribute, xmlEvents } from './xml-events.ts';

interface Level {
  format: string;
  text: string;
  start: number;
}
interface Num {
  abstract: string;
  starts: Map<number, number>;
}
export interface NumberRef {
  numId: string;
  level: number;
}

const ROMANS: [number, string][] = [
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];
function roman(n: number): string {
  let rest = n;
  let out = '';
  for (const [value, letters] of ROMANS)
    while (rest >= value) {
      out += letters;
      rest -= value;
    }
  return out;
}
/** a, b, … z, aa: Word's own letters (without đ). */
const letter = (n: number): string =>
  String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.floor((n - 1) / 26) + 1);

function printed(n: number, format: string): string {
  switch (format) {
    case 'upperRoman':
      return roman(n);
    case 'lowerRoman':
      return roman(n).toLowerCase();
    case 'upperLetter':
      return letter(n).toUpperCase();
    case 'lowerLetter':
      return letter(n);
    case 'decimalZero':
      return String(n).padStart(2, '0');
    case 'none':
      return '';
    default:
      return String(n);
  }
}

export class DocxNumbers {
  private readonly levels = new Map<string, Map<number, Level>>();
  private readonly nums = new Map<string, Num>();
  private readonly byStyle = new Map<string, NumberRef & { basedOn: string | null }>();
  private readonly counters = new Map<string, number[]>();
  private readonly restarted = new Set<string>();

  constructor(numbering: string | null, styles: string | null) {
    if (numbering !== null) this.readNumbering(numbering);
    if (styles !== null) this.readStyles(styles);
  }

  private readNumbering(xml: string): void {
    let abstract: string | null = null;
    let num: Num | null = null;
    let level: Level | null = null;
    let override = 0;
    for (const event of xmlEvents(xml)) {
      if (typeof event === 'string') continue;
      const value = attribute(event, 'w:val');
      if (event.name === 'w:abstractNum') abstract = event.open ? attribute(event, 'w:abstractNumId') : null;
      else if (event.name === 'w:lvl' && event.open && abstract !== null) {
        level = { format: 'decimal', text: '', start: 1 };
        const levels = this.levels.get(abstract) ?? new Map<number, Level>();
        levels.set(Number(attribute(event, 'w:ilvl')), level);
        this.levels.set(abstract, levels);
      } else if (event.name === 'w:lvl' && event.close) level = null;
      else if (event.name === 'w:numFmt' && level) level.format = value ?? 'decimal';
      else if (event.name === 'w:lvlText' && level) level.text = value ?? '';
      else if (event.name === 'w:start' && level) level.start = Number(value ?? 1);
      else if (event.name === 'w:num') {
        num = event.open ? { abstract: '', starts: new Map() } : null;
        const id = attribute(event, 'w:numId');
        if (num && id !== null) this.nums.set(id, num);
      } else if (event.name === 'w:abstractNumId' && num) num.abstract = value ?? '';
      else if (event.name === 'w:lvlOverride' && event.open) override = Number(attribute(event, 'w:ilvl'));
      else if (event.name === 'w:startOverride' && num) num.starts.set(override, Number(value ?? 1));
    }
  }

  private readStyles(xml: string): void {
    let style: string | null = null;
    for (const event of xmlEvents(xml)) {
      if (typeof event === 'string') continue;
      const value = attribute(event, 'w:val');
      if (event.name === 'w:style' && event.open) {
        style = attribute(event, 'w:styleId');
        if (style !== null) this.byStyle.set(style, { numId: '', level: 0, basedOn: null });
      }
      const entry = style === null ? undefined : this.byStyle.get(style);
      if (!entry || value === null) continue;
      if (event.name === 'w:basedOn') entry.basedOn = value;
      else if (event.name === 'w:numId') entry.numId = value;
      else if (event.name === 'w:ilvl') entry.level = Number(value);
    }
  }

  ofStyle(style: string | null): NumberRef | null {
    let name = style;
    for (let hops = 0; name !== null && hops < 10; hops++) {
      const entry: (NumberRef & { basedOn: string | null }) | undefined = this.byStyle.get(name);
      if (!entry) return null;
      if (entry.numId !== '') return { numId: entry.numId, level: entry.level };
      name = entry.basedOn;
    }
    return null;
  }

  /** The label of the next paragraph of a list, with a blank behind it; empty where Word prints none. */
  next({ numId, level }: NumberRef): string {
    const num = this.nums.get(numId);
    const levels = num ? this.levels.get(num.abstract) : undefined;
    const own = levels?.get(level);
    if (!num || !levels || !own) return '';
    if (own.format === 'bullet') return own.text === '+' || own.text === '*' ? `${own.text} ` : '- ';
    const counters = this.counters.get(num.abstract) ?? [];
    this.counters.set(num.abstract, counters);
    const override = num.starts.get(level);
    if (override !== undefined && !this.restarted.has(`${numId}/${level}`)) {
      this.restarted.add(`${numId}/${level}`);
      counters[level] = override;
    } else counters[level] = counters[level] === undefined ? own.start : counters[level] + 1;
    counters.length = level + 1;
    for (let above = 0; above < level; above++) counters[above] ??= levels.get(above)?.start ?? 1;
    const label = own.text.replace(/%(\d)/g, (_, n: string) => {
      const at = Number(n) - 1;
      return printed(counters[at] ?? 1, levels.get(at)?.format ?? 'decimal');
    });
    return label === '' ? '' : `${label} `;
  }
}
