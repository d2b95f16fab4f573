// The numbers of a report as a workbook, from the figures frozen with it: what the office counts on with, sheet by sheet.
import { workbookOf, type Sheets } from '#platform/sheets.server.ts';
import { MEASURE_LIST, MEASURES, type Measure } from '#features/reports/figures.ts';
import type { ReportData } from '#features/reports/papers/report-data.ts';

/** Vietnamese as in the papers: these files go to Vietnamese offices whatever language the screen has. */
const NAMES: Readonly<Record<Measure, string>> = {
  reached: 'Hộ được tuyên truyền trực tiếp',
  pledged: 'Hộ ký cam kết',
  absent: 'Hộ vắng nhà',
  away: 'Hộ đi làm ăn xa',
  refused: 'Hộ từ chối',
  unsigned: 'Hộ chưa ký',
  zaloGroups: 'Nhóm Zalo',
  zaloMembers: 'Thành viên nhóm Zalo',
  posts: 'Tin, bài đã đăng',
  broadcasts: 'Lượt loa truyền thanh',
  leaflets: 'Tờ rơi',
  notices: 'Pano, băng-rôn, thông báo',
  sessions: 'Buổi họp, sinh hoạt',
  attendees: 'Người dự',
  tips: 'Tin báo',
};
export const measureTitle = (measure: Measure): string => NAMES[measure];
const nameOf = (measure: string): string =>
  MEASURE_LIST.find((one) => one === measure) === undefined ? measure : NAMES[measure as Measure];

const KINDS: Readonly<Record<ReportData['kind'], string>> = {
  'daily-report': 'Báo cáo ngày',
  'weekly-report': 'Báo cáo tuần',
  'period-report': 'Báo cáo theo kỳ',
  'final-report': 'Báo cáo kết quả đợt',
};

function wardSheet(data: ReportData): Sheets {
  const figures = data.figures.map((one) => [
    nameOf(one.measure),
    one.day,
    data.events[one.measure] ?? one.total,
    one.itemisedTotal,
    one.twice,
    one.share,
    one.exceeds ? 'vượt số hộ' : '',
    one.differences
      .map(({ reason, count, unstated }) =>
        unstated === true
          ? `có danh sách ${-count}: chưa nêu số`
          : `${count}: ${reason || 'chưa giải thích'}`,
      )
      .join('; '),
  ]);
  return {
    name: 'Toàn phường',
    heads: [
      'Chỉ tiêu',
      'Trong ngày',
      'Lũy kế',
      'Trong đó đã có danh sách',
      'Tính ở hai tổ',
      'Tỷ lệ (%)',
      'Ghi chú',
      'Chênh lệch',
    ],
    rows: [['Số hộ', null, data.households, null, null, null, '', ''], ...figures],
  };
}

function groupSheet(data: ReportData): Sheets {
  const used = MEASURE_LIST.filter((measure) =>
    data.lines.some(({ figures }) => figures[measure] !== undefined),
  );
  const heads = used.flatMap((measure) =>
    MEASURES[measure] === 'event'
      ? [`${NAMES[measure]} (trong ngày)`]
      : MEASURES[measure] === 'state'
        ? [NAMES[measure]]
        : [`${NAMES[measure]} (trong ngày)`, `${NAMES[measure]} (lũy kế)`],
  );
  const rows = data.lines.map((line, n) => [
    n + 1,
    line.name,
    line.households,
    // The figure of the day of a silent group is not known; its total is the last one it gave.
    ...used.flatMap((measure): (number | null)[] => {
      const figure = line.figures[measure];
      const day = line.told ? (figure?.day ?? null) : null;
      const total = figure?.total ?? null;
      return MEASURES[measure] === 'event' ? [day] : MEASURES[measure] === 'state' ? [total] : [day, total];
    }),
    line.carriedFrom,
    line.version,
    line.undivided ? 'đã tách tổ' : line.told ? (line.nothingReason ?? '') : 'chưa báo cáo',
  ]);
  return {
    name: 'Từng tổ dân phố',
    heads: ['TT', 'Tổ dân phố', 'Số hộ', ...heads, 'Số đến ngày', 'Bản báo cáo', 'Ghi chú'],
    rows,
  };
}

const morningSheet = (data: ReportData): Sheets => ({
  name: 'Việc gửi báo cáo',
  heads: [
    'Ngày',
    'Phải gửi',
    'Đúng giờ',
    'Đúng giờ (nhập thay)',
    'Gửi chậm',
    'Không có số liệu',
    'Không gửi',
    'Được miễn',
  ],
  rows: data.mornings.map((one) => [
    one.on,
    one.owed,
    one.onTime,
    one.forAnother,
    one.late.length,
    one.noFigures.length,
    one.missing.length,
    one.excused.length,
  ]),
});

const statedSheet = (data: ReportData): Sheets => ({
  name: 'Số liệu đơn vị nêu',
  heads: ['Số liệu', 'Giá trị', 'Tính đến ngày', 'Nguồn'],
  rows: data.stated.map(({ figure, value, ofOn, source }) => [figure, value, ofOn, source]),
});

export function numbersOf(data: ReportData, hash: string): Promise<Uint8Array> {
  const about: Sheets = {
    name: 'Về tệp này',
    heads: ['Mục', 'Nội dung'],
    rows: [
      ['Đợt', data.campaign.name],
      ['Báo cáo', KINDS[data.kind]],
      ['Từ ngày', data.fromOn],
      ['Đến ngày', data.toOn],
      ['Giờ hạn gửi báo cáo nhanh', data.dueTime],
      ['Chốt số liệu lúc', data.cutAt],
      ['Tổ dân phố', data.groups],
      ['Tổ đã báo cáo', data.told],
      ['Mã kiểm tra số liệu đã chốt', hash],
    ],
  };
  return workbookOf([wardSheet(data), groupSheet(data), morningSheet(data), statedSheet(data), about]);
}
