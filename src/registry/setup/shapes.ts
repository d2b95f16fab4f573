// Shapes at the edge of set-up.
import { z } from 'zod';
import { nfc } from '#core/vietnamese.ts';
import { Day } from '#features/areas/schema.ts';

const line = (most: number) =>
  z
    .string()
    .transform((text) => nfc(text).replace(/\s+/g, ' ').trim())
    .pipe(z.string().max(most));
const needed = (most: number) => line(most).pipe(z.string().min(1));

export const UNIT_KINDS = [
  'police',
  'office',
  'service',
  'party',
  'front',
  'union',
  'military',
  'school',
  'clinic',
  'other',
] as const;

export const CodeWish = z.strictObject({ code: z.string().max(60) });
export const WardWish = z.strictObject({
  /** Letters and digits as the official list writes them. */
  code: needed(20).pipe(z.string().regex(/^[0-9A-Za-z]+$/)),
  /** Empty: the list's own name. */
  name: line(120).default(''),
  cityCode: line(20).default(''),
  cityName: line(120).default(''),
  validFrom: Day.optional(),
});
export const AdministratorWish = z.strictObject({
  name: needed(120),
  username: needed(40),
  password: z.string().max(512),
});
export const GroupsText = z.strictObject({ text: z.string().max(400_000) });
export const GroupsWish = z.strictObject({
  groups: z
    .array(z.strictObject({ name: needed(120), households: z.number().int().min(0).max(20_000).nullable() }))
    .max(500),
});
const Unit = z.strictObject({ kind: z.enum(UNIT_KINDS), name: needed(160), shortName: needed(60) });
export const UnitsWish = z.strictObject({ units: z.array(Unit).max(200) });

const Listed = z.object({
  line: z.number(),
  name: z.string(),
  households: z.number().nullable(),
  problem: z.enum(['twice', 'too-many', 'no-name']).nullable(),
});
export const PreviewReply = z.object({ groups: z.array(Listed) });
export type PreviewReply = z.infer<typeof PreviewReply>;

const FirstGroup = z.object({ name: z.string(), households: z.number().nullable() });

export const SetupReply = z.discriminatedUnion('unlocked', [
  z.object({ unlocked: z.literal(false) }),
  z.object({
    unlocked: z.literal(true),
    knownWards: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        cityCode: z.string(),
        cityName: z.string().nullable(),
      }),
    ),
    ward: z
      .object({ code: z.string(), name: z.string(), cityCode: z.string(), cityName: z.string().nullable() })
      .nullable(),
    administrator: z.object({ name: z.string(), username: z.string() }).nullable(),
    groups: z.array(FirstGroup),
    units: z.array(Unit),
  }),
]);
export type SetupReply = z.infer<typeof SetupReply>;
export const Done = z.object({ done: z.literal(true) });
