import { redirect } from '@sveltejs/kit';
import { homeOf } from '#registry/navigation.ts';
import type { PageServerLoad } from './$types';

/** The bare address leads each to where their work is. */
export const load: PageServerLoad = ({ locals }) => {
  const { actor, waiting } = locals;
  if (actor) redirect(303, homeOf(actor));
  if (waiting === 'ward') redirect(303, '/chon-phuong');
  if (waiting === 'new-password') redirect(303, '/mat-khau-moi');
  if (waiting === 'pin') redirect(303, '/chon-pin');
  redirect(303, waiting === 'unlock' ? '/mo-khoa' : '/vao');
};
