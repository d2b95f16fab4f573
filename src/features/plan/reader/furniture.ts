/** What stands around the duties: slogan, audience, content pillars, recipients and signer. */
import { clausesOf } from './clauses.ts';
import type { Node } from './outline.ts';
import { type Paper, bareRx } from './paper-text.ts';
import type { Quote, Quoted, Reading } from './reading.ts';

type Quoter = (place: { start: number; end: number }) => Quote;
const LIMIT = 560;

export function pillarsOf(paper: Paper, nodes: Node[], quote: Quoter): Quoted[] {
  return nodes
    .filter(
      (node) =>
        node.role === 'content' &&
        !node.heading &&
        !node.block.cells &&
        node.block.rank >= 6 &&
        node.block.rank < 90 &&
        !node.owner,
    )
    .map((node) => ({
      start: node.block.textStart,
      end: Math.min(node.block.end, node.block.textStart + LIMIT),
    }))
    .filter((place) => place.end - place.start > 8)
    .map((place) => ({
      text: paper.flat
        .slice(place.start, place.end)
        .replace(/[\s;.]+$/u, '')
        .replace(/\s+/gu, ' '),
      quote: quote(place),
    }));
}

const ENUMERATOR = /⁽?[¹²³⁴⁵⁶⁷⁸⁹]⁾?\s*|\((\d)\)\s*/gu;
/** A slogan such as “5 không, 2 phải”: its name, and the enumerated rules that explain it. */
export function sloganOf(paper: Paper, nodes: Node[], quote: Quoter): Reading['slogan'] {
  const named = bareRx('(?:khau hieu|thong diep|phuong cham)(?: [a-z]+){0,4}:? ?"([^"\\n]{3,120})"').exec(
    paper.bare,
  );
  if (!named?.[1]) return null;
  const at = named.index + named[0].lastIndexOf(named[1]);
  const name = paper.flat
    .slice(at, at + named[1].length)
    .replace(/\s+/g, ' ')
    .trim();
  const items: Quoted[] = [];
  for (const node of nodes) {
    if (node.block.start < named.index || node.block.start > named.index + 4000 || node.block.cells) continue;
    const text = paper.flat.slice(node.block.textStart, node.block.end);
    const marks = [...text.matchAll(ENUMERATOR)];
    if (marks.length < 2 || !/^\s*["“]?\d+\s|là\s*:/u.test(text)) continue;
    marks.forEach((mark, index) => {
      const start = mark.index + mark[0].length;
      const stop = marks[index + 1]?.index ?? text.length;
      const words = text.slice(start, Math.min(stop, start + LIMIT)).replace(/[\s;.,]+$/u, '');
      if (words.trim() === '') return;
      const place = { start: node.block.textStart + start, end: node.block.textStart + start + words.length };
      items.push({ text: words.replace(/\s+/g, ' '), quote: quote(place) });
    });
  }
  return { name, items };
}

const LEAD = /^doi tuong(?: tuyen truyen| thuc hien| tham gia)? *:? */;
/** The kinds of people addressed: "Đối tượng: Cán bộ, đảng viên, …". */
export function segmentsOf(paper: Paper, nodes: Node[]): string[] {
  for (const node of nodes) {
    const bare = paper.bare.slice(node.block.textStart, node.block.end);
    const lead = LEAD.exec(bare);
    if (!lead || node.block.cells) continue;
    const own = !node.heading && lead[0].length < bare.length - 4;
    const first = node.children[0]?.block;
    const below = first ? (LEAD.exec(paper.bare.slice(first.textStart, first.end))?.[0].length ?? 0) : 0;
    const place = own
      ? { start: node.block.textStart + lead[0].length, end: node.block.end }
      : first && { start: first.textStart + below, end: first.end };
    if (!place) continue;
    const clause = clausesOf(paper, place.start, place.end)[0];
    if (!clause) continue;
    return paper.flat
      .slice(clause.start, clause.end)
      .split(/\s*[,;]\s*|\s+và\s+/u)
      .map((part) =>
        part
          .replace(/\s+/g, ' ')
          .replace(/\s+trên địa bàn.*$/iu, '')
          .trim(),
      )
      .filter((part) => part.length > 1 && part.length < 80);
  }
  return [];
}

export function recipientsOf(paper: Paper, from: number): string[] {
  const tail = paper.flat.slice(from, from + 2500);
  if (!/nơi nhận/iu.test(tail.slice(0, 80))) return [];
  return tail
    .split('\n')
    .slice(1)
    .map(
      (line) =>
        /^\s*[-–+•]\s*(.+)$/u
          .exec(line.split(/\s{3,}|\s\|\s?|\t/)[0] ?? '')?.[1]
          ?.replace(/[\s;.,]+$/u, '') ?? '',
    )
    .filter((line) => line.length > 1)
    .slice(0, 40);
}

const CAPACITY = /^(?:TM\.|T\/M|KT\.|TL\.|TUQ\.|Q\.)/u;
const TITLES =
  /^(?:(?:PHÓ )?(?:CHỦ TỊCH|HIỆU TRƯỞNG|GIÁM ĐỐC|TRƯỞNG|BÍ THƯ|TRẠM TRƯỞNG|CHỦ NHIỆM|TỔ TRƯỞNG|CHÁNH|VIỆN TRƯỞNG|CỤC TRƯỞNG|TỔNG GIÁM ĐỐC|THỦ TRƯỞNG|CHỈ HUY TRƯỞNG|CHÍNH TRỊ VIÊN|CHI HỘI TRƯỞNG)|CHỈ HUY PHÓ|TRƯỞNG BAN|ĐỘI TRƯỞNG)/u;
export function signerOf(paper: Paper, from: number): Reading['signer'] {
  const cells = paper.flat
    .slice(Math.max(0, from - 40), from + 2600)
    .split('\n')
    .flatMap((line) => line.split(/\s{3,}|\s*\|\s*|\t+/))
    .map((cell) =>
      cell
        .replace(/[*_]+/g, '')
        .replace(/^Nơi nhận\s*:?/iu, '')
        .trim(),
    )
    .filter((cell) => cell !== '');
  const capacity = cells.find((cell) => CAPACITY.test(cell)) ?? null;
  const titles = cells.filter((cell) => TITLES.test(cell));
  const title = titles.at(-1) ?? null;
  if (!capacity && !title) return null;
  const after = cells.slice(cells.lastIndexOf(title ?? capacity ?? '') + 1);
  const name =
    after.find((cell) =>
      /^(?:(?:BS|ThS|TS|PGS|GS|CK[I1]+|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý))\.?\s*){0,3}(?:\p{Lu}\p{Ll}+\s+){1,5}\p{Lu}\p{Ll}+(?:\s*\(.*\))?$/u.test(
        cell,
      ),
    ) ?? null;
  return { capacity, title, name: name?.replace(/\s*\(.*\)$/u, '') ?? null };
}
