// A file of map tiles in the form PMTiles, version 3 (github.com/protomaps/PMTiles, spec/v3/spec.md): looked through
// before it is kept, then read a tile at a time. Names and headers of the upload are not believed.
import { Compression, PMTiles, TileType } from 'pmtiles';
import type { Header, RangeResponse, Source } from 'pmtiles';
import type { Files } from '#platform/files.server.ts';
import type { TileKind } from '#features/households/basemap/schema.ts';

const KINDS: Readonly<Partial<Record<TileType, TileKind>>> = {
  [TileType.Mvt]: 'vector',
  [TileType.Png]: 'png',
  [TileType.Jpeg]: 'jpeg',
  [TileType.Webp]: 'webp',
};
export const MEDIA_TYPES: Readonly<Record<TileKind, string>> = {
  vector: 'application/vnd.mapbox-vector-tile',
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

export interface Described {
  readonly kind: TileKind;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  readonly attribution: string | null;
  readonly layers: readonly string[];
}

/** Why a file cannot be drawn; `cut`: its beginning names more than came. */
export type Unfit = 'no-tiles' | 'cut' | 'kind';

/** Copied, for the library wants a buffer of its own. */
const range = (bytes: Uint8Array): RangeResponse => ({ data: Uint8Array.from(bytes).buffer });

const inMemory = (bytes: Uint8Array): Source => ({
  getKey: () => 'upload',
  getBytes: (offset, length) => Promise.resolve(range(bytes.subarray(offset, offset + length))),
});

const inFiles = (files: Files, wardId: number, sha256: Buffer): Source => ({
  getKey: () => `${wardId}/${sha256.toString('hex')}`,
  async getBytes(offset, length) {
    const bytes = await files.part(wardId, sha256, offset, length);
    if (!bytes) throw new Error('The file of the basemap is gone');
    return range(bytes);
  },
});

/** Words of whoever made the map; its markup is not ours to run. */
const plainWords = (markup: unknown): string | null => {
  if (typeof markup !== 'string') return null;
  const words = markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&copy;', '©')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
  return words === '' ? null : words;
};

const layerNames = (metadata: Readonly<Record<string, unknown>>): string[] => {
  const { vector_layers: layers } = metadata;
  if (!Array.isArray(layers)) return [];
  return layers
    .map((layer: unknown) => (layer !== null && typeof layer === 'object' && 'id' in layer ? layer.id : null))
    .filter((id): id is string => typeof id === 'string')
    .slice(0, 100);
};

const sizeOf = (header: Header, bytes: Uint8Array): number => {
  // The library tells where tiles begin, and not how long they are: bytes 64 to 71 of the header do.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return header.tileDataOffset + Number(view.getBigUint64(64, true));
};

const compressions: readonly Compression[] = [Compression.None, Compression.Gzip];

async function describe(bytes: Uint8Array): Promise<Described | Unfit> {
  if (bytes.length < 127) return 'no-tiles';
  const archive = new PMTiles(inMemory(bytes));
  const header = await archive.getHeader();
  const kind = KINDS[header.tileType];
  if (!kind || !compressions.includes(header.tileCompression)) return 'kind';
  if (sizeOf(header, bytes) > bytes.length) return 'cut';
  const { minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = header;
  if (minZoom > maxZoom || maxZoom > 24 || minLon >= maxLon || minLat >= maxLat) return 'no-tiles';
  const metadata: unknown = await archive.getMetadata();
  const told = metadata !== null && typeof metadata === 'object' ? (metadata as Record<string, unknown>) : {};
  // A tile of its middle, or its beginning: what cannot be read now would not be drawn later.
  await archive.getZxy(minZoom, ...tileAt(minZoom, (minLon + maxLon) / 2, (minLat + maxLat) / 2));
  return {
    ...{ kind, minZoom, maxZoom },
    bounds: [minLon, minLat, maxLon, maxLat],
    attribution: plainWords(told['attribution']),
    layers: layerNames(told),
  };
}

/** Web Mercator, as all such tiles are cut. */
export function tileAt(zoom: number, lon: number, lat: number): [x: number, y: number] {
  const wide = 2 ** zoom;
  const last = (n: number) => Math.min(wide - 1, Math.max(0, Math.floor(n)));
  const angle = (lat * Math.PI) / 180;
  return [
    last(((lon + 180) / 360) * wide),
    last(((1 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / Math.PI) / 2) * wide),
  ];
}

/** What such a file says of itself, or why it cannot be drawn. */
export const describeTiles = (bytes: Uint8Array): Promise<Described | Unfit> =>
  describe(bytes).catch((): Unfit => 'no-tiles');

/** Directories of the files in use stay in memory; tiles do not. */
const MOST_OPEN = 20;
const opened = new Map<string, PMTiles>();

/** null: nothing is drawn there. Not compressed, whatever the file holds. */
export async function readTile(
  files: Files,
  at: { readonly wardId: number; readonly sha256: Buffer },
  [z, x, y]: readonly [z: number, x: number, y: number],
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (x >= 2 ** z || y >= 2 ** z) return null;
  const source = inFiles(files, at.wardId, at.sha256);
  const key = `${files.folder}/${source.getKey()}`;
  const archive = opened.get(key) ?? new PMTiles(source);
  opened.delete(key);
  opened.set(key, archive);
  const [oldest] = opened.keys();
  if (opened.size > MOST_OPEN && oldest !== undefined) opened.delete(oldest);
  const tile = await archive.getZxy(z, x, y);
  return tile ? new Uint8Array(tile.data) : null;
}
