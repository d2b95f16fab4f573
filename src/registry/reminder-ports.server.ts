// The calendar of every running campaign, as reminding asks for it: the plan engine's occurrences with their states.
import type { ClosedRange } from '#core/calendar.ts';
import { instantOf } from '#core/clock.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { calendarUntil, readActIndex, readExcuses } from '#features/evidence/calendar-reading.server.ts';
import { readRunningPlan } from '#features/evidence/plan-reading.server.ts';
import type { RunningPlan } from '#features/evidence/plan-reading.server.ts';
import {
  excusesAt,
  occurrences,
  stateOfOccurrence,
  type Occurrence,
} from '#features/plan/engine/calendar.ts';
import { GROUPS, type State } from '#features/plan/model.ts';
import { listCampaigns, listVersions } from '#features/plan/store.server.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';
import type { CampaignOccurrence } from '#features/reminders/responsible.ts';

/** When each version was confirmed, for the revisions of calendars. */
async function confirmedAt(trx: WardTransaction, campaignId: string): Promise<ReadonlyMap<number, number>> {
  const versions = await listVersions(trx, campaignId);
  return new Map(
    versions.flatMap(({ version, confirmed_at }) =>
      confirmed_at === null ? [] : [[version, confirmed_at.getTime()] as const],
    ),
  );
}

const accountableOf = (unit: string | null): CampaignOccurrence['accountable'] =>
  unit === null ? null : unit === GROUPS ? 'groups' : { unitId: unit };

function occurrenceOf(
  one: Occurrence,
  state: State,
  { campaign, versions }: RunningPlan,
  confirmed: ReadonlyMap<number, number>,
): CampaignOccurrence {
  const { item } = one;
  const version = versions.findLast(({ inForceFrom }) => inForceFrom <= one.periodStart) ?? versions[0];
  const number = version?.number ?? 1;
  return {
    key: one.key,
    campaignId: campaign.id,
    itemId: one.itemId,
    what: item.kind,
    title: item.title,
    to: item.kind === 'report' ? item.to : null,
    areaId: one.areaId,
    accountable: accountableOf(one.accountable),
    leadingUnitId: campaign.leadingUnitId,
    proposal: item.proposal,
    state,
    opensAt: one.opensAt,
    dueAt: one.dueAt,
    version: number,
    revisedAt: confirmed.get(number) ?? instantOf(campaign.fromOn),
  };
}

async function occurrencesOf(
  trx: WardTransaction,
  campaignId: string,
  now: number,
  days: ClosedRange,
): Promise<CampaignOccurrence[]> {
  const plan = await readRunningPlan(trx, campaignId);
  if (!plan || plan.versions.length === 0) return [];
  const calendar = calendarUntil(plan, days.to);
  const acts = (await readActIndex(runtime().database, trx, plan)).at(now);
  const excuses = excusesAt(await readExcuses(trx, campaignId, days), now);
  const confirmed = await confirmedAt(trx, campaignId);
  return occurrences(calendar, days, 'due').map((one) =>
    occurrenceOf(one, stateOfOccurrence(one, acts, excuses).state, plan, confirmed),
  );
}

export const reminderPorts: ReminderPorts = {
  async occurrences(trx, now, days) {
    const running = (await listCampaigns(trx)).filter(({ state }) => state === 'active');
    const found: CampaignOccurrence[] = [];
    for (const { id } of running) found.push(...(await occurrencesOf(trx, id, now, days)));
    return found;
  },
  pageOf: ({ key, campaignId }) => `/viec/${campaignId}/${key}`,
};
