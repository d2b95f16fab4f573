// Posters, leaflets and picture cards of a text: three designs, each with the square code of the ward's own page, so
// that whoever reads the paper can check it. Templates are data beside this file.
import { renderSVG } from 'uqr';
import type { Speaker } from '#features/publishing/kit.ts';
import type { TextBody } from '#features/publishing/model.ts';
import { typesetPdf, typesetSvg } from '#platform/typeset/typeset.server.ts';
import type { Sheet } from '#platform/typeset/typeset.server.ts';
import { SHEET_TEMPLATE } from '#features/publishing/sheet-template.ts';

export type Size = 'a4' | 'a3' | 'leaflet' | 'card';
export type Design = 1 | 2 | 3;

export interface SheetWish {
  readonly size: Size;
  readonly design: number;
}

/** A square is read from two metres when a module is 1.5 mm or more; the short address keeps the modules few. */
function sheetOf(text: TextBody, speaker: Speaker, { size, design }: SheetWish): Sheet {
  return {
    template: SHEET_TEMPLATE,
    data: {
      size,
      design,
      title: text.title,
      summary: text.summary,
      signs: text.signs,
      actions: text.actions,
      paragraphs: text.paragraphs,
      source: text.source.name,
      speaker: speaker.name,
      hotline: speaker.hotline,
      url: speaker.url?.replace(/^https?:\/\//, '') ?? null,
      square: speaker.url === null ? null : renderSVG(speaker.url, { ecc: 'M', border: 2 }),
    },
  };
}

export const sheetPdf = (text: TextBody, speaker: Speaker, wish: SheetWish): Promise<Buffer> =>
  typesetPdf(sheetOf(text, speaker, wish));

export const cardSvg = (text: TextBody, speaker: Speaker, wish: SheetWish): Promise<string> =>
  typesetSvg(sheetOf(text, speaker, { ...wish, size: 'card' }));
