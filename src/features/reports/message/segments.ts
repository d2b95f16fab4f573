/** A part of a message cut at its separators, each piece knowing its line, its sentence and whether it is an aside. */
import type { Atom } from '#features/reports/message/atoms.ts';
import type { Words } from '#features/reports/message/message.ts';

export type Amount = Extract<Atom, { kind: 'number' | 'fraction' | 'pair' }>;
export type LabelAtom = Extract<Atom, { kind: 'label' }>;

export interface Segment {
  readonly atoms: readonly Atom[];
  readonly line: number;
  readonly sentence: number;
  readonly inside: boolean;
  /** Cut from the one before by a comma, a slash or the like. */
  readonly soft: boolean;
}

export const isAmount = (atom: Atom): atom is Amount =>
  atom.kind === 'number' || atom.kind === 'fraction' || atom.kind === 'pair';
export const isLabel = (atom: Atom): atom is LabelAtom => atom.kind === 'label';

export function segmentsOf(atoms: readonly Atom[], skip: readonly Words[]): Segment[] {
  const segments: Segment[] = [];
  let [line, sentence, depth, soft] = [0, 0, 0, false];
  let here: Atom[] = [];
  const cut = (nextSoft: boolean) => {
    if (here.length > 0) segments.push({ atoms: here, line, sentence, inside: depth > 0, soft });
    here = [];
    soft = nextSoft;
  };
  for (const atom of atoms) {
    if (skip.some(({ start, end }) => atom.start < end && start < atom.end)) continue;
    if (atom.kind === 'break') {
      cut(atom.strength === 'soft');
      if (atom.strength === 'line') [line, sentence, depth] = [line + 1, sentence + 1, 0];
      else if (atom.strength === 'hard' && depth === 0) sentence += 1;
    } else if (atom.kind === 'open') {
      cut(false);
      depth += 1;
    } else if (atom.kind === 'close') {
      cut(true);
      depth = Math.max(0, depth - 1);
    } else here.push(atom);
  }
  cut(false);
  return segments;
}

/** What surrounds an amount: labels back to the amount before it and on to the one after it. */
export interface Seat {
  readonly amount: Amount;
  readonly before: readonly LabelAtom[];
  readonly after: readonly LabelAtom[];
  /** A label with nothing between it and the amount. */
  readonly touching: LabelAtom | null;
}

export function seatsOf(segment: Segment): Seat[] {
  const places = segment.atoms.flatMap((atom, n) => (isAmount(atom) ? [{ atom, n }] : []));
  return places.map(({ atom, n }, index) => {
    const from = (places[index - 1]?.n ?? -1) + 1;
    const to = places[index + 1]?.n ?? segment.atoms.length;
    const previous = segment.atoms[n - 1];
    return {
      amount: atom,
      touching: previous && isLabel(previous) ? previous : null,
      before: segment.atoms.slice(from, n).filter(isLabel),
      after: segment.atoms.slice(n + 1, to).filter(isLabel),
    };
  });
}
