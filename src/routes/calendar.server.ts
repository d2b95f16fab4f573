// What today's page and the calendar have in common: which campaign, whom one may ask for, and the filters of the address.
import type { RequestEvent } from '@sveltejs/kit';
import { PeopleReply } from '#features/people/schema-register.ts';
import { CampaignListReply } from '#features/plan/api-schema.ts';
import type { Choice } from '#ui/forms.ts';
import { ask } from './ask.server.ts';

const wardOf = (event: RequestEvent): string => `/wards/${event.locals.actor?.wardId ?? 0}`;

/** Campaigns that run or have run, the asked one first in mind; null: none yet. */
export async function chooseCampaign(event: RequestEvent) {
  const { campaigns } = await ask(event, `${wardOf(event)}/campaigns`, CampaignListReply);
  const named = event.url.searchParams.get('chien-dich');
  const chosen =
    campaigns.find(({ id }) => id === named) ??
    campaigns.find(({ state }) => state === 'active') ??
    campaigns[0];
  return (
    chosen && {
      chosen,
      base: `${wardOf(event)}/campaigns/${chosen.id}`,
      choices: campaigns.map(({ id, shortName }): Choice => ({ value: id, label: shortName })),
    }
  );
}

const isSet = (pair: readonly [string, string | null]): pair is readonly [string, string] =>
  pair[1] !== null && pair[1] !== '';

/** The address's filters as the API names them. `toi` stands for the reader. */
export function filtersOf(event: RequestEvent): URLSearchParams {
  const asked = (name: string) => event.url.searchParams.get(name);
  const person = asked('nguoi') === 'toi' ? (event.locals.actor?.personId ?? null) : asked('nguoi');
  const pairs: readonly (readonly [string, string | null])[] = [
    ['unit', asked('don-vi')],
    ['area', asked('tdp')],
    ['item', asked('viec')],
    ['person', person],
  ];
  return new URLSearchParams(pairs.filter(isSet).map(([name, value]) => [name, value]));
}

const LEADING = ['unit-head', 'group-leader', 'deputy-leader', 'area-officer'];

/** Who leads each unit and group, by its short name; and everybody who is responsible for something, to filter by. */
export async function loadPeople(event: RequestEvent) {
  const { people } = await ask(event, `${wardOf(event)}/people`, PeopleReply);
  const leads: Record<string, { name: string; phone: string | null }> = {};
  for (const { name, phone, roles } of people)
    for (const { role, place } of roles)
      if (place !== null && (role === 'unit-head' || role === 'group-leader'))
        leads[place] ??= { name, phone };
  const choices = people
    .filter(({ roles }) => roles.some(({ role }) => LEADING.includes(role)))
    .map(({ id, name, roles }): Choice => {
      const places = roles.flatMap(({ place }) => place ?? []);
      const where = places.length > 2 ? `${places.slice(0, 2).join(', ')}…` : places.join(', ');
      return { value: id, label: where === '' ? name : `${name} (${where})` };
    });
  return { leads, choices };
}
