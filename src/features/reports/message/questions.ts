/** What does not fit in what was read: with itself, with what the ward knows, with the day. All of it is asked. */
import { addDays } from '#core/calendar.ts';
import { MEASURE_LIST, SHARED, type Measure } from '#features/reports/figures.ts';
import type {
  Found,
  FoundFigure,
  Known,
  MessageReport,
  Question,
  Words,
} from '#features/reports/message/message.ts';

interface Read {
  readonly figures: readonly FoundFigure[];
  readonly shares: readonly Found<number>[];
  readonly group: Known['groups'][number] | null;
  readonly on: MessageReport['on'];
  readonly window: MessageReport['window'];
  readonly sentAt: MessageReport['sentAt'];
  readonly noWork: { readonly found: Found<string>; readonly reasoned: boolean } | null;
  readonly part: Words;
  readonly known: Known;
}

type Find = (measure: FoundFigure['measure'], span: FoundFigure['span']) => FoundFigure | undefined;

function ofHouseholds(find: Find, group: Read['group']): Question[] {
  const said = find('households', 'total');
  const questions: Question[] = [];
  const known = group?.households ?? null;
  if (said && known !== null && said.value !== known)
    questions.push({ code: 'households-differ', words: [said], params: { said: said.value, known } });
  const most = said?.value ?? known;
  if (most === null) return questions;
  for (const measure of SHARED)
    for (const span of ['day', 'total'] as const) {
      const found = find(measure, span);
      if (found && found.value > most)
        questions.push({
          code: 'above-households',
          words: said ? [found, said] : [found],
          params: { measure, number: found.value, households: most },
        });
    }
  return questions;
}

function ofTotals(find: Find, group: Read['group']): Question[] {
  const questions: Question[] = [];
  for (const measure of MEASURE_LIST) {
    const [day, total] = [find(measure, 'day'), find(measure, 'total')];
    if (day && total && total.value < day.value)
      questions.push({
        code: 'total-below-day',
        words: [day, total],
        params: { measure, day: day.value, total: total.value },
      });
    const earlier = group?.earlier[measure];
    if (SHARED.includes(measure) && total && earlier !== undefined && total.value < earlier)
      questions.push({
        code: 'total-below-earlier',
        words: [total],
        params: { measure, total: total.value, earlier },
      });
  }
  for (const span of ['day', 'total'] as const) {
    const [reached, pledged] = [find('reached', span), find('pledged', span)];
    if (reached && pledged && pledged.value > reached.value)
      questions.push({
        code: 'pledged-above-reached',
        words: [reached, pledged],
        params: { reached: reached.value, pledged: pledged.value },
      });
  }
  return questions;
}

/** Papers round a share to one figure after the comma, up or down. */
const ROUNDING = 0.1;

function ofShares(find: Find, shares: Read['shares']): Question[] {
  const of = find('households', 'total');
  if (!of || of.value === 0) return [];
  const possible = SHARED.flatMap((measure: Measure) => {
    const total = find(measure, 'total');
    return total ? [(total.value / of.value) * 100] : [];
  });
  return shares
    .filter(
      ({ value }) => possible.length > 0 && !possible.some((share) => Math.abs(share - value) < ROUNDING),
    )
    .map((share) => ({
      code: 'share-differs',
      words: [share, of],
      params: { said: share.value, counted: Math.round((possible[0] ?? 0) * 10) / 10 },
    }));
}

function ofTimes({ on, window, sentAt, known }: Read): Question[] {
  const questions: Question[] = [];
  if (on && on.value !== known.today && on.value !== addDays(known.today, -1))
    questions.push({ code: 'other-day', words: [on], params: { day: on.value } });
  if (sentAt && sentAt.value >= known.dueTime)
    questions.push({ code: 'late-by-own-words', words: [sentAt], params: { time: sentAt.value } });
  if (window && (window.value.from !== known.dayStartsAt || window.value.to !== known.dayStartsAt))
    questions.push({
      code: 'window-differs',
      words: [window],
      params: { from: window.value.from, to: window.value.to, own: known.dayStartsAt },
    });
  return questions;
}

function ofWork(find: Find, { noWork, figures, part }: Read): Question[] {
  const worked = (['reached', 'pledged'] as const)
    .map((measure) => find(measure, 'day'))
    .find((found) => found !== undefined && found.value > 0);
  if (noWork && worked) return [{ code: 'no-work-yet-figures', words: [noWork.found, worked], params: {} }];
  if (noWork && !noWork.reasoned) return [{ code: 'no-reason', words: [noWork.found], params: {} }];
  if (!noWork && figures.length === 0)
    return [{ code: 'nothing-read', words: [{ start: part.start, end: part.end }], params: {} }];
  return [];
}

export function questionsOf(read: Read): Question[] {
  const find: Find = (measure, span) =>
    read.figures.find((one) => one.measure === measure && one.span === span);
  return [
    ...ofHouseholds(find, read.group),
    ...ofTotals(find, read.group),
    ...ofShares(find, read.shares),
    ...ofTimes(read),
    ...ofWork(find, read),
  ].map((question) => ({ ...question, words: question.words.map(({ start, end }) => ({ start, end })) }));
}
