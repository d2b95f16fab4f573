// A ward's own file of map tiles: taken for what its bytes say, read a tile at a time, replaced and taken away.
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '#platform/api/actor.ts';
import type { Database } from '#platform/database/database.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { tileAt } from '#features/households/basemap/archive.server.ts';
import type { Basemap, BasemapReply } from '#features/households/basemap/schema.ts';
import { makeStage } from '../../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../../tests/support/cast.ts';
import { testRuntime } from '../../../../tests/support/database.ts';
import { plainPng, tilesFile } from '../../../../tests/support/tiles-file.ts';

let database: Database;
let runtime: Runtime;
let stage: Stage;

beforeAll(async () => {
  const test = await testRuntime();
  ({ database, runtime } = test);
  setRuntime(runtime);
  stage = await makeStage(database);
});

const call = (who: Player, method: string, path = '', body?: FormData): Promise<Response> => {
  const actor: Actor = stage.actors[who];
  const at = `http://test/api/wards/${stage.ward}/basemap${path}`;
  return api.fetch(new Request(at, { method, ...(body ? { body } : {}) }), { actor, origin: 'test' });
};
const bring = (bytes: Buffer, who: Player = 'administrator') => {
  const form = new FormData();
  form.set('file', new File([Uint8Array.from(bytes)], 'phuong.pmtiles'));
  return call(who, 'POST', '', form);
};
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const told = async (response: Response): Promise<Basemap> => {
  const { basemap } = (await response.json()) as BasemapReply;
  if (!basemap) throw new Error('no basemap');
  return basemap;
};

const WARD = { bounds: [106.6, 20.85, 106.63, 20.88], zooms: [12, 15] } as const;
const blue = plainPng([40, 160, 220]);
const pictures = tilesFile({
  ...WARD,
  tile: blue,
  metadata: { attribution: '<a href="https://example.vn" onclick="x()">&copy; Sở Nông nghiệp</a> và phường' },
});
const at = (z: number) => `${z}/${tileAt(z, 106.61, 20.86).join('/')}`;

it('is described by what its bytes say, and gives back the tiles it holds', async () => {
  expect(((await (await call('clerk', 'GET')).json()) as BasemapReply).basemap).toBeNull();
  const basemap = await told(await bring(pictures));
  expect(basemap).toMatchObject({ kind: 'png', minZoom: 12, maxZoom: 15, bounds: [...WARD.bounds] });
  expect(basemap.attribution).toBe('© Sở Nông nghiệp và phường');
  expect(basemap.bytes).toBe(pictures.length);
  const tile = await call('clerk', 'GET', `/${basemap.version}/${at(14)}`);
  expect(tile.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await tile.arrayBuffer()).equals(blue)).toBe(true);
  for (const nowhere of [`14/0/0`, at(11), at(16), `12/999999/3`])
    expect((await call('clerk', 'GET', `/${basemap.version}/${nowhere}`)).status, nowhere).toBe(204);
  expect((await call('clerk', 'GET', `/${'0'.repeat(16)}/${at(14)}`)).status).toBe(404);
  expect((await call('clerk', 'GET', `/${basemap.version}/14/a/3`)).status).toBe(422);
});

it('is replaced as a whole, unpacked where it is packed, and taken away', async () => {
  const drawing = Buffer.from('not looked into here');
  const first = await told(await bring(pictures));
  const second = await told(
    await bring(
      tilesFile({
        ...WARD,
        tile: drawing,
        type: 1,
        gzip: true,
        metadata: { vector_layers: [{ id: 'roads' }, { id: 'water' }, 7] },
      }),
    ),
  );
  expect(second).toMatchObject({ kind: 'vector', layers: ['roads', 'water'], attribution: null });
  expect((await call('clerk', 'GET', `/${first.version}/${at(13)}`)).status).toBe(404);
  const tile = await call('clerk', 'GET', `/${second.version}/${at(13)}`);
  expect(Buffer.from(await tile.arrayBuffer()).toString()).toBe(drawing.toString());
  const taken = await call('administrator', 'DELETE');
  expect(await taken.json()).toMatchObject({ basemap: null });
  expect((await call('clerk', 'GET', `/${second.version}/${at(13)}`)).status).toBe(404);
  expect(await codeOf(await call('administrator', 'DELETE'))).toBe('households.no-basemap');
});

it('refuses what it cannot draw and keeps what it has', async () => {
  const kept = await told(await bring(pictures));
  const sqlite = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4096)]);
  const broken = Buffer.from(pictures);
  broken.fill(0xff, 127, 160);
  const files: readonly (readonly [string, Buffer, string])[] = [
    ['a text', Buffer.from('không phải bản đồ'), 'households.basemap-no-tiles'],
    ['a picture', blue, 'households.basemap-no-tiles'],
    ['another form of tiles', sqlite, 'households.basemap-no-tiles'],
    ['a broken directory', broken, 'households.basemap-no-tiles'],
    ['half a file', pictures.subarray(0, pictures.length - 40), 'households.basemap-cut'],
    ['tiles of another kind', tilesFile({ ...WARD, tile: blue, type: 5 }), 'households.basemap-kind'],
    ['nothing', Buffer.alloc(0), 'households.basemap-missing'],
  ];
  for (const [what, bytes, code] of files) expect(await codeOf(await bring(bytes)), what).toBe(code);
  expect((await bring(pictures, 'clerk')).status).toBe(403);
  expect((await told(await call('clerk', 'GET'))).version).toBe(kept.version);
});

it('leaves a line in the audit when it is brought', async () => {
  await bring(pictures);
  const { rows } = await database.asOwnerInWard(stage.ward, (trx) =>
    sql<{ action: string }>`select action from audit_entries where ward_id = ${stage.ward}
      and action like 'households.basemap%' order by at desc limit 1`.execute(trx),
  );
  expect(rows[0]?.action).toBe('households.basemap-brought');
});
