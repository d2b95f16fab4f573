/**
 * Pictures as evidence: what a file really is (its first bytes, never its name or the sender's word), and the same
 * picture without what the camera wrote beside it. A phone's photo names the home it was taken at; evidence that a
 * banner hangs must not. Of a JPEG's notes only the turn of the camera stays, or the picture would lie on its side.
 */

export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** null: none of the three kinds every browser shows. HEIC is turned into JPEG by the phone that sends it. */
export function pictureType(bytes: Uint8Array): PictureType | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  return null;
}

/** null: broken, cut off or no such picture. */
export function withoutNotes(bytes: Uint8Array, type: PictureType): Uint8Array | null {
  if (type === 'image/jpeg') return jpegWithoutNotes(bytes);
  return type === 'image/png' ? pngWithoutNotes(bytes) : webpWithoutNotes(bytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

// ── JPEG ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const SCAN = 0xda;
const END = 0xd9;

/** Application segments hold notes (1: Exif and XMP, 13: IPTC); 0, 14 and a colour profile in 2 say how to draw. */
function isNote(marker: number, body: Uint8Array): boolean {
  if (marker === 0xfe) return true;
  if (marker < 0xe0 || marker > 0xef || marker === 0xe0 || marker === 0xee) return false;
  return !(marker === 0xe2 && ascii(body, 0, 11) === 'ICC_PROFILE');
}

/** Where the next segment begins after the drawn data that starts at `from`; -1 where the file breaks off. */
function afterScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length - 1; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    // FF00 is a drawn byte, FFD0–FFD7 restart the scan, FFFF is filling.
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return -1;
}

function jpegWithoutNotes(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let turn = 1;
  let scans = 0;
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) {
      // What some phones hang behind the picture (a second picture, a film) is cut off with the notes.
      kept.push(bytes.subarray(at, at + 2));
      if (turn !== 1) kept.splice(1, 0, turnNote(turn));
      return scans > 0 ? joined(kept) : null;
    }
    if (at + 4 > bytes.length) return null;
    const length = view(bytes).getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return null;
    const body = bytes.subarray(at + 4, at + 2 + length);
    let next = at + 2 + length;
    if (marker === 0xe1) turn = cameraTurn(body) ?? turn;
    if (marker === SCAN) {
      scans += 1;
      next = afterScan(bytes, next);
      if (next < 0) return null;
    }
    if (!isNote(marker, body)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  return null;
}

/** Tag 274 of the Exif note: 1 upright to 8. */
function cameraTurn(body: Uint8Array): number | null {
  if (ascii(body, 0, 6) !== 'Exif\0\0' || body.length < 22) return null;
  const tiff = view(body.subarray(6));
  const little = tiff.getUint16(0) === 0x4949;
  const first = tiff.getUint32(4, little);
  if (first + 2 > tiff.byteLength) return null;
  const entries = tiff.getUint16(first, little);
  for (let n = 0; n < entries; n++) {
    const entry = first + 2 + n * 12;
    if (entry + 12 > tiff.byteLength) return null;
    if (tiff.getUint16(entry, little) !== 274) continue;
    const turn = tiff.getUint16(entry + 8, little);
    return turn >= 1 && turn <= 8 ? turn : null;
  }
  return null;
}

/** An Exif note that says nothing but the turn. */
function turnNote(turn: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0];
  return Uint8Array.from([0xff, 0xe1, 0, 2 + 6 + tiff.length, 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]);
}

// ── PNG and WebP ────────────────────────────────────────────────────────────────────────────────────────────────────

const PNG_NOTES = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

function pngWithoutNotes(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const next = at + 12 + view(bytes).getUint32(at);
    if (next > bytes.length) return null;
    const kind = ascii(bytes, at + 4, at + 8);
    if (!PNG_NOTES.has(kind)) kept.push(bytes.subarray(at, next));
    if (kind === 'IEND') return joined(kept);
    at = next;
  }
  return null;
}

/** Bits of the extended header that announce notes. */
const WEBP_NOTE_BITS = 0x08 | 0x04;

function webpWithoutNotes(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [];
  let at = 12;
  let drawn = false;
  const end = 8 + view(bytes).getUint32(4, true);
  if (end > bytes.length) return null;
  while (at + 8 <= end) {
    const length = view(bytes).getUint32(at + 4, true);
    const next = at + 8 + length + (length % 2);
    if (next > bytes.length) return null;
    const kind = ascii(bytes, at, at + 4);
    const chunk = Uint8Array.from(bytes.subarray(at, next));
    if (kind === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~WEBP_NOTE_BITS;
    if (kind === 'VP8 ' || kind === 'VP8L' || kind === 'ANMF') drawn = true;
    if (kind !== 'EXIF' && kind !== 'XMP ') kept.push(chunk);
    at = next;
  }
  if (!drawn) return null;
  const body = joined(kept);
  const head = Uint8Array.from(bytes.subarray(0, 12));
  view(head).setUint32(4, body.length + 4, true);
  return joined([head, body]);
}
