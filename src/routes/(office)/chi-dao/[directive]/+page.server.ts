import { error, fail, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { AcceptedReply, DirectiveReply } from '#features/directives/schema.ts';
import { PlanReply } from '#features/plan/api-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import type { Sent } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { factsOf, lackOf, refused } from '../facts.server.ts';
import type { Actions, PageServerLoad } from './$types';

const base = (event: RequestEvent) => `/wards/${event.locals.actor?.wardId ?? 0}`;
const one = (event: RequestEvent) => `${base(event)}/directives/${event.params.directive ?? ''}`;

/** The running plan, where there is one: its items may cite the paper, its units may answer for a deadline. */
async function planFor(event: RequestEvent) {
  const campaign = await campaignOf(event);
  if (!campaign) return null;
  const response = await event.fetch(`/api${base(event)}/campaigns/${campaign}/plan`);
  const plan = response.ok ? PlanReply.parse(await response.json()) : null;
  return (
    plan && {
      id: plan.campaign.id,
      name: plan.campaign.shortName,
      mayAccept: plan.may.edit,
      units: plan.units.map(({ id, name }) => ({ value: id, label: name })),
      items: plan.items
        .filter(({ review }) => review === 'accepted')
        .map(({ id, body }) => ({ value: id, label: body.title })),
    }
  );
}

export const load: PageServerLoad = async (event) => {
  if (!event.locals.actor) error(401);
  const reply = await ask(event, one(event), DirectiveReply);
  return { ...reply, plan: await planFor(event), file: `/api${one(event)}/file` };
};

const answer = (what: string, sent: Sent<unknown>) =>
  sent.ok ? { what, done: true } : fail(sent.problem.status, { what, message: sent.problem.detail ?? '' });

export const actions: Actions = {
  accept: async (event) => {
    const form = await event.request.formData();
    const campaign = await campaignOf(event);
    const path = `${base(event)}/campaigns/${campaign}/directives/${event.params.directive}/proposals/${textOf(form, 'proposal')}/accept`;
    return answer(
      'accept',
      await send(event, 'POST', path, { accountable: textOf(form, 'accountable') }, AcceptedReply),
    );
  },
  aside: async (event) => {
    const form = await event.request.formData();
    const path = `${one(event)}/proposals/${textOf(form, 'proposal')}/set-aside`;
    return answer('aside', await send(event, 'POST', path, { reason: textOf(form, 'reason') }));
  },
  cite: async (event) => {
    const form = await event.request.formData();
    const body = { campaignId: textOf(form, 'campaign'), itemId: textOf(form, 'item') || null };
    return answer('cite', await send(event, 'POST', `${one(event)}/citations`, body));
  },
  uncite: async (event) => {
    const form = await event.request.formData();
    return answer(
      'uncite',
      await send(event, 'POST', `${one(event)}/citations/${textOf(form, 'citation')}/undo`),
    );
  },
  edit: async (event) => {
    const facts = factsOf(await event.request.formData());
    const lack = lackOf(facts);
    if (lack !== null) return fail(422, { what: 'edit', typed: facts, message: lack });
    const sent = await send(event, 'PUT', one(event), facts);
    return sent.ok ? { what: 'edit', done: true } : refused('edit', facts, sent.problem);
  },
  withdraw: async (event) => {
    const reason = textOf(await event.request.formData(), 'reason');
    const sent = await send(event, 'POST', `${one(event)}/withdraw`, { reason });
    if (!sent.ok) return answer('withdraw', sent);
    redirect(303, '/chi-dao');
  },
};
