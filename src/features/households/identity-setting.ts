/**
 * Whether citizen cards may be read at the door. Off until the ward turns it on with a reason: the campaign itself asks
 * people to guard their data. Kept in the campaign's settings, so that phones hear of it with the campaign.
 */
import { z } from 'zod';

/** Units of before July 2025 that the ward was made of, as old cards name them: "An Hồng". */
const FormerUnit = z.string().trim().min(2).max(60);

export const IdentitySetting = z.object({
  on: z.boolean(),
  keepNumber: z.boolean(),
  reason: z.string(),
  formerUnits: z.array(FormerUnit).max(30),
});
export type IdentitySetting = z.infer<typeof IdentitySetting>;

export const NOT_TURNED_ON: IdentitySetting = { on: false, keepNumber: false, reason: '', formerUnits: [] };

export const identitySettingOf = (
  settings: Readonly<Record<string, unknown>> | undefined,
): IdentitySetting => {
  const parsed = IdentitySetting.safeParse(settings?.['identityCard']);
  return parsed.success ? parsed.data : NOT_TURNED_ON;
};
