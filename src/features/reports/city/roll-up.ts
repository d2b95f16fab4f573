/**
 * Wards → city, from the files wards gave out. Nothing is filled in: a ward that gave none is missing by name and in no sum,
 * a figure a ward did not state is in no share. Pure.
 */
import type { DateOn } from '#core/calendar.ts';
import { fold } from '#core/vietnamese.ts';
import type { WardFigures } from '#features/reports/city/figures-file.server.ts';
import { MEASURE_LIST, MEASURES, type Measure } from '#features/reports/figures.ts';
import { shareOf } from '#features/reports/model.ts';

export const REFUSALS = ['not-a-figures-file', 'changed', 'other-period', 'other-kind', 'twice'] as const;
export type RefusalCode = (typeof REFUSALS)[number];

export interface Brought {
  readonly name: string;
  readonly told:
    { readonly ok: true; readonly figures: WardFigures } | { readonly ok: false; readonly why: RefusalCode };
}

export interface Refused {
  readonly name: string;
  readonly why: RefusalCode;
  /** The ward, or the period it is of. */
  readonly detail: string;
}

export interface CityFigure {
  readonly measure: Measure;
  readonly day: number | null;
  readonly total: number | null;
  readonly itemised: number | null;
  /** Wards that stated a figure of it. */
  readonly wards: number;
  /** Of the households of the wards that stated it. */
  readonly share: number | null;
  readonly exceeds: boolean;
}

export interface CityRollUp {
  readonly wards: readonly WardFigures[];
  readonly refused: readonly Refused[];
  readonly missing: readonly string[];
  /** How many are to report; never fewer than have. */
  readonly expected: number;
  readonly households: number | null;
  readonly groups: number;
  readonly told: number;
  readonly figures: readonly CityFigure[];
}

const keyOf = ({ ward }: WardFigures): string => ward.code ?? fold(ward.name);

export interface CityWish {
  readonly kind: string;
  readonly on: DateOn;
  /** Names of the wards that are to report; may be empty where only their number is known. */
  readonly names: readonly string[];
  readonly number: number | null;
}

function judge(brought: readonly Brought[], { kind, on }: CityWish) {
  const wards = new Map<string, { readonly name: string; readonly figures: WardFigures }>();
  const refused: Refused[] = [];
  for (const { name, told } of brought) {
    if (!told.ok) {
      refused.push({ name, why: told.why, detail: '' });
      continue;
    }
    const { figures } = told;
    const { report, ward } = figures;
    if (report.kind !== kind) refused.push({ name, why: 'other-kind', detail: ward.name });
    else if (report.to !== on) refused.push({ name, why: 'other-period', detail: report.to });
    else {
      const before = wards.get(keyOf(figures));
      // Of two of one ward the one frozen later stands; the other is named, so that nobody wonders.
      const newer = !before || report.cutAt > before.figures.report.cutAt;
      if (before) refused.push({ name: newer ? before.name : name, why: 'twice', detail: ward.name });
      if (newer) wards.set(keyOf(figures), { name, figures });
    }
  }
  return { wards: [...wards.values()].map(({ figures }) => figures), refused };
}

const sum = (list: readonly (number | null | undefined)[]): number | null => {
  const said = list.filter((one) => one !== null && one !== undefined);
  return said.length === 0 ? null : said.reduce((all, one) => all + one, 0);
};

function figureOf(wards: readonly WardFigures[], measure: Measure): CityFigure[] {
  const told = wards.flatMap((ward) => {
    const figure = ward.figures.find((one) => one.measure === measure);
    return figure && (figure.day !== null || figure.total !== null) ? [{ ward, figure }] : [];
  });
  if (told.length === 0) return [];
  const total = sum(told.map(({ figure }) => figure.total));
  const of = told.filter(({ figure, ward }) => figure.total !== null && ward.households !== null);
  const share =
    MEASURES[measure] === 'work'
      ? shareOf(sum(of.map(({ figure }) => figure.total)), sum(of.map(({ ward }) => ward.households)))
      : { share: null, exceeds: false };
  return [
    {
      measure,
      day: sum(told.map(({ figure }) => figure.day)),
      total,
      itemised: sum(told.map(({ figure }) => figure.itemised)),
      wards: told.length,
      ...share,
    },
  ];
}

export function rollUp(brought: readonly Brought[], wish: CityWish): CityRollUp {
  const { wards, refused } = judge(brought, wish);
  const named = new Set(wards.map(({ ward }) => fold(ward.name)));
  const missing = wish.names.filter((name) => !named.has(fold(name)));
  return {
    wards: wards.toSorted((a, b) => a.ward.name.localeCompare(b.ward.name, 'vi')),
    refused,
    missing,
    expected: Math.max(wish.number ?? 0, wish.names.length, wards.length),
    households: sum(wards.map(({ households }) => households)),
    groups: wards.reduce((all, { groups }) => all + groups, 0),
    told: wards.reduce((all, { told }) => all + told, 0),
    figures: MEASURE_LIST.flatMap((measure) => figureOf(wards, measure)),
  };
}
