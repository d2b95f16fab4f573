/**
 * The tree of a paper: which heading stands over which words, what part each section plays, and to whom it is
 * addressed. Papers jump levels, lose headings and mix "1.", "2.1." and "a)", so a block is placed by comparing its
 * marker with the markers still open above it.
 */
import { type Block, RANK, isTitleLine } from './paper-blocks.ts';
import { type Paper, bareRx } from './paper-text.ts';
import { ASSIGN_RX, nameLength, startsWithUnit, startsWithVerb, subjectLength } from './units.ts';

export type Role =
  | 'situation'
  | 'purpose'
  | 'targets'
  | 'time'
  | 'content'
  | 'audience'
  | 'tasks'
  | 'assignment'
  | 'reporting'
  | 'funding'
  | 'none';

export interface Owner {
  /** As written, its place included: a name can be shown where it stands. */
  name: string;
  start: number;
  proposal: boolean;
}

export interface Node {
  block: Block;
  parent: Node | null;
  children: Node[];
  heading: boolean;
  /** Where the block's own words begin, behind an owner named in front of a colon. */
  bodyStart: number;
  role: Role;
  owner: Owner | null;
  partners: string[];
  /** Says something of its parent's task instead of being one. */
  attribute: 'unit' | 'partner' | 'time' | 'amount' | null;
  /** Its unit was named in a line of its own below it. */
  assigned: boolean;
}

const ROLES: [RegExp, Role][] = [
  [
    /che do (?:thong tin,? )?bao cao|thong tin,? bao cao|^(?:cong tac )?bao cao|so ket,? tong ket|thoi gian bao cao/,
    'reporting',
  ],
  // "NỘI DUNG, THỜI GIAN": what is to be done stands there, with its days.
  [
    /^(?:noi dung|nhiem vu|cong viec|hoat dong)(?: (?:cong viec|hoat dong|nhiem vu|thuc hien))?(?:,| va)(?: [a-z]+){0,3}?,? (?:va )?(?:thoi gian|dia diem|tien do|lo trinh|phan cong)/,
    'tasks',
  ],
  [/chi tieu|muc tieu(?! chung$)/, 'targets'],
  [/muc dich|yeu cau|quan diem|phuong cham|nguyen tac|y nghia/, 'purpose'],
  [
    /^(?:khai quat |danh gia |dac diem |mot so |ve )?(?:dat van de|ly do|hien trang|tinh hinh|thuc trang|can cu(?![a-z])|co so (?:phap ly|thuc tien)|su can thiet|ket qua|danh gia|ton tai|han che|nguyen nhan|dac diem|boi canh|khai quat|phan mo dau|mo dau)/,
    'situation',
  ],
  [/kinh phi|nguon luc tai chinh|du toan/, 'funding'],
  [/to chuc thuc hien|phan cong|trach nhiem|to chuc trien khai/, 'assignment'],
  [
    /^(?:mot so )?nhiem vu|noi dung$|giai phap|bien phap|hinh thuc|phuong phap|cach thuc|hoat dong|noi dung (?:thuc hien|cong viec|hoat dong|va (?:phan|giai|bien|hinh|nhiem|tien|ke))|noi dung,? (?:hinh|bien|giai|nhiem)|cong viec|tien do|lo trinh|quy trinh/,
    'tasks',
  ],
  [
    /noi dung (?:tuyen truyen|truyen thong|trong tam|co ban|chu yeu)|chu de|thong diep|khau hieu|noi dung$/,
    'content',
  ],
  [/thoi gian|thoi diem|dia diem/, 'time'],
  [/doi tuong|pham vi|thanh phan/, 'audience'],
];

export function roleOf(bareHeading: string): Role {
  const words = bareHeading.replace(/\s+/g, ' ').trim();
  const role = ROLES.find(([pattern]) => pattern.test(words))?.[1] ?? 'none';
  // "Rà soát đối tượng:", "Thống nhất thời gian, địa điểm:" are work, not sections.
  return /^(?:audience|time)$/.test(role) && startsWithVerb(words) ? 'none' : role;
}

