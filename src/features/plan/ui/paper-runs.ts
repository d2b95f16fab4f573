/**
 * The paper cut into paragraphs and, inside them, into runs that lie under the same items: what the screen underlines.
 * Offsets are UTF-16 units of the source, as everywhere in plans. Pure.
 */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export type Hue = 'target' | 'duty' | 'report' | 'phrase';

/** Something that lies over the text: an item, or a phrase that was not understood. */
export interface Span extends Stretch {
  readonly id: string;
  readonly hue: Hue;
}

export interface Run extends Stretch {
  readonly text: string;
  /** Everything lying over it, the shortest first: that one gives the hue and takes the tap. */
  readonly spans: readonly Span[];
  /** Spans whose first run this is: their badge stands before it. */
  readonly begins: readonly Span[];
}

export interface Paragraph extends Stretch {
  /** Short lines in capitals or numbered headings are set apart. */
  readonly heading: boolean;
  readonly runs: readonly Run[];
}

/** "I. MỤC ĐÍCH", "KẾ HOẠCH", "2. Phòng Văn hóa - Xã hội": short, and capital or numbered without a full stop. */
function isHeading(text: string): boolean {
  const line = text.replace(/[*_]/g, '').trim();
  if (line.length === 0 || line.length > 120) return false;
  if (line === line.toLocaleUpperCase('vi') && /\p{Lu}{2}/u.test(line)) return true;
  return /^(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)]\s+\p{Lu}/u.test(line) && !/[.;:,]$/.test(line);
}

function runsOf(source: string, line: Stretch, spans: readonly Span[], seen: Set<Span>): Run[] {
  const over = spans.filter((span) => span.start < line.end && span.end > line.start);
  const cuts = new Set([line.start, line.end]);
  for (const { start, end } of over) {
    if (start > line.start) cuts.add(start);
    if (end < line.end) cuts.add(end);
  }
  const points = [...cuts].sort((a, b) => a - b);
  return points.slice(0, -1).map((start, at) => {
    const end = points[at + 1] ?? line.end;
    const covering = over
      .filter((span) => span.start < end && span.end > start)
      .sort((a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start);
    const begins = covering
      .filter((span) => !seen.has(span))
      .sort((a, b) => a.start - b.start || b.end - a.end);
    for (const span of begins) seen.add(span);
    return { start, end, text: source.slice(start, end), spans: covering, begins };
  });
}

/** Every unit of the source lies in exactly one run, but for line ends and blank lines. */
export function paragraphsOf(source: string, spans: readonly Span[]): Paragraph[] {
  const seen = new Set<Span>();
  const paragraphs: Paragraph[] = [];
  for (const match of source.matchAll(/[^\n]+/g)) {
    const text = match[0];
    if (text.trim() === '') continue;
    const line = { start: match.index, end: match.index + text.length };
    paragraphs.push({ ...line, heading: isHeading(text), runs: runsOf(source, line, spans, seen) });
  }
  return paragraphs;
}
