// Synthetic files laid out as cameras and phones write them: what counts is which stretches survive.
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { pictureType, withoutNotes } from '#features/evidence/picture.ts';

const bytes = (...parts: (number | string | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number'
        ? [part]
        : typeof part === 'string'
          ? [...Buffer.from(part, 'latin1')]
          : [...part],
    ),
  );
const segment = (marker: number, body: Uint8Array) =>
  bytes(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff, body);
const u16 = (n: number) => bytes(n >> 8, n & 0xff);
const u32 = (n: number) => bytes(n >>> 24, (n >> 16) & 0xff, (n >> 8) & 0xff, n & 0xff);

/** Turn and a pointer to where it was taken. */
const exif = (turn: number) =>
  bytes(
    'Exif\0\0MM',
    u16(42),
    u32(8),
    u16(2),
    ...[u16(274), u16(3), u32(1), u16(turn), u16(0)],
    ...[u16(0x8825), u16(4), u32(1), u32(38)],
    u32(0),
    'GPS 20.8449 106.6881',
  );
const drawing = bytes(
  segment(0xe0, bytes('JFIF\0', 1, 1, 0, u16(72), u16(72), 0, 0)),
  segment(0xe2, bytes('ICC_PROFILE\0', 1, 1, 'colours')),
  segment(0xdb, bytes('table')),
  segment(0xda, bytes('scan head')),
  // A stuffed byte and a restart marker inside the scan must not end it.
  bytes(0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56),
  segment(0xda, bytes('second scan')),
  bytes(0x78, 0x9a),
);
const jpeg = (...notes: Uint8Array[]) =>
  bytes(0xff, 0xd8, ...notes, drawing, 0xff, 0xd9, 'a film behind the picture');
const has = (file: Uint8Array | null, words: string) => Buffer.from(file ?? []).includes(words);

describe('a JPEG', () => {
  it('loses place, owner and what hangs behind it, and keeps how it is drawn', () => {
    const notes = [
      segment(0xe1, exif(1)),
      segment(0xe1, bytes('http://ns.adobe.com/xap/1.0/\0<xmp>owner</xmp>')),
      segment(0xed, bytes('Photoshop 3.0\0city')),
      segment(0xe2, bytes('MPF\0second picture')),
      segment(0xfe, bytes('a comment')),
    ];
    const clean = withoutNotes(jpeg(...notes), 'image/jpeg');
    expect(clean).toEqual(bytes(0xff, 0xd8, drawing, 0xff, 0xd9));
  });

  it('stays upright: of the notes only the turn of the camera is kept', () => {
    const clean = withoutNotes(jpeg(segment(0xe1, exif(6))), 'image/jpeg');
    expect(has(clean, 'GPS')).toBe(false);
    expect(clean?.subarray(2, 4)).toEqual(bytes(0xff, 0xe1));
    // What was written reads back as the same turn, and cleaning it again changes nothing.
    expect(withoutNotes(clean ?? bytes(), 'image/jpeg')).toEqual(clean);
    expect(has(clean, 'Exif')).toBe(true);
  });

  it('cut off anywhere is refused and never read past its end', () => {
    const whole = bytes(0xff, 0xd8, segment(0xe1, exif(6)), drawing, 0xff, 0xd9);
    for (let length = 0; length < whole.length - 1; length++)
      expect(withoutNotes(whole.subarray(0, length), 'image/jpeg'), String(length)).toBeNull();
    expect(withoutNotes(whole, 'image/jpeg')).not.toBeNull();
  });
});

describe('a PNG', () => {
  const chunk = (kind: string, body: Uint8Array) => bytes(u32(body.length), kind, body, u32(0));
  it('loses its texts and its Exif and still opens', () => {
    const png = Uint8Array.from(PNG.sync.write(new PNG({ width: 2, height: 2 })));
    const noted = bytes(
      png.subarray(0, 33),
      chunk('eXIf', bytes('GPS')),
      chunk('tEXt', bytes('Author\0somebody')),
      chunk('tIME', bytes('1234567')),
      png.subarray(33),
      'behind',
    );
    const clean = withoutNotes(noted, 'image/png');
    expect(clean).toEqual(png);
    expect(PNG.sync.read(Buffer.from(clean ?? [])).width).toBe(2);
    expect(withoutNotes(png.subarray(0, png.length - 4), 'image/png')).toBeNull();
  });
});

describe('a WebP', () => {
  const le = (n: number) => u32(n).reverse();
  const chunk = (kind: string, body: Uint8Array) =>
    bytes(kind, le(body.length), body, ...(body.length % 2 ? [0] : []));
  const riff = (...chunks: Uint8Array[]) => {
    const body = bytes('WEBP', ...chunks);
    return bytes('RIFF', le(body.length), body);
  };
  it('loses Exif and XMP and no longer announces them', () => {
    const head = (flags: number) => chunk('VP8X', bytes(flags, 0, 0, 0, 1, 0, 0, 1, 0, 0));
    const drawn = chunk('VP8L', bytes('pixel'));
    const clean = withoutNotes(
      riff(head(0x2c), drawn, chunk('EXIF', exif(1)), chunk('XMP ', bytes('<xmp/>'))),
      'image/webp',
    );
    expect(clean).toEqual(riff(head(0x20), drawn));
    expect(withoutNotes(riff(head(0x20)), 'image/webp')).toBeNull();
  });
});

it('a file is what its first bytes are, whatever it is called', () => {
  expect(pictureType(jpeg())).toBe('image/jpeg');
  expect(pictureType(bytes('<svg onload="alert(1)"/>'))).toBeNull();
  expect(pictureType(bytes('GIF89a'))).toBeNull();
  expect(pictureType(bytes('%PDF-1.7'))).toBeNull();
  expect(pictureType(bytes())).toBeNull();
});
