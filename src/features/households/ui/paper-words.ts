// Words for what was typed in from paper, and where it stands.
import { m } from '#messages/messages.js';
import type { PaperKey } from '#features/households/paper-keys.ts';
import type { DoorState } from './paper-desk.svelte.ts';
import { outcomeWord } from './words.ts';

interface Said {
  readonly tone: 'done' | 'attention' | 'danger' | 'neutral';
  readonly icon: 'check' | 'clock' | 'alert' | 'undo';
  readonly word: () => string;
}

export const PAPER_STATES: Readonly<Record<DoorState['state'], Said>> = {
  unsent: { tone: 'attention', icon: 'clock', word: m.households_paper_unsent },
  received: { tone: 'done', icon: 'check', word: m.households_paper_received },
  refused: { tone: 'danger', icon: 'alert', word: m.households_paper_refused },
  held: { tone: 'attention', icon: 'alert', word: m.households_paper_held },
  undoing: { tone: 'attention', icon: 'clock', word: m.households_paper_undoing },
  undone: { tone: 'neutral', icon: 'undo', word: m.households_paper_undone },
};

export const keyWord = (key: PaperKey): string =>
  key.signed ? m.households_paper_met_signed() : outcomeWord(key.outcome);
