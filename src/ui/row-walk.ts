/**
 * Arrow keys walk the rows of a table by moving the focus to each row's first link, button or box. The rows stay plain
 * table rows for screen readers, and a table without anything to press is left alone.
 */
import { isTyping } from './keys.ts';

const PRESSABLE = 'a[href], button:not(:disabled), input:not(:disabled)';

/** Attachment for a tbody. */
export function walkRows(body: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    if (isTyping(event.target)) return;
    const row = event.target.closest('tr');
    if (row === null) return;
    const next = rowFor(event.key, row, body);
    if (next === undefined) return;
    event.preventDefault();
    // Stay in the same column where it has something to press, so that ticking down a list is one key a row.
    const column = [...row.querySelectorAll(PRESSABLE)].indexOf(event.target);
    const targets = [...next.querySelectorAll<HTMLElement>(PRESSABLE)];
    const target = targets[column] ?? targets[0];
    target?.focus();
    next.scrollIntoView({ block: 'nearest' });
  };
  body.addEventListener('keydown', onKey);
  return () => body.removeEventListener('keydown', onKey);
}

function rowFor(key: string, row: HTMLTableRowElement, body: HTMLElement): HTMLTableRowElement | undefined {
  const rows = [...body.querySelectorAll('tr')].filter((each) => each.querySelector(PRESSABLE) !== null);
  const at = rows.indexOf(row);
  if (at < 0) return undefined;
  if (key === 'ArrowDown' || key === 'j') return rows[at + 1];
  if (key === 'ArrowUp' || key === 'k') return rows[at - 1];
  if (key === 'Home') return rows[0];
  if (key === 'End') return rows.at(-1);
  return undefined;
}
