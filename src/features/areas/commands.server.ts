// What may be done to groups and lanes, each with its audit row in the same transaction. Decisions take effect on a day
// that may lie ahead: the register of any day shows what stood then.
import { newId } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem, Result } from '#core/problem.ts';
import { dayOf } from '#core/clock.ts';
import type { DateOn } from '#core/calendar.ts';
import type { Actor } from '#platform/api/actor.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange } from '#platform/feeds.server.ts';
import {
  checkEnding,
  checkOrder,
  checkRenaming,
  laneId,
  mayConfirm,
  shortGroupName,
} from '#features/areas/model.ts';
import type { Decision } from '#features/areas/model.ts';
import type { DeclarationWish, GroupWish, MergeWish, RenameWish, SplitWish } from '#features/areas/schema.ts';
import * as store from '#features/areas/store.server.ts';

export interface Context {
  readonly trx: WardTransaction;
  readonly actor: Pick<Actor, 'personId' | 'grants'> | null;
  /** Campaign time. */
  readonly now: number;
  readonly origin: string;
}

interface NewGroup {
  readonly name: string;
  readonly shortName?: string | undefined;
  readonly validFrom: DateOn;
  readonly decision: Decision | null;
}

async function openGroup({ trx }: Context, wish: NewGroup, position: number): Promise<string> {
  const id = newId();
  await store.insertGroupFeeds(trx, [{ id, n: 1 }]);
  await store.insertAreas(trx, [
    {
      id,
      kind: 'group',
      parentId: null,
      name: wish.name,
      shortName: wish.shortName ?? shortGroupName(wish.name),
      position,
      validFrom: wish.validFrom,
      decision: wish.decision,
      changeN: 1,
    },
  ]);
  return id;
}

/** Each closed group takes a number of its own feed; ids ascending, so that two mergers cannot wait for each other. */
async function closeGroups(
  { trx }: Context,
  ids: readonly string[],
  on: DateOn,
  by: Decision,
): Promise<void> {
  for (const id of ids.toSorted()) await store.closeArea(trx, id, on, by, await nextChange(trx, id));
}

async function lockStanding(
  { trx }: Context,
  ids: readonly string[],
  on: DateOn,
): Promise<Result<store.AreaRow[]>> {
  const groups = await store.lockGroups(trx, ids);
  // A group named twice is one group too few.
  if (groups.length !== ids.length) return problem('areas.no-such-group', { status: 404 });
  return checkEnding(groups, on) ?? groups;
}

export async function addGroup(context: Context, wish: GroupWish): Promise<{ id: string }> {
  const decision = wish.decision ?? null;
  const id = await openGroup(context, { ...wish, decision }, await store.nextPosition(context.trx));
  await audit(context.trx, context, {
    action: 'areas.group-added',
    subjectKind: 'area',
    subjectId: id,
    after: { name: wish.name, validFrom: wish.validFrom, decision },
  });
  return { id };
}

export async function renameGroup(
  context: Context,
  id: string,
  wish: RenameWish,
): Promise<Result<{ id: string }>> {
  const [group] = await store.lockGroups(context.trx, [id]);
  if (!group) return problem('areas.no-such-group', { status: 404 });
  const refused = checkRenaming(group, await store.readNames(context.trx, id), wish.from, dayOf(context.now));
  if (refused) return refused;
  await store.renameArea(
    context.trx,
    id,
    { ...wish, shortName: wish.shortName ?? shortGroupName(wish.name) },
    await nextChange(context.trx, id),
  );
  await audit(context.trx, context, {
    action: 'areas.group-renamed',
    subjectKind: 'area',
    subjectId: id,
    before: { name: group.name },
    after: { name: wish.name, from: wish.from, decision: wish.decision },
  });
  return { id };
}

