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

/** No campaign has it: the API asks who is there before it looks for one. */
const NOBODYS = '00000000-0000-0000-0000-000000000000';

export async function campaignOf(event: RequestEvent): Promise<string | null> {
  // Asking would send a form whose session ended meanwhile off to sign in, and what was typed with it.
  if (event.locals.actor === null && event.request.method === 'POST') return NOBODYS;
  return event.url.searchParams.get('chien-dich') ?? (await runningCampaign(event))?.id ?? null;
}
