// A member list as it is copied out of Zalo, held against the households of the group: by telephone, else by the name of
// the head. Only proposals; a person decides about every one. Pure, and nothing of the list is kept.
import { e164Of } from '#core/telephone.ts';
import { fold } from '#core/vietnamese.ts';

export interface Contact {
  readonly householdId: string;
  readonly headName: string;
  readonly phone: string | null;
  readonly lane: string;
  readonly house: string;
}

export interface Member {
  /** As it was written, without what Zalo adds. */
  readonly name: string;
  readonly phone: string | null;
}

export const FOUND_BY = ['phone', 'name'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

export interface Proposal {
  readonly member: Member;
  readonly candidates: readonly {
    readonly contact: Contact;
    readonly foundBy: FoundBy;
    /** Said to be the one before anybody looks: its telephone, or the only head of this whole name. */
    readonly sure: boolean;
  }[];
}

/** What Zalo writes beside a name, without marks: parts in the group, how somebody came in. */
const ADDED =
  /^(?:truong nhom|pho nhom|truong cong dong|pho cong dong|quan tri vien|ban|thanh vien|them boi .*|duoc moi boi .*|tham gia (?:qua|bang) .*|ket ban|nhan tin|\d+ thanh vien)$/;
const NUMBER = /(?:\+?84|0)[\d.\s()-]{8,14}\d/;

/** "Tổ 7 - Đào Thị Lành", "Lành Đào (TDP Đình Hạ 2)": a place in front, behind or in brackets is no part of a name. */
const bareName = (text: string): string =>
  text
    .replace(/\([^)]*\)/g, ' ')
    .replace(/^[\s\d.)•*-]+/, '')
    .split(/\s[-–|]\s|[,;\t]/)
    .map((part) => part.trim())
    .filter(
      (part) => part !== '' && !/^(?:tdp|tdp\b.*|to(?: dan pho)?\b.*|ngo\b.*|so nha\b.*)$/.test(fold(part)),
    )
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** One line a member; the same name and number twice is one. */
export function readMembers(text: string): Member[] {
  const seen = new Map<string, Member>();
  for (const line of text.normalize('NFC').split(/\r?\n/)) {
    const written = NUMBER.exec(line)?.[0] ?? null;
    const phone = written === null ? null : e164Of(written);
    const name = bareName(written === null || phone === null ? line : line.replace(written, ' '));
    if (phone === null && (name.length < 2 || ADDED.test(fold(name)))) continue;
    const key = phone ?? fold(name);
    if (!seen.has(key)) seen.set(key, { name, phone });
  }
  return [...seen.values()];
}

const syllables = (name: string): string[] =>
  fold(name)
    .split(/[^a-z]+/)
    .filter(Boolean);

/** Every syllable of a short name, in any order: Zalo turns names round ("Lành Đào"). */
const isPartOf = (short: readonly string[], whole: readonly string[]): boolean =>
  short.length >= 2 && short.every((one) => whole.includes(one));

export function proposeMatches(members: readonly Member[], contacts: readonly Contact[]): Proposal[] {
  const byPhone = Map.groupBy(
    contacts.filter(({ phone }) => phone !== null),
    ({ phone }) => phone,
  );
  const names = contacts.map((contact) => ({ contact, parts: syllables(contact.headName) }));
  return members.map((member) => {
    const called = (member.phone === null ? undefined : byPhone.get(member.phone)) ?? [];
    if (called.length > 0)
      return {
        member,
        candidates: called.map((contact) => ({
          contact,
          foundBy: 'phone' as const,
          sure: called.length === 1,
        })),
      };
    const own = syllables(member.name);
    const same = names.filter(({ parts }) => parts.join(' ') === own.join(' ') && own.length >= 2);
    const near = same.length > 0 ? same : names.filter(({ parts }) => isPartOf(own, parts));
    return {
      member,
      candidates: near
        .slice(0, MOST_CANDIDATES)
        .map(({ contact }) => ({ contact, foundBy: 'name' as const, sure: same.length === 1 })),
    };
  });
}

/** More people of one name than this are told apart at their doors, not from a list. */
const MOST_CANDIDATES = 6;
