/** Turns the clauses of one block into targets, duties, reports and what was not understood. */
import { actorOf, doneBy, partActor, partnersOf, splitUnits, tidyName } from './actors.ts';
import { LABELS } from './attributes.ts';
import { takeCadences, takeMeasures, takePercents } from './amounts.ts';
import { takeCounts } from './counts.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { type DateSense, takeDates, takeTimes } from './dates.ts';
import { addDays } from './spans.ts';
import { type Actor, type Drafts, type Slot, marksOf, slotsOf } from './drafts.ts';
import { type Fact, Stretch, raiseNumberWords } from './facts.ts';
import type { Node, Role } from './outline.ts';
import { type Paper, bareRx } from './paper-text.ts';
import { obliges, runsIn, tellsOnly } from './obliges.ts';
import { QUOTE_LIMIT, around } from './quoting.ts';
import type { Weekday } from './reading.ts';
import { blankResults } from './results.ts';
import { readPercents, readTargets } from './targets.ts';
import { isReport, reportKindOf, reportReceiver, takeReportPeriods } from './reporting.ts';
import { bySubject } from './turns.ts';
import { startsWithVerb, subjectLength } from './units.ts';

export interface Sense extends DateSense {
  issuer: string;
  issuedOn: string | null;
}

export function factsOf(paper: Paper, clause: Clause, role: Role, sense: Sense, reports = false): Fact[] {
  const flat = paper.flat.slice(clause.start, clause.end);
  const stretch = new Stretch(
    raiseNumberWords(
      blankResults(paper.calm.slice(clause.start, clause.end), flat, sense.year, role === 'targets'),
      flat,
    ),
  );
  takeDates(stretch, sense);
  takeTimes(stretch);
  takePercents(stretch);
  takeCadences(stretch, flat);
  if (reports || role === 'reporting' || isReport(paper.bare.slice(clause.start, clause.end)))
    takeReportPeriods(stretch, flat);
  if (role === 'targets') takeMeasures(stretch);
  if (role !== 'time' && role !== 'audience' && role !== 'funding') takeCounts(stretch, flat);
  const past = (fact: Fact): boolean =>
    fact.kind === 'end' && sense.issuedOn !== null && fact.date < addDays(sense.issuedOn, -15);
  return stretch.facts.filter((fact) => !past(fact)).sort((a, b) => a.start - b.start);
}

interface Carried {
  actor: Actor | null;
  /** The clause before, in the same sentence, was a report: "hằng quý trước ngày 18" goes on with it. */
  report: boolean;
}

export function readBlock(paper: Paper, node: Node, sense: Sense, into: Drafts): void {
  const role = node.role;
  if (role === 'situation' || node.attribute === 'unit' || node.attribute === 'partner') return;
  if (node.assigned && node.heading) {
    addTask(paper, node, sense, into);
    return;
  }
  if (node.attribute !== null) return;
  const start = node.bodyStart;
  const carried: Carried = { actor: standingOver(node), report: false };
  clausesOf(paper, start, node.block.end)
    .flatMap((clause) => bySubject(paper, clause))
    .forEach((clause, index, all) => {
      if (runsIn(paper, node, clause, index, all.length)) return;
      const told = node.owner || carried.actor ? null : toldLast(paper, all, index);
      readClause(paper, node, clause, index, { carried, told }, sense, into);
    });
}

/** "Khảo sát … trước 30/11; bàn giao …, do Tổ khảo sát thực hiện": named at the end of the sentence, it owes all of it. */
function toldLast(paper: Paper, clauses: readonly Clause[], index: number): Actor | null {
  for (let at = index + 1; ; at++) {
    const next = clauses[at];
    if (!next || next.opens) return null;
    const told = doneBy(paper, next);
    if (told) return told;
  }
}

/** The owner a clause falls back to: its heading's, or the subject of the block that introduces it. */
export function standingOver(node: Node): Actor | null {
  if (node.owner) return { name: node.owner.name, from: 'heading', proposal: node.owner.proposal };
  return null;
}

