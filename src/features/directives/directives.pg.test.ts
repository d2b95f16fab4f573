// The register through the product's own doors, on the rehearsal's database: a paper comes in, its deadlines are read and
// become duties only when a person takes them, and what leaves as a file says what the screen says.
import { Document, Packer, Paragraph } from 'docx';
import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { ReadinessReply } from '#features/assignment/schema.ts';
import type { CitedReply, DirectiveReply, DirectivesReply } from '#features/directives/schema.ts';
import type { Actor, Role } from '#platform/api/actor.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeRehearsal } from '#registry/rehearsal.server.ts';
import { testRuntime } from '../../../tests/support/database.ts';

let test: Awaited<ReturnType<typeof testRuntime>>;
let campaign = '';
let police = '';
const people: Partial<Record<Role, string>> = {};

const actorOf = (role: Role): Actor => ({
  accountId: newId(),
  wardId: 1,
  personId: people[role] ?? '',
  name: '',
  grants: [{ role, areaId: null, unitId: role === 'unit-head' ? police : null }],
  via: 'office',
  deviceId: null,
  sessionId: 'test',
});

async function ask(role: Role, method: string, path: string, body?: unknown): Promise<Response> {
  const isForm = body instanceof FormData;
  return api.fetch(
    new Request(`http://test/api/wards/1${path}`, {
      method,
      headers: isForm || body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    }),
    { actor: actorOf(role), origin: 'test' },
  );
}
const read = async <T>(path: string, role: Role = 'clerk') =>
  (await (await ask(role, 'GET', path)).json()) as T;

const LINES = [
  'CÔNG AN THÀNH PHỐ',
  'Số: 9910/DT-CATP',
  'ngày 03 tháng 8 năm 2025',
  'V/v báo cáo kết quả tuyên truyền',
  'Kính gửi: Công an các phường.',
  '1. Công an các phường báo cáo kết quả về Công an thành phố trước ngày 12/8/2025.',
  '2. Công an các phường báo cáo số liệu hằng tuần trước 15h00 thứ Sáu.',
  '3. Các đơn vị nghiêm túc thực hiện.',
  'Nơi nhận:',
  '- Như trên.',
];
const docx = async (lines: readonly string[]): Promise<File> => {
  const document = new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] });
  return new File([await Packer.toArrayBuffer(document)], 'Công văn.docx');
};
const FACTS = {
  number: '9910/DT-CATP',
  issuedOn: '2025-08-03',
  issuer: 'Công an thành phố (diễn tập)',
  subject: 'Báo cáo kết quả tuyên truyền',
};
const form = (facts: Record<string, string>, file?: File): FormData => {
  const made = new FormData();
  for (const [name, value] of Object.entries(facts)) made.set(name, value);
  if (file) made.set('file', file);
  return made;
};

beforeAll(async () => {
  test = await testRuntime();
  setRuntime(test.runtime);
  await makeRehearsal(test.runtime);
  const { rows } = await test.database.inWard(1, (trx) =>
    sql<{ role: Role; person: string; campaign: string; unit: string }>`
      select g.role, g.person_id as person, c.id as campaign, c.leading_unit_id as unit
      from campaigns c join grants g on g.ward_id = c.ward_id
        and (g.role in ('clerk', 'auditor', 'leader') or (g.role = 'unit-head' and g.unit_id = c.leading_unit_id))`.execute(
      trx,
    ),
  );
  for (const row of rows) {
    people[row.role] = row.person;
    campaign = row.campaign;
    police = row.unit;
  }
});

let id = '';

