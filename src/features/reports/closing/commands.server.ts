// What people decide at the end of a campaign; each leaves its dated act and its audit row.
import { dayOf, isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { vnNumber, vnShare } from '#features/reports/morning-text.ts';
import { shareOf } from '#features/reports/model.ts';
import { meritorious, refuseDecision, type Facts, type GroupMerit } from '#features/reports/closing/model.ts';
import type { ClosingPorts } from '#features/reports/closing/ports.ts';
import { readStanding } from '#features/reports/closing/reading.server.ts';
import type { CommendationWish } from '#features/reports/closing/schema.ts';
import * as store from '#features/reports/closing/store.server.ts';
import { readGroups } from '#features/reports/store.server.ts';

const noCampaign = () => problem('reports.no-such-campaign', { status: 404 });

const note = (call: Call, action: string, campaignId: string, after: unknown) =>
  audit(call.trx, call, { action, subjectKind: 'campaign', subjectId: campaignId, after });

const stamp = (call: Call) => ({ at: new Date(call.now), by: call.actor.personId });

/** Everybody not reached goes on the list; who was on it stays, so that a list once printed is not contradicted. */
export async function makeList(call: Call, campaignId: string): Promise<{ added: number }> {
  const groups = (await readGroups(call.trx)).filter(({ validTo }) => validTo === null);
  const doors = await store.doorsLeft(
    call.trx,
    campaignId,
    groups.map(({ id }) => id),
  );
  const fresh = doors.filter(({ listed }) => !listed).map(({ household_id }) => household_id);
  if (fresh.length === 0) return { added: 0 };
  const n = await store.addAct(call.trx, campaignId, {
    act: 'listed',
    ...stamp(call),
    note: `${fresh.length}`,
    data: { households: fresh.length },
  });
  await store.putOnList(call.trx, campaignId, n, fresh);
  await note(call, 'closing.listed', campaignId, { households: fresh.length });
  return { added: fresh.length };
}

export async function explain(
  call: Call,
  campaignId: string,
  wish: { readonly id: string; readonly subject: string; readonly note: string },
): Promise<{ id: string }> {
  await store.addRemark(call.trx, campaignId, wish, {
    at: new Date(call.now),
    personId: call.actor.personId,
  });
  await note(call, 'closing.explained', campaignId, { subject: wish.subject, note: wish.note });
  return { id: wish.id };
}

export async function setDeletion(
  call: Call,
  ports: ClosingPorts,
  campaignId: string,
  on: string,
): Promise<{ on: string } | Problem> {
  const plan = await ports.plan(call.trx, campaignId);
  if (!plan) return noCampaign();
  // Not while the work still needs them, nor without a day for somebody to object.
  if (on <= plan.campaign.toOn || on <= dayOf(call.now))
    return problem('closing.deletion-too-soon', { status: 422, pointer: '/on' });
  await store.addAct(call.trx, campaignId, { act: 'deletion-set', ...stamp(call), note: on, data: { on } });
  await note(call, 'closing.deletion-set', campaignId, { on });
  return { on };
}

export async function decide(
  call: Call,
  ports: ClosingPorts,
  campaignId: string,
  wish: { readonly act: 'close' | 'reopen'; readonly reason: string | null },
): Promise<{ state: string } | Problem> {
  const standing = await readStanding(call, ports, campaignId);
  if (!standing) return noCampaign();
  const refused = refuseDecision(wish.act, standing.regime.plan.campaign.state, standing.rows, wish.reason);
  if (refused) return refused;
  const moved = await (wish.act === 'close' ? ports.close(call, campaignId) : ports.reopen(call, campaignId));
  if (isProblem(moved)) return moved;
  const act = wish.act === 'close' ? 'closed' : 'reopened';
  const left = standing.rows.filter(({ open }) => open).map(({ key }) => key);
  await store.addAct(call.trx, campaignId, {
    act,
    ...stamp(call),
    note: wish.reason,
    data: wish.act === 'close' ? { rows: standing.rows, at: isoOf(call.now) } : {},
  });
  await note(call, `closing.${act}`, campaignId, { reason: wish.reason, open: left });
  return { state: wish.act === 'close' ? 'closed' : 'active' };
}

// ── Commendations ───────────────────────────────────────────────────────────────────────────────────────────────────

const percent = (count: number, of: number | null): string => {
  const { share } = shareOf(count, of);
  return share === null ? '' : ` (${vnShare(share)})`;
};

function groupWords({ households, reached, pledged, onTime, owed }: GroupMerit): string {
  const of = households === null ? '' : `/${vnNumber(households)}`;
  return `Tuyên truyền trực tiếp ${vnNumber(reached)}${of} hộ${percent(reached, households)}; vận động ký cam kết ${vnNumber(pledged)} hộ${percent(pledged, households)}; ${vnNumber(onTime)}/${vnNumber(owed)} báo cáo nhanh đúng giờ.`;
}

const meritsOf = (facts: Facts, mornings: ReadonlyMap<string, { onTime: number; owed: number }>) =>
  facts.lines
    .filter(({ undivided }) => !undivided)
    .map((line): GroupMerit => ({
      areaId: line.areaId,
      name: line.name,
      households: line.households,
      reached: line.figures.reached?.total ?? 0,
      pledged: line.figures.pledged?.total ?? 0,
      ...(mornings.get(line.areaId) ?? { onTime: 0, owed: 0 }),
    }));

const PEOPLE = 5;

/** Drafts from the figures; whoever is on the list already is not proposed again, dropped ones neither. */
export async function propose(
  call: Call,
  ports: ClosingPorts,
  campaignId: string,
): Promise<{ proposed: number } | Problem> {
  const standing = await readStanding(call, ports, campaignId);
  if (!standing) return noCampaign();
  const known = new Set((await store.listCommendations(call.trx, campaignId)).map(({ name }) => name));
  const groups = meritorious(meritsOf(standing.facts, await store.punctuality(call.trx, campaignId)));
  const people = await store.mostReaching(call.trx, campaignId, PEOPLE);
  const base = {
    campaign_id: campaignId,
    state: 'proposed' as const,
    revision: 1,
    changed_at: new Date(call.now),
    changed_by: call.actor.personId,
  };
  const rows = [
    ...groups.map((group) => ({
      ...base,
      id: newId(),
      kind: 'group' as const,
      name: group.name,
      words: groupWords(group),
      figures: group,
    })),
    ...people.map(({ name, reached }) => ({
      ...base,
      id: newId(),
      kind: 'person' as const,
      name,
      words: `Trực tiếp tuyên truyền ${vnNumber(reached)} hộ.`,
      figures: { reached },
    })),
  ].filter(({ name }) => !known.has(name));
  await store.insertCommendations(call.trx, rows);
  await note(call, 'closing.commendations-proposed', campaignId, { proposed: rows.length });
  return { proposed: rows.length };
}

/** Revision 0: added by a person. */
export async function writeCommendation(
  call: Call,
  campaignId: string,
  id: string,
  { revision, ...wish }: CommendationWish,
): Promise<{ id: string } | Problem> {
  const changed = { ...wish, changed_at: new Date(call.now), changed_by: call.actor.personId };
  if (revision === 0)
    await store.insertCommendations(call.trx, [
      { ...changed, campaign_id: campaignId, id, figures: null, revision: 1 },
    ]);
  else if (!(await store.updateCommendation(call.trx, campaignId, id, revision, changed)))
    return problem('closing.changed-meanwhile', { status: 409 });
  await note(call, 'closing.commendation-written', campaignId, { id, name: wish.name, state: wish.state });
  return { id };
}
