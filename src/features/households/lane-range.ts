// A lane laid out by what a leader says of it: "Ngõ 12, số 1–45 lẻ", "số 2-46 chẵn, 12A, trừ 13". The doors come in
// the order in which they were said, each once.
import { fold, nfc } from '#core/vietnamese.ts';

export interface LaneLayout {
  /** As written, "Ngõ 12"; null where the text names only numbers. */
  readonly lane: string | null;
  readonly houseNumbers: readonly string[];
  /** Pieces that could not be understood, as typed. */
  readonly unread: readonly string[];
}

/** A lane of more doors than this is a slip of the finger (1–4500). */
export const MOST_DOORS = 500;

const DOOR = String.raw`\d{1,4}[a-z]{0,2}(?:/\d{1,4}[a-z]{0,2})*(?: ?bis)?`;
const LANE = /^(?:ngo|ngach|hem|kiet|duong|pho|xom|khu|day|lo|to|thon)\b/;
const RANGE = new RegExp(
  String.raw`^(?:so (?:nha )?|nha (?:so )?)?(?:tu )?(\d{1,4})(?:-| den )(\d{1,4})(?: (?:cac )?(?:so )?(le|chan|ca hai ben))?$`,
);
const ONE = new RegExp(String.raw`^(?:so (?:nha )?|nha (?:so )?)?(${DOOR})$`);
const WITHOUT = /^(?:tru|khong co|bo)\s+(.+)$/;

/** Upper case letters and one way of writing: 12a is 12A, 12/ 4 is 12/4. */
export const tidyHouseNumber = (text: string): string =>
  nfc(text)
    .replace(/\s*\/\s*/g, '/')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\d+[a-zđ]{1,2}(?![a-zđ])/gi, (part) => part.toUpperCase());

function expand(from: number, to: number, side: string | undefined): string[] | null {
  const step = side === 'le' || side === 'chan' ? 2 : 1;
  const [low, high] = from <= to ? [from, to] : [to, from];
  const parity = side === 'le' ? 1 : 0;
  const first = step === 2 && low % 2 !== parity ? low + 1 : low;
  const count = Math.floor((high - first) / step) + 1;
  if (count > MOST_DOORS) return null;
  const doors = Array.from({ length: Math.max(0, count) }, (_, n) => String(first + n * step));
  return from <= to ? doors : doors.reverse();
}

/** null: not understood, or more doors than a lane has. */
function doorsOf(piece: string): string[] | null {
  const range = RANGE.exec(piece);
  if (range) return expand(Number(range[1]), Number(range[2]), range[3]);
  const one = ONE.exec(piece);
  return one?.[1] === undefined ? null : [tidyHouseNumber(one[1])];
}

export function readLaneLayout(typed: string): LaneLayout {
  const pieces = nfc(typed)
    .replace(/[–—−]/g, '-')
    .replace(/\s*-\s*/g, '-')
    .split(/[,;\n]|\bvà\b/i)
    .map((piece) =>
      piece
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/[.:]+$/, ''),
    )
    .filter((piece) => piece !== '');
  let lane: string | null = null;
  let leavingOut = false;
  const doors = new Set<string>();
  const left = new Set<string>();
  const unread: string[] = [];
  for (const [n, piece] of pieces.entries()) {
    const folded = fold(piece);
    if (n === 0 && LANE.test(folded)) {
      lane = piece;
      continue;
    }
    const without = WITHOUT.exec(folded);
    // "trừ 13, 17": what follows is left out too, until a range says otherwise.
    leavingOut = without !== null || (leavingOut && ONE.test(folded));
    const found = doorsOf(without?.[1] ?? folded);
    if (!found) unread.push(piece);
    else for (const door of found) (leavingOut ? left : doors).add(door);
  }
  const houseNumbers = [...doors].filter((door) => !left.has(door));
  return houseNumbers.length > MOST_DOORS
    ? { lane, houseNumbers: [], unread: [typed.trim()] }
    : { lane, houseNumbers, unread };
}
