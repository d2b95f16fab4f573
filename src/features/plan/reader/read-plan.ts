/**
 * Text → reading. Deterministic, without network or model: the frame is found, the body cut into blocks and a tree,
 * every clause read for figures, and what was drafted is given ids and the source's own offsets.
 */
import { activityOf, channelsIn } from './activity.ts';
import { attributesOf } from './attributes.ts';
import { questionsOf, linksOf } from './doubts.ts';
import type { Drafts, DutyDraft, ReportDraft, TargetDraft } from './drafts.ts';
import { type Frame, frameOf, secrecyOf } from './frame.ts';
import { pillarsOf, recipientsOf, segmentsOf, signerOf, sloganOf } from './furniture.ts';
import { type Node, outlineOf } from './outline.ts';
import { type Block, blocksOf } from './paper-blocks.ts';
import { type Paper, preparePaper } from './paper-text.ts';
import { periodOf } from './period.ts';
import type { Duty, NoPlan, Quote, Reading, Report, Target } from './reading.ts';
import { type Sense, factsOf, readBlock } from './statements.ts';
import { readTable } from './tables.ts';

export interface ReadOptions {
  /** Year of dates that leave it out; without it the paper's own. */
  year?: number;
  /** Any official paper, a directive too: what it obliges is read, and it is not refused for being no plan. */
  anyPaper?: boolean;
}

const refuse = (why: string): NoPlan => ({ code: 'plan.not-a-plan', why });

export function readPlan(source: string, options: ReadOptions = {}): Reading | NoPlan {
  const paper = preparePaper(source);
  if (paper.flat.trim().length < 40) return { code: 'plan.empty', why: 'Văn bản không có chữ để đọc.' };
  const secret = secrecyOf(paper);
  if (secret) return secret;
  const frame = frameOf(paper);
  if (frame.kind === 'other' && options.anyPaper !== true)
    return refuse(`Văn bản tự gọi là "${frame.title.slice(0, 60)}", không phải kế hoạch.`);
  const sense: Sense = {
    year: options.year ?? yearOf(paper, frame),
    events: eventsIn(paper, options.year ?? yearOf(paper, frame)),
    issuer: frame.issuer,
    issuedOn: frame.issuedOn,
  };
  const nodes = bodyOf(paper, frame);
  const period = periodOf(paper, frame, nodes, sense);
  // "chậm nhất 05 ngày sau khi kết thúc chiến dịch" counts from the campaign's own days.
  if (period)
    sense.events.push(
      { words: 'ket thuc', on: period.to, before: false },
      { words: 'ra quan', on: period.from, before: true },
      { words: 'phat dong', on: period.from, before: true },
    );
  if (!period) sense.events.push(...singleDay(paper, nodes, sense));
  const drafts = draftsOf(paper, nodes, sense);
  const verdict = noPlan(frame, nodes, drafts);
  if (verdict && options.anyPaper !== true) return verdict;
  return readingOf(paper, frame, nodes, drafts, sense, period);
}

