import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { typesetPdf, typesetSvg } from '#platform/typeset/typeset.server.ts';

const template = `
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4")
#set text(font: "Be Vietnam Pro", size: 14pt, lang: "vi")
= #data.title
#text(font: "Tinos")[#data.words]`;

describe('typesetting', () => {
  it('sets Vietnamese in both faces and can be read back letter by letter', async () => {
    const data = { title: 'Từng nhà: ngõ 12, số 7', words: 'Nguyễn Đức Thịnh, quyển sổ, giường, ưỡn' };
    const pdf = await typesetPdf({ template, data });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
    expect(text.normalize('NFC')).toContain(data.title);
    expect(text.normalize('NFC')).toContain(data.words);
  });

  it('takes data as data, never as markup', async () => {
    const data = { title: '#panic() *x* $y$ "z"', words: '@a <b>' };
    const pdf = await typesetPdf({ template, data });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
    expect(text).toContain('#panic() *x* $y$');
  });

  it('draws the same as a picture without fonts', async () => {
    const svg = await typesetSvg({ template, data: { title: 'Ă', words: 'Ơ' } });
    expect(svg).toMatch(/^<svg/);
    expect(svg).not.toContain('<text');
  });

  it('says what is wrong with a template', async () => {
    await expect(typesetPdf({ template: '#nothing-of-that-name', data: {} })).rejects.toThrow(
      /unknown variable/,
    );
  });
});
