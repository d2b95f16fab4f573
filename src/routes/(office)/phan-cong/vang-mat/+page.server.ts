import { error, fail, redirect } from '@sveltejs/kit';
import { addDays } from '#core/calendar.ts';
import { AbsenceReply, BoardReply } from '#features/assignment/schema.ts';
import { overWord } from '#features/assignment/ui/words.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = await campaignOf(event);
  if (!campaign) redirect(303, '/phan-cong');
  const board = await ask(event, `/wards/${ward}/campaigns/${campaign}/assignment`, BoardReply);
  if (!board.may.assign) redirect(303, '/phan-cong');
  const asked = event.url.searchParams.get('nguoi');
  const person = board.people.find(({ id }) => id === asked) ?? null;
  const absence = board.absences.find(({ id }) => id === event.url.searchParams.get('lan')) ?? null;
  return {
    today: board.today,
    tomorrow: addDays(board.today, 1),
    people: board.people.map(({ id, name, title }) => ({ id, name, title })),
    person,
    absence,
    roles: absence ? absence.roles.filter(({ standIn }) => standIn === null) : (person?.roles ?? []),
    near: nearOf(board, person?.id ?? ''),
  };
};

/** People who already work in the same groups: they know the doors, so they are offered first. */
const nearOf = (board: BoardReply, personId: string): string[] => [
  ...new Set(
    board.groups
      .filter(({ held }) => held.some((one) => one.personId === personId))
      .flatMap(({ held }) => held.map((one) => one.personId))
      .filter((id) => id !== personId),
  ),
];

export const actions: Actions = {
  default: async (event) => {
    const ward = event.locals.actor?.wardId ?? 0;
    const form = await event.request.formData();
    const standIns = [...form].flatMap(([name, value]) =>
      name.startsWith('standIn:') && typeof value === 'string' && value !== ''
        ? [{ grantId: name.slice('standIn:'.length), personId: value }]
        : [],
    );
    const campaign = `/wards/${ward}/campaigns/${await campaignOf(event)}`;
    const path = `${campaign}/absences`;
    const known = textOf(form, 'absence');
    const person = textOf(form, 'personId');
    const body = {
      personId: person,
      fromOn: textOf(form, 'fromOn'),
      toOn: textOf(form, 'toOn'),
      reason: textOf(form, 'reason'),
      standIns,
    };
    const sent = known
      ? await send(event, 'POST', `${path}/${known}/stand-ins`, { standIns }, AbsenceReply)
      : await send(event, 'POST', path, body, AbsenceReply);
    if (!sent.ok)
      return fail(sent.problem.status, {
        message: sent.problem.detail ?? '',
        typed: { ...body, standIns: Object.fromEntries(standIns.map((one) => [one.grantId, one.personId])) },
      });
    if (sent.data.over.length === 0) redirect(303, '/phan-cong#vang');
    const { people } = await ask(event, `${campaign}/assignment`, BoardReply);
    const name = (id: string) => people.find((one) => one.id === id)?.name ?? '';
    return { over: sent.data.over.map(({ personId, load }) => overWord(name(personId), load)) };
  },
};
