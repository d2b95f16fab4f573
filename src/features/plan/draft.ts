/**
 * Decisions about a draft, pure: what still stands between it and its confirmation, what an answer does to an item,
 * and which changes need an amending document.
 */
import { addDays, isDateOn, weekday } from '#core/calendar.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Doubt } from '#features/plan/read-items.ts';
import { diffPlans, needsDocument } from '#features/plan/engine/diff.ts';
import { GROUPS } from '#features/plan/model.ts';
import { OUTSIDE } from '#features/plan/unit-keys.ts';
import { planItem } from '#features/plan/schema.ts';
import type { CampaignDays, ItemBody } from '#features/plan/schema.ts';
import { nameKey } from '#features/plan/unit-names.ts';
import type { ActorMeaning } from '#features/plan/unit-names.ts';

export interface ItemState {
  readonly id: string;
  readonly body: ItemBody;
  readonly review: 'open' | 'accepted' | 'ignored';
}

export interface DraftState {
  readonly items: readonly ItemState[];
  readonly phrases: readonly { readonly id: string; readonly state: 'open' | 'read' | 'ignored' }[];
  readonly doubts: readonly Doubt[];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly links: readonly {
    readonly itemA: string;
    readonly itemB: string;
    readonly state: 'proposed' | 'linked' | 'apart';
  }[];
  readonly days: CampaignDays | null;
}

/** One thing to do before confirming. `count` items wait for one name. */
export type Missing =
  | { readonly kind: 'phrase'; readonly id: string }
  | { readonly kind: 'doubt'; readonly id: string }
  | { readonly kind: 'actor'; readonly name: string | null; readonly itemIds: readonly string[] }
  | { readonly kind: 'link'; readonly itemA: string; readonly itemB: string }
  | { readonly kind: 'days' }
  | { readonly kind: 'nothing' };

const keyOf = (meaning: ActorMeaning): string =>
  meaning.kind === 'unit' ? meaning.unitId : meaning.kind === 'groups' ? GROUPS : OUTSIDE;

/** A doubt about nothing that is still in the plan asks nobody anything. */
export function isOpenDoubt(
  doubt: Doubt,
  items: ReadonlyMap<string, ItemState>,
  answers: DraftState['answers'],
) {
  if (answers[doubt.id] !== undefined) return false;
  const alive = doubt.about.map((id) => items.get(id)).filter((item) => item && item.review !== 'ignored');
  if (doubt.about.length > 0 && alive.length === 0) return false;
  return doubt.kind !== 'who-does-it' || alive.some((item) => item?.body.accountable === null);
}

function namesWithoutMeaning(items: readonly ItemState[]): Missing[] {
  const waiting = new Map<string, { name: string | null; itemIds: string[] }>();
  for (const { id, body, review } of items) {
    if (review === 'ignored' || body.kind === 'target' || body.accountable !== null) continue;
    const key = body.actor === '' ? `item ${id}` : nameKey(body.actor);
    const entry = waiting.get(key) ?? { name: body.actor || null, itemIds: [] };
    entry.itemIds.push(id);
    waiting.set(key, entry);
  }
  return [...waiting.values()].map((entry) => ({ kind: 'actor', ...entry }));
}

/** In the order they are best done: what was not understood, who, what is meant, what is one act. */
export function missingOf(draft: DraftState): Missing[] {
  const items = new Map(draft.items.map((item) => [item.id, item]));
  const alive = (id: string) => items.get(id)?.review !== 'ignored' && items.has(id);
  const missing: Missing[] = [];
  for (const { id, state } of draft.phrases) if (state === 'open') missing.push({ kind: 'phrase', id });
  missing.push(...namesWithoutMeaning(draft.items));
  for (const doubt of draft.doubts)
    if (isOpenDoubt(doubt, items, draft.answers)) missing.push({ kind: 'doubt', id: doubt.id });
  for (const { itemA, itemB, state } of draft.links)
    if (state === 'proposed' && alive(itemA) && alive(itemB)) missing.push({ kind: 'link', itemA, itemB });
  if (draft.days === null) missing.push({ kind: 'days' });
  if (!draft.items.some(({ review }) => review !== 'ignored')) missing.push({ kind: 'nothing' });
  return missing;
}

