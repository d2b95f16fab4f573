// Shapes at the edge of sites, prints and leaflets.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { parseInstant } from '#core/clock.ts';
import { ChannelPath, IdReply, Posted, WardPath } from '#features/publishing/channels-schema.ts';
import { CONDITIONS, PRINT_KINDS, SITE_KINDS, SITE_STATES } from '#features/publishing/sites/model.ts';

export { ChannelPath, IdReply, Posted, WardPath };
export const SitePath = WardPath.extend({ site: z.uuid() });
export const HangingPath = WardPath.extend({ hanging: z.uuid() });
export const CheckPath = WardPath.extend({ check: z.uuid() });
export const RunPath = WardPath.extend({ run: z.uuid() });
export const AreaPath = WardPath.extend({ area: z.uuid() });
const Day = z.string().refine(isDateOn, 'a day as YYYY-MM-DD');
const At = z.string().refine((text) => parseInstant(text) !== undefined, 'an instant with its offset');
const Picture = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable();

export const NewSite = z.strictObject({
  kind: z.enum(SITE_KINDS),
  name: z.string().trim().min(1).max(120),
  address: z.string().trim().max(200).nullable(),
  checkDays: z.number().int().min(1).max(366),
});
export type NewSite = z.infer<typeof NewSite>;
/** `id` is made by whoever hangs it: sent twice it is one post and one hanging. */
export const HangBody = z.strictObject({
  id: z.uuid(),
  textId: z.uuid().nullable(),
  what: z.string().trim().min(1).max(200),
  copies: z.number().int().min(1).max(1000),
  hungAt: At,
  picture: Picture,
});
export type HangBody = z.infer<typeof HangBody>;
export const CheckBody = z.strictObject({
  id: z.uuid(),
  condition: z.enum(CONDITIONS),
  picture: Picture,
  note: z.string().trim().max(500).nullable(),
});
export type CheckBody = z.infer<typeof CheckBody>;

const Hanging = z.object({
  id: z.string(),
  what: z.string(),
  copies: z.number(),
  hungOn: Day,
  hungBy: z.string(),
  downOn: Day.nullable(),
  campaignId: z.string(),
  picture: z.string().nullable(),
  withdrawn: z.boolean(),
});
export const SiteView = z.object({
  id: z.string(),
  channelId: z.string(),
  owner: z.string(),
  kind: z.enum(SITE_KINDS),
  name: z.string(),
  address: z.string().nullable(),
  checkDays: z.number(),
  state: z.enum(SITE_STATES),
  hanging: z.array(Hanging),
  lastCheckOn: Day.nullable(),
  nextCheckOn: Day.nullable(),
  mayKeep: z.boolean(),
});
export type SiteView = z.infer<typeof SiteView>;
export const SitesReply = z.object({
  sites: z.array(SiteView),
  /** Channels of posters, banners and panels a site may be opened under. */
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type SitesReply = z.infer<typeof SitesReply>;
export const SiteReply = z.object({
  site: SiteView,
  past: z.array(Hanging),
  checks: z.array(
    z.object({
      id: z.string(),
      condition: z.enum(CONDITIONS),
      note: z.string().nullable(),
      hasPicture: z.boolean(),
      by: z.string(),
      at: z.string(),
    }),
  ),
});
export type SiteReply = z.infer<typeof SiteReply>;

export const NewRun = z.strictObject({
  kind: z.enum(PRINT_KINDS),
  what: z.string().trim().min(1).max(200),
  printed: z.number().int().min(1).max(1_000_000),
  printedOn: Day,
});
export type NewRun = z.infer<typeof NewRun>;
export const NewHandout = z.strictObject({
  id: z.uuid(),
  areaId: z.uuid().nullable(),
  copies: z.number().int().min(1).max(1_000_000),
  note: z.string().trim().max(200).nullable(),
});
export type NewHandout = z.infer<typeof NewHandout>;
export const StockReply = z.object({
  runs: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(PRINT_KINDS),
      what: z.string(),
      printed: z.number(),
      printedOn: Day,
      given: z.number(),
      left: z.number(),
      handouts: z.array(
        z.object({ id: z.string(), to: z.string(), copies: z.number(), on: Day, by: z.string() }),
      ),
    }),
  ),
  /** Households without a smartphone, by group: a leaflet to bring each. Null: no campaign runs, nobody was asked. */
  leaflets: z
    .array(z.object({ areaId: z.string(), group: z.string(), households: z.number(), given: z.number() }))
    .nullable(),
  may: z.object({ keep: z.boolean() }),
});
export type StockReply = z.infer<typeof StockReply>;
export const LeafletReply = z.object({
  group: z.string(),
  doors: z.array(z.object({ lane: z.string(), house: z.string(), head: z.string() })),
});