/** Several groups go on as one. Their declared numbers, where all are known, are stated for the new one as a sum. */
export async function mergeGroups(context: Context, wish: MergeWish): Promise<Result<{ id: string }>> {
  const { trx } = context;
  const closing = await lockStanding(context, wish.groups, wish.from);
  if (isProblem(closing)) return closing;
  await closeGroups(context, wish.groups, wish.from, wish.decision);
  const position = Math.min(...closing.map((group) => group.position));
  const id = await openGroup(context, { ...wish, validFrom: wish.from }, position);
  await store.insertSuccessors(
    trx,
    wish.groups.map((areaId) => ({ areaId, successorId: id })),
  );
  await stateSum(context, wish.groups, id);
  await audit(trx, context, {
    action: 'areas.groups-merged',
    subjectKind: 'area',
    subjectId: id,
    before: closing.map(({ id: areaId, name }) => ({ areaId, name })),
    after: { name: wish.name, from: wish.from, decision: wish.decision },
  });
  return { id };
}

async function stateSum({ trx, actor, now }: Context, from: readonly string[], to: string): Promise<void> {
  if (!actor) return;
  let households = 0;
  let temporaryHouseholds = 0;
  for (const id of from) {
    const latest = (await store.readDeclarations(trx, id)).find(({ confirmedAt }) => confirmedAt !== null);
    if (!latest) return;
    households += latest.households;
    temporaryHouseholds += latest.temporaryHouseholds;
  }
  await store.insertDeclarations(trx, [
    {
      areaId: to,
      version: 1,
      households,
      temporaryHouseholds,
      countedOn: dayOf(now),
      note: null,
      statedBy: actor.personId,
      statedAt: now,
    },
  ]);
}

export async function splitGroup(
  context: Context,
  id: string,
  wish: SplitWish,
): Promise<Result<{ ids: string[] }>> {
  const { trx } = context;
  const closing = await lockStanding(context, [id], wish.from);
  if (isProblem(closing)) return closing;
  await closeGroups(context, [id], wish.from, wish.decision);
  const ids: string[] = [];
  for (const part of wish.into) {
    const group = { ...part, validFrom: wish.from, decision: wish.decision };
    ids.push(await openGroup(context, group, closing[0]?.position ?? 0));
  }
  await store.insertSuccessors(
    trx,
    ids.map((successorId) => ({ areaId: id, successorId })),
  );
  await audit(trx, context, {
    action: 'areas.group-split',
    subjectKind: 'area',
    subjectId: id,
    before: { name: closing[0]?.name },
    after: { into: wish.into.map(({ name }) => name), from: wish.from, decision: wish.decision },
  });
  return { ids };
}

export async function orderGroups(
  context: Context,
  wished: readonly string[],
): Promise<Problem | { done: true }> {
  const { trx, now } = context;
  const groups = await store.readGroups(trx, dayOf(now));
  const refused = checkOrder(
    groups.map(({ id }) => id),
    wished,
  );
  if (refused) return refused;
  const before = new Map(groups.map(({ id, position }) => [id, position]));
  const moved = wished
    .map((id, index) => ({ id, position: index + 1 }))
    .filter(({ id, position }) => before.get(id) !== position)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, position } of moved) await store.setPosition(trx, id, position, await nextChange(trx, id));
  await audit(trx, context, {
    action: 'areas.groups-ordered',
    subjectKind: 'ward',
    subjectId: String(trx.wardId),
    after: { moved: moved.length },
  });
  return { done: true };
}

export async function addLane(
  context: Context,
  groupId: string,
  name: string,
): Promise<Result<{ id: string }>> {
  const { trx, now } = context;
  const group = await store.readArea(trx, groupId);
  if (group?.kind !== 'group') return problem('areas.no-such-group', { status: 404 });
  const id = laneId(groupId, name);
  if (await store.readArea(trx, id)) return problem('areas.lane-taken', { status: 409 });
  const lanes = await store.readLanes(trx, groupId);
  await store.insertAreas(trx, [
    {
      id,
      kind: 'lane',
      parentId: groupId,
      name,
      shortName: name,
      position: lanes.length + 1,
      validFrom: dayOf(now),
      decision: null,
      changeN: await nextChange(trx, groupId),
    },
  ]);
  await audit(trx, context, {
    action: 'areas.lane-added',
    subjectKind: 'area',
    subjectId: id,
    after: { name, groupId },
  });
  return { id };
}

