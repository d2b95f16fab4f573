/** Decides what each number of a part means, from the labels and counted things around it. */
import { MEASURES, type Measure } from '#features/reports/figures.ts';
import { foldedSameLength, type Atom } from '#features/reports/message/atoms.ts';
import type { Found, FoundFigure, Question, QuestionCode, Words } from '#features/reports/message/message.ts';
import { pairsIn, type Pairs } from '#features/reports/message/pairs.ts';
import {
  asideOf,
  kinds,
  numbersFirst,
  refine,
  senseOf,
  type Sense,
} from '#features/reports/message/sense.ts';
import {
  isAmount,
  isLabel,
  seatsOf,
  segmentsOf,
  type Amount,
  type LabelAtom,
  type Seat,
  type Segment,
} from '#features/reports/message/segments.ts';
import type { Unit } from '#features/reports/message/words.ts';

export interface FiguresRead {
  readonly figures: readonly FoundFigure[];
  readonly remarks: readonly Found<string>[];
  readonly questions: readonly Question[];
  readonly shares: readonly Found<number>[];
}

const BY_UNIT: Readonly<Partial<Record<Unit, Measure>>> = {
  sheet: 'leaflets',
  item: 'posts',
  chat: 'zaloGroups',
  case: 'tips',
  session: 'sessions',
};

const joins = (atom: Atom): boolean => atom.kind === 'word' && ['va', 'lan'].includes(atom.word.folded);
const workOf = (atom: Atom | undefined): Measure | null =>
  atom && isLabel(atom) && atom.label.kind === 'measure' && MEASURES[atom.label.measure] === 'work'
    ? atom.label.measure
    : null;

const YESTERDAY = /(?<![a-z])(?:h(?:om)?[. ]*qua|hq)\s*:?\s*$/;

class FigureReader {
  readonly #text: string;
  readonly figures: FoundFigure[] = [];
  readonly questions: Question[] = [];
  readonly remarks: Words[] = [];
  readonly shares: Found<number>[] = [];
  /** Work told for the day since the last running total: what the next bare "lũy kế" is about. */
  #workSince: Measure[] = [];
  /** A number since the last running total was not understood: the next one may be about that. */
  #unsure = false;
  #pending: LabelAtom | null = null;
  #sentence = -1;
  #running = false;
  #tips = false;
  #mended: Words | null = null;
  #remark: { start: number; end: number; line: number } | null = null;
  /** "hqua 28": taken for households reached; asked about unless what was signed of them follows. */
  #yesterday: Amount | null = null;
  readonly #pairs: Pairs;

  constructor(text: string, pairs: Pairs) {
    this.#text = text;
    this.#pairs = pairs;
  }

  ask(code: QuestionCode, words: readonly Words[], params: Question['params'] = {}): void {
    const places = words.map(({ start, end }) => ({ start, end }));
    this.questions.push({ code, words: places, params });
  }

