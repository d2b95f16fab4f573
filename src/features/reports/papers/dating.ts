/**
 * Number and date in a Word file. The drafted paper marks their places as content controls (w:sdt with a tag), which stay
 * through any editing in a word processor; what the clerk enters is written into those of the file the office made of it.
 * Where a program dropped the controls, blanks in the heading and beneath an annex's title are found by their words.
 */
import type { DateOn } from '#core/calendar.ts';
import { writtenDate, writtenNumber } from '#features/reports/papers/paper.ts';
import {
  attributeOf,
  childOf,
  edited,
  encoded,
  spansOf,
  textOf,
  within,
  type Edit,
  type Span,
} from '#features/reports/papers/xml-spans.ts';

export const DATINGS = ['number', 'date'] as const;
export type DatingPlace = (typeof DATINGS)[number];

/** Styles that mark a run until it is wrapped; none of them is left in the file. */
export const MARKS: Readonly<Record<DatingPlace, string>> = { number: 'tnNumber', date: 'tnDate' };
const TAGS: Readonly<Record<DatingPlace, string>> = { number: 'so-van-ban', date: 'ngay-van-ban' };
const ALIASES: Readonly<Record<DatingPlace, string>> = { number: 'Số văn bản', date: 'Ngày văn bản' };

/** Wraps marked runs as controls that cannot be deleted by a stray key; what stands in them is edited as any text. */
export function withControls(xml: string): string {
  return DATINGS.reduce(
    (all, place) =>
      all.replaceAll(
        new RegExp(`<w:r>(?:(?!</w:r>).)*?<w:rStyle w:val="${MARKS[place]}"/>.*?</w:r>`, 'gs'),
        (run) =>
          `<w:sdt><w:sdtPr><w:alias w:val="${ALIASES[place]}"/><w:tag w:val="${TAGS[place]}"/><w:lock w:val="sdtLocked"/><w:text/></w:sdtPr><w:sdtContent>${run.replace(`<w:rStyle w:val="${MARKS[place]}"/>`, '')}</w:sdtContent></w:sdt>`,
      ),
    xml,
  );
}

/** Words deleted while changes were tracked are not there. */
const LEAVES = new Set(['del', 'moveFrom', 'txbxContent', 'Fallback']);
function texts(span: Span): Span[] {
  return span.children.flatMap((child) =>
    child.name === 't' ? [child] : LEAVES.has(child.name) ? [] : texts(child),
  );
}

const written = (span: Span, text: string): Edit => ({
  start: span.start,
  end: span.end,
  text: `<${span.tag} xml:space="preserve">${encoded(text)}</${span.tag}>`,
});

function intoControl(xml: string, control: Span, text: string): Edit[] {
  const content = childOf(control, 'sdtContent');
  if (!content) return [];
  const [first, ...rest] = texts(content);
  if (first) return [written(first, text), ...rest.map((span) => written(span, ''))];
  // Emptied by hand: the run that is left gives its look.
  const [run] = within(content, 'r');
  const prefix = control.tag.slice(0, control.tag.indexOf(':') + 1);
  const look = childOf(run, 'rPr');
  const letters = `<${prefix}r>${look ? xml.slice(look.start, look.end) : ''}<${prefix}t xml:space="preserve">${encoded(text)}</${prefix}t></${prefix}r>`;
  return run
    ? [{ start: run.start, end: run.end, text: letters }]
    : [{ start: content.inner, end: content.innerEnd, text: letters }];
}

const tagOf = (control: Span): string | null => {
  const tag = childOf(childOf(control, 'sdtPr'), 'tag');
  return tag ? attributeOf(tag, 'w:val') : null;
};

const BLANK = '[\\s.…_]*';
const BLANKS: Readonly<Record<DatingPlace, RegExp>> = {
  number: new RegExp(`(?<=số\\s*:?)${BLANK}(?=/\\s*\\p{Lu}{1,8}-)`, 'iu'),
  date: new RegExp(`ngày${BLANK}tháng${BLANK}(?:\\d{1,2})?${BLANK}năm${BLANK}(?:\\d{4})?`, 'iu'),
};

/** One stretch of a paragraph, however many runs it was split into. */
function intoBlank(xml: string, paragraph: Span, blank: RegExp, text: string): Edit[] {
  const spans = texts(paragraph);
  const whole = spans.map((span) => textOf(xml, span)).join('');
  const found = blank.exec(whole);
  if (!found) return [];
  const [from, to] = [found.index, found.index + found[0].length];
  let at = 0;
  let put = false;
  return spans.flatMap((span): Edit[] => {
    const own = textOf(xml, span);
    const [start, end] = [at, at + own.length];
    at = end;
    // An empty blank lies between two letters: it is written at the end of the run before it.
    const touches = from === to ? !put && start < from && end >= from : start < to && end > from;
    if (!touches) return [];
    const before = own.slice(0, Math.max(0, from - start));
    const after = own.slice(Math.max(0, to - start));
    const middle = put ? '' : text;
    put = true;
    return [written(span, `${before}${middle}${after}`)];
  });
}

/** Paragraphs where a paper carries its number and date: the tables of its head and foot, and beneath an annex's title. */
function headParagraphs(xml: string, root: Span): Span[] {
  const inTables = within(root, 'tbl').flatMap((table) => within(table, 'p'));
  const beneath = within(root, 'p').filter((paragraph) =>
    texts(paragraph)
      .map((span) => textOf(xml, span))
      .join('')
      .trimStart()
      .startsWith('(Kèm theo'),
  );
  return [...inTables, ...beneath.filter((one) => !inTables.includes(one))];
}

export interface Entered {
  readonly number: string;
  readonly datedOn: DateOn;
}

const textFor = (place: DatingPlace, { number, datedOn }: Entered): string =>
  place === 'number' ? writtenNumber(number) : writtenDate(datedOn, datedOn);

function editsFor(xml: string, root: Span, place: DatingPlace, text: string): Edit[] {
  const controls = within(root, 'sdt', true).filter((one) => tagOf(one) === TAGS[place]);
  if (controls.length > 0) return controls.flatMap((one) => intoControl(xml, one, text));
  const spaced = place === 'number' ? ` ${text}` : text;
  return headParagraphs(xml, root).flatMap((one) => intoBlank(xml, one, BLANKS[place], spaced));
}

/** The XML with number and date written, and what found no place in it. */
export function writeDating(xml: string, entered: Entered): { xml: string; unwritten: DatingPlace[] } {
  const root = spansOf(xml);
  if (!root) return { xml, unwritten: [...DATINGS] };
  const edits = DATINGS.map((place) => editsFor(xml, root, place, textFor(place, entered)));
  return {
    xml: edited(xml, edits.flat()),
    unwritten: DATINGS.filter((_, n) => (edits[n] ?? []).length === 0),
  };
}

/** Which of the two has no place in a file brought back: said before it is signed, while it can be mended. */
export const datingMissing = (xml: string): DatingPlace[] =>
  writeDating(xml, { number: '1', datedOn: '2025-01-01' }).unwritten;
