/** An official paper as data: what stands where, before any of it is set as DOCX or PDF. */
import type { DateOn } from '#core/calendar.ts';

export interface PaperTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Share of the width of each column. */
  readonly widths: readonly number[];
  /** Columns of figures stand at the end. */
  readonly figures: readonly number[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'point'; readonly text: string }
  | { readonly kind: 'table'; readonly table: PaperTable };

export interface Annex {
  /** Roman. */
  readonly number: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Paper {
  readonly superior: string;
  readonly issuer: string;
  /** Null until the clerk has entered the number of the issuer's own book. */
  readonly number: string | null;
  /** After the number: "BC-CAP". */
  readonly symbol: string;
  readonly place: string;
  readonly datedOn: DateOn | null;
  /** For the year and month of a paper not dated yet. */
  readonly draftedOn: DateOn;
  readonly kind: string;
  readonly subject: string;
  readonly addressees: readonly string[];
  readonly blocks: readonly Block[];
  readonly recipients: readonly string[];
  readonly fileMark: string;
  /** "KT. TRƯỞNG …", "PHÓ TRƯỞNG …": one line each. */
  readonly signLines: readonly string[];
  readonly signName: string;
  readonly annexes: readonly Annex[];
}

/** Days below ten are padded, of the months only 01 and 02. */
export function writtenDate(datedOn: DateOn | null, draftedOn: DateOn): string {
  const on = datedOn ?? draftedOn;
  const month = Number(on.slice(5, 7));
  const written = month <= 2 ? `0${month}` : String(month);
  const day = datedOn === null ? '     ' : on.slice(8, 10);
  return `ngày ${day} tháng ${written} năm ${on.slice(0, 4)}`;
}

export const dateLine = (place: string, datedOn: DateOn | null, draftedOn: DateOn): string =>
  `${place}${place === '' ? '' : ', '}${writtenDate(datedOn, draftedOn)}`;

/** "Số: 05/BC-CAP"; numbers below ten are padded; blank until the clerk writes it. */
export const numberLine = (number: string | null, symbol: string): string =>
  `Số: ${writtenNumber(number)}/${symbol}`;

export const writtenNumber = (number: string | null): string =>
  number === null ? '        ' : /^\d$/.test(number) ? `0${number}` : number;

/** Who signs, and in whose stead: the head himself, or the deputy for the head; on behalf of a body that decides together. */
export function signLines(
  issuer: {
    readonly onBehalfOf: string;
    readonly headTitle: string;
    readonly deputyTitle: string;
  },
  capacity: 'head' | 'deputy',
): string[] {
  const body = issuer.onBehalfOf === '' ? [] : [`TM. ${issuer.onBehalfOf}`];
  return capacity === 'head'
    ? [...body, issuer.headTitle]
    : [...body, `KT. ${issuer.headTitle}`, issuer.deputyTitle];
}

/** "Nơi nhận": the first line is "Như trên" where the paper is addressed to somebody, the last where it is filed. */
export function recipientLines({ addressees, recipients, fileMark }: Paper): string[] {
  const above = addressees.length > 0 ? ['Như trên'] : [];
  const file = fileMark === '' ? 'Lưu: VT.' : `Lưu: VT, ${fileMark}.`;
  return [...[...above, ...recipients].map((line) => `- ${line};`), `- ${file}`];
}

export const NATION = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
export const MOTTO = 'Độc lập - Tự do - Hạnh phúc';