describe('a directive', () => {
  it('is entered with its paper, and its deadlines are read but owed by nobody', async () => {
    const sent = await ask('clerk', 'POST', '/directives', form(FACTS, await docx(LINES)));
    expect(sent.status).toBe(201);
    const entered = (await sent.json()) as { id: string; proposals: number };
    ({ id } = entered);
    expect(entered.proposals).toBe(2);
    const { directive, proposals, citations } = await read<DirectiveReply>(`/directives/${id}`);
    expect(directive).toMatchObject({ ...FACTS, hasFile: true, fileName: 'Công văn.docx', open: 2 });
    expect(proposals.map(({ state, body }) => [state, body.by?.on ?? body.cadence?.per])).toEqual([
      ['proposed', '2025-08-12'],
      ['proposed', 'week'],
    ]);
    expect(proposals[0]?.words).toContain('trước ngày 12/8/2025');
    expect(citations).toEqual([]);
  });

  it('gives its paper back as it came', async () => {
    const file = await ask('auditor', 'GET', `/directives/${id}/file`);
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('Công văn.docx'));
    expect([...new Uint8Array(await file.arrayBuffer()).slice(0, 2)]).toEqual([0x50, 0x4b]);
  });

  it('is refused under a secrecy rating, and nothing of it is kept', async () => {
    const media = async () =>
      (
        await test.database.inWard(1, (trx) =>
          sql<{ n: number }>`select count(*)::int as n from media`.execute(trx),
        )
      ).rows[0]?.n;
    const before = await media();
    const secret = await docx(['MẬT', ...LINES]);
    const sent = await ask('clerk', 'POST', '/directives', form({ ...FACTS, number: '9911/DT' }, secret));
    expect(sent.status).toBe(422);
    expect(await sent.json()).toMatchObject({ code: 'plan.secret' });
    expect(await media()).toBe(before);
    expect((await read<DirectivesReply>('/directives?search=9911')).directives).toEqual([]);
  });

  it('is refused twice, and as another kind of file', async () => {
    const again = await ask('clerk', 'POST', '/directives', form(FACTS));
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([
      409,
      'directives.number-taken',
    ]);
    const page = new File(['<script>'], 'van-ban.docx');
    expect((await ask('clerk', 'POST', '/directives', form({ ...FACTS, number: 'x' }, page))).status).toBe(
      415,
    );
  });

  it('becomes a duty when a person takes it: in the plan’s draft, citing the paper', async () => {
    const { proposals } = await read<DirectiveReply>(`/directives/${id}`);
    const path = `/campaigns/${campaign}/directives/${id}/proposals/${proposals[0]?.id}/accept`;
    expect((await ask('clerk', 'POST', path, { accountable: police })).status).toBe(403);
    const sent = await ask('unit-head', 'POST', path, { accountable: police });
    expect(sent.status).toBe(201);
    const { itemId } = (await sent.json()) as { itemId: string };
    const draft = await read<{ items: { id: string; kind: string; body: unknown }[] }>(
      `/campaigns/${campaign}/plan/draft`,
      'unit-head',
    );
    expect(draft.items.find((item) => item.id === itemId)).toMatchObject({
      kind: 'report',
      body: { accountable: police, by: { on: '2025-08-12' } },
    });
    const { directives } = await read<CitedReply>(`/campaigns/${campaign}/directives?item=${itemId}`);
    expect(directives.map(({ number }) => number)).toEqual([FACTS.number]);
    expect((await ask('unit-head', 'POST', path, { accountable: police })).status).toBe(409);
    const confirmed = await ask('unit-head', 'POST', `/campaigns/${campaign}/plan/draft/confirm`, {
      inForceFrom: '2025-08-06',
      amendingNumber: FACTS.number,
      amendingOn: FACTS.issuedOn,
    });
    expect(await confirmed.json()).toMatchObject({ version: 2 });
    const { citations } = await read<DirectiveReply>(`/directives/${id}`);
    expect(citations).toMatchObject([{ itemId, kind: 'report' }]);
    expect(citations[0]?.title).not.toBeNull();
  });

  it('keeps what was set aside, with the reason', async () => {
    const { proposals } = await read<DirectiveReply>(`/directives/${id}`);
    const path = `/directives/${id}/proposals/${proposals[1]?.id}/set-aside`;
    expect((await ask('clerk', 'POST', path, { reason: 'Đã có trong kế hoạch' })).status).toBe(200);
    const now = await read<DirectiveReply>(`/directives/${id}`);
    expect(now.proposals[1]).toMatchObject({ state: 'set-aside', reason: 'Đã có trong kế hoạch' });
    expect(now.directive.open).toBe(0);
  });
});

describe('the register', () => {
  it('is found without marks, and so by searching everything', async () => {
    const { directives, all } = await read<DirectivesReply>('/directives?search=he thong co so');
    expect(directives.map(({ number }) => number)).toEqual(['9902/DT-UBND']);
    expect(all).toBe(4);
    const { found } = await read<{ found: { kind: string; id: string }[] }>('/search?q=9910');
    expect(found).toMatchObject([{ kind: 'directive', id }]);
    // The plan, amended by the paper, stands once; the duty taken from the paper is found by its words.
    const plans = await read<{ found: { kind: string; id: string }[] }>('/search?q=lua dao');
    expect(plans.found.filter(({ kind }) => kind === 'plan')).toMatchObject([{ id: campaign }]);
    const items = await read<{ found: { kind: string; title: string }[] }>('/search?q=ket qua ve cong an');
    expect(items.found.map(({ kind }) => kind)).toContain('item');
  });

  it('leaves as CSV and XLSX with the same rows', async () => {
    const csv = await (await ask('auditor', 'GET', '/directives.csv?sort=number')).text();
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(5);
    const book = await readXlsx(
      new Uint8Array(await (await ask('auditor', 'GET', '/directives.xlsx?sort=number')).arrayBuffer()),
    );
    const rows = book.sheets[0]?.rows ?? [];
    expect(rows.slice(1).map((row) => row[1])).toEqual(lines.slice(1).map((line) => line.split(',')[1]));
  });

  it('withdraws with a reason and still opens', async () => {
    expect((await ask('clerk', 'POST', `/directives/${id}/withdraw`, { reason: 'Nhập nhầm' })).status).toBe(
      200,
    );
    expect((await read<DirectivesReply>('/directives')).all).toBe(3);
    const { directive, may } = await read<DirectiveReply>(`/directives/${id}`);
    expect(directive.withdrawnReason).toBe('Nhập nhầm');
    expect(may.edit).toBe(false);
  });
});

describe('the readiness board', () => {
  it('puts the unready on top, and its counts are those of its rows', async () => {
    const board = await read<ReadinessReply>(`/campaigns/${campaign}/readiness`, 'unit-head');
    expect(board.opensOn).toBe('2025-07-28');
    expect(board.groups).toHaveLength(45);
    const opens = board.groups.map(({ open }) => open);
    expect(opens).toEqual([...opens].sort((a, b) => b - a));
    expect(Math.max(...opens)).toBeGreaterThan(1);
    expect(Math.min(...opens)).toBe(0);
    for (const line of board.lines) {
      const ready = board.groups.filter(({ checks }) =>
        checks.some((one) => one.line === line.id && one.ready),
      );
      expect(line.ready, line.id).toBe(ready.length);
      expect(line.ready, line.id).toBeLessThan(45);
    }
  });
});
