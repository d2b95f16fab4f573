// From rows of a table to households, each with what was wrong in it. Nothing is dropped in silence: a row either
// becomes a household, becomes a further member of the one above it, or stands in the list of problems.
import { fold, nfc } from '#core/vietnamese.ts';
import { e164Of } from '#core/telephone.ts';
import {
  addressKey,
  capitalised,
  nameKey,
  namesOldUnit,
  readAddress,
  tidyLane,
} from '#features/households/address.ts';
import { tidyHouseNumber } from '#features/households/lane-range.ts';
import type { Columns, Field } from '#features/households/import/columns.ts';
import type { TableRow } from '#features/households/import/table.ts';

/** `error`: the row stays out. `ask`: it waits for a person's yes. `check`: it comes in, look at it. `fixed`: mended. */
export const WEIGHTS = ['error', 'ask', 'check', 'fixed'] as const;
export type Weight = (typeof WEIGHTS)[number];

export const FAULTS = {
  'no-head': 'error',
  'no-group': 'error',
  'unknown-group': 'error',
  'cell-error': 'error',
  'twice-in-file': 'ask',
  'in-register': 'ask',
  'no-lane': 'check',
  'no-house': 'check',
  'phone-unreadable': 'check',
  'members-unreadable': 'check',
  'residence-unknown': 'check',
  'name-odd': 'check',
  'similar-in-register': 'check',
  'old-unit': 'check',
  'house-was-date': 'fixed',
  'phone-renewed': 'fixed',
  'phone-zero': 'fixed',
  'name-capitals': 'fixed',
  'two-phones': 'fixed',
} as const satisfies Readonly<Record<string, Weight>>;
export type Fault = keyof typeof FAULTS;

export interface RowProblem {
  readonly line: number;
  readonly fault: Fault;
  /** What stood there. */
  readonly text: string;
  /** The other line of a pair. */
  readonly other?: number | undefined;
}

export type ReadResidence = 'permanent' | 'temporary' | 'boarding';

export interface HouseholdDraft {
  readonly line: number;
  readonly groupId: string;
  readonly lane: string | null;
  readonly houseNumber: string | null;
  readonly headName: string;
  readonly residence: ReadResidence;
  readonly members: number | null;
  readonly phone: string | null;
  readonly addressWritten: string | null;
}

export interface KnownGroup {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
}

export interface Reading {
  readonly drafts: readonly HouseholdDraft[];
  readonly problems: readonly RowProblem[];
  /** Rows that only added a member to the household above. */
  readonly memberRows: number;
}

/** A column says the same few things twenty thousand times; each is read once. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly is: T }>();
  return (text) => {
    let there = known.get(text);
    if (!there) known.set(text, (there = { is: read(text) }));
    return there.is;
  };
}

/** "Tổ dân phố số 05", "TDP 5" and "tổ 5" are one group. */
export const groupKey = (text: string): string =>
  fold(text)
    .replace(/^(?:to dan pho|to dp|tdp|to|thon|khu pho|kp)\b\s*/, '')
    .replace(/^so\s+/, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\b0+(?=\d)/g, '')
    .trim();

export function groupFinder(groups: readonly KnownGroup[]): (text: string) => string | null {
  const byKey = new Map<string, string | null>();
  for (const { id, name, shortName } of groups)
    for (const key of new Set([groupKey(name), groupKey(shortName)]))
      // Two groups of one key: neither is guessed.
      byKey.set(key, byKey.has(key) && byKey.get(key) !== id ? null : id);
  return remembered((text) => byKey.get(groupKey(text)) ?? null);
}

const ERRORS = /^#(?:ref|n\/a|value|name|div|null|num)/i;

export function readResidence(text: string): ReadResidence | null {
  const said = fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  if (/^(?:thuong tru|tt|kt1|kt2|co ho khau|ho khau)/.test(said)) return 'permanent';
  if (/\b(?:tro|thue phong|phong tro|nha tro)\b/.test(said)) return 'boarding';
  if (/^(?:tam tru|kt3|kt4|tam|ttr|thue)/.test(said)) return 'temporary';
  return null;
}

const monthDay = /^\d{4}-(\d{2})-(\d{2})$/;

/** A spreadsheet turns the house number 12/5 into a date; day and month say what it was. */
export function houseOfDate(text: string): string | null {
  const match = monthDay.exec(text);
  return match ? `${Number(match[2])}/${Number(match[1])}` : null;
}

