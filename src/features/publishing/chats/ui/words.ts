// The words of the groups' Zalo groups.
import { m } from '#messages/messages.js';
import type { Covered, KEEPER_PARTS, Lack, MODERATIONS } from '#features/publishing/chats/model.ts';

const LACK: Record<Lack, () => string> = {
  'no-head': m.publishing_chat_lack_no_head,
  'no-deputy': m.publishing_chat_lack_no_deputy,
  'everybody-writes': m.publishing_chat_lack_everybody_writes,
  'no-approval': m.publishing_chat_lack_no_approval,
  'no-invitation': m.publishing_chat_lack_no_invitation,
};
export const lackWord = (lack: Lack): string => LACK[lack]();

type Part = (typeof KEEPER_PARTS)[number];
const PART: Record<Part, () => string> = {
  head: m.publishing_chat_part_head,
  deputy: m.publishing_chat_part_deputy,
};
export const partWord = (part: Part): string => PART[part]();

type Act = (typeof MODERATIONS)[number];
const ACT: Record<Act, () => string> = {
  'message-removed': m.publishing_chat_act_message_removed,
  'member-removed': m.publishing_chat_act_member_removed,
  'member-warned': m.publishing_chat_act_member_warned,
  'member-let-in': m.publishing_chat_act_member_let_in,
  'rumour-answered': m.publishing_chat_act_rumour_answered,
};
export const actWord = (act: Act): string => ACT[act]();

/** Every household once, the figures that ask for something last. */
export const coveredParts = (
  covered: Covered,
): readonly { readonly term: string; readonly count: number }[] => [
  { term: m.publishing_chat_households(), count: covered.households },
  { term: m.publishing_chat_own(), count: covered.ownMember },
  { term: m.publishing_chat_received(), count: covered.receivedBy },
  { term: m.publishing_chat_no_phone(), count: covered.noSmartphone },
  { term: m.publishing_chat_not_yet(), count: covered.notYet },
  { term: m.publishing_chat_not_asked(), count: covered.notAsked },
];
