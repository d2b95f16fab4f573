// What the end of a campaign is judged by, gathered from everywhere it stands.
import { addDays, type DateOn } from '#core/calendar.ts';
import { dayOf, isoOf } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Duty } from '#features/plan/model.ts';
import { checklist, type Facts, type Row } from '#features/reports/closing/model.ts';
import type { ClosingPorts } from '#features/reports/closing/ports.ts';
import type { ClosingReply } from '#features/reports/closing/schema.ts';
import * as store from '#features/reports/closing/store.server.ts';
import { hashOf, listDocuments } from '#features/reports/papers/documents.server.ts';
import { morningNear, readRegime, type Regime } from '#features/reports/regime.server.ts';
import { peopleNames, readGroups, type PlaceRow } from '#features/reports/store.server.ts';
import { sumOf } from '#features/reports/ward.server.ts';

/** The last morning reports were owed on, as far as the campaign has come. */
export function lastMorning(regime: Regime, today: DateOn): DateOn {
  const end = addDays(regime.plan.campaign.toOn, 1);
  const upTo = today < end ? today : end;
  return morningNear(regime, upTo) ?? upTo;
}

export const standingDuties = ({ plan }: Regime): Duty[] =>
  (plan.versions.at(-1)?.items ?? []).filter((item): item is Duty => item.kind === 'duty' && item.standing);

export function deletionOf(acts: readonly store.ActRow[]): { on: DateOn | null; doneAt: string | null } {
  const set = acts.findLast(({ act }) => act === 'deletion-set');
  const done = acts.findLast(({ act }) => act === 'deleted');
  const on = set ? (set.data as { on: DateOn }).on : null;
  return { on, doneAt: set && done && done.n > set.n ? isoOf(done.at.getTime()) : null };
}

async function finalOf(trx: WardTransaction, campaignId: string): Promise<Facts['final']> {
  const [row] = (await listDocuments(trx, campaignId)).filter(
    ({ kind, state }) => kind === 'final-report' && state !== 'replaced',
  );
  return {
    id: row?.id ?? null,
    state: row?.state ?? null,
    issued: row?.state === 'issued' || row?.state === 'filed',
    unchanged: row !== undefined && hashOf(row.data).equals(row.data_hash),
  };
}

async function leftOf(trx: WardTransaction, campaignId: string, groups: readonly PlaceRow[]) {
  const doors = await store.doorsLeft(
    trx,
    campaignId,
    groups.map(({ id }) => id),
  );
  const byGroup = Map.groupBy(doors, ({ group_id }) => group_id);
  return groups.map(({ id, shortName }) => {
    const own = byGroup.get(id) ?? [];
    return {
      groupId: id,
      name: shortName,
      left: own.length,
      listed: own.filter(({ listed }) => listed).length,
    };
  });
}

export interface Standing {
  readonly regime: Regime;
  readonly facts: Facts;
  readonly rows: readonly Row[];
  readonly acts: readonly store.ActRow[];
}

export async function readStanding(
  call: Pick<Call, 'trx' | 'now'>,
  ports: ClosingPorts,
  campaignId: string,
): Promise<Standing | null> {
  const { trx } = call;
  const regime = await readRegime(trx, ports, campaignId);
  if (!regime) return null;
  const lastOn = lastMorning(regime, dayOf(call.now));
  const { lines, sum, groups } = await sumOf(trx, regime, lastOn);
  const named = new Map(groups.map(({ id, shortName }) => [id, shortName]));
  const nameOf = (id: string) => named.get(id) ?? '';
  const acts = await store.listActs(trx, campaignId);
  const commendations = await store.listCommendations(trx, campaignId);
  const exported = acts.findLast(({ act }) => act === 'exported');
  const facts: Facts = {
    lastOn,
    lines: lines.map((line) => ({ ...line, name: nameOf(line.areaId) })),
    left: await leftOf(
      trx,
      campaignId,
      groups.filter(({ validTo }) => validTo === null),
    ),
    households: sum.households ?? 0,
    final: await finalOf(trx, campaignId),
    papers: (await store.custody(trx, campaignId)).map(({ group_id, signed, taken }) => ({
      groupId: group_id,
      name: nameOf(group_id),
      signed,
      taken,
    })),
    phones: (await store.phonesInUse(trx)).map((phone) => ({
      id: phone.device_id,
      name: phone.name,
      lastSeen: (phone.pushed_at ?? phone.last_used_at).getTime(),
      waiting: phone.waiting,
    })),
    held: await store.heldRecords(trx, campaignId),
    machineNow: Date.now(),
    standing: standingDuties(regime).map(({ id, title, accountable }) => ({
      id,
      title,
      answered: accountable !== null,
    })),
    commendations: {
      proposed: commendations.filter(({ state }) => state === 'proposed').length,
      kept: commendations.filter(({ state }) => state === 'kept').length,
    },
    deletion: deletionOf(acts),
    exported: exported ? isoOf(exported.at.getTime()) : null,
  };
  return { regime, facts, rows: checklist(facts, await store.remarksOf(trx, campaignId)), acts };
}

export const targetOf = ({ plan }: Regime) => ({ unitId: plan.campaign.leadingUnitId });

export async function readClosing(
  call: Call,
  ports: ClosingPorts,
  campaignId: string,
): Promise<ClosingReply | Problem> {
  const standing = await readStanding(call, ports, campaignId);
  if (!standing) return problem('reports.no-such-campaign', { status: 404 });
  const { regime, facts, rows, acts } = standing;
  const { campaign } = regime.plan;
  const names = await peopleNames(
    call.trx,
    acts.map(({ by }) => by),
  );
  const target = targetOf(regime);
  const sum = (of: 'left' | 'listed') => facts.left.reduce((all, one) => all + one[of], 0);
  return {
    campaign: {
      name: campaign.name,
      fromOn: campaign.fromOn,
      toOn: campaign.toOn,
      state: campaign.state,
    },
    lastOn: facts.lastOn,
    rows: rows.map((row) => ({
      ...row,
      missing: row.missing.map((one) => ({ ...one, counts: [...one.counts] })),
    })),
    standing: standingDuties(regime).map(({ id, title, actor }) => ({ id, title, actor })),
    left: sum('left'),
    listed: sum('listed'),
    deletion: facts.deletion,
    acts: acts.map((act) => ({
      act: act.act,
      at: isoOf(act.at.getTime()),
      by: act.by === null ? null : (names.get(act.by)?.name ?? ''),
      note: act.note,
    })),
    may: {
      prepare: call.may('closing.prepare', target),
      decide: call.may('closing.decide', target),
      export: call.may('closing.export', target),
    },
  };
}

/** Households of the supplementary round, and those not on it yet, as one walks them. */
export async function readDoors(call: Call, campaignId: string) {
  const groups = (await readGroups(call.trx)).filter(({ validTo }) => validTo === null);
  const doors = await store.doorsLeft(
    call.trx,
    campaignId,
    groups.map(({ id }) => id),
  );
  const byGroup = Map.groupBy(doors, ({ group_id }) => group_id);
  return groups.flatMap(({ id, name }) =>
    (byGroup.get(id) ?? []).map((door) => ({
      householdId: door.household_id,
      groupId: id,
      group: name,
      lane: door.lane,
      number: door.number,
      head: door.head,
      phone: door.phone,
      lastOutcome: door.last_outcome,
      lastAt: door.last_at === null ? null : isoOf(door.last_at.getTime()),
      listed: door.listed,
    })),
  );
}
