// A post in a channel is evidence of the duties that ask for it: publishing meets the plan and evidence here.
import { isProblem } from '#core/problem.ts';
import { readRunningPlan } from '#features/evidence/plan-reading.server.ts';
import { recordAll, undo } from '#features/evidence/record.server.ts';
import { listCampaigns } from '#features/plan/store.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';

export const publishingPorts: PublishingPorts = {
  async campaigns(trx) {
    const running = (await listCampaigns(trx)).filter(({ state }) => state === 'active');
    const plans = [];
    for (const { id } of running) {
      const plan = await readRunningPlan(trx, id);
      if (plan)
        plans.push({
          id,
          name: plan.campaign.shortName,
          days: { from: plan.campaign.fromOn, to: plan.campaign.toOn },
          versions: plan.versions,
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
  undo,
};
