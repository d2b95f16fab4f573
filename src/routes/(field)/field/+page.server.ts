import { redirect } from '@sveltejs/kit';
import { fieldMenu } from '#registry/navigation.ts';
import type { PageServerLoad } from './$types';

/** The phone's home is the first page of its menu. */
export const load: PageServerLoad = ({ locals }) => {
  const first = locals.actor && fieldMenu(locals.actor)[0]?.href;
  redirect(303, first && first !== '/field' ? first : '/field/may');
};