/** A task told by a heading and its attribute lines: one duty, its figures from "Thời gian:" and "Số lượng:". */
function addTask(paper: Paper, node: Node, sense: Sense, into: Drafts): void {
  const actor: Actor = { name: node.owner?.name ?? sense.issuer, from: 'attribute', proposal: false };
  const before = into.duties.length + into.reports.length;
  for (const child of [node, ...node.children]) {
    if (child !== node && child.attribute !== 'time' && child.attribute !== 'amount') continue;
    const clause = { start: child.block.textStart, end: child.block.end, opens: true };
    const facts = factsOf(paper, clause, child.attribute === 'time' ? 'time' : 'tasks', sense);
    const slots = slotsOf(facts);
    const whole = {
      ...clause,
      start: clause.end - node.block.textStart <= QUOTE_LIMIT ? node.block.textStart : clause.start,
    };
    const moved = slots.map((slot) => shifted(slot, clause.start - whole.start));
    moved.forEach((slot, at) => {
      addSlot({ paper, node, clause: whole, actor, slot, slots: moved, at, goesOn: false, into });
    });
  }
  if (into.duties.length + into.reports.length === before)
    addPlain(paper, node, { start: node.block.textStart, end: node.block.end, opens: true }, actor, into);
}

function shifted(slot: Slot, by: number): Slot {
  const move = <F extends Fact>(fact: F): F => ({ ...fact, start: fact.start + by, end: fact.end + by });
  return {
    rhythm: slot.rhythm && move(slot.rhythm),
    end: slot.end && move(slot.end),
    window: slot.window && move(slot.window),
    time: slot.time && move(slot.time),
    relative: slot.relative && move(slot.relative),
    hours: slot.hours,
    facts: slot.facts.map(move),
  };
}

const FIGURED: Role[] = ['tasks', 'assignment', 'reporting', 'none', 'targets', 'purpose', 'time', 'content'];

function readClause(
  paper: Paper,
  node: Node,
  clause: Clause,
  index: number,
  { carried, told }: { readonly carried: Carried; readonly told: Actor | null },
  sense: Sense,
  into: Drafts,
): void {
  const role = node.role;
  const bare = paper.bare.slice(clause.start, clause.end);
  if (/^(?:tren day la|ke hoach nay|noi nhan|kinh gui)/.test(bare) && !/giao /.test(bare)) return;
  if (tellsOnly(bare)) return;
  if (saysOfLast(paper, clause, node, into)) return;
  const own = actorOf(paper, clause, node, carried.actor);
  if (own && (clause.opens || own.from === 'sentence')) carried.actor = own;
  const actor = own ?? carried.actor ?? told ?? { name: sense.issuer, from: 'issuer', proposal: false };
  if (role === 'audience') return;
  const goesOn =
    carried.report && !clause.opens && own === null && (!startsWithVerb(bare) || /^(?:ca )?nam /.test(bare));
  carried.report = isReport(bare) || goesOn;
  const facts =
    FIGURED.includes(role) || role === 'funding' ? factsOf(paper, clause, role, sense, goesOn) : [];
  const before = into.duties.length + into.reports.length;
  readPercents(paper, clause, facts, role, into);
  const rest = facts.filter((fact) => fact.kind !== 'percent');
  const kept = role === 'targets' ? readTargets(paper, clause, rest, into) : rest;
  const slots = slotsOf(
    kept.filter((fact) => fits(fact, node, role, bare)),
    turnsOf(bare),
  );
  if (finishes(bare, clause, slots, node.bodyStart, into)) return;
  slots.forEach((slot, at) => {
    addSlot({ paper, node, clause, actor, slot, slots, at, goesOn, into });
  });
  notUnderstood(clause, facts, into);
  if (into.duties.length + into.reports.length === before && obliges(paper, node, clause, index, own))
    addPlain(paper, node, clause, actor, into);
}

/** What a person has to settle: a rhythm or a week the calendar of the plan has no word for, a term without its day. */
export function notUnderstood(place: { start: number; end: number }, facts: Fact[], into: Drafts): void {
  const { start, end } = place;
  for (const fact of facts) {
    if (fact.kind === 'odd') into.unread.push({ start, end, kind: fact.what, why: ODD[fact.what] });
    else if (fact.kind === 'relative' && fact.relative.event !== '')
      into.unread.push({
        start,
        end,
        kind: 'deadline',
        why: 'thời hạn tính từ một việc mà văn bản không cho ngày',
      });
  }
}
const ODD = {
  cadence: 'nhịp độ không quy được về ngày, tuần, tháng, quý, năm',
  deadline: 'tuần của tháng, chưa quy được về ngày cụ thể',
};

