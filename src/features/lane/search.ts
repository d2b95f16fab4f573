/**
 * Search by name, with or without marks, or by house number and lane. Most people type without marks, so each door has
 * its folded words in one string, and a keystroke is a plain substring search; a word typed with marks is then held
 * against the marks of what is left. Lives in memory: nothing searchable is ever written down.
 */
import { fold, matches, searchText } from '#core/vietnamese.ts';
import type { SearchText } from '#core/vietnamese.ts';
import type { Door } from '#features/lane/model.ts';

interface Entry {
  readonly text: string;
  /** Every word after a space: ' 12 ngo 5 dao thi lanh'. */
  readonly folded: string;
  parts: SearchText | null;
}

export class DoorSearch {
  readonly #known = new Map<string, Entry>();

  /** At unlock and after a load, so that the first keystroke is as quick as the others. */
  prepare(doors: readonly Door[]): void {
    for (const door of doors) this.#entry(door);
  }

  /** Doors that answer to every typed word. No word, every door. */
  find(doors: readonly Door[], typed: string): readonly Door[] {
    const query = searchText(typed);
    if (query.length === 0) return doors;
    const starts = query.map(({ folded }) => ` ${folded}`);
    const marked = query.some(({ tone, letters, folded }) => tone !== 0 || letters !== folded);
    return doors.filter((door) => {
      const entry = this.#entry(door);
      if (!starts.every((start) => entry.folded.includes(start))) return false;
      return !marked || matches((entry.parts ??= searchText(entry.text)), query);
    });
  }

  #entry(door: Door): Entry {
    const { dwelling, lane, households } = door;
    let text = `${dwelling.houseNumber} ${lane.name}`;
    for (const { household } of households) text += ` ${household.headName}`;
    const known = this.#known.get(dwelling.id);
    if (known?.text === text) return known;
    const made = { text, folded: ` ${fold(text).replaceAll(/[^a-z0-9]+/g, ' ')}`, parts: null };
    this.#known.set(dwelling.id, made);
    return made;
  }
}
