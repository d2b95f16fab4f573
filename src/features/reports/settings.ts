/**
 * What a ward settles once for a campaign's reports: the counting window, and what stands on its official papers.
 * Nothing here is law: the layout of papers is data of its own (papers/).
 */
import { z } from 'zod';
import { WINDOWS } from '#features/reports/model.ts';

export const UNIT_REPORTS = ['final', 'daily', 'none'] as const;

const Line = z.string().trim().max(200);

/** One body that issues papers, with the body above it and its own book of numbers. */
export const Issuer = z.strictObject({
  /** "CÔNG AN THÀNH PHỐ …"; empty for a ward committee, which stands under nobody on its papers. */
  superior: Line,
  name: Line.min(1),
  /** After the number and the kind: "CAP" in 12/BC-CAP. */
  symbol: Line,
  /** "TM. ỦY BAN NHÂN DÂN"; empty where the head signs in his own right. */
  onBehalfOf: Line,
  headTitle: Line.min(1),
  deputyTitle: Line,
  /** The drafting unit in "Lưu: VT, …"; empty: VT alone. */
  fileMark: Line,
});
export type Issuer = z.infer<typeof Issuer>;

export const ReportSettings = z.strictObject({
  window: z.enum(WINDOWS),
  /** What "units report at the same dates" means: with the groups' final report, every morning too, or not at all. */
  unitReports: z.enum(UNIT_REPORTS).default('final'),
  /** Where the paper is dated: "Hồng …, ngày …". */
  place: Line,
  issuer: Issuer,
  addressees: z.array(Line.min(1)).max(10),
  recipients: z.array(Line.min(1)).max(20),
  signer: z.strictObject({
    name: Line,
    /** "Trung tá"; empty for those who have none. */
    rank: Line,
    capacity: z.enum(['head', 'deputy']),
  }),
  /** The plan a report refers to: "Kế hoạch số … ngày … của …". */
  basis: Line.max(500),
});
export type ReportSettings = z.infer<typeof ReportSettings>;

export const DEFAULT_SETTINGS: ReportSettings = {
  window: 'day-before',
  unitReports: 'final',
  place: '',
  issuer: {
    superior: '',
    name: 'CÔNG AN PHƯỜNG',
    symbol: 'CAP',
    onBehalfOf: '',
    headTitle: 'TRƯỞNG CÔNG AN PHƯỜNG',
    deputyTitle: 'PHÓ TRƯỞNG CÔNG AN PHƯỜNG',
    fileMark: '',
  },
  addressees: [],
  recipients: [],
  signer: { name: '', rank: '', capacity: 'head' },
  basis: '',
};
