// The words of connected accounts and of posts on their way.
import { m } from '#messages/messages.js';
import type { Provider, SendState, Way } from '#features/publishing/outlets/model.ts';
import type { AccountView, SendView } from '#features/publishing/outlets/schema.ts';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/states.ts';

const PROVIDER: Record<Provider, () => string> = {
  zalo: m.publishing_outlet_zalo,
  facebook: m.publishing_outlet_facebook,
  webhook: m.publishing_outlet_webhook,
  mail: m.publishing_outlet_mail,
};
export const providerWord = (provider: Provider): string => PROVIDER[provider]();

const WAY: Record<Way, () => string> = {
  article: m.publishing_way_article,
  'group-message': m.publishing_way_group_message,
  'page-post': m.publishing_way_page_post,
  call: m.publishing_way_call,
  letter: m.publishing_way_letter,
};
export const wayWord = (way: Way): string => WAY[way]();

interface Look {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: () => string;
}
const ACCOUNT: Record<AccountView['state'], Look> = {
  unchecked: { tone: 'neutral', icon: 'clock', word: m.publishing_outlet_unchecked },
  works: { tone: 'done', icon: 'check', word: m.publishing_outlet_works },
  trouble: { tone: 'danger', icon: 'alert', word: m.publishing_outlet_trouble },
};
export const accountLook = (state: AccountView['state']) => ({
  ...ACCOUNT[state],
  word: ACCOUNT[state].word(),
});

export function troubleWord(trouble: string): string {
  if (trouble === 'connect-again') return m.publishing_outlet_trouble_connect_again();
  if (trouble === 'key-ended') return m.publishing_outlet_trouble_key_ended();
  if (trouble === 'another-account') return m.publishing_outlet_trouble_another_account();
  return m.publishing_outlet_trouble_other({ code: trouble });
}

const SEND: Record<SendState, Look> = {
  planned: { tone: 'neutral', icon: 'clock', word: m.publishing_send_planned },
  sending: { tone: 'action', icon: 'upload', word: m.publishing_send_sending },
  making: { tone: 'action', icon: 'clock', word: m.publishing_send_making },
  looking: { tone: 'attention', icon: 'search', word: m.publishing_send_looking },
  unclear: { tone: 'attention', icon: 'help', word: m.publishing_send_unclear },
  sent: { tone: 'done', icon: 'check', word: m.publishing_send_sent },
  failed: { tone: 'danger', icon: 'missed', word: m.publishing_send_failed },
  cancelled: { tone: 'neutral', icon: 'undo', word: m.publishing_send_cancelled },
};
export const sendLook = (state: SendState) => ({ ...SEND[state], word: SEND[state].word() });

/** What happened and what to do, where the state alone does not say it. */
export function whyOf({ state, code, marker }: SendView, connected: boolean): string | null {
  if (state === 'unclear') return m.publishing_send_why_unclear({ marker });
  if (state === 'looking') return m.publishing_send_why_looking({ marker });
  if (code === 'text-withdrawn') return m.publishing_send_why_withdrawn();
  if (state === 'planned' && !connected) return m.publishing_send_why_not_connected();
  if (code !== null && (state === 'failed' || state === 'planned'))
    return m.publishing_send_why_code({ code });
  return null;
}