const TOPIC =
  /^(?:cong tac|noi dung|hinh thuc|thoi gian|kinh phi|che do|ve |trong |muc |giai doan|dot |nhiem vu|dia diem|doi tuong|yeu cau|ket qua|tinh hinh|phuong|bien phap|giai phap|chi tieu|phan |can cu|quan diem|cac (?:hoat dong|bien phap|giai phap|noi dung|nhiem vu|chi tieu|hinh thuc|van ban|mo hinh|buoc)|nhung|mot so|hoat dong|thanh phan|lich|danh|tien do|lo trinh|du kien|vong |buoc |tuan |thang |quy |ngay |che |truyen thong|tuyen truyen|trach nhiem chung|ghi chu|luu y|khen thuong|so ket|tong ket|bao cao|to chuc thuc hien|truoc|sau|khi |neu |nhu sau|cu the|truong hop|voi |thong tin|ung dung|quy dinh|san pham|lan \d|luot \d|phien |ca \d|phan |khoi |so tuyen|kham |chu de|thong diep|khau hieu|phong (?:ngua|chong)|tai |tren |theo |hang |thu )/;
const ADDRESS =
  /^(?:trach nhiem (?:cua|thuc hien cua)?|nhiem vu (?:cua|doi voi)|doi voi|phan cong nhiem vu (?:cho|cua)|phan cong|giao(?! (?:vien|duc|thong))(?: nhiem vu)?(?: cho)?|de nghi|kinh de nghi|yeu cau|tai)[ \n]+(?=\S)/;

/** "Công an phường có trách nhiệm:", "Đề nghị các sở, ngành phối hợp:" name whom the lines below oblige, and no more. */
const TOLD_TO = bareRx(
  ',? (?:cung |can |tich cuc |tap trung |chu dong |nghiem tuc |quan tam ){0,2}(?:(?:phoi hop(?: chat che)?|co trach nhiem|co nhiem vu|chiu trach nhiem|chu tri|trien khai|to chuc|thuc hien(?: tot)?),? ?){1,3}(?:(?:cac |mot so |nhung )?(?:noi dung|nhiem vu|cong viec|viec))?(?: cu the| sau day| sau| nhu sau| duoi day){0,2}$',
  '',
);

