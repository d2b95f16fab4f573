/** Minutes of a check visit as an official paper (Decree 30/2020, form 1.9: biên bản). Nothing is said that was not recorded. */
import type { DateOn } from '#core/calendar.ts';
import type { Check } from '#features/reports/checks/schema.ts';
import { vnDay } from '#features/reports/morning-text.ts';
import type { Block, Paper } from '#features/reports/papers/paper.ts';
import type { ReportSettings } from '#features/reports/settings.ts';

const day = (on: DateOn): string => `${vnDay(on)}/${on.slice(0, 4)}`;
const lines = (text: string): string[] =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function minutesOf(check: Check, campaign: string, settings: ReportSettings): Paper {
  const { issuer, signer } = settings;
  const follow =
    check.followUp === null
      ? ['Không có nội dung phải thực hiện sau kiểm tra.']
      : [
          `${check.followUp}. Chủ trì: ${check.accountable ?? ''}. Thời hạn: ${check.followUpBy === null ? '' : `ngày ${day(check.followUpBy)}`}.`,
          ...(check.doneNote === null ? [] : [`Đã thực hiện: ${check.doneNote}`]),
        ];
  const said = (words: readonly string[]) => words.map((text): Block => ({ kind: 'paragraph', text }));
  return {
    superior: issuer.superior,
    issuer: issuer.name,
    number: null,
    symbol: `BB-${issuer.symbol}`,
    place: settings.place,
    datedOn: null,
    draftedOn: check.checkedOn,
    kind: 'BIÊN BẢN',
    subject: `Kiểm tra việc thực hiện ${campaign} tại ${check.place}`,
    addressees: [],
    blocks: [
      { kind: 'section', text: '1. Thời gian, địa điểm' },
      ...said([`Ngày ${day(check.checkedOn)}, tại ${check.place}.`]),
      { kind: 'section', text: '2. Thành phần kiểm tra' },
      ...said(lines(check.checkers)),
      { kind: 'section', text: '3. Kết quả kiểm tra' },
      ...said(lines(check.findings)),
      { kind: 'section', text: '4. Nội dung phải thực hiện sau kiểm tra' },
      ...said(follow),
      { kind: 'section', text: '5. Ký xác nhận' },
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
