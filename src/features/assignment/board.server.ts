// The board of a day, and the history of one group's posts.
import { addDays } from '#core/calendar.ts';
import type { DateOn } from '#core/calendar.ts';
import { dayOf, endOfDay, instantOf } from '#core/clock.ts';
import type { Instant } from '#core/clock.ts';
import {
  daysAway,
  gapsOf,
  isAwayAt,
  isHeldAt,
  isPost,
  mayStandIn,
  phoneLoad,
  responsibleAt,
} from '#features/assignment/model.ts';
import type {
  BoardAbsence,
  BoardGroup,
  BoardPerson,
  BoardReply,
  HeldPost,
  HistoryReply,
  StandableRole,
} from '#features/assignment/schema.ts';
import * as store from '#features/assignment/store.server.ts';
import type { Group, KeptAbsence, Named } from '#features/assignment/store.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { Scope } from '#platform/api/permission.ts';

/** Roles that begin within so many days are shown before they do. */
const COMING_DAYS = 14;

interface Sight {
  readonly at: Instant;
  readonly on: DateOn;
  readonly held: readonly Named[];
  readonly absences: readonly KeptAbsence[];
}

const lastDay = (toAt: Instant | null): DateOn | null => (toAt === null ? null : dayOf(toAt - 1));

/** Of today as it is now; of another day as it is at noon. */
const instantOn = (on: DateOn, now: Instant): Instant => (on === dayOf(now) ? now : instantOf(on, '12:00'));

function postsOf({ at, on, held, absences }: Sight, areaId: string): HeldPost[] {
  const names = new Map(held.map(({ grantId, name }) => [grantId, name]));
  const acting = new Set(
    held.flatMap(({ role }) => responsibleAt(held, { areaId }, role, at).map(({ grantId }) => grantId)),
  );
  const horizon = endOfDay(addDays(on, COMING_DAYS));
  return held.flatMap((one): HeldPost[] => {
    if (one.areaId !== areaId || !isPost(one.role)) return [];
    const isNow = isHeldAt(one, at);
    if (!isNow && (one.fromAt <= at || one.fromAt > horizon)) return [];
    const away = absences.find(({ personId, ...rest }) =>
      personId === one.personId ? isAwayAt({ personId, ...rest }, at) : false,
    );
    return [
      {
        grantId: one.grantId,
        personId: one.personId,
        name: one.name,
        post: one.role,
        fromOn: dayOf(one.fromAt),
        toOn: lastDay(one.toAt),
        standsInFor: one.standsInFor === null ? null : (names.get(one.standsInFor) ?? ''),
        awayTo: away?.toOn ?? null,
        stoodInFor: isNow && !acting.has(one.grantId),
      },
    ];
  });
}

function groupOf(sight: Sight, group: Group, byArea: ReadonlyMap<string | null, Named[]>): BoardGroup {
  const held = byArea.get(group.id) ?? [];
  return {
    id: group.id,
    name: group.name,
    shortName: group.shortName,
    households: group.confirmed ?? group.stated,
    held: postsOf({ ...sight, held }, group.id),
    gaps: gapsOf({ held, absences: sight.absences, areaId: group.id }, sight.at),
  };
}

const rolesOf = (held: readonly Named[], places: ReadonlyMap<string, string>): StandableRole[] =>
  held.flatMap(({ grantId, role, areaId, unitId }) =>
    mayStandIn(role) ? [{ grantId, role, place: places.get(areaId ?? unitId ?? '') ?? null }] : [],
  );

function peopleOf(
  sight: Sight,
  people: readonly store.Person[],
  groups: readonly Group[],
  placeNames: ReadonlyMap<string, string>,
): BoardPerson[] {
  const byPerson = Map.groupBy(sight.held, ({ personId }) => personId);
  const order = new Map(groups.map((group, n) => [group.id, { group, n }]));
  return people.map(({ id, name, title }) => {
    const ids = new Set(
      (byPerson.get(id) ?? []).flatMap(({ role, areaId }) => (isPost(role) && areaId ? [areaId] : [])),
    );
    const theirs = [...ids].flatMap((area) => order.get(area) ?? []).sort((a, b) => a.n - b.n);
    const away = sight.absences.find(
      (absence) => absence.personId === id && (daysAway(absence)?.to ?? '') >= sight.on,
    );
    return {
      id,
      name,
      title,
      load: phoneLoad(theirs.map(({ group }) => group)),
      places: theirs.map(({ group }) => group.shortName),
      roles: rolesOf(
        (byPerson.get(id) ?? []).filter(({ standsInFor }) => standsInFor === null),
        placeNames,
      ),
      away: away ? { id: away.id, fromOn: away.fromOn, toOn: away.toOn } : null,
    };
  });
}

