// Words for how a pledge was signed and recorded.
import { m } from '#messages/messages.js';

const SIGNERS: Readonly<Record<string, () => string>> = {
  head: m.pledges_signer_head,
  spouse: m.pledges_signer_spouse,
  'adult-member': m.pledges_signer_adult_member,
  owner: m.pledges_signer_owner,
  'relative-for-signer': m.pledges_signer_relative,
};
export const signerWord = (signer: string): string => SIGNERS[signer]?.() ?? signer;

const PLACES: Readonly<Record<string, () => string>> = {
  home: m.pledges_place_home,
  meeting: m.pledges_place_meeting,
  'culture-house': m.pledges_place_culture_house,
  'leader-house': m.pledges_place_leader_house,
  elsewhere: m.pledges_place_elsewhere,
};
export const placeWord = (place: string): string => PLACES[place]?.() ?? place;

export const howWord = (original: 'paper' | 'phone', how: string | null): string =>
  original === 'phone'
    ? m.pledges_how_phone()
    : how === 'from-paper'
      ? m.pledges_how_typed()
      : m.pledges_how_paper();
