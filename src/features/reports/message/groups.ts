/** Which of the ward's groups a message names, and where its part of the message begins. */
import { fold } from '#core/vietnamese.ts';
import type { Atom } from '#features/reports/message/atoms.ts';
import { foldedSameLength } from '#features/reports/message/atoms.ts';
import type { Known, Words } from '#features/reports/message/message.ts';

export interface Mention extends Words {
  readonly name: string;
  readonly groupId: string | null;
}

const PREFIX = String.raw`(?:to dan pho|t\.?d\.?p\.?|khu pho|to)`;
const NUMBERED = new RegExp(
  String.raw`(?<![a-z0-9]|hop )${PREFIX} *(?:so *)?(\d{1,3})(?![\d.,%/]*\d|\s*(?:ho|to|luot|lan|buoi|cuoc)(?![a-z]))`,
  'g',
);
const NAMED =
  /(?<![a-z0-9])(?:to dan pho|t\.?d\.?p\.?)\s+((?!so\s*\d)[a-z]+(?: [a-z]+){0,2}?(?: ?\d{1,2})?)(?=\s*(?:[:,.;\n(-]|$)|\s+(?:ngay|hom|bao|bc|sang|toi|kinh|di|tuyen|tt|gui)(?![a-z]))/g;

const bare = (name: string): string => fold(name).replace(/^(?:to dan pho|tdp|khu pho)\s+(?:so\s+)?/, '');

/** "tờ" and "to" (heavy, of rain) are not "tổ"; "tổ công tác" and "tổ em" name no group. */
const meansGroup = (text: string, start: number): boolean => {
  const typed = text.slice(start, start + 2).toLowerCase();
  if (!typed.startsWith('t') || !['to', 'tổ'].includes(typed)) return typed !== 'tờ';
  return typed === 'tổ' || !/\d\s*$/.test(text.slice(0, start));
};

function numbered(text: string, folded: string, known: Known): Mention[] {
  return [...folded.matchAll(NUMBERED)]
    .filter((found) => meansGroup(text, found.index))
    .map((found) => {
      const same = known.groups.filter(({ name }) => Number(bare(name)) === Number(found[1]));
      const end = found.index + found[0].length;
      return {
        name: text.slice(found.index, end),
        groupId: same.length === 1 ? (same[0]?.id ?? null) : null,
        start: found.index,
        end,
      };
    });
}

function byName(text: string, folded: string, known: Known): Mention[] {
  const names = known.groups
    .map(({ id, name }) => ({ id, name: bare(name) }))
    .filter(({ name }) => !/^\d+$/.test(name) && name.length > 1)
    .sort((a, b) => b.name.length - a.name.length);
  const found: Mention[] = [];
  for (const { id, name } of names) {
    const pattern = new RegExp(
      String.raw`(?<![a-z0-9])(?:${PREFIX} *)?(?:so +)?${name.replace(/[^a-z0-9]+/g, String.raw`\s*`)}(?![a-z0-9])`,
      'g',
    );
    for (const match of folded.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((one) => start < one.end && one.start < end)) continue;
      found.push({ name: text.slice(start, end), groupId: id, start, end });
    }
  }
  return found;
}

function unknown(text: string, folded: string, found: readonly Mention[]): Mention[] {
  return [...folded.matchAll(NAMED)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => !found.some((one) => start < one.end && one.start < end))
    .map(({ start, end }) => ({ name: text.slice(start, end), groupId: null, start, end }));
}

export function mentionsIn(text: string, known: Known): Mention[] {
  const folded = foldedSameLength(text);
  const named = byName(text, folded, known);
  const numbers = numbered(text, folded, known).filter(
    ({ start, end }) => !named.some((one) => start < one.end && one.start < end),
  );
  const sure = [...named, ...numbers];
  return [...sure, ...unknown(text, folded, sure)].sort((a, b) => a.start - b.start);
}

export interface Part extends Words {
  readonly mention: Mention | null;
}

const AMOUNTS: readonly Atom['kind'][] = ['number', 'fraction', 'pair'];

/** One part for each group that has something told of it; a group merely mentioned stays in the other's part. */
export function partsOf(text: string, mentions: readonly Mention[], atoms: readonly Atom[]): Part[] {
  const starts: Mention[] = [];
  for (const mention of mentions) {
    const last = starts.at(-1);
    if (last && last.groupId !== null && last.groupId === mention.groupId) continue;
    const next = mentions.find(({ start }) => start > mention.start)?.start ?? text.length;
    const told = atoms.some(
      ({ kind, start }) => AMOUNTS.includes(kind) && start >= mention.end && start < next,
    );
    const lineStart = /(?:^|\n)[\s\-+*•\d.)]*$/.test(text.slice(0, mention.start));
    if (!last || told || lineStart) starts.push(mention);
  }
  if (starts.length === 0) return [{ start: 0, end: text.length, mention: null }];
  return starts.map((mention, n) => ({
    mention,
    start: n === 0 ? 0 : mention.start,
    end: starts[n + 1]?.start ?? text.length,
  }));
}