/** The year a paper speaks of: of its title, else of its day, else the one its dates name most. */
function yearOf(paper: Paper, frame: Frame): number {
  const titled = /(?:năm|\/)\s*(20\d\d)/u.exec(frame.title)?.[1];
  if (frame.issuedOn !== null) {
    const issued = Number(frame.issuedOn.slice(0, 4));
    return titled !== undefined && Number(titled) === issued + 1 ? Number(titled) : issued;
  }
  if (titled !== undefined) return Number(titled);
  const tally = new Map<number, number>();
  for (const match of paper.calm.matchAll(/[/.-] ?((?:19|20)\d\d)(?!\d)|nam +((?:19|20)\d\d)(?!\d)/g)) {
    const year = Number(match[1] ?? match[2]);
    tally.set(year, (tally.get(year) ?? 0) + 1);
  }
  return [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 2025;
}

/** Days a paper gives for its event, so that "95 ngày trước ngày bầu cử" can be counted. */
function eventsIn(paper: Paper, year: number): Sense['events'] {
  const found: Sense['events'] = [];
  const event =
    /ngay +((?:bau cu|dai hoi|khai mac|khai giang|le|hoi thi|ra quan|phat dong|dien tap|hoi nghi|hoi(?= |$)|tong dieu tra)[a-z ]{0,30}?)(?:[ ,:(]|la|vao|duoc|an dinh|chu nhat|thu [a-z]+|ngay)* *(\d{1,2}) *(?:\/|thang) *(\d{1,2})(?: *(?:\/|nam) *(20\d\d))?/g;
  for (const match of paper.bare.matchAll(event)) {
    const on = `${match[4] ?? year}-${(match[3] ?? '').padStart(2, '0')}-${(match[2] ?? '').padStart(2, '0')}`;
    found.push({ words: (match[1] ?? '').replace(/\s+/g, ' ').trim(), on });
  }
  return found;
}

/** A paper about one day ("Chủ nhật ngày 11/6/2023" under its time heading): that day is the event others count from. */
function singleDay(paper: Paper, nodes: Node[], sense: Sense): Sense['events'] {
  const days = new Set<string>();
  for (const node of nodes) {
    if (node.role !== 'time' || node.block.cells) continue;
    const clause = { start: node.block.textStart, end: node.block.end, opens: true };
    for (const fact of factsOf(paper, clause, 'time', sense))
      if (fact.kind === 'end' && !fact.before) days.add(fact.date);
  }
  const [on] = days;
  return days.size === 1 && on !== undefined
    ? [
        'ngay hoi',
        'hoi thi',
        'ket thuc',
        'chuong trinh',
        'su kien',
        'ngay to chuc',
        'buoi le',
        'ngay le',
      ].map((words) => ({ words, on }))
    : [];
}

function bodyOf(paper: Paper, frame: Frame): Node[] {
  const ranges = [{ start: frame.bodyStart, end: frame.bodyEnd }, ...frame.annexes];
  const blocks: Block[] = blocksOf(paper).filter((block) =>
    ranges.some((range) => block.start >= range.start && block.start < range.end),
  );
  for (const block of blocks) {
    const range = ranges.find((one) => block.start >= one.start && block.start < one.end);
    if (range && block.end > range.end) block.end = range.end;
  }
  const nodes = outlineOf(
    paper,
    blocks.filter((block) => block.end > block.textStart),
  );
  attributesOf(paper, nodes);
  return nodes;
}

/** Before the first heading a paper tells why it was written, not what is to be done. */
function preambleEnd(nodes: Node[]): number {
  const first = nodes.findIndex((node) => node.block.rank < 90 || node.block.cells);
  if (first >= 0)
    return nodes[first]?.block.rank === 30 ? nodes.findIndex((node) => node.block.rank < 90) : first;
  return 0;
}

function draftsOf(paper: Paper, nodes: Node[], sense: Sense): Drafts {
  const into: Drafts = { targets: [], duties: [], reports: [], unread: [] };
  const from = preambleEnd(nodes);
  for (let at = from; at < nodes.length; at++) {
    const node = nodes[at];
    if (!node) continue;
    if (!node.block.cells) {
      readBlock(paper, node, sense, into);
      continue;
    }
    const rows: Block[] = [];
    while (nodes[at]?.block.cells) {
      const row = nodes[at]?.block;
      if (row) rows.push(row);
      at++;
    }
    at--;
    readTable(paper, rows, { owner: node.owner?.name ?? null, role: node.role }, sense, into);
  }
  return into;
}

function noPlan(frame: Frame, nodes: Node[], drafts: Drafts): NoPlan | null {
  const figured =
    drafts.targets.length +
    [...drafts.duties, ...drafts.reports].filter((one) => one.cadence ?? one.by ?? one.between).length;
  const owners = new Set(nodes.flatMap((node) => (node.owner ? [node.owner.name] : []))).size;
  const all = drafts.duties.length + drafts.reports.length + drafts.targets.length;
  if (frame.kind === 'plan')
    return all === 0
      ? refuse('Văn bản mang tên kế hoạch nhưng không giao việc hay chỉ tiêu nào đọc được.')
      : null;
  if (frame.kind === 'order')
    return owners >= 2 && all >= 4
      ? null
      : refuse('Văn bản không phải kế hoạch: không phân công việc cho các đơn vị.');
  if (frame.kind === 'letter')
    return owners >= 3 && all >= 5 && figured >= 2
      ? null
      : refuse('Đây là công văn, không phải kế hoạch: không phân công việc theo mục cho các đơn vị.');
  return owners >= 2 && all >= 4 && figured >= 1
    ? null
    : refuse(
        'Không thấy tên loại "Kế hoạch" và không thấy phần phân công nhiệm vụ: văn bản không phải kế hoạch.',
      );
}

// ---------------------------------------------------------------- giving it the contract's shape

function readingOf(
  paper: Paper,
  frame: Frame,
  nodes: Node[],
  drafts: Drafts,
  sense: Sense,
  period: ReturnType<typeof periodOf>,
): Reading {
  const quote = (place: { start: number; end: number }): Quote => ({
    start: paper.at[place.start] ?? 0,
    end: paper.at[place.end] ?? paper.source.length,
  });
  const targets = drafts.targets.map((draft, at) => targetOf(draft, at, quote));
  const duties = drafts.duties.map((draft, at) => dutyOf(draft, at, quote));
  const reports = drafts.reports.map((draft, at) => reportOf(draft, at, quote));
  return {
    source: paper.source,
    title: frame.title,
    issuer: frame.issuerKnown ? frame.issuer : null,
    number: frame.number,
    issuedOn: frame.issuedOn,
    period: period ? { from: period.from, to: period.to, quote: quote(period) } : null,
    slogan: sloganOf(paper, nodes, quote),
    segments: segmentsOf(paper, nodes),
    pillars: pillarsOf(paper, nodes, quote),
    targets,
    duties,
    reports,
    recipients: recipientsOf(paper, frame.bodyEnd),
    signer: signerOf(paper, frame.bodyEnd),
    unread: drafts.unread.map((draft) => ({ quote: quote(draft), why: draft.why, kind: draft.kind })),
    questions: questionsOf(drafts, { targets, duties, reports }, frame.issuer),
    links: linksOf(targets, duties),
  };
}

type Quoter = (place: { start: number; end: number }) => Quote;
const marked = (draft: TargetDraft | DutyDraft | ReportDraft, quote: Quoter): Target['marks'] =>
  draft.marks.map((mark) => ({ ...quote(mark), kind: mark.kind }));

function targetOf(draft: TargetDraft, at: number, quote: Quoter): Target {
  const { subject, measure, comparator, value, unit, per, by } = draft;
  const channels = per === null ? [] : channelsIn(draft.words);
  return {
    id: `target-${at + 1}`,
    subject,
    measure,
    comparator,
    value,
    unit,
    per,
    by,
    quote: quote(draft),
    marks: marked(draft, quote),
    ...(channels.length > 0 ? { channels } : {}),
  };
}

const GROUPS =
  /to dan pho|tdp|thon|khu pho|ap |xom|chi hoi|chi doan|to truong|khu dan cu|\blop\b|giao vien chu nhiem/;
function dutyOf(draft: DutyDraft, at: number, quote: Quoter): Duty {
  const named = channelsIn(draft.words);
  const channels = named.length > 0 || !draft.cadence?.per ? named : channelsIn(draft.context);
  const actor = draft.actor.name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase();
  return {
    id: `duty-${at + 1}`,
    actor: draft.actor.name,
    partners: draft.partners,
    activity: draft.phase ? 'phase' : activityOf(draft.words),
    channel: channels[0] ?? null,
    scope:
      GROUPS.test(actor) ||
      /moi (?:to|thon|khu|lop|chi)|tung (?:to|thon|khu)|cac to dan pho/.test(draft.words)
        ? 'group'
        : 'ward',
    cadence: draft.cadence,
    windows: draft.windows,
    between: draft.between,
    by: draft.by,
    standing: draft.between === null && draft.by === null && !/cao diem/.test(draft.words),
    quote: quote(draft),
    proposal: draft.actor.proposal,
    actorFrom: draft.actor.from,
    channels,
    time: draft.time,
    weekdays: draft.weekdays,
    dayOfMonth: draft.dayOfMonth,
    relative: draft.relative,
    marks: marked(draft, quote),
  };
}

function reportOf(draft: ReportDraft, at: number, quote: Quoter): Report {
  return {
    id: `report-${at + 1}`,
    from: draft.actor.name,
    to: draft.to,
    kind: draft.kind,
    cadence: draft.cadence,
    between: draft.between,
    before: draft.by !== null || draft.time !== null ? { time: draft.time, date: draft.by } : null,
    quote: quote(draft),
    proposal: draft.actor.proposal,
    actorFrom: draft.actor.from,
    weekdays: draft.weekdays,
    dayOfMonth: draft.dayOfMonth,
    relative: draft.relative,
    marks: marked(draft, quote),
  };
}
