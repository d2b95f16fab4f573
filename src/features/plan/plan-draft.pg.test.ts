// A paper becomes a draft and people mend it, through the doors and on a real database.
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { MissingReply } from '#features/plan/api-schema.ts';
import { api } from '#registry/api.server.ts';
import { ask, itemThat, planStage } from '../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../tests/support/plan-life.ts';
import { PLAN, readingOf } from '../../../tests/support/readings.ts';

let on: PlanStage;
beforeAll(async () => {
  on = await planStage();
});

const kinds = (missing: readonly MissingReply[]) => missing.map(({ kind }) => kind).sort();

describe('a paper', () => {
  it('is read into a draft, its original kept', async () => {
    const campaign = await on.newCampaign();
    const bytes = readFileSync('tests/plans/dev/phuong-sot-xuat-huyet.txt');
    const form = new FormData();
    form.set('file', new File([bytes], 'kế hoạch.txt'));
    const made = await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft`, form);
    expect(made).toMatchObject({ status: 201, body: { version: 1 } });
    const draft = await on.draftOf(campaign);
    expect(draft.items.length).toBeGreaterThan(15);
    expect(draft.version).toMatchObject({ documentName: 'kế hoạch.txt', hasDocument: true });
    for (const { quote, id } of draft.items) {
      expect(quote).not.toBeNull();
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
    }
    const request = new Request(
      `http://test/api/wards/${on.stage.ward}/campaigns/${campaign}/plan/versions/1/document`,
    );
    const original = await api.fetch(request, { actor: on.member, origin: 'test' });
    expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it.each([
    ['MẬT', 'plan.secret'],
    ['TUYỆT MẬT', 'plan.secret'],
  ])('with the rating %s is refused and not kept', async (rating, code) => {
    const campaign = await on.newCampaign();
    const text = readFileSync('tests/plans/dev/phuong-sot-xuat-huyet.txt', 'utf8');
    const form = new FormData();
    form.set('file', new File([`${rating}\n${text}`], 'ke-hoach.txt'));
    const refused = await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft`, form);
    expect(refused).toMatchObject({ status: 422, body: { code } });
    const { rows } = await on.runtime.database.inWard(on.stage.ward, (trx) =>
      sql<{
        n: number;
      }>`select count(*)::int as n from media where bytes = ${Buffer.byteLength(`${rating}\n${text}`)}`.execute(
        trx,
      ),
    );
    expect(rows[0]?.n).toBe(0);
  });

  it('that is no plan is refused with what it is', async () => {
    const campaign = await on.newCampaign();
    const form = new FormData();
    form.set('file', new File([readFileSync('tests/plans/dev/giay-moi-hop.txt')], 'giay-moi.txt'));
    const refused = await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft`, form);
    expect(refused).toMatchObject({ status: 422, body: { code: 'plan.not-a-plan' } });
    expect(refused.body.params.why.length).toBeGreaterThan(10);
  });

  it('is not read a second time while a draft is open', async () => {
    const campaign = await on.newCampaign();
    await on.importText(campaign, PLAN);
    await expect(on.importText(campaign, PLAN)).rejects.toThrow('plan.draft-open');
    expect((await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft/discard`)).status).toBe(200);
    expect(await on.importText(campaign, PLAN)).toBe(2);
  });
});

describe('a draft', () => {
  it('names everything that stands between it and confirming, and is refused until then', async () => {
    const campaign = await on.newCampaign();
    await on.importText(campaign, PLAN);
    const draft = await on.draftOf(campaign);
    expect(kinds(draft.missing)).toContain('phrase');
    expect(kinds(draft.missing)).toContain('doubt');
    expect(kinds(draft.missing)).toContain('link');
    const refused = await ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'plan.incomplete' } });
    expect(refused.body.current).toEqual(draft.missing);
    await on.settle(campaign);
    expect((await on.draftOf(campaign)).missing).toEqual([]);
  });

  it('is confirmed by the leading unit’s head alone', async () => {
    const campaign = await on.newCampaign();
    await on.importText(campaign, PLAN);
    await on.settle(campaign);
    const { policeMember, cultureHead, leader, administrator, dutyDesk } = on.stage.actors;
    for (const other of [policeMember, cultureHead, leader, administrator, dutyDesk])
      expect((await ask(other, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, {})).status).toBe(403);
    expect((await ask(on.head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, {})).status).toBe(200);
  });

  it('tells the second of two people mending one item what the first one made of it', async () => {
    const campaign = await on.newCampaign();
    await on.importText(campaign, PLAN);
    const item = itemThat(await on.draftOf(campaign), 'nhóm Zalo');
    if (item.body.kind !== 'duty') throw new Error('a duty');
    const path = `/campaigns/${campaign}/plan/draft/items/${item.id}`;
    const twice = { ...item.body, cadence: { count: 2, per: 'week' } };
    const thrice = { ...item.body, cadence: { count: 3, per: 'week' } };
    const first = await ask(on.member, 'PATCH', path, { revision: item.revision, body: twice });
    expect(first.status).toBe(200);
    const second = await ask(on.head, 'PATCH', path, { revision: item.revision, body: thrice });
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'plan.item-changed', current: { body: { cadence: { count: 2 } } } },
    });
    expect(itemThat(await on.draftOf(campaign), 'nhóm Zalo').body).toMatchObject({ cadence: { count: 2 } });
  });

  it('takes exactly one of twenty edits made at once on what one person saw', async () => {
    const campaign = await on.newCampaign();
    await on.importText(campaign, PLAN);
    const item = itemThat(await on.draftOf(campaign), 'nhóm Zalo');
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        ask(on.member, 'PATCH', `/campaigns/${campaign}/plan/draft/items/${item.id}`, {
          revision: item.revision,
          body: { ...item.body, title: `Sửa lần ${at}` },
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(results.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  it('keeps what is ignored, with its reason, and brings it back', async () => {
    const campaign = await on.newCampaign();
    await on.importText(campaign, PLAN);
    const item = itemThat(await on.draftOf(campaign), '100% hộ dân');
    const path = `/campaigns/${campaign}/plan/draft/items/${item.id}`;
    const silent = await ask(on.member, 'PATCH', path, { revision: 1, review: 'ignored' });
    expect(silent.body.code).toBe('plan.reason-missing');
    const ignored = await ask(on.member, 'PATCH', path, {
      revision: 1,
      review: 'ignored',
      reason: 'Trùng với mục 4',
    });
    expect(ignored.body.items[0]).toMatchObject({ review: 'ignored', ignoredReason: 'Trùng với mục 4' });
    const back = await ask(on.member, 'PATCH', path, { revision: 2, review: 'accepted' });
    expect(back.body.items[0]).toMatchObject({ review: 'accepted', ignoredReason: null, revision: 3 });
  });

  it('takes a new item from words that were not understood, once, however often it is sent', async () => {
    const campaign = await on.newCampaign();
    await on.importText(campaign, PLAN);
    const draft = await on.draftOf(campaign);
    const [phrase] = draft.phrases;
    const body = { ...itemThat(draft, 'nhóm Zalo').body, title: 'Làm tốt việc được giao' };
    const wish = { id: newId(), body, quote: phrase?.quote, from: phrase?.id };
    for (let tries = 0; tries < 3; tries++)
      expect((await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft/items`, wish)).status).toBe(
        201,
      );
    const after = await on.draftOf(campaign);
    expect(after.items.filter(({ origin }) => origin === 'added')).toHaveLength(1);
    expect(after.phrases[0]).toMatchObject({ state: 'read', itemId: wish.id });
    const beyond = { ...wish, id: newId(), quote: { start: 0, end: draft.source.length + 1 } };
    const refused = await ask(on.member, 'POST', `/campaigns/${campaign}/plan/draft/items`, beyond);
    expect(refused.body.code).toBe('plan.quote-outside');
  });

  it('remembers what a name means for the next paper', async () => {
    const named = readingOf(PLAN);
    const duties = named.duties.map((duty) => ({
      ...duty,
      actor: duty.actor.replace('Phòng Văn hóa - Xã hội', 'Đội thông tin lưu động'),
    }));
    const reading = { ...named, duties };
    const [first, second] = [await on.newCampaign(), await on.newCampaign()];
    await on.bring(first, reading);
    expect(itemThat(await on.draftOf(first), 'Xã hội phát thanh').body.accountable).toBeNull();
    await ask(on.member, 'PUT', `/campaigns/${first}/plan/draft/actors`, {
      name: 'Đội thông tin lưu động',
      meaning: { kind: 'unit', unitId: on.stage.culture },
    });
    expect(itemThat(await on.draftOf(first), 'Xã hội phát thanh').body.accountable).toBe(on.stage.culture);
    await on.bring(second, reading);
    expect(itemThat(await on.draftOf(second), 'Xã hội phát thanh').body.accountable).toBe(on.stage.culture);
  });
});
