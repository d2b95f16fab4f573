/** The ward's own map beneath its doors, as the office brings, sees and takes it away. */
import { z } from 'zod';
import { WardPath } from '#features/households/office-schema.ts';

export const TILE_KINDS = ['vector', 'png', 'jpeg', 'webp'] as const;
export type TileKind = (typeof TILE_KINDS)[number];

/** Of one file of tiles; a ward's own part of a country's map has some megabytes. */
export const LARGEST_BASEMAP = 30 * 1000 * 1000;

export const Basemap = z.object({
  /** Part of the tiles' address: another file has another. */
  version: z.string(),
  kind: z.enum(TILE_KINDS),
  minZoom: z.number(),
  maxZoom: z.number(),
  /** Degrees: west, south, east, north. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  attribution: z.string().nullable(),
  layers: z.array(z.string()),
  bytes: z.number(),
  broughtAt: z.number(),
});
export type Basemap = z.infer<typeof Basemap>;

export const BasemapReply = z.object({ basemap: Basemap.nullable(), mayChange: z.boolean() });
export type BasemapReply = z.infer<typeof BasemapReply>;

const place = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 24);
export const TilePath = WardPath.extend({
  tiles: z.string().regex(/^[0-9a-f]{16}$/),
  z: z.coerce.number().int().min(0).max(24),
  x: place,
  y: place,
});
