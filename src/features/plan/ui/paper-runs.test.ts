import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paragraphsOf } from '#features/plan/ui/paper-runs.ts';
import type { Span } from '#features/plan/ui/paper-runs.ts';

const source = 'I. CHỈ TIÊU\n\n1. 100% hộ dân được tuyên truyền, ký cam kết.\nHàng ngày báo cáo.';
const span = (id: string, words: string, hue: Span['hue'] = 'duty'): Span => {
  const start = source.indexOf(words);
  return { id, hue, start, end: start + words.length };
};

describe('the paper on the screen', () => {
  it('sets headings apart and keeps its words as they are', () => {
    const [title, first, second] = paragraphsOf(source, []);
    expect(title).toMatchObject({ heading: true });
    expect(first).toMatchObject({ heading: false });
    expect(second?.runs.map(({ text }) => text)).toEqual(['Hàng ngày báo cáo.']);
  });

  it('gives a run to the shortest of the items that lie over it, and the badge to the first run', () => {
    const outer = span('outer', '100% hộ dân được tuyên truyền, ký cam kết');
    const inner = span('inner', 'ký cam kết', 'target');
    const [, line] = paragraphsOf(source, [outer, inner]);
    expect(line?.runs.map(({ text, spans }) => [text, spans.map(({ id }) => id)])).toEqual([
      ['1. ', []],
      ['100% hộ dân được tuyên truyền, ', ['outer']],
      ['ký cam kết', ['inner', 'outer']],
      ['.', []],
    ]);
    expect(line?.runs.map(({ begins }) => begins.map(({ id }) => id))).toEqual([
      [],
      ['outer'],
      ['inner'],
      [],
    ]);
  });

  it('marks an item that runs over several lines in each of them, with one badge', () => {
    const long = { id: 'long', hue: 'report', start: source.indexOf('ký cam'), end: source.length } as const;
    const runs = paragraphsOf(source, [long]).flatMap((paragraph) => paragraph.runs);
    expect(runs.filter(({ spans }) => spans.length > 0)).toHaveLength(2);
    expect(runs.filter(({ begins }) => begins.length > 0)).toHaveLength(1);
  });

  it('loses and doubles no letter, whatever lies over it', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'ư', '\n', ' ', '𝒳', '.'), maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 6 }), (text, places) => {
        const spans = places.flatMap(([a, b], at): Span[] => {
          const [start, end] = [Math.min(a, b), Math.min(Math.max(a, b), text.length)];
          return end > start ? [{ id: String(at), hue: 'duty', start, end }] : [];
        });
        const runs = paragraphsOf(text, spans).flatMap((paragraph) => paragraph.runs);
        for (const run of runs) {
          expect(text.slice(run.start, run.end)).toBe(run.text);
          const over = spans.filter(({ start, end }) => start < run.end && end > run.start);
          expect(new Set(run.spans)).toEqual(new Set(over));
          // All of a run lies under all of its spans.
          for (const { start, end } of over) expect(start <= run.start && end >= run.end).toBe(true);
        }
        const lines = text.split('\n').filter((line) => line.trim() !== '');
        expect(runs.map(({ text: part }) => part).join('')).toBe(lines.join(''));
        const badges = runs.flatMap(({ begins }) => begins.map(({ id }) => id));
        expect(new Set(badges).size).toBe(badges.length);
      }),
    );
  });
});
