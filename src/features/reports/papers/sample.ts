/** A made-up ward's frozen figures, for tests and benches of papers. */
import { addDays } from '#core/calendar.ts';
import type { ReportData } from '#features/reports/papers/report-data.ts';
import type { ReportSettings } from '#features/reports/settings.ts';

export const SAMPLE_SETTINGS: ReportSettings = {
  window: 'day-before',
  unitReports: 'final',
  place: 'Mai Lâm',
  issuer: {
    superior: 'CÔNG AN THÀNH PHỐ GIANG BẮC',
    name: 'CÔNG AN PHƯỜNG MAI LÂM',
    symbol: 'CAP',
    onBehalfOf: '',
    headTitle: 'TRƯỞNG CÔNG AN PHƯỜNG',
    deputyTitle: 'PHÓ TRƯỞNG CÔNG AN PHƯỜNG',
    fileMark: 'CAP',
  },
  addressees: ['Công an thành phố Giang Bắc', 'Ủy ban nhân dân phường Mai Lâm'],
  recipients: ['Thường trực Đảng ủy phường'],
  signer: { name: 'Nguyễn Văn Mẫu', rank: 'Trung tá', capacity: 'head' },
  basis: 'Kế hoạch số 88/KH-UBND ngày 31/7/2025 của Ủy ban nhân dân phường Mai Lâm',
};

const GROUPS = 45;

/* eslint-disable max-lines-per-function -- one literal of made-up figures */
export function sampleData(kind: ReportData['kind']): ReportData {
  const toOn = kind === 'daily-report' ? '2025-08-05' : '2025-08-13';
  const fromOn = kind === 'daily-report' ? toOn : '2025-08-02';
  const lines = Array.from({ length: GROUPS }, (_, n) => ({
    areaId: `g${n}`,
    name: `Đình Thượng ${n + 1}`,
    households: 100 + n,
    told: n % 11 !== 10,
    carriedFrom: n % 11 === 10 ? addDays(toOn, -1) : toOn,
    version: 1,
    undivided: false,
    nothingReason: null,
    figures: {
      reached: { day: n % 11 === 10 ? null : 12, total: 40 + n },
      pledged: { day: 10, total: 38 + n },
    },
  }));
  const sum = (of: (line: (typeof lines)[number]) => number) =>
    lines.reduce((all, line) => all + of(line), 0);
  const households = sum((line) => line.households);
  const reached = sum((line) => line.figures.reached.total);
  const pledged = sum((line) => line.figures.pledged.total);
  const share = (count: number) => Math.round((count / households) * 1000) / 10;
  const silent = lines.filter(({ told }) => !told).map(({ name }) => name);
  return {
    kind,
    fromOn,
    toOn,
    dueTime: '08:30',
    window: 'day-before',
    cutAt: `${toOn}T09:05:00.000+07:00`,
    campaign: {
      name: 'Đợt cao điểm tuyên truyền phòng, chống tội phạm lừa đảo chiếm đoạt tài sản trên không gian mạng',
      fromOn: '2025-08-02',
      toOn: '2025-08-14',
    },
    households,
    groups: GROUPS,
    told: GROUPS - silent.length,
    figures: [
      {
        measure: 'reached',
        day: 492,
        total: reached,
        itemisedTotal: reached - 30,
        twice: 2,
        share: share(reached),
        exceeds: false,
        differences: [{ reason: '', count: 30 }],
      },
      {
        measure: 'pledged',
        day: 410,
        total: pledged,
        itemisedTotal: pledged,
        twice: 0,
        share: share(pledged),
        exceeds: false,
        differences: [],
      },
      {
        measure: 'zaloMembers',
        day: null,
        total: 5_020,
        itemisedTotal: null,
        twice: 0,
        share: null,
        exceeds: false,
        differences: [],
      },
    ],
    lines,
    events: { posts: 61, broadcasts: 24, leaflets: 950, tips: 2 },
    mornings: [
      {
        on: toOn,
        owed: GROUPS,
        onTime: 38,
        forAnother: 2,
        late: [{ name: 'Đình Thượng 3', minutes: 11 }],
        noFigures: [],
        missing: silent,
        excused: ['Đình Thượng 7'],
      },
    ],
    stated: [
      {
        figure: 'Cơ quan, doanh nghiệp quán triệt',
        value: 31,
        ofOn: toOn,
        source: 'Phòng Kinh tế, công văn ngày 04/8/2025',
      },
    ],
  };
}
