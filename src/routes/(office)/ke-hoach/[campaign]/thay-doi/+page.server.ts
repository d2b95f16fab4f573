import { z } from 'zod';
import { CampaignDetailReply, CampaignListReply, ChangeReply } from '#features/plan/api-schema.ts';
import { ask } from '../../../../ask.server.ts';
import type { PageServerLoad } from './$types';
import { campaignBase, wardBase } from '../../ward.server.ts';

const Changes = z.object({ changes: z.array(ChangeReply) });

export const load: PageServerLoad = async (event) => {
  const campaign = await ask(event, campaignBase(event), CampaignDetailReply);
  const versions = campaign.versions.filter(({ state }) => state === 'confirmed');
  const last = versions.at(-1)?.version ?? 1;
  const wished = (name: string, otherwise: number) => {
    const number = Number(event.url.searchParams.get(name));
    return versions.some(({ version }) => version === number) ? number : otherwise;
  };
  const to = wished('den', last);
  const from = wished('tu', versions.at(-2)?.version ?? last);
  const { changes } = await ask(event, `${campaignBase(event)}/plan/changes?from=${from}&to=${to}`, Changes);
  const { units } = await ask(event, `${wardBase(event)}/campaigns`, CampaignListReply);
  return { campaign, versions, from, to, changes, units };
};
