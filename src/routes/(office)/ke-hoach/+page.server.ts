import { CampaignListReply } from '#features/plan/api-schema.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';
import { wardBase } from './ward.server.ts';

export const load: PageServerLoad = async (event) =>
  ask(event, `${wardBase(event)}/campaigns`, CampaignListReply);
