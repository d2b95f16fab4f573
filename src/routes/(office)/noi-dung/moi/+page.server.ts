import { error, fail, redirect } from '@sveltejs/kit';
import { send } from '../../../ask.server.ts';
import { fieldErrors, textBody } from '../text-body.ts';
import { IdReply } from '#features/publishing/schema.ts';
import { mayAnywhere } from '#platform/api/permission.ts';
import { permissions } from '#registry/permissions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (!locals.actor || !mayAnywhere(permissions, locals.actor, 'publishing.write')) error(403);
};

export const actions: Actions = {
  default: async (event) => {
    const body = textBody(await event.request.formData());
    const sent = await send(event, 'POST', `/wards/${event.locals.actor?.wardId ?? 0}/texts`, body, IdReply);
    if (sent.ok) redirect(303, `/noi-dung/${sent.data.id}`);
    return fail(sent.problem.status, {
      message: sent.problem.detail ?? '',
      errors: fieldErrors(sent.problem),
    });
  },
};