interface Place {
  readonly groupId: string | null;
  readonly groupText: string;
  readonly lane: string | null;
  readonly houseNumber: string | null;
  readonly addressWritten: string | null;
}

type Tell = (fault: Fault, text: string) => void;

export interface ReadingContext {
  readonly columns: Columns;
  readonly groups: readonly KnownGroup[];
  /** The group of rows that name none. */
  readonly groupId: string | null;
}

function readHouse(text: string, tell: Tell): string | null {
  if (text === '') return null;
  const ofDate = houseOfDate(text);
  if (ofDate) tell('house-was-date', text);
  return tidyHouseNumber(
    ofDate ?? text.replace(/^(?:số nhà|số|sn|nhà)\s*[.:]?\s*(?=\d)/i, '').replace(/\.0$/, ''),
  );
}

function readPlace(
  cell: (field: Field) => string,
  row: TableRow,
  of: (text: string) => string | null,
  context: ReadingContext,
  tell: Tell,
): Place {
  const written = cell('address');
  if (namesOldUnit(written)) tell('old-unit', written);
  const parts = readAddress(written);
  const laneSection = row.sections.find((words) => !/^(?:to|tdp|thon|khu)/.test(fold(words)));
  const groupSection = row.sections.find((words) => /^(?:to|tdp|thon|khu)/.test(fold(words)));
  const laneText = cell('lane');
  const lane =
    laneText !== '' ? tidyLane(laneText) : (parts.lane ?? (laneSection ? tidyLane(laneSection) : null));
  const groupText = cell('group') || groupSection || '';
  const said = groupText === '' ? (parts.group === null ? null : of(parts.group)) : of(groupText);
  return {
    groupId: said ?? (groupText === '' ? context.groupId : null),
    groupText,
    lane,
    houseNumber: readHouse(cell('house'), tell) ?? parts.houseNumber,
    addressWritten: written === '' ? null : written,
  };
}

