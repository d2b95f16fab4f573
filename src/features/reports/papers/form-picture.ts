/**
 * A superior's form as it is shown for tying: its tables and lines, with the places a figure may go into. The place of a
 * workbook is a cell ("C7" of a sheet); of a Word document a cell of a table ("T1R3C2"), a row of dots ("B4", the fourth of
 * the paper) or a name in braces ("{{số hộ}}").
 */

export interface FormCellView {
  readonly ref: string;
  readonly text: string;
  /** A formula keeps counting by itself, a covered cell does not exist: neither is tied. */
  readonly open: boolean;
  readonly columns: number;
  readonly rows: number;
}

export type FormBlock =
  | {
      readonly kind: 'table';
      /** The sheet; empty in a Word document. */
      readonly sheet: string;
      readonly rows: FormCellView[][];
      /** More rows or columns than are shown. */
      readonly cut: boolean;
    }
  | { readonly kind: 'line'; readonly parts: { readonly ref: string | null; readonly text: string }[] };

export const MOST_ROWS = 300;
export const MOST_COLUMNS = 40;

/** The places a figure may go into, as "sheet!ref". */
export const openPlaces = (blocks: readonly FormBlock[]): Set<string> =>
  new Set(
    blocks.flatMap((block) =>
      block.kind === 'table'
        ? block.rows.flat().flatMap(({ ref, open }) => (open ? [placeKey({ sheet: block.sheet, ref })] : []))
        : block.parts.flatMap(({ ref }) => (ref === null ? [] : [placeKey({ sheet: '', ref })])),
    ),
  );

export const placeKey = ({ sheet, ref }: { readonly sheet: string; readonly ref: string }): string =>
  `${sheet}!${ref}`;

export interface Filling {
  readonly sheet: string;
  readonly ref: string;
  /** A share is a number from 0 to 100. */
  readonly value: number | string;
  readonly share: boolean;
}