const TURN_RX = bareRx(
  '(?:,|;|\\(|(?<![a-z])va|(?<![a-z])dong thoi) ?(?:va |gui |co |nop |dong thoi )*(?:bao cao(?! vien)|rieng|con(?= [a-z])|tong ket(?= truoc| cham nhat)|so ket(?= tung| giai doan| truoc))(?![a-z])',
);
/** A second report is a turn; the first, "Hằng ngày tổng hợp, báo cáo …", still belongs to what was said. */
const turnsOf = (bare: string): number[] =>
  [...bare.matchAll(TURN_RX)]
    .filter((match) => !/bao cao$/.test(match[0]) || /bao cao/.test(bare.slice(0, match.index)))
    .map((match) => match.index);

/** A figure that means nothing where it stands: a heading's year, hours of a session, a lone time of day. */
function fits(fact: Fact, node: Node, role: Role, bare: string): boolean {
  if (node.heading && node.children.length > 0) {
    if (fact.kind === 'window') return fact.from !== null && fact.to !== null;
    // "- Lần 2: hoàn thành trước ngày 20/10, trong đó:" ends the work told below it.
    if (fact.kind === 'end') return fact.before && node.block.rank > 4 && /hoan thanh|xong/.test(bare);
    return fact.kind === 'cadence' && fact.stated;
  }
  if (role === 'purpose') return fact.kind !== 'count' || fact.comparator === '>=';
  if (role === 'content') return fact.kind !== 'count' || fact.comparator === '>=' || node.owner !== null;
  return true;
}

/** "… Cơ quan chủ trì: Sở Tư pháp; cơ quan phối hợp: Sở Nội vụ": told of the duty before, in the same paragraph. */
function saysOfLast(paper: Paper, clause: Clause, node: Node, into: Drafts): boolean {
  const bare = paper.bare.slice(clause.start, clause.end);
  const last = into.duties.at(-1);
  if (!last || last.start < node.bodyStart || clause.start === node.bodyStart) return false;
  for (const [label, kind] of LABELS) {
    const lead = label.exec(bare)?.[0].length;
    if (lead === undefined || kind === 'time' || kind === 'amount') continue;
    const named = paper.flat.slice(clause.start + lead, clause.end);
    // "Bố trí 02 máy tính, 01 máy quét …. Chủ trì: …": every duty of that sentence.
    const { actor } = last;
    const same = into.duties.filter((duty) => duty.start >= node.bodyStart && duty.actor === actor);
    if (kind === 'unit')
      for (const duty of same) duty.actor = { name: tidyName(named), from: 'attribute', proposal: false };
    else last.partners.push(...splitUnits(named));
    return true;
  }
  return false;
}

/** "…; hoàn thành trước ngày 05/9": no duty of its own but the end of the one before. */
function finishes(bare: string, clause: Clause, slots: Slot[], from: number, into: Drafts): boolean {
  const [slot] = slots;
  const last = into.duties.at(-1);
  if (
    !slot?.end ||
    slots.length > 1 ||
    slot.rhythm ||
    slot.window ||
    !/^(?:va )?(?:hoan thanh|xong|thuc hien xong|thoi gian|thoi han)(?![a-z])/.test(bare)
  )
    return false;
  if (!last || last.start < from || last.by !== null || clause.end - last.start > QUOTE_LIMIT) return false;
  last.by = slot.end.date;
  last.time = slot.end.time;
  last.beforeDay = slot.end.before;
  last.end = clause.end;
  last.marks.push({
    start: clause.start + slot.end.start,
    end: clause.start + slot.end.end,
    kind: 'deadline',
  });
  return true;
}

interface SlotPlace {
  paper: Paper;
  node: Node;
  clause: Clause;
  actor: Actor;
  slot: Slot;
  slots: Slot[];
  at: number;
  goesOn: boolean;
  into: Drafts;
}

/** Each slot of a clause quotes its own part: from the end of the slot before to its own last word. */
function slotPart({ clause, slots, at }: SlotPlace): Clause {
  const endOf = (slot: Slot | undefined): number =>
    Math.max(0, ...(slot?.facts ?? []).map((fact) => fact.end));
  const start = at === 0 ? clause.start : clause.start + endOf(slots[at - 1]);
  const end = at === slots.length - 1 ? clause.end : clause.start + endOf(slots[at]);
  return { start, end, opens: clause.opens };
}

