// The tables this feature owns, for Kysely (a type and not an interface: `withTables` asks for an open record).
import type { Generated } from 'kysely';
import type { Role } from '#platform/api/actor.ts';

export type PeopleTables = {
  units: UnitsTable;
  people: PersonTable;
  grants: GrantsTable;
  sign_in_cards: CardsTable;
  devices: DevicesTable;
  /** Views published by areas: what lies above an area, and the residential groups. */
  area_paths: { ward_id: number; area_id: string; path: string[] };
  group_households: {
    ward_id: number;
    group_id: string;
    name: string;
    short_name: string;
    position: number;
    valid_from: string;
    valid_to: string | null;
  };
};

export type UnitKind =
  'police' | 'office' | 'service' | 'party' | 'front' | 'union' | 'military' | 'school' | 'clinic' | 'other';

interface UnitsTable {
  ward_id: number;
  id: string;
  kind: UnitKind;
  name: string;
  short_name: string;
  position: Generated<number>;
  search: Generated<string>;
  valid_from: string;
  valid_to: string | null;
}

interface PersonTable {
  ward_id: number;
  id: string;
  name: string;
  sort_key: string;
  search: Generated<string>;
  title: string | null;
  phone: string | null;
  email: string | null;
  account_id: string | null;
  closed_at: Date | null;
}

interface GrantsTable {
  ward_id: number;
  id: string;
  person_id: string;
  role: Role;
  area_id: string | null;
  unit_id: string | null;
  from_at: Date;
  to_at: Date | null;
  granted_by: string | null;
  reason: string | null;
  ended_by: string | null;
  end_reason: string | null;
  /** The role this one stands in for while its holder is away. */
  stands_in_for: Generated<string | null>;
}

interface CardsTable {
  ward_id: number;
  id: string;
  person_id: string;
  token_hash: Buffer;
  code_hash: Buffer;
  issued_at: Date;
  issued_by: string | null;
  expires_at: Date;
  redeemed_at: Date | null;
  ended_at: Date | null;
  ended_by: string | null;
}

export type DeviceEnd = 'lost' | 'replaced' | 'wrong-pins' | 'left';

interface DevicesTable {
  ward_id: number;
  id: string;
  person_id: string;
  card_id: string;
  label: string;
  key_hash: Buffer;
  credential_hash: Buffer;
  pin_hash: string | null;
  wrong_pins: Generated<number>;
  pin_wait_until: Date | null;
  bound_at: Date;
  last_used_at: Date;
  practised_at: Date | null;
  unlocked_until: Date | null;
  ended_at: Date | null;
  ended_by: string | null;
  ended_why: DeviceEnd | null;
}

/** Schema auth: laid out by better-auth, so its columns keep its spelling. */
export interface AuthTables {
  user: AuthUserTable;
  session: AuthSessionTable;
  account: AuthAccountTable;
  passkey: AuthPasskeyTable;
  twoFactor: { userId: string };
  sign_in_tries: { place: Buffer; failures: Generated<number>; last_at: Date; wait_until: Date | null };
}

interface AuthUserTable {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  username: string | null;
  createdAt: Date;
  updatedAt: Date;
  twoFactorEnabled: boolean | null;
  passwordIsTemporary: boolean;
}

interface AuthSessionTable {
  id: string;
  userId: string;
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date;
  provedAt: Generated<Date>;
  ipAddress: string | null;
  userAgent: string | null;
}

interface AuthPasskeyTable {
  id: string;
  name: string | null;
  userId: string;
  createdAt: Date | null;
}

interface AuthAccountTable {
  id: string;
  accountId: string;
  providerId: string;
  userId: string;
  password: string | null;
  createdAt: Date;
  updatedAt: Date;
}