/** A lane keeps its id under a new name: what phones laid out for it stays where it was. */
export async function renameLane(
  context: Context,
  id: string,
  name: string,
): Promise<Result<{ id: string }>> {
  const { trx, now } = context;
  const lane = await store.readArea(trx, id);
  if (lane?.kind !== 'lane' || lane.parentId === null) return problem('areas.no-such-lane', { status: 404 });
  const lanes = await store.readLanes(trx, lane.parentId);
  if (lanes.some((other) => other.id !== id && other.validTo === null && other.name === name))
    return problem('areas.lane-taken', { status: 409 });
  const from = dayOf(now);
  const refused = checkRenaming(lane, await store.readNames(trx, id), from, from);
  if (refused) return refused;
  const changeN = await nextChange(trx, lane.parentId);
  await store.renameArea(trx, id, { name, shortName: name, from, decision: null }, changeN);
  await audit(trx, context, {
    action: 'areas.lane-renamed',
    subjectKind: 'area',
    subjectId: id,
    before: { name: lane.name },
    after: { name },
  });
  return { id };
}

export async function closeLane(context: Context, id: string, on: DateOn): Promise<Problem | { done: true }> {
  const { trx } = context;
  const lane = await store.readArea(trx, id);
  if (lane?.kind !== 'lane' || lane.parentId === null) return problem('areas.no-such-lane', { status: 404 });
  if (lane.validTo !== null || lane.validFrom > on)
    return problem('areas.not-standing', { status: 409, params: { on } });
  await store.closeArea(trx, id, on, null, await nextChange(trx, lane.parentId));
  await audit(trx, context, {
    action: 'areas.lane-closed',
    subjectKind: 'area',
    subjectId: id,
    after: { on },
  });
  return { done: true };
}

export async function declareHouseholds(
  context: Context & { readonly actor: Actor },
  areaId: string,
  wish: DeclarationWish,
): Promise<Result<{ version: number }>> {
  const { trx, actor, now } = context;
  const found = await store.lockGroups(trx, [areaId]);
  if (found.length === 0) return problem('areas.no-such-group', { status: 404 });
  if (wish.temporaryHouseholds > wish.households)
    return problem('areas.more-temporary-than-all', { status: 422, pointer: '/temporaryHouseholds' });
  const version = ((await store.readDeclarations(trx, areaId))[0]?.version ?? 0) + 1;
  await store.insertDeclarations(trx, [
    {
      areaId,
      version,
      households: wish.households,
      temporaryHouseholds: wish.temporaryHouseholds,
      countedOn: wish.countedOn ?? dayOf(now),
      note: wish.note ?? null,
      statedBy: actor.personId,
      statedAt: now,
    },
  ]);
  await nextChange(trx, areaId);
  await audit(trx, context, {
    action: 'areas.households-stated',
    subjectKind: 'area',
    subjectId: areaId,
    after: { version, households: wish.households, temporaryHouseholds: wish.temporaryHouseholds },
  });
  return { version };
}

export async function confirmHouseholds(
  context: Context & { readonly actor: Actor },
  areaId: string,
  version: number,
): Promise<Result<{ version: number }>> {
  const { trx, actor, now } = context;
  await store.lockGroups(trx, [areaId]);
  const declarations = await store.readDeclarations(trx, areaId);
  const refused = mayConfirm(declarations, version, actor.personId);
  if (refused) return refused;
  await store.confirmDeclaration(trx, areaId, version, { personId: actor.personId, at: now });
  await nextChange(trx, areaId);
  await audit(trx, context, {
    action: 'areas.households-confirmed',
    subjectKind: 'area',
    subjectId: areaId,
    after: { version },
  });
  return { version };
}
