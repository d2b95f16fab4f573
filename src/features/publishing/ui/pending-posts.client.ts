/**
 * A post said to be done while there is no network stays on this phone until the ward has answered: which text in which
 * channel, when, and the words typed; no household and no name. Its id is made once, so sending twice is one post.
 */
import * as z from 'zod/mini';

const PendingPost = z.object({
  id: z.string(),
  channel: z.string(),
  textId: z.nullable(z.string()),
  title: z.string(),
  postedAt: z.string(),
  link: z.nullable(z.string()),
  note: z.nullable(z.string()),
  /** Of a loudspeaker: the line of its plan that was played. */
  line: z.optional(z.string()),
  /** Why the ward did not take it: shown to who posted, and not sent again by itself. */
  refused: z.optional(z.string()),
});
export type PendingPost = z.infer<typeof PendingPost>;

const keyOf = (person: string): string => `tung-nha:posts:${person}`;

export function pendingPosts(person: string): PendingPost[] {
  try {
    const parsed = z.array(PendingPost).safeParse(JSON.parse(localStorage.getItem(keyOf(person)) ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

export function keepPosts(person: string, list: readonly PendingPost[]): void {
  if (list.length === 0) localStorage.removeItem(keyOf(person));
  else localStorage.setItem(keyOf(person), JSON.stringify(list));
}

export type PostOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'no-network' }
  | { readonly kind: 'refused'; readonly detail: string };

export async function sendPost(ward: number, one: PendingPost): Promise<PostOutcome> {
  const { id, channel, textId, postedAt, link, note, line } = one;
  const [path, body] =
    line === undefined
      ? [`channels/${channel}/posts`, { id, textId, postedAt, link, note }]
      : [`broadcasts/${line}/played`, { postId: id, playedAt: postedAt }];
  let response: Response;
  try {
    response = await fetch(`/api/wards/${ward}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return { kind: 'no-network' };
  }
  if (response.ok) return { kind: 'sent' };
  // Busy, or the PIN is wanted first: the post is not at fault and is tried again.
  if (response.status >= 500 || [401, 408, 423, 429].includes(response.status)) return { kind: 'no-network' };
  const told = (await response.json().catch(() => ({}))) as { detail?: string };
  return { kind: 'refused', detail: told.detail ?? '' };
}