  take(segment: Segment): void {
    if (segment.sentence !== this.#sentence) [this.#running, this.#tips] = [false, false];
    this.#sentence = segment.sentence;
    this.#followRemark(segment);
    const labels = segment.atoms.filter(isLabel);
    if (segment.inside && this.#tips) return this.#story(segment);
    for (const atom of segment.atoms)
      if (atom.kind === 'share') this.shares.push({ value: atom.value, start: atom.start, end: atom.end });
    const mend = labels.find(({ label }) => label.kind === 'mend' || label.kind === 'wrong');
    if (mend) this.#mended ??= { start: mend.start, end: mend.end };
    const seats = seatsOf(segment);
    if (seats.length === 0) return this.#withoutAmount(segment, labels);
    const suffix = numbersFirst(segment);
    seats.forEach((seat, n) => this.#seat(segment, seat, suffix, n === seats.length - 1));
    this.#pending = null;
    if (kinds(labels, 'running')) this.#running = true;
  }

  finish(): void {
    this.#closeRemark();
    if (this.#mended) this.ask('corrects-earlier', [this.#mended]);
    const [reached, pledged] = [this.#valueOf('reached', 'day'), this.#valueOf('pledged', 'day')];
    const borneOut = reached !== undefined && pledged !== undefined && pledged <= reached;
    if (this.#yesterday && !borneOut)
      this.ask('check-meaning', [this.#yesterday], { measure: 'reached', span: 'day' });
  }

  #followRemark(segment: Segment): void {
    const [first, last] = [segment.atoms[0], segment.atoms.at(-1)];
    if (!first || !last) return;
    if (this.#remark && this.#remark.line !== segment.line) this.#closeRemark();
    if (this.#remark) this.#remark.end = last.end;
    const opens = segment.atoms.find((atom) => isLabel(atom) && atom.label.kind === 'difficulty');
    if (opens && !this.#remark) this.#remark = { start: opens.start, end: last.end, line: segment.line };
  }

  #closeRemark(): void {
    if (this.#remark) this.remarks.push({ start: this.#remark.start, end: this.#remark.end });
    this.#remark = null;
  }

  /** Who was called and what was asked of them belongs in the register of tips, not in a report of counts. */
  #story(segment: Segment): void {
    const [first, last] = [segment.atoms[0], segment.atoms.at(-1)];
    if (!first || !last) return;
    const words = { start: first.start, end: last.end };
    const open = this.questions.find(({ code }) => code === 'tip-story');
    if (!open) return this.ask('tip-story', [words]);
    this.questions[this.questions.indexOf(open)] = { ...open, words: [...open.words, words] };
  }

  #withoutAmount(segment: Segment, labels: readonly LabelAtom[]): void {
    const tips = labels.find(({ label }) => label.kind === 'measure' && label.measure === 'tips');
    const none = labels.find(({ label }) => label.kind === 'none');
    if (tips && none) {
      const words = { start: Math.min(tips.start, none.start), end: Math.max(tips.end, none.end) };
      this.#place('tips', 'day', 0, words);
    }
    if (kinds(labels, 'running')) this.#running = true;
    const measure = labels.findLast(({ label }) => label.kind === 'measure');
    this.#pending = measure && !none ? measure : null;
  }

  #seat(segment: Segment, seat: Seat, suffix: boolean, isLast: boolean): void {
    const { amount, before } = seat;
    if (before.at(-1)?.label.kind === 'denied') return;
    // "hôm qua báo nhầm ký 25": the wrong one, named before the right one.
    if (kinds(before, 'wrong')) return this.#unread(amount);
    const sense = senseOf(seat, suffix, isLast);
    const aside = asideOf(seat);
    if (aside === 'name') return;
    if (aside === 'thing' && sense.measure === null && !sense.running) return this.#thing(segment, amount);
    const pending = segment.soft ? this.#pending : null;
    const pendingMeasure = pending?.label.kind === 'measure' ? pending.label.measure : null;
    if (
      sense.measure &&
      pendingMeasure &&
      pendingMeasure !== sense.measure &&
      this.#two(amount, pendingMeasure, sense.measure)
    )
      return;
    if (this.#refused(seat)) return this.#unread(amount);
    if (this.#both(segment, amount, sense)) return;
    const measure = sense.measure ?? (sense.running || sense.households ? null : pendingMeasure);
    if (kinds(before, 'about')) this.ask('about', [amount], { number: this.#slice(amount) });
    if (amount.kind === 'number' && amount.orHour)
      this.ask('check-meaning', [amount], { measure: measure ?? 'reached', span: 'day' });
    this.#settle(segment, amount, { ...sense, measure });
  }

  /** "chưa đi được 3 hộ": told of those not reached. */
  #refused({ before }: Seat): boolean {
    const at = before.findLastIndex(({ label }) => label.kind === 'measure');
    const label = before[at]?.label;
    if (label?.kind !== 'measure' || MEASURES[label.measure] !== 'work') return false;
    return before[at - 1]?.label.kind === 'none';
  }

  #thing(segment: Segment, amount: Amount): void {
    const [first, last] = [segment.atoms[0], segment.atoms.at(-1)];
    if (this.#remark || !first || !last) return;
    this.remarks.push({ start: Math.min(first.start, amount.start), end: last.end });
  }

  /** "tuyên truyền và ký cam kết 18 hộ": one number for both. */
  #both({ atoms }: Segment, amount: Amount, { measure, running, unit }: Sense): boolean {
    if (amount.kind !== 'number' || running || measure === null) return false;
    const at = atoms.findIndex(
      (atom, n) => joins(atom) && workOf(atoms[n - 1]) !== null && workOf(atoms[n + 1]) !== null,
    );
    const pair = [workOf(atoms[at - 1]), workOf(atoms[at + 1])];
    if (at < 0 || pair[0] === pair[1] || !pair.includes(measure) || unit === 'person') return false;
    if (atoms.filter(isAmount).length > 1) return false;
    for (const one of pair) if (one) this.#place(one, 'day', amount.value, amount);
    return true;
  }

  /** "TT/ký: 51/49": two labels, two numbers. */
  #two(amount: Amount, first: Measure, second: Measure): boolean {
    const pair =
      amount.kind === 'fraction'
        ? ([amount.value, amount.of] as const)
        : amount.kind === 'pair' && amount.of === null
          ? ([amount.first, amount.second] as const)
          : null;
    if (!pair) return false;
    this.#place(first, this.#spanOf(first, false), pair[0], amount);
    this.#place(second, this.#spanOf(second, false), pair[1], amount);
    return true;
  }

  #settle(segment: Segment, amount: Amount, sense: Sense): void {
    const { unit } = sense;
    const measure = sense.measure ? refine(sense.measure, unit) : null;
    if (amount.kind === 'pair') return this.#pair(amount, sense.running || this.#running);
    if (sense.running || (sense.households && measure !== null)) return this.#total(amount, measure);
    if (sense.households) return this.#households(amount);
    if (measure === null) return this.#unlabelled(segment, amount, unit);
    if (amount.kind === 'fraction' && MEASURES[measure] === 'work') return this.#share(amount, measure);
    const carried = segment.soft && this.#running && MEASURES[measure] === 'work';
    if (carried) return this.#carried(amount, measure);
    const span = sense.more && measure === 'zaloMembers' ? 'day' : this.#spanOf(measure, false);
    this.#place(measure, span, amount.value, amount);
  }

  #spanOf(measure: Measure, running: boolean): 'day' | 'total' {
    return running || measure === 'zaloGroups' || measure === 'zaloMembers' ? 'total' : 'day';
  }

  #total(amount: Exclude<Amount, { kind: 'pair' }>, named: Measure | null): void {
    const [only] = this.#workSince;
    if (named === null && this.#unsure)
      this.ask('check-meaning', [amount], { measure: 'reached', span: 'total' });
    this.#unsure = false;
    const measure = named ?? (only && this.#workSince.length === 1 ? only : 'reached');
    this.#place(measure, 'total', amount.value, amount);
    if (amount.kind === 'fraction') this.#place('households', 'total', amount.of, amount);
    this.#workSince = [];
  }

  #households(amount: Exclude<Amount, { kind: 'pair' }>): void {
    this.#place('households', 'total', amount.value, amount);
    if (!this.figures.some(({ span }) => span === 'total'))
      this.ask('check-meaning', [amount], { measure: 'households', span: 'total' });
  }

  /** After a running total in one sentence: "lũy kế 128 hộ, ký 120". */
  #carried(amount: Exclude<Amount, { kind: 'pair' }>, measure: Measure): void {
    const day = this.#valueOf(measure, 'day');
    const reached = this.#valueOf('reached', 'day');
    const total = day !== undefined || reached === undefined || amount.value > reached;
    const span = total ? 'total' : 'day';
    if (day === undefined) this.ask('check-meaning', [amount], { measure, span });
    this.#place(measure, span, amount.value, amount);
  }

  /** "ký 39/42": of those reached; "tuyên truyền 210/263": of the group's households, and then it is a running total. */
  #share(amount: Extract<Amount, { kind: 'fraction' }>, measure: Measure): void {
    const reached = this.#valueOf('reached', 'day');
    if (measure === 'pledged' && reached === amount.of)
      return this.#place(measure, 'day', amount.value, amount);
    if (this.#pairs.areDayAndTotal(amount) && this.#valueOf(measure, 'day') === undefined) {
      this.#place(measure, 'day', amount.value, amount);
      this.#place(measure, 'total', amount.of, amount);
      this.#workSince = [];
      if (!this.#pairs.sure) this.ask('check-meaning', [amount], { measure, span: 'day' });
      return;
    }
    if (amount.of === amount.value && this.#valueOf(measure, 'day') === undefined) {
      this.#place(measure, 'day', amount.value, amount);
      return this.ask('check-meaning', [amount], { measure, span: 'day' });
    }
    const span =
      this.#valueOf(measure, 'day') === undefined &&
      measure === 'pledged' &&
      reached !== undefined &&
      amount.value <= reached
        ? 'day'
        : 'total';
    this.#place(measure, span, amount.value, amount);
    if (span === 'total') this.#place('households', 'total', amount.of, amount);
    this.ask('check-meaning', [amount], { measure, span });
  }

  #unlabelled(segment: Segment, amount: Exclude<Amount, { kind: 'pair' }>, unit: Unit | null): void {
    const counted = unit ? BY_UNIT[unit] : undefined;
    if (counted && amount.kind === 'number')
      return this.#place(counted, this.#spanOf(counted, false), amount.value, amount);
    const first =
      this.#valueOf('reached', 'day') === undefined && this.#valueOf('reached', 'total') === undefined;
    if (amount.kind === 'fraction' && first && amount.of > amount.value)
      return this.#share(amount, 'reached');
    if (
      first &&
      amount.kind === 'number' &&
      !segment.inside &&
      !this.#remark &&
      this.#afterYesterday(amount)
    ) {
      this.#place('reached', 'day', amount.value, amount);
      this.#yesterday = amount;
      return;
    }
    if (unit === 'household' && first && !segment.inside && !this.#remark && amount.kind === 'number') {
      this.#place('reached', 'day', amount.value, amount);
      return this.ask('check-meaning', [amount], { measure: 'reached', span: 'day' });
    }
    if (!this.#remark) this.#unread(amount);
  }

  #afterYesterday({ start }: Amount): boolean {
    return YESTERDAY.test(foldedSameLength(this.#text.slice(Math.max(0, start - 12), start)));
  }

  #unread(amount: Amount): void {
    this.#unsure = true;
    this.ask('unread-number', [amount], { number: this.#slice(amount) });
  }

  /** "LK: 302-302/300": reached, then signed, of so many. */
  #pair(amount: Extract<Amount, { kind: 'pair' }>, running: boolean): void {
    if (!running) return this.#unread(amount);
    this.#place('reached', 'total', amount.first, amount);
    this.#place('pledged', 'total', amount.second, amount);
    if (amount.of !== null) this.#place('households', 'total', amount.of, amount);
    this.ask('pair-meaning', [amount], { first: amount.first, second: amount.second });
  }

  #place(
    measure: FoundFigure['measure'],
    span: FoundFigure['span'],
    value: number,
    { start, end }: Words,
  ): void {
    const at = this.figures.findIndex((one) => one.measure === measure && one.span === span);
    const found: FoundFigure = { measure, span, value, start, end };
    const said = this.figures[at];
    if (!said) this.figures.push(found);
    else if (this.#mended && this.#mended.start > said.start) this.figures[at] = found;
    else if (said.value !== value)
      this.ask('said-twice', [said, found], { measure, first: said.value, second: value });
    if (measure === 'tips') this.#tips = true;
    if (measure !== 'households' && span === 'day' && MEASURES[measure] === 'work')
      this.#workSince = [...new Set([...this.#workSince, measure])];
  }

  #valueOf(measure: Measure, span: FoundFigure['span']): number | undefined {
    return this.figures.find((one) => one.measure === measure && one.span === span)?.value;
  }

  #slice({ start, end }: Words): string {
    return this.#text.slice(start, end);
  }
}

/** @param households of the group, where the ward knows them */
export function readFigures(
  text: string,
  atoms: readonly Atom[],
  skip: readonly Words[],
  households: number | null,
): FiguresRead {
  const reader = new FigureReader(text, pairsIn(atoms, households));
  for (const segment of segmentsOf(atoms, skip)) reader.take(segment);
  reader.finish();
  const remarks = reader.remarks.map(({ start, end }) => ({ value: text.slice(start, end), start, end }));
  return { figures: reader.figures, questions: reader.questions, shares: reader.shares, remarks };
}
