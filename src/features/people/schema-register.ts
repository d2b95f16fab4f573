// Shapes at the edge of the register: people, roles, accounts given, units.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { ROLES } from '#platform/api/actor.ts';
import { UNIT_KINDS } from '#features/people/model.ts';
import { WardParams } from '#features/people/schema.ts';

const Day = z.string().refine(isDateOn, 'not a day');
const Reason = z.string().trim().min(3).max(500);
const Name = z.string().trim().normalize('NFC').min(2).max(120);

export const PersonParams = WardParams.extend({ person: z.uuid() });
export const GrantParams = WardParams.extend({ grant: z.uuid() });
export const UnitParams = WardParams.extend({ unit: z.uuid() });

export const PeopleQuery = z.object({
  search: z.string().trim().max(80).optional(),
  unit: z.uuid().optional(),
  role: z.enum(ROLES).optional(),
  group: z.uuid().optional(),
  state: z.enum(['open', 'closed', 'all']).default('open'),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

const RoleHeld = z.object({
  role: z.enum(ROLES),
  /** Short name of the unit or group; null: the whole ward. */
  place: z.string().nullable(),
});

export const PersonRow = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  phone: z.string().nullable(),
  roles: z.array(RoleHeld),
  hasAccount: z.boolean(),
  closed: z.boolean(),
});
export type PersonRow = z.infer<typeof PersonRow>;

const May = z.object({ edit: z.boolean(), grant: z.boolean(), accounts: z.boolean() });
export const PeopleReply = z.object({ people: z.array(PersonRow), may: May });

export const GrantRow = z.object({
  id: z.string(),
  role: z.enum(ROLES),
  place: z.string().nullable(),
  areaId: z.string().nullable(),
  unitId: z.string().nullable(),
  fromAt: z.string(),
  toAt: z.string().nullable(),
  reason: z.string().nullable(),
  endReason: z.string().nullable(),
  grantedBy: z.string().nullable(),
  endedBy: z.string().nullable(),
  inForce: z.boolean(),
});
export type GrantRow = z.infer<typeof GrantRow>;

export const PersonReply = z.object({
  person: PersonRow.extend({ email: z.string().nullable() }),
  grants: z.array(GrantRow),
  username: z.string().nullable(),
  history: z.array(z.object({ at: z.string(), by: z.string().nullable(), action: z.string() })),
  may: May,
});
export type PersonReply = z.infer<typeof PersonReply>;

export const EditPerson = z.strictObject({
  name: Name,
  title: z.string().trim().max(120).nullable(),
  /** As people write it: 0912 345 678. */
  phone: z.string().trim().max(30).nullable(),
  email: z.email().max(200).nullable(),
});
export type EditPerson = z.infer<typeof EditPerson>;

export const ClosePerson = z.strictObject({ reason: Reason });

export const GiveRole = z.strictObject({
  role: z.enum(ROLES),
  areaId: z.uuid().nullable(),
  unitId: z.uuid().nullable(),
  fromOn: Day,
  /** The last day; null: until it is ended. */
  toOn: Day.nullable(),
  reason: Reason,
});
export type GiveRole = z.infer<typeof GiveRole>;

/** `toOn` null: now. */
export const EndRole = z.strictObject({ toOn: Day.nullable(), reason: Reason });

export const GiveAccount = z.strictObject({
  username: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/),
});
export const GivenAccount = z.object({ username: z.string(), password: z.string() });

export const UnitRow = z.object({
  id: z.string(),
  kind: z.enum(UNIT_KINDS),
  name: z.string(),
  shortName: z.string(),
  people: z.number(),
  heads: z.array(z.string()),
  closedOn: z.string().nullable(),
});
export type UnitRow = z.infer<typeof UnitRow>;
export const UnitsReply = z.object({ units: z.array(UnitRow), mayEdit: z.boolean() });

export const EditUnit = z.strictObject({
  kind: z.enum(UNIT_KINDS),
  name: Name,
  shortName: z.string().trim().normalize('NFC').min(1).max(40),
});
export type EditUnit = z.infer<typeof EditUnit>;
export const CloseUnit = z.strictObject({ reason: Reason });
export const Created = z.object({ id: z.string() });
export const Done = z.object({ done: z.literal(true) });
