// What a directive obliges to by a day or in a rhythm, as it may become a duty of a plan, and how the register is
// narrowed and ordered. Pure.
import { compareVietnamese, matches, searchText } from '#core/vietnamese.ts';
import type { ItemBody } from '#features/plan/schema.ts';

export type OwedBody = Extract<ItemBody, { kind: 'duty' | 'report' }>;

export interface ReadProposal {
  readonly body: OwedBody;
  /** The sentence it was read from. */
  readonly words: string;
}

/** Only what has a day or a rhythm can fall due; the rest of a directive is its text. */
export const isDated = (body: ItemBody): body is OwedBody =>
  body.kind !== 'target' && (body.by !== null || body.cadence !== null || body.between !== null);

export const SORTS = ['newest', 'oldest', 'number', 'issuer'] as const;
export type DirectiveSort = (typeof SORTS)[number];

export interface Listed {
  readonly number: string;
  readonly issuedOn: string;
  readonly issuer: string;
  readonly subject: string;
}

export interface Wish {
  readonly search?: string | undefined;
  readonly issuer?: string | undefined;
  readonly year?: number | undefined;
  readonly sort: DirectiveSort;
}

const ORDER: Readonly<Record<DirectiveSort, (a: Listed, b: Listed) => number>> = {
  newest: (a, b) => b.issuedOn.localeCompare(a.issuedOn) || compareVietnamese(a.number, b.number),
  oldest: (a, b) => a.issuedOn.localeCompare(b.issuedOn) || compareVietnamese(a.number, b.number),
  number: (a, b) => compareVietnamese(a.number, b.number) || b.issuedOn.localeCompare(a.issuedOn),
  issuer: (a, b) => compareVietnamese(a.issuer, b.issuer) || b.issuedOn.localeCompare(a.issuedOn),
};

/** Typed with marks, marks must agree; typed without, any will do. */
export function narrowed<T extends Listed>(all: readonly T[], { search, issuer, year, sort }: Wish): T[] {
  const wanted = searchText(search ?? '');
  return all
    .filter((one) => issuer === undefined || issuer === '' || one.issuer === issuer)
    .filter((one) => year === undefined || one.issuedOn.startsWith(String(year)))
    .filter((one) => matches(searchText(`${one.number} ${one.issuer} ${one.subject}`), wanted))
    .toSorted(ORDER[sort]);
}

// The bytes say what a file is, never its name.
const starts = (bytes: Uint8Array, ...head: readonly number[]): boolean =>
  head.every((byte, at) => bytes[at] === byte);

export function fileTypeOf(bytes: Uint8Array): { readonly type: string; readonly ending: string } | null {
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return { type: 'application/pdf', ending: 'pdf' };
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04))
    return {
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      ending: 'docx',
    };
  return null;
}
