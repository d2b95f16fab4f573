// Who may let a household leave the denominator. Two persons always: one asks, another approves, who is the area
// officer of the group; where the officer asked, or was of the team that day, the ward police do. Pure.
export interface ExclusionCase {
  readonly askedBy: string;
  readonly askedTeam: readonly string[];
  /** The asker is an area officer of the household's group. */
  readonly askedByOfficer: boolean;
}

export interface Decider {
  readonly personId: string;
  /** Area officer of the household's group. */
  readonly isOfficer: boolean;
  /** Of the unit that leads the campaign. */
  readonly isPolice: boolean;
}

/** null: may decide; else the code that says why not. */
export function barredFromDeciding(one: ExclusionCase, by: Decider): string | null {
  if (!by.isOfficer && !by.isPolice) return 'exclusions.not-yours-to-decide';
  if (by.personId === one.askedBy) return 'exclusions.own-request';
  if (one.askedTeam.includes(by.personId)) return 'exclusions.own-team';
  if (one.askedByOfficer && !by.isPolice) return 'exclusions.officer-asked';
  if (!one.askedByOfficer && !by.isOfficer) return 'exclusions.officer-decides';
  return null;
}
