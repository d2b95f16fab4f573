// The readiness board: one row a group, one column a line of the registry, the unready on top. This feature's own lines
// stand here; other features add theirs to the list in the registry.
import { addDays } from '#core/calendar.ts';
import { dayOf } from '#core/clock.ts';
import { m } from '#messages/messages.js';
import { POSTS, isPost, responsibleAt } from '#features/assignment/model.ts';
import type { Post, ReadinessCheck, ReadinessLine } from '#features/assignment/model.ts';
import type { ReadinessReply } from '#features/assignment/schema.ts';
import * as store from '#features/assignment/store.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { Scope } from '#platform/api/permission.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

/** So many days before the first day of the campaign the ward begins to look. */
const OPENS_BEFORE = 5;

interface Acting {
  readonly personId: string;
  readonly name: string;
  readonly post: Post;
}

/** Who answers for each group now, the stand-in where somebody is away. */
async function actingByGroup(trx: WardTransaction, now: number): Promise<ReadonlyMap<string, Acting[]>> {
  const held = await store.readHeld(trx, { since: new Date(now) });
  const byArea = Map.groupBy(held, ({ areaId }) => areaId);
  const acting = new Map<string, Acting[]>();
  for (const [areaId, inArea] of byArea) {
    if (areaId === null) continue;
    const ids = new Set(
      POSTS.flatMap((post) => responsibleAt(inArea, { areaId }, post, now).map(({ grantId }) => grantId)),
    );
    const found = inArea.flatMap(({ grantId, personId, name, role }) =>
      ids.has(grantId) && isPost(role) ? [{ personId, name, post: role }] : [],
    );
    acting.set(areaId, found);
  }
  return acting;
}

const postWord: Readonly<Record<Post, () => string>> = {
  'area-officer': () => m.people_role_area_officer(),
  'group-leader': () => m.people_role_group_leader(),
  'deputy-leader': () => m.people_role_deputy_leader(),
  'field-member': () => m.assignment_post_team(),
};

const ready: ReadinessCheck = { ready: true, detail: null, href: null };
const open = (detail: string, href: string): ReadinessCheck => ({ ready: false, detail, href });
const LEADERS: readonly Post[] = ['group-leader', 'deputy-leader'];

/** Leader and deputy are there, and each has a phone bound by a card. */
const signedIn: ReadinessLine = {
  id: 'signed-in',
  label: () => m.assignment_ready_signed_in(),
  async query(trx, { now, groupIds }) {
    const acting = await actingByGroup(trx, now);
    const bound = await store.readBoundPhones(trx);
    return new Map(
      groupIds.map((id): [string, ReadinessCheck] => {
        const people = acting.get(id) ?? [];
        const vacant = LEADERS.find((post) => !people.some((one) => one.post === post));
        if (vacant)
          return [id, open(m.assignment_ready_vacant({ post: postWord[vacant]() }), `/phan-cong/${id}`)];
        const without = people.filter(({ post, personId }) => LEADERS.includes(post) && !bound.has(personId));
        if (without.length === 0) return [id, ready];
        const posts = without.map(({ post }) => postWord[post]()).join(', ');
        return [id, open(m.assignment_ready_no_phone({ posts }), '/the-dang-nhap')];
      }),
    );
  },
};

const team: ReadinessLine = {
  id: 'team',
  label: () => m.assignment_ready_team(),
  async query(trx, { now, groupIds }) {
    const acting = await actingByGroup(trx, now);
    return new Map(
      groupIds.map((id): [string, ReadinessCheck] => {
        const posts = new Set((acting.get(id) ?? []).map(({ post }) => post));
        if (!posts.has('field-member')) return [id, open(m.assignment_ready_no_team(), `/phan-cong/${id}`)];
        if (!posts.has('area-officer'))
          return [id, open(m.assignment_ready_no_officer(), `/phan-cong/${id}`)];
        return [id, ready];
      }),
    );
  },
};

/** Everybody who answers for the group can be called, and no number stands at two people. */
const numbers: ReadinessLine = {
  id: 'numbers',
  label: () => m.assignment_ready_numbers(),
  async query(trx, { now, groupIds }) {
    const acting = await actingByGroup(trx, now);
    const people = new Set([...acting.values()].flat().map(({ personId }) => personId));
    const numberOf = await store.readNumbers(trx, [...people]);
    const shared = Map.groupBy(numberOf.entries(), ([, number]) => number);
    return new Map(
      groupIds.map((id): [string, ReadinessCheck] => {
        for (const { personId, name } of acting.get(id) ?? []) {
          const number = numberOf.get(personId);
          if (number === undefined)
            return [id, open(m.assignment_ready_no_number({ name }), `/nguoi/${personId}`)];
          if ((shared.get(number)?.length ?? 0) > 1)
            return [id, open(m.assignment_ready_same_number({ name }), `/nguoi/${personId}`)];
        }
        return [id, ready];
      }),
    );
  },
};

const households: ReadinessLine = {
  id: 'households',
  label: () => m.assignment_ready_households(),
  async query(trx, { now, groupIds }) {
    const groups = new Map((await store.readGroups(trx, dayOf(now))).map((group) => [group.id, group]));
    return new Map(
      groupIds.map((id): [string, ReadinessCheck] => {
        const group = groups.get(id);
        if (group?.stated != null)
          return [id, open(m.assignment_ready_waiting({ count: group.stated }), `/to-dan-pho/${id}`)];
        return [id, group?.confirmed == null ? open(m.areas_undeclared(), `/to-dan-pho/${id}`) : ready];
      }),
    );
  },
};

export const assignmentReadiness: readonly ReadinessLine[] = [signedIn, team, numbers, households];

export async function readReadiness(
  call: Call,
  lines: readonly ReadinessLine[],
  campaign: { readonly shortName: string; readonly fromOn: string },
  scope: Scope,
): Promise<ReadinessReply> {
  const today = dayOf(call.now);
  const groups = (await store.readGroups(call.trx, today)).filter(
    ({ id }) => scope.everything || scope.areaIds.includes(id),
  );
  const context = { now: call.now, groupIds: groups.map(({ id }) => id) };
  const found: { line: ReadinessLine; of: ReadonlyMap<string, ReadinessCheck> }[] = [];
  for (const line of lines) found.push({ line, of: await line.query(call.trx, context) });
  const rows = groups.map(({ id, shortName }) => {
    const checks = found.map(({ line, of }) => ({ line: line.id, ...(of.get(id) ?? ready) }));
    return { id, shortName, checks, open: checks.filter((check) => !check.ready).length };
  });
  return {
    campaign,
    today,
    opensOn: addDays(campaign.fromOn, -OPENS_BEFORE),
    lines: found.map(({ line, of }) => ({
      id: line.id,
      label: line.label(),
      ready: groups.filter(({ id }) => of.get(id)?.ready ?? true).length,
    })),
    // Sorting keeps the ward's own order among equals.
    groups: rows.toSorted((a, b) => b.open - a.open),
  };
}
