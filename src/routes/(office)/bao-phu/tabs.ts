// The pages about the doors of a campaign.
import { m } from '#messages/messages.js';

export const coverageTabs = (waiting: { readonly exclusions: number; readonly flagged: number }) => [
  { label: m.households_coverage(), href: '/bao-phu' },
  { label: m.households_map(), href: '/bao-phu/ban-do' },
  { label: m.households_exclusions_tab(), count: waiting.exclusions, href: '/bao-phu/ngoai-mau-so' },
  { label: m.households_flags_tab(), count: waiting.flagged, href: '/bao-phu/xem-lai' },
];
