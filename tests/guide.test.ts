// The group leader's guide: one sheet of A4, and every word it tells people to press stands on some screen.
import { readdirSync, readFileSync } from 'node:fs';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, it } from 'vitest';
import { guidePdf, readGuide } from './support/guide.ts';

const guide = readGuide();

it('is one sheet of A4 with its pictures, and says everything the page says', async () => {
  expect(guide.pictures.length).toBeGreaterThanOrEqual(4);
  const pdf = await getDocumentProxy(new Uint8Array(await guidePdf(guide)));
  expect(pdf.numPages).toBe(1);
  const [, , width = 0, height = 0] = (await pdf.getPage(1)).view;
  expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
  const { text } = await extractText(pdf, { mergePages: true });
  const set = text.normalize('NFC').replaceAll(/\s+/g, '');
  for (const { words } of guide.blocks)
    for (const piece of words) expect(set).toContain(piece.normalize('NFC').replaceAll(/\s+/g, ''));
});

it('names buttons and words as the screens have them', () => {
  const screens = readdirSync('messages/vi')
    .flatMap((file) => Object.values(JSON.parse(readFileSync(`messages/vi/${file}`, 'utf8')) as object))
    .filter((words) => typeof words === 'string')
    .map((words) => words.replaceAll(/\{[^}]*\}/g, ' '));
  const bold = guide.blocks.flatMap(({ words }) => words.filter((_, n) => n % 2 === 1));
  // The browser's own word, and words for the eye alone.
  const others = new Set([
    'Thêm vào màn hình chính',
    'mã PIN 6 số',
    'Quên mã PIN',
    'Mất máy',
    'Hai người dùng chung một máy',
    'Lâu ngày không có mạng',
  ]);
  const unknown = bold
    .map((words) => words.replace(/[:.]$/, ''))
    .filter((words) => !others.has(words) && !screens.some((screen) => screen.includes(words)));
  expect(unknown).toEqual([]);
});
