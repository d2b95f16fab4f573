/** Words of the end of a campaign: rows, what is missing in them, acts. */
import { m } from '#messages/messages.js';
import { getLocale } from '#messages/runtime.js';
import type { RowShape } from '#features/reports/closing/schema.ts';
import { documentState } from '#features/reports/ui/document-words.ts';
import { measureName } from '#features/reports/ui/measure-words.ts';
import { formatCount, formatDate, formatDateTime } from '#ui/format.ts';

type Key = RowShape['key'];
type Missing = RowShape['missing'][number];

const ROWS: Readonly<Record<Key, { readonly title: () => string; readonly done: (of: number) => string }>> = {
  reports: { title: m.closing_row_reports, done: (of) => m.closing_row_reports_done({ of }) },
  differences: { title: m.closing_row_differences, done: (of) => m.closing_row_differences_done({ of }) },
  households: { title: m.closing_row_households, done: () => m.closing_row_households_done() },
  figures: { title: m.closing_row_figures, done: () => m.closing_row_figures_done() },
  papers: {
    title: m.closing_row_papers,
    done: (of) => m.closing_row_papers_done({ of: formatCount(of, getLocale()) }),
  },
  phones: { title: m.closing_row_phones, done: (of) => m.closing_row_phones_done({ of }) },
  standing: { title: m.closing_row_standing, done: (of) => m.closing_row_standing_done({ of }) },
  commendations: {
    title: m.closing_row_commendations,
    done: (of) => m.closing_row_commendations_done({ of }),
  },
  deletion: { title: m.closing_row_deletion, done: () => m.closing_row_deletion_done() },
  file: { title: m.closing_row_file, done: () => m.closing_row_file_done() },
};

const OPEN: Readonly<Record<Key, (on: string) => string>> = {
  reports: (on) => m.closing_row_reports_text({ on: formatDate(on, getLocale()) }),
  differences: m.closing_row_differences_text,
  households: m.closing_row_households_text,
  figures: m.closing_row_figures_text,
  papers: m.closing_row_papers_text,
  phones: m.closing_row_phones_text,
  standing: m.closing_row_standing_text,
  commendations: m.closing_row_commendations_text,
  deletion: m.closing_row_deletion_text,
  file: m.closing_row_file_text,
};

export const rowTitle = (key: Key): string => ROWS[key].title();
export const rowDone = (key: Key, of: number): string => ROWS[key].done(of);
export const rowOpen = (key: Key, lastOn: string): string => OPEN[key](lastOn);

const count = (value: number | undefined): string => formatCount(value ?? 0, getLocale());

export function missingWords(key: Key, { name, measure, counts, at, subject }: Missing): string {
  const [first, second] = counts;
  switch (key) {
    case 'reports':
      return at === null
        ? m.closing_missing_reports_never({ name })
        : m.closing_missing_reports({ name, day: formatDate(at, getLocale()) });
    case 'differences':
      if (second === undefined)
        return m.closing_missing_unstated({
          name,
          measure: measure === null ? '' : measureName(measure),
          itemised: count(first),
        });
      return m.closing_missing_differences({
        name,
        measure: measure === null ? '' : measureName(measure),
        stated: count(first),
        itemised: count(second),
      });
    case 'households':
      return m.closing_missing_households({ name, left: count(first), listed: count(second) });
    case 'figures':
      return name === ''
        ? m.closing_missing_figures_none()
        : m.closing_missing_figures({ state: documentState(name) });
    case 'papers':
      return m.closing_missing_papers({ name, signed: count(first), taken: count(second) });
    case 'phones': {
      if (subject === 'phones/held') return m.closing_missing_held({ count: count(first) });
      const when = at === null ? '' : formatDateTime(at, getLocale());
      return first === undefined
        ? m.closing_missing_phones_unknown({ name, when })
        : m.closing_missing_phones({ name, count: count(first), when });
    }
    case 'standing':
      return name;
    case 'commendations':
      return m.closing_missing_commendations({ count: count(first) });
    case 'deletion':
      return m.closing_missing_deletion();
    case 'file':
      return m.closing_missing_file();
  }
}

const ACTS: Readonly<Record<string, () => string>> = {
  closed: m.closing_act_closed,
  reopened: m.closing_act_reopened,
  listed: m.closing_act_listed,
  'deletion-set': m.closing_act_deletion_set,
  deleted: m.closing_act_deleted,
  exported: m.closing_act_exported,
};
export const actWords = (act: string): string => ACTS[act]?.() ?? act;
