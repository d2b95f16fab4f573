/** The design system on one page; a real ward's address does not have it. */
import { dev } from '$app/env';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => {
  if (!dev && process.env['TUNG_NHA_DESIGN'] !== '1') error(404);
};
