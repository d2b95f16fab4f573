// How a residential group's Zalo group should be kept, and what is still missing. Pure.
export const KEEPER_PARTS = ['head', 'deputy'] as const;
export const MODERATIONS = [
  'message-removed',
  'member-removed',
  'member-warned',
  'member-let-in',
  'rumour-answered',
] as const;

/** A household is covered by its own member or by somebody who receives for it; without a smartphone it needs paper. */
export const COVERED_BY = ['own-member', 'received-by', 'no-smartphone', 'not-yet'] as const;
export type CoveredBy = (typeof COVERED_BY)[number];

export interface Settings {
  readonly keepersOnly: boolean;
  readonly approvesMembers: boolean;
  readonly inviteUrl: string | null;
}

export const LACKS = ['no-head', 'no-deputy', 'everybody-writes', 'no-approval', 'no-invitation'] as const;
export type Lack = (typeof LACKS)[number];

/** What somebody should still do; nothing said counts as not done. */
export function lacksOf(
  settings: Settings | null,
  keepers: readonly { readonly part: (typeof KEEPER_PARTS)[number] }[],
): Lack[] {
  const lacks: Lack[] = [];
  if (!keepers.some(({ part }) => part === 'head')) lacks.push('no-head');
  if (!keepers.some(({ part }) => part === 'deputy')) lacks.push('no-deputy');
  if (settings?.keepersOnly !== true) lacks.push('everybody-writes');
  if (settings?.approvesMembers !== true) lacks.push('no-approval');
  if ((settings?.inviteUrl ?? null) === null) lacks.push('no-invitation');
  return lacks;
}

export interface Covered {
  readonly households: number;
  readonly ownMember: number;
  readonly receivedBy: number;
  readonly noSmartphone: number;
  readonly notYet: number;
  /** Nobody has asked them. */
  readonly notAsked: number;
}

/** `counts`: households by what they last said; `households`: all that are counted, whatever was said. */
export function coveredOf(households: number, counts: ReadonlyMap<string, number>): Covered {
  const of = (state: CoveredBy) => counts.get(state) ?? 0;
  const said = COVERED_BY.reduce((sum, state) => sum + of(state), 0);
  return {
    households,
    ownMember: of('own-member'),
    receivedBy: of('received-by'),
    noSmartphone: of('no-smartphone'),
    notYet: of('not-yet'),
    notAsked: Math.max(0, households - said),
  };
}
