// Where households of a campaign stand, those that stand alike together: what the figures count and the register's
// filters choose among. Pure.
import type { DoorState } from '#features/households/door-states.ts';
import type { Shown } from '#features/households/shown.ts';

export interface Tally {
  /** The group they count for today. */
  readonly groupId: string;
  /** The group they are written in; another one where that was merged away. */
  readonly homeId: string;
  readonly laneId: string;
  readonly reached_on: string | null;
  readonly remote_on: string | null;
  readonly pledged_on: string | null;
  readonly zalo_on: string | null;
  readonly excluded_on: string | null;
  readonly last_outcome: string | null;
  /** What was last said or found of Zalo. */
  readonly zalo_state: string | null;
  /** Of each household. */
  readonly visits: number;
  readonly flagged: number;
  readonly ids: readonly string[];
}

const isLeft = (of: Tally): boolean => of.reached_on === null && of.remote_on === null;

const SHOW: Readonly<Record<Shown, (of: Tally) => boolean>> = {
  all: () => true,
  left: (of) => isLeft(of) && of.excluded_on === null,
  reached: (of) => of.reached_on !== null && of.excluded_on === null,
  remote: (of) => of.remote_on !== null && of.excluded_on === null,
  pledged: (of) => of.pledged_on !== null && of.excluded_on === null,
  unsigned: (of) => of.reached_on !== null && of.pledged_on === null && of.excluded_on === null,
  zalo: (of) => of.zalo_on !== null && of.excluded_on === null,
  offzalo: (of) => of.zalo_on === null && of.excluded_on === null,
  excluded: (of) => of.excluded_on !== null,
  flagged: (of) => of.flagged > 0,
};

const DAY_OF: Readonly<Partial<Record<Shown, (of: Tally) => string | null>>> = {
  reached: (of) => of.reached_on,
  remote: (of) => of.remote_on,
  pledged: (of) => of.pledged_on,
  zalo: (of) => of.zalo_on,
  excluded: (of) => of.excluded_on,
};

export interface StandingAsked {
  readonly show: Shown;
  readonly reason?: string | undefined;
  readonly day?: string | undefined;
  readonly lane?: string | undefined;
}

/** What the last visit found, of those left; `none` where nobody has been. */
export const reasonOf = (of: Tally): string | null => (isLeft(of) ? (of.last_outcome ?? 'none') : null);

export function standsAs({ show, reason, day, lane }: StandingAsked): (of: Tally) => boolean {
  const dayOf = DAY_OF[show];
  return (of) =>
    SHOW[show](of) &&
    (lane === undefined || of.laneId === lane) &&
    (day === undefined || !dayOf || dayOf(of) === day) &&
    (reason === undefined || (of.excluded_on === null && reasonOf(of) === reason));
}

/** A door of several households stands by what is left of it, as the ward's map draws it. */
export function doorState(households: readonly Tally[]): DoorState {
  if (households.every((of) => of.excluded_on !== null)) return 'outside';
  if (households.every((of) => of.reached_on !== null || of.excluded_on !== null)) return 'reached';
  return households.some((of) => of.reached_on === null && of.last_outcome !== null) ? 'tried' : 'left';
}
