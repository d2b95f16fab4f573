// States of a broadcast and lengths, in the reader's language.
import { m } from '#messages/messages.js';
import type { BroadcastState } from '#features/publishing/broadcasts/model.ts';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/states.ts';

const STATE: Record<BroadcastState, { word: () => string; tone: Tone; icon: IconName }> = {
  planned: { word: m.publishing_loud_state_planned, tone: 'neutral', icon: 'calendar' },
  due: { word: m.publishing_loud_state_due, tone: 'attention', icon: 'bell' },
  played: { word: m.publishing_loud_state_played, tone: 'done', icon: 'done' },
  missed: { word: m.publishing_loud_state_missed, tone: 'danger', icon: 'missed' },
  cancelled: { word: m.publishing_loud_state_cancelled, tone: 'neutral', icon: 'close' },
};
export const stateLook = (state: BroadcastState) => ({ ...STATE[state], word: STATE[state].word() });

export const lengthWord = (seconds: number): string =>
  m.publishing_loud_length({ minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
