import { PortalReply } from '#features/publishing/schema.ts';
import { readCode } from '#features/pledges/receipt.ts';
import { ReceiptReply } from '#features/pledges/receipt-schema.ts';
import { askPortal } from '../../portal.server.ts';
import type { PageServerLoad } from './$types';

/** The code stands behind the question mark only while it is asked; the page keeps it nowhere. */
export const load: PageServerLoad = async (event) => {
  const { portal } = await askPortal(event, '', PortalReply);
  const typed = event.url.searchParams.get('ma') ?? '';
  const code = readCode(typed);
  if (code === null) return { portal, typed, receipt: null };
  const response = await event.fetch(`/api/receipts/${event.params.ward}/${code}`);
  return { portal, typed, receipt: response.ok ? ReceiptReply.parse(await response.json()) : null };
};
