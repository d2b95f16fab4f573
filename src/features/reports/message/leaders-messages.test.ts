// Every figure of every message is right or asked about, and none is invented. SHOW_MESSAGES=1 prints what became of each.
import { describe, expect, it } from 'vitest';
import { LEADERS_MESSAGES, type LeadersMessage } from '#features/reports/message/leaders-messages.ts';
import { SHORTHAND_MESSAGES } from '#features/reports/message/more-leaders-messages.ts';
import { readMessage } from '#features/reports/message/read-message.ts';

const GROUPS = (
  [
    ['g3', 'Tổ dân phố số 3', 201],
    ['g7', 'Tổ dân phố số 7', 263],
    ['g11', 'Tổ dân phố số 11', 300],
    ['dh2', 'Tổ dân phố Đình Hạ 2', 176],
    ['dt2', 'Tổ dân phố Đình Thượng 2', 176],
    ['nl1', 'Tổ dân phố Nghĩa Lộ 1', 190],
  ] as const
).map(([id, name, households]) => ({ id, name, households, earlier: {} }));

const SPANNED = new Set(['reached', 'pledged', 'zaloMembers', 'posts', 'broadcasts']);

interface Outcome {
  readonly right: string[];
  readonly asked: string[];
  readonly wrong: string[];
  readonly invented: string[];
}

function outcomeOf(message: LeadersMessage): Outcome {
  const { reports } = readMessage(message.text, {
    today: '2025-08-05',
    dueTime: '08:30',
    dayStartsAt: '00:00',
    groups: GROUPS,
  });
  const found = reports.flatMap(({ figures }) => figures);
  const questions = reports.flatMap((report) => report.questions);
  const isOf = (key: string, one: (typeof found)[number]) => {
    const [measure = '', span] = key.split('.');
    return one.measure === measure && (span === undefined || !SPANNED.has(measure) || one.span === span);
  };
  const out: Outcome = { right: [], asked: [], wrong: [], invented: [] };
  const covers = (value: number) =>
    questions.some(
      ({ words, params }) =>
        Object.values(params).some((one) => Number(one) === value) ||
        words.some(({ start, end }) => message.text.slice(start, end).includes(String(value))),
    );
  for (const [key, value] of Object.entries(message.says)) {
    if (found.some((one) => isOf(key, one) && one.value === value)) out.right.push(key);
    else if (covers(value) || questions.some(({ params }) => params['measure'] === key.split('.')[0]))
      out.asked.push(`${key} ${value}`);
    else out.wrong.push(`${key} ${value}`);
  }
  for (const one of found) {
    const known = Object.entries({ ...message.may, ...message.says }).some(
      ([key, value]) => isOf(key, one) && one.value === value,
    );
    if (!known && !covers(one.value)) out.invented.push(`${one.measure}.${one.span} ${one.value}`);
  }
  if (message.noWork && !reports.some(({ noWork }) => noWork)) out.wrong.push('no work');
  if (message.asks && questions.length === 0) out.wrong.push('nothing asked');
  return out;
}

describe('messages as leaders type and speak them', () => {
  const outcomes = [...LEADERS_MESSAGES, ...SHORTHAND_MESSAGES].map((message) => ({
    message,
    ...outcomeOf(message),
  }));
  const count = (of: keyof Outcome) => outcomes.reduce((sum, one) => sum + one[of].length, 0);

  it('are read right or asked about, and nothing is invented', () => {
    if (process.env['SHOW_MESSAGES']) {
      for (const { message, right, asked, wrong, invented } of outcomes)
        console.log(JSON.stringify({ text: message.text, right: right.length, asked, wrong, invented }));
      const total = count('right') + count('asked') + count('wrong');
      console.log(`${count('right')}/${total} right, ${count('asked')} asked, ${count('invented')} invented`);
    }
    expect(outcomes.flatMap(({ message, wrong }) => wrong.map((one) => [message.text, one]))).toEqual([]);
    expect(outcomes.flatMap(({ message, invented }) => invented.map((one) => [message.text, one]))).toEqual(
      [],
    );
  });
});
