import { ask } from '../../ask.server.ts';
import { RegisterReply } from '#features/areas/schema.ts';
import { PeopleQuery, PeopleReply, UnitsReply } from '#features/people/schema-register.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const given = Object.fromEntries([...event.url.searchParams].filter(([, value]) => value !== ''));
  const parsed = PeopleQuery.safeParse(given);
  const query = parsed.success ? parsed.data : PeopleQuery.parse({});
  const asked = new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const [register, units, areas] = await Promise.all([
    ask(event, `/wards/${ward}/people?${asked}`, PeopleReply),
    ask(event, `/wards/${ward}/units`, UnitsReply),
    ask(event, `/wards/${ward}/areas`, RegisterReply),
  ]);
  return {
    query,
    ...register,
    units: units.units.map(({ id, shortName }) => ({ value: id, label: shortName })),
    groups: areas.groups.map(({ id, shortName }) => ({ value: id, label: shortName })),
  };
};
