// How wide a line comes out, from the font's own tables: the rules of a heading are as long as the words above them.
// Tinos has the widths of Times New Roman, so what is true of one is true of the other.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Style = 'regular' | 'bold' | 'italic';
const FILES: Readonly<Record<Style, string>> = {
  regular: '400Regular/Tinos_400Regular.ttf',
  bold: '700Bold/Tinos_700Bold.ttf',
  italic: '400Regular_Italic/Tinos_400Regular_Italic.ttf',
};

interface Font {
  readonly unitsPerEm: number;
  width(codePoint: number): number;
}

function tableOf(file: DataView, tag: string): number {
  const count = file.getUint16(4);
  for (let n = 0; n < count; n++) {
    const at = 12 + n * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((i) => file.getUint8(at + i)));
    if (name === tag) return file.getUint32(at + 8);
  }
  throw new Error(`a font without ${tag}`);
}

/** Unicode → glyph by the segments of a format 4 table, which every text font has. */
function glyphOf(file: DataView, cmap: number): (code: number) => number {
  const count = file.getUint16(cmap + 2);
  const offsets = Array.from({ length: count }, (_, n) => cmap + file.getUint32(cmap + 8 + n * 8));
  const sub = offsets.find((at) => file.getUint16(at) === 4);
  if (sub === undefined) throw new Error('a font without a table of characters');
  const segments = file.getUint16(sub + 6) / 2;
  const at = (part: number, n: number) => sub + 14 + part * segments * 2 + (part > 0 ? 2 : 0) + n * 2;
  return (code) => {
    for (let n = 0; n < segments; n++) {
      if (file.getUint16(at(0, n)) < code) continue;
      const start = file.getUint16(at(1, n));
      if (start > code) return 0;
      const delta = file.getUint16(at(2, n));
      const offset = file.getUint16(at(3, n));
      if (offset === 0) return (code + delta) & 0xffff;
      const glyph = file.getUint16(at(3, n) + offset + (code - start) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

function openFont(style: Style): Font {
  const require = createRequire(`${process.cwd()}/package.json`);
  const bytes = readFileSync(require.resolve(`@expo-google-fonts/tinos/${FILES[style]}`));
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const metrics = file.getUint16(tableOf(file, 'hhea') + 34);
  const hmtx = tableOf(file, 'hmtx');
  const glyph = glyphOf(file, tableOf(file, 'cmap'));
  return {
    unitsPerEm: file.getUint16(tableOf(file, 'head') + 18),
    width: (code) => file.getUint16(hmtx + Math.min(glyph(code), metrics - 1) * 4),
  };
}

const open = new Map<Style, Font>();

/** Millimetres of one line at a size in points. */
export function lineWidthMm(text: string, sizePt: number, style: Style): number {
  const font = open.get(style) ?? openFont(style);
  open.set(style, font);
  const units = Array.from(text.normalize('NFC')).reduce(
    (sum, char) => sum + font.width(char.codePointAt(0) ?? 32),
    0,
  );
  return (units / font.unitsPerEm) * sizePt * (25.4 / 72);
}
