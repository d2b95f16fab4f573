/** Arrow keys in a grid of cells (WAI-ARIA grid): one cell is in the tab order, the arrows move it. Pure. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

/** Rows Page Up and Page Down jump over. */
const PAGE = 10;

const within = (value: number, most: number): number => Math.max(0, Math.min(most - 1, value));

/** null: no key that moves. */
export function moved({ row, column }: Spot, key: string, ctrl: boolean, size: GridSize): Spot | null {
  const to = (rowTo: number, columnTo: number): Spot => ({
    row: within(rowTo, size.rows),
    column: within(columnTo, size.columns),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - PAGE, column);
    case 'PageDown':
      return to(row + PAGE, column);
    case 'Home':
      return to(ctrl ? 0 : row, 0);
    case 'End':
      return to(ctrl ? size.rows - 1 : row, size.columns - 1);
    default:
      return null;
  }
}
