/**
 * Keyboard shortcuts: single keys ("?") and sequences ("g d"). Nothing fires while somebody types, and single letters
 * can be switched off (WCAG 2.1.4: speech input and tremor press letters by accident).
 */
export interface Shortcut {
  /** Keys as typed, parted by spaces: "/", "?", "g d". */
  keys: string;
  label: string;
  group?: string | undefined;
  run: () => void;
}

/** How long the second key of a sequence is waited for. */
const SEQUENCE_MS = 1200;
const SWITCH = 'tn_keys';

const TYPED = ['input', 'textarea', 'select'];
/** Boxes one ticks are not typed into. */
const TICKED = ['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color'];

/** Whether a key pressed here is meant as a letter. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  const tag = target.tagName.toLowerCase();
  if (!TYPED.includes(tag)) return false;
  return !(tag === 'input' && TICKED.includes(target.getAttribute('type')?.toLowerCase() ?? 'text'));
}

/** The pure half: fed with keys and times, it answers which shortcut they complete. */
export class KeySequence {
  #pressed: string[] = [];
  #lastAt = -Infinity;

  /** `known` are the shortcuts' keys; answers the completed one, if any. */
  press(key: string, at: number, known: readonly string[]): string | undefined {
    if (at - this.#lastAt > SEQUENCE_MS) this.#pressed = [];
    this.#lastAt = at;
    // A false start must not swallow the key that begins the next sequence: "g g d" still means "g d".
    for (const trail of [[...this.#pressed, key], [key]]) {
      const typed = trail.join(' ');
      if (known.includes(typed)) {
        this.#pressed = [];
        return typed;
      }
      if (known.some((keys) => keys.startsWith(`${typed} `))) {
        this.#pressed = trail;
        return undefined;
      }
    }
    this.#pressed = [];
    return undefined;
  }
}

/** The shortcuts of the page that is open. Register in an `$effect` and return what `add` returns. */
export class Keyboard {
  #shortcuts: Shortcut[] = [];
  #sequence = new KeySequence();

  add(...shortcuts: readonly Shortcut[]): () => void {
    this.#shortcuts.push(...shortcuts);
    return () => {
      this.#shortcuts = this.#shortcuts.filter((each) => !shortcuts.includes(each));
    };
  }

  /** For the sheet, in the order they were added; of two with the same keys the later counts. */
  list(): Shortcut[] {
    const byKeys = new Map<string, Shortcut>();
    for (const shortcut of this.#shortcuts) byKeys.set(shortcut.keys, shortcut);
    return [...byKeys.values()];
  }

  /** Attachment for `<svelte:window>`-like use: `$effect(() => keyboard.listen(window))`. */
  listen(target: Window): () => void {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
        return;
      if (event.key === 'Shift' || isTyping(event.target) || !this.enabled) return;
      // A dialog has its own keys; what lies under it must not move.
      if (document.querySelector('dialog:modal') !== null) return;
      const list = this.list();
      const keys = this.#sequence.press(
        event.key,
        event.timeStamp,
        list.map((each) => each.keys),
      );
      const hit = list.find((each) => each.keys === keys);
      if (hit === undefined) return;
      event.preventDefault();
      hit.run();
    };
    target.addEventListener('keydown', onKey);
    return () => target.removeEventListener('keydown', onKey);
  }

  get enabled(): boolean {
    try {
      return localStorage.getItem(SWITCH) !== 'off';
    } catch {
      return true; // storage refused: private mode
    }
  }

  set enabled(on: boolean) {
    try {
      if (on) localStorage.removeItem(SWITCH);
      else localStorage.setItem(SWITCH, 'off');
    } catch {
      // Without storage the choice lasts as long as nothing: acceptable, the sheet shows the truth.
    }
  }
}

/** One per browser tab; never touched on the server, where effects do not run. */
export const keyboard = new Keyboard();
