import { WordsReply } from '#features/plan/api-schema.ts';
import { ask } from '../../../../../ask.server.ts';
import type { PageServerLoad } from './$types';
import { campaignBase } from '../../../ward.server.ts';

export const load: PageServerLoad = async (event) =>
  ask(event, `${campaignBase(event)}/plan/items/${encodeURIComponent(event.params.item)}`, WordsReply);
