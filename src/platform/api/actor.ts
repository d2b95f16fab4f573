// Who is asking, as every door of the product knows them. Pure: used by pages, the API and tests alike.

export const ROLES = [
  'administrator',
  'leader',
  'unit-head',
  'unit-member',
  'area-officer',
  'group-leader',
  'deputy-leader',
  'field-member',
  'duty-desk',
  'clerk',
  'city-viewer',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** A role somewhere: on an area and all below it, in a unit, or (both null) in the whole ward. */
export interface Grant {
  readonly role: Role;
  readonly areaId: string | null;
  readonly unitId: string | null;
}

export interface Actor {
  readonly accountId: string;
  readonly wardId: number;
  readonly personId: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Office: signed in with a password. Field: a bound phone, unlocked. */
  readonly via: 'office' | 'field';
  readonly deviceId: string | null;
  readonly sessionId: string;
  /** Machine instant at which whoever sits there last proved who they are; absent on a phone bound by a card. */
  readonly provedAt?: number;
}

/** How long a proof stands for exports and changes of roles: a form's worth, not a lunch break's. */
export const PROOF_LASTS = 15 * 60_000;

export const hasProved = ({ provedAt }: Pick<Actor, 'provedAt'>, now: number): boolean =>
  provedAt !== undefined && now < provedAt + PROOF_LASTS;
