// What sync needs of people: the phone a cookie names, and whom a phone may call.
import { DEVICE_COOKIE, readCookie, SESSION_COOKIE } from '#features/people/cookies.server.ts';
import { credentialHash, readCredential } from '#features/people/store-devices.server.ts';
import type { Sender } from '#platform/sync/parts.server.ts';
import type { FeedReader, FeedRowOut } from '#platform/sync/record-type.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

/** Only what the cookie says; whether its secret is the phone's is asked by the statement that reads the phone. */
export function deviceOf(runtime: Runtime, cookies: string): Sender | null {
  const cookie = readCookie(cookies, DEVICE_COOKIE);
  const named = readCredential(cookie);
  if (!named) return null;
  return { via: 'device', ...named, credentialHash: credentialHash(runtime, cookie) };
}

export const isPhoneAlone = (cookies: string): boolean =>
  cookies.includes(`${DEVICE_COOKIE}=`) && !SESSION_COOKIE.test(cookies);

/**
 * Telephone numbers of the duty desk and the area officer, with a group's first load: a household that was defrauded
 * must be put through without a network. People carry no change number, so a pull does not bring them.
 */
export const contactReader: FeedReader = {
  kind: 'contact',
  async read(flight, { feed, isWardFeed, after, upTo, now }) {
    if (isWardFeed || after >= 0) return [];
    const rows = await flight.read<{ id: string; name: string; role: string; phone: string | null }>({
      name: 'feed_contacts',
      text: `select distinct on (g.role, p.id) p.id, p.name, g.role, p.phone
        from grants g join people p on p.ward_id = g.ward_id and p.id = g.person_id
        where g.ward_id = $1 and g.from_at <= $3 and (g.to_at is null or g.to_at > $3) and p.closed_at is null
          and (g.role = 'duty-desk' or (g.role in ('area-officer', 'group-leader') and g.area_id = $2))`,
      values: [flight.wardId, feed, new Date(now)],
    });
    return rows.map(({ id, name, role, phone }): FeedRowOut => ({
      kind: 'contact',
      id: `${role}:${id}`,
      n: upTo,
      role,
      name,
      ...(phone === null ? {} : { phone }),
    }));
  },
};
