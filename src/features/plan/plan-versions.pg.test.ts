// Confirmed plans: amended with nothing lost, taken over, read by others, closed to other wards.
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ChangeReply } from '#features/plan/api-schema.ts';
import { planVersionOf } from '#features/plan/schema.ts';
import { ask, itemThat, planStage } from '../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../tests/support/plan-life.ts';
import { AMENDED, PLAN } from '../../../tests/support/readings.ts';

let on: PlanStage;
beforeAll(async () => {
  on = await planStage();
});

describe('an amendment', () => {
  it('of a paper keeps the ids and the evidence of what it continues, and shows what changed', async () => {
    const campaign = await on.running();
    const before = await on.planOf(campaign);
    const loud = itemThat(before, 'Phòng Văn hóa - Xã hội phát thanh');
    const zalo = itemThat(before, 'nhóm Zalo');
    await on.recordEvidence(campaign, loud.id);
    await on.importText(campaign, AMENDED);
    const draft = await on.draftOf(campaign);
    expect(itemThat(draft, 'tối thiểu 02 lượt/ngày').id).toBe(loud.id);
    expect(itemThat(draft, 'nhóm Zalo')).toMatchObject({ id: zalo.id, review: 'accepted' });
    const states = (changes: readonly ChangeReply[]) =>
      Object.fromEntries(
        ['same', 'changed', 'new', 'dropped'].map((state) => [
          state,
          changes.filter((change) => change.state === state).length,
        ]),
      );
    expect(states(draft.changes)).toEqual({ same: 5, changed: 1, new: 1, dropped: 0 });
    expect(draft.changes.find(({ id }) => id === loud.id)).toMatchObject({
      fields: ['cadence'],
      formal: true,
    });
    await on.settle(campaign);
    const confirmed = await ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, {
      inForceFrom: '2025-08-06',
      amendingNumber: '52/KH-UBND',
      amendingOn: '2025-08-05',
    });
    expect(confirmed.body).toEqual({ version: 2 });
    on.clock.at = Date.parse('2025-08-06T09:00:00+07:00');
    const after = await on.planOf(campaign);
    expect(after.version.version).toBe(2);
    expect(itemThat(after, 'tối thiểu 02 lượt/ngày')).toMatchObject({ id: loud.id, withoutPaper: false });
    const { rows } = await on.runtime.database.inWard(on.stage.ward, (trx) =>
      sql<{ n: number }>`select count(*)::int as n from evidence_items where item_id = ${loud.id}`.execute(
        trx,
      ),
    );
    expect(rows[0]?.n).toBe(1);
    on.clock.at = Date.parse('2025-08-05T07:50:00+07:00');
    expect((await on.planOf(campaign)).version.version).toBe(1);
  });

  it('by hand is marked as the ward’s own until its paper is named', async () => {
    const campaign = await on.running();
    expect((await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft/amend`)).status).toBe(201);
    const item = itemThat(await on.draftOf(campaign), 'nhóm Zalo');
    if (item.body.kind !== 'duty') throw new Error('a duty');
    await ask(on.member, 'PATCH', `/campaigns/${campaign}/plan/draft/items/${item.id}`, {
      revision: item.revision,
      body: { ...item.body, cadence: { count: 2, per: 'week' } },
    });
    const nameless = { inForceFrom: '2025-08-05', amendingNumber: '60/KH-UBND' };
    const half = await ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, nameless);
    expect(half.body.code).toBe('plan.amending-half');
    const done = await ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, {
      inForceFrom: '2025-08-05',
    });
    expect(done.body).toEqual({ version: 2 });
    const own = await on.planOf(campaign);
    expect(itemThat(own, 'nhóm Zalo').withoutPaper).toBe(true);
    expect(own.items.filter(({ withoutPaper }) => withoutPaper)).toHaveLength(1);
    await ask(on.head, 'PUT', `/campaigns/${campaign}/plan/versions/2/amending`, {
      number: '60/KH-UBND',
      on: '2025-08-06',
    });
    expect(itemThat(await on.planOf(campaign), 'nhóm Zalo').withoutPaper).toBe(false);
  });

  it('is not in force before the version it follows, nor before what a report froze', async () => {
    const campaign = await on.running();
    await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft/amend`);
    const confirm = (inForceFrom?: string) =>
      ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, inForceFrom ? { inForceFrom } : {});
    expect((await confirm()).body.code).toBe('plan.in-force-missing');
    expect((await confirm('2025-08-01')).body).toMatchObject({ code: 'plan.in-force-too-early' });
    await on.runtime.database.inWard(on.stage.ward, (trx) =>
      sql`update campaigns set settings = '{"frozenThrough": "2025-08-05"}' where id = ${campaign}`.execute(
        trx,
      ),
    );
    expect((await confirm('2025-08-05')).body).toMatchObject({
      code: 'plan.in-force-frozen',
      params: { day: '2025-08-06' },
    });
    expect((await confirm('2025-08-06')).status).toBe(200);
  });

  it('asks for nothing that was already over when it came into force', async () => {
    const campaign = await on.running();
    await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft/amend`);
    const mend = async (on1: string) => {
      const item = itemThat(await on.draftOf(campaign), 'báo cáo kết thúc');
      if (item.body.kind === 'target') throw new Error('a report');
      await ask(on.member, 'PATCH', `/campaigns/${campaign}/plan/draft/items/${item.id}`, {
        revision: item.revision,
        body: { ...item.body, by: { on: on1, time: null } },
      });
    };
    const confirm = () =>
      ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, { inForceFrom: '2025-08-06' });
    await mend('2025-08-05');
    expect((await confirm()).body).toMatchObject({
      code: 'plan.deadline-before-force',
      params: { day: '2025-08-05' },
    });
    await mend('2025-08-06');
    expect((await confirm()).status).toBe(200);
    // What stands unchanged may lie behind: it was owed, and stays judged by the version of its day.
    await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft/amend`);
    const late = { inForceFrom: '2025-08-13' };
    expect((await ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, late)).status).toBe(200);
  });

  it('lets a person say that an item continues one taken for dropped', async () => {
    const campaign = await on.running();
    const old = itemThat(await on.planOf(campaign), 'nhóm Zalo');
    await on.recordEvidence(campaign, old.id);
    const reworded = PLAN.replace(
      'Công an phường chỉ đạo đăng bài trên nhóm Zalo tổ dân phố tối thiểu 01 lượt/tuần.',
      'Công an phường chỉ đạo khu vực nhắn vào hội thoại chung của bà con, cứ bảy ngày đôi lần.',
    );
    await on.importText(campaign, reworded);
    const draft = await on.draftOf(campaign);
    const fresh = itemThat(draft, 'hội thoại chung');
    if (fresh.id === old.id) return;
    const path = `/campaigns/${campaign}/plan/draft/items/${fresh.id}/continue`;
    const done = await ask(on.member, 'POST', path, { itemId: old.id });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect(itemThat(await on.draftOf(campaign), 'hội thoại chung').id).toBe(old.id);
    const again = await ask(on.member, 'POST', path, { itemId: old.id });
    expect(again.status).toBe(404);
  });

  it('leaves a dropped duty open to its old words', async () => {
    const campaign = await on.running();
    const old = itemThat(await on.planOf(campaign), 'nhóm Zalo');
    await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft/amend`);
    await ask(on.member, 'PATCH', `/campaigns/${campaign}/plan/draft/items/${old.id}`, {
      revision: 1,
      review: 'ignored',
      reason: 'Thôi giao việc này',
    });
    await ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, { inForceFrom: '2025-08-05' });
    expect((await on.planOf(campaign)).items.find(({ id }) => id === old.id)?.review).toBe('ignored');
    const words = await ask(on.member, 'GET', `/campaigns/${campaign}/plan/items/${old.id}`);
    expect(words.body).toMatchObject({ version: { version: 1 } });
    expect(words.body.words).toContain('nhóm Zalo');
  });
});

describe('a confirmed plan', () => {
  it('is what other features read: items, links, days and when it holds', async () => {
    const campaign = await on.running();
    const [version, items] = await on.runtime.database.inWard(on.stage.ward, async (trx) => [
      await sql`select * from plan_confirmed_versions where campaign_id = ${campaign}`.execute(trx),
      await sql`select * from plan_confirmed_items where campaign_id = ${campaign} order by position`.execute(
        trx,
      ),
    ]);
    const plan = planVersionOf(version.rows[0], items.rows);
    expect(plan).toMatchObject({
      number: 1,
      inForceFrom: '2025-08-02',
      inForceTo: null,
      days: { from: '2025-08-02', to: '2025-08-14' },
    });
    expect(plan.items).toHaveLength(6);
    expect(plan.links).toHaveLength(1);
    expect(plan.items.filter((item) => item.kind !== 'target').every((item) => item.accountable)).toBe(true);
    const final = plan.items.find((item) => item.kind === 'report' && item.reportKind === 'final');
    expect(final).toMatchObject({
      accountable: 'groups',
      scope: 'group',
      choices: { lastDay: 'excluded' },
    });
  });

  it('gives others each item in its own words, whatever characters stand before them', async () => {
    const campaign = await on.newCampaign();
    await on.importText(campaign, PLAN.replace('Công an phường chỉ đạo', '📢📢 Công an phường chỉ đạo'));
    await on.settle(campaign);
    await ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, {});
    const plan = await on.planOf(campaign);
    expect(plan.source).toContain('📢📢');
    const { rows } = await on.runtime.database.inWard(on.stage.ward, (trx) =>
      sql<{ item_id: string; words: string }>`select item_id, words from plan_confirmed_items
        where campaign_id = ${campaign} and words is not null`.execute(trx),
    );
    const quotes = new Map(plan.items.map(({ id, quote }) => [id, quote]));
    expect(rows).toHaveLength(6);
    for (const { item_id, words } of rows) {
      const quote = quotes.get(item_id);
      expect(words).toBe(quote && plan.source.slice(quote.start, quote.end));
    }
  });

  it('cannot be mended, only amended', async () => {
    const campaign = await on.running();
    const item = itemThat(await on.planOf(campaign), 'nhóm Zalo');
    const refused = await ask(on.member, 'PATCH', `/campaigns/${campaign}/plan/draft/items/${item.id}`, {
      revision: item.revision,
      review: 'open',
    });
    expect(refused.body.code).toBe('plan.no-draft');
  });

  it('is taken over to new days with all of them moved, as a draft under new ids', async () => {
    const campaign = await on.running();
    const before = await on.planOf(campaign);
    const copy = await ask(on.head, 'POST', `/campaigns/${campaign}/clone`, {
      name: 'Đợt cao điểm lần hai',
      shortName: 'Đợt hai',
      leadingUnitId: on.stage.police,
      startOn: '2025-10-02',
    });
    expect(copy.status, JSON.stringify(copy.body)).toBe(201);
    const draft = await on.draftOf(copy.body.campaignId as string);
    expect(draft.version.days).toEqual({ from: '2025-10-02', to: '2025-10-14' });
    expect(itemThat(draft, 'báo cáo nhanh').body).toMatchObject({
      between: { from: '2025-10-02', to: '2025-10-13' },
    });
    expect(itemThat(draft, 'báo cáo kết thúc').body).toMatchObject({ by: { on: '2025-10-14' } });
    expect(draft.missing).toEqual([]);
    const olds = new Set(before.items.map(({ id }) => id));
    expect(draft.items.some(({ id }) => olds.has(id))).toBe(false);
  });

  it('goes as a file to another ward, where names are asked anew', async () => {
    const campaign = await on.running();
    const file = await ask(on.member, 'GET', `/campaigns/${campaign}/plan/export`);
    expect(file.body).toMatchObject({ format: 'tung-nha-plan', formatVersion: 1 });
    const taken = await ask(on.stage.actors.stranger, 'POST', '/campaigns/take-over', {
      name: 'Kế hoạch của phường bạn',
      shortName: 'Học theo',
      leadingUnitId: (await ask(on.stage.actors.stranger, 'GET', '/campaigns')).body
        .mayCreateFor[0] as string,
      plan: file.body,
    });
    expect(taken.status, JSON.stringify(taken.body)).toBe(201);
  });

  it('is not seen from another ward', async () => {
    const campaign = await on.running();
    const stranger = on.stage.actors.stranger;
    const item = itemThat(await on.planOf(campaign), 'nhóm Zalo');
    for (const path of ['', '/plan', '/plan/draft', `/plan/items/${item.id}`, '/plan/versions/1'])
      expect([403, 404]).toContain((await ask(stranger, 'GET', `/campaigns/${campaign}${path}`)).status);
    const listed = (await ask(stranger, 'GET', '/campaigns')).body.campaigns as { id: string }[];
    expect(listed.some(({ id }) => id === campaign)).toBe(false);
    const rows = await on.runtime.database.inWard(on.stage.otherWard, (trx) =>
      sql`select 1 from plan_version_items where campaign_id = ${campaign}
        union all select 1 from plan_confirmed_items where campaign_id = ${campaign}`.execute(trx),
    );
    expect(rows.rows).toEqual([]);
  });

  it('leaves an audit row for each step of its life', async () => {
    const campaign = await on.running();
    const { rows } = await on.runtime.database.inWard(on.stage.ward, (trx) =>
      sql<{ action: string }>`select distinct action from audit_entries
        where subject_id like ${`${campaign}%`} or action like 'plan.%'`.execute(trx),
    );
    const actions = rows.map(({ action }) => action);
    for (const action of [
      'plan.campaign-created',
      'plan.imported',
      'plan.phrase-ignored',
      'plan.doubt-answered',
      'plan.items-linked',
      'plan.confirmed',
      'plan.campaign-activated',
    ])
      expect(actions).toContain(action);
  });
});
