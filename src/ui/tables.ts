/** Shapes that tables and lists take. */
import type { Snippet } from 'svelte';

export interface Column<Row> {
  key: string;
  label: string;
  /** Figures stand at the end. */
  align?: 'start' | 'end';
  sortable?: boolean;
  /** What stands in the cell, unless the table's `cell` snippet draws it. */
  text?: (row: Row) => string | number | null | undefined;
  /** Drawn by the `cell` snippet. */
  drawn?: boolean;
  /** Least width, a CSS length. */
  width?: string;
}

export interface Sort {
  key: string;
  direction: 'ascending' | 'descending';
}

/** What a press on a column's head asks for: that column, upwards first. */
export function turnedSort(key: string, sort: Sort | undefined): Sort {
  const up = sort?.key === key && sort.direction === 'ascending';
  return { key, direction: up ? 'descending' : 'ascending' };
}

export interface Description {
  term: string;
  text?: string | number | null | undefined;
  /** Instead of text. */
  content?: Snippet | undefined;
  href?: string | undefined;
}
