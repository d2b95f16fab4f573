import jsQR from 'jsqr';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { library } from '#features/publishing/starter/starter.ts';
import { cardSvg, sheetPdf } from '#features/publishing/sheets.server.ts';
import type { Size } from '#features/publishing/sheets.server.ts';
import { encode } from 'uqr';

const speaker = {
  name: 'Công an phường Mẫu',
  ward: 'phường Mẫu',
  hotline: '0225.000.0113',
  url: 'https://phuong.example.vn/11602/bai/mot-bai',
};
const [text] = library;
const words = async (pdf: Uint8Array) => {
  const { text: found, totalPages } = await extractText(await getDocumentProxy(pdf), { mergePages: true });
  return { found: found.normalize('NFC').replaceAll(/\s+/g, ''), totalPages };
};

describe('posters and leaflets', () => {
  it.each(library.map((one) => [one.title, one] as const))('%s stands whole on one A4', async (_, one) => {
    const { found, totalPages } = await words(
      new Uint8Array(await sheetPdf(one, speaker, { size: 'a4', design: 1 })),
    );
    expect(totalPages).toBe(1);
    for (const line of [
      one.title,
      one.summary,
      ...one.signs.slice(0, 6),
      ...one.actions.slice(0, 7),
      speaker.hotline,
    ])
      expect(found).toContain(line.replaceAll(/\s+/g, ''));
  });

  it.each(['a4', 'a3', 'leaflet'] as const)('every design in size %s is one page', async (size: Size) => {
    if (!text) throw new Error('no text');
    for (const design of [1, 2, 3])
      expect((await words(new Uint8Array(await sheetPdf(text, speaker, { size, design })))).totalPages).toBe(
        1,
      );
  });

  it('draws a card with a square that leads to the page', async () => {
    if (!text) throw new Error('no text');
    expect(await cardSvg(text, speaker, { size: 'card', design: 2 })).toContain('1080');
    // The same modules, drawn as a camera sees them.
    const { data, size } = encode(speaker.url, { ecc: 'M', border: 2 });
    const scale = 6;
    const pixels = new Uint8ClampedArray((size * scale) ** 2 * 4);
    for (let y = 0; y < size * scale; y++)
      for (let x = 0; x < size * scale; x++) {
        const dark = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
        pixels.set([dark ? 0 : 255, dark ? 0 : 255, dark ? 0 : 255, 255], (y * size * scale + x) * 4);
      }
    expect(jsQR(pixels, size * scale, size * scale)?.data).toBe(speaker.url);
  });
});
