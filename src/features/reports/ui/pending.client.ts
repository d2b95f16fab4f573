/**
 * A report confirmed while there is no network stays on this phone until the ward has answered. It holds counts and the
 * leader's own remark, no household and no name. The id is made once, so sending twice is one report.
 */
import * as z from 'zod/mini';
import type { ReportBody } from '#features/reports/model.ts';

/** What this form itself kept; the server holds it against the whole shape when it arrives. */
const Body = z.custom<ReportBody>(
  (kept) => typeof kept === 'object' && kept !== null && 'figures' in kept && 'reasons' in kept,
);

const Pending = z.object({
  id: z.string(),
  campaign: z.string(),
  areaId: z.nullable(z.string()),
  unitId: z.nullable(z.string()),
  itemId: z.string(),
  reportOn: z.string(),
  composedAt: z.string(),
  correction: z.nullable(z.string()),
  body: Body,
  /** Why the ward did not take it: it waits for the leader, and is not sent again by itself. */
  refused: z.optional(z.string()),
});
export type Pending = z.infer<typeof Pending>;

const keyOf = (person: string): string => `tung-nha:reports:${person}`;

export function pendingOf(person: string): Pending[] {
  try {
    const parsed = z.array(Pending).safeParse(JSON.parse(localStorage.getItem(keyOf(person)) ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

export function keepPending(person: string, list: readonly Pending[]): void {
  if (list.length === 0) localStorage.removeItem(keyOf(person));
  else localStorage.setItem(keyOf(person), JSON.stringify(list));
}

export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'no-network' }
  | { readonly kind: 'refused'; readonly detail: string };

export async function sendPending(ward: number, one: Pending): Promise<Outcome> {
  const { campaign, refused: _, ...report } = one;
  let response: Response;
  try {
    response = await fetch(`/api/wards/${ward}/campaigns/${campaign}/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
    });
  } catch {
    return { kind: 'no-network' };
  }
  if (response.ok) return { kind: 'sent' };
  // Busy, or the PIN is wanted first: the report is not at fault and is tried again.
  if (response.status >= 500 || [401, 408, 423, 429].includes(response.status)) return { kind: 'no-network' };
  const told = (await response.json().catch(() => ({}))) as { detail?: string };
  return { kind: 'refused', detail: told.detail ?? '' };
}