/** The unit a heading names, with the place where its name begins in `flat`. */
export function ownerIn(
  paper: Paper,
  start: number,
  end: number,
  sure: boolean,
  alone = false,
): Owner | null {
  let from = start;
  let text = paper.bare.slice(from, end);
  const lead = ADDRESS.exec(text);
  const proposal = /^(?:kinh )?de nghi/.test(text);
  if (lead) {
    from += lead[0].length;
    text = paper.bare.slice(from, end);
  }
  const gap = /^[\s"'(]+/.exec(text)?.[0].length ?? 0;
  from += gap;
  text = paper.bare
    .slice(from, end)
    .replace(/[\s.:;,"'-]+$/, '')
    .replace(TOLD_TO, '');
  const flat = paper.flat.slice(from, from + text.length);
  if (text.length < 2 || text.length > 230) return null;
  const known = startsWithUnit(text, flat);
  if (
    !known &&
    (!sure || startsWithVerb(text) || TOPIC.test(text) || text.length > 90 || /[\d%]{3}/.test(text))
  )
    return null;
  // "Công an phường tiến hành …" is a sentence with a subject, no heading.
  const subject = known ? subjectLength(text, flat) : 0;
  // "2. Đội bắt giữ", "5.2. Trung tâm Dịch vụ tổng hợp": alone under its number a verb without an object ends a name.
  if (subject > 0 && !(alone && text.length <= 60 && text.slice(subject).trim().split(/\s+/).length <= 2))
    return null;
  const name = flat
    .replace(/\s*\([^)]*\)\s*$/u, '')
    .replace(/[*\s]+/gu, ' ')
    .trim();
  return name.length < 2 ? null : { name, start: from, proposal };
}

function colonOf(paper: Paper, node: Node): number {
  const text = paper.bare.slice(node.block.textStart, node.block.end);
  let depth = 0;
  for (let at = 0; at < Math.min(text.length, 260); at++) {
    const unit = text[at];
    if (unit === '(') depth++;
    else if (unit === ')') depth--;
    else if (unit === ':' && depth <= 0 && !/\d/.test(text[at + 1] ?? ' ')) return node.block.textStart + at;
    else if (unit === '.' && depth <= 0 && at < text.length - 1 && /\s/.test(text[at + 1] ?? '')) return -1;
  }
  return -1;
}

/** "a) Tuyên truyền về …:" has a body; "2. Phòng Văn hóa - Xã hội" and "V. KINH PHÍ" have none and are headings. */
function looksLikeHeading(paper: Paper, node: Node): boolean {
  const { block } = node;
  if (block.cells) return false;
  const flat = paper.flat.slice(block.textStart, block.end).replace(/[*\s]+$/u, '');
  // "VI. Đề nghị Hội Cựu chiến binh giám sát …; Hội Phụ nữ thăm hỏi ….": a Roman number before a sentence.
  const sentence = /[.;]$/.test(flat) && node.children.length === 0 && !isTitleLine(flat);
  if (block.rank <= RANK.roman) return flat.length <= 250 && !(sentence && flat.length > 60);
  if (/[:]$/.test(flat)) return flat.length <= 260;
  const listed = node.children.some((child) => child.block.rank < RANK.none);
  if (/[.;,]$|\.\/\.$/.test(flat) && !(block.rank < RANK.point && flat.length < 90 && listed)) return false;
  if (isTitleLine(flat)) return true;
  return node.children.length > 0 && flat.length <= 160;
}

const SECTION =
  /^(?:mot so |cac |ve )?(?:muc dich|chi tieu|muc tieu|noi dung|nhiem vu|giai phap|to chuc thuc hien|phan cong|thoi gian|doi tuong|kinh phi|che do|thong tin,? bao cao|bao cao$|yeu cau|bien phap|hinh thuc|trach nhiem|tien do)/;

/**
 * Rank of a heading that lost its number: a section's name in capitals or alone on its line, a unit alone on its line.
 * Null for words that are no heading.
 */
function lostRank(paper: Paper, block: Block): number | null {
  if (block.rank !== RANK.none || block.cells) return null;
  const flat = paper.flat.slice(block.start, block.end).replace(/[*\s]+$/u, '');
  if (flat.length > 130 || /[.;,!?]$/.test(flat) || flat.includes('\n')) return null;
  const bare = paper.bare.slice(block.start, block.end);
  if (
    SECTION.test(bare) &&
    (isTitleLine(flat) || (flat.length <= 50 && !/\d/.test(flat) && !/:./.test(flat)))
  )
    return RANK.roman + 1;
  return ownerIn(paper, block.start, block.end, false) ? RANK.point - 1 : null;
}

export function outlineOf(paper: Paper, blocks: Block[]): Node[] {
  const nodes: Node[] = [];
  const open: Node[] = [];
  // The lines of the title may name units and tasks too: headings are looked for behind the first sentence.
  let begun = false;
  // "* Mục tiêu", "* Báo cáo": a paper that begins with stars has them for its sections.
  const starred = blocks.find((block) => block.rank < RANK.none)?.marker === '*';
  for (const [at, block] of blocks.entries()) {
    if (begun && at < blocks.length - 1) block.rank = lostRank(paper, block) ?? block.rank;
    if (starred && block.marker === '*') block.rank = RANK.roman + 1;
    begun ||= block.rank < RANK.none || /[.:;]\s*$/.test(paper.flat.slice(block.start, block.end));
    const rank = block.rank;
    if (rank === RANK.none) {
      // A plain paragraph belongs to the nearest heading, not to the bullet before it.
      while (open.length > 0 && (open.at(-1)?.block.rank ?? 0) >= RANK.dash - 2) open.pop();
      const last = open.at(-1);
      // Behind "a) …" with words of its own, it belongs to what stands over it.
      if (
        last &&
        last.block.rank >= RANK.point &&
        /[.;]\s*$/.test(paper.flat.slice(last.block.start, last.block.end))
      )
        open.pop();
    } else {
      const same = open.findIndex((node) => node.block.rank === rank);
      if (same >= 0) open.length = same;
      else while (open.length > 0 && (open.at(-1)?.block.rank ?? 0) >= rank) open.pop();
    }
    const parent = open.at(-1) ?? null;
    const node: Node = {
      block,
      parent,
      children: [],
      heading: false,
      bodyStart: block.textStart,
      role: 'none',
      owner: null,
      partners: [],
      attribute: null,
      assigned: false,
    };
    parent?.children.push(node);
    nodes.push(node);
    if (rank !== RANK.none) open.push(node);
  }
  for (const node of nodes) addressNode(paper, node);
  return nodes;
}

const INHERITS: Role[] = ['none'];
/** Role and owner of a node, from its own words or from what stands over it. */
function addressNode(paper: Paper, node: Node): void {
  const { block, parent } = node;
  const above = parent?.role ?? 'none';
  node.role = above;
  node.owner = parent?.owner ?? null;
  if (block.cells) return;
  node.heading = looksLikeHeading(paper, node);
  const sure = above === 'assignment' && block.rank < RANK.dash && node.heading;
  const colon = colonOf(paper, node);
  const headEnd = node.heading ? block.end : colon;
  if (headEnd > 0) {
    const words = paper.bare.slice(block.textStart, headEnd);
    const own = roleOf(words);
    const owner =
      block.rank <= RANK.roman && own !== 'none'
        ? null
        : ownerIn(
            paper,
            block.textStart,
            headEnd,
            sure || (colon > 0 && above === 'assignment'),
            node.heading && colon < 0 && block.rank < RANK.dash,
          );
    // "Các Sở: Y tế, Nội vụ …": the colon stands inside the name.
    const listed =
      /^(?:- *)?cac (?:so|phong|ban|nganh|hoi|doan the|truong)(?:,? (?:va )?[a-z]+){0,2}$/.test(
        words.trim(),
      ) && !node.heading;
    if (owner && !listed && !/^(?:che do|thoi gian|kinh phi)/.test(words)) {
      node.owner = owner;
      if (INHERITS.includes(node.role) || node.role === 'purpose') node.role = 'assignment';
      if (!node.heading) node.bodyStart = colon + 1;
    } else if (node.heading) {
      if (own !== 'none') {
        // "b) Thời gian thực hiện" under an owner still belongs to that owner.
        node.role = own;
        if (block.rank <= RANK.roman || (own !== 'reporting' && block.rank < RANK.point && !node.owner))
          node.owner = null;
      }
    } else if (colon > 0 && own !== 'none' && colon - block.textStart < 60) node.role = own;
    if (node.heading && node.owner === (parent?.owner ?? null)) introduced(paper, node, headEnd);
    if (owner?.proposal !== true) bracketOwner(paper, node, headEnd);
  }
}

/** "1. Thôn đội trưởng báo cáo tình hình về UBND xã:" stands over its lines as their subject. */
function introduced(paper: Paper, node: Node, headEnd: number): void {
  if (!/:\s*$/.test(paper.flat.slice(node.block.textStart, headEnd))) return;
  const bare = paper.bare.slice(node.block.textStart, headEnd);
  const flat = paper.flat.slice(node.block.textStart, headEnd);
  const length = /^(?:moi|tung) /.test(bare) ? 0 : subjectLength(bare, flat);
  if (length >= 4)
    node.owner = {
      name: flat
        .slice(0, length)
        .replace(/[*\s]+/gu, ' ')
        .trim(),
      start: node.block.textStart,
      proposal: false,
    };
}

/** "4. Các trường mầm non (Ban giám hiệu chủ trì; giáo viên chủ nhiệm phối hợp)": partners in brackets. */
function bracketOwner(paper: Paper, node: Node, headEnd: number): void {
  const words = paper.flat.slice(node.block.textStart, headEnd);
  const bracket = /\(([^()]{4,160})\)\s*:?\s*$/u.exec(words)?.[1];
  if (!bracket) return;
  for (const part of bracket.split(';')) {
    const said = /^\s*(.+?)\s+phối hợp\s*$/iu.exec(part)?.[1];
    if (said) node.partners.push(said.trim());
  }
}

export { ASSIGN_RX, nameLength };
