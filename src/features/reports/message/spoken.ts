/**
 * What is spoken to a phone comes without commas: "… hai mươi lăm hộ trong đó hai mươi hai hộ ký còn ba hộ vắng lũy kế …".
 * A new clause begins where such a word follows an amount and another amount follows it; "a trên b" is a share of b.
 */
import type { Atom } from '#features/reports/message/atoms.ts';
import { isAmount, isLabel } from '#features/reports/message/segments.ts';

const CUTS: readonly Atom['kind'][] = ['break', 'open', 'close'];

const isWord = (atom: Atom | undefined, folded: string, typed: readonly string[]): boolean =>
  atom?.kind === 'word' && atom.word.folded === folded && typed.includes(atom.word.typed);

function beginsClause(atoms: readonly Atom[], n: number): boolean {
  const [atom, next] = [atoms[n], atoms[n + 1]];
  if (!atom) return false;
  if (isWord(atom, 'trong', ['trong'])) return isWord(next, 'do', ['đó', 'do']);
  if (isWord(atom, 'con', ['còn', 'con'])) return next !== undefined && isAmount(next);
  return isLabel(atom) && atom.label.kind === 'running';
}

/** An amount on the way to the next cut. */
function amountAhead(atoms: readonly Atom[], from: number): boolean {
  for (const atom of atoms.slice(from)) {
    if (CUTS.includes(atom.kind)) return false;
    if (isAmount(atom)) return true;
  }
  return false;
}

function shares(atoms: readonly Atom[]): Atom[] {
  const joined: Atom[] = [];
  for (let n = 0; n < atoms.length; n += 1) {
    const [atom, between, other] = [atoms[n], atoms[n + 1], atoms[n + 2]];
    if (!atom) continue;
    const share =
      atom.kind === 'number' &&
      other?.kind === 'number' &&
      other.value >= atom.value &&
      isWord(between, 'tren', ['trên', 'tren']);
    if (share) {
      joined.push({
        kind: 'fraction',
        value: atom.value,
        of: other.value,
        start: atom.start,
        end: other.end,
      });
      n += 2;
    } else joined.push(atom);
  }
  return joined;
}

export function spokenBreaks(read: readonly Atom[]): Atom[] {
  const atoms = shares(read);
  const cut: Atom[] = [];
  let counted = false;
  atoms.forEach((atom, n) => {
    if (counted && beginsClause(atoms, n) && amountAhead(atoms, n + 1)) {
      cut.push({ kind: 'break', strength: 'soft', start: atom.start, end: atom.start });
      counted = false;
    }
    if (CUTS.includes(atom.kind)) counted = false;
    else if (isAmount(atom)) counted = true;
    cut.push(atom);
  });
  return cut;
}
