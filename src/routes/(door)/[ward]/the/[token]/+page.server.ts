import { randomBytes } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import type { Cookies } from '@sveltejs/kit';
import { send } from '../../../../ask.server.ts';
import { DEVICE_KEY_COOKIE, LONGEST_LIFE_SECONDS } from '#features/people/cookies.server.ts';
import { CardLook, Redeemed } from '#features/people/schema.ts';
import { isInAppBrowser, isPreviewRobot } from '#features/people/user-agent.ts';
import { CARD_USED_COOKIE } from '#platform/phone/card-used.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The phone's own random key: made at first sight of the button, so that pressing twice is the same phone. */
function deviceKey(cookies: Cookies): string {
  const kept = cookies.get(DEVICE_KEY_COOKIE);
  if (kept) return kept;
  const made = randomBytes(24).toString('base64url');
  cookies.set(DEVICE_KEY_COOKIE, made, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: runtime().origin.startsWith('https:'),
    maxAge: LONGEST_LIFE_SECONDS,
  });
  return made;
}

/** Opening the link looks and spends nothing, whoever opens it. */
export const load: PageServerLoad = async (event) => {
  const { params, request, url, setHeaders, cookies } = event;
  // Not 'no-referrer': a form sent from such a page has no origin, and the button would be refused.
  setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex' });
  const agent = request.headers.get('user-agent') ?? '';
  // A preview is drawn into a chat for everybody there: it says nothing of whose card this is.
  if (isPreviewRobot(agent)) return { kind: 'robot' as const };
  if (isInAppBrowser(agent)) return { kind: 'in-app' as const, link: url.href };
  const body = { ward: params.ward, card: params.token, deviceKey: deviceKey(cookies) };
  const sent = await send(event, 'POST', '/cards/look', body, CardLook);
  if (!sent.ok) return { kind: 'refused' as const, why: sent.problem.detail ?? '', code: sent.problem.code };
  return { kind: 'card' as const, card: sent.data };
};

export const actions: Actions = {
  default: async (event) => {
    const { params, cookies } = event;
    // Made by the page before; without it the browser keeps no cookies and would lose the binding too.
    const key = cookies.get(DEVICE_KEY_COOKIE) ?? '';
    const body = { ward: params.ward, card: params.token, deviceKey: key };
    const sent = await send(event, 'POST', '/cards/redeem', body, Redeemed);
    if (!sent.ok) return fail(sent.problem.status, { why: sent.problem.detail ?? '' });
    // Whoever was open on this phone before is not its holder any more.
    cookies.set(CARD_USED_COOKIE, '1', { path: '/', httpOnly: false, sameSite: 'lax', maxAge: 86_400 });
    redirect(303, sent.data.next === 'pin' ? '/chon-pin' : '/mo-khoa');
  },
};
