// Where each kind of thing is shown.
import { m } from '#messages/messages.js';
import type { Found, FoundKind } from '#features/search/schema.ts';
import type { IconName } from '#ui/icons.ts';

const KINDS: Readonly<Record<FoundKind, { word: () => string; icon: IconName }>> = {
  group: { word: m.search_kind_group, icon: 'home' },
  unit: { word: m.search_kind_unit, icon: 'building' },
  person: { word: m.search_kind_person, icon: 'user' },
  item: { word: m.search_kind_item, icon: 'list' },
  plan: { word: m.search_kind_plan, icon: 'document' },
  document: { word: m.search_kind_document, icon: 'document' },
  text: { word: m.search_kind_text, icon: 'megaphone' },
  directive: { word: m.search_kind_directive, icon: 'flag' },
};

export const kindWord = (found: Found): string => KINDS[found.kind].word();
export const kindIcon = (found: Found): IconName => KINDS[found.kind].icon;

export function placeOf({ kind, id, campaignId }: Found): string {
  switch (kind) {
    case 'group':
      return `/to-dan-pho/${id}`;
    case 'unit':
      return `/nguoi?unit=${id}`;
    case 'person':
      return `/nguoi/${id}`;
    case 'item':
      return `/ke-hoach/${campaignId ?? ''}/muc/${id}`;
    case 'plan':
      return `/ke-hoach/${id}`;
    case 'directive':
      return `/chi-dao/${id}`;
    case 'document':
      return `/van-ban/${id}`;
    case 'text':
      return `/noi-dung/${id}`;
  }
}
