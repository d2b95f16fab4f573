// Two processes that keep public pages over one database: what is approved, withdrawn or run out is seen by both with the
// next request, whichever of them was told.
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptBefore } from '#platform/kept-pages.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { keptPages } from '#registry/kept-pages.server.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';

let stage: Stage;
let clock: { at: number };
const servers: { url: string; server: Server; drawn: string[] }[] = [];

async function office(by: Player, method: string, path: string, body: unknown = {}) {
  const actor = stage.actors[by];
  const request = new Request(`http://test/api/wards/${actor.wardId}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const response = await api.fetch(request, { actor, origin: 'test' });
  return { status: response.status, body: await response.json() };
}
async function approved(title: string, more: object = {}): Promise<string> {
  const { body } = await office('policeMember', 'POST', '/texts', {
    ...{ pillar: 'tactics', audience: ['elderly'], validFrom: null, validTo: null },
    body: {
      ...{ title, summary: 'Kẻ gian đòi chuyển tiền.', paragraphs: [], signs: [], actions: ['Tắt máy'] },
      ...{ source: { name: 'Công an phường', on: null, url: null }, citations: [] },
    },
    ...more,
  });
  await office('policeHead', 'POST', `/texts/${body.id}/check`);
  expect((await office('leader', 'POST', `/texts/${body.id}/approve`)).status).toBe(200);
  return body.id as string;
}

/** Draws by the real API, as the pages do; the list of a ward is its first page, a text its own. */
const drawing =
  (drawn: string[]): RequestListener =>
  (request, response) => {
    drawn.push(request.url ?? '');
    const [, code = '', , slug] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    const path = slug === undefined ? `/portals/${code}` : `/portals/${code}/texts/${slug}`;
    void api
      .fetch(new Request(`http://test/api${path}`), { actor: null, origin: 'test' })
      .then(async (answer) => {
        response.setHeader('cache-control', 'public, max-age=60');
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.write(await answer.text());
        response.end();
      });
  };
const get = async (at: number, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${servers[at]?.url ?? ''}${path}`, { headers });
  return { status: response.status, text: await response.text(), etag: response.headers.get('etag') ?? '' };
};
const drawnBy = (at: number) => servers[at]?.drawn.length ?? -1;

beforeAll(async () => {
  const test = await testRuntime();
  ({ clock } = test);
  setRuntime({ ...test.runtime, state: 'serving' });
  stage = await makeStage(test.database);
  for (let n = 0; n < 2; n++) {
    const drawn: string[] = [];
    const server = createServer(keptBefore(keptPages, drawing(drawn)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    servers.push({ url: `http://127.0.0.1:${port}`, server, drawn });
  }
});
afterAll(() => {
  for (const { server } of servers) server.close();
});

describe('public pages that are kept', () => {
  it('are drawn once, given again word for word, and answered in two words to who has them', async () => {
    await approved('Giả danh điện lực');
    const first = await get(0, '/11602');
    const count = drawnBy(0);
    const again = await Promise.all(Array.from({ length: 20 }, () => get(0, '/11602')));
    expect(drawnBy(0)).toBe(count);
    expect(again.every(({ text, status }) => status === 200 && text === first.text)).toBe(true);
    expect(await get(0, '/11602', { 'if-none-match': first.etag })).toMatchObject({ status: 304, text: '' });
    const packed = await get(0, '/11602', { 'accept-encoding': 'br' });
    expect(packed.text).toBe(first.text);
  });

  it('show an approval and a withdrawal in every process with the next request', async () => {
    const id = await approved('Giả danh ngân hàng');
    const path = '/11602/bai/gia-danh-ngan-hang';
    for (const at of [0, 1]) expect((await get(at, path)).text).toContain('Kẻ gian đòi chuyển tiền');
    const { etag } = await get(1, path);
    // Asked without end while it is withdrawn: no answer to a request begun afterwards may still show the words.
    const late: string[] = [];
    let withdrawn = false;
    let going = true;
    const readers = [0, 1, 0, 1].map(async (at) => {
      while (going) {
        const after = withdrawn;
        const { text } = await get(at, path);
        if (after && text.includes('Kẻ gian đòi')) late.push(text);
      }
    });
    expect((await office('leader', 'POST', `/texts/${id}/withdraw`, { reason: 'Đã cũ' })).status).toBe(200);
    withdrawn = true;
    for (const at of [0, 1]) {
      const page = await get(at, path, { 'if-none-match': etag });
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('Kẻ gian đòi');
      expect((await get(at, '/11602')).text).not.toContain('Giả danh ngân hàng');
    }
    going = false;
    await Promise.all(readers);
    expect(late).toEqual([]);
  });

  it('lose a text on the day it runs out, and show new settings of the ward', async () => {
    clock.at = Date.parse('2025-08-05T08:00:00+07:00');
    await approved('Bài của hôm nay', { validFrom: '2025-08-01', validTo: '2025-08-06' });
    expect((await get(0, '/11602')).text).toContain('Bài của hôm nay');
    clock.at = Date.parse('2025-08-06T00:00:01+07:00');
    expect((await get(0, '/11602')).text).not.toContain('Bài của hôm nay');
    const settings = { speakerName: null, hotline: '0225 111 222', officeHours: null, address: null };
    const changed = await office('administrator', 'PUT', '/publishing-settings', {
      ...settings,
      ...{ syllablesPerMinute: null, spokenWords: {} },
    });
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
    expect((await get(1, '/11602')).text).toContain('0225 111 222');
  });

  it('never hold what is somebody’s own: a search, a code, a cookie; nor an address that is not there', async () => {
    for (const [path, cookie] of [
      ['/11602/thu-doan?q=ngan', ''],
      ['/11602/xac-nhan', ''],
      ['/11602', 'session=abc'],
      ['/11602/bai/khong-co', ''],
      ['/99999', ''],
    ] as const) {
      const count = drawnBy(0);
      await get(0, path, { cookie });
      await get(0, path, { cookie });
      expect(drawnBy(0), path).toBe(count + 2);
    }
  });
});
