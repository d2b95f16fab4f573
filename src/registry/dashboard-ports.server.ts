// What the dashboards are given: the running plan with its acts and excuses, the ward's names, and who counts what.
import { addDays, later } from '#core/calendar.ts';
import { dayOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { DashboardPorts } from '#features/dashboards/ports.ts';
import { calendarUntil, readActIndex, readExcuses } from '#features/evidence/calendar-reading.server.ts';
import { versionOn } from '#features/evidence/model.ts';
import { readGroupNames, readUnitNames } from '#features/evidence/names.server.ts';
import { readRunningPlan } from '#features/evidence/plan-reading.server.ts';
import { excusesAt } from '#features/plan/engine/calendar.ts';
import { measureSources } from '#registry/measure-sources.server.ts';

/** The last report of a campaign may fall due a little after it. */
const AFTER_THE_END = 7;

export const dashboardPorts: DashboardPorts = {
  async open(call, campaignId) {
    const plan = await readRunningPlan(call.trx, campaignId);
    if (!plan) return problem('evidence.no-such-campaign', { status: 404 });
    const today = dayOf(call.now);
    const version = versionOn(plan.versions, today);
    if (!version) return problem('evidence.no-plan', { status: 409 });
    const until = addDays(later(plan.campaign.toOn, today), AFTER_THE_END);
    const index = await readActIndex(call.runtime.database, call.trx, plan);
    const excuses = await readExcuses(call.trx, campaignId, { from: plan.campaign.fromOn, to: until });
    return {
      campaign: plan.campaign,
      version,
      today,
      calendar: calendarUntil(plan, until),
      acts: index.at(call.now),
      excuses: excusesAt(excuses, call.now),
    };
  },
  units: (call) => readUnitNames(call.trx),
  groups: (call, range) => readGroupNames(call.trx, range),
  sources: measureSources,
};
