import { UnitReply } from '#features/dashboards/schema.ts';
import { UnitsReply } from '#features/people/schema-register.ts';
import { UnitReports } from '#features/reports/units/schema.ts';
import { mayAnywhere } from '#platform/api/permission.ts';
import { permissions } from '#registry/permissions.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import { loadCallees, loadDuties, loadHands } from '../duties.server.ts';
import type { PageServerLoad, PageServerLoadEvent } from './$types';

/** The first report the unit owes that day; the office's own, so whoever sees no ward sum sees none here. */
async function reportOf(event: PageServerLoadEvent, path: string) {
  const { actor } = event.locals;
  if (!actor || !mayAnywhere(permissions, actor, 'reports.read-ward')) return null;
  const { reports } = await ask(event, path, UnitReports);
  return reports.find(({ versions }) => versions.length === 0) ?? reports[0] ?? null;
}

export const load: PageServerLoad = async (event) => {
  const { actor } = event.locals;
  const ward = actor?.wardId ?? 0;
  const own = [...new Set((actor?.grants ?? []).flatMap(({ unitId }) => unitId ?? []))];
  const overseer = (actor?.grants ?? []).some(({ unitId, areaId }) => unitId === null && areaId === null);
  const { units } = await ask(event, `/wards/${ward}/units`, UnitsReply);
  const choices = units.filter(({ id }) => overseer || own.includes(id));
  const chosen = event.url.searchParams.get('don-vi') ?? own[0] ?? null;
  const campaign = await campaignOf(event);
  const none = { choices, chosen, report: null, record: null, duties: null, callees: {}, hands: {} };
  if (!campaign || !chosen) return none;
  const base = `/wards/${ward}/campaigns/${campaign}`;
  return {
    ...none,
    report: await reportOf(event, `${base}/reports/units/${chosen}`),
    record: await ask(event, `${base}/dashboard/units/${chosen}`, UnitReply),
    duties: await loadDuties(event, campaign, `unit=${chosen}`),
    callees: await loadCallees(event),
    hands: await loadHands(event, `${base}/units/${chosen}/duties`),
  };
};
