// Every word of every screen exists in both languages, and every problem has words.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const words = (locale: string): Map<string, string> => {
  const all = new Map<string, string>();
  for (const file of readdirSync(join('messages', locale))) {
    const entries = Object.entries(
      JSON.parse(readFileSync(join('messages', locale, file), 'utf8')) as Record<string, unknown>,
    );
    for (const [key, value] of entries) {
      if (key === '$schema') continue;
      expect(all.has(key), `${key} stands in two files`).toBe(false);
      all.set(key, typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  return all;
};

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(path);
    return /\.(?:ts|svelte)$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });

const vi = words('vi');
const en = words('en');
const parameters = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

describe('the words of the product', () => {
  it('exist in Vietnamese and in English', () => {
    expect([...vi.keys()].filter((key) => !en.has(key))).toEqual([]);
    expect([...en.keys()].filter((key) => !vi.has(key))).toEqual([]);
  });

  it('take the same parameters in both', () => {
    const differ = [...vi].filter(
      ([key, text]) => String(parameters(text)) !== String(parameters(en.get(key) ?? '')),
    );
    expect(differ.map(([key]) => key)).toEqual([]);
  });

  it('are there for every problem the code can tell', () => {
    const codes = new Set<string>();
    for (const file of sources('src')) {
      const text = readFileSync(file, 'utf8');
      for (const match of text.matchAll(/problem\(\s*'([a-z-]+\.[a-z0-9-]+)'/g)) codes.add(match[1] ?? '');
      if (file.endsWith('constraints.ts'))
        for (const match of text.matchAll(/: '([a-z]+\.[a-z-]+)'/g)) codes.add(match[1] ?? '');
    }
    expect(codes.size).toBeGreaterThan(8);
    expect([...codes].filter((code) => !vi.has(`problem_${code.replaceAll(/[.-]/g, '_')}`))).toEqual([]);
  });

  it('do not shout and do not call a citizen or official "bạn"', () => {
    expect(
      [...vi].filter(([, text]) => text.includes('!') || /\bbạn\b(?! bè)/i.test(text)).map(([key]) => key),
    ).toEqual([]);
  });
});
