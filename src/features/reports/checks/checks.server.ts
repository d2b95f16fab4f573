// Check visits: recorded, listed with what is still to be done, and done. A follow-up is a dated duty of the plan.
import { dayOf, isoOf } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { CheckPorts } from '#features/reports/checks/ports.ts';
import { minutesWords } from '#features/reports/checks/minutes.ts';
import { Check } from '#features/reports/checks/schema.ts';
import type { CheckList, MinutesData, CheckWish, TaskWish } from '#features/reports/checks/schema.ts';
import { findDocument, insertDocument, listDocuments } from '#features/reports/papers/documents.server.ts';
import { peopleNames, readGroups, readUnits } from '#features/reports/store.server.ts';
import { reportTables } from '#features/reports/tables.server.ts';

const GROUPS = 'groups';
/** As the papers say it. */
const ALL_GROUPS = 'Các tổ dân phố';

async function placesOf(call: Call) {
  const today = dayOf(call.now);
  const groups = (await readGroups(call.trx)).filter(({ validTo }) => validTo === null || validTo > today);
  const units = await readUnits(call.trx);
  return { groups, units };
}

async function nameOf(call: Call, accountable: string): Promise<string | null> {
  if (accountable === GROUPS) return ALL_GROUPS;
  return (await readUnits(call.trx)).find(({ id }) => id === accountable)?.name ?? null;
}

export async function addTask(
  call: Call,
  ports: CheckPorts,
  campaignId: string,
  task: TaskWish,
): Promise<{ id: string } | Problem> {
  if (task.on < dayOf(call.now)) return problem('checks.day-past', { status: 422, pointer: '/on' });
  const actor = await nameOf(call, task.accountable);
  if (actor === null) return problem('checks.no-such-place', { status: 422, pointer: '/accountable' });
  return ports.addTask(call, campaignId, { ...task, actor });
}

export async function recordCheck(
  call: Call,
  ports: CheckPorts,
  campaignId: string,
  wish: CheckWish,
): Promise<{ id: string } | Problem> {
  const { trx } = call;
  if (wish.checkedOn > dayOf(call.now))
    return problem('checks.day-ahead', { status: 422, pointer: '/checkedOn' });
  const { groups, units } = await placesOf(call);
  if (![...groups, ...units].some(({ id }) => id === (wish.areaId ?? wish.unitId)))
    return problem('checks.no-such-place', { status: 422 });
  const already = await find(call, campaignId, wish.id);
  if (already) return { id: wish.id };
  const follow = wish.followUp;
  // The task has the visit's own id: the same visit sent again makes no second one.
  const task = follow && {
    id: wish.id,
    title: follow.title,
    on: follow.by,
    accountable: follow.accountable,
  };
  const added = task && (await addTask(call, ports, campaignId, task));
  if (isProblem(added)) return added;
  await reportTables(trx)
    .insertInto('check_visits')
    .values({
      ward_id: trx.wardId,
      campaign_id: campaignId,
      id: wish.id,
      area_id: wish.areaId,
      unit_id: wish.unitId,
      checked_on: wish.checkedOn,
      checkers: wish.checkers,
      findings: wish.findings,
      follow_up: follow?.title ?? null,
      follow_up_by: follow?.by ?? null,
      accountable: follow?.accountable ?? null,
      item_id: added?.id ?? null,
      done_at: null,
      done_note: null,
      recorded_at: new Date(call.now),
      recorded_by: call.actor.personId,
    })
    .execute();
  await audit(trx, call, {
    action: 'checks.recorded',
    subjectKind: 'check-visit',
    subjectId: wish.id,
    after: wish,
  });
  return { id: wish.id };
}

const rows = (call: Call, campaignId: string) =>
  reportTables(call.trx)
    .selectFrom('check_visits')
    .selectAll()
    .where('ward_id', '=', call.trx.wardId)
    .where('campaign_id', '=', campaignId);

const find = (call: Call, campaignId: string, id: string) =>
  rows(call, campaignId).where('id', '=', id).executeTakeFirst();

export async function listChecks(call: Call, campaignId: string, unitId: string | null): Promise<CheckList> {
  const found = await rows(call, campaignId).orderBy('checked_on', 'desc').orderBy('id').execute();
  const groups = await readGroups(call.trx);
  const units = await readUnits(call.trx);
  const named = new Map([...groups, ...units].map(({ id, name }) => [id, name]));
  const people = await peopleNames(
    call.trx,
    found.map(({ recorded_by }) => recorded_by),
  );
  const today = dayOf(call.now);
  // Minutes in the chain have the visit's own id: one visit has one paper.
  const papers = new Map(
    (await listDocuments(call.trx, campaignId))
      .filter(({ kind }) => kind === 'minutes')
      .map(({ id, state }) => [id, state]),
  );
  return {
    checks: found.map((row): CheckList['checks'][number] => ({
      id: row.id,
      place: named.get(row.area_id ?? row.unit_id ?? '') ?? '',
      checkedOn: row.checked_on,
      checkers: row.checkers,
      findings: row.findings,
      followUp: row.follow_up,
      followUpBy: row.follow_up_by,
      accountable:
        row.accountable === null
          ? null
          : row.accountable === GROUPS
            ? ALL_GROUPS
            : (named.get(row.accountable) ?? ''),
      itemId: row.item_id,
      doneAt: row.done_at === null ? null : isoOf(row.done_at.getTime()),
      doneNote: row.done_note,
      recordedBy: people.get(row.recorded_by)?.name ?? '',
      paper: papers.has(row.id) ? { state: papers.get(row.id) ?? '' } : null,
    })),
    groups: groups
      .filter(({ validTo }) => validTo === null || validTo > today)
      .map(({ id, name }) => ({ id, name })),
    units: units.map(({ id, name }) => ({ id, name })),
    today,
    may: {
      record: call.may('checks.record', { unitId }),
      draft: call.may('documents.draft', { unitId }),
    },
  };
}

export async function finishCheck(
  call: Call,
  campaignId: string,
  id: string,
  note: string,
): Promise<{ id: string } | Problem> {
  const row = await find(call, campaignId, id);
  if (!row) return problem('checks.no-such-check', { status: 404 });
  if (row.done_at !== null) return { id };
  await reportTables(call.trx)
    .updateTable('check_visits')
    .set({ done_at: new Date(call.now), done_note: note })
    .where('ward_id', '=', call.trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', id)
    .execute();
  await audit(call.trx, call, {
    action: 'checks.finished',
    subjectKind: 'check-visit',
    subjectId: id,
    after: { note },
  });
  return { id };
}

/** Minutes go into the chain of signing: what was recorded is frozen, the words are open until they are signed. */
export async function draftMinutes(
  call: Call,
  campaignId: string,
  campaign: string,
  id: string,
): Promise<{ id: string } | Problem> {
  if (await findDocument(call.trx, campaignId, id)) return { id };
  const found = (await listChecks(call, campaignId, null)).checks.find((one) => one.id === id);
  if (!found) return problem('checks.no-such-check', { status: 404 });
  const check = Check.parse(found);
  const data: MinutesData = { kind: 'minutes', campaign, check };
  return insertDocument(call, campaignId, {
    id,
    kind: 'minutes',
    fromOn: check.checkedOn,
    toOn: check.checkedOn,
    replaces: null,
    data,
    words: minutesWords(check, campaign),
  });
}
