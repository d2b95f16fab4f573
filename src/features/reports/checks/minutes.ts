/** Minutes of a check visit as an official paper (Decree 30/2020, form 1.9: biên bản). Nothing is said that was not recorded. */
import type { DateOn } from '#core/calendar.ts';
import type { Check, MinutesData } from '#features/reports/checks/schema.ts';
import { vnDay } from '#features/reports/morning-text.ts';
import type { Dating } from '#features/reports/papers/compose.ts';
import type { Block, Paper } from '#features/reports/papers/paper.ts';
import type { PaperWords } from '#features/reports/papers/report-data.ts';
import type { ReportSettings } from '#features/reports/settings.ts';

const day = (on: DateOn): string => `${vnDay(on)}/${on.slice(0, 4)}`;
const lines = (text: string): string[] =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Drafted from what was recorded; edited by the office until it is signed. */
export function minutesWords(check: Check, campaign: string): PaperWords {
  const follow =
    check.followUp === null
      ? ['Không có nội dung phải thực hiện sau kiểm tra.']
      : [
          `${check.followUp}. Chủ trì: ${check.accountable ?? ''}. Thời hạn: ${check.followUpBy === null ? '' : `ngày ${day(check.followUpBy)}`}.`,
          ...(check.doneNote === null ? [] : [`Đã thực hiện: ${check.doneNote}`]),
        ];
  return {
    kind: 'BIÊN BẢN',
    subject: `Kiểm tra việc thực hiện ${campaign} tại ${check.place}`,
    intro: '',
    sections: [
      {
        title: '1. Thời gian, địa điểm',
        paragraphs: [`Ngày ${day(check.checkedOn)}, tại ${check.place}.`],
      },
      { title: '2. Thành phần kiểm tra', paragraphs: lines(check.checkers) },
      { title: '3. Kết quả kiểm tra', paragraphs: lines(check.findings) },
      { title: '4. Nội dung phải thực hiện sau kiểm tra', paragraphs: follow },
    ],
  };
}

export function composeMinutes(
  { check }: Pick<MinutesData, 'check'>,
  words: PaperWords,
  settings: ReportSettings,
  { number, datedOn, draftedOn }: Dating,
): Paper {
  const { issuer, signer } = settings;
  const said = (paragraphs: readonly string[]) =>
    paragraphs.map((text): Block => ({ kind: 'paragraph', text }));
  return {
    superior: issuer.superior,
    issuer: issuer.name,
    number,
    symbol: `BB-${issuer.symbol}`,
    place: settings.place,
    datedOn,
    draftedOn,
    kind: words.kind,
    subject: words.subject,
    addressees: [],
    blocks: [
      ...said(words.intro === '' ? [] : [words.intro]),
      ...words.sections.flatMap(({ title, paragraphs }) => [
        { kind: 'section', text: title } as const,
        ...said(paragraphs),
      ]),
      { kind: 'section', text: 'Ký xác nhận' },
      {
        kind: 'table',
        table: {
          head: ['ĐẠI DIỆN NƠI ĐƯỢC KIỂM TRA', 'NGƯỜI GHI BIÊN BẢN'],
          rows: [['\u00a0', check.recordedBy]],
          widths: [0.5, 0.5],
          figures: [],
        },
      },
    ],
    recipients: [check.place],
    fileMark: issuer.fileMark,
    signLines: ['CHỦ TRÌ KIỂM TRA'],
    signName: [signer.rank, signer.name].filter((part) => part !== '').join(' '),
    annexes: [],
  };
}

/** As it is printed before it goes into the chain: without number and date. */
export const minutesOf = (check: Check, campaign: string, settings: ReportSettings): Paper =>
  composeMinutes({ check }, minutesWords(check, campaign), settings, {
    number: null,
    datedOn: null,
    draftedOn: check.checkedOn,
  });
