/**
 * What the posting page needs when it is opened without a network: the group's chats and the newest texts as they were
 * at the last visit with one. Approved texts and names of groups only, which the public reads too.
 */
import * as z from 'zod/mini';

const KeptPosting = z.object({
  /** Campaign time as the server told it, and the phone's own at that moment. */
  now: z.number(),
  at: z.number(),
  channels: z.array(z.object({ id: z.string(), owner: z.string() })),
  messages: z.array(z.object({ id: z.string(), title: z.string(), words: z.string() })),
});
export type KeptPosting = z.infer<typeof KeptPosting>;

const keyOf = (person: string): string => `tung-nha:posting:${person}`;

export function keepPosting(person: string, kept: KeptPosting): void {
  try {
    localStorage.setItem(keyOf(person), JSON.stringify(kept));
  } catch {
    // A full phone: the page still works with a network.
  }
}

export function keptPosting(person: string): KeptPosting | null {
  try {
    const parsed = z.safeParse(KeptPosting, JSON.parse(localStorage.getItem(keyOf(person)) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
