/** Measures the contrast of every pair of colours that the components put on each other, from the tokens themselves. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8');

function tokens(opening: string): Map<string, string> {
  const start = css.indexOf(`${opening} {`);
  if (start < 0) throw new Error(`${opening} is not in theme.css`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--color-([a-z-]+): (#[0-9a-f]{6,8});/g)].map((hit) => [hit[1] ?? '', hit[2] ?? '']),
  );
}

const themes = {
  light: tokens('@theme static'),
  dark: tokens("[data-theme='dark']"),
  outdoor: tokens("[data-theme='outdoor']"),
};

function luminance(hex: string): number {
  const channel = (from: number) => {
    const value = parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['paper', 'surface', 'sunk'];

/** Body text: WCAG AAA, since the field app is read outdoors by old eyes. */
const BODY = ['ink', 'ink-soft'].flatMap((text) => GROUNDS.map((ground) => [text, ground] as const));

const TEXT = [
  ...['ink-faint', 'action', 'action-strong', 'attention', 'danger', 'danger-strong', 'done'].flatMap(
    (text) => GROUNDS.map((ground) => [text, ground] as const),
  ),
  ...['action', 'attention', 'danger', 'done'].flatMap((tone) => [
    [tone, `${tone}-soft`] as const,
    ['ink', `${tone}-soft`] as const,
    ['ink-soft', `${tone}-soft`] as const,
  ]),
  ['action-strong', 'action-soft'] as const,
  ['on-action', 'action'] as const,
  ['on-action', 'action-strong'] as const,
  ['on-danger', 'danger'] as const,
  ['on-danger', 'danger-strong'] as const,
];

/** Edges of controls, marks and focus (WCAG 1.4.11). */
const MARKS = ['rule-strong', 'focus', 'action', 'danger', 'done'].flatMap((mark) =>
  GROUNDS.map((ground) => [mark, ground] as const),
);

for (const [theme, colours] of Object.entries(themes)) {
  const measure = (pairs: readonly (readonly [string, string])[], least: number) => {
    const measured = pairs.map(([front, back]) => {
      const one = colours.get(front);
      const other = colours.get(back);
      if (one === undefined || other === undefined) throw new Error(`${theme} lacks ${front} or ${back}`);
      return { pair: `${front} on ${back}`, ratio: Math.round(contrast(one, other) * 100) / 100 };
    });
    expect(measured.filter(({ ratio }) => ratio < least)).toEqual([]);
    return measured.reduce((worst, each) => (each.ratio < worst.ratio ? each : worst));
  };

  test(`${theme}: body text stands out at least 7 to 1`, () => {
    expect(measure(BODY, 7)).toMatchSnapshot();
  });

  test(`${theme}: every other text stands out at least 4.5 to 1`, () => {
    expect(measure(TEXT, 4.5)).toMatchSnapshot();
  });

  test(`${theme}: edges, marks and focus stand out at least 3 to 1`, () => {
    expect(measure(MARKS, 3)).toMatchSnapshot();
  });
}

test('gold, which is only ever an edge or a bar beside words, can still be seen', () => {
  for (const [theme, colours] of Object.entries(themes)) {
    const gold = colours.get('gold') ?? '';
    const paper = colours.get('surface') ?? '';
    expect({ theme, seen: contrast(gold, paper) >= 2.8 }).toEqual({ theme, seen: true });
  }
});

test('a device that prefers dark gets the very colours of the dark theme', () => {
  expect(tokens(':root:not([data-theme])')).toEqual(themes.dark);
  expect(tokens("[data-theme='light']")).toEqual(themes.light);
});
