/**
 * A signature as it was drawn: lines of points (x, y in 1/10 of a pixel of a 1000-wide field, and milliseconds since the
 * line began), written as differences in variable-length integers. About a third of its JSON, and it stays a drawing:
 * it can be shown at any size and was not painted by a program that only knows pixels.
 */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly t: number;
}
export type Stroke = readonly Point[];

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ROOM = 32 * 1024;

function* numbersOf(strokes: readonly Stroke[]): Generator<number> {
  yield strokes.length;
  for (const stroke of strokes) {
    yield stroke.length;
    let last: Point = { x: 0, y: 0, t: 0 };
    for (const raw of stroke) {
      const point = { x: Math.round(raw.x), y: Math.round(raw.y), t: Math.round(raw.t) };
      yield zigzag(point.x - last.x);
      yield zigzag(point.y - last.y);
      yield Math.max(0, point.t - last.t);
      last = point;
    }
  }
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/** base64url; undefined where the drawing is larger than a record may carry. */
export function packStrokes(strokes: readonly Stroke[]): string | undefined {
  const bytes: number[] = [];
  for (let value of numbersOf(strokes)) {
    while (value >= 0x80) {
      bytes.push((value % 0x80) + 0x80);
      value = Math.floor(value / 0x80);
    }
    bytes.push(value);
    if (bytes.length > ROOM) return undefined;
  }
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = Math.min(4, bytes.length - at + 1);
    for (let n = 0; n < letters; n++) text += LETTERS[(word >> (18 - 6 * n)) & 63] ?? '';
  }
  return text;
}

/** undefined where the text is no drawing. */
export function unpackStrokes(text: string): Stroke[] | undefined {
  const values = readNumbers(text);
  if (!values) return undefined;
  let at = 0;
  const next = () => values[at++];
  const strokes: Point[][] = [];
  const count = next();
  if (count === undefined) return undefined;
  for (let s = 0; s < count; s++) {
    const points = next();
    if (points === undefined || points > values.length) return undefined;
    const stroke: Point[] = [];
    let last: Point = { x: 0, y: 0, t: 0 };
    for (let p = 0; p < points; p++) {
      const [dx, dy, dt] = [next(), next(), next()];
      if (dx === undefined || dy === undefined || dt === undefined) return undefined;
      last = { x: last.x + unzigzag(dx), y: last.y + unzigzag(dy), t: last.t + dt };
      stroke.push(last);
    }
    strokes.push(stroke);
  }
  return at === values.length ? strokes : undefined;
}

function readNumbers(text: string): number[] | undefined {
  const bytes: number[] = [];
  let word = 0;
  let bits = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return undefined;
    word = ((word << 6) | value) & 0xfff_ffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((word >> bits) & 0xff);
    }
  }
  const values: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    if (byte < 0x80) {
      values.push(value);
      value = 0;
      scale = 1;
    } else if (scale > 2 ** 49) return undefined;
  }
  return scale === 1 ? values : undefined;
}
