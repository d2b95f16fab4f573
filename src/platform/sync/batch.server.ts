// A push from its bytes. Half a megabyte as one text costs more to make than to parse (memory of its own each time, and
// a collection soon after), so each record of the batch is cut out of the bytes and parsed by itself; whatever does not
// look like a batch is parsed as a whole.
import { RECORDS_PER_BATCH } from '#protocol/envelope.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** Written to the same place each time; larger pushes take memory of their own. */
const room = Buffer.allocUnsafeSlow(1024 * 1024);

function joined(parts: readonly Uint8Array[]): Buffer {
  const [only] = parts;
  if (parts.length === 1 && only) return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  if (size > room.length) return Buffer.concat(parts);
  let at = 0;
  for (const part of parts) {
    room.set(part, at);
    at += part.length;
  }
  return room.subarray(0, size);
}

/** Not a batch as phones write it: another way must read it, or refuse it. */
class Unlike extends Error {}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Finds where the records of a batch begin and end, and checks nothing that the parser checks afterwards. */
class Cutter {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  #next(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at] ?? 0;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++this.#at] ?? 0;
    return byte;
  }

  #take(wanted: number): void {
    if (this.#next() !== wanted) throw new Unlike();
    this.#at++;
  }

  /** From an opening quote to behind the closing one. Names are walked; a drawing is looked through by the machine. */
  #skipText(): void {
    const bytes = this.#bytes;
    const from = this.#at + 1;
    let at = from;
    for (const near = from + 48; at < near; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#at = at + 1;
        return;
      }
      if (byte === BACKSLASH) at++;
      else if (byte === undefined) throw new Unlike();
    }
    for (let end = bytes.indexOf(QUOTE, at); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
      let before = end;
      while (before > from && bytes[before - 1] === BACKSLASH) before--;
      if ((end - before) % 2 !== 0) continue;
      this.#at = end + 1;
      return;
    }
    throw new Unlike();
  }

  /** An object or a list; which bracket closes which is the parser's to check. */
  #skipNested(): void {
    const bytes = this.#bytes;
    let depth = 0;
    do {
      const byte = bytes[this.#at];
      if (byte === QUOTE) this.#skipText();
      else {
        if (byte === OPEN || byte === OPEN_LIST) depth++;
        else if (byte === CLOSE || byte === CLOSE_LIST) depth--;
        else if (byte === undefined) throw new Unlike();
        this.#at++;
      }
    } while (depth > 0);
  }

  #skipValue(): void {
    const byte = this.#next();
    if (byte === QUOTE) this.#skipText();
    else if (byte === OPEN || byte === OPEN_LIST) this.#skipNested();
    else while (![COMMA, CLOSE, undefined].includes(this.#bytes[this.#at])) this.#at++;
  }

  #records(): Span[] {
    const spans: Span[] = [];
    this.#take(OPEN_LIST);
    while (spans.length <= RECORDS_PER_BATCH) {
      if (this.#next() !== OPEN) throw new Unlike();
      const from = this.#at;
      this.#skipNested();
      spans.push({ from, to: this.#at });
      if (this.#next() === CLOSE_LIST) return spans;
      this.#take(COMMA);
    }
    throw new Unlike();
  }

  /** @returns the records, and the list they stand in without its brackets */
  cut(): { readonly spans: readonly Span[]; readonly list: Span } {
    let found: { readonly spans: readonly Span[]; readonly list: Span } | null = null;
    this.#take(OPEN);
    for (;;) {
      if (this.#next() !== QUOTE) throw new Unlike();
      const from = this.#at;
      this.#skipText();
      const key = this.#bytes.toString('latin1', from + 1, this.#at - 1);
      if (key.includes('\\')) throw new Unlike();
      this.#take(COLON);
      if (key === 'records') {
        if (found || this.#next() !== OPEN_LIST) throw new Unlike();
        const start = this.#at + 1;
        const spans = this.#records();
        found = { spans, list: { from: start, to: this.#at } };
        this.#at++;
      } else this.#skipValue();
      if (this.#next() === CLOSE) break;
      this.#take(COMMA);
    }
    if (!found) throw new Unlike();
    return found;
  }
}

function parseCut(bytes: Buffer): unknown {
  const { spans, list } = new Cutter(bytes).cut();
  const batch = JSON.parse(bytes.toString('utf8', 0, list.from) + bytes.toString('utf8', list.to)) as Record<
    string,
    unknown
  >;
  batch['records'] = spans.map(({ from, to }): unknown => JSON.parse(bytes.toString('utf8', from, to)));
  return batch;
}

/**
 * @param parts the bytes in the order they came; looked at before this returns, never after
 * @returns what JSON.parse gives for all of them
 * @throws SyntaxError where they are not JSON
 */
export function parseBatch(parts: readonly Uint8Array[]): unknown {
  const bytes = joined(parts);
  try {
    return parseCut(bytes);
  } catch {
    return JSON.parse(bytes.toString('utf8'));
  }
}
