/** Which stretch of the paper is selected on the screen. Runs carry their offsets, so no searching for words is needed. */

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The offset of a point of the DOM within the source; null outside the paper. */
function offsetOf(root: HTMLElement, node: Node, at: number): number | null {
  if (!root.contains(node)) return null;
  if (node.nodeType === Node.TEXT_NODE) {
    const run = node.parentElement?.closest<HTMLElement>('[data-start]');
    return run?.dataset['start'] === undefined ? null : Number(run.dataset['start']) + at;
  }
  // A point between elements: the start of what follows, else the end of what came before.
  const children = [...node.childNodes];
  for (const child of children.slice(at)) {
    const run = runIn(child, 'first');
    if (run) return Number(run.dataset['start']);
  }
  for (const child of children.slice(0, at).reverse()) {
    const run = runIn(child, 'last');
    if (run) return Number(run.dataset['end']);
  }
  return null;
}

function runIn(node: Node, which: 'first' | 'last'): HTMLElement | null {
  if (!(node instanceof HTMLElement)) return null;
  if (node.dataset['start'] !== undefined) return node;
  const runs = node.querySelectorAll<HTMLElement>('[data-start]');
  return runs[which === 'first' ? 0 : runs.length - 1] ?? null;
}

/** The selected words without blanks at their ends; null where nothing of the paper is selected. */
export function selectedStretch(root: HTMLElement, source: string): Stretch | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const from = offsetOf(root, range.startContainer, range.startOffset);
  const to = offsetOf(root, range.endContainer, range.endOffset);
  if (from === null || to === null || to <= from) return null;
  const words = source.slice(from, to);
  const start = from + (words.length - words.trimStart().length);
  const end = to - (words.length - words.trimEnd().length);
  return end - start >= 3 ? { start, end } : null;
}
