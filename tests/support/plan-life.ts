// Plans through their doors, as tests drive them: a stage with two wards, a campaign, a draft settled as a person would.
import { sql } from 'kysely';
import { newId } from '#core/ids.ts';
import { isProblem } from '#core/problem.ts';
import type { Actor } from '#platform/api/actor.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { ItemReply, MissingReply, PlanReply } from '#features/plan/api-schema.ts';
import { importPlan } from '#features/plan/import-commands.server.ts';
import { api } from '#registry/api.server.ts';
import { makeStage } from './cast.ts';
import { testRuntime } from './database.ts';
import { PLAN, readingOf } from './readings.ts';

/** The problem or the answer, whatever it was. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export async function ask(by: Actor, method: string, path: string, body?: unknown): Promise<Answer> {
  const form = body instanceof FormData;
  const request = new Request(`http://test/api/wards/${by.wardId}${path}`, {
    method,
    ...(form ? {} : { headers: { 'content-type': 'application/json' } }),
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const response = await api.fetch(request, { actor: by, origin: 'test' });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

export const itemThat = (plan: PlanReply, words: string): ItemReply => {
  const found = plan.items.find(
    ({ quote }) => quote && plan.source.slice(quote.start, quote.end).includes(words),
  );
  if (!found) throw new Error(`no item says ${words}`);
  return found;
};

const must = (answer: Answer, status = 200): Answer => {
  if (answer.status !== status) throw new Error(JSON.stringify(answer));
  return answer;
};

export async function planStage() {
  const { runtime, clock, database, name: databaseName } = await testRuntime();
  setRuntime(runtime);
  const stage = await makeStage(database);
  const { policeHead: head, policeMember: member } = stage.actors;

  const newCampaign = async (): Promise<string> => {
    const wish = {
      name: 'Đợt cao điểm phòng, chống lừa đảo',
      shortName: 'Chống lừa đảo',
      leadingUnitId: stage.police,
      fromOn: '2025-08-02',
      toOn: '2025-08-14',
    };
    return must(await ask(head, 'POST', '/campaigns', wish), 201).body.id as string;
  };
  const bring = async (campaignId: string, reading: ReturnType<typeof readingOf>): Promise<number> => {
    const context = { actor: member, now: clock.at, origin: 'test' };
    const paper = { campaignId, reading, documentName: 'ke-hoach.txt', documentSha256: null };
    const version = await database.inWard(stage.ward, (trx) => importPlan(trx, context, paper));
    if (isProblem(version)) throw new Error(version.code);
    return version;
  };
  const importText = (campaignId: string, text: string) => bring(campaignId, readingOf(text));
  const draftOf = async (campaign: string): Promise<PlanReply> =>
    must(await ask(member, 'GET', `/campaigns/${campaign}/plan/draft`)).body as PlanReply;
  const planOf = async (campaign: string): Promise<PlanReply> =>
    must(await ask(member, 'GET', `/campaigns/${campaign}/plan`)).body as PlanReply;

  const settleOne = (at: string, draft: PlanReply, missing: MissingReply): Promise<Answer> => {
    switch (missing.kind) {
      case 'phrase':
        return ask(member, 'PATCH', `${at}/phrases/${missing.id}`, {
          revision: draft.phrases.find(({ id }) => id === missing.id)?.revision,
          state: 'ignored',
          reason: 'Câu kết, không giao việc riêng',
        });
      case 'doubt': {
        const doubt = draft.paper.doubts.find(({ id }) => id === missing.id);
        const answer = doubt?.kind === 'who-does-it' ? stage.police : doubt?.options[0];
        return ask(member, 'PUT', `${at}/doubts/${missing.id}`, { answer });
      }
      case 'actor':
        return ask(member, 'PUT', `${at}/actors`, {
          name: missing.name,
          meaning: missing.name?.includes('ổ dân phố')
            ? { kind: 'groups' }
            : { kind: 'unit', unitId: missing.name?.includes('Văn hóa') ? stage.culture : stage.police },
        });
      case 'link':
        return ask(member, 'PUT', `${at}/links`, {
          pairs: [[missing.itemA, missing.itemB]],
          state: 'linked',
        });
      case 'days':
        return ask(member, 'PUT', `${at}/days`, { from: '2025-08-02', to: '2025-08-14' });
      case 'nothing':
        throw new Error('a plan without items');
    }
  };
  /** Everything a draft asks is answered as a person would, one thing after another. */
  const settle = async (campaign: string): Promise<void> => {
    for (let draft = await draftOf(campaign); ; draft = await draftOf(campaign)) {
      const [next] = draft.missing;
      if (!next) return;
      must(await settleOne(`/campaigns/${campaign}/plan/draft`, draft, next));
    }
  };
  /** Confirmed and running, as most tests need it. */
  const running = async (): Promise<string> => {
    const campaign = await newCampaign();
    await importText(campaign, PLAN);
    await settle(campaign);
    must(await ask(head, 'POST', `/campaigns/${campaign}/plan/draft/confirm`, {}));
    must(await ask(head, 'POST', `/campaigns/${campaign}/activate`));
    return campaign;
  };
  const recordEvidence = (campaign: string, item: string): Promise<void> =>
    database.inWard(stage.ward, async (trx) => {
      const id = newId();
      const feed = await sql<{ feed_id: string }>`
        select feed_id from feeds where ward_id = ${trx.wardId} and kind = 'ward'`.execute(trx);
      await sql`insert into evidence (ward_id, campaign_id, id, unit_id, work_on, done_at, received_at, author_id,
          feed_id, change_n)
        values (${trx.wardId}, ${campaign}, ${id}, ${stage.police}, '2025-08-04', now(), now(),
          ${member.personId}, ${feed.rows[0]?.feed_id}, 1)`.execute(trx);
      await sql`insert into evidence_items (ward_id, campaign_id, evidence_id, item_id)
        values (${trx.wardId}, ${campaign}, ${id}, ${item})`.execute(trx);
    });
  return {
    stage,
    runtime,
    databaseName,
    clock,
    head,
    member,
    newCampaign,
    bring,
    importText,
    draftOf,
    planOf,
    settle,
    running,
    recordEvidence,
  };
}
export type PlanStage = Awaited<ReturnType<typeof planStage>>;
