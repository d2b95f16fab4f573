// A post in a channel is evidence of the duties that ask for it: publishing meets the plan and evidence here.
import { dayOf, parseInstant } from '#core/clock.ts';
import { isProblem } from '#core/problem.ts';
import { insertEvidence } from '#features/evidence/insert.server.ts';
import { readRunningPlan, readWords } from '#features/evidence/plan-reading.server.ts';
import { recordAll, undo } from '#features/evidence/record.server.ts';
import { keptCoverage } from '#features/households/coverage-kept.server.ts';
import { listCampaigns } from '#features/plan/store.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';

export const publishingPorts: PublishingPorts = {
  async zaloCounts(call, campaignId) {
    const counted = await keptCoverage(call.runtime, call.trx, campaignId);
    return [...counted.values()]
      .flatMap(({ tallies }) => tallies)
      .filter(({ excluded_on }) => excluded_on === null)
      .map(({ groupId, zalo_state, ids }) => ({ groupId, state: zalo_state, n: ids.length }));
  },
  async campaigns(trx) {
    const running = (await listCampaigns(trx)).filter(({ state }) => state === 'active');
    const plans = [];
    for (const { id } of running) {
      const plan = await readRunningPlan(trx, id);
      const last = plan?.versions.at(-1);
      const owed = last?.items.some((item) => item.kind === 'target' && item.per !== null);
      if (plan)
        plans.push({
          id,
          name: plan.campaign.shortName,
          days: { from: plan.campaign.fromOn, to: plan.campaign.toOn },
          versions: plan.versions,
          words: last && owed ? await readWords(trx, id, last.number) : new Map<string, string | null>(),
        });
    }
    return plans.sort((a, b) => (a.days.from < b.days.from ? 1 : -1));
  },
  async record(call, campaignId, act) {
    const { itemIds, pictures, ...rest } = act;
    const recorded = await recordAll(call, campaignId, [
      { ...rest, itemIds: [...itemIds], pictures: [...pictures], count: 1 },
    ]);
    if (isProblem(recorded)) return recorded;
    return { workOn: recorded[0]?.workOn ?? '' };
  },
  async keep(trx, campaignId, act, { personId, now, feedId, change }) {
    const doneAt = Math.min(parseInstant(act.doneAt) ?? now, now);
    await insertEvidence(
      trx,
      {
        ...{ campaign_id: campaignId, id: act.id, area_id: act.areaId, unit_id: act.unitId },
        ...{ work_on: dayOf(doneAt), done_at: new Date(doneAt), received_at: new Date(now) },
        ...{ author_id: personId, entered_by: null, channel: act.channel, note: act.note, link: act.link },
        ...{ count: 1, source: 'outlet', reached_by: null, reached_at: null },
        ...{ feed_id: feedId, change_n: change },
      },
      act.itemIds,
      [],
    );
  },
  undo,
};