function absencesOf(
  sight: Sight,
  names: ReadonlyMap<string, string>,
  places: ReadonlyMap<string, string>,
): BoardAbsence[] {
  return sight.absences.flatMap((absence): BoardAbsence[] => {
    const { id, personId, fromOn, toOn, reason, endedAt } = absence;
    if (endedAt !== null || toOn < sight.on) return [];
    const from = Math.max(instantOf(fromOn), sight.at);
    const within = (one: Named) => one.fromAt < endOfDay(toOn) && (one.toAt === null || one.toAt > from);
    const roles = rolesOf(
      sight.held.filter((one) => one.personId === personId && one.standsInFor === null && within(one)),
      places,
    ).map((role) => {
      const standIn = sight.held.find((other) => other.standsInFor === role.grantId && within(other));
      return {
        ...role,
        standIn: standIn
          ? { grantId: standIn.grantId, personId: standIn.personId, name: standIn.name }
          : null,
      };
    });
    return [{ id, personId, name: names.get(personId) ?? '', fromOn, toOn, reason, roles }];
  });
}

/** Whoever reads only some groups sees those groups and the people in them. */
export async function readBoard(call: Call, on: DateOn, scope: Scope): Promise<Omit<BoardReply, 'may'>> {
  const { trx, now } = call;
  const at = instantOn(on, now);
  const isSeen = (areaId: string | null) =>
    scope.everything || (areaId !== null && scope.areaIds.includes(areaId));
  const all = await store.readHeld(trx, { since: new Date(at) });
  const held = scope.everything ? all : all.filter(({ areaId }) => isSeen(areaId));
  const sight: Sight = { at, on, held, absences: await store.readAbsences(trx, on) };
  const groups = await store.readGroups(trx, on);
  const shown = groups.filter(({ id }) => isSeen(id));
  const theirs = new Set(held.map(({ personId }) => personId));
  const people = (await store.readPeople(trx, new Date(at))).filter(
    ({ id }) => scope.everything || theirs.has(id),
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const places = new Map([
    ...(await store.readUnitNames(trx)),
    ...groups.map(({ id, shortName }) => [id, shortName] as const),
  ]);
  const byArea = Map.groupBy(held, ({ areaId }) => areaId);
  return {
    today: dayOf(now),
    on,
    groups: shown.map((group) => groupOf(sight, group, byArea)),
    people: peopleOf(sight, people, groups, places),
    absences: absencesOf(sight, names, places).filter(({ personId }) => names.has(personId)),
  };
}

/** Everybody who ever held a post of the group, newest first, and who answered at an instant. */
export async function readHistory(call: Call, areaId: string, at: Instant): Promise<HistoryReply | null> {
  const group = await store.findGroup(call.trx, areaId);
  if (!group) return null;
  const held = await store.readHeld(call.trx, { areaId });
  const names = new Map(held.map(({ grantId, name }) => [grantId, name]));
  const responsible = new Set(
    held.flatMap(({ role }) => responsibleAt(held, { areaId }, role, at).map(({ grantId }) => grantId)),
  );
  return {
    group: { id: group.id, name: group.name },
    at: new Date(at).toISOString(),
    rows: held
      .flatMap((one): HistoryReply['rows'] =>
        isPost(one.role)
          ? [
              {
                grantId: one.grantId,
                personId: one.personId,
                name: one.name,
                post: one.role,
                fromAt: new Date(one.fromAt).toISOString(),
                toAt: one.toAt === null ? null : new Date(one.toAt).toISOString(),
                standsInFor: one.standsInFor === null ? null : (names.get(one.standsInFor) ?? ''),
                reason: one.reason,
                by: one.by,
                endReason: one.endReason,
                endedBy: one.endedBy,
                wasResponsible: responsible.has(one.grantId),
              },
            ]
          : [],
      )
      .reverse(),
  };
}
