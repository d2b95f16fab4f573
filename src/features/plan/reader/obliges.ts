/** Does a clause oblige somebody, or does it tell, pay, close and let meetings count? */
import type { Actor } from './drafts.ts';
import type { Clause } from './clauses.ts';
import type { Node } from './outline.ts';
import { RANK } from './paper-blocks.ts';
import { type Paper, bareRx } from './paper-text.ts';
import { startsWithVerb, subjectLength } from './units.ts';

/** "Kinh phí: 38 triệu đồng", "Từ nguồn ngân sách", "Dự toán …": where money comes from obliges nobody. */
const MONEY = bareRx(
  '^(?:du toan|tong |kinh phi|tu nguon|tu ngan sach|nguon |trich tu|trich |lay tu|su dung nguon|do ngan sach|theo |tu )',
  '',
);
/** "… phải có ít nhất 55 cử tri tham dự", "nghị quyết phải được trên một phần hai tán thành" let a meeting count. */
const QUORUM = bareRx(
  '(?:it nhat|tren|qua|toi thieu|hai phan ba|mot phan hai|nua)(?![a-z])[^.;]*(?:tham du|co mat|tan thanh|bieu quyet|dong y|trieu tap)(?: [a-z]+){0,3}$',
  '',
);
/** "Yêu cầu các đơn vị nghiêm túc thực hiện": the closing words of every paper. */
const ENDING = bareRx(
  '(?:nghiem tuc|khan truong|chu dong|nghiem chinh|tich cuc)(?:,? (?:va )?(?:nghiem tuc|khan truong|chu dong|quan triet|phoi hop))*,? (?:to chuc |trien khai |chap hanh )*thuc hien(?: tot| nghiem| co hieu qua| hieu qua)?(?: (?:cac )?(?:noi dung|nhiem vu)?(?: cua)? ?(?:ke hoach|phuong an|chuong trinh)?(?: nay| tren| da neu)?)?$',
  '',
);

/** "Phường có 18.420 nhân khẩu, 23 tổ dân phố": what is told of a place, and what follows from it. */
const TELLS_OF = bareRx(
  '^(?:toan |hien )?(?:xa|phuong|huyen|quan|tinh|thanh pho|thi tran|thi xa|dac khu|thon|ap|khu pho|to dan pho|cho|truong|don vi|co quan|benh vien|hoi|dang bo|chi bo|doan|dia ban|hop tac xa)(?! (?:phai|can))(?: [a-z-]+){0,5}? (?:hien )?co (?:tren |khoang |gan |tong so )?\\d',
  '',
);
export const tellsOnly = (bare: string): boolean =>
  TELLS_OF.test(bare) && !/phan dau|it nhat|toi thieu|tro len/.test(bare);

/** "2- Nâng cao nhận thức. …": the first words of a paragraph may only name what it is about. */
export function runsIn(paper: Paper, node: Node, clause: Clause, index: number, of: number): boolean {
  if (index > 0 || of < 2 || node.owner || node.block.rank >= RANK.dash || clause.end - clause.start > 60)
    return false;
  const words = paper.flat.slice(clause.start, clause.end);
  // "Rà soát quy chế. Cơ quan chủ trì: …" goes on to say by whom.
  if (
    /^[\s.]*(?:don vi|co quan|bo phan|chu tri|phoi hop|thoi gian|thoi han|han)(?![a-z])/.test(
      paper.bare.slice(clause.end, clause.end + 40),
    )
  )
    return false;
  return (
    /^\s*\.\s/.test(paper.flat.slice(clause.end)) &&
    !/\d/.test(words) &&
    subjectLength(paper.bare.slice(clause.start, clause.end), words) === 0
  );
}

const LINKS = bareRx(
  '^(?:dac biet|dong thoi|sau do|ngoai ra|qua do|tu do|trong do|ben canh do|cung voi do|tiep tuc|ket hop)[, ]',
  '',
);

/** Does a clause without figures oblige somebody? */
export function obliges(paper: Paper, node: Node, clause: Clause, index: number, own: Actor | null): boolean {
  const role = node.role;
  const bare = paper.bare.slice(clause.start, clause.end).replace(LINKS, '').trimStart();
  if (
    bare.length < 8 ||
    (node.heading &&
      (node.children.length > 0 || /:\s*$/.test(paper.flat.slice(clause.start, clause.end + 1))))
  )
    return false;
  if (
    role !== 'assignment' &&
    role !== 'tasks' &&
    role !== 'none' &&
    role !== 'reporting' &&
    role !== 'funding'
  )
    return false;
  if (node.heading && node.block.rank <= 4) return false;
  if (QUORUM.test(bare) || ENDING.test(bare)) return false;
  if (role === 'funding' && !node.owner && own === null)
    return !MONEY.test(bare) && startsWithVerb(bare) && clause.opens;
  const acts = startsWithVerb(bare) || own !== null || /^(?:can|phai|khong) /.test(bare);
  if (node.owner) return acts || (index === 0 && !/^(?:cac|nhung|viec|day la|truong hop|luu y)\b/.test(bare));
  if (own) return true;
  return (role === 'tasks' || role === 'assignment' || role === 'funding') && acts && clause.opens;
}
