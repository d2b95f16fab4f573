/** Targets of a clause: shares of a whole, and in a section of targets every counted figure. */
import { tidyName } from './actors.ts';
import type { Clause } from './clauses.ts';
import { type Drafts, marksOf } from './drafts.ts';
import type { Fact } from './facts.ts';
import type { Role } from './outline.ts';
import type { Paper } from './paper-text.ts';
import { around } from './quoting.ts';
import { subjectLength } from './units.ts';

const VOID_PERCENT =
  /(?:noi nao|neu|truong hop|bao gio) (?:[a-z]+ ){0,4}co|lai suat|nong do|do am|hoc phi|phu cap|tro cap|muc luong|bao hiem|khi (?:co|dat)|giam gia|khuyen mai|loi nhuan|hoa hong/;
export function readPercents(paper: Paper, clause: Clause, facts: Fact[], role: Role, into: Drafts): void {
  const text = paper.bare.slice(clause.start, clause.end);
  const end = facts.find((fact) => fact.kind === 'end');
  for (const fact of facts) {
    if (fact.kind !== 'percent') continue;
    const before = text.slice(Math.max(0, fact.start - 45), fact.start);
    // More than half of those entitled is a quorum.
    const quorum =
      fact.value === 50 &&
      /^ ?(?:so )?(?:cu tri|thanh vien|dai bieu|uy vien|dang vien|hoi vien|tong so)/.test(
        text.slice(fact.end),
      ) &&
      /tham (?:gia|du)|co mat|bieu quyet|tan thanh|dong y/.test(text.slice(fact.end, fact.end + 90));
    // A result is told to the decimal, a target is set with a word: "đạt", "giảm", "trên".
    const told =
      !Number.isInteger(fact.value) &&
      fact.comparator === '=' &&
      !/(?:dat|giam|tang|duoi|tren|phan dau|bang)(?![a-z])/.test(
        text.slice(Math.max(0, fact.start - 30), fact.start),
      );
    // "bằng 4,5% mức lương cơ sở" is a rate.
    const rate =
      /(?:bang|muc|tuong duong|tinh|la|huong|dong)(?: khoang)? *$/.test(before) &&
      /^ (?:cua )?(?:muc |tong )?(?:luong|gia|phi|thue|hoc phi|muc dong|phu cap|menh gia|lai|muc phat|von dieu le)(?![a-z])/.test(
        text.slice(fact.end),
      );
    if (told || quorum || rate || VOID_PERCENT.test(before) || /^ len\b/.test(text.slice(fact.end))) continue;
    const after = text.slice(fact.end, fact.end + 160);
    const from = fact.end + (/^[\s]*/.exec(after)?.[0].length ?? 0);
    const rest = text.slice(from);
    const flat = paper.flat.slice(clause.start + from, clause.end);
    const long = subjectLength(`cac ${rest}`, `các ${flat}`);
    const stop =
      /[,.;:()]| (?:duoc|co|dat|thuc hien|ky|tham gia|su dung|phai|biet|nam|dang ky|bao dam|dam bao|to chuc|pho bien|trong|hoan thanh|phan loai|khong|chap hanh|nop|tiep can)(?![a-z])/.exec(
        rest,
      )?.index;
    const length = Math.min(long > 4 ? long - 4 : rest.length, stop ?? rest.length, 90);
    const near = text.slice(Math.max(0, fact.start - 40), fact.start);
    const by =
      role === 'targets' &&
      end &&
      /(?:den|truoc|het|trong|cham nhat)/.test(text.slice(Math.max(0, end.start - 4), end.end))
        ? end.date
        : null;
    into.targets.push({
      subject: tidyName(flat.slice(0, length)),
      words: text,
      measure: measureOf(text, near),
      comparator: /giam/.test(near) && fact.comparator === '=' ? '>=' : fact.comparator,
      value: fact.value,
      unit: 'percent',
      per: null,
      by,
      ...around(clause, [fact]),
      marks: marksOf([fact], clause.start),
    });
  }
}

function measureOf(text: string, near: string): string {
  if (/giam/.test(near)) return 'reduced';
  if (/tang(?! truong)/.test(near)) return 'increased';
  if (/cam ket|giao uoc/.test(text)) return 'pledged';
  if (/tiep nhan|giai quyet|xu ly/.test(text)) return 'handled';
  if (/tiep can|tuyen truyen|pho bien|quan triet|thong tin/.test(text)) return 'reached';
  return 'met';
}

/** In a section of targets a counted figure is a target; the rest is left to become duties. */
export function readTargets(paper: Paper, clause: Clause, facts: Fact[], into: Drafts): Fact[] {
  const left: Fact[] = [];
  for (const fact of facts) {
    if (fact.kind !== 'count' && fact.kind !== 'cadence') {
      if (!(fact.kind === 'end' && into.targets.at(-1)?.by === fact.date)) left.push(fact);
      continue;
    }
    const counted = fact.kind === 'count';
    into.targets.push({
      subject: tidyName(paper.flat.slice(clause.start, clause.start + Math.min(fact.start, 90))),
      words: paper.bare.slice(clause.start, clause.end),
      measure: measureOf(paper.bare.slice(clause.start, clause.end), ''),
      comparator: counted ? fact.comparator : '>=',
      value: fact.count,
      unit: nounAsWritten(paper, clause, fact),
      per: counted ? null : fact.per,
      by: null,
      ...around(clause, [fact]),
      marks: marksOf([fact], clause.start),
    });
  }
  return left;
}

function nounAsWritten(paper: Paper, clause: Clause, fact: Fact & { noun: string }): string {
  const at = paper.bare
    .slice(clause.start + fact.start, clause.start + fact.end)
    .lastIndexOf(fact.noun.split(' ')[0] ?? '');
  if (fact.noun === '' || at < 0) return 'lần';
  return tidyName(
    paper.flat.slice(clause.start + fact.start + at, clause.start + fact.start + at + fact.noun.length),
  );
}
