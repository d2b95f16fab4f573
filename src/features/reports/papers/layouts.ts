/**
 * The layout of official papers as dated data: what a decree says, with its source and days of validity. A paper is set
 * by the layout in force on its date; when the rules change a row is added, code is not touched.
 */
import type { DateOn } from '#core/calendar.ts';

export interface Layout {
  readonly source: string;
  readonly validFrom: DateOn;
  readonly validTo: DateOn | null;
  readonly font: string;
  readonly page: { readonly widthMm: number; readonly heightMm: number };
  readonly marginMm: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
  /** Letter sizes in points. */
  readonly size: {
    readonly nation: number;
    readonly motto: number;
    readonly superior: number;
    readonly issuer: number;
    readonly number: number;
    readonly date: number;
    readonly kind: number;
    readonly subject: number;
    readonly body: number;
    readonly table: number;
    readonly sign: number;
    readonly recipientsHead: number;
    readonly recipients: number;
    readonly pageNumber: number;
    readonly annex: number;
  };
  readonly firstLineMm: number;
  readonly paragraphGapPt: number;
  /** Of a single line. */
  readonly lineSpacing: number;
  /** The rule under issuer and subject, as a share of the text above it. */
  readonly shortRule: number;
  /** The whole heading: left column as a share of the text width. */
  readonly headLeft: number;
}

export const LAYOUTS: readonly Layout[] = [
  {
    source: 'Nghị định 30/2020/NĐ-CP ngày 05/3/2020, Phụ lục I',
    validFrom: '2020-03-05',
    validTo: null,
    font: 'Times New Roman',
    page: { widthMm: 210, heightMm: 297 },
    marginMm: { top: 20, bottom: 20, left: 30, right: 15 },
    size: {
      nation: 12,
      motto: 13,
      superior: 12,
      issuer: 12,
      number: 13,
      date: 14,
      kind: 14,
      subject: 14,
      body: 14,
      table: 12,
      sign: 14,
      recipientsHead: 12,
      recipients: 11,
      pageNumber: 13,
      annex: 14,
    },
    firstLineMm: 12.7,
    paragraphGapPt: 6,
    lineSpacing: 1.15,
    shortRule: 0.4,
    headLeft: 0.44,
  },
];

export function layoutOn(day: DateOn): Layout {
  const found = LAYOUTS.findLast(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo),
  );
  const [first] = LAYOUTS;
  const layout = found ?? first;
  if (!layout) throw new RangeError('no layout of papers');
  return layout;
}

export const textWidthMm = ({ page, marginMm }: Layout): number =>
  page.widthMm - marginMm.left - marginMm.right;
