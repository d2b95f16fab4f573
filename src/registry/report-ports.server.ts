// What reports ask of plan and evidence, plugged together here.
import { readWard, readWardsOfCity } from '#features/areas/ward.server.ts';
import { countByItem } from '#features/evidence/counts.server.ts';
import { readExcuses } from '#features/evidence/calendar-reading.server.ts';
import { readRunningPlan } from '#features/evidence/plan-reading.server.ts';
import { insertActs } from '#features/evidence/insert.server.ts';
import { picturesBroughtBy } from '#features/evidence/store.server.ts';
import { listCampaigns } from '#features/plan/store.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';

export const reportPorts: ReportPorts = {
  async officialWard(trx, on) {
    const { name, code, cityCode } = await readWard(trx, on);
    return { name, code, city: cityCode };
  },
  wardsOfCity: readWardsOfCity,
  async activeCampaigns(trx) {
    return (await listCampaigns(trx)).filter(({ state }) => state === 'active').map(({ id }) => id);
  },
  plan: (trx, campaignId) => readRunningPlan(trx, campaignId),
  recorded: countByItem,
  keepActs: (trx, acts) =>
    insertActs(
      trx,
      acts.map((act) => {
        const decidedAt = new Date(act.decidedAt);
        return {
          itemId: act.itemId,
          row: {
            campaign_id: act.campaignId,
            id: act.id,
            area_id: act.areaId,
            unit_id: act.unitId,
            work_on: act.workOn,
            done_at: new Date(Math.min(act.doneAt, act.decidedAt)),
            received_at: decidedAt,
            author_id: act.authorId,
            entered_by: act.enteredBy,
            channel: null,
            note: null,
            link: null,
            count: 1,
            source: 'report',
            reached_by: act.reachedBy,
            reached_at: act.reachedBy ? decidedAt : null,
            feed_id: act.feedId,
            change_n: act.changeN,
          },
        };
      }),
    ),
  excuses: (trx, campaignId, days) => readExcuses(trx, campaignId, days),
  async broughtPicture(call, sha256) {
    const brought = await picturesBroughtBy(call.trx, call.actor.personId, [Buffer.from(sha256, 'hex')]);
    return brought.has(sha256);
  },
};
