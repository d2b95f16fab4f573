/** Frozen figures, edited words and the ward's settings → the paper that is set. */
import type { DateOn } from '#core/calendar.ts';
import { vnDay, vnNumber, vnShare } from '#features/reports/morning-text.ts';
import { shareOf } from '#features/reports/model.ts';
import { signLines, type Block, type Paper, type PaperTable } from '#features/reports/papers/paper.ts';
import type { PaperWords, ReportData } from '#features/reports/papers/report-data.ts';
import type { ReportSettings } from '#features/reports/settings.ts';

const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'chưa có' : vnNumber(value);

function share(total: number | null | undefined, households: number | null): string {
  const { share: found, exceeds } = shareOf(total ?? null, households);
  return found !== null ? vnShare(found) : exceeds ? 'vượt số hộ' : '';
}

/** Group by group: what each stated, and of which morning where it was silent. */
export function groupTable(data: ReportData): PaperTable {
  const rows = data.lines.map((line, n) => [
    String(n + 1),
    line.name,
    line.households === null ? '' : vnNumber(line.households),
    count(line.told ? line.figures.reached?.day : null),
    count(line.figures.reached?.total),
    share(line.figures.reached?.total, line.households),
    count(line.figures.pledged?.total),
    line.undivided
      ? 'đã tách tổ'
      : line.told
        ? (line.nothingReason ?? '')
        : line.carriedFrom === null
          ? 'chưa có số liệu'
          : `lấy số đến ${vnDay(line.carriedFrom)}`,
  ]);
  const total = (measure: string) => data.figures.find((one) => one.measure === measure);
  return {
    head: [
      'TT',
      'Tổ dân phố',
      'Số hộ',
      'Tuyên truyền trong ngày',
      'Lũy kế',
      'Tỷ lệ',
      'Ký cam kết (lũy kế)',
      'Ghi chú',
    ],
    rows: [
      ...rows,
      [
        '',
        'Cộng',
        count(data.households),
        count(total('reached')?.day),
        count(total('reached')?.total),
        share(total('reached')?.total, data.households),
        count(total('pledged')?.total),
        '',
      ],
    ],
    widths: [0.06, 0.22, 0.09, 0.13, 0.1, 0.1, 0.12, 0.18],
    figures: [2, 3, 4, 5, 6],
  };
}

function blocksOf(words: PaperWords): Block[] {
  const blocks: Block[] = words.intro === '' ? [] : [{ kind: 'paragraph', text: words.intro }];
  for (const { title, paragraphs } of words.sections) {
    blocks.push({ kind: 'section', text: title });
    blocks.push(...paragraphs.map((text): Block => ({ kind: 'paragraph', text })));
  }
  // "./." closes the paper where nothing else follows its words.
  const last = blocks.at(-1);
  if (last?.kind === 'paragraph')
    blocks[blocks.length - 1] = { ...last, text: `${last.text.replace(/[.\s/]+$/, '')}./.` };
  return blocks;
}

export interface Dating {
  readonly number: string | null;
  readonly datedOn: DateOn | null;
  readonly draftedOn: DateOn;
}

export function composeReport(
  data: ReportData,
  words: PaperWords,
  settings: ReportSettings,
  { number, datedOn, draftedOn }: Dating,
): Paper {
  const { issuer, signer } = settings;
  return {
    superior: issuer.superior,
    issuer: issuer.name,
    number,
    symbol: `BC-${issuer.symbol}`,
    place: settings.place,
    datedOn,
    draftedOn,
    kind: words.kind,
    subject: words.subject,
    addressees: settings.addressees,
    blocks: blocksOf(words),
    recipients: settings.recipients,
    fileMark: issuer.fileMark,
    signLines: signLines(issuer, signer.capacity),
    signName: [signer.rank, signer.name].filter((part) => part !== '').join(' '),
    annexes: [
      {
        number: 'I',
        title: 'Kết quả của các tổ dân phố',
        blocks: [{ kind: 'table', table: groupTable(data) }],
      },
    ],
  };
}
