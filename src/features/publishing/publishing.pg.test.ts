import { beforeAll, describe, expect, it } from 'vitest';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';

let stage: Stage;
let clock: { at: number };

async function office(by: Player, method: string, path: string, body?: unknown) {
  const actor = stage.actors[by];
  const request = new Request(`http://test/api/wards/${actor.wardId}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await api.fetch(request, { actor, origin: 'test' });
  return { status: response.status, body: await response.json() };
}

async function anybody(path: string) {
  const response = await api.fetch(new Request(`http://test/api/portals/11602${path}`), {
    actor: null,
    origin: 'test',
  });
  const text = await response.text();
  return { status: response.status, text, type: response.headers.get('content-type') ?? '' };
}
const titles = async (query = '') =>
  (JSON.parse((await anybody(query)).text) as { items: { title: string }[] }).items.map(({ title }) => title);

const wish = (title: string, more: object = {}) => ({
  pillar: 'tactics',
  audience: ['elderly'],
  validFrom: null,
  validTo: null,
  body: {
    title,
    summary: 'Kẻ gian gọi điện đòi chuyển tiền.',
    paragraphs: [],
    signs: ['Giục làm ngay'],
    actions: ['Tắt máy, gọi công an phường'],
    source: { name: 'Công an phường', on: null, url: null },
    citations: [],
  },
  ...more,
});

async function approved(title: string, more: object = {}): Promise<string> {
  const { body } = await office('policeMember', 'POST', '/texts', wish(title, more));
  await office('policeHead', 'POST', `/texts/${body.id}/check`);
  await office('leader', 'POST', `/texts/${body.id}/approve`);
  return body.id as string;
}

beforeAll(async () => {
  const test = await testRuntime();
  ({ clock } = test);
  setRuntime(test.runtime);
  stage = await makeStage(test.database);
});

describe('the library', () => {
  it('shows the public nothing that a second and an approving person have not vouched for', async () => {
    const { body } = await office('policeHead', 'POST', '/texts', wish('Chỉ là bản nháp'));
    expect(await titles()).not.toContain('Chỉ là bản nháp');
    expect((await office('policeHead', 'POST', `/texts/${body.id}/check`)).body.code).toBe(
      'publishing.own-text',
    );
    expect((await office('leader', 'POST', `/texts/${body.id}/approve`)).body.code).toBe(
      'publishing.not-checked',
    );
    expect((await office('policeMember', 'POST', `/texts/${body.id}/check`)).status).toBe(200);
    expect((await office('policeHead', 'POST', `/texts/${body.id}/approve`)).body.code).toBe(
      'publishing.own-text',
    );
    expect(await titles()).not.toContain('Chỉ là bản nháp');
    expect((await office('leader', 'POST', `/texts/${body.id}/approve`)).status).toBe(200);
    expect(await titles()).toContain('Chỉ là bản nháp');
  });

  it('keeps the approved words public while the next version is still a draft', async () => {
    const id = await approved('Bài có hai bản');
    await office('policeMember', 'PUT', `/texts/${id}`, wish('Bài có hai bản, đã sửa'));
    expect(await titles()).toContain('Bài có hai bản');
    expect(await titles()).not.toContain('Bài có hai bản, đã sửa');
    await office('policeHead', 'POST', `/texts/${id}/check`);
    await office('leader', 'POST', `/texts/${id}/approve`);
    expect(await titles()).toContain('Bài có hai bản, đã sửa');
  });

  it('withdraws every version at once, and an old link says why', async () => {
    const id = await approved('Bài sẽ thu hồi');
    await office('leader', 'POST', `/texts/${id}/withdraw`, { reason: 'Số liệu đã cũ' });
    expect(await titles()).not.toContain('Bài sẽ thu hồi');
    const page = await anybody('/texts/bai-se-thu-hoi');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Số liệu đã cũ');
    expect(page.text).not.toContain('Giục làm ngay');
    expect((await office('policeMember', 'PUT', `/texts/${id}`, wish('Lại'))).body.code).toBe(
      'publishing.withdrawn',
    );
  });

  it('shows a text within its days only', async () => {
    await approved('Bài của tháng chín', { validFrom: '2025-09-01', validTo: '2025-10-01' });
    expect(await titles()).not.toContain('Bài của tháng chín');
    const before = clock.at;
    clock.at = Date.parse('2025-09-30T23:59:00+07:00');
    expect(await titles()).toContain('Bài của tháng chín');
    clock.at = Date.parse('2025-10-01T00:00:00+07:00');
    expect(await titles()).not.toContain('Bài của tháng chín');
    clock.at = before;
  });

  it('finds by words with marks and without', async () => {
    await approved('Giả danh điện lực');
    expect(await titles('?q=dien%20luc')).toEqual(['Giả danh điện lực']);
    expect(await titles(`?q=${encodeURIComponent('ĐIỆN lực')}`)).toEqual(['Giả danh điện lực']);
    expect(await titles('?q=khongcogi')).toEqual([]);
  });

  it('is found from anywhere in the office until it is withdrawn', async () => {
    const id = await approved('Giả danh shipper đòi chuyển khoản');
    const found = async (words: string) => {
      const { body } = await office('leader', 'GET', `/search?q=${encodeURIComponent(words)}`);
      return (body.found as { kind: string; id: string }[]).filter(({ kind }) => kind === 'text');
    };
    expect((await found('shipper chuyen khoan')).map((one) => one.id)).toEqual([id]);
    await office('leader', 'POST', `/texts/${id}/withdraw`, { reason: 'Thử gỡ' });
    expect(await found('shipper chuyen khoan')).toEqual([]);
  });

  it('takes the starter library over once, as drafts', async () => {
    const first = await office('policeMember', 'POST', '/texts/starter', {});
    expect(first.body.added).toBeGreaterThan(40);
    expect((await office('policeMember', 'POST', '/texts/starter', {})).body.added).toBe(0);
    const { body } = await office('leader', 'GET', '/texts?state=draft');
    expect(body.texts.length).toBeGreaterThanOrEqual(first.body.added);
  });

  it('makes every piece of the kit, keeps an edit beside the proposal, and gives the proposal back', async () => {
    const id = await approved('Bài có bộ chia sẻ');
    await office('administrator', 'PUT', '/publishing-settings', {
      speakerName: 'Công an phường Hồng An',
      hotline: '0225.000.0113',
      officeHours: null,
      address: null,
      syllablesPerMinute: 160,
    });
    const edit = (body: string | null) =>
      office('policeMember', 'PUT', `/texts/${id}/pieces`, { form: 'zalo', body });
    const piece = async (form: string) =>
      (await office('leader', 'GET', `/texts/${id}`)).body.pieces.find(
        (one: { form: string }) => one.form === form,
      );
    expect((await piece('loudspeaker')).proposed).toContain('không hai hai năm');
    expect((await piece('loudspeaker')).seconds).toBeGreaterThan(10);
    await edit('Bà con lưu ý.');
    expect(await piece('zalo')).toMatchObject({ edited: 'Bà con lưu ý.', editedBy: expect.any(String) });
    await edit(null);
    expect((await piece('zalo')).edited).toBeNull();
  });

  it('another ward is not to be found by its address, nor by a text of it', async () => {
    const response = await api.fetch(new Request('http://test/api/portals/11600/texts/gia-danh-dien-luc'), {
      actor: null,
      origin: 'test',
    });
    expect(response.status).toBe(404);
    expect(
      (await api.fetch(new Request('http://test/api/portals/99999'), { actor: null, origin: 't' })).status,
    ).toBe(404);
  });
});
