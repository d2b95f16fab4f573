import { CitedReply } from '#features/directives/schema.ts';
import { WordsReply } from '#features/plan/api-schema.ts';
import { ask } from '../../../../../ask.server.ts';
import type { PageServerLoad } from './$types';
import { campaignBase } from '../../../ward.server.ts';

export const load: PageServerLoad = async (event) => {
  const item = encodeURIComponent(event.params.item);
  const [words, { directives }] = await Promise.all([
    ask(event, `${campaignBase(event)}/plan/items/${item}`, WordsReply),
    ask(event, `${campaignBase(event)}/directives?item=${item}`, CitedReply),
  ]);
  return { ...words, grounds: directives };
};
