/**
 * The end of a campaign as a list: each row is computed from what the campaign holds, with what is missing by name.
 * What is missing may be explained; a row with something missing and unexplained is open. Pure.
 */
import type { DateOn } from '#core/calendar.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { Measure } from '#features/reports/figures.ts';
import { isShared } from '#features/reports/model.ts';
import type { WardLine } from '#features/reports/rollup.ts';

export const ROWS = [
  'reports',
  'differences',
  'households',
  'figures',
  'papers',
  'phones',
  'standing',
  'commendations',
  'deletion',
  'file',
] as const;
export type RowKey = (typeof ROWS)[number];

export interface Missing {
  /** What a remark is tied to: "papers/<group>". */
  readonly subject: string;
  readonly name: string;
  readonly measure: Measure | null;
  /** Stated and recorded, signed and handed over, left and listed … by row. */
  readonly counts: readonly number[];
  readonly at: string | null;
  readonly href: string | null;
  readonly remark: string | null;
}

export interface Row {
  readonly key: RowKey;
  readonly open: boolean;
  /** What the row is about altogether: households, papers, phones, duties. */
  readonly of: number;
  readonly missing: readonly Missing[];
}

export interface LineFacts extends WardLine {
  readonly name: string;
}

export interface PhoneFacts {
  readonly id: string;
  readonly name: string;
  /** Of the machine's clock, as all that phones say. */
  readonly lastSeen: number;
  readonly waiting: number | null;
}

export interface Facts {
  /** The morning the last figures are of. */
  readonly lastOn: DateOn;
  readonly lines: readonly LineFacts[];
  /** Households nobody reached, by group. */
  readonly left: readonly {
    readonly groupId: string;
    readonly name: string;
    readonly left: number;
    readonly listed: number;
  }[];
  readonly households: number;
  /** The final report: none, on its way, or sent with its figures as they were frozen. */
  readonly final: {
    readonly id: string | null;
    readonly issued: boolean;
    readonly unchanged: boolean;
    readonly state: string | null;
  };
  readonly papers: readonly {
    readonly groupId: string;
    readonly name: string;
    readonly signed: number;
    readonly taken: number;
  }[];
  readonly phones: readonly PhoneFacts[];
  readonly held: number;
  /** Of the machine's clock. */
  readonly machineNow: number;
  readonly standing: readonly { readonly id: string; readonly title: string; readonly answered: boolean }[];
  readonly commendations: { readonly proposed: number; readonly kept: number };
  readonly deletion: { readonly on: DateOn | null; readonly doneAt: string | null };
  readonly exported: string | null;
}

/** A phone that has said nothing for longer may hold records again. */
const SEEN_WITHIN = 24 * 3_600_000;

type Bare = Omit<Missing, 'remark' | 'measure' | 'counts' | 'at' | 'href'> & Partial<Missing>;

const differencesOf = ({ lines }: Facts): Bare[] =>
  lines.flatMap((line) =>
    (['reached', 'pledged'] as const)
      .filter(isShared)
      .filter((measure) => line.reasons[measure] === undefined)
      .flatMap((measure): Bare[] => {
        const stated = line.figures[measure]?.total ?? null;
        const itemised = line.itemised[measure]?.total ?? 0;
        // Nothing stated is no figure of nought: it is named only where something was recorded, with that number alone.
        if (stated === itemised || (stated === null && itemised === 0)) return [];
        const day = line.carriedFrom;
        return [
          {
            subject: `differences/${line.areaId}/${measure}`,
            name: line.name,
            measure,
            counts: stated === null ? [itemised] : [stated, itemised],
            href: day === null ? null : `/bao-cao-sang/to/${line.areaId}?ngay=${day}`,
          },
        ];
      }),
  );

const phonesOf = ({ phones, held, machineNow }: Facts): Bare[] => [
  ...phones
    .filter(({ waiting, lastSeen }) => waiting !== 0 || machineNow - lastSeen > SEEN_WITHIN)
    .map(({ id, name, lastSeen, waiting }) => ({
      subject: `phones/${id}`,
      name,
      counts: waiting === null ? [] : [waiting],
      at: new Date(lastSeen).toISOString(),
      href: '/thiet-bi',
    })),
  ...(held > 0 ? [{ subject: 'phones/held', name: '', counts: [held], href: '/thiet-bi' }] : []),
];

const silentOf = ({ lines, lastOn }: Facts): Bare[] =>
  lines
    .filter(({ told, undivided }) => !told && !undivided)
    .map(({ areaId, name, carriedFrom }) => ({
      subject: `reports/${areaId}`,
      name,
      at: carriedFrom,
      href: `/bao-cao-sang/to/${areaId}?ngay=${lastOn}`,
    }));

