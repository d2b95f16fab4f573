// The library a ward begins with: true, short, each with its source and the days its law holds. Data, not code: a ward
// takes it over as drafts of its own and vouches for it itself.
import type { DateOn } from '#core/calendar.ts';
import type { Pillar, TextBody } from '#features/publishing/model.ts';
import type { SpokenWords } from '#features/publishing/speech.ts';
import texts from './library.json' with { type: 'json' };
import words from './spoken-words.json' with { type: 'json' };

export interface StarterText extends TextBody {
  readonly pillar: Pillar;
  readonly audience: readonly string[];
  readonly validFrom: DateOn | null;
  readonly validTo: DateOn | null;
}

// The files are ours and held by a test; TypeScript widens their strings.
export const library = texts as readonly StarterText[];
export const spokenWords: SpokenWords = words;
