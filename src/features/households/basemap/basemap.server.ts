// The file of map tiles a ward gave: brought, described, taken away, and read a tile at a time.
import { sql } from 'kysely';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { RawReply } from '#platform/api/endpoint.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { describeTiles, MEDIA_TYPES, readTile } from '#features/households/basemap/archive.server.ts';
import type { Described, Unfit } from '#features/households/basemap/archive.server.ts';
import { LARGEST_BASEMAP } from '#features/households/basemap/schema.ts';
import type { Basemap, BasemapReply, TileKind } from '#features/households/basemap/schema.ts';

interface Row {
  readonly sha256: Buffer;
  readonly kind: TileKind;
  readonly min_zoom: number;
  readonly max_zoom: number;
  readonly bounds: Basemap['bounds'];
  readonly attribution: string | null;
  readonly layers: string[];
  readonly bytes: string;
  readonly brought_at: Date;
}

async function read({ trx }: Call): Promise<Row | undefined> {
  const { rows } =
    await sql<Row>`select b.sha256, b.kind, b.min_zoom, b.max_zoom, b.bounds, b.attribution, b.layers,
      m.bytes, b.brought_at
    from ward_basemaps b join media m on m.ward_id = b.ward_id and m.sha256 = b.sha256
    where b.ward_id = ${trx.wardId}`.execute(trx);
  return rows[0];
}

const versionOf = (sha256: Buffer): string => sha256.toString('hex').slice(0, 16);

export async function readBasemap(call: Call): Promise<BasemapReply> {
  const row = await read(call);
  return {
    mayChange: call.may('basemap.change'),
    basemap: row
      ? {
          version: versionOf(row.sha256),
          kind: row.kind,
          minZoom: row.min_zoom,
          maxZoom: row.max_zoom,
          bounds: row.bounds,
          attribution: row.attribution,
          layers: row.layers,
          bytes: Number(row.bytes),
          broughtAt: row.brought_at.getTime(),
        }
      : null,
  };
}

async function keep(call: Call, bytes: Uint8Array, told: Described): Promise<void> {
  const { trx, runtime, actor } = call;
  const at = new Date(call.now);
  const { sha256 } = await runtime.files.put(trx.wardId, bytes);
  await sql`insert into media (ward_id, sha256, media_type, bytes, stored_at, stored_by)
    values (${trx.wardId}, ${sha256}, 'application/vnd.pmtiles', ${bytes.length}, ${at}, ${actor.personId})
    on conflict do nothing`.execute(trx);
  await sql`insert into ward_basemaps (ward_id, sha256, kind, min_zoom, max_zoom, bounds, attribution, layers,
      brought_at, brought_by)
    values (${trx.wardId}, ${sha256}, ${told.kind}, ${told.minZoom}, ${told.maxZoom}, ${[...told.bounds]}::float8[],
      ${told.attribution}, ${[...told.layers]}::text[], ${at}, ${actor.personId})
    on conflict (ward_id) do update set sha256 = excluded.sha256, kind = excluded.kind, min_zoom = excluded.min_zoom,
      max_zoom = excluded.max_zoom, bounds = excluded.bounds, attribution = excluded.attribution,
      layers = excluded.layers, brought_at = excluded.brought_at, brought_by = excluded.brought_by`.execute(
    trx,
  );
}

const UNFIT: Readonly<Record<Unfit, Problem>> = {
  'no-tiles': problem('households.basemap-no-tiles', { status: 415 }),
  cut: problem('households.basemap-cut', { status: 415 }),
  kind: problem('households.basemap-kind', { status: 415 }),
};

/** A new file takes the place of the old one. */
export async function bringBasemap(call: Call): Promise<BasemapReply | Problem> {
  const form = await call.request.formData().catch(() => null);
  const file = form?.get('file');
  if (!(file instanceof File) || file.size === 0) return problem('households.basemap-missing');
  if (file.size > LARGEST_BASEMAP) return problem('households.basemap-too-large', { status: 413 });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const told = await describeTiles(bytes);
  if (typeof told === 'string') return UNFIT[told];
  await keep(call, bytes, told);
  await audit(call.trx, call, {
    action: 'households.basemap-brought',
    subjectKind: 'ward',
    subjectId: String(call.trx.wardId),
    after: { kind: told.kind, bytes: bytes.length },
  });
  return readBasemap(call);
}

export async function removeBasemap(call: Call): Promise<BasemapReply | Problem> {
  const { rows } = await sql`update ward_basemaps set sha256 = null
    where ward_id = ${call.trx.wardId} and sha256 is not null returning kind`.execute(call.trx);
  if (rows.length === 0) return problem('households.no-basemap', { status: 404 });
  await audit(call.trx, call, {
    action: 'households.basemap-removed',
    subjectKind: 'ward',
    subjectId: String(call.trx.wardId),
    after: null,
  });
  return readBasemap(call);
}

/** 204 where the map has nothing to draw; an address of an earlier file is gone. */
export async function sendTile(
  call: Call,
  asked: { readonly tiles: string; readonly z: number; readonly x: number; readonly y: number },
): Promise<RawReply | Problem> {
  const row = await read(call);
  if (!row || versionOf(row.sha256) !== asked.tiles) return problem('households.no-basemap', { status: 404 });
  const at = { wardId: call.trx.wardId, sha256: row.sha256 };
  const tile = await readTile(call.runtime.files, at, [asked.z, asked.x, asked.y]);
  const headers = { 'cache-control': 'private, max-age=604800, immutable' };
  if (!tile) return new RawReply(new Response(null, { status: 204, headers }));
  return new RawReply(
    new Response(tile, {
      headers: {
        ...headers,
        'content-type': MEDIA_TYPES[row.kind],
        'content-length': String(tile.length),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      },
    }),
  );
}
