// The words of pillars, states, forms and audiences, in the reader's language.
import { m } from '#messages/messages.js';
import type { ChannelKind, Doubt } from '#features/publishing/channels.ts';
import type { WordForm } from '#features/publishing/kit.ts';
import type { Pillar, TextState } from '#features/publishing/model.ts';
import type { AUDIENCES } from '#features/publishing/model.ts';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/states.ts';

const PILLAR: Record<Pillar, () => string> = {
  tactics: m.publishing_pillar_tactics,
  'first-hour': m.publishing_pillar_first_hour,
  law: m.publishing_pillar_law,
  'personal-data': m.publishing_pillar_personal_data,
  results: m.publishing_pillar_results,
  slogan: m.publishing_pillar_slogan,
};
export const pillarWord = (pillar: Pillar): string => PILLAR[pillar]();

const STATE: Record<TextState, { word: () => string; tone: Tone; icon: IconName }> = {
  draft: { word: m.publishing_state_draft, tone: 'neutral', icon: 'pen' },
  checked: { word: m.publishing_state_checked, tone: 'action', icon: 'check' },
  approved: { word: m.publishing_state_approved, tone: 'done', icon: 'done' },
  withdrawn: { word: m.publishing_state_withdrawn, tone: 'danger', icon: 'missed' },
};
export const stateLook = (state: TextState) => ({ ...STATE[state], word: STATE[state].word() });

const FORM: Record<WordForm, () => string> = {
  zalo: m.publishing_form_zalo,
  page: m.publishing_form_page,
  portal: m.publishing_form_portal,
  loudspeaker: m.publishing_form_loudspeaker,
};
export const formWord = (form: WordForm): string => FORM[form]();

type Audience = (typeof AUDIENCES)[number];
const AUDIENCE: Record<Audience, () => string> = {
  residents: m.publishing_audience_residents,
  elderly: m.publishing_audience_elderly,
  parents: m.publishing_audience_parents,
  pupils: m.publishing_audience_pupils,
  students: m.publishing_audience_students,
  women: m.publishing_audience_women,
  workers: m.publishing_audience_workers,
  traders: m.publishing_audience_traders,
  landlords: m.publishing_audience_landlords,
  officials: m.publishing_audience_officials,
};
export const audienceWord = (audience: Audience): string => AUDIENCE[audience]();

const KIND: Record<ChannelKind, { word: () => string; icon: IconName }> = {
  'zalo-group': { word: m.publishing_kind_zalo_group, icon: 'chat' },
  zalo: { word: m.publishing_kind_zalo, icon: 'chat' },
  facebook: { word: m.publishing_kind_facebook, icon: 'users' },
  website: { word: m.publishing_kind_website, icon: 'globe' },
  loudspeaker: { word: m.publishing_kind_loudspeaker, icon: 'megaphone' },
  poster: { word: m.publishing_kind_poster, icon: 'document' },
  banner: { word: m.publishing_kind_banner, icon: 'flag' },
  panel: { word: m.publishing_kind_panel, icon: 'building' },
};
export const kindLook = (kind: ChannelKind) => ({ icon: KIND[kind].icon, word: KIND[kind].word() });

const DOUBT: Record<Doubt, () => string> = {
  'same-picture': m.publishing_doubt_same_picture,
  'no-proof': m.publishing_doubt_no_proof,
  'outside-window': m.publishing_doubt_outside_window,
  'dead-link': m.publishing_doubt_dead_link,
};
export const doubtWord = (doubt: Doubt): string => DOUBT[doubt]();
