/** Behaviour of a menu of actions: where it opens and how keys walk it. */
import { fold } from '#core/vietnamese.ts';
import type { IconName } from './icons.ts';

export interface MenuAction {
  label: string;
  icon?: IconName | undefined;
  /** Goes there … */
  href?: string | undefined;
  /** … or does this. */
  run?: (() => void) | undefined;
  tone?: 'plain' | 'danger' | undefined;
  disabled?: boolean | undefined;
}

/** Below the trigger, flush with its end; above or flush with its start where the screen ends. */
export function placeMenu(
  trigger: { top: number; bottom: number; left: number; right: number },
  menu: { width: number; height: number },
  screen: { width: number; height: number },
): { top: number; left: number } {
  const GAP = 4;
  const EDGE = 8;
  const below = trigger.bottom + GAP;
  const above = trigger.top - GAP - menu.height;
  const top = below + menu.height <= screen.height - EDGE || above < EDGE ? below : above;
  const left = trigger.right - menu.width >= EDGE ? trigger.right - menu.width : trigger.left;
  return { top: Math.max(EDGE, top), left: Math.max(EDGE, Math.min(left, screen.width - EDGE - menu.width)) };
}

/** Which entry the key leads to; a letter, marked or not, leads to the next entry that begins with it. */
export function nextEntry(key: string, at: number, labels: readonly string[]): number | undefined {
  const count = labels.length;
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const begins = fold(key);
  for (let step = 1; step <= count; step += 1) {
    const index = (at + step) % count;
    if (fold(labels[index] ?? '').startsWith(begins)) return index;
  }
  return undefined;
}
