/** Walks an XML text as a flat run of tags and words: enough for the parts of a DOCX, and linear in its length. */
export interface XmlTag {
  name: string;
  /** Opening, closing, or both at once. */
  open: boolean;
  close: boolean;
  attributes: string;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
export const decodeXml = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
        (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
          if (name !== undefined) return ENTITIES[name] ?? whole;
          const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
          return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
        },
      )
    : text;

export function attribute(tag: XmlTag, name: string): string | null {
  const at = tag.attributes.indexOf(`${name}="`);
  if (at < 0) return null;
  const start = at + name.length + 2;
  const end = tag.attributes.indexOf('"', start);
  return end < 0 ? null : decodeXml(tag.attributes.slice(start, end));
}

export function* xmlEvents(xml: string): Generator<XmlTag | string> {
  let at = 0;
  while (at < xml.length) {
    const open = xml.indexOf('<', at);
    if (open < 0) {
      yield decodeXml(xml.slice(at));
      return;
    }
    if (open > at) yield decodeXml(xml.slice(at, open));
    if (xml.startsWith('<!--', open)) {
      const end = xml.indexOf('-->', open);
      at = end < 0 ? xml.length : end + 3;
      continue;
    }
    const end = xml.indexOf('>', open);
    if (end < 0) return;
    at = end + 1;
    if (xml[open + 1] === '?' || xml[open + 1] === '!') continue;
    const closing = xml[open + 1] === '/';
    const empty = xml[end - 1] === '/';
    const inner = xml.slice(open + (closing ? 2 : 1), empty ? end - 1 : end);
    const gap = inner.search(/\s/);
    yield {
      name: gap < 0 ? inner : inner.slice(0, gap),
      open: !closing,
      close: closing || empty,
      attributes: gap < 0 ? '' : inner.slice(gap),
    };
  }
}
