/** Finds the annotators' words in a reading's source, however it is spaced, marked, composed or scanned. */
export type Range = { start: number; end: number };

export const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

/** The source and the annotation agree on letters, however spaced, marked or composed. */
function squeeze(text: string, strict: boolean): { out: string; at: number[] } {
  const at: number[] = [];
  let out = '';
  for (const match of text.matchAll(/\P{M}\p{M}*/gu)) {
    let unit = match[0].normalize('NFC');
    if (!strict)
      unit = bare(unit)
        .replace(/[oO]/g, '0')
        .replace(/[lLiI|]/g, '1');
    if (/[\s\u200B-\u200D\u00AD\uFEFF]/u.test(unit) || (!strict && !/[\p{L}\d%]/u.test(unit))) continue;
    for (let i = 0; i < unit.length; i++) at.push(match.index);
    out += unit;
  }
  at.push(text.length);
  return { out, at };
}

export class Finder {
  private readonly folds: { out: string; at: number[] }[];
  readonly text: string;
  constructor(text: string) {
    this.text = text;
    this.folds = [squeeze(text, true), squeeze(text, false)];
  }
  find(words: string, nth = 1): Range | null {
    for (const [level, fold] of this.folds.entries()) {
      const needle = squeeze(words, level === 0).out;
      let from = -1;
      for (let n = 0; n < nth; n++) {
        from = fold.out.indexOf(needle, from + 1);
        if (from < 0) break;
      }
      if (from >= 0)
        return { start: fold.at[from] ?? 0, end: fold.at[from + needle.length] ?? this.text.length };
    }
    return null;
  }
}
