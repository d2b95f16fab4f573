// Which campaign a page is about: the one its address names, else the running one, else the newest.
import type { RequestEvent } from '@sveltejs/kit';
import { CampaignListReply } from '#features/plan/api-schema.ts';
import type { CampaignReply } from '#features/plan/api-schema.ts';
import { ask } from './ask.server.ts';

/** null: the ward has no campaign yet. */
export async function runningCampaign(event: RequestEvent): Promise<CampaignReply | null> {
  const ward = event.locals.actor?.wardId ?? 0;
  const { campaigns } = await ask(event, `/wards/${ward}/campaigns`, CampaignListReply);
  return campaigns.find(({ state }) => state === 'active') ?? campaigns[0] ?? null;
}

export async function campaignOf(event: RequestEvent): Promise<string | null> {
  return event.url.searchParams.get('chien-dich') ?? (await runningCampaign(event))?.id ?? null;
}
