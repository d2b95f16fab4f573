import { error } from '@sveltejs/kit';
import { DashboardReply } from '#features/dashboards/schema.ts';
import { EvidenceList } from '#features/evidence/schema.ts';
import type { EvidenceView } from '#features/evidence/schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

/** The evidence a target line counted: of every duty that feeds it, each act once. */
export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  const target = event.url.searchParams.get('muc');
  if (!campaign || !target) error(404);
  const base = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}`;
  const page = await ask(event, `${base}/dashboard`, DashboardReply);
  const line = page.lines.find(({ itemId }) => itemId === target);
  if (!line) error(404);
  const area = event.url.searchParams.get('to');
  const acts = new Map<string, EvidenceView>();
  const total = { acts: 0, count: 0 };
  for (const item of line.countedBy) {
    const query = new URLSearchParams({ item, limit: '500', ...(area ? { area } : {}) });
    const list = await ask(event, `${base}/evidence?${query.toString()}`, EvidenceList);
    for (const one of list.evidence) acts.set(one.id, one);
    // Duties that ask for the same act are linked, so the fullest list holds them all; where they are not, rows are few.
    if (list.total.acts > total.acts) Object.assign(total, list.total);
  }
  const rows = [...acts.values()].sort((a, b) => (a.doneAt < b.doneAt ? 1 : -1));
  if (rows.length > total.acts)
    Object.assign(total, { acts: rows.length, count: rows.reduce((sum, { count }) => sum + count, 0) });
  return {
    campaign,
    line,
    rows,
    total,
    group: area ? (page.groups.find(({ id }) => id === area)?.name ?? null) : null,
  };
};
