// A small file of map tiles in the form PMTiles, version 3, written from its specification: one directory, tiles of one
// colour (or what a test gives), zooms and bounds as asked.
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';
import { tileAt } from '#features/households/basemap/archive.server.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** 256 × 256 points of one colour. */
export function plainPng([red, green, blue]: readonly [number, number, number]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(256, 0);
  head.writeUInt32BE(256, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([
    Buffer.from([0]),
    Buffer.concat(Array.from({ length: 256 }, () => Buffer.from([red, green, blue]))),
  ]);
  const image = deflateSync(Buffer.concat(Array.from({ length: 256 }, () => line)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', image),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  bytes.push(left);
  return Buffer.from(bytes);
}

const field = (number: number, value: number | Buffer): Buffer =>
  typeof value === 'number'
    ? Buffer.concat([varint(number * 8), varint(value)])
    : Buffer.concat([varint(number * 8 + 2), varint(value.length), value]);

/** A vector tile (Mapbox Vector Tile 2.1) all of which is one named layer: a square from corner to corner. */
export function fullTile(layer: string): Buffer {
  const square = [9, 0, 0, 26, 8192, 0, 0, 8192, 8191, 0, 15];
  const feature = Buffer.concat([field(3, 3), field(4, Buffer.concat(square.map(varint)))]);
  return field(
    3,
    Buffer.concat([field(15, 2), field(1, Buffer.from(layer)), field(2, feature), field(5, 4096)]),
  );
}

export interface TilesFile {
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  readonly zooms: readonly [first: number, last: number];
  readonly tile: Buffer;
  /** As the specification numbers them: 1 vector, 2 PNG, 3 JPEG, 4 WebP, 5 AVIF. */
  readonly type?: number;
  readonly gzip?: boolean;
  readonly metadata?: object;
}

function addressesOf({ bounds: [west, south, east, north], zooms: [first, last] }: TilesFile): number[] {
  const ids: number[] = [];
  for (let z = first; z <= last; z++) {
    const [left, top] = tileAt(z, west, north);
    const [right, bottom] = tileAt(z, east, south);
    for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) ids.push(zxyToTileId(z, x, y));
  }
  return ids.sort((a, b) => a - b);
}

/** Every tile of the bounds is the one given. */
export function tilesFile(of: TilesFile): Buffer {
  const ids = addressesOf(of);
  const tile = of.gzip ? gzipSync(of.tile) : of.tile;
  const directory = gzipSync(
    Buffer.concat([
      varint(ids.length),
      ...ids.map((id, at) => varint(id - (ids[at - 1] ?? 0))),
      ...ids.map(() => varint(1)),
      ...ids.map(() => varint(tile.length)),
      // All of them at the beginning of the data: written as the place plus one.
      ...ids.map(() => varint(1)),
    ]),
  );
  const metadata = gzipSync(JSON.stringify(of.metadata ?? {}));
  const head = Buffer.alloc(127);
  head.write('PMTiles', 'latin1');
  head[7] = 3;
  const [rootAt, metadataAt] = [127, 127 + directory.length];
  const dataAt = metadataAt + metadata.length;
  [rootAt, directory.length, metadataAt, metadata.length, dataAt, 0, dataAt, tile.length]
    .concat([ids.length, ids.length, 1])
    .forEach((value, at) => head.writeBigUInt64LE(BigInt(value), 8 + at * 8));
  head.set([1, 2, of.gzip ? 2 : 1, of.type ?? 2, ...of.zooms], 96);
  of.bounds.forEach((degrees, at) => head.writeInt32LE(Math.round(degrees * 1e7), 102 + at * 4));
  head[118] = of.zooms[0];
  return Buffer.concat([head, directory, metadata, tile]);
}
