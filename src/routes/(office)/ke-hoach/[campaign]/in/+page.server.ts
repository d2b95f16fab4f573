import { PlanReply } from '#features/plan/api-schema.ts';
import { ask } from '../../../../ask.server.ts';
import type { PageServerLoad } from './$types';
import { campaignBase } from '../../ward.server.ts';

export const load: PageServerLoad = async (event) => ({
  plan: await ask(event, `${campaignBase(event)}/plan`, PlanReply),
});
