import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { DashboardReply } from '#features/dashboards/schema.ts';
import type { TargetLine } from '#features/dashboards/schema.ts';
import { EvidenceList } from '#features/evidence/schema.ts';
import type { EvidenceView } from '#features/evidence/schema.ts';
import { ListReply } from '#features/households/office-schema.ts';
import type { Shown } from '#features/households/shown.ts';
import { doorsHref } from '#features/households/ui/door-links.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

/** Which doors of the register stand behind a measure. */
const DOORS: Readonly<Record<string, Shown>> = {
  'household.reached': 'reached',
  'household.pledged': 'pledged',
  'household.in-chat': 'zalo',
};

/** The households a line counts one by one; null: it counts none so, or who reads may not see them. */
async function loadDoors(event: RequestEvent, campaign: string, line: TargetLine, area: string | null) {
  const show = DOORS[line.measure];
  if (show === undefined || line.itemised === 0) return null;
  const page = /^[1-9]\d{0,3}$/.exec(event.url.searchParams.get('trang') ?? '')?.[0] ?? '1';
  const query = new URLSearchParams({ campaign, show, page, ...(area ? { area } : {}) });
  const path = `/api/wards/${event.locals.actor?.wardId ?? 0}/households?${query.toString()}`;
  const response = await event.fetch(path);
  if (response.status === 403) return { list: null, register: null };
  if (!response.ok) error(response.status);
  return {
    list: ListReply.parse(await response.json()),
    register: doorsHref({ campaign, show, ...(area ? { area } : {}) }),
  };
}

/** What was stated: the evidence of every duty that feeds the line, each act once. */
async function loadActs(event: RequestEvent, base: string, line: TargetLine, area: string | null) {
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
  return { rows, total };
}

/** The rows a target line counts: households one by one, and what was stated without a list. */
export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  const target = event.url.searchParams.get('muc');
  if (!campaign || !target) error(404);
  const base = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}`;
  const page = await ask(event, `${base}/dashboard`, DashboardReply);
  const line = page.lines.find(({ itemId }) => itemId === target);
  if (!line) error(404);
  const area = event.url.searchParams.get('to');
  return {
    campaign,
    line,
    ...(await loadActs(event, base, line, area)),
    doors: await loadDoors(event, campaign, line, area),
    group: area ? (page.groups.find(({ id }) => id === area)?.name ?? null) : null,
  };
};
