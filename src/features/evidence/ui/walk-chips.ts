/**
 * Arrow keys walk the chips of a calendar: up and down through a day's chips and on into the next row, left and right to
 * the nearest day of the row that has any. The chips stay plain links in a plain table.
 */
const CHIP = 'a[data-chip]';

const chipsIn = (cell: Element): HTMLElement[] => [...cell.querySelectorAll<HTMLElement>(CHIP)];

function sideways(cell: HTMLTableCellElement, step: 1 | -1): HTMLElement | undefined {
  const cells = [...(cell.parentElement?.children ?? [])];
  for (let at = cells.indexOf(cell) + step; at >= 0 && at < cells.length; at += step) {
    const [first] = chipsIn(cells[at] ?? cell);
    if (first) return first;
  }
  return undefined;
}

function updown(cell: HTMLTableCellElement, chip: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const own = chipsIn(cell);
  const next = own[own.indexOf(chip) + step];
  if (next) return next;
  const rows = [...(cell.closest('tbody')?.rows ?? [])];
  const row = cell.parentElement;
  for (let at = rows.findIndex((one) => one === row) + step; at >= 0 && at < rows.length; at += step) {
    const same = rows[at]?.cells[cell.cellIndex];
    const chips = same && !rows[at]?.hidden ? chipsIn(same) : [];
    const found = step === 1 ? chips[0] : chips.at(-1);
    if (found) return found;
  }
  return undefined;
}

/** Attachment for the tbody of a calendar. */
export function walkChips(body: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const chip = event.target.closest<HTMLElement>(CHIP);
    const cell = chip?.closest<HTMLTableCellElement>('td, th');
    if (!chip || !cell) return;
    const next =
      event.key === 'ArrowRight'
        ? sideways(cell, 1)
        : event.key === 'ArrowLeft'
          ? sideways(cell, -1)
          : event.key === 'ArrowDown'
            ? updown(cell, chip, 1)
            : event.key === 'ArrowUp'
              ? updown(cell, chip, -1)
              : undefined;
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  body.addEventListener('keydown', onKey);
  return () => body.removeEventListener('keydown', onKey);
}
