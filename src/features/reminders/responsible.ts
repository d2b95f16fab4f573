// Who owes an occurrence, who answers for them, and in which order they are called. Pure: from the roles in force.
import type { Role } from '#platform/api/actor.ts';
import type { OccurrenceState, PersonId } from '#features/reminders/model.ts';

/** An occurrence of the running plans, in the plan's own words: what the roof hands to this feature. */
export interface CampaignOccurrence {
  /** (duty, area, period start) */
  readonly key: string;
  readonly campaignId: string;
  readonly itemId: string;
  readonly what: 'duty' | 'report' | 'target';
  readonly title: string;
  /** To whom a report goes, in the paper's words. */
  readonly to: string | null;
  readonly areaId: string | null;
  /** Every residential group answers for itself, or the unit whose head answers; null: nobody was named yet. */
  readonly accountable: 'groups' | { readonly unitId: string } | null;
  /** The unit that leads the campaign and reminds in its name. */
  readonly leadingUnitId: string | null;
  readonly proposal: boolean;
  readonly state: OccurrenceState;
  readonly opensAt: number;
  readonly dueAt: number | null;
  /** Number of the plan's version that says so, and when it was confirmed: the revision of a calendar's entry. */
  readonly version: number;
  readonly revisedAt: number;
}

export interface Responsibility {
  readonly personId: PersonId;
  readonly role: Role;
  readonly areaId: string | null;
  readonly unitId: string | null;
}

export interface RoleHolder {
  readonly personId: PersonId;
  readonly role: Role;
}

export interface Responsible {
  readonly owers: readonly PersonId[];
  readonly heads: readonly PersonId[];
  /** Leader, deputy, area officer; in a unit its head, then its members. */
  readonly toCall: readonly RoleHolder[];
}

/** A duty of a unit that its head put into the hands of one of its members. */
export interface Hand {
  readonly itemId: string;
  readonly unitId: string;
  readonly personId: PersonId;
}

const NOBODY: Responsible = { owers: [], heads: [], toCall: [] };

export class ResponsibilityBook {
  readonly #byArea = new Map<string, Responsibility[]>();
  readonly #byUnit = new Map<string, Responsibility[]>();

  readonly #police: ReadonlySet<string>;
  readonly #hands: ReadonlyMap<string, PersonId>;

  /**
   * @param grants roles in force; where somebody holds one twice, once is enough
   * @param police units whose work in a group is its area officer's
   * @param hands duties in the hands of one member, who then owes them alone
   */
  constructor(grants: readonly Responsibility[], police: ReadonlySet<string>, hands: readonly Hand[] = []) {
    this.#police = police;
    this.#hands = new Map(hands.map(({ itemId, unitId, personId }) => [`${itemId}/${unitId}`, personId]));
    for (const grant of grants) {
      if (grant.areaId !== null) push(this.#byArea, grant.areaId, grant);
      if (grant.unitId !== null) push(this.#byUnit, grant.unitId, grant);
    }
  }

  of({
    accountable,
    areaId,
    itemId,
  }: Pick<CampaignOccurrence, 'accountable' | 'areaId'> & { readonly itemId?: string }): Responsible {
    if (accountable === null) return NOBODY;
    if (accountable === 'groups') return areaId === null ? NOBODY : this.#group(areaId);
    const hand = this.#hands.get(`${itemId ?? ''}/${accountable.unitId}`);
    return hand === undefined
      ? this.#unit(accountable.unitId, areaId)
      : this.#inHand(accountable.unitId, hand);
  }

  #group(areaId: string): Responsible {
    const toCall = holders(this.#byArea.get(areaId), ['group-leader', 'deputy-leader', 'area-officer']);
    const leaders = ids(toCall.filter(({ role }) => role !== 'area-officer'));
    const officers = ids(toCall.filter(({ role }) => role === 'area-officer'));
    // A group between two leaders is in its officer's hands.
    return leaders.length > 0
      ? { owers: leaders, heads: officers, toCall }
      : { owers: officers, heads: [], toCall };
  }

  /** Whoever has it in hand is asked first; the unit's head answers, and the others are not bothered. */
  #inHand(unitId: string, personId: PersonId): Responsible {
    const unit = this.#byUnit.get(unitId);
    const heads = holders(unit, ['unit-head']);
    const own = holders(unit, ['unit-head', 'unit-member']).filter((one) => one.personId === personId);
    return {
      owers: [personId],
      heads: ids(heads),
      toCall: [...own, ...heads.filter((one) => one.personId !== personId)],
    };
  }

  /** What the police owe in every group is done there by the group's officer, and answered for by the unit's head. */
  #unit(unitId: string, areaId: string | null): Responsible {
    const unit = this.#byUnit.get(unitId);
    const heads = holders(unit, ['unit-head']);
    const members = holders(unit, ['unit-member']);
    const officers =
      areaId !== null && this.#police.has(unitId) ? holders(this.#byArea.get(areaId), ['area-officer']) : [];
    const doers = officers.length > 0 ? officers : members.length > 0 ? members : heads;
    const toCall = officers.length > 0 ? [...officers, ...heads] : [...heads, ...members];
    return { owers: ids(doers), heads: ids(heads), toCall };
  }
}

function push(map: Map<string, Responsibility[]>, key: string, value: Responsibility): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const ids = (list: readonly RoleHolder[]): PersonId[] => list.map(({ personId }) => personId);

/** In the order of the roles, each person once. */
function holders(grants: readonly Responsibility[] | undefined, roles: readonly Role[]): RoleHolder[] {
  const found = new Map<PersonId, RoleHolder>();
  for (const role of roles)
    for (const grant of grants ?? [])
      if (grant.role === role && !found.has(grant.personId))
        found.set(grant.personId, { personId: grant.personId, role });
  return [...found.values()];
}