const undecidedOf = ({ commendations: { proposed, kept } }: Facts): Bare[] =>
  kept > 0 && proposed === 0
    ? []
    : [
        {
          subject: 'commendations/none',
          name: '',
          counts: [proposed],
          href: '/ket-thuc/khen-thuong',
        },
      ];

function missingOf(key: RowKey, facts: Facts): Bare[] {
  switch (key) {
    case 'reports':
      return silentOf(facts);
    case 'differences':
      return differencesOf(facts);
    case 'households':
      return facts.left
        .filter(({ left, listed }) => left > listed)
        .map(({ groupId, name, left, listed }) => ({
          subject: `households/${groupId}`,
          name,
          counts: [left, listed],
          href: `/bao-phu/${groupId}`,
        }));
    case 'figures': {
      const { id, issued, unchanged, state } = facts.final;
      if (issued && unchanged) return [];
      return [
        { subject: 'figures/final', name: state ?? '', href: id === null ? '/van-ban' : `/van-ban/${id}` },
      ];
    }
    case 'papers':
      return facts.papers
        .filter(({ signed, taken }) => taken < signed)
        .map(({ groupId, name, signed, taken }) => ({
          subject: `papers/${groupId}`,
          name,
          counts: [signed, taken],
          href: `/giay-cam-ket/${groupId}`,
        }));
    case 'phones':
      return phonesOf(facts);
    case 'standing':
      return facts.standing
        .filter(({ answered }) => !answered)
        .map(({ id, title }) => ({ subject: `standing/${id}`, name: title, href: `/nhiem-vu/${id}` }));
    case 'commendations':
      return undecidedOf(facts);
    case 'deletion':
      return facts.deletion.on === null
        ? [{ subject: 'deletion/none', name: '', href: '/ket-thuc#ngay-xoa' }]
        : [];
    case 'file':
      return facts.exported === null ? [{ subject: 'file/none', name: '' }] : [];
  }
}

const countOf: Readonly<Record<RowKey, (facts: Facts) => number>> = {
  reports: ({ lines }) => lines.length,
  differences: ({ lines }) => lines.length,
  households: ({ households }) => households,
  figures: () => 1,
  papers: ({ papers }) => papers.reduce((sum, { signed }) => sum + signed, 0),
  phones: ({ phones }) => phones.length,
  standing: ({ standing }) => standing.length,
  commendations: ({ commendations }) => commendations.kept,
  deletion: () => 1,
  file: () => 1,
};

/** @param remarks by subject; the newest */
export function checklist(facts: Facts, remarks: ReadonlyMap<string, string>): Row[] {
  return ROWS.map((key) => {
    const missing = missingOf(key, facts).map((one) => ({
      measure: null,
      counts: [],
      at: null,
      href: null,
      ...one,
      remark: remarks.get(one.subject) ?? null,
    }));
    return { key, of: countOf[key](facts), missing, open: missing.some(({ remark }) => remark === null) };
  });
}

export type ClosingState = 'draft' | 'active' | 'closed';

/** What stays open is closed only by who says why. */
export function refuseDecision(
  act: 'close' | 'reopen',
  state: ClosingState,
  rows: readonly Row[],
  reason: string | null,
): Problem | null {
  const said = reason !== null && reason.trim() !== '';
  if (act === 'close') {
    if (state !== 'active') return problem('closing.not-running', { status: 409 });
    if (!said && rows.some(({ open }) => open))
      return problem('closing.say-why-open', { status: 422, pointer: '/reason' });
    return null;
  }
  if (state !== 'closed') return problem('closing.not-closed', { status: 409 });
  return said ? null : problem('closing.say-why-reopened', { status: 422, pointer: '/reason' });
}

export interface GroupMerit {
  readonly areaId: string;
  readonly name: string;
  readonly households: number | null;
  readonly reached: number;
  readonly pledged: number;
  /** Of the mornings owed. */
  readonly onTime: number;
  readonly owed: number;
}

const share = (count: number, of: number | null): number =>
  of === null || of <= 0 ? 0 : Math.min(1, count / of);

/**
 * Groups that reached nearly everybody and were nearly always in time, the best tenth of the ward, at least three.
 * A proposal, never a decision.
 */
export function meritorious(groups: readonly GroupMerit[]): GroupMerit[] {
  const score = ({ households, reached, pledged, onTime, owed }: GroupMerit) =>
    share(reached, households) + share(pledged, households) + share(onTime, owed);
  return groups
    .filter(
      ({ households, reached, onTime, owed }) =>
        share(reached, households) >= 0.9 && share(onTime, owed) >= 0.8,
    )
    .toSorted((a, b) => score(b) - score(a) || (a.areaId < b.areaId ? -1 : 1))
    .slice(0, Math.max(3, Math.ceil(groups.length / 10)));
}