/** "báo cáo tuần trước 10h00 thứ Sáu": the day may stand with the rhythm or with the hour. */
function weekdaysOf(slot: Slot): Weekday[] {
  if (slot.rhythm?.kind !== 'cadence') return [];
  const own = slot.rhythm.weekdays;
  return own.length === 0 && slot.rhythm.per === 'week' ? (slot.time?.weekdays ?? []) : own;
}

function addSlot(place: SlotPlace): void {
  const { paper, node, clause, slot, into } = place;
  const part = place.slots.length === 1 ? clause : slotPart(place);
  const actor =
    (place.at > 0 ? partActor(paper, part.start, part.end, node.owner !== null) : null) ?? place.actor;
  const facts = slot.facts.map((fact) => ({
    ...fact,
    start: fact.start + clause.start - part.start,
    end: fact.end + clause.start - part.start,
  }));
  const lead = /^[\s,;:).-]*(?:va\s+)?/.exec(paper.bare.slice(part.start, part.end))?.[0].length ?? 0;
  const quote = around(
    { ...part, start: part.start + lead },
    facts.map((fact) => ({ ...fact, start: fact.start - lead, end: fact.end - lead })),
  );
  const words = paper.bare.slice(part.start, part.end);
  const timed = {
    actor,
    cadence: slot.rhythm
      ? { count: slot.rhythm.count, per: slot.rhythm.kind === 'cadence' ? slot.rhythm.per : null }
      : null,
    between: slot.window ? { from: slot.window.from, to: slot.window.to } : null,
    by: slot.end?.date ?? null,
    time: slot.time?.time ?? slot.end?.time ?? null,
    weekdays: weekdaysOf(slot),
    dayOfMonth: slot.rhythm?.kind === 'cadence' ? slot.rhythm.day : null,
    relative: slot.relative?.relative ?? null,
    beforeDay: slot.end?.before ?? false,
    marks: marksOf(slot.facts, clause.start),
    ...quote,
  };
  const whole = paper.bare.slice(clause.start, clause.end);
  const counted = slot.rhythm?.kind === 'count';
  if (
    !counted &&
    (place.goesOn ||
      isReport(words) ||
      (isReport(whole) && !otherAct(words, paper.flat.slice(part.start, part.end))) ||
      (node.role === 'reporting' && !otherAct(words, paper.flat.slice(part.start, part.end))))
  ) {
    into.reports.push({
      ...timed,
      to: reportReceiver(paper, clause) ?? reportReceiver(paper, node.block),
      kind: reportKindOf(words, timed.cadence?.per ?? null),
    });
    return;
  }
  const phase =
    slot.rhythm === null &&
    (node.role === 'time' || (node.heading && slot.window !== null)) &&
    actor.from === 'issuer';
  into.duties.push({
    ...timed,
    partners: partnersOf(paper, clause, node),
    words: place.slots.length === 1 ? whole : words,
    context: paper.bare.slice(node.block.textStart, node.block.end),
    windows: slot.hours,
    phase,
  });
}

/** True of a part that names another act than reporting, so that its figures are not the report's. */
function otherAct(words: string, flat: string): boolean {
  const lead = /^[\s,;:).-]*/.exec(words)?.[0].length ?? 0;
  const subject = subjectLength(words.slice(lead), flat.slice(lead));
  const act = words.slice(lead + subject).trimStart();
  return (
    startsWithVerb(act) &&
    !isReport(words) &&
    !/^(?:hang|dinh ky|gui|nop|tong hop|truoc|khong|so ket|tong ket|danh gia|ket thuc)/.test(act)
  );
}

function addPlain(paper: Paper, node: Node, clause: Clause, actor: Actor, into: Drafts): void {
  const words = paper.bare.slice(clause.start, clause.end);
  const timed = {
    actor,
    cadence: null,
    between: null,
    by: null,
    time: null,
    weekdays: [],
    dayOfMonth: null,
    relative: null,
    beforeDay: false,
    marks: [],
    ...around(clause, []),
  };
  const to = reportReceiver(paper, clause);
  if (isReport(words) && to !== null) into.reports.push({ ...timed, to, kind: reportKindOf(words, null) });
  else
    into.duties.push({
      ...timed,
      partners: partnersOf(paper, clause, node),
      words,
      context: words,
      windows: [],
      phase: false,
    });
}
