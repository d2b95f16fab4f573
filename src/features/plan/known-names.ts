/** Names whose meaning nobody needs to be asked: said before in this ward, or exactly a unit's own name. */
import { assignActor } from '#features/plan/draft.ts';
import type { ItemBody } from '#features/plan/schema.ts';
import { nameKey, suggestActor } from '#features/plan/unit-names.ts';
import type { ActorMeaning, UnitName } from '#features/plan/unit-names.ts';

const namesIn = (body: ItemBody): string[] => [
  ...(body.kind === 'target' ? [] : [body.actor, ...body.partners]),
  ...(body.kind === 'report' && body.to !== null ? [body.to] : []),
];

/** @param which `unknown`: what somebody has already said of an item stays */
export function withKnownNames(
  body: ItemBody,
  said: ReadonlyMap<string, ActorMeaning>,
  units: readonly UnitName[],
  which: 'every' | 'unknown' = 'every',
): ItemBody {
  const meaningOf = (name: string): ActorMeaning | null => {
    const known = said.get(nameKey(name));
    if (known) return known;
    const suggestion = suggestActor(name, units);
    return suggestion?.score === 1 ? suggestion.meaning : null;
  };
  const settled = which === 'unknown' && body.kind !== 'target' && body.accountable !== null;
  return namesIn(body).reduce((next, name) => {
    if (settled && next.kind !== 'target' && name === next.actor) return next;
    const meaning = meaningOf(name);
    return meaning ? assignActor(next, name, meaning) : next;
  }, body);
}
