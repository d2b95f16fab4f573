// Invented people: no two of the same name. Phone numbers begin with 050, which no mobile operator uses, so that none
// can ring.
import type { Chance } from '#platform/rehearsal/chance.ts';
import { drawName } from '#platform/rehearsal/names.ts';
import type { Sex } from '#platform/rehearsal/names.ts';

export type { Sex };

/** Names that belong to somebody who signed the paper the sample follows must not come out by chance. */
const NEVER = new Set(['Nguyễn Hữu Thanh']);

/** Draws names that differ from one another; some offices are held by women or by men as a rule. */
export function nameDrawer(chance: Chance): (sex?: Sex) => string {
  const given = new Set<string>(NEVER);
  return (sex = 'either') => {
    for (;;) {
      const name = drawName(chance, sex);
      if (given.has(name)) continue;
      given.add(name);
      return name;
    }
  };
}

export function phoneDrawer(chance: Chance): () => string {
  const given = new Set<string>();
  return () => {
    for (;;) {
      const phone = `+8450${chance.int(1_000_000, 9_999_999)}`;
      if (given.has(phone)) continue;
      given.add(phone);
      return phone;
    }
  };
}