/** The item once a name of the paper has a meaning here; the same object where that name is not its own. */
export function assignActor(body: ItemBody, name: string, meaning: ActorMeaning): ItemBody {
  const [key, meant] = [nameKey(name), keyOf(meaning)];
  const says = (other: string | null) => other !== null && nameKey(other) === key;
  let next = body;
  if (next.kind === 'target') return next;
  if (says(next.actor)) next = accountTo(next, meant);
  if (next.kind === 'target') return next;
  if (next.partners.some(says) && !next.cooperating.includes(meant))
    next = { ...next, cooperating: [...next.cooperating, meant] };
  if (next.kind === 'report' && says(next.to)) next = { ...next, addressee: meant };
  return next;
}

/** What the groups answer for is owed by each of them. */
export function accountTo(body: ItemBody, unitKey: string): ItemBody {
  if (body.kind === 'target') return { ...body, accountable: unitKey };
  return { ...body, accountable: unitKey, scope: unitKey === GROUPS ? 'group' : body.scope };
}

const badAnswer = (): Problem => problem('plan.answer-not-offered', { status: 422 });

/** `days` before or after an event's day; working days leave out Saturdays and Sundays. */
export function dayFromEvent(
  relative: { days: number; working: boolean; direction: 'before' | 'after' },
  event: string,
): string {
  const step = relative.direction === 'before' ? -1 : 1;
  if (!relative.working) return addDays(event, step * relative.days);
  let day = event;
  for (let left = relative.days; left > 0;) {
    day = addDays(day, step);
    if (weekday(day) <= 5) left -= 1;
  }
  return day;
}

/** What an answer makes of each item it is about; a wrong one is refused. */
export function applyAnswer(doubt: Doubt, answer: string, body: ItemBody): ItemBody | Problem {
  const choose = (choices: Partial<ItemBody['choices']>): ItemBody => ({
    ...body,
    choices: { ...body.choices, ...choices },
  });
  const offered = doubt.options.length === 0 || doubt.options.includes(answer);
  switch (doubt.kind) {
    case 'before-which-end':
      if (!offered) return badAnswer();
      return choose({ lastDay: answer === doubt.options[0] ? 'excluded' : 'included' });
    case 'each-channel-or-together':
      return answer === 'each' || answer === 'together' ? choose({ channels: answer }) : badAnswer();
    case 'each-window-or-either':
      return answer === 'each' || answer === 'either' ? choose({ windows: answer }) : badAnswer();
    case 'counting-window':
      if (answer !== 'calendar-day-before' && answer !== 'since-last-report') return badAnswer();
      return body.kind === 'report' ? { ...body, covers: answer } : body;
    case 'who-does-it':
      return accountTo(body, answer);
    case 'event-day':
      if (!isDateOn(answer) || body.kind === 'target' || body.relative === null) return badAnswer();
      return { ...body, by: { on: dayFromEvent(body.relative, answer), time: body.time } };
    default:
      return offered ? body : badAnswer();
  }
}

/** Whether the change asks for an amending document: another target, unit or deadline. */
export const isFormalChange = (before: ItemBody, after: ItemBody): boolean =>
  diffPlans([planItem('', null, before)], [planItem('', null, after)]).some(needsDocument);

/** The last day an item may be fulfilled; null where it goes on. */
const lastDay = (body: ItemBody): string | null =>
  body.kind === 'target' ? body.by : (body.by?.on ?? body.between?.to ?? null);

/**
 * A new or moved deadline that had passed when the version begins would be missed before anybody could know of it.
 * What is as it was may lie behind: it was owed under the version of its day.
 * @returns the item's deadline, or null
 */
export function overBeforeItBegan(
  before: ItemBody | undefined,
  after: ItemBody,
  from: string,
): string | null {
  const last = lastDay(after);
  if (last === null || last >= from) return null;
  return before && lastDay(before) === last ? null : last;
}

/** All days of an item moved by the same number, for a plan taken over to new dates. */
export function shiftBody(body: ItemBody, by: number): ItemBody {
  const move = (day: string | null) => (day === null ? null : addDays(day, by));
  if (body.kind === 'target') return { ...body, by: move(body.by) };
  return {
    ...body,
    between: body.between && { from: move(body.between.from), to: move(body.between.to) },
    by: body.by && { ...body.by, on: addDays(body.by.on, by) },
  };
}

export const shiftDays = (days: CampaignDays, by: number): CampaignDays => ({
  from: addDays(days.from, by),
  to: addDays(days.to, by),
});
