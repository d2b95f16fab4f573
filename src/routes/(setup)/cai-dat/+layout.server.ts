import { redirect } from '@sveltejs/kit';
import { SetupReply } from '#registry/setup/shapes.ts';
import { ask } from '../../ask.server.ts';
import { firstNeeded, goOnAt, STEPS } from './steps.ts';
import type { LayoutServerLoad } from './$types';

/** Once set-up is finished the API answers 404, and so does every page of it. */
export const load: LayoutServerLoad = async (event) => {
  const setup = await ask(event, '/setup', SetupReply);
  const here = STEPS.findIndex(({ path }) => path === event.url.pathname);
  if (!setup.unlocked) {
    if (here > 0) redirect(303, '/cai-dat');
    return { setup: null };
  }
  if (here === 0) redirect(303, goOnAt(setup));
  const needed = firstNeeded(setup);
  if (here > needed) redirect(303, STEPS[needed]?.path ?? '/cai-dat');
  return { setup };
};
