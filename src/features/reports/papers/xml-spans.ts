/**
 * An XML text as elements that know where they stand in it, so that one cell can be written anew and every other letter
 * stay as it was. Office files only: a document type declaration is refused, names are compared without their prefix.
 */
export interface Span {
  readonly name: string;
  /** As written, with its prefix. */
  readonly tag: string;
  readonly attributes: string;
  readonly start: number;
  /** After the opening tag; equal to `end` where the element is one empty tag. */
  readonly inner: number;
  readonly innerEnd: number;
  readonly end: number;
  readonly empty: boolean;
  readonly children: readonly Span[];
}

type Open = { -readonly [K in keyof Span]: K extends 'children' ? Span[] : Span[K] };

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
export const decoded = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
export const encoded = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

export function attributeOf(span: Span, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(span.attributes);
  return found ? decoded(found[1] ?? found[2] ?? '') : null;
}

/** The end of a tag: a ">" inside quotes does not close it. */
function tagEnd(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at++) {
    const letter = xml.charAt(at);
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return at;
  }
  return -1;
}

/** Past a comment, an instruction or character data; -1: not one of these, -2: broken or refused. */
function skipped(xml: string, at: number): number {
  const past = (mark: string) => {
    const end = xml.indexOf(mark, at);
    return end < 0 ? -2 : end + mark.length;
  };
  if (xml.startsWith('<!--', at)) return past('-->');
  if (xml.startsWith('<?', at)) return past('?>');
  if (xml.startsWith('<![CDATA[', at)) return past(']]>');
  return xml.charAt(at + 1) === '!' ? -2 : -1;
}

const DEPTH = 400;

/** The root element; null where the text is not well formed. */
export function spansOf(xml: string): Span | null {
  const stack: Open[] = [];
  let root: Open | null = null;
  let at = xml.indexOf('<');
  while (at >= 0) {
    const past = skipped(xml, at);
    if (past === -2) return null;
    if (past >= 0) {
      at = xml.indexOf('<', past);
      continue;
    }
    const end = tagEnd(xml, at);
    if (end < 0) return null;
    const top = stack.at(-1);
    if (xml.charAt(at + 1) === '/') {
      if (top?.tag !== xml.slice(at + 2, end).trim()) return null;
      stack.pop();
      top.innerEnd = at;
      top.end = end + 1;
    } else {
      const element = opened(xml, at, end);
      if (top) top.children.push(element);
      else if (root) return null;
      else root = element;
      if (!element.empty) stack.push(element);
      if (stack.length > DEPTH) return null;
    }
    at = xml.indexOf('<', end);
  }
  return stack.length === 0 ? root : null;
}

function opened(xml: string, at: number, end: number): Open {
  const empty = xml.charAt(end - 1) === '/';
  const inner = xml.slice(at + 1, empty ? end - 1 : end);
  const gap = inner.search(/\s/);
  const tag = gap < 0 ? inner : inner.slice(0, gap);
  return {
    tag,
    name: tag.slice(tag.indexOf(':') + 1),
    attributes: gap < 0 ? '' : inner.slice(gap),
    start: at,
    inner: end + 1,
    innerEnd: end + 1,
    end: end + 1,
    empty,
    children: [],
  };
}

export const childOf = (span: Span | null | undefined, name: string): Span | undefined =>
  span?.children.find((child) => child.name === name);

/** Every element of this name below, in order, not looking inside those found unless told. */
export function within(span: Span, name: string, nested = false): Span[] {
  return span.children.flatMap((child) =>
    child.name === name ? [child, ...(nested ? within(child, name, true) : [])] : within(child, name, nested),
  );
}

export const textOf = (xml: string, span: Span | undefined): string =>
  span ? decoded(xml.slice(span.inner, span.innerEnd)) : '';

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits do not overlap; several at one place follow in the order given. */
export function edited(xml: string, edits: readonly Edit[]): string {
  const sorted = edits.map((edit, n) => ({ ...edit, n })).sort((a, b) => a.start - b.start || a.n - b.n);
  let out = '';
  let at = 0;
  for (const { start, end, text } of sorted) {
    out += xml.slice(at, start) + text;
    at = end;
  }
  return out + xml.slice(at);
}
