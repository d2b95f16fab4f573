import { redirect } from '@sveltejs/kit';
import { returnOf } from '../where-next.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/');

/** The language of this browser; works without script. */
export const actions: Actions = {
  default: async ({ request, cookies, url }) => {
    const wish = (await request.formData()).get('locale');
    const locale = wish === 'en' ? 'en' : 'vi';
    cookies.set('tn_locale', locale, { path: '/', maxAge: 400 * 86_400, httpOnly: false, sameSite: 'lax' });
    redirect(303, returnOf(url) ?? '/');
  },
};
