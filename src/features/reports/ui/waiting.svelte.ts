/**
 * Reports confirmed on this phone and not yet with the ward, whatever page is open; the pages of the field app show how
 * many there are. They hold counts and the leader's own remark.
 */
import * as z from 'zod/mini';
import type { ReportBody } from '#features/reports/model.ts';
import { WaitingList } from '#platform/phone/waiting-list.svelte.ts';

/** What this form itself kept; the server holds it against the whole shape when it arrives. */
const Body = z.custom<ReportBody>(
  (kept) => typeof kept === 'object' && kept !== null && 'figures' in kept && 'reasons' in kept,
);

const WaitingReport = z.object({
  id: z.string(),
  campaign: z.string(),
  areaId: z.nullable(z.string()),
  unitId: z.nullable(z.string()),
  itemId: z.string(),
  reportOn: z.string(),
  composedAt: z.string(),
  correction: z.nullable(z.string()),
  body: Body,
  refused: z.optional(z.string()),
});
export type WaitingReport = z.infer<typeof WaitingReport>;

export const waitingReports = new WaitingList({
  name: 'reports',
  shape: WaitingReport,
  request: ({ campaign, refused: _, ...report }) => ({
    path: `campaigns/${campaign}/reports`,
    body: report,
  }),
});
