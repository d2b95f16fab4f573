// Kinds, states and conditions of sites and prints, in the reader's language.
import { m } from '#messages/messages.js';
import type { Condition, PRINT_KINDS, SiteKind, SiteState } from '#features/publishing/sites/model.ts';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/states.ts';

const KIND: Record<SiteKind, () => string> = {
  'cultural-house': m.publishing_site_kind_cultural_house,
  school: m.publishing_site_kind_school,
  market: m.publishing_site_kind_market,
  office: m.publishing_site_kind_office,
  board: m.publishing_site_kind_board,
  banner: m.publishing_site_kind_banner,
  pano: m.publishing_site_kind_pano,
  other: m.publishing_site_kind_other,
};
export const siteKindWord = (kind: SiteKind): string => KIND[kind]();

const STATE: Record<SiteState, { word: () => string; tone: Tone; icon: IconName }> = {
  empty: { word: m.publishing_site_state_empty, tone: 'neutral', icon: 'minus' },
  fine: { word: m.publishing_site_state_fine, tone: 'done', icon: 'done' },
  'check-due': { word: m.publishing_site_state_check_due, tone: 'attention', icon: 'clock' },
  'to-mend': { word: m.publishing_site_state_to_mend, tone: 'danger', icon: 'alert' },
};
export const siteLook = (state: SiteState) => ({ ...STATE[state], word: STATE[state].word() });

const CONDITION: Record<Condition, () => string> = {
  good: m.publishing_site_condition_good,
  worn: m.publishing_site_condition_worn,
  damaged: m.publishing_site_condition_damaged,
  gone: m.publishing_site_condition_gone,
};
export const conditionWord = (condition: Condition): string => CONDITION[condition]();

const PRINT: Record<(typeof PRINT_KINDS)[number], () => string> = {
  poster: m.publishing_stock_kind_poster,
  leaflet: m.publishing_stock_kind_leaflet,
  banner: m.publishing_stock_kind_banner,
};
export const printWord = (kind: (typeof PRINT_KINDS)[number]): string => PRINT[kind]();
