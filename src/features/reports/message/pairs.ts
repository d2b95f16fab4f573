/** Two numbers with a stroke between them that are neither a share of the households nor two measures. */
import type { Atom } from '#features/reports/message/atoms.ts';
import type { Amount } from '#features/reports/message/segments.ts';

type Pair = Extract<Amount, { kind: 'fraction' }>;

/** "TT 22/287, ký 20/270": of the day and all together, where the second number cannot be the group's households. */
export interface Pairs {
  areDayAndTotal(pair: Pair): boolean;
  /** Two such pairs with different second numbers: no reading is left but this one. */
  readonly sure: boolean;
}

export function pairsIn(atoms: readonly Atom[], households: number | null): Pairs {
  const areDayAndTotal = ({ value, of }: Pair) => households !== null && of < households && value * 2 < of;
  const found = atoms.filter((atom) => atom.kind === 'fraction' && areDayAndTotal(atom));
  const ofs = new Set(found.map((atom) => (atom.kind === 'fraction' ? atom.of : 0)));
  return { areDayAndTotal, sure: ofs.size > 1 };
}
