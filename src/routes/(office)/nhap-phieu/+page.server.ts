import { error } from '@sveltejs/kit';
import { isDateOn } from '#core/calendar.ts';
import { ListReply } from '#features/households/office-schema.ts';
import { PAPER_PLACES } from '#features/households/paper-keys.ts';
import { PaperReply } from '#features/households/paper-schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

const ID = /^[0-9a-f-]{36}$/;

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = await campaignOf(event);
  const { groups } = await ask(event, `/wards/${ward}/households`, ListReply);
  const named = (name: string) => event.url.searchParams.get(name) ?? '';
  const area = ID.test(named('to')) ? named('to') : groups.length === 1 ? (groups[0]?.id ?? '') : '';
  const lane = ID.test(named('ngo')) || named('ngo') === 'all' ? named('ngo') : '';
  const asked = named('ngay');
  const paper =
    campaign && area
      ? await ask(
          event,
          `/wards/${ward}/areas/${area}/paper?${new URLSearchParams({
            campaign,
            ...(lane ? { lane } : {}),
            ...(isDateOn(asked) ? { day: asked } : {}),
          }).toString()}`,
          PaperReply,
        )
      : null;
  const visitor = paper?.visitors.find(({ id }) => id === named('nguoi'))?.id ?? paper?.visitors[0]?.id ?? '';
  return {
    ward,
    groups: groups.map(({ id, name }) => ({ id, name })),
    area,
    lane,
    visitor,
    place: PAPER_PLACES.find((one) => one === named('noi')) ?? PAPER_PLACES[0],
    day:
      isDateOn(asked) && paper && asked <= paper.today && asked >= paper.campaign.fromOn
        ? asked
        : (paper?.today ?? ''),
    paper,
  };
};
