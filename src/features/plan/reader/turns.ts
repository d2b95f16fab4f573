/**
 * One sentence that speaks to several units: "…, ra quân thứ Bảy hằng tuần, Hội Phụ nữ phụ trách …, còn Tổ bảo vệ
 * tuần tra …". Cut where a new unit begins its own act, never inside a list of units that act together.
 */
import type { Clause } from './clauses.ts';
import type { Paper } from './paper-text.ts';
import { VERBS, startsWithUnit, startsWithVerb, subjectLength } from './units.ts';

const JOINT = /,(?!\d)\s*(?:(?:con|rieng|va)\s+)?|(?<![a-z])con\s+/g;
const ACT = new RegExp(`(?<![a-z])(?:${VERBS.replaceAll(' ', '\\s+')})(?![a-z])`);
/** A figure or a day before the joint ends what was said: there a unit in small letters may begin too. */
const FIGURED = /(?:\d[a-z\d%/.]*|tuan|thang|ngay|quy|nam|lan|luot|dem)\s*$/;

export function bySubject(paper: Paper, clause: Clause): Clause[] {
  const bare = paper.bare.slice(clause.start, clause.end);
  const flat = paper.flat.slice(clause.start, clause.end);
  const cuts: { to: number; from: number }[] = [];
  let depth = 0;
  let seen = 0;
  for (const joint of bare.matchAll(JOINT)) {
    for (; seen < joint.index; seen++) depth += bare[seen] === '(' ? 1 : bare[seen] === ')' ? -1 : 0;
    const from = joint.index + joint[0].length;
    const since = cuts.at(-1)?.from ?? 0;
    if (depth > 0 || joint.index - since < 12 || !begins(bare, flat, joint.index, from)) continue;
    if (opening(bare, since, joint.index)) continue;
    if (!acts(bare.slice(since, joint.index)) || listed(bare, flat, since, joint.index)) continue;
    cuts.push({ to: joint.index, from });
  }
  if (cuts.length === 0) return [clause];
  const starts = [0, ...cuts.map((cut) => cut.from)];
  return starts.map((from, at) => ({
    start: clause.start + from,
    end: clause.start + (cuts[at]?.to ?? bare.length),
    opens: at === 0 && clause.opens,
  }));
}

/** Whom a sentence asks has not acted yet. */
const ASKS = /^(?:kinh de nghi|de nghi|giao|phan cong|yeu cau)(?: (?:cho|nhiem vu cho))? +/;
/** What stands before a colon is the topic: "Ra quân: tuần đầu hằng tháng, các chi hội …" has acted nowhere yet. */
const acts = (words: string): boolean => {
  const bare = words
    .slice(words.lastIndexOf(':') + 1)
    .trimStart()
    .replace(ASKS, '');
  return startsWithVerb(bare) || ACT.test(bare);
};

const OPENING =
  /^(?:sau|truoc|khi|neu|de(?! nghi)|nham|can cu|tren co so|thuc hien|trong|nhan duoc|ket thuc|theo|ngoai|cung voi|ben canh|tiep tuc|doi voi|truong hop|tai|qua)(?![a-z])/;
/** "Sau khi tổ chức hội nghị, Hội Phụ nữ phát động …": the first comma only ends the opening. */
const opening = (bare: string, since: number, joint: number): boolean =>
  OPENING.test(bare.slice(since)) && bare.indexOf(',', since) === joint;

/** A unit and its own act stand right behind the joint. */
function begins(bare: string, flat: string, joint: number, from: number): boolean {
  const rest = bare.slice(from, from + 200);
  if (/^(?:moi|tung) /.test(rest)) return false;
  // "Đề nghị Huyện đoàn cử …, đề nghị Trung tâm Y tế tập huấn …": one request after the other.
  const asked = ASKS.exec(rest)?.[0].length ?? 0;
  if (asked > 0)
    return ASKS.test(bare) && startsWithUnit(rest.slice(asked), flat.slice(from + asked, from + asked + 160));
  const length = subjectLength(rest, flat.slice(from, from + 200));
  if (length < 4 || !startsWithVerb(rest.slice(length).trimStart())) return false;
  return /^\p{Lu}/u.test(flat.slice(from)) || FIGURED.test(bare.slice(Math.max(0, joint - 20), joint));
}

/** "phối hợp với Công an xã, Trạm Y tế kiểm tra": a unit's name runs up to the joint, so the list goes on. */
function listed(bare: string, flat: string, since: number, joint: number): boolean {
  let from = joint;
  // "các phòng, ban, Ủy ban nhân dân": short members of a list lead back to its first name.
  do from = Math.max(since, bare.lastIndexOf(',', from - 2) + 1);
  while (
    from > since &&
    /^\s*[a-z]+(?:\s+[a-z]+){0,2}\s*$/.test(bare.slice(from, joint).split(',')[0] ?? '')
  );
  const lower = (words: string, at: number): boolean =>
    [...words.matchAll(new RegExp(ACT, 'g'))].some((act) => /^\p{Ll}/u.test(flat.slice(at + act.index)));
  for (const word of bare.slice(from, joint).matchAll(/(?<![a-z])[a-z]/g)) {
    const at = from + word.index;
    const named = bare.slice(at, joint);
    if (!/^(?:\p{Lu}|các\s|những\s)/u.test(flat.slice(at, joint))) continue;
    if (startsWithUnit(named, flat.slice(at, joint)) && !lower(named, at) && !/\d/.test(named)) return true;
  }
  return false;
}