/** The first number that is one; a list of two is common ("0912…/0983…"). */
function readPhone(text: string, tell: Tell): string | null {
  if (text === '') return null;
  const pieces = text
    .split(/[/;,]|\s-\s/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  for (const piece of pieces) {
    const digits = piece.replace(/\D/g, '');
    // A spreadsheet that takes it for a number drops the nought in front.
    const zero = /^[1-9]\d{8,9}$/.test(digits) && !digits.startsWith('84') ? `0${digits}` : piece;
    const phone = e164Of(zero);
    if (!phone) continue;
    if (zero !== piece) tell('phone-zero', piece);
    else if (digits.length === 11 && digits.startsWith('01')) tell('phone-renewed', piece);
    if (pieces.length > 1) tell('two-phones', text);
    return phone;
  }
  tell('phone-unreadable', text);
  return null;
}

function readMembers(text: string, tell: Tell): number | null {
  if (text === '') return null;
  const match = /^(\d{1,2})(?:[.,]0)?(?:\s*(?:người|nk|khẩu|nhân khẩu|ng)\.?)?$/i.exec(nfc(text).trim());
  const count = match ? Number(match[1]) : 0;
  if (count >= 1 && count <= 40) return count;
  tell('members-unreadable', text);
  return null;
}

function readName(text: string, tell: Tell): string {
  const plain = nfc(text)
    .replace(/\s+/g, ' ')
    .replace(/^[\d.)\s-]+/, '')
    .replace(/[\s.,;*]+$/, '')
    .trim();
  const named = capitalised(plain);
  if (named !== plain) tell('name-capitals', text);
  if (!/^[\p{L}.'\- ]+(?:\s?\([^)]*\))?$/u.test(named) || !named.includes(' ')) tell('name-odd', text);
  return named;
}

const isHeadOfHousehold = (relation: string): boolean =>
  /^(?:chu ho|ch|chu|ban than)$/.test(fold(relation).trim());

/** Reads one row; null where it makes no household. */
function readRow(
  row: TableRow,
  of: (text: string) => string | null,
  context: ReadingContext,
  tell: Tell,
): HouseholdDraft | null {
  const cell = (field: Field): string => {
    const at = context.columns[field];
    return at === undefined ? '' : (row.cells[at] ?? '').trim();
  };
  const read = (['group', 'lane', 'house', 'address', 'head'] as const).map(cell);
  const broken = read.find((text) => ERRORS.test(text));
  if (broken !== undefined) return (tell('cell-error', broken), null);
  if (cell('head') === '')
    return (
      tell(
        'no-head',
        row.cells
          .filter((text) => text !== '')
          .join(' · ')
          .slice(0, 120),
      ),
      null
    );
  const place = readPlace(cell, row, of, context, tell);
  if (place.groupId === null)
    return (tell(place.groupText === '' ? 'no-group' : 'unknown-group', place.groupText), null);
  const headName = readName(cell('head'), tell).slice(0, 80);
  if (place.lane === null) tell('no-lane', place.addressWritten ?? '');
  if (place.houseNumber === null) tell('no-house', place.addressWritten ?? '');
  const residenceText = cell('residence');
  const residence = residenceText === '' ? 'permanent' : readResidence(residenceText);
  if (residence === null) tell('residence-unknown', residenceText);
  return {
    line: row.line,
    groupId: place.groupId,
    lane: place.lane?.slice(0, 80) ?? null,
    houseNumber: place.houseNumber?.slice(0, 40) ?? null,
    headName,
    residence: residence ?? 'permanent',
    members: readMembers(cell('members'), tell),
    phone: readPhone(cell('phone'), tell),
    addressWritten: place.addressWritten?.slice(0, 200) ?? null,
  };
}

export function readRows(rows: readonly TableRow[], context: ReadingContext): Reading {
  const of = groupFinder(context.groups);
  const drafts: HouseholdDraft[] = [];
  const problems: RowProblem[] = [];
  const { relation, head } = context.columns;
  let memberRows = 0;
  let hasHead = false;
  for (const row of rows) {
    const related = relation === undefined ? '' : (row.cells[relation] ?? '');
    if (
      relation !== undefined &&
      related !== '' &&
      !isHeadOfHousehold(related) &&
      (row.cells[head ?? -1] ?? '') !== ''
    ) {
      // A list of people: whoever is not the head belongs to the head above.
      memberRows += 1;
      const above = hasHead ? drafts.at(-1) : undefined;
      if (above) drafts[drafts.length - 1] = { ...above, members: (above.members ?? 1) + 1 };
      continue;
    }
    const draft = readRow(row, of, context, (fault, text) =>
      problems.push({ line: row.line, fault, text: text.slice(0, 120) }),
    );
    if (draft) drafts.push(draft);
    hasHead = draft !== null;
  }
  return { drafts, problems, memberRows };
}

/** What makes two rows one household: the group, the door and the head's name, however they are written. */
type Whom = Pick<HouseholdDraft, 'groupId' | 'lane' | 'houseNumber' | 'headName'>;

function keyMaker() {
  const place = remembered(addressKey);
  return (one: Whom): { readonly whole: string; readonly loose: string } => {
    const loose = `${one.groupId}|${nameKey(one.headName)}`;
    return { loose, whole: `${loose}|${place(one.lane ?? '')}|${place(one.houseNumber ?? '')}` };
  };
}

export const householdKey = (one: Whom): string => keyMaker()(one).whole;

export interface Registered {
  readonly groupId: string;
  readonly lane: string | null;
  readonly houseNumber: string | null;
  readonly headName: string;
}

/** Proposed, never decided: the row waits until a person says it is another household. */
export function proposeDuplicates(
  drafts: readonly HouseholdDraft[],
  registered: readonly Registered[],
): RowProblem[] {
  const firstLine = new Map<string, number>();
  const keysOf = keyMaker();
  const known = new Set<string>();
  const knownNames = new Set<string>();
  for (const one of registered) {
    const { whole, loose } = keysOf(one);
    known.add(whole);
    knownNames.add(loose);
  }
  const found: RowProblem[] = [];
  for (const draft of drafts) {
    const { whole: key, loose } = keysOf(draft);
    const other = firstLine.get(key);
    const text = [draft.headName, draft.houseNumber, draft.lane].filter((part) => part !== null).join(' · ');
    if (known.has(key)) found.push({ line: draft.line, fault: 'in-register', text });
    else if (other !== undefined) found.push({ line: draft.line, fault: 'twice-in-file', text, other });
    else if (knownNames.has(loose) && (draft.lane === null || draft.houseNumber === null))
      found.push({ line: draft.line, fault: 'similar-in-register', text });
    if (other === undefined) firstLine.set(key, draft.line);
  }
  return found;
}
