/**
 * What may be recorded as evidence, for which duties, by whom: decisions alone, with plan and time as arguments.
 * A state is never part of it: states are computed from what was recorded.
 */
import type { DateOn } from '#core/calendar.ts';
import { dayOf, MINUTE, type Instant } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import { GROUPS, type PlanItem, type PlanVersion } from '#features/plan/model.ts';

/** A phone's clock may run a little ahead of ours; more than this is a wrong date. */
export const AHEAD_ALLOWED = 5 * MINUTE;

/** Each day is judged by the version in force on it; days before the first are judged by the first. */
export function versionOn(versions: readonly PlanVersion[], day: DateOn): PlanVersion | undefined {
  return versions.findLast(({ inForceFrom }) => inForceFrom <= day) ?? versions[0];
}

export interface NamedItem {
  readonly item: PlanItem;
  readonly version: PlanVersion;
}

/**
 * Every item a list of days up to `last` may have to name: today's, then those only another version has, which is
 * already agreed for one of these days or held before; as the newest of these has them. A later paper may also date a
 * duty's beginning before its own coming into force.
 */
export function itemsUntil(
  versions: readonly PlanVersion[],
  today: DateOn,
  last: DateOn,
): readonly NamedItem[] {
  const current = versionOn(versions, today);
  const named = new Map<string, NamedItem>();
  const name = (version: PlanVersion, items: readonly PlanItem[]) => {
    for (const item of items) if (!named.has(item.id)) named.set(item.id, { item, version });
  };
  if (current) name(current, current.items);
  for (const version of versions.toReversed()) {
    const agreed = version === versions[0] || version.inForceFrom <= last;
    name(version, agreed ? version.items : version.items.filter((item) => datedBy(item, last)));
  }
  return [...named.values()];
}

/** Whether the paper itself dates the item on or before the day. */
const datedBy = (item: PlanItem, day: DateOn): boolean =>
  item.kind !== 'target' &&
  [item.between?.from, item.between?.to].some((own) => typeof own === 'string' && own <= day);

/** The items an act counts for: those named and those linked with one of them, in the order of the plan. */
export function withLinked(version: PlanVersion, itemIds: readonly string[]): string[] {
  const wanted = new Set(itemIds);
  for (const [a, b] of version.links) {
    if (itemIds.includes(a)) wanted.add(b);
    if (itemIds.includes(b)) wanted.add(a);
  }
  return version.items.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
}

/** Where an act was done and who did it: a group, a unit, or a unit in a group. */
export interface Doer {
  readonly areaId: string | null;
  readonly unitId: string | null;
}

export const isPerGroup = (item: PlanItem): boolean => item.kind !== 'target' && item.scope === 'group';

/**
 * Whether an item is this doer's to act on. A unit: what it answers for or works on with others. A group: what every
 * group owes, whoever answers for it (the area officer posts in the group's chat for the police's duty too).
 */
export function isTheirs(item: PlanItem, { areaId, unitId }: Doer): boolean {
  if (item.kind === 'target') return unitId !== null && item.accountable === unitId;
  if (unitId !== null && (item.accountable === unitId || item.cooperating.includes(unitId))) return true;
  return areaId !== null && (item.scope === 'group' || item.accountable === GROUPS);
}

export interface Wish extends Doer {
  readonly itemIds: readonly string[];
  readonly doneAt: Instant;
  /** When it reached the ward, where somebody enters it for another. */
  readonly reachedAt: Instant | null;
}

export interface Judged {
  readonly workOn: DateOn;
  /** What it counts for, links included. */
  readonly itemIds: readonly string[];
}

/** Refusals: a time that has not come, no such duty on that day, somebody else's duty, a group's duty without a group. */
export function judgeWish(versions: readonly PlanVersion[], wish: Wish, now: Instant): Judged | Problem {
  if (wish.doneAt > now + AHEAD_ALLOWED) return problem('evidence.in-future', { status: 422 });
  if (wish.reachedAt !== null && (wish.reachedAt > now + AHEAD_ALLOWED || wish.reachedAt < wish.doneAt))
    return problem('evidence.reached-out-of-order', { status: 422 });
  const workOn = dayOf(Math.min(wish.doneAt, now));
  const version = versionOn(versions, workOn);
  if (!version) return problem('evidence.no-plan', { status: 409 });
  const items = wish.itemIds.map((id) => version.items.find((item) => item.id === id));
  const known = items.filter((item) => item !== undefined);
  if (known.length < items.length) return problem('evidence.no-such-duty', { status: 422 });
  if (known.some((item) => item.kind === 'target' && (item.per === null || item.unit === 'percent')))
    return problem('evidence.no-such-duty', { status: 422 });
  const own = known.filter((item) => isTheirs(item, wish));
  const reached = new Set(
    withLinked(
      version,
      own.map(({ id }) => id),
    ),
  );
  if (!known.every(({ id }) => reached.has(id)))
    return problem(own.length === 0 ? 'evidence.not-your-duty' : 'evidence.not-linked', { status: 422 });
  if (wish.areaId === null && own.some(isPerGroup)) return problem('evidence.group-needed', { status: 422 });
  return { workOn, itemIds: withLinked(version, wish.itemIds) };
}

/** Who answers for an occurrence decides who may excuse it: groups the leading unit, units the ward's leader. */
export const owedByGroups = (item: PlanItem): boolean =>
  item.kind !== 'target' && item.accountable === GROUPS;
